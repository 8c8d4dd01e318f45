"""Snapshot of all public events in memory, which answers filters, counts, lists and the map's cube."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType
from typing import Self

import numpy as np
import numpy.typing as npt

from rallymap.dates import DatePrecision
from rallymap.distances import EQUATOR_M
from rallymap.query.filters import EventFilter
from rallymap.query.rows import EventRow
from rallymap.query.snapshot.columns import (
    DATE_PRECISIONS,
    NO_PLACE,
    PLACE_PRECISIONS,
    WORLD,
    Columns,
    Dictionaries,
    build_columns,
    encode_changes,
    to_degrees,
)
from rallymap.query.snapshot.dictionaries import Points
from rallymap.query.snapshot.facets import distinct_names
from rallymap.query.snapshot.finder import Finder, TextSearch
from rallymap.query.snapshot.masks import PARTS, Mask, part_mask, period_mask
from rallymap.query.snapshot.memory import Memory
from rallymap.query.snapshot.point_columns import PointColumns
from rallymap.query.snapshot.selection import Rows, Selection, ViewBox
from rallymap.query.snapshot.years import count_by_year

NEVER = math.inf
MANY_DAYS, COARSE = np.uint8(1), np.uint8(2)
_IS_COARSE = np.isin(DATE_PRECISIONS, [DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.YEAR])


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Public events as immutable columns; created by :meth:`build`, updated by :meth:`apply`.

    Attributes
    ----------
    dataset_version
        Version of the store that this was read from.
    pending
        Unix time (s) at which the public view of an event changes without an edit, by id.
    """

    dataset_version: int
    columns: Columns
    points: Points
    dictionaries: Dictionaries
    pending: Mapping[str, float]
    finder: Finder | None = None

    @classmethod
    def build(cls, chunks: Iterable[Sequence[EventRow]], version: int, finder: Finder | None = None) -> Self:
        """Build a snapshot from all rows, chunk by chunk.

        Parameters
        ----------
        chunks
            Rows in any order, with unique ids.
        version
            Version of the store before the first row was read.
        finder
            Full-text search in the events; None if no event matches any text.
        """
        dictionaries = Dictionaries.empty()
        pending: dict[str, float] = {}

        def noting() -> Iterable[Sequence[EventRow]]:
            for chunk in chunks:
                pending.update(_pending(chunk))
                yield chunk

        columns, points = build_columns(noting(), dictionaries)
        return cls(version, columns, points, dictionaries, MappingProxyType(pending), finder)

    def apply(self, version: int, rows: Sequence[EventRow], removed: Iterable[str]) -> Self:
        """Return a new snapshot with some events added, replaced or removed; this one is unchanged.

        `version` is the store's version after the changes; unknown ids in `removed` are ignored.
        """
        rows = list({row.id: row for row in rows}.values())
        gone = {*removed, *(row.id for row in rows)}
        fresh, points = encode_changes(rows, self.dictionaries, self.points)
        columns = self.columns.replace_rows(self.columns.rows_of(gone, self.dictionaries), fresh)
        pending = {id_: due for id_, due in self.pending.items() if id_ not in gone} | _pending(rows)
        return type(self)(version, columns, points, self.dictionaries, MappingProxyType(pending), self.finder)

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def version(self) -> str:
        """Version that changes whenever the public data change; equal in all processes with the same data.

        The time of the next disclosure determines which events have been disclosed.
        """
        return str(self.dataset_version) if self.next_due == NEVER else f"{self.dataset_version}-{self.next_due:.0f}"

    @cached_property
    def next_due(self) -> float:
        """Unix time (s) of the next change of a public view without an edit, or infinity."""
        return min(self.pending.values(), default=NEVER)

    def due(self, now_s: float) -> list[str]:
        """Return ids of events whose public view has changed without an edit by `now_s`."""
        return [] if now_s < self.next_due else [id_ for id_, due in self.pending.items() if due <= now_s]

    def bounds(self) -> tuple[int, int] | None:
        """Return the first and last day of all dated events, in days since 1970-01-01; None if there are none."""
        start, end = (days[self.columns.undated :] for days in (self.columns.start, self.columns.end))
        return (int(start[0]), int(end.max())) if len(start) else None

    def years_with_events(self) -> tuple[int, ...]:
        """Return the years with at least one event, newest first."""
        return tuple(self.events_by_year)

    @cached_property
    def events_by_year(self) -> dict[int, int]:
        """Number of events per year, newest first; an event that may span two years counts in both."""
        return count_by_year(self.columns)

    @cached_property
    def communities(self) -> tuple[str, ...]:
        """Communities with at least one event, sorted by name."""
        return distinct_names(self.columns, self.dictionaries, "communities")

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Alpha-2 codes of countries with at least one event, sorted."""
        return distinct_names(self.columns, self.dictionaries, "countries")

    @cached_property
    def many_day_rows(self) -> Rows:
        """Rows of events that last more than one day."""
        return np.flatnonzero(self.traits & MANY_DAYS)

    @cached_property
    def traits(self) -> npt.NDArray[np.uint8]:
        """Flags per row: `MANY_DAYS` if it has several days, `COARSE` if the precision is a week or coarser."""
        many = self.columns.end != self.columns.start
        traits: npt.NDArray[np.uint8] = many * MANY_DAYS | _IS_COARSE[self.columns.date_precision] * COARSE
        return traits

    @cached_property
    def recent_rows(self) -> Memory:
        """Cache of rows by filter."""
        return Memory(4)

    @cached_property
    def search(self) -> TextSearch:
        """Full-text search in the rows."""
        return TextSearch(self.columns, self.finder)

    @cached_property
    def recent_parts(self) -> Memory:
        """Cache of row masks by part of a filter."""
        return Memory(32)

    @cached_property
    def recent_counts(self) -> Memory:
        """Cache of the number of events by value of a facet, by facet and filter."""
        return Memory(256)

    @cached_property
    def list_rows(self) -> Memory:
        """Cache of rows of lists, by event and language."""
        return Memory(4_000)

    @cached_property
    def recent_campaigns(self) -> Memory:
        """Cache of campaign data."""
        return Memory(16)

    @cached_property
    def recent_views(self) -> Memory:
        """Cache of views of the map."""
        return Memory(24)

    @cached_property
    def per_point(self) -> PointColumns:
        """Numbers about the events at each point."""
        return PointColumns(self.columns, self.points)

    def select(self, event_filter: EventFilter, box: ViewBox | None = None) -> Selection:
        """Return the events that match a filter and, if given, are drawn within a box."""
        mask = self.mask(event_filter) if box is None else self.counted_mask(event_filter)
        if box is not None:
            mask &= self.is_at_points(box.points_within(self.points.x, self.points.y))
        placed, online = self.columns.point >= 0, self.columns.is_online_without_place
        matching = np.flatnonzero(mask)
        without_day = matching[: np.searchsorted(matching, self.columns.undated)]
        with_day = matching[len(without_day) :]
        has_place, is_online = placed[with_day], online[with_day]
        parts = (with_day[has_place], without_day, with_day[~has_place & ~is_online], with_day[is_online])
        dated, undated_count, placeless, online_count = (len(part) for part in parts)
        drawn_undated = int(np.count_nonzero(placed[without_day])) if event_filter.shows_undated else 0
        numbers = (undated_count, placeless, online_count, int(np.count_nonzero(online[without_day])))
        return Selection(dated, *numbers, dated + drawn_undated, self, parts)

    def nearby(self, event_filter: EventFilter, event_id: str, radius_m: float) -> list[str]:
        """Return ids of events drawn within `radius_m` metres of an event, newest first, undated ones last.

        The event itself is included; [] if it is not public, has no place, or does not match the filter.
        """
        row = self.row_of(event_id)
        if row is None or self.columns.point[row] < 0:
            return []
        x, y = (int(axis[self.columns.point[row]]) for axis in (self.points.x, self.points.y))
        # The Mercator scale factor is 1 / cos(latitude), which is cosh of the northing in radians.
        reach = radius_m / EQUATOR_M * math.cosh((0.5 - y / WORLD) * 2 * math.pi) * WORLD
        apart = np.abs(self.points.x - x)
        near = np.hypot(np.minimum(apart, WORLD - apart), self.points.y - y) <= reach
        mask = self.counted_mask(event_filter) & self.is_at_points(near)
        return self.ids_of(np.flatnonzero(mask)[::-1]) if mask[row] else []

    def counted_mask(self, event_filter: EventFilter) -> Mask:
        """Return which rows match a filter, without undated events if its period or itself excludes them."""
        mask = self.mask(event_filter)
        if not event_filter.shows_undated:
            mask[: self.columns.undated] = False
        return mask

    def mask(self, event_filter: EventFilter) -> Mask:
        """Return which rows match all parts of a filter, as a new array; undated rows match every period."""
        mask = np.ones(len(self.columns), np.bool_)
        for name in PARTS:
            value = getattr(event_filter, name)
            if value not in (None, (), ""):
                mask &= self.recent_parts.get((name, value), partial(part_mask, self, name, value))
        if event_filter.days is not None:
            mask &= period_mask(self.columns, event_filter.days)
        return mask

    def is_at_points(self, points: Mask) -> Mask:
        """Return for each row whether it is at one of the given points; False for rows without a place."""
        within: Mask = np.append(points, False)[self.columns.point]  # the last entry is for point -1
        return within

    def nearest_day(self, event_filter: EventFilter) -> int | None:
        """Return the day closest to the filter's period with an event that matches its other parts, or None.

        Without a period, return the newest such day.
        """
        rows = np.flatnonzero(self.mask(event_filter.changed(period=None)))
        rows = rows[rows >= self.columns.undated]
        if not len(rows):
            return None
        start, end = self.columns.start[rows], self.columns.end[rows]
        if event_filter.days is None:
            return int(start[-1])
        first, last = event_filter.days
        gap = np.maximum(np.maximum(start - last, first - end), 0)
        at = int(np.argmin(gap))
        return int(start[at]) if start[at] >= first else int(end[at])

    def ids_of(self, rows: Iterable[int]) -> list[str]:
        """Return the ids of rows."""
        return self.dictionaries.ids.read(self.columns.id_ref[r] for r in rows)

    def row_of(self, event_id: str) -> int | None:
        """Return the row of an event, or None if it is not public."""
        rows = self.columns.rows_of((event_id,), self.dictionaries)
        return int(rows[0]) if len(rows) else None

    def place_precision(self, event_id: str) -> str:
        """Return the place precision in the public view, as in :class:`EventRow`; "" if the event is not public."""
        code = NO_PLACE if (row := self.row_of(event_id)) is None else int(self.columns.place_precision[row])
        return "" if code == NO_PLACE else PLACE_PRECISIONS[code]

    def position(self, event_id: str) -> tuple[float, float] | None:
        """Return latitude and longitude at which an event is drawn, or None."""
        point = -1 if (row := self.row_of(event_id)) is None else int(self.columns.point[row])
        return None if point < 0 else to_degrees(float(self.points.x[point]), float(self.points.y[point]))


def _pending(rows: Iterable[EventRow]) -> dict[str, float]:
    return {row.id: row.view_changes_at for row in rows if row.view_changes_at is not None}
