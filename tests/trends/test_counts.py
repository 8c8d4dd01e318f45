"""Counts over small sets of events, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from rallymap.query.filters import EventFilter
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot
from rallymap.trends.context_events import Around, count_around
from rallymap.trends.crowds import CrowdSum, sum_crowds, sum_crowds_by
from rallymap.trends.figures import figure_of_ranking
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.flows import count_flows
from rallymap.trends.over_time import OverTime, count_over_time, count_weekdays, fitting_unit, offered_units, usual_unit
from rallymap.trends.rankings import REST, rank, split
from tests.query.conftest import day
from tests.trends.conftest import choose

Row = Callable[..., EventRow]
EPOCH = date(1970, 1, 1)


def bars(over_time: OverTime | None) -> dict[str, list[int]]:
    """Return the counts of bars that have any, by the bar's first day."""
    assert over_time is not None
    days = [(EPOCH + timedelta(days=int(edge))).isoformat() for edge in over_time.bins.edges[:-1]]
    return {name: some for name, some in zip(days, over_time.counts.tolist(), strict=True) if any(some)}


def month_of(row: Row) -> list[EventRow]:
    """Events of February 2020 and around it, each known in another way."""
    return [
        row("day", "2020-02-03"),
        row("three-days", "2020-01-30", "2020-02-01"),
        row("weekend-inside", "2020-02-01", "2020-02-02", date_precision="weekend"),
        row("weekend-over-the-end", "2020-02-29", "2020-03-01", date_precision="weekend"),
        row("february", "2020-02-01", "2020-02-29", date_precision="month"),
        row("the-year", "2020-01-01", "2020-12-31", date_precision="year"),
        row("undated", None),
    ]


def test_each_event_counts_once_in_the_bar_that_surely_holds_it(row: Row) -> None:
    by_month = count_over_time(choose(month_of(row)), "month")
    assert bars(by_month) == {"2020-01-01": [1], "2020-02-01": [3]}
    assert by_month is not None
    assert (by_month.counted, by_month.coarse, by_month.undated) == (4, 2, 1)
    by_day = count_over_time(choose(month_of(row)), "day")
    assert bars(by_day) == {"2020-01-30": [1], "2020-02-03": [1]}
    assert by_day is not None
    assert by_day.coarse == 4
    by_week = count_over_time(choose(month_of(row)), "week")
    assert bars(by_week) == {"2020-01-27": [2], "2020-02-03": [1], "2020-02-24": [1]}
    # The bars begin with the year that is known alone, and its bar holds all of it.
    by_year = count_over_time(choose(month_of(row)), "year")
    assert bars(by_year) == {"2020-01-01": [6]}
    assert by_year is not None
    assert by_year.coarse == 0


def test_period_counts_what_began_before_it_on_its_first_day(row: Row) -> None:
    period = (date(2020, 2, 1), date(2020, 2, 5))
    chosen = choose(month_of(row), period=period)
    assert (len(chosen), chosen.undated, chosen.undated_left_out) == (5, 0, 1)
    by_day = count_over_time(chosen, "day")
    assert bars(by_day) == {"2020-02-01": [1], "2020-02-03": [1]}
    assert by_day is not None
    assert (by_day.coarse, by_day.undated, len(by_day.bins)) == (3, 1, 5)


def test_nothing_dated_gives_no_bars(row: Row) -> None:
    assert count_over_time(choose([row("undated", None)]), "month") is None
    assert count_over_time(choose([]), "day") is None


def test_split_puts_each_event_into_one_group(row: Row) -> None:
    rows = [
        row("a", communities=("Tibet", "Iran")),
        row("b", communities=("Iran",)),
        row("c", communities=("Iran",)),
        row("d", communities=("Uyghurs", "Tibet")),
        row("e", communities=("Sudan",)),
        row("f", communities=()),
    ]
    groups = split(choose(rows), "communities", 2)
    assert groups.names == ("Iran", "Tibet", REST)
    assert sorted(groups.codes.tolist()) == [0, 0, 1, 1, 2, 2]  # d is not first Tibet's, but Uyghurs have no group
    over_time = count_over_time(choose(rows), "day", "communities")
    assert over_time is not None
    assert over_time.groups[:2] == ("Iran", "Tibet")
    assert over_time.counted == 6


def test_split_without_a_rest_has_none(row: Row) -> None:
    assert split(choose([row("a", kind="vigil"), row("b")]), "kinds", 5).names == ("rally", "vigil")


