"""Coverage record: for which places and days somebody searched for events, whether or not they found any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rallymap.countries import is_country
from rallymap.errors import InvalidEventError
from rallymap.events.texts import MAX_NAME, clean_text
from rallymap.language import tr

MAX_SOURCES = 500
"""Maximum length of the text about the sources that were searched."""


@dataclass(frozen=True, slots=True)
class CoverageEntry:
    """A place and period that somebody searched for events. Public.

    Attributes
    ----------
    country
        ISO 3166-1 alpha-2.
    city
        Name of the city; "" for the whole country.
    first, last
        First and last day of the period, inclusive; both in the past.
    looked_on
        Day of the search.
    by
        Public name of who searched: a person, a team, an archive.
    sources
        Which sources they searched, in their own words.

    Raises
    ------
    InvalidEventError
        With the name of the field, if a value is missing, unknown or contradicts another one.
    """

    country: str
    city: str
    first: date
    last: date
    looked_on: date
    by: str
    sources: str

    def __post_init__(self) -> None:
        if not is_country(self.country):
            raise InvalidEventError("country", tr("Choose a country."), value=self.country)
        object.__setattr__(self, "city", clean_text("city", self.city, max_length=MAX_NAME))
        object.__setattr__(self, "by", clean_text("by", self.by, max_length=MAX_NAME, required=True))
        object.__setattr__(self, "sources", clean_text("sources", self.sources, max_length=MAX_SOURCES, required=True))
        if self.first > self.last:
            raise InvalidEventError("last", tr("This ends before it starts."))
        if self.last > self.looked_on:
            raise InvalidEventError("last", tr("The period ends after somebody looked; end it on that day or before."))
