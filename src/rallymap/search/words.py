"""Conditions of a full-text search, from what somebody types; independent of the database.

Both are folded in the same way, so that case, accents, points, variants of Arabic letters, digits of any script,
zero-width joiners and tatweel make no difference. Scripts without spaces between words are split into letters, which
must follow each other. Words of other scripts are also transliterated to Latin letters, and long ones matched by their
consonants: "Teheran" finds "تهران", and the other way round. A query may name a country or a community in any page
language or by its people (:mod:`rallymap.search.names`), a kind of event in any page language, and a large city or a
region in any language of the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii

from rallymap.folding import fold_letters
from rallymap.places.city_letters import city_of_letters
from rallymap.places.names_of_cities import gazetteer_names, gazetteer_names_begun
from rallymap.places.region_letters import regions_of_letters
from rallymap.search.event_words import JOINED, is_spelled
from rallymap.search.folding import MAX_WORD, fold_words
from rallymap.search.forms import other_numbers
from rallymap.search.kinds import kind_names
from rallymap.search.names import LONGEST_NAME, country_of_letters, english_names, is_name
from rallymap.search.sounds import sound_of_others

MAX_WORDS: Final = 12
"""Maximum number of words in a query; further words are ignored."""
MIN_PREFIX: Final = 2
"""Minimum number of letters from which a word matches longer words."""
QUOTED: Final = re.compile(r'["“”«»„]([^"“”«»„]*)["“”«»„]?')
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|(?:[^\W\d_]\.)+[^\W\d_]")


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
    in_names
        Further alternatives, matched as whole words in titles and names only: the local names of a city or region, the
        English name of a kind of event.
    sound
        Consonant key that matches a word of another script; or "".
    """

    phrases: tuple[tuple[str, ...], ...]
    is_prefix: bool
    sound: str = ""
    names: tuple[tuple[str, ...], ...] = ()
    in_names: tuple[tuple[str, ...], ...] = ()


def terms_of_query(text: str) -> tuple[Term, ...]:
    """Return the conditions that an event must all meet to match a query; () if it has no word.

    Text in quotation marks is a phrase of whole words; any other word also matches as a prefix.
    """
    terms: list[Term] = []
    at = 0
    for quoted in QUOTED.finditer(text):
        terms += _loose_terms(text[at : quoted.start()])
        phrase = fold_words(quoted[1])
        terms += [Term((tuple(phrase),), is_prefix=False)] if phrase else []
        at = quoted.end()
    return tuple([*terms, *_loose_terms(text[at:])][:MAX_WORDS])


def terms_with_city_begun(text: str) -> tuple[Term, ...]:
    """Return the conditions if the last words of a query are the start of a city's name in another language.

    () if they are the start of none, or end in quotation marks.
    """
    last = QUOTED.split(text)[-1]
    words = _split(last)
    for count in range(min(LONGEST_NAME, len(words)), 0, -1):
        letters = tuple(fold_words(" ".join(words[-count:])))
        called = (tuple(fold_words(name)) for name in gazetteer_names_begun(" ".join(words[-count:])))
        if letters and (cities := tuple(called)):
            end = text.rindex(last) if last else len(text)
            rest = terms_of_query(f"{text[:end]} {' '.join(words[:-count])}")
            return (*rest[: MAX_WORDS - 1], Term((letters,), is_prefix=True, in_names=cities))
    return ()


def _split(text: str) -> list[str]:
    """Return the words of a text, folded; a word with a zero-width joiner as it is, as it has two spellings."""
    words: list[str] = []
    for part in text.split():
        if named := _abbreviation(part):
            words.append(named)
            continue
        folded = fold_letters(part[: MAX_WORD * 4]).split()
        words += [part[: MAX_WORD * 4]] if len(folded) == 1 and JOINED.search(part) else folded
    return words


def _loose_terms(text: str) -> Iterator[Term]:
    words = _split(text)
    at = 0
    while at < len(words):
        # "Vereinigte Staaten", "Den Haag": the longest name of several words that starts here.
        for end in range(min(at + LONGEST_NAME, len(words)), at + 1, -1):
            named = " ".join(words[at:end])
            letters = tuple(fold_words(named))
            in_names = _in_names(named, letters)
            if in_names or is_name(named):
                yield Term((letters,), is_prefix=False, names=english_names(named), in_names=in_names)
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
    is_place = city_of_letters(joined) or country_of_letters(joined) or regions_of_letters(joined)
    return part if initials or is_place else ""


def _abbreviated(word: str) -> Iterator[Term]:
    joined = word.replace(".", "")
    letters = tuple(fold_words(joined))
    cities, country = city_of_letters(joined), country_of_letters(joined)
    # "U.S." and "US" in texts; but no article "la" for the city, and no pronoun "us" for the country.
    phrases = [tuple(letters[0])] if letters and joined.isupper() and len(letters) == 1 else []
    is_other_word = joined.isupper() and bool(country or cities) and len(joined) == MIN_PREFIX
    if letters and not (is_other_word and not city_of_letters(joined.lower())):
        phrases.append(letters)
    is_region = not cities and not country  # "LA" is the city and not Louisiana
    yield Term(
        tuple(phrases),
        # Someone who types "TASK" has typed "TAS" before.
        is_prefix=is_region and len(joined) > MIN_PREFIX and bool(regions_of_letters(joined)),
        names=tuple(filter(None, {*english_names(joined), country})),
        in_names=regions_of_letters(joined) if is_region else cities,
    )


def _term(word: str) -> Iterator[Term]:
    if _abbreviation(word):
        yield from _abbreviated(word)
        return
    letters = tuple(fold_words(word))
    if not letters:
        return
    latin = tuple(fold_words(anyascii(word)))
    same = len(letters) == 1 and latin and latin != letters and is_spelled(word)
    phrases = (letters, latin) if same else (letters,)
    if JOINED.search(word):
        phrases = (*phrases, tuple(fold_words(word.replace("\u200c", " "))))
    # As the beginning of a word, "UK" would find Ukraine.
    is_prefix = len(letters[-1]) >= MIN_PREFIX and not (len(word) == MIN_PREFIX and is_name(word))
    yield Term(
        phrases,
        is_prefix,
        sound=sound_of_others(letters),
        names=(*english_names(word), *((one,) for one in _numbers(letters))),
        in_names=_in_names(word, letters),
    )


def _numbers(letters: tuple[str, ...]) -> tuple[str, ...]:
    return other_numbers(letters[0]) if len(letters) == 1 else ()


def _in_names(named: str, letters: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the folded names of the cities, regions and kinds that a text means in another language.

    Without those that start with the query's words.
    """
    called = [*(tuple(fold_words(name)) for name in gazetteer_names(named)), *kind_names(named)]
    return tuple(name for name in called if name[: len(letters)] != letters)
