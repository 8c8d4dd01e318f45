"""Compare two sides: events per day, so that unequal spans are comparable, and their difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rallymap.dates import EARLIEST, LATEST
from rallymap.language import number, tr, trn
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.rankings import rank

SMALL: Final = 10
"""Number of events below which a side is too small for a meaningful difference."""
ONE_SIDED: Final = 0.5
"""Share of a side's events that only its own publishers report, from which the sources may explain a difference."""
PER_DAYS: Final = 100
"""Rates are events per this many days."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes
    ----------
    name
        Label of the side.
    total
        Number of dated events within its span.
    undated
        Number of matching events without a date, which are excluded.
    days
        Length of its span in days.
    with_publisher
        Number of events whose sources name a publisher.
    one_sided
        Number of those whose publishers all report no event of the other side.
    whole_record
        First and last day of the record, in days since 1970-01-01, if there is no period and they are its span.
    """

    name: str
    total: int
    undated: int
    days: int
    with_publisher: int
    one_sided: int
    whole_record: tuple[int, int] | None = None

    @property
    def rate(self) -> float:
        """Events per `PER_DAYS` days."""
        return self.total * PER_DAYS / self.days


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of two sides.

    Attributes
    ----------
    facet
        Facet by which the difference is shown: cities, or another facet.
    values
        Facet values with their number of events on the left and on the right: those with most on both sides together.
    more_values
        Number of further values.
    on_both
        Number of dated events that count on both sides.
    is_same
        Whether both sides are the same.
    """

    left: Side
    right: Side
    facet: str
    values: tuple[tuple[str, int, int], ...]
    more_values: int
    on_both: int = 0
    is_same: bool = False

    def warnings(self) -> tuple[str, ...]:
        """Return a sentence for each reason to interpret the difference with care."""
        if self.is_same:
            # Translators: {side} is both sides of a comparison: a community, a country, a city, a period.
            return (tr("Both sides are the same: {side}. Choose another one on one side.", side=self.left.name),)
        found = [
            # Translators: of the events that are compared.
            trn("{n} event counts on both sides.", "{n} events count on both sides.", self.on_both)
        ][: self.on_both]
        found += [
            trn(
                # Translators: {side} is one side of a comparison: a community, a country, a city, a period.
                "Small numbers: {side} has {n} event. A difference may be chance.",
                "Small numbers: {side} has {n} events. A difference may be chance.",
                side.total,
                side=side.name,
            )
            for side in (self.left, self.right)
            if side.total < SMALL
        ]
        return (*found, *filter(None, (_one_sided(side) for side in (self.left, self.right))))


def compare(
    snapshot: Snapshot, left: tuple[str, EventFilter], right: tuple[str, EventFilter], facet: str, max_values: int
) -> Comparison:
    """Compare two labelled filters by the values of a facet with most events."""
    chosen = [FilteredRows.of(snapshot, event_filter) for _, event_filter in (left, right)]
    publishers = [_publishers(one) for one in chosen]
    sides = [
        _side(name, one, own, other)
        for (name, _), one, own, other in zip((left, right), chosen, publishers, publishers[::-1], strict=True)
    ]
    counts = [dict(rank(one, facet, len(snapshot) + 1).counts) for one in chosen]
    both = [(value, counts[0].get(value, 0), counts[1].get(value, 0)) for value in {**counts[0], **counts[1]}]
    both.sort(key=lambda item: (-item[1] - item[2], item[0]))
    return Comparison(
        sides[0],
        sides[1],
        facet,
        tuple(both[:max_values]),
        max(0, len(both) - max_values),
        _on_both(*chosen),
        left[1] == right[1],
    )


def _on_both(left: FilteredRows, right: FilteredRows) -> int:
    is_left = np.zeros(len(left.snapshot), np.bool_)
    is_left[left.rows[left.undated :]] = True
    return int(np.count_nonzero(is_left[right.rows[right.undated :]]))


def _publishers(chosen: FilteredRows) -> dict[tuple[str, ...], int]:
    """Return the number of events by the publishers that report them."""
    lists, counts = chosen.names_of("publishers"), chosen.per_list("publishers")
    return {lists[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}


def _side(name: str, chosen: FilteredRows, own: dict[tuple[str, ...], int], other: dict[tuple[str, ...], int]) -> Side:
    theirs = {publisher for names in other for publisher in names}
    first, last = span_of(chosen)
    return Side(
        name,
        len(chosen) - chosen.undated,
        chosen.undated + chosen.undated_left_out,
        last - first + 1,
        sum(count for names, count in own.items() if names),
        sum(count for names, count in own.items() if names and theirs.isdisjoint(names)),
        (first, last) if chosen.event_filter.period is None else None,
    )


def span_of(chosen: FilteredRows) -> tuple[int, int]:
    """Return the first and last day of the period; open ends are those of the whole record. At least one day."""
    first, last = chosen.snapshot.bounds() or (0, 0)
    period, days = chosen.event_filter.period, chosen.event_filter.days
    if period is not None and days is not None:
        first = first if period[0] == EARLIEST else days[0]
        last = last if period[1] == LATEST else days[1]
    return first, max(first, last)


def _one_sided(side: Side) -> str:
    if not side.with_publisher or side.one_sided < ONE_SIDED * side.with_publisher:
        return ""
    # Translators: {part} of {n} events of a side.
    return trn(
        "{side}: {part} of {n} event with a known publisher is reported only by publishers that "
        "report nothing about the other side. Differences may come from the sources.",
        "{side}: {part} of {n} events with a known publisher are reported only by publishers that "
        "report nothing about the other side. Differences may come from the sources.",
        side.with_publisher,
        side=side.name,
        part=number(side.one_sided),
    )
