"""Which selected events the map shows, and which events are near one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rallymap.query.filters import EventFilter
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot, ViewBox, count_facets

ALL = EventFilter()
IN_2020 = EventFilter(period=(date(2020, 1, 1), date(2020, 12, 31)))
SCANDINAVIA = ViewBox(0.51, 0.26, 0.56, 0.32)
WORLD = ViewBox(-0.3, 0.0, 1.2, 1.0)


def test_box_keeps_points_inside_and_excludes_events_without_a_place(
    seed: list[EventRow], row: Callable[..., EventRow]
) -> None:
    seed.append(row("nowhere", lat=None, lon=None, location_precision=""))
    snapshot = Snapshot.build([seed], 1)
    seen = snapshot.select(ALL, SCANDINAVIA)
    assert sorted(seen.page(0, 9)) == ["aarhus", "gothenburg", "malmo", "oslo", "parliament"]
    assert seen.page(0, 1) == ["parliament"]
    assert (seen.dated, seen.undated, seen.without_place, seen.on_map) == (5, 1, 0, 6)
    assert snapshot.select(ALL, WORLD).on_map == 9


def test_box_leaves_out_undated_events_that_a_period_does_not_draw(seed: list[EventRow]) -> None:
    seen = Snapshot.build([seed], 1).select(IN_2020, SCANDINAVIA)
    assert (seen.dated, seen.undated) == (4, 0)


def test_box_goes_round_the_world(row: Callable[..., EventRow]) -> None:
    snapshot = Snapshot.build([[row("east", lon=179.9), row("west", lon=-179.9), row("oslo")]], 1)
    for box in (ViewBox(0.9, 0, 1.1, 1), ViewBox(-0.1, 0, 0.1, 1), ViewBox(2.9, 0, 3.1, 1)):
        assert sorted(snapshot.select(ALL, box).page(0, 9)) == ["east", "west"]


def test_oldest_first_turns_the_list_round(seed: list[EventRow]) -> None:
    selection = Snapshot.build([seed], 1).select(ALL)
    assert selection.page(0, 8, oldest_first=True) == selection.page(0, 8)[::-1]
    assert selection.page(1, 2, oldest_first=True) == selection.page(5, 2)[::-1]


def test_whole_days_go_on_to_the_end_of_the_last_day(row: Callable[..., EventRow]) -> None:
    days = ["2020-01-01", "2020-01-02", "2020-01-02", "2020-01-02", "2020-01-03"]
    selection = Snapshot.build([[row(f"e{n}", day) for n, day in enumerate(days)]], 1).select(ALL)
    assert sorted(selection.whole_days(2)) == ["e1", "e2", "e3", "e4"]
    assert selection.whole_days(1) == ["e4"]
    assert sorted(selection.whole_days(2, oldest_first=True)) == ["e0", "e1", "e2", "e3"]
    assert selection.whole_days(9) == selection.page(0, 9)


def test_nearby_events_of_a_city_come_newest_first_and_undated_last(
    seed: list[EventRow], row: Callable[..., EventRow]
) -> None:
    suburb = row("suburb", "2021-01-01", lat=59.9127 + 0.17)  # 19 km
    next_town = row("next-town", "2021-01-01", lat=59.9127 + 0.19)  # 21 km
    snapshot = Snapshot.build([[*seed, suburb, next_town]], 1)
    assert snapshot.nearby(ALL, "oslo", 20_000.0) == ["parliament", "suburb", "oslo", "bookstand"]
    assert snapshot.nearby(IN_2020, "oslo", 20_000.0) == ["oslo"]


def test_nearby_goes_over_the_date_line(row: Callable[..., EventRow]) -> None:
    snapshot = Snapshot.build([[row("east", lat=-17.0, lon=179.99), row("west", lat=-17.0, lon=-179.99)]], 1)
    assert sorted(snapshot.nearby(ALL, "east", 5_000.0)) == ["east", "west"]


def test_nearby_of_an_unknown_event_is_empty(seed: list[EventRow], row: Callable[..., EventRow]) -> None:
    seed.append(row("nowhere", lat=None, lon=None, location_precision=""))
    snapshot = Snapshot.build([seed], 1)
    assert snapshot.nearby(ALL, "no-such-event", 20_000.0) == []
    assert snapshot.nearby(ALL, "nowhere", 20_000.0) == []
    assert snapshot.nearby(EventFilter(kinds=("march",)), "oslo", 20_000.0) == []


def test_names_that_have_an_event_are_listed_once(seed: list[EventRow], row: Callable[..., EventRow]) -> None:
    snapshot = Snapshot.build([[*seed, row("both", communities=("Kurds", "Iran"), country="")]], 1)
    assert snapshot.communities == ("Iran", "Kurds")
    assert snapshot.countries == ("CA", "DK", "FR", "NO", "SE")
    without = snapshot.apply(2, [], ["both"])
    assert without.communities == ("Iran",)
    assert Snapshot.build([], 1).communities == ()


def test_online_events_without_a_place_are_listed_apart(row: Callable[..., EventRow]) -> None:
    nowhere = {"lat": None, "lon": None, "location_precision": ""}
    rows = [
        row("online", attendance_mode="online", **nowhere),
        row("moved", status="moved_online", **nowhere),
        row("undated-online", None, attendance_mode="online", **nowhere),
        row("online-in-oslo", attendance_mode="online"),
        row("hybrid", attendance_mode="hybrid", **nowhere),
        row("lost", **nowhere),
    ]
    snapshot = Snapshot.build([rows], 1)
    found = snapshot.select(EventFilter())
    assert (found.dated, found.without_place, found.online, found.undated_online) == (1, 2, 2, 1)
    assert (found.total, found.on_map) == (6, 1)
    assert sorted(found.online_page(0, 9)) == ["moved", "online"]
    assert sorted(found.without_place_page(0, 9)) == ["hybrid", "lost"]
    assert count_facets(snapshot, EventFilter())["attendance_modes"] == {"online": 3, "in_person": 2, "hybrid": 1}
    assert count_facets(snapshot, EventFilter())["place_precisions"] == {"unknown": 2, "city": 1}
    unknown = snapshot.select(EventFilter(place_precisions=("unknown",)))
    assert (unknown.total, unknown.without_place) == (2, 2)
    assert snapshot.select(EventFilter(attendance_modes=("online",))).total == 3
