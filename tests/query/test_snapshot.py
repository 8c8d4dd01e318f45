from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallymap.query.cube import answer_cube
from rallymap.query.filters import EventFilter
from rallymap.query.map_request import CubeRequest, Grid
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot, count_facets

EPOCH = date(1970, 1, 1)
WEEKEND_2020 = EventFilter(period=(date(2020, 2, 1), date(2020, 2, 2)))


def all_ids(snapshot: Snapshot) -> set[str]:
    selection = snapshot.select(EventFilter())
    return {
        *selection.page(0, 1000),
        *selection.undated_page(0, 1000),
        *selection.without_place_page(0, 1000),
    }


def test_seed_is_counted_in_disjoint_parts(seed: list[EventRow], row: Callable[..., EventRow]) -> None:
    seed.append(row("nowhere", lat=None, lon=None, location_precision=""))
    selection = Snapshot.build([seed], 1).select(EventFilter())
    assert (selection.dated, selection.undated, selection.without_place) == (8, 1, 1)
    assert (selection.on_map, selection.total) == (9, 10)


def test_period_leaves_the_weekend_and_counts_the_undated_apart(seed: list[EventRow]) -> None:
    selection = Snapshot.build([seed], 1).select(WEEKEND_2020)
    assert sorted(selection.page(0, 50)) == ["aarhus", "gothenburg", "malmo", "oslo", "ottawa", "toronto"]
    assert (selection.dated, selection.undated, selection.on_map) == (6, 1, 6)


@pytest.mark.parametrize("day", ["2022-06-01", "2022-06-15", "2022-06-30"])
def test_month_precision_is_found_on_each_day_of_its_month(seed: list[EventRow], day: str) -> None:
    only = EventFilter(period=(date.fromisoformat(day),) * 2)
    assert Snapshot.build([seed], 1).select(only).page(0, 50) == ["parliament"]


@pytest.mark.parametrize(("first", "last", "found"), [("01", "01", []), ("02", "02", ["long"]), ("04", "09", ["long"])])
def test_many_days_event_is_found_on_each_day_it_overlaps(
    row: Callable[..., EventRow], first: str, last: str, found: list[str]
) -> None:
    snapshot = Snapshot.build([[row("long", "2020-02-02", "2020-02-04")]], 1)
    period = (date.fromisoformat(f"2020-02-{first}"), date.fromisoformat(f"2020-02-{last}"))
    assert snapshot.select(EventFilter(period=period)).page(0, 9) == found


def test_pages_are_newest_first(seed: list[EventRow]) -> None:
    selection = Snapshot.build([seed], 1).select(EventFilter())
    assert selection.page(0, 1) == ["parliament"]
    assert selection.page(7, 5) == ["paris"]
    assert selection.page(8, 5) == []
    assert selection.undated_page(0, 5) == ["bookstand"]


def test_years_are_newest_first_and_include_those_spanned(row: Callable[..., EventRow]) -> None:
    rows = [row("a1b", "2018-12-30", "2020-01-02"), row("c2d", "2022-06-01"), row("e3f", "2020-06-01")]
    snapshot = Snapshot.build([rows], 1)
    assert snapshot.years_with_events() == (2022, 2020, 2019, 2018)
    assert list(snapshot.events_by_year.items()) == [(2022, 1), (2020, 2), (2019, 1), (2018, 1)]
    for year, count in snapshot.events_by_year.items():
        period = (date(year, 1, 1), date(year, 12, 31))
        assert snapshot.select(EventFilter(period)).total == count


def test_bounds_reach_from_first_start_to_last_end(row: Callable[..., EventRow]) -> None:
    rows = [row("a1b", "1970-01-02", "1970-01-20"), row("c2d", "1970-01-05"), row("e3f", None)]
    assert Snapshot.build([rows], 1).bounds() == (1, 19)


