"""The meaning of colours on the map."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rallymap.query.colouring import MAX_COMMUNITIES, categories_of
from rallymap.query.cube import answer_cube, answer_period
from rallymap.query.filters import EventFilter
from rallymap.query.map_request import CubeRequest, Grid, PeriodRequest
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot
from tests.query.conftest import day
from tests.query.unpack import unpack

ALL = EventFilter()
WORLD_GRID = Grid(3, 0, 0, 8, 8)


def snapshot_of(row: Callable[..., EventRow], communities: list[tuple[str, ...]]) -> Snapshot:
    made = [row(f"e{n}", communities=names, country="NO" if n % 2 else "SE") for n, names in enumerate(communities)]
    return Snapshot.build([made], 1)


def test_communities_with_most_events_have_a_category_each_and_the_others_one(row: Callable[..., EventRow]) -> None:
    names = [f"C{n}" for n in range(MAX_COMMUNITIES + 2)]
    snapshot = snapshot_of(row, [("Tibet", "Iran")] * 3 + [("Iran",)] * 2 + [(name,) for name in names] + [()])
    categories = categories_of(snapshot, ALL, "community")
    assert categories.names == ("Tibet", "Iran", *names[: MAX_COMMUNITIES - 2], "")
    found = np.bincount(categories.codes, minlength=len(categories.names))
    assert found.tolist() == [3, 2, *[1] * (MAX_COMMUNITIES - 2), 5]


def test_communities_are_those_of_the_filter(row: Callable[..., EventRow]) -> None:
    snapshot = snapshot_of(row, [("Tibet",), ("Iran",), ("Tibet",), ("Sudan",)])
    assert categories_of(snapshot, EventFilter(countries=("NO",)), "community").names == ("Iran", "Sudan", "")


def test_cube_and_period_count_by_community(row: Callable[..., EventRow]) -> None:
    snapshot = snapshot_of(row, [("Tibet",), ("Iran",), ("Tibet",)])
    answer = unpack(answer_cube(snapshot, CubeRequest(WORLD_GRID, ALL, 250, "community")))
    assert (answer.head["colour"], answer.head["kinds"]) == ("community", ["Tibet", "Iran", ""])
    assert sorted(answer.arrays["kind"].tolist()) == [0, 0, 1]
    on_day = (day("2020-02-01"), day("2020-02-01"))
    mix = unpack(answer_period(snapshot, PeriodRequest(None, ALL, on_day, "community"))).arrays["mix"]
    assert mix.reshape(-1, 3).sum(axis=0).tolist() == [2, 1, 0]
    by_country = unpack(answer_cube(snapshot, CubeRequest(None, ALL, 250, "community")))
    assert by_country.arrays["mix"].reshape(-1, 3).sum(axis=0).tolist() == [2, 1, 0]
