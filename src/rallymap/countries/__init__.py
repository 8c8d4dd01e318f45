"""Names and codes of countries and territories; the one reader of a country that somebody wrote.

`read_country_code` reads a country in any language or notation, `country_name` gives the name that rallymap shows,
`former_state` describes states that no longer exist, and `is_within` knows which territories belong to which state.
"""

from __future__ import annotations

from functools import cache

from babel import Locale

from rallymap.countries.former import FormerState, former_state, successors_of
from rallymap.countries.reader import read_country_code
from rallymap.countries.territories import STATES_OF, is_within, states_of, territories_of

__all__ = [
    "STATES_OF",
    "FormerState",
    "country_name",
    "country_names",
    "former_state",
    "is_within",
    "read_country_code",
    "states_of",
    "successors_of",
    "territories_of",
]

# CLDR's English display names carry political qualifiers here; the plain short names are CLDR's own "short" variants.
_SHORT = {"HK": "Hong Kong", "MO": "Macao", "PS": "Palestine", "US": "United States", "GB": "United Kingdom"}
# CLDR also names groups and pseudo-regions under two letters; they are not countries of ISO 3166-1.
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


@cache
def country_names() -> dict[str, str]:
    """Return English names by ISO 3166-1 alpha-2 code, sorted by name."""
    territories = Locale("en").territories
    named = {
        code: _SHORT.get(code, name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }
    return dict(sorted(named.items(), key=lambda item: item[1]))


def country_name(code: str) -> str:
    """Return the English name of an ISO 3166-1 alpha-2 code; the code itself where there is none, "" for ""."""
    return country_names().get(code, code)