def test_ranking_counts_every_value_and_says_what_is_left_out(row: Row) -> None:
    rows = [
        row("a", organisers=("One", "Two")),
        row("b", organisers=("Two",)),
        row("c", organisers=("Three",)),
        row("d", organisers=()),
    ]
    ranking = rank(choose(rows), "organisers", 2)
    assert ranking.counts == (("Two", 2), ("One", 1))
    assert (ranking.more_values, ranking.without, ranking.several, ranking.total) == (1, 1, 1, 4)


def test_cities_and_countries_that_are_not_known_are_no_values(row: Row) -> None:
    rows = [row("a", city="Oslo"), row("b", city="Oslo"), row("c", city=""), row("d", country="", city="")]
    chosen = choose(rows)
    assert rank(chosen, "cities", 9).counts == (("Oslo, NO", 2),)
    assert rank(chosen, "cities", 9).without == 2
    assert rank(chosen, "countries", 9).counts == (("NO", 3),)
    assert rank(chosen, "countries", 9).without == 1


def test_weekdays_count_known_days_alone(row: Row) -> None:
    # 3 February 2020 was a Monday, 30 January a Thursday.
    weekdays = count_weekdays(choose(month_of(row)))
    assert weekdays.counts == (1, 0, 0, 1, 0, 0, 0)
    assert (weekdays.coarse, weekdays.undated) == (4, 1)


def test_weekdays_before_1970(row: Row) -> None:
    assert count_weekdays(choose([row("a", "1969-12-28")])).counts == (0, 0, 0, 0, 0, 0, 1)


def test_crowds_are_summed_as_intervals(row: Row) -> None:
    rows = [
        row("a", "2019-05-01", crowd_low=100, crowd_high=200),
        row("b", "2020-05-01", crowd_low=1_000, crowd_high=1_000, communities=("Iran", "Tibet")),
        row("c", "2020-06-01", crowd_low=50, crowd_high=90, crowd_open_above=True, communities=("Tibet",)),
        row("d", "2020-07-01", crowd_low=30, crowd_high=30, crowd_open_below=True),
        row("e", "2020-07-01"),
        row("f", None, crowd_low=7, crowd_high=8),
    ]
    crowds = sum_crowds(choose(rows))
    assert crowds.total == CrowdSum("", events=6, with_numbers=5, low=1_187, high=1_328, open_below=1, open_above=1)
    assert crowds.by_year == (
        CrowdSum("2019", events=1, with_numbers=1, low=100, high=200, open_below=0, open_above=0),
        CrowdSum("2020", events=4, with_numbers=3, low=1_080, high=1_120, open_below=1, open_above=1),
    )
    assert sum_crowds_by(choose(rows), "communities", 2) == (
        CrowdSum("Iran", events=5, with_numbers=4, low=1_137, high=1_238, open_below=1, open_above=0),
        CrowdSum("Tibet", events=2, with_numbers=2, low=1_050, high=1_090, open_below=0, open_above=1),
    )


def test_largest_crowds_do_not_overflow(row: Row) -> None:
    rows = [row(f"event-{n}", crowd_low=100_000_000, crowd_high=100_000_000) for n in range(40)]
    assert sum_crowds(choose(rows)).total.high == 4_000_000_000


def test_flows_count_communities_by_city(row: Row) -> None:
    rows = [
        row("a", city="Oslo", communities=("Iran",)),
        row("b", city="Oslo", communities=("Iran", "Tibet")),
        row("c", city="Kiel", country="DE", communities=("Iran",)),
        row("d", city="Rome", country="IT", communities=("Tibet",)),
        row("e", city="", communities=("Tibet",)),
        row("f", city="Kiel", country="DE", communities=()),
    ]
    flows = count_flows(choose(rows), 2, 2)
    assert (flows.communities, flows.cities) == (("Iran", "Tibet"), ("Kiel, DE", "Oslo, NO"))
    assert flows.counts.tolist() == [[1, 2], [0, 1]]
    assert flows.elsewhere.tolist() == [0, 2]


def test_flows_of_nothing_are_empty() -> None:
    flows = count_flows(choose([]), 5, 5)
    assert (flows.communities, flows.cities, flows.counts.shape) == ((), (), (0, 0))


