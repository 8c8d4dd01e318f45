"""Communities by host city."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.rankings import rank


@dataclass(frozen=True, slots=True)
class Flows:
    """Events by community and host city.

    Attributes
    ----------
    communities, cities
        The ones with most events, in descending order.
    counts
        Shape `(communities, cities)`; an event of two communities counts for both.
    elsewhere
        Per community: its events in other cities, and those with an unknown city.
    """

    communities: tuple[str, ...]
    cities: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    elsewhere: npt.NDArray[np.int64]


def count_flows(chosen: FilteredRows, max_communities: int, max_cities: int) -> Flows:
    """Count the selected events by community and host city, for those with most events."""
    communities = tuple(name for name, _ in rank(chosen, "communities", max_communities).counts)
    cities = tuple(name for name, _ in rank(chosen, "cities", max_cities).counts)
    number_of = {name: at for at, name in enumerate(cities)}
    lists, names = chosen.names_of("communities"), chosen.names_of("cities")
    city_of = np.fromiter(
        (number_of.get(some[0], len(cities)) if some else len(cities) for some in names), np.int64, len(names)
    )
    width = len(cities) + 1
    cell = chosen.column("communities").astype(np.int64) * width + city_of[chosen.column("city")]
    by_list = np.bincount(cell, minlength=len(lists) * width).reshape(len(lists), width)
    member = np.zeros((len(communities), len(lists)), np.int64)
    row_of = {name: at for at, name in enumerate(communities)}
    for code in np.flatnonzero(by_list.any(axis=1)).tolist():
        for name in lists[code]:
            if name in row_of:
                member[row_of[name], code] = 1
    counts = member @ by_list
    return Flows(communities, cities, counts[:, :-1], counts[:, -1])
