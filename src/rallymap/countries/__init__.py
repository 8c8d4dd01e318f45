"""Names and codes of countries and territories, and the only parser of country names.

`read_country_code` parses a country in any language or notation. `country_name` returns the name in the reader's
language, `english_country_name` the name for files and searches. `former_state` describes states that no longer exist,
and `is_within` checks whether a territory belongs to a state.
"""

from __future__ import annotations

from functools import cache

from rallymap.countries.city_names import city_name, is_city_alone, zone_name, zones_by_name
from rallymap.countries.former import FormerState, former_state, successors_of
from rallymap.countries.reader import (
    FLAG,
    country_key,
    country_words,
    is_shared_name,
    read_country_code,
    read_inverted_country,
    read_joined_country,
)
from rallymap.countries.territories import STATES_OF, is_within, states_of, territories_of
from rallymap.language import ENGLISH, Language, current_language, languages, mark_c, name_order, trc, use_language
from rallymap.language.cldr import cldr_locale

__all__ = [
    "FLAG",
    "STATES_OF",
    "FormerState",
    "city_name",
    "country_name",
    "country_names",
    "english_country_name",
    "former_state",
    "is_city_alone",
    "is_country",
    "is_shared_name",
    "is_within",
    "read_country_code",
    "read_inverted_country",
    "read_joined_country",
    "read_shown_country",
    "states_of",
    "successors_of",
    "territories_of",
    "zone_name",
    "zones_by_name",
]

# CLDR's display names of these places contain political qualifiers. The plain names below are CLDR's "short" variants,
# which Babel omits; only those of the United States and the United Kingdom are in Babel.
_SHORT = {"HK": mark_c("country", "Hong Kong"), "MO": mark_c("country", "Macao"), "PS": mark_c("country", "Palestine")}
# CLDR distinguishes these two countries by their capitals, which newspapers do not name.
_CONGO = {"CD": mark_c("country", "DR Congo"), "CG": mark_c("country", "Republic of the Congo")}
# CLDR also has two-letter codes for groups and pseudo-regions, which are not countries of ISO 3166-1.
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


@cache
def _codes() -> frozenset[str]:
    codes = (str(code) for code in cldr_locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NOT_COUNTRIES


def is_country(code: str) -> bool:
    """Return whether a text is an ISO 3166-1 alpha-2 code in capitals."""
    return code in _codes()


def country_names() -> dict[str, str]:
    """Return names by ISO 3166-1 alpha-2 code, in the reader's language and its alphabetical order."""
    named = {code: country_name(code) for code in _codes()}
    return dict(sorted(named.items(), key=lambda item: name_order(item[1])))


def country_name(code: str) -> str:
    """Return the name of an ISO 3166-1 alpha-2 code in the reader's language.

    An unknown code is returned unchanged, "" for "".
    """
    if code in _SHORT:
        return trc("country", _SHORT[code])
    if code in _CONGO:
        said = trc("country", _CONGO[code])
        if said != _CONGO[code] or current_language() == ENGLISH:
            return said  # CLDR knows more languages than have a catalogue
    return _name_in(current_language(), code) if code in _codes() else code


@cache  # Babel copies its table at each look-up.
def _name_in(language: Language, code: str) -> str:
    return str(language.locale.territories.get(code, code))


def read_shown_country(text: str) -> str | None:
    """Read a country as :func:`read_country_code` does, and also by the names that pages show.

    A geocoder reads some of these names as towns, such as Hong Kong's name in Chinese; only this function accepts them.
    """
    return read_country_code(text) or _shown_names().get(country_key(country_words(text)))


@cache
def _shown_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in languages():
        with use_language(language):
            names |= {country_key(country_words(country_name(code))): code for code in (*_SHORT, *_CONGO)}
    return names


def english_country_name(code: str) -> str:
    """Return the English name of a country code, for stored and compared texts: search words, gazetteer, files."""
    with use_language(ENGLISH):
        return country_name(code)
