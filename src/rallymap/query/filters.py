"""The filter of events: words, days, places, people, kinds, sizes and sources; the same for every view."""

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
    """A choice among the public events; parts are joined by "and", the values of one part by "or".

    Attributes
    ----------
    text
        Words that all must be in an event, "" for none: the beginning of a word is enough, and a phrase is in
        quotation marks. Written `q` in links.
    period
        First and last day, both inclusive; events that overlap it match. None: no limit.
    kinds, countries, organisers, communities, cities, topics, statuses, attendance_modes, publishers, date_precisions
        Values that match; empty: all. Countries are ISO 3166-1 alpha-2; cities are "Oslo, NO", or "Oslo" for every city
        of the name, in any language for larger ones; statuses are life statuses. Sorted and without doubles.
    place_precisions
        Likewise: precisions of locations, or "unknown" for events of which no place is known though they have one.
    campaigns
        Likewise: ids of campaigns.
    crowd_by
        Likewise: who gives a number of people who came, values of :class:`~rallymap.events.CrowdGiver`.
    undated
        Whether events whose day no source gives are drawn too, as long as no period is chosen.
    near
        Latitude and longitude in decimal degrees, and a radius in km around them.
    bbox
        South, west, north, east in decimal degrees, borders included; west above east crosses the antimeridian.
    area
        Corners of a drawn area, latitude and longitude in decimal degrees; empty: no limit. Longitudes may go on past
        180, so that an area may lie across the antimeridian.
    crowd
        Fewest and most people, both inclusive, None where there is no limit. An event matches where the range from its
        lowest to its highest estimate has a number in common with it. None: no limit.
    crowd_known
        True for events with an estimate in numbers, False for those without; None for all.
    has_source
        True for events with a source, False for those that only their organiser reports; None for all.
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
        """The period in days since 1970-01-01, both inclusive; None where there is no limit."""
        return None if self.period is None else (days_since_epoch(self.period[0]), days_since_epoch(self.period[1]))

    @property
    def shows_undated(self) -> bool:
        """Whether undated events are drawn: they lie in no period."""
        return self.undated and self.period is None

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> tuple[Self, tuple[str, ...]]:
        """Read a filter from the parameters of a link.

        Parameters
        ----------
        parameters
            Values by name, each a list; `docs/export.md` lists them. Other names are left alone.

        Returns
        -------
        event_filter
            From the values that could be read.
        complaints
            One sentence for each that could not, and was dropped.
        """
        complaints: list[str] = []
        parts = filter_links.read_parts(parameters, complaints)
        return cls(**parts), tuple(complaints)

    def to_query_params(self) -> dict[str, list[str]]:
        """Return the parameters of a link to this filter; those of the default are left out."""
        return filter_links.write_parts({field.name: getattr(self, field.name) for field in dataclasses.fields(self)})


def days_since_epoch(day: date) -> int:
    """Return the number of days from 1970-01-01."""
    return day.toordinal() - 719_163
