from __future__ import annotations

from datetime import date

from rallymap.query.cell_list import list_cells
from rallymap.query.filters import EventFilter
from rallymap.query.map_request import PAGE, ListRequest
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot
from rallymap.query.snapshot.columns import to_mercator


def cell_of(row: EventRow, z: int) -> tuple[int, int]:
    x, y = to_mercator(row.lat or 0.0, row.lon or 0.0)
    return int(x) >> (30 - z), int(y) >> (30 - z)


def test_cells_list_their_events_newest_first_undated_last(seed: list[EventRow]) -> None:
    oslo = cell_of(seed[3], 10)
    request = ListRequest((), 10, (oslo,), EventFilter(), 0)
    assert list_cells(Snapshot.build([seed], 1), request) == (["parliament", "oslo", "bookstand"], 3)


def test_cells_list_only_the_period(seed: list[EventRow]) -> None:
    only = EventFilter(period=(date(2020, 2, 1), date(2020, 2, 1)))
    request = ListRequest((), 10, (cell_of(seed[3], 10),), only, 0)
    assert list_cells(Snapshot.build([seed], 1), request) == (["oslo"], 1)


def test_cell_without_events_has_an_empty_list(seed: list[EventRow]) -> None:
    assert list_cells(Snapshot.build([seed], 1), ListRequest((), 10, ((0, 0),), EventFilter(), 0)) == ([], 0)


def test_all_events_at_one_spot_are_reached_page_by_page(seed: list[EventRow]) -> None:
    rows = [seed[3]._replace(id=f"event-{n:03}", start_day=n, end_day=n) for n in range(200)]
    snapshot = Snapshot.build([rows], 1)
    found: list[str] = []
    for offset in range(0, 200, PAGE):
        ids, total = list_cells(snapshot, ListRequest((), 12, (cell_of(seed[3], 12),), EventFilter(), offset))
        found += ids
        assert total == 200
    assert found == [f"event-{n:03}" for n in reversed(range(200))]
