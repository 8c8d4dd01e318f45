"""One segment of a place text with its possible meanings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from rallymap.places.codes import CITY, COUNTRY, EXONYM, OFFICIAL
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.parse import Segment
from rallymap.places.readings import EXACT, GENERIC, INFLECTED, Reading, has_name
from rallymap.venue_words import NONE, Head

_A_CITY: Final = 50_000
_OF_WHOLE: Final = (EXACT, GENERIC, INFLECTED)


@dataclass(slots=True)
class Part:
    """A segment with its possible meanings.

    Attributes
    ----------
    segment
        The segment of the text.
    readings
        Names that its words may be.
    regions
        First-level divisions that it names or abbreviates.
    countries
        Countries of the macro-region or former state that it names.
    districts
        Second-level divisions of the county that it names.
    head
        Kind of the word that makes it a venue.
    is_venue
        Whether it is a venue, whose names say nothing about the town.
    is_repeated
        Whether the text contains it twice: "Panama, Panama".
    may_be_misspelt
        Whether it may be a town's name with a typo, despite its venue word.
    is_upper
        Whether it is written in capitals, like a code.
    home
        First-level divisions that it is named after, if it is a university, and that contain the town named next to it.
    home_countries
        Countries that it is named after, if it is a university.
    """

    segment: Segment
    readings: list[Reading] = field(default_factory=list)
    regions: list[int] = field(default_factory=list)
    countries: tuple[str, ...] = ()
    districts: list[int] = field(default_factory=list)
    head: Head = NONE
    is_venue: bool = False
    is_repeated: bool = False
    may_be_misspelt: bool = False
    is_upper: bool = False
    home: list[int] = field(default_factory=list)
    home_countries: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether it names a place or region as a whole."""
        if self.regions or self.countries:
            return True
        for reading in self.readings:  # noqa: SIM110  called very often, and a generator takes longer
            if reading.match in _OF_WHOLE:
                return True
        return False

    def names_region(self, gazetteer: Gazetteer) -> bool:
        """Return whether it names a region or country, and no city."""
        return bool(self.regions or self.countries or named_countries(gazetteer, self)) and not any(
            posting.kind == CITY and posting.rank <= OFFICIAL and gazetteer.population(posting.place) >= _A_CITY
            for reading in self.readings
            for posting in reading.postings
        )

    @property
    def is_unread_name(self) -> bool:
        """Whether it seems to name an unknown town."""
        return not self.is_venue and not self.is_read and has_name(self.segment.words)


def named_countries(gazetteer: Gazetteer, part: Part) -> set[str]:
    """Return the countries that a part names by name, not by code."""
    return {
        gazetteer.country(place)
        for reading in part.readings
        for place, rank, kind in reading.postings
        if kind == COUNTRY and rank <= EXONYM
    }
