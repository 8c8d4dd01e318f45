from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallymap.query import binned, cube
from rallymap.query.cube import FEW_EVENTS, answer_cube, answer_period
from rallymap.query.filters import EventFilter
from rallymap.query.map_request import CubeRequest, Grid, PeriodRequest
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot
from rallymap.query.snapshot.columns import KINDS, to_mercator
from tests.query.conftest import day
from tests.query.unpack import Answer, unpack

EPOCH = date(1970, 1, 1)
WORLD_GRID = Grid(3, 0, 0, 8, 8)
ALL = EventFilter()


def ask(rows: Sequence[EventRow], event_filter: EventFilter = ALL, grid: Grid | None = WORLD_GRID) -> Answer:
    return unpack(answer_cube(Snapshot.build([rows], 1), CubeRequest(grid, event_filter, 250)))


def test_few_events_come_whole_wherever_the_view_is(seed: list[EventRow]) -> None:
    answer = ask(seed, grid=Grid(10, 0, 0, 8, 8))
    assert (answer.head["mode"], answer.head["whole"], answer.head["total"]) == ("events", True, 9)
    ids = answer.arrays["ids"].tobytes().decode().split("\n")
    by_id = {event_id: i for i, event_id in enumerate(ids)}
    assert set(ids) == {event.id for event in seed}
    parliament, bookstand = by_id["parliament"], by_id["bookstand"]
    assert answer.arrays["coarse"].tolist()[parliament] == 1
    assert (answer.arrays["start"][parliament], answer.arrays["end"][parliament]) == (
        day("2022-06-01"),
        day("2022-06-30"),
    )
    assert answer.arrays["start"][bookstand] == -(2**31)
    assert KINDS[answer.arrays["kind"][bookstand]] == "exhibition"


def test_each_event_of_few_has_its_country(row: Callable[..., EventRow]) -> None:
    answer = ask([row("a", country="SE"), row("b", country="NO"), row("c", country=""), row("d", country="SE")])
    ids = answer.arrays["ids"].tobytes().decode().split("\n")
    codes = answer.head["codes"]
    assert codes == ["", "NO", "SE"]
    found = {event_id: codes[at] for event_id, at in zip(ids, answer.arrays["country"], strict=True)}
    assert found == {"a": "SE", "b": "NO", "c": "", "d": "SE"}


def test_a_cell_has_the_country_of_its_events_unless_they_are_in_several(row: Callable[..., EventRow]) -> None:
    spots = {"SE": (57.7, 12.0), "CA": (45.4, -75.7), "AU": (-33.9, 151.2)}
    rows = [
        row(f"{code}{i}", country=code, lat=lat, lon=lon)
        for code, (lat, lon) in spots.items()
        for i in range(FEW_EVENTS)
    ]
    rows.append(row("over the river", country="US", lat=45.4, lon=-75.8))
    answer = ask(rows, grid=Grid(2, 0, 0, 4, 4))
    cells = map(tuple, answer.arrays["cells"].reshape(-1, 2).tolist())
    found = {cell: answer.head["codes"][at] for cell, at in zip(cells, answer.arrays["country"], strict=True)}
    assert found == {(2, 1): "SE", (1, 1): "", (3, 2): "AU"}
    sweden = ask(rows, EventFilter(countries=("SE",)), grid=Grid(2, 0, 0, 4, 4))
    assert sweden.head["mode"] == "events"


def test_a_cell_with_one_point_has_no_country_if_its_events_are_in_several(row: Callable[..., EventRow]) -> None:
    rows = [row(f"a{i}", country="SE") for i in range(FEW_EVENTS)]
    assert ask([*rows, row("b", country="SE")], grid=Grid(2, 0, 0, 4, 4)).head["codes"] == ["SE"]
    assert ask([*rows, row("b", country="NO")], grid=Grid(2, 0, 0, 4, 4)).head["codes"] == [""]


def test_undated_events_are_left_out_on_request(seed: list[EventRow]) -> None:
    assert ask(seed, EventFilter(undated=False)).head["total"] == 8


def test_answer_about_nothing_is_empty() -> None:
    answer = ask([])
    assert (answer.head["mode"], answer.head["total"], len(answer.arrays["x"])) == ("events", 0, 0)


def test_events_without_a_place_are_on_no_map(row: Callable[..., EventRow]) -> None:
    assert ask([row("nowhere", lat=None, lon=None, location_precision="")]).head["total"] == 0


