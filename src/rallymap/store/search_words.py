"""Words for full-text search, from events and queries; independent of the database.

Both are folded in the same way, so that case, accents, points, variants of Arabic letters, digits of any script,
zero-width joiners and tatweel make no difference. Scripts without spaces between words are split into letters, which
must follow each other. Words of other scripts are also transliterated to Latin letters, and long ones matched by their
consonants: "Teheran" finds "تهران", and the other way round. A query may name a country or a community in any page
language or by its people (:mod:`rallymap.store.search_names`), and a large city in any language of the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from anyascii import anyascii

from rallymap.countries import english_country_name
from rallymap.events import Event
from rallymap.folding import fold_letters
from rallymap.places.city_letters import city_of_letters
from rallymap.places.names_of_cities import gazetteer_names, gazetteer_names_begun
from rallymap.store.search_folding import MAX_WORD, UNSPACED, fold_words
from rallymap.store.search_forms import other_numbers
from rallymap.store.search_names import LONGEST_NAME, country_of_letters, english_names, is_name
from rallymap.wording import KIND_LABELS

MAX_WORDS: Final = 12
"""Maximum number of words in a query; further words are ignored."""
MIN_PREFIX: Final = 2
"""Minimum number of letters from which a word matches longer words."""
MIN_CONSONANTS: Final = 4

# Separate marks for the consonants of Latin and other words: only words of different scripts match by sound.
_LATIN_MARK, _OTHER_MARK = "ǁ", "ǂ"
_QUOTED: Final = re.compile(r'["“”«»„]([^"“”«»„]*)["“”«»„]?')
_JOINED: Final = re.compile(r"\S+\u200c\S+")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|(?:[^\W\d_]\.)+[^\W\d_]")
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
    """Folded words of an event, separated by spaces: the field with the highest weight first.

    `sounds` has the consonant keys of the words in the first two fields.
    """

    title: str
    names: str
    texts: str
    sounds: str


@dataclass(frozen=True, slots=True)
class Term:
    """One condition that a matching event must meet.

    Attributes
    ----------
    phrases
        Alternatives: sequences of words.
    is_prefix
        Whether the last word of a phrase may be a prefix.
    names
        Further alternatives, matched as whole words: the English names of a country or community.
    cities
        Further alternatives, matched as whole words in titles and names: the local names of a city.
    sound
        Consonant key that matches a word of another script; or "".
    """

    phrases: tuple[tuple[str, ...], ...]
    is_prefix: bool
    sound: str = ""
    names: tuple[tuple[str, ...], ...] = ()
    cities: tuple[tuple[str, ...], ...] = ()


def words_of_event(event: Event) -> SearchText:
    """Return the searchable words of an event; the caller passes its public view."""
    where = event.location
    names = [*event.organisers, *event.communities, *event.topics, event.place.text, event.place.venue]
    names += [where.name, where.admin1, english_country_name(where.country)] if where else []
    names.append(KIND_LABELS[event.kind])
    texts = [event.about, *(one.about for one in event.translations)]
    for claim in event.claims:
        texts += [claim.text, claim.by]
    for crowd in event.crowd:
        texts += [crowd.words, crowd.by]
    for source in event.sources:
        texts += [source.title, source.publisher]
    title, named = list(_words([event.title, *(one.title for one in event.translations)])), list(_words(names))
    sounds = {mark for word in (*title, *named) if (mark := _marked_sound(word))}
    return SearchText(*map(" ".join, (title, named, _words(texts), sorted(sounds))))


def terms_of_query(text: str) -> tuple[Term, ...]:
    """Return the conditions that an event must all meet to match a query; () if it has no word.

    Text in quotation marks is a phrase of whole words; any other word also matches as a prefix.
    """
    terms: list[Term] = []
    at = 0
    for quoted in _QUOTED.finditer(text):
        terms += _loose_terms(text[at : quoted.start()])
        phrase = fold_words(quoted[1])
        terms += [Term((tuple(phrase),), is_prefix=False)] if phrase else []
        at = quoted.end()
    return tuple([*terms, *_loose_terms(text[at:])][:MAX_WORDS])


def terms_with_city_begun(text: str) -> tuple[Term, ...]:
    """Return the conditions if the last words of a query are the start of a city's name in another language.

    () if they are the start of none, or end in quotation marks.
    """
    last = _QUOTED.split(text)[-1]
    words = _split(last)
    for count in range(min(LONGEST_NAME, len(words)), 0, -1):
        letters = tuple(fold_words(" ".join(words[-count:])))
        called = (tuple(fold_words(name)) for name in gazetteer_names_begun(" ".join(words[-count:])))
        if letters and (cities := tuple(called)):
            end = text.rindex(last) if last else len(text)
            rest = terms_of_query(f"{text[:end]} {' '.join(words[:-count])}")
            return (*rest[: MAX_WORDS - 1], Term((letters,), is_prefix=True, cities=cities))
    return ()


def _split(text: str) -> list[str]:
    """Return the words of a text, folded; a word with a zero-width joiner as it is, as it has two spellings."""
    words: list[str] = []
    for part in text.split():
        if named := _abbreviation(part):
            words.append(named)
            continue
        folded = fold_letters(part[: MAX_WORD * 4]).split()
        words += [part[: MAX_WORD * 4]] if len(folded) == 1 and _JOINED.search(part) else folded
    return words


def _loose_terms(text: str) -> Iterator[Term]:
    words = _split(text)
    at = 0
    while at < len(words):
        # "Vereinigte Staaten", "Den Haag": the longest name of several words that starts here.
        for end in range(min(at + LONGEST_NAME, len(words)), at + 1, -1):
            named = " ".join(words[at:end])
            letters = tuple(fold_words(named))
            cities = _cities(named, letters)
            if cities or is_name(named):
                yield Term((letters,), is_prefix=False, names=english_names(named), cities=cities)
                at = end
                break
        else:
            yield from _term(words[at])
            at += 1


def _abbreviation(part: str) -> str:
    """Return the abbreviation of a place, "NYC" or "U.S.", without punctuation around it; "" for other words."""
    part = part.strip("()[]{},;:!?")
    initials = _INITIALS.fullmatch(part)
    joined = part.replace(".", "") if initials else part
    return part if initials or city_of_letters(joined) or country_of_letters(joined) else ""


def _abbreviated(word: str) -> Iterator[Term]:
    joined = word.replace(".", "")
    letters = tuple(fold_words(joined))
    cities, country = city_of_letters(joined), country_of_letters(joined)
    # "U.S." and "US" in texts; but no article "la" for the city, and no pronoun "us" for the country.
    phrases = [tuple(letters[0])] if letters and joined.isupper() and len(letters) == 1 else []
    is_other_word = joined.isupper() and bool(country or cities) and len(joined) == MIN_PREFIX
    if letters and not (is_other_word and not city_of_letters(joined.lower())):
        phrases.append(letters)
    yield Term(
        tuple(phrases),
        is_prefix=False,
        names=tuple(filter(None, {*english_names(joined), country})),
        cities=cities,
    )


def _term(word: str) -> Iterator[Term]:
    if _abbreviation(word):
        yield from _abbreviated(word)
        return
    letters = tuple(fold_words(word))
    if not letters:
        return
    latin = tuple(fold_words(anyascii(word)))
    same = len(letters) == 1 and latin and latin != letters and _is_spelled(word)
    phrases = (letters, latin) if same else (letters,)
    if _JOINED.search(word):
        phrases = (*phrases, tuple(fold_words(word.replace("\u200c", " "))))
    # As the beginning of a word, "UK" would find Ukraine.
    is_prefix = len(letters[-1]) >= MIN_PREFIX and not (len(word) == MIN_PREFIX and is_name(word))
    yield Term(
        phrases,
        is_prefix,
        sound=_sound_of_others(letters),
        names=(*english_names(word), *((one,) for one in _numbers(letters))),
        cities=_cities(word, letters),
    )


def _numbers(letters: tuple[str, ...]) -> tuple[str, ...]:
    return other_numbers(letters[0]) if len(letters) == 1 else ()


def _cities(named: str, letters: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the folded local names of the matching cities, without those that start with the query's words."""
    called = (tuple(fold_words(name)) for name in gazetteer_names(named))
    return tuple(name for name in called if name[: len(letters)] != letters)


