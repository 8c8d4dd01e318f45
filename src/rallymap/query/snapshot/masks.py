"""Which rows a filter leaves, as one truth value per row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rallymap.query.filters import EventFilter
from rallymap.query.snapshot.books import Codebook
from rallymap.query.snapshot.columns import KINDS, Books, Columns

Mask = npt.NDArray[np.bool_]


def matching_mask(columns: Columns, books: Books, event_filter: EventFilter) -> Mask:
    """Return the rows that fit all parts of a filter; undated rows fit every period."""
    mask = np.ones(len(columns), np.bool_)
    for facet in ("kinds", "countries", "organisers", "communities"):
        part = facet_mask(columns, books, facet, getattr(event_filter, facet))
        if part is not None:
            mask &= part
    if event_filter.days is not None:
        first, last = event_filter.days
        undated = columns.undated
        # Sorted by first day: whatever starts later than the period ends is one slice.
        mask[int(np.searchsorted(columns.start, last, side="right")) :] = False
        mask[undated:] &= columns.end[undated:] >= first
    return mask


def facet_mask(columns: Columns, books: Books, facet: str, values: Sequence[str]) -> Mask | None:
    """Return the rows that have one of `values`; None where all rows fit."""
    if not values:
        return None
    if facet == "kinds":
        return np.isin(np.arange(256), [KINDS.index(value) for value in values])[columns.kind]
    if facet == "countries":
        return np.isin(columns.country, [books.countries.find(value) for value in values])
    book: Codebook[tuple[str, ...]] = getattr(books, facet)
    wanted = set(values)
    fits = np.fromiter((not wanted.isdisjoint(names) for names in book.values), np.bool_, len(book.values))
    codes: npt.NDArray[np.int32] = getattr(columns, facet)
    return fits[codes]
