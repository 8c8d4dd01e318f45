"""The events that match a filter, as columns to count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from rallymap.dates import DatePrecision
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.query.snapshot.columns import DATE_PRECISIONS
from rallymap.query.snapshot.masks import ENUMS
from rallymap.query.snapshot.selection import Rows

COUNTED_FACETS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "communities": "communities",
        "countries": "country",
        "cities": "city",
        "organisers": "organisers",
        "kinds": "kind",
        "statuses": "status",
        "topics": "topics",
        "publishers": "publishers",
    }
)
"""Facets that can be counted and split by, each with its column."""
_KNOWS_THE_DAY = np.isin(DATE_PRECISIONS, [DatePrecision.MINUTE, DatePrecision.DAY])
Codes = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False)
class FilteredRows:
    """The rows of a snapshot that match a filter.

    Attributes
    ----------
    rows
        Row numbers, ascending: undated events first, then the others by their first day.
    undated
        Number of undated events, the first of `rows`; 0 with a period.
    undated_left_out
        Number of undated events that match all of the filter except its period.
    """

    snapshot: Snapshot
    event_filter: EventFilter
    rows: Rows
    undated: int
    undated_left_out: int

    @classmethod
    def of(cls, snapshot: Snapshot, event_filter: EventFilter) -> FilteredRows:
        """Apply a filter. Without a period, undated events are included, as in Explore."""
        mask = snapshot.mask(event_filter)
        head = snapshot.columns.undated
        undated = int(np.count_nonzero(mask[:head]))
        if event_filter.shows_undated:
            return cls(snapshot, event_filter, np.flatnonzero(mask), undated, 0)
        mask[:head] = False
        return cls(snapshot, event_filter, np.flatnonzero(mask), 0, undated)

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a column of the selected rows, in their order."""
        values: npt.NDArray[Any] = getattr(self.snapshot.columns, name)
        return values if len(self.rows) == len(values) else values[self.rows]

    @cached_property
    def start(self) -> npt.NDArray[np.int32]:
        """First day of each dated event, ascending, in days since 1970-01-01."""
        return self.column("start")[self.undated :]

    @cached_property
    def end(self) -> npt.NDArray[np.int32]:
        """Last day of each dated event."""
        return self.column("end")[self.undated :]

    @cached_property
    def knows_day(self) -> npt.NDArray[np.bool_]:
        """Whether each dated event has a known day, rather than only a weekend, week, month or year."""
        known: npt.NDArray[np.bool_] = _KNOWS_THE_DAY[self.column("date_precision")[self.undated :]]
        return known

    def per_list(self, facet: str) -> npt.NDArray[np.int64]:
        """Return the number of selected events by code of a facet's column; see :meth:`names_of`."""
        if facet not in self._per_list:
            self._per_list[facet] = np.bincount(self.column(COUNTED_FACETS[facet]), minlength=1)
        return self._per_list[facet]

    @cached_property
    def _per_list(self) -> dict[str, npt.NDArray[np.int64]]:
        return {}

    def bounds(self) -> tuple[int, int] | None:
        """Return the first and last day to show: those of the period that are within the selected events' days.

        None if no selected event has a date.
        """
        if not len(self.start):
            return None
        first, last = int(self.start[0]), int(self.end.max())
        if self.event_filter.days is not None:
            first, last = max(first, self.event_filter.days[0]), min(last, self.event_filter.days[1])
        return first, last

    def names_of(self, facet: str) -> list[tuple[str, ...]]:
        """Return the names for each code of a facet's column; an empty tuple means "not known"."""
        if facet in ENUMS:
            return [(value,) for value in ENUMS[facet][1]]
        values = getattr(self.snapshot.dictionaries, facet).values
        if facet in ("countries", "cities"):
            return [(value,) if value else () for value in values]
        return list(values)
