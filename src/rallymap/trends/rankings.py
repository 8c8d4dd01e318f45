"""Number of selected events by country, city, community or organiser."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rallymap.trends.filtered_rows import COUNTED_FACETS, FilteredRows

REST: Final = ""
"""All values that are not shown by name, and events without a value."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The values of a facet with most events.

    Attributes
    ----------
    facet
        One of :data:`~rallymap.trends.filtered_rows.COUNTED_FACETS`.
    counts
        Values with their number of events, in descending order, then by name. An event with two organisers counts for
        both.
    more_values
        Number of further values.
    without
        Number of events without a value: no place, no organiser named.
    several
        Number of events with several values, which count more than once.
    total
        Number of selected events, each counted once.
    """

    facet: str
    counts: tuple[tuple[str, int], ...]
    more_values: int
    without: int
    several: int
    total: int


@dataclass(frozen=True, slots=True)
class Split:
    """The selected events in a few groups, each event in one.

    Attributes
    ----------
    names
        Names of the groups: the facet's values with most events, then :data:`REST` if any event is in none of them.
    codes
        Index in `names` of each selected event. An event with several values is in the group of the first one that has
        a group.
    """

    facet: str
    names: tuple[str, ...]
    codes: npt.NDArray[np.uint8]


def rank(chosen: FilteredRows, facet: str, limit: int) -> Ranking:
    """Count the selected events by the values of a facet, and return the `limit` values with most events."""
    names, per_list = chosen.names_of(facet), chosen.per_list(facet)
    found = _totals(chosen, facet)
    most = heapq.nsmallest(limit, found.items(), key=lambda item: (-item[1], item[0]))
    used = np.flatnonzero(per_list).tolist()
    return Ranking(
        facet,
        tuple(most),
        len(found) - len(most),
        sum(int(per_list[code]) for code in used if not names[code]),
        sum(int(per_list[code]) for code in used if len(names[code]) > 1),
        len(chosen),
    )


def split(chosen: FilteredRows, facet: str, most_groups: int) -> Split:
    """Assign each selected event to one of the `most_groups` values with most events, or to the rest."""
    per_list = chosen.per_list(facet)
    found = _totals(chosen, facet)
    tops = heapq.nsmallest(most_groups, found, key=lambda name: (-found[name], name))
    number = {name: at for at, name in enumerate(tops)}
    rest = len(tops)
    of_list = np.full(len(per_list), rest, np.uint8)
    names = chosen.names_of(facet)
    for code in np.flatnonzero(per_list).tolist():
        of_list[code] = next((number[name] for name in names[code] if name in number), rest)
    codes = of_list[chosen.column(COUNTED_FACETS[facet])]
    has_rest = bool(per_list[of_list == rest].any())
    return Split(facet, (*tops, REST) if has_rest else tuple(tops), codes)


def _totals(chosen: FilteredRows, facet: str) -> dict[str, int]:
    names, per_list = chosen.names_of(facet), chosen.per_list(facet)
    found: dict[str, int] = {}
    for code in np.flatnonzero(per_list).tolist():
        for name in names[code]:
            found[name] = found.get(name, 0) + int(per_list[code])
    return found
