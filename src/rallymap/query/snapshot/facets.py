"""How many events each kind, country, organiser and community has under the rest of a filter."""

from __future__ import annotations

from collections import Counter

import numpy as np

from rallymap.query.filters import FACETS, EventFilter
from rallymap.query.snapshot.columns import KINDS, Books, Columns
from rallymap.query.snapshot.masks import Mask, matching_mask

MOST_VALUES = 200
"""Values returned for one facet, those with most events first."""


def count_facets(columns: Columns, books: Books, event_filter: EventFilter) -> dict[str, dict[str, int]]:
    """Return, by facet and value, the events that fit all other parts of the filter: most first, then by name.

    Values without an event are left out, and so are names that no event has ("" for no country). An event with two
    organisers counts for both.
    """
    everything = matching_mask(columns, books, event_filter)
    counts = {}
    for facet in FACETS:
        chosen = getattr(event_filter, facet)
        mask = matching_mask(columns, books, event_filter.replaced(**{facet: ()})) if chosen else everything
        counts[facet] = _count(columns, books, facet, mask)
    return counts


def distinct_names(columns: Columns, books: Books, facet: str) -> tuple[str, ...]:
    """Return the values of a facet ("countries", "communities" ...) that any event has, sorted."""
    codes = columns.country if facet == "countries" else getattr(columns, facet)
    used = np.flatnonzero(np.bincount(codes)) if len(codes) else ()
    values = [getattr(books, facet).values[code] for code in used]
    names = set(values) if facet == "countries" else {name for names in values for name in names}
    return tuple(sorted(names - {""}))


def _count(columns: Columns, books: Books, facet: str, mask: Mask) -> dict[str, int]:
    if facet == "kinds":
        found = Counter(dict(zip(KINDS, _totals(columns.kind, mask), strict=False)))
    elif facet == "countries":
        found = Counter(dict(zip(books.countries.values, _totals(columns.country, mask), strict=False)))
        found.pop("", None)
    else:
        found = Counter()
        totals = _totals(getattr(columns, facet), mask)
        for code in np.flatnonzero(totals):
            for name in getattr(books, facet).values[code]:
                found[name] += totals[code]
    most = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES]
    return {value: int(count) for value, count in most if count}


def _totals(codes: np.ndarray, mask: Mask) -> np.ndarray:
    return np.bincount(codes if mask.all() else codes[mask])
