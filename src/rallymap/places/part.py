"""One segment of a place text, with what it may name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from rallymap.places.codes import CITY, COUNTRY, EXONYM, OFFICIAL
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.parse import Segment
from rallymap.places.readings import Match, Reading, has_name
from rallymap.places.venue_words import Head

_A_CITY: Final = 50_000
_OF_WHOLE: Final = (Match.EXACT, Match.GENERIC, Match.INFLECTED)


@dataclass(slots=True)
class Part:
    """A segment with what it may name.

    Attributes
    ----------
    segment
        As it was split off.
    readings
        The names that its words may be.
    regions
        First-level divisions that it abbreviates or names.
    countries
        Countries of the macro-region or former state that it names.
    districts
        Second-level divisions of the county that it names.
    head
        The word that makes it a venue.
    is_venue
        Its names say nothing about the town.
    is_repeated
        The text has it twice: "Panama, Panama".
    may_be_misspelt
        It may be a town's name with a typo, in spite of its head.
    is_upper
        It is written in capitals as codes are.
    home
        First-level divisions that it is called after, being a university, and that hold the town named next to it.
    """

    segment: Segment
    readings: list[Reading] = field(default_factory=list)
    regions: list[int] = field(default_factory=list)
    countries: tuple[str, ...] = ()
    districts: list[int] = field(default_factory=list)
    head: Head = Head.NONE
    is_venue: bool = False
    is_repeated: bool = False
    may_be_misspelt: bool = False
    is_upper: bool = False
    home: list[int] = field(default_factory=list)

    @property
    def is_read(self) -> bool:
        """It names a place or region as a whole."""
        return bool(self.regions or self.countries) or any(reading.match in _OF_WHOLE for reading in self.readings)

    def names_region(self, gazetteer: Gazetteer) -> bool:
        """Return whether it names a region or country, and no city."""
        return bool(self.regions or self.countries or named_countries(gazetteer, self)) and not any(
            posting.kind == CITY and posting.rank <= OFFICIAL and gazetteer.population(posting.place) >= _A_CITY
            for reading in self.readings
            for posting in reading.postings
        )

    @property
    def is_unread_name(self) -> bool:
        """It seems to name a town that is not known."""
        return not self.is_venue and not self.is_read and has_name(self.segment.words)


def named_countries(gazetteer: Gazetteer, part: Part) -> set[str]:
    """Return the countries that a part names, by a name and not by a code."""
    return {
        gazetteer.country(posting.place)
        for reading in part.readings
        for posting in reading.postings
        if posting.kind == COUNTRY and posting.rank <= EXONYM
    }