def _words(texts: Iterable[str]) -> Iterator[str]:
    """Yield the folded words of texts, followed by further forms under which they can be found."""
    for text in texts:
        if not text:
            continue
        words = fold_words(text)
        yield from words
        if text.isascii():
            continue
        for joined in _JOINED.findall(text):
            yield from fold_words(joined.replace("\u200c", " "))  # people often type a space instead of the joiner
        for word in words:
            if not word.isascii() and _is_spelled(word):
                yield from fold_words(anyascii(word))


def _is_spelled(word: str) -> bool:
    """Return whether a word's script spells sounds, so that it can be transliterated to Latin letters."""
    return len(word) > 1 and not UNSPACED.search(word)


def _sound(word: str) -> str:
    """Return the classes of a word's consonants; vowels are written differently or not at all in other languages."""
    for pattern, letters in _DIGRAPHS if word.isascii() else ():
        word = pattern.sub(letters, word)
    classes = _DOUBLE.sub(r"\1", word).translate(_CLASS_OF)
    return "".join(c for c in classes.rstrip("h") if c in "btdksrlmnh")


def _marked_sound(word: str) -> str:
    sound = _sound(word)
    return (_LATIN_MARK if word.isascii() else _OTHER_MARK) + sound if len(sound) >= MIN_CONSONANTS else ""


def _sound_of_others(letters: tuple[str, ...]) -> str:
    """Return the consonant key by which a word of another script matches this one; "" if it is too short."""
    sound = _sound(letters[0]) if len(letters) == 1 else ""
    return (_OTHER_MARK if letters[0].isascii() else _LATIN_MARK) + sound if len(sound) >= MIN_CONSONANTS else ""