def test_country_answer_counts_by_country(seed: list[EventRow]) -> None:
    answer = ask(seed, grid=None)
    counts = dict(zip(answer.head["countries"], answer.count(0, answer.bins - 1).tolist(), strict=True))
    undated = dict(zip(answer.head["countries"], answer.arrays["undated"].tolist(), strict=True))
    assert counts == {"FR": 1, "CA": 2, "NO": 2, "SE": 2, "DK": 1}
    assert undated["NO"] == 1


def test_poles_and_antimeridian_are_on_the_map(row: Callable[..., EventRow]) -> None:
    points = {"north": (90.0, 0.0), "south": (-90.0, 0.0), "east": (0.0, 180.0), "west": (0.0, -180.0)}
    answer = ask([row(name, lat=lat, lon=lon) for name, (lat, lon) in points.items()])
    ids = answer.arrays["ids"].tobytes().decode().split("\n")
    at = {name: (int(answer.arrays["x"][i]), int(answer.arrays["y"][i])) for i, name in enumerate(ids)}
    assert at == {"north": (2**29, 0), "south": (2**29, 2**30 - 1), "east": (0, 2**29), "west": (0, 2**29)}


@pytest.fixture
def many(row: Callable[..., EventRow]) -> list[EventRow]:
    """More events than are sent individually, on both sides of the antimeridian, a third of them lasting ten days."""
    made = []
    for n in range(FEW_EVENTS + 300):
        start = EPOCH + timedelta(days=18_000 + n % 700)
        end = start + timedelta(days=9) if n % 3 == 0 else start
        lon = 179.9 if n % 2 else -179.9
        made.append(
            row(f"event-{n:05}", start.isoformat(), end.isoformat(), lat=1.0 + n % 5, lon=lon, kind=KINDS[n % 8])
        )
    return made


def test_many_events_come_as_counts_that_add_up(many: list[EventRow]) -> None:
    answer = ask(many, grid=Grid(6, 56, 0, 72, 64))
    assert (answer.head["mode"], answer.head["whole"]) == ("cells", False)
    assert answer.count(0, answer.bins - 1).sum() == len(many)
    cells = answer.arrays["cells"].reshape(-1, 2).tolist()
    assert sorted(cells) == [[0, 31], [63, 31]]
    assert answer.arrays["mix"].reshape(-1, 8).sum(axis=0).tolist() == [188, 188, 188, 188, 187, 187, 187, 187]


