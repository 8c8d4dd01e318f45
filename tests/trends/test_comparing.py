"""Two sides next to each other, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rallymap.dates import LATEST
from rallymap.query.filters import EventFilter
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot
from rallymap.trends.compared_figures import figure_of_comparison
from rallymap.trends.comparing import Side, compare
from tests.query.conftest import row as row

Row = Callable[..., EventRow]
ONE_SIDED = (
    "2019: 2 of 3 events with a known publisher are reported only by publishers that report nothing about the other "
    "side. Differences may come from the sources."
)
LEFT = ("2019", EventFilter(period=(date(2019, 1, 1), date(2019, 12, 31))))
RIGHT = ("May 2020", EventFilter(period=(date(2020, 5, 1), date(2020, 5, 31))))


def record(row: Row) -> Snapshot:
    rows = [
        row("a", "2019-03-01", city="Oslo", publishers=("Herald",)),
        row("b", "2019-04-01", city="Oslo", publishers=("Herald", "Post")),
        row("c", "2019-05-01", city="Kiel", country="DE", publishers=("Mail",)),
        row("d", "2020-05-01", city="Oslo", publishers=("Post",)),
        row("e", "2020-05-31", city="Rome", country="IT"),
        row("f", "2020-06-01", city="Rome", country="IT"),
        row("g", None, city="Rome", country="IT"),
    ]
    return Snapshot.build([rows], 1)


def test_spans_of_unequal_length_compare_by_their_rates(row: Row) -> None:
    comparison = compare(record(row), LEFT, RIGHT, "cities", 2)
    assert comparison.left == Side("2019", total=3, undated=1, days=365, with_publisher=3, one_sided=2)
    assert comparison.right == Side("May 2020", total=2, undated=1, days=31, with_publisher=1, one_sided=0)
    assert comparison.left.rate == pytest.approx(3 * 100 / 365)
    assert comparison.values == (("Oslo, NO", 2, 1), ("Kiel, DE", 1, 0))
    assert comparison.more_values == 1
    figure = figure_of_comparison(comparison)
    assert figure.columns == ("City", "2019", "May 2020", "2019, in 100 days", "May 2020, in 100 days", "Difference")
    assert figure.rows == (
        ("Oslo, Norway", 2, 1, "0.55", "3.23", "+2.68"),
        ("Kiel, Germany", 1, 0, "0.27", "0.00", "-0.27"),
    )
    assert figure.sentence == (
        "2019: 3 events in 365 days, 0.82 in 100 days. May 2020: 2 events in 31 days, 6.45 in 100 days."
    )
    assert figure.left_out == (
        "1 further city not shown. 2019: 1 event without any date not counted. "
        "May 2020: 1 event without any date not counted."
    )


def test_small_sides_and_sources_of_one_side_are_warned_of(row: Row) -> None:
    assert compare(record(row), LEFT, RIGHT, "cities", 5).warnings() == (
        "Small numbers: 2019 has 3 events. A difference may be chance.",
        "Small numbers: May 2020 has 2 events. A difference may be chance.",
        ONE_SIDED,
    )


def test_same_sides_and_events_on_both_are_warned_of(row: Row) -> None:
    snapshot = record(row)
    assert compare(snapshot, LEFT, LEFT, "cities", 5).warnings() == (
        "Both sides are the same: 2019. Choose another one on one side.",
    )
    spring = ("spring", EventFilter(period=(date(2019, 4, 1), date(2020, 5, 1))))
    assert compare(snapshot, LEFT, spring, "cities", 5).warnings()[0] == "2 events count on both sides."


def test_nothing_is_warned_of_without_a_reason(row: Row) -> None:
    rows = [
        row(f"{country}-{n}", country=country, publishers=("Herald",)) for country in ("NO", "SE") for n in range(10)
    ]
    sides = [(country, EventFilter(countries=(country,))) for country in ("NO", "SE")]
    assert compare(Snapshot.build([rows], 1), sides[0], sides[1], "cities", 5).warnings() == ()


def test_without_a_period_both_sides_have_the_days_of_the_record(row: Row) -> None:
    snapshot = record(row)
    norway, open_end = EventFilter(countries=("NO",)), EventFilter(period=(date(2020, 1, 1), LATEST))
    comparison = compare(snapshot, ("Norway", norway), ("since 2020", open_end), "cities", 5)
    assert comparison.left.days == (date(2020, 6, 1) - date(2019, 3, 1)).days + 1
    assert comparison.right.days == (date(2020, 6, 1) - date(2020, 1, 1)).days + 1
    assert (comparison.left.total, comparison.left.undated) == (3, 0)


def test_empty_record_compares_to_nothing() -> None:
    comparison = compare(Snapshot.build([], 1), ("A", EventFilter()), ("B", EventFilter()), "cities", 5)
    assert (comparison.left.total, comparison.left.days, comparison.values) == (0, 1, ())


def test_small_rates_keep_two_digits(row: Row) -> None:
    rows = [row(f"a{at}", f"{1980 + at}-03-01", city="Oslo") for at in range(2)]
    rows += [row("b", "2019-12-31", city="Oslo", communities=("Tibet",))]
    left, right = ((name, EventFilter(communities=(name,))) for name in ("Iran", "Tibet"))
    figure = figure_of_comparison(compare(Snapshot.build([rows], 1), left, right, "cities", 2))
    assert figure.rows == (("Oslo, Norway", 2, 1, "0.0137", "0.0069", "-0.0069"),)
    assert figure.sentence == (
        "Iran: 2 events in 14,550 days, 0.014 in 100 days. Tibet: 1 event in 14,550 days, 0.0069 in 100 days."
    )
