"""Words for full-text search: those of an event, and those that somebody looks for; the same for every database.

Both are folded the same way, so that case, accents, points, the variants of Arabic letters, digits of any script,
zero-width joiners and tatweel make no difference. Scripts that put no space between words are cut into letters, which
are looked for next to one another. Words of other scripts are there in Latin letters too, and long ones by their
consonants: "Teheran" finds "تهران", and the other way round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from anyascii import anyascii

from rallymap.countries import english_country_name
from rallymap.events import Event
from rallymap.folding import fold_letters
from rallymap.wording import KIND_LABELS

MAX_WORDS: Final = 12
"""Words of a question that are looked for; the others are left out."""
MAX_WORD: Final = 60
MIN_PREFIX: Final = 2
"""Letters of a word from which it finds longer words, too."""
MIN_CONSONANTS: Final = 4

# One mark for consonants of words in Latin letters, one for those of others: only words of two scripts sound alike.
_LATIN_MARK, _OTHER_MARK = "ǁ", "ǂ"
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u17b6-\u17d3\u3099\u309a]*"
)
_QUOTED: Final = re.compile(r'["“”«»„]([^"“”«»„]*)["“”«»„]?')
_JOINED: Final = re.compile(r"\S+\u200c\S+")
_CLASSES: Final = (
    ("b", "bpfvبپفڤבפףбпфвβπφ"), ("t", "tتطثטתтτθ"), ("d", "dدذضדдδ"), ("k", "kgqjcجگکقغخגכךקחкгхґκγχ"),
    ("s", "szxسزصظژشچזסצץשсзцшщжчσςζξ"), ("r", "rرרрρ"), ("l", "lلלлλ"), ("m", "mمמмμ"), ("n", "nنנןнν"), ("h", "hهحה"),
)  # fmt: skip
_CLASS_OF: Final = {ord(letter): name for name, letters in _CLASSES for letter in letters}
_DIGRAPHS: Final = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"t?sch|tch|sh|zh|ch|ts|tz|c(?=[eiy])", "s"), ("kh|gh|qu|ck", "k"), ("ph", "f"), ("th", "t"),
    )
)  # fmt: skip
_DOUBLE: Final = re.compile(r"(\w)\1+")


class SearchText(NamedTuple):
    """Folded words of an event, separated by spaces: the weightiest field first.

    `sounds` holds what words of the first two sound like.
    """

    title: str
    names: str
    texts: str
    sounds: str


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a matching event must have.

    Attributes
    ----------
    phrases
        Any one of these: words that follow one another.
    is_prefix
        Whether the last word of a phrase may go on.
    sound
        What a word of another script may sound like; or "".
    """

    phrases: tuple[tuple[str, ...], ...]
    is_prefix: bool
    sound: str = ""


def words_of_event(event: Event) -> SearchText:
    """Return the words by which an event is found; the caller gives the event as the public may see it."""
    where = event.location
    names = [*event.organisers, *event.communities, *event.topics, event.place.text, event.place.venue]
    names += [where.name, where.admin1, english_country_name(where.country)] if where else []
    names.append(KIND_LABELS[event.kind])
    texts = [event.about]
    for claim in event.claims:
        texts += [claim.text, claim.by]
    for crowd in event.crowd:
        texts += [crowd.words, crowd.by]
    for source in event.sources:
        texts += [source.title, source.publisher]
    title, named = list(_words([event.title])), list(_words(names))
    sounds = {mark for word in (*title, *named) if (mark := _marked_sound(word))}
    return SearchText(*map(" ".join, (title, named, _words(texts), sorted(sounds))))


def terms_of_query(text: str) -> tuple[Term, ...]:
    """Return what an event must have to match a question, all of it; () where there is no word in it.

    Text in quotation marks is a phrase of whole words; any other word also matches the beginning of a longer one.
    """
    terms: list[Term] = []
    at = 0
    for quoted in _QUOTED.finditer(text):
        terms += _loose_terms(text[at : quoted.start()])
        phrase = _fold(quoted[1])
        terms += [Term((tuple(phrase),), is_prefix=False)] if phrase else []
        at = quoted.end()
    return tuple([*terms, *_loose_terms(text[at:])][:MAX_WORDS])


def _loose_terms(text: str) -> Iterator[Term]:
    for part in text.split():
        for word in fold_letters(part[: MAX_WORD * 4]).split():
            letters = tuple(_fold(word))
            if not letters:
                continue
            latin = tuple(_fold(anyascii(word)))
            same = len(letters) == 1 and latin and latin != letters and _is_spelled(word)
            phrases = (letters, latin) if same else (letters,)
            yield Term(phrases, is_prefix=len(letters[-1]) >= MIN_PREFIX, sound=_sound_of_others(letters))


def _words(texts: Iterable[str]) -> Iterator[str]:
    """Give the folded words of texts; after each text, other forms of its words under which they are found, too."""
    for text in texts:
        if not text:
            continue
        words = _fold(text)
        yield from words
        if text.isascii():
            continue
        for joined in _JOINED.findall(text):
            yield from _fold(joined.replace("\u200c", " "))  # a space is often typed where the joiner belongs
        for word in words:
            if not word.isascii() and _is_spelled(word):
                yield from _fold(anyascii(word))


def _fold(text: str) -> list[str]:
    """Return the folded words of a text; of scripts without spaces each letter is a word."""
    folded = fold_letters(text)
    if not folded.isascii():
        folded = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)
        folded = _UNSPACED.sub(r" \g<0> ", folded)
    return [word[:MAX_WORD] for word in folded.split()]


def _is_spelled(word: str) -> bool:
    """Return whether a word's script has letters for sounds, so that Latin letters can stand for them."""
    return len(word) > 1 and not _UNSPACED.search(word)


def _sound(word: str) -> str:
    """Return the classes of a word's consonants, as languages and scripts write vowels differently or not at all."""
    for pattern, letters in _DIGRAPHS if word.isascii() else ():
        word = pattern.sub(letters, word)
    classes = _DOUBLE.sub(r"\1", word).translate(_CLASS_OF)
    return "".join(c for c in classes.rstrip("h") if c in "btdksrlmnh")


def _marked_sound(word: str) -> str:
    sound = _sound(word)
    return (_LATIN_MARK if word.isascii() else _OTHER_MARK) + sound if len(sound) >= MIN_CONSONANTS else ""


def _sound_of_others(letters: tuple[str, ...]) -> str:
    """Return what a word of another script must sound like to be meant by this one."""
    sound = _sound(letters[0]) if len(letters) == 1 else ""
    return (_OTHER_MARK if letters[0].isascii() else _LATIN_MARK) + sound if len(sound) >= MIN_CONSONANTS else ""