def test_view_across_the_antimeridian_has_both_sides(many: list[EventRow]) -> None:
    one_side = ask(many, grid=Grid(6, 0, 0, 8, 64))
    both_sides = ask(many, grid=Grid(6, -8, 0, 8, 64))
    assert (one_side.head["mode"], len(one_side.arrays["x"])) == ("events", len(many) // 2)
    assert (both_sides.head["mode"], both_sides.count(0, both_sides.bins - 1).sum()) == ("cells", len(many))


def test_view_with_few_of_many_events_gets_them_whole(many: list[EventRow], row: Callable[..., EventRow]) -> None:
    answer = ask([*many, row("oslo-only")], grid=Grid(6, 32, 16, 36, 20))
    assert (answer.head["mode"], answer.head["whole"]) == ("events", False)
    assert answer.arrays["ids"].tobytes() == b"oslo-only"


def test_period_with_as_many_events_as_the_view_but_others(row: Callable[..., EventRow]) -> None:
    here = [row("here-1"), row("here-2", "2020-03-01")]
    elsewhere = row("elsewhere", lat=-33.9, lon=151.2)
    x, y = (int(part) >> 30 - 9 for part in to_mercator(59.9127, 10.7461))
    request = PeriodRequest(Grid(9, x, y, x + 1, y + 1), ALL, (day("2020-02-01"), day("2020-02-01")))
    counts = unpack(answer_period(Snapshot.build([[*here, elsewhere]], 1), request)).arrays["mix"]
    assert counts.sum() == 1


def test_period_is_counted_exactly_even_if_it_ends_within_bins(many: list[EventRow]) -> None:
    snapshot, grid = Snapshot.build([many], 1), Grid(6, 56, 0, 72, 64)
    first = unpack(answer_cube(snapshot, CubeRequest(grid, ALL, 250)))
    asked = PeriodRequest(grid, ALL, (18_123, 18_456))
    mix = unpack(answer_period(snapshot, asked)).arrays["mix"].reshape(-1, len(KINDS))
    assert len(mix) == len(first.arrays["undated"])
    assert not {18_123, 18_457} <= set(first.arrays["edges"].tolist())
    inside = [event for event in many if event.start_day <= 18_456 and event.end_day >= 18_123]  # type: ignore[operator]
    assert mix.sum(axis=0).tolist() == [sum(event.kind == kind for event in inside) for kind in KINDS]


def test_period_with_events_outside_the_view_counts_zero(row: Callable[..., EventRow]) -> None:
    # The period has as many events as the view, but others: the view of Ottawa contains only the undated one.
    snapshot = Snapshot.build([[row("undated", None, lat=45.0, lon=-70.0), row("oslo", "2020-02-01")]], 1)
    request = PeriodRequest(Grid(4, 4, 5, 6, 7), ALL, (day("2020-02-01"), day("2020-02-01")))
    assert unpack(answer_period(snapshot, request)).arrays["mix"].sum() == 0


def test_points_of_one_city_have_no_extent(row: Callable[..., EventRow]) -> None:
    answer = ask([row(f"event-{n:05}") for n in range(FEW_EVENTS + 1)])
    assert answer.arrays["x0"].tolist() == answer.arrays["x1"].tolist() == answer.arrays["x"].tolist()
    assert answer.arrays["place"].tolist() == [2]


def test_coarse_dates_come_as_spans(row: Callable[..., EventRow]) -> None:
    rows = [row(f"event-{n:05}") for n in range(FEW_EVENTS)]
    rows.append(row("some-month", "2020-03-01", "2020-03-31", date_precision="month"))
    answer = ask(rows)
    cell, first, last, count = answer.arrays["coarse"].tolist()
    assert (cell, count) == (0, 1)
    edges = answer.arrays["edges"]
    assert edges[first] <= day("2020-03-01") < edges[first + 1]
    assert edges[last] <= day("2020-03-31") < edges[last + 1]


spans = st.tuples(st.integers(0, 400), st.integers(0, 60), st.sampled_from([(10.0, 60.0), (-70.0, 45.0), (10.0, 60.5)]))


@pytest.mark.slow
@settings(max_examples=80)
@given(
    st.lists(st.none() | spans, min_size=1, max_size=40),
    st.integers(0, 430),
    st.integers(0, 60),
    st.booleans(),
    st.sampled_from([Grid(4, 0, 0, 16, 16), Grid(4, 7, 3, 9, 5), Grid(4, -6, 0, 9, 16), None]),
    st.sampled_from([ALL, EventFilter(kinds=("rally", "march")), EventFilter(undated=False)]),
)
def test_any_period_is_counted_as_by_hand(
    drawn: list[tuple[int, int, tuple[float, float]] | None],
    begin: int,
    length: int,
    by_kind: bool,
    grid: Grid | None,
    event_filter: EventFilter,
) -> None:
    rows = []
    for n, span in enumerate(drawn):
        start, more, (lon, lat) = span or (None, 0, (10.0, 60.0))
        end = None if start is None else start + more
        word = "unknown" if start is None else "day"
        rows.append(
            EventRow(f"event-{n}", KINDS[n % 8], start, end, word, lat, lon, "city", "NO", "held", (), (), None)
        )
    snapshot = Snapshot.build([rows], 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cube, "FEW_EVENTS", 0)
        patch.setattr(binned, "MOST_KIND_COUNTS", 24_000 if by_kind else 0)
        answer = unpack(answer_cube(snapshot, CubeRequest(grid, event_filter, 250)))
    seen = [row for row in rows if in_grid(row, grid) and (not event_filter.kinds or row.kind in event_filter.kinds)]
    if answer.head["mode"] == "events":  # an empty view, because of the limit set above
        assert not seen or (event_filter.undated is False and all(row.start_day is None for row in seen))
        return
    edges = answer.arrays["edges"]
    first, last = (
        int(np.clip(np.searchsorted(edges, d, side="right") - 1, 0, answer.bins - 1)) for d in (begin, begin + length)
    )
    snapped = (int(edges[first]), int(edges[last + 1]) - 1)
    assert int(answer.count(first, last).sum()) == sum(overlaps(row, snapped) for row in seen)
    days = (begin, begin + length)
    mix = unpack(answer_period(snapshot, PeriodRequest(grid, event_filter, days))).arrays["mix"]
    assert int(mix.sum()) == sum(overlaps(row, days) for row in seen)
    assert int(answer.arrays["undated"].sum()) == sum(row.start_day is None and event_filter.undated for row in seen)


def in_grid(row: EventRow, grid: Grid | None) -> bool:
    x, y = to_mercator(row.lat or 0.0, row.lon or 0.0)
    if grid is None:
        return True
    cell = (int(x) >> (30 - grid.z), int(y) >> (30 - grid.z))
    return any(grid.x0 <= cell[0] + turn < grid.x1 for turn in (-16, 0, 16)) and grid.y0 <= cell[1] < grid.y1


def overlaps(row: EventRow, days: tuple[int, int]) -> bool:
    return row.start_day is not None and row.start_day <= days[1] and row.end_day >= days[0]  # type: ignore[operator]
