"""Meaning of colours and shapes on the map: kinds of events, or the communities with most events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rallymap.query.filters import EventFilter
from rallymap.query.snapshot.columns import KINDS
from rallymap.query.snapshot.state import Snapshot
from rallymap.query.viewed import placed_rows

COLOURINGS: Final = ("kind", "community")
MAX_COMMUNITIES: Final = 7
"""Number of colours on the map, excluding the one for all others."""


@dataclass(frozen=True, slots=True)
class Categories:
    """The categories of a colouring.

    Attributes
    ----------
    names
        Names of the categories; "" means all other communities and comes last.
    codes
        Index in `names` for each row of the snapshot.
    """

    names: tuple[str, ...]
    codes: npt.NDArray[np.uint8]


def categories_of(snapshot: Snapshot, event_filter: EventFilter, colouring: str) -> Categories:
    """Return the categories of a colouring.

    Parameters
    ----------
    event_filter
        Filter for the communities: those with most matching events on the map, at any time, are used.
    colouring
        One of `COLOURINGS`.
    """
    if colouring == "kind":
        return Categories(KINDS, snapshot.columns.kind)

    def make() -> Categories:
        return _communities(snapshot, event_filter)

    return snapshot.recent_views.get((event_filter.changed(period=None), colouring), make)


def _communities(snapshot: Snapshot, event_filter: EventFilter) -> Categories:
    """Return the first community of each event if it is one of those with most events, else ""."""
    columns = snapshot.columns
    first = [names[0] if names else "" for names in snapshot.dictionaries.communities.values]
    rows = placed_rows(snapshot, event_filter)
    numbers = columns.communities if rows is None else columns.communities[rows]
    totals: dict[str, int] = {}
    for name, count in zip(first, np.bincount(numbers, minlength=len(first)).tolist(), strict=True):
        if name and count:
            totals[name] = totals.get(name, 0) + count
    names = sorted(totals, key=lambda name: (-totals[name], name))[:MAX_COMMUNITIES]
    code_of = {name: code for code, name in enumerate(names)}
    codes = np.fromiter((code_of.get(name, len(names)) for name in first), np.uint8, len(first))
    return Categories((*names, ""), codes[columns.communities])
