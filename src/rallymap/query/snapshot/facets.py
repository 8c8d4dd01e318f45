"""Number of events for each facet value under the rest of a filter."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from rallymap.countries import read_shown_country
from rallymap.folding import fold_letters
from rallymap.query.filter_links import FACETS
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot.columns import NO_CROWD, NO_PLACE, Columns, Dictionaries
from rallymap.query.snapshot.known_names import canonical_name
from rallymap.query.snapshot.masks import ENUMS, Mask

if TYPE_CHECKING:
    from rallymap.query.snapshot.state import Snapshot

MAX_FACET_VALUES = 500
"""Maximum number of values per facet; those with most events are returned."""
_YES_NO = ("has_source", "crowd_known")
COUNTED = (*FACETS, *_YES_NO)
"""What :func:`count_facets` can count."""


class ValueCounts(dict[str, int]):
    """Number of events by value of a facet, the largest first.

    Attributes
    ----------
    values_in_all
        Number of values with events, including those that are left out because they have fewest.
    """

    def __init__(self, counts: Iterable[tuple[str, int]], values_in_all: int) -> None:
        super().__init__(counts)
        self.values_in_all = values_in_all


_COLUMNS = {"countries": "country", "cities": "city", "campaigns": "campaign"}


def count_facets(
    snapshot: Snapshot,
    event_filter: EventFilter,
    limit: int | None = MAX_FACET_VALUES,
    facets: Iterable[str] = COUNTED,
) -> dict[str, ValueCounts]:
    """Count, by facet and value, the events that fit all other parts of the filter; largest count first, then by name.

    Undated events count only if the filter shows them, so that a choice leaves as many events as its count says.
    Besides the facets of :data:`~rallymap.query.filter_links.FACETS`, the result has `has_source` and `crowd_known`
    with the values "yes" and "no". Values without events and empty names ("" for no country) are left out. An event
    with two organisers counts for both. Counts are kept with the snapshot, for all who choose the same filter.

    Parameters
    ----------
    limit
        Maximum number of values per facet; None for all.
    facets
        The facets to count, all by default.
    """
    masks: dict[EventFilter, Mask] = {}

    def count(facet: str) -> ValueCounts:
        without = None if facet in _YES_NO else ()
        is_chosen = getattr(event_filter, facet) != without
        others = event_filter.changed(**{facet: without}) if is_chosen else event_filter
        return snapshot.recent_counts.get((facet, others, limit), lambda: make(facet, others))

    def make(facet: str, others: EventFilter) -> ValueCounts:
        if others not in masks:
            masks[others] = snapshot.counted_mask(others)
        if facet in _YES_NO:
            return _count_yes_no(snapshot.columns, facet, masks[others])
        return _count(snapshot.columns, snapshot.dictionaries, facet, masks[others], limit)

    return {facet: count(facet) for facet in facets}


def _count_yes_no(columns: Columns, facet: str, fits: Mask) -> ValueCounts:
    mask = columns.has_source if facet == "has_source" else columns.crowd_low != NO_CROWD
    yes, total = int(np.count_nonzero(fits & mask)), int(np.count_nonzero(fits))
    answers = [(word, count) for word, count in (("yes", yes), ("no", total - yes)) if count]
    return ValueCounts(answers, len(answers))


def count_without_place(snapshot: Snapshot, event_filter: EventFilter) -> int:
    """Count the events without a place that fit all parts of a filter except areas, which exclude them."""
    if event_filter.near is None and event_filter.bbox is None and not event_filter.area:
        return 0
    mask = snapshot.counted_mask(event_filter.changed(near=None, bbox=None, area=()))
    return int(np.count_nonzero(mask & (snapshot.columns.point < 0)))


def distinct_names(columns: Columns, dictionaries: Dictionaries, facet: str) -> tuple[str, ...]:
    """Return the values of a facet ("countries", "communities" ...) that occur in any event, sorted."""
    everything = np.ones(len(columns), np.bool_)
    return tuple(sorted(_totals_by_name(columns, dictionaries, facet, everything).keys() - {""}))


def find_names(snapshot: Snapshot, facet: str, text: str) -> tuple[str, ...]:
    """Return the values of a facet that a typed text means: the one of this name, otherwise those that contain it."""
    values = distinct_names(snapshot.columns, snapshot.dictionaries, facet)
    if facet == "countries":
        return tuple(code for code in values if code == read_shown_country(text))
    name = canonical_name(snapshot.dictionaries, facet, text)
    if name in values:
        return (name,)
    folded = fold_letters(text)
    return tuple(value for value in values if folded and folded in fold_letters(value))


def _count(columns: Columns, dictionaries: Dictionaries, facet: str, mask: Mask, limit: int | None) -> ValueCounts:
    found = _totals_by_name(columns, dictionaries, facet, mask)
    found.pop("", None)
    most = heapq.nsmallest(len(found) if limit is None else limit, found.items(), key=lambda item: (-item[1], item[0]))
    return ValueCounts(most, len(found))


def _totals_by_name(columns: Columns, dictionaries: Dictionaries, facet: str, mask: Mask) -> dict[str, int]:
    if facet in ENUMS:
        column, names = ENUMS[facet]
        if facet == "place_precisions":
            mask = mask & ~columns.is_online_without_place
        totals = np.bincount(_chosen(getattr(columns, column), mask), minlength=NO_PLACE + 1)
        totals[len(names) - 1] += totals[NO_PLACE]
        return {name: int(count) for name, count in zip(names, totals, strict=False) if count}
    totals = np.bincount(_chosen(getattr(columns, _COLUMNS.get(facet, facet)), mask))
    if facet in _COLUMNS:
        values = getattr(dictionaries, facet).values
        return {values[code]: int(totals[code]) for code in np.flatnonzero(totals).tolist()}
    found: dict[str, int] = getattr(dictionaries, facet).totals_of_names(totals)
    return found


def _chosen(codes: np.ndarray, mask: Mask) -> np.ndarray:
    return codes if mask.all() else codes[mask]