def test_snapshot_of_nothing_answers(row: Callable[..., EventRow]) -> None:
    empty = Snapshot.build([], 7)
    assert (len(empty), empty.bounds(), empty.years_with_events(), empty.nearest_day(EventFilter())) == (
        0,
        None,
        (),
        None,
    )
    assert empty.select(WEEKEND_2020).total == 0
    assert all_ids(empty.apply(8, [row("first")], [])) == {"first"}


def test_facets_count_under_the_other_parts_of_the_filter(seed: list[EventRow]) -> None:
    facets = count_facets(Snapshot.build([seed], 1), EventFilter(kinds=("exhibition",), countries=("NO",)))
    assert facets["kinds"] == {"rally": 2, "exhibition": 1}
    assert facets["countries"] == {"NO": 1}
    assert facets["communities"] == {"Iran": 1}


def test_event_of_two_organisers_counts_for_both(row: Callable[..., EventRow]) -> None:
    snapshot = Snapshot.build([[row("a1b", organisers=("A", "B")), row("c2d", organisers=("B",))]], 1)
    assert count_facets(snapshot, EventFilter())["organisers"] == {"B": 2, "A": 1}
    assert snapshot.select(EventFilter(organisers=("A",))).page(0, 9) == ["a1b"]
    assert snapshot.select(EventFilter(organisers=("nobody",))).total == 0


@pytest.mark.parametrize(
    ("period", "nearest"), [("2019-01-01", "2018-06-30"), ("2020-02-09", "2020-02-02"), ("2020-01-31", "2020-02-01")]
)
def test_nearest_day_is_the_edge_of_the_nearest_event(seed: list[EventRow], period: str, nearest: str) -> None:
    only = EventFilter(period=(date.fromisoformat(period),) * 2)
    assert EPOCH + timedelta(days=Snapshot.build([seed], 1).nearest_day(only) or 0) == date.fromisoformat(nearest)


def test_position_is_that_of_the_event(seed: list[EventRow]) -> None:
    snapshot = Snapshot.build([seed], 1)
    assert snapshot.position("paris") == pytest.approx((48.8534, 2.3488), abs=1e-6)
    assert snapshot.position("unheard-of") is None


def test_applied_change_leaves_the_old_snapshot_as_it_was(seed: list[EventRow], row: Callable[..., EventRow]) -> None:
    old = Snapshot.build([seed], 1)
    new = old.apply(2, [row("paris", "2018-07-01"), row("bergen", None)], ["oslo", "unheard-of"])
    assert (old.version, new.version) == ("1", "2")
    assert all_ids(old) == {event.id for event in seed}
    assert all_ids(new) == {event.id for event in seed} - {"oslo"} | {"bergen"}
    assert new.select(EventFilter(period=(date(2018, 7, 1),) * 2)).page(0, 9) == ["paris"]


ids = st.sampled_from([f"event-{n}" for n in range(12)])
starts = st.none() | st.integers(0, 40)
rows = st.builds(
    lambda event_id, start, length, lat, kind: EventRow(
        event_id, kind, start, None if start is None else start + length, "unknown" if start is None else "day",
        lat, None if lat is None else 10.0, "" if lat is None else "city", "NO", "held", (kind,), (), None,
    ),
    ids, starts, st.integers(0, 9), st.none() | st.floats(-90, 90), st.sampled_from(["rally", "march"]),
)  # fmt: skip
changes = st.lists(st.tuples(st.lists(rows, max_size=4), st.lists(ids, max_size=3)), max_size=6)


