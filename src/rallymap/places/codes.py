"""The small numbers that the gazetteer file is written in, and what they mean."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class PlaceKind(IntEnum):
    """What a gazetteer row is, coarsest first."""

    COUNTRY = 0
    ADMIN1 = 1
    ADMIN2 = 2
    CITY = 3  # GeoNames: populated place
    POSTAL = 4  # US postal locality
    CENSUS = 5  # US Census place or New England town that GeoNames' cities lack
    TOWNSHIP = 6  # US county subdivision named "... township"


class NameRank(IntEnum):
    """How good a claim a place has to a name, best first."""

    PRIMARY = 0
    OFFICIAL = 1  # another form that an authority uses, or the name in the city's own language
    EXONYM = 2  # what a language calls the place, in Unicode CLDR
    ALTERNATE = 3  # a GeoNames alternate name
    ROMANISED = 4  # an alternate that is a machine-like Latin spelling of a name in another script
    SHORTENED = 5  # made by us: a generic word left off, umlauts written out
    CODE = 6  # an abbreviation or code; only ever a hint next to another name


# The members as plain numbers: in loops over all namesakes, those of an enumeration are five times as slow to reach.
COUNTRY: Final = int(PlaceKind.COUNTRY)
ADMIN1: Final = int(PlaceKind.ADMIN1)
ADMIN2: Final = int(PlaceKind.ADMIN2)
CITY: Final = int(PlaceKind.CITY)
PRIMARY: Final = int(NameRank.PRIMARY)
OFFICIAL: Final = int(NameRank.OFFICIAL)
EXONYM: Final = int(NameRank.EXONYM)
ALTERNATE: Final = int(NameRank.ALTERNATE)
ROMANISED: Final = int(NameRank.ROMANISED)
CODE: Final = int(NameRank.CODE)

#: Bit set in a posting's rank byte if the name comes from CLDR's time zone cities alone, so that a benchmark whose
#: cases were made from the same list can leave those names out.
FROM_CLDR_CITIES = 0x80