def test_events_before_and_after_a_happening(row: Row) -> None:
    rows = [
        row("31-before", "2019-10-15"),
        row("30-before", "2019-10-16"),
        row("1-before", "2019-11-14"),
        row("first-day", "2019-11-15"),
        row("last-day", "2019-11-20"),
        row("1-after", "2019-11-21"),
        row("1-after-too", "2019-11-21", "2019-11-30"),
        row("30-after", "2019-12-20"),
        row("31-after", "2019-12-21"),
        row("in-a-month", "2019-11-01", "2019-11-30", date_precision="month"),
        row("weekend-after", "2019-11-23", "2019-11-24", date_precision="weekend"),
        row("week-over-the-border", "2019-11-11", "2019-11-17", date_precision="week"),
        row("weekend-over-the-end", "2019-12-20", "2019-12-21", date_precision="weekend"),
        row("elsewhere", "2019-11-21", communities=("Tibet",)),
        row("undated", None),
    ]
    snapshot = Snapshot.build([rows], 1)
    around = count_around(
        snapshot,
        EventFilter(communities=("Iran",), period=(date(2020, 1, 1), date(2020, 1, 1))),
        day("2019-11-15"),
        day("2019-11-20"),
    )
    assert around == Around(
        before=2, during=2, after=4, by_day=((-30, 1), (-1, 1), (0, 2), (1, 2), (3, 1), (30, 1)), coarse=3
    )


@pytest.mark.parametrize(
    ("first", "last", "usual", "offered"),
    [
        ("2020-01-01", "2020-02-20", "day", ("day", "week", "month", "year")),
        ("2020-01-01", "2020-12-31", "week", ("day", "week", "month", "year")),
        ("2018-01-01", "2020-12-31", "month", ("week", "month", "year")),
        ("2010-01-01", "2022-12-31", "month", ("week", "month", "year")),
        ("1985-01-01", "2026-12-31", "year", ("month", "year")),
    ],
)
def test_units_follow_the_length_of_the_period(first: str, last: str, usual: str, offered: tuple[str, ...]) -> None:
    bounds = (day(first), day(last))
    assert (usual_unit(bounds), offered_units(bounds)) == (usual, offered)


def test_unit_is_coarser_where_the_usual_one_would_hide_most_events(row: Row) -> None:
    bounds = (day("2020-02-01"), day("2020-03-20"))
    weekends = [row(f"w{n}", "2020-02-01", "2020-02-02", date_precision="weekend") for n in range(4)]
    months = [row(f"m{n}", "2020-02-01", "2020-02-29", date_precision="month") for n in range(9)]
    days = [row(f"d{n}", "2020-03-20") for n in range(3)]
    for rows, unit in (([*days, *weekends], "week"), ([*days, *months], "month"), ([*days, weekends[0]], "day")):
        chosen = FilteredRows.of(Snapshot.build([rows], 1), EventFilter())
        assert fitting_unit(chosen, bounds) == unit


def test_selection_by_two_parts_is_counted_alone(row: Row) -> None:
    rows = [row("a", country="NO"), row("b", country="SE"), row("c", country="SE", kind="vigil")]
    chosen = choose(rows, countries=("SE",))
    assert rank(chosen, "kinds", 5).counts == (("rally", 1), ("vigil", 1))
    assert chosen.column("start").tolist() == [day("2020-02-01")] * 2


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ({"Oslo": 3, "Bergen": 2, "Moss": 1}, "Most events: Oslo, 3 of 6 (50%), then Bergen with 2."),
        ({"Oslo": 2, "Bergen": 2, "Moss": 1}, "Most events: Bergen, 2 of 5 (40%), then Oslo with 2."),
        ({"Oslo": 3, "Bergen": 1, "Moss": 1}, "Most events: Oslo, 3 of 5 (60%), then several with 1 each."),
        ({"Oslo": 1, "Bergen": 1, "Moss": 1}, "Most events: Bergen, 1 of 3 (33%), and others with as many."),
        ({"Oslo": 1}, "Most events: Oslo, 1 of 1 (100%)."),
    ],
)
def test_sentence_names_no_value_alone_that_has_as_many_events_as_others(
    row: Callable[..., EventRow], events: dict[str, int], says: str
) -> None:
    rows = [row(f"{name}{n}".lower(), organisers=(name,)) for name, count in events.items() for n in range(count)]
    assert figure_of_ranking(rank(choose(rows), "organisers", 12)).sentence == says
