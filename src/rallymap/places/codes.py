"""Enumerations used in the gazetteer file."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class PlaceKind(IntEnum):
    """Kind of a gazetteer row, coarsest first."""

    COUNTRY = 0
    ADMIN1 = 1
    ADMIN2 = 2
    CITY = 3  # GeoNames: populated place
    POSTAL = 4  # US postal locality
    CENSUS = 5  # US Census place or New England town that GeoNames' cities lack
    TOWNSHIP = 6  # US county subdivision named "... township"


class NameRank(IntEnum):
    """How strongly a name belongs to a place, strongest first."""

    PRIMARY = 0
    OFFICIAL = 1  # another form used by an authority, or the name in the city's own language
    EXONYM = 2  # the name of the place in another language, from Unicode CLDR
    ALTERNATE = 3  # a GeoNames alternate name
    ROMANISED = 4  # an alternate name that is a romanisation of a name in another script
    SHORTENED = 5  # generated: a generic word removed, umlauts written out
    CODE = 6  # an abbreviation or code; only counts next to another name


# The members as plain ints: in loops over all namesakes, accessing enum members takes five times as long.
COUNTRY: Final = int(PlaceKind.COUNTRY)
ADMIN1: Final = int(PlaceKind.ADMIN1)
ADMIN2: Final = int(PlaceKind.ADMIN2)
CITY: Final = int(PlaceKind.CITY)
PRIMARY: Final = int(NameRank.PRIMARY)
OFFICIAL: Final = int(NameRank.OFFICIAL)
EXONYM: Final = int(NameRank.EXONYM)
ALTERNATE: Final = int(NameRank.ALTERNATE)
ROMANISED: Final = int(NameRank.ROMANISED)
SHORTENED: Final = int(NameRank.SHORTENED)
CODE: Final = int(NameRank.CODE)

#: Set in the rank byte of a posting if the name comes only from CLDR's time zone cities, so that a benchmark with cases
#: from the same list can ignore these names.
FROM_CLDR_CITIES = 0x80