@pytest.mark.slow
@settings(max_examples=150)
@given(st.lists(rows, unique_by=lambda made: made.id), changes, st.integers(-2, 50), st.integers(0, 20))
def test_single_changes_give_the_same_result_as_reloading(
    first: list[EventRow], steps: list[tuple[list[EventRow], list[str]]], begin: int, length: int
) -> None:
    changed = Snapshot.build([first], 1)
    kept = {event.id: event for event in first}
    for version, (fresh, removed) in enumerate(steps, start=2):
        changed = changed.apply(version, fresh, removed)
        for event_id in removed:
            kept.pop(event_id, None)
        kept.update({event.id: event for event in fresh})
    again = Snapshot.build([list(kept.values())], 1)
    period = (EPOCH + timedelta(days=begin + 5), EPOCH + timedelta(days=begin + 5 + length))
    for event_filter in (EventFilter(), EventFilter(period=period), EventFilter(organisers=("march",))):
        one, other = changed.select(event_filter), again.select(event_filter)
        assert sorted(one.page(0, 99)) == sorted(other.page(0, 99))
        assert sorted(one.undated_page(0, 99)) == sorted(other.undated_page(0, 99))
        assert (one.without_place, one.on_map) == (other.without_place, other.on_map)
        assert count_facets(changed, event_filter) == count_facets(again, event_filter)
    assert (changed.bounds(), changed.years_with_events()) == (again.bounds(), again.years_with_events())
    starts = changed.columns.start.tolist()
    assert starts == sorted(starts)
    assert all(changed.position(event_id) == again.position(event_id) for event_id in kept)


def test_order_and_answers_do_not_reveal_when_an_event_was_recorded_or_changed(row: Callable[..., EventRow]) -> None:
    rows = [
        row(f"event-{number:02}", None if number % 3 == 0 else "2020-02-01", country="NOSEDK"[number % 3 * 2 :][:2])
        for number in range(24)
    ]
    named = [one._replace(organisers=(f"Group {number % 5}",)) for number, one in enumerate(rows)]
    snapshots = [
        Snapshot.build([named], 1),
        Snapshot.build([named[12:][::-1], named[:12][::-1]], 1),
        Snapshot.build([named[::2]], 0).apply(1, named[1::2][::-1], []),
        Snapshot.build([named], 0).apply(1, [named[5], named[6]], []),
    ]
    by_country = CubeRequest(None, EventFilter(), 60)
    by_cell = CubeRequest(Grid(3, 0, 0, 8, 8), EventFilter(), 60)
    answers = [
        (
            selection.page(0, 99),
            selection.undated_page(0, 99),
            [list(counts.items()) for counts in count_facets(snapshot, EventFilter()).values()],
            answer_cube(snapshot, by_country),
            answer_cube(snapshot, by_cell),
        )
        for snapshot in snapshots
        for selection in [snapshot.select(EventFilter())]
    ]
    assert all(answer == answers[0] for answer in answers[1:])


def test_events_are_ranked_once_for_a_text(row: Any) -> None:
    asked = []

    class Ranks:
        def renew(self) -> None: ...

        def find(self, text: str) -> Any:
            return np.array([1, 2])

        def rank(self, text: str, limit: int) -> Any:
            asked.append((text, limit))
            return np.array([2, 1][:limit])

    snapshot = Snapshot.build([[row("a", search_id=1), row("b", "2020-02-02", search_id=2)]], 1, Ranks())
    texts = [("x", 2), ("x", 2), ("y", 2), ("x", 1), ("x", 2)]
    assert [snapshot.ids_of(snapshot.search.best(*one)) for one in texts] == [["b", "a"]] * 3 + [["b"], ["b", "a"]]
    assert asked == [("x", 2), ("y", 2), ("x", 1)]


def test_counts_of_choices_leave_out_what_the_filter_leaves_out(row: Any) -> None:
    rows = [row("a", kind="march"), row("b"), row("c", None), row("d", None, kind="vigil", organisers=("Other",))]
    snapshot = Snapshot.build([rows], 1)
    period = (date(2020, 1, 1), date(2020, 12, 31))
    for wanted in (EventFilter(undated=False), EventFilter(period=period)):
        counts = count_facets(snapshot, wanted)
        assert (counts["kinds"], counts["organisers"]) == ({"march": 1, "rally": 1}, {"Committee": 2})
    assert count_facets(snapshot, EventFilter())["kinds"] == {"rally": 2, "march": 1, "vigil": 1}
