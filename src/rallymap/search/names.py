"""Other names of countries and communities than those of events, for searches.

Events are indexed with English names. A query in another language is translated to the English name: "Norge",
"Норвегія" and "نروژ" find "Norway"; and so are adjectives, peoples and everyday names: "Iranians", "UK". These names
are not in the index, so a new language does not require reindexing.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Final

from rallymap.community_names import NAMES, community_name
from rallymap.community_reader import community_named
from rallymap.countries import country_names, english_country_name, read_shown_country
from rallymap.language import ENGLISH, languages, use_language
from rallymap.places.names_of_regions import regions_named
from rallymap.places.normalize import fold_key
from rallymap.search.folding import fold_words

CAPITALS: Final = {
    "US": "US",
    "UAE": "AE",
    "DRC": "CD",
    "PRC": "CN",
    "RSA": "ZA",
    "NZ": "NZ",
    "PNG": "PG",
    "BRD": "DE",
}
"""Country codes of abbreviations that people write in capitals; in small letters, they are also other words."""

LONGEST_NAME: Final = 6
"""Maximum number of query words that are matched together."""
MIN_BEGINNING: Final = 5
"""Minimum number of letters for a prefix match: with fewer, "hong" would be Hungary in French."""

_EVERYDAY: Final = (
    "UK", "Great Britain", "Britain", "USA", "America", "Holland", "Burma", "Ivory Coast", "Czech Republic", "Persia",
    "Swaziland", "Macedonia", "East Timor", "Cape Verde", "Turkiye",
    "Weißrussland", "Hviterussland", "Vitryssland", "Großbritannien", "Gran Bretaña", "Grande-Bretagne",
    "Storbritannia", "Storbritannien", "Holanda", "Hollande", "Birma", "Birmania", "Birmanie", "Elfenbeinküste",
    "Tschechische Republik", "République tchèque", "República Checa", "Amerika", "Amérique", "América", "Persien",
)  # fmt: skip
"""Names of countries, in English and other languages, that people use besides those of events and of CLDR."""

_LANDS_AND_PEOPLES: Final = [(land, name) for land in sorted(NAMES) for name in sorted(NAMES) if name.startswith(land)]
"""Names of communities, each with itself and with those that begin with it: "Tibet" with "Tibetans"."""

Words = tuple[str, ...]


def is_name(text: str) -> bool:
    """Return whether a text is the full name of a country or community, other than the English one of events."""
    words = tuple(fold_words(text))
    return words in other_names() or _community(text) not in ((), words)


def english_names(text: str) -> tuple[Words, ...]:
    """Return the English names for another name, or for one word that is its prefix; () for no match."""
    words = tuple(fold_words(text))
    found = set(other_names().get(words, ())) | {_community(text)} - {(), words}
    if len(words) == 1 and len(words[0]) >= MIN_BEGINNING:
        known = _single_words()
        at = bisect_left(known, words[0])
        while at < len(known) and known[at].startswith(words[0]):
            found |= other_names()[(known[at],)]
            at += 1
    return tuple(sorted(found))


def country_of_letters(letters: str) -> Words:
    """Return the English name of the country that capital letters abbreviate; () for other words."""
    code = CAPITALS.get(letters)
    return () if code is None else tuple(fold_words(english_country_name(code)))


@cache
def other_names() -> dict[Words, set[Words]]:
    """Return English names of countries and communities by their translations that differ."""
    english = {code: tuple(fold_words(english_country_name(code))) for code in country_names()}
    names: dict[Words, set[Words]] = {}
    for language in languages():
        if language.code == ENGLISH.code:
            continue
        with use_language(language):
            called = [(name, english[code]) for code, name in country_names().items()]
            # "西藏" finds what "Tibet" finds: the land and its people.
            called += [(community_name(land), tuple(fold_words(name))) for land, name in _LANDS_AND_PEOPLES]
        for name, meant in called:
            # People often type a space instead of a zero-width joiner.
            for written in {name, name.replace("\u200c", " ")}:
                words = tuple(fold_words(written))
                if words and words != meant:
                    names.setdefault(words, set()).add(meant)
    for name in _EVERYDAY:
        code = read_shown_country(name)
        if code is not None:
            names.setdefault(tuple(fold_words(name)), set()).add(english[code])
    return names


def _community(text: str) -> Words:
    # A list of countries reads "Шотландія" as the United Kingdom; a search means the part.
    return () if regions_named(fold_key(text)) else tuple(fold_words(community_named(text)))


@cache
def _single_words() -> list[str]:
    return sorted(words[0] for words in other_names() if len(words) == 1)
