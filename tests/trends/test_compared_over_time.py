"""Two sides over time, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rallymap.query.filters import EventFilter
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot
from rallymap.query.viewed import extent_of
from rallymap.trends.compared_figures import figure_of_sides_over_time
from rallymap.trends.compared_over_time import compare_over_time
from tests.query.conftest import row as row

Row = Callable[..., EventRow]
NORWAY, GERMANY = EventFilter(countries=("NO",)), EventFilter(countries=("DE",))


def record(row: Row) -> Snapshot:
    rows = [
        row("a", "2019-11-01", country="NO"),
        row("b", "2019-12-31", country="NO"),
        row("c", "2020-01-15", country="DE"),
        row("d", "2020-02-10", country="DE"),
        row("e", "2020-02-29", country="NO"),
        row("f", None, country="NO"),
        row("g", "2019-12-01", "2019-12-31", country="DE", date_precision="month"),
        row("h", "2019-01-01", "2019-12-31", country="DE", date_precision="year"),
    ]
    return Snapshot.build([rows], 1)


def test_sides_of_one_period_share_the_bars_of_the_calendar(row: Row) -> None:
    compared = compare_over_time(record(row), NORWAY, GERMANY)
    assert compared is not None
    assert (compared.unit, len(compared.edges)) == ("month", 15)
    assert compared.left.counts.tolist() == [0] * 10 + [1, 1, 0, 1]
    assert compared.right.counts.tolist() == [0] * 11 + [1, 1, 1]
    assert (compared.left.left_out, compared.right.left_out) == (1, 1)


def test_bars_that_the_period_cuts_count_their_days_within_it(row: Row) -> None:
    period = (date(2000, 6, 1), date(2020, 2, 29))
    sides = [one.changed(period=period) for one in (NORWAY, GERMANY)]
    rows = [
        row("z", "2000-06-02", country="NO"),
        row("a", "2020-01-15", country="DE"),
        row("b", "2019-05-05", country="DE"),
        row("u", "2020-01-01", "2020-12-31", country="DE", date_precision="year"),
    ]
    compared = compare_over_time(Snapshot.build([rows], 1), *sides)
    assert compared is not None
    figure = figure_of_sides_over_time(compared, ("Norway", "Germany"))
    assert (compared.unit, len(figure.rows)) == ("year", 21)
    assert figure.columns == (
        "Year", "Norway", "Germany", "Norway, in 100 days", "Germany, in 100 days", "Difference",
    )  # fmt: skip
    assert figure.rows[0] == ("2000", 1, 0, "0.47", "0.00", "-0.47")  # 214 days from June
    assert figure.rows[1] == ("2001", 0, 0, "0.00", "0.00", "+0.00")
    assert figure.rows[20] == ("2020", 0, 2, "0.00", "3.33", "+3.33")  # 60 days to the end of February
    # The rates of the years that the period cuts are shown, but none of them is called the furthest apart.
    assert figure.sentence == "Furthest apart: 2019. Norway: 0.00 in 100 days; Germany: 0.27."
    assert figure.left_out == (
        "Only 214 days of 2000 are counted; its rates are not compared with those of whole bars. "
        "Only 60 days of 2020 are counted; its rates are not compared with those of whole bars."
    )


def test_periods_of_unequal_length_are_laid_over_each_other_from_their_first_days(row: Row) -> None:
    left = EventFilter(period=(date(2019, 11, 1), date(2020, 1, 31)))
    right = EventFilter(period=(date(2020, 1, 15), date(2020, 1, 31)))
    compared = compare_over_time(record(row), left, right)
    assert compared is not None
    figure = figure_of_sides_over_time(compared, ("winter", "January"))
    assert figure.columns[0] == "Days from the beginning"
    assert figure.rows[0] == ("days 1 to 7", 1, 1, "14.29", "14.29", "+0.00")
    assert figure.rows[2] == ("days 15 to 21", 0, 0, "0.00", "0.00", "+0.00")
    assert figure.rows[3] == ("days 22 to 28", 0, 0, "0.00", "–", "–")
    assert figure.rows[8] == ("days 57 to 63", 1, 0, "14.29", "–", "–")
    assert figure.rows[-1] == ("day 92", 0, 0, "0.00", "–", "–")
    assert figure.left_out == (
        "winter: 3 events left out, without a date or not dated closely enough. "
        "January: 1 event left out, without a date or not dated closely enough."
    )


def test_short_periods_have_a_bar_for_each_day(row: Row) -> None:
    left = EventFilter(period=(date(2019, 12, 31), date(2020, 1, 1)))
    right = EventFilter(period=(date(2020, 2, 10), date(2020, 2, 10)))
    compared = compare_over_time(record(row), left, right)
    assert compared is not None
    figure = figure_of_sides_over_time(compared, ("A", "B"))
    assert [cells[0] for cells in figure.rows] == ["day 1", "day 2"]
    assert figure.rows[0][1:5] == (1, 1, "100.00", "100.00")
    assert figure.rows[1][2:] == (0, "0.00", "–", "–")


def test_sides_without_a_date_have_nothing_over_time(row: Row) -> None:
    snapshot = Snapshot.build([[row("f", None, country="NO")]], 1)
    assert compare_over_time(snapshot, NORWAY, GERMANY) is None


def test_extent_holds_both_sides_and_not_the_others(row: Row) -> None:
    rows = [
        row("n", country="NO", lat=60.0, lon=10.0),
        row("d", country="DE", lat=50.0, lon=-10.0),
        row("x", country="AU", lat=-30.0, lon=150.0),
        row("w", country="NO", lat=None, lon=None),
    ]
    snapshot = Snapshot.build([rows], 1)
    extent = extent_of(snapshot, [NORWAY, GERMANY])
    assert extent is not None
    assert extent == pytest.approx((0.5 - 10 / 360, 0.290400, 0.5 + 10 / 360, 0.339145), abs=1e-6)
    assert extent_of(snapshot, [EventFilter(countries=("FR",))]) is None


def test_bars_are_coarser_where_sources_say_only_the_weekend(row: Row) -> None:
    weekend = [row(f"w{n}", "2020-02-01", "2020-02-02", country="NO", date_precision="weekend") for n in range(6)]
    rows = [*weekend, row("a", "2020-02-10", country="NO"), row("b", "2022-06-12", country="NO")]
    left, right = (
        EventFilter(period=(date(year, month, 1), date(year, month, last)))
        for year, month, last in ((2020, 2, 29), (2022, 6, 30))
    )
    compared = compare_over_time(Snapshot.build([rows], 1), left, right)
    assert compared is not None
    assert compared.edges == (0, 7, 14, 21, 28, 30)
    assert compared.left.counts.tolist() == [6, 1, 0, 0, 0]
    assert compared.right.counts.tolist() == [0, 1, 0, 0, 0]
    assert (compared.left.left_out, compared.right.left_out) == (0, 0)


def test_usual_bars_stay_if_coarser_ones_hold_no_more(row: Row) -> None:
    rows = [row("a", "2020-02-10", country="NO")]
    rows += [row(f"m{n}", "2020-02-01", "2020-02-29", country="NO", date_precision="month") for n in range(3)]
    left, right = (EventFilter(period=(date(2020, 2, 1), date(2020, 2, last))) for last in (29, 28))
    compared = compare_over_time(Snapshot.build([rows], 1), left, right)
    assert compared is not None
    assert len(compared.edges) == 30
    assert compared.left.left_out == 3
