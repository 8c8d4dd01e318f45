"""Filter of events by words, days, places, people, kinds, sizes and sources; the same for every view."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from rallymap.query import filter_links
from rallymap.query.areas import Box, Circle, Ring, rounded_box, rounded_circle, rounded_ring
from rallymap.query.filter_links import FACETS


@dataclass(frozen=True, slots=True)
class EventFilter:
    """A selection of public events; parts are combined with "and", the values of one part with "or".

    Attributes
    ----------
    text
        Words that must all occur in an event, "" for none. The beginning of a word is enough; phrases are in quotation
        marks. Parameter `q` in links.
    period
        First and last day, inclusive; events that overlap the period match. None for no limit.
    kinds, countries, organisers, communities, cities, topics, statuses, attendance_modes, publishers, date_precisions
        Accepted values; empty for all. Countries are ISO 3166-1 alpha-2; cities are "Oslo, NO", or "Oslo" for every
        city with this name, in any language for larger ones; statuses are life statuses. Sorted, without duplicates.
    place_precisions
        Like above: precisions of locations, or "unknown" for events that took place somewhere but have no location.
    campaigns
        Like above: ids of campaigns.
    crowd_by
        Like above: who gives a number of participants, values of :class:`~rallymap.events.CrowdGiver`.
    undated
        Whether undated events are also shown, if no period is chosen.
    near
        Latitude and longitude in decimal degrees, and a radius in km.
    bbox
        South, west, north, east in decimal degrees, including borders; if west is greater than east, the box crosses
        the antimeridian.
    area
        Corners of a drawn area, latitude and longitude in decimal degrees; empty for no limit. Longitudes can exceed
        180, so that an area can cross the antimeridian.
    crowd
        Minimum and maximum number of people, inclusive, each None for no limit. An event matches if the range from its
        lowest to its highest estimate overlaps this range; "more than 300" and "up to 300" count as 300. None for no
        limit.
    crowd_known
        True for events with a numeric estimate, False for events without; None for all.
    has_source
        True for events with a source, False for events reported only by their organiser; None for all.
    """

    period: tuple[date, date] | None = None
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    undated: bool = True
    cities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    attendance_modes: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    date_precisions: tuple[str, ...] = ()
    place_precisions: tuple[str, ...] = ()
    near: Circle | None = None
    bbox: Box | None = None
    area: Ring = ()
    crowd: tuple[int | None, int | None] | None = None
    crowd_known: bool | None = None
    has_source: bool | None = None
    text: str = ""
    campaigns: tuple[str, ...] = ()
    crowd_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(self.text.split()))
        for facet in FACETS:
            object.__setattr__(self, facet, tuple(sorted(set(getattr(self, facet)))))
        if self.period is not None and self.period[0] > self.period[1]:
            object.__setattr__(self, "period", (self.period[1], self.period[0]))
        if self.near is not None:
            object.__setattr__(self, "near", rounded_circle(self.near))
        if self.bbox is not None:
            object.__setattr__(self, "bbox", rounded_box(self.bbox))
        object.__setattr__(self, "area", rounded_ring(self.area))
        if self.crowd == (None, None):
            object.__setattr__(self, "crowd", None)

    def changed(self, **changes: object) -> Self:
        """Return a copy with some parts replaced."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]

    @property
    def days(self) -> tuple[int, int] | None:
        """The period in days since 1970-01-01, inclusive; None for no limit."""
        return None if self.period is None else (days_since_epoch(self.period[0]), days_since_epoch(self.period[1]))

    @property
    def shows_undated(self) -> bool:
        """Whether undated events are shown; a period always excludes them."""
        return self.undated and self.period is None

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> tuple[Self, tuple[str, ...]]:
        """Parse a filter from link parameters.

        Parameters
        ----------
        parameters
            Lists of values by name, see `docs/export.md`. Other names are ignored.

        Returns
        -------
        event_filter
            Filter built from the valid values.
        complaints
            One sentence for each invalid value, which was dropped.
        """
        complaints: list[str] = []
        parts = filter_links.read_parts(parameters, complaints)
        return cls(**parts), tuple(complaints)

    def to_query_params(self) -> dict[str, list[str]]:
        """Return the link parameters of this filter; default values are left out."""
        return filter_links.write_parts({field.name: getattr(self, field.name) for field in dataclasses.fields(self)})


def days_since_epoch(day: date) -> int:
    """Return the number of days since 1970-01-01."""
    return day.toordinal() - 719_163
