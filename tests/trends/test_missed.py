"""Estimates of missed events: worked examples by hand, and simulated lists with a known truth."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from benchmarks.missed_events import simulate
from rallymap.trends.missed import (
    MIN_IN_COMMON,
    Estimate,
    Missed,
    NotEstimated,
    chapman_estimate,
    estimate_missed,
    lower_bound,
)

THIN = (
    "the overlap is too thin: {} listed by exactly two sources, and an estimate needs 7. "
    "This says nothing about how many events were missed."
)

FEW = "an estimate needs two independent sources that list 7 events each; here is {}."


def test_chapman_by_hand() -> None:
    # 30 and 20 with 9 in common: 31 * 21 / 10 - 1 = 64.1.
    assert chapman_estimate(30, 20, 9).total == pytest.approx(64.1)


@pytest.mark.parametrize(("first", "second", "in_common"), [(30, 20, 9), (12, 9, 7), (9, 9, 8), (40, 7, 7), (5, 3, 1)])
def test_interval_is_that_of_exact_fractions(first: int, second: int, in_common: int) -> None:
    """The limits are those totals under which as few or as many in common are not too rare, counted exactly."""

    def share(total: int, numbers: range) -> Fraction:
        ways = [comb(first, k) * comb(total - first, second - k) for k in numbers if total - first >= second - k]
        return Fraction(sum(ways), comb(total, second))

    listed, rare = first + second - in_common, Fraction(1, 40)
    fits = [
        total
        for total in range(listed, 1_500)
        if share(total, range(in_common + 1)) > rare and share(total, range(in_common, min(first, second) + 1)) > rare
    ]
    estimate = chapman_estimate(first, second, in_common)
    assert (estimate.low, estimate.high) == (fits[0], fits[-1])


def test_two_equal_lists_leave_hardly_anything_unseen() -> None:
    # One event beside 12 that both lists have: as probable as 1 in 13. Two: 1 in 91, which is below 0.025.
    assert chapman_estimate(12, 12, 12) == Estimate(12.0, 12, 13)


@pytest.mark.parametrize("counts", [(5, 6, 7), (5, 6, -1)])
def test_more_in_common_than_listed_is_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="in common"):
        chapman_estimate(*counts)


def test_lower_bound_by_hand() -> None:
    # Only on one list: 21, 11, 4; on two: 9; 50 listed. Chao (1989): (36^2 - 21^2 - 11^2 - 4^2) / 2 / 10 = 35.9.
    # Variance: ((15^2*21 + 25^2*11 + 32^2*4) / 359^2) + 1/9.5 + 1/35.9 = 0.121770 + 0.105263 + 0.027855 = 0.254888;
    # exp(1.95996 * 0.504864) = 2.6899; 35.9 / 2.6899 = 13.35.
    assert lower_bound([21, 11, 4], on_two=9, listed=50) == 63


def test_lower_bound_of_two_lists_is_below_chapman_of_the_same() -> None:
    assert 41 < lower_bound([21, 11], on_two=9, listed=41) < 64


def test_nothing_on_one_list_alone_adds_nothing() -> None:
    assert lower_bound([0, 0], on_two=9, listed=9) == 9
    assert lower_bound([5, 0], on_two=9, listed=14) == 14


def test_the_two_longest_lists_are_compared() -> None:
    events = {("Herald",): 21, ("Post",): 11, ("Post", "Herald"): 9, ("Mail",): 7, ("Leaflet",): 6, (): 5}
    assert estimate_missed(events) == Missed(
        listed=48,
        lists=(("Herald", 30), ("Post", 20)),
        in_common=9,
        estimate=chapman_estimate(30, 20, 9),
        at_least=lower_bound([21, 11, 7], on_two=9, listed=48),
        all_lists=3,
    )


def test_lists_of_one_length_are_taken_by_name() -> None:
    found = estimate_missed({("C",): 8, ("A",): 8, ("C", "A"): 8, ("B",): 16})
    assert isinstance(found, Missed)
    assert [name for name, _ in found.lists] == ["A", "B"]
    assert (found.in_common, found.estimate) == (0, None)
    assert found.at_least == lower_bound([8, 8, 16], on_two=8, listed=40)


def test_events_on_three_lists_count_for_the_interval_and_not_as_on_two() -> None:
    found = estimate_missed({("A",): 10, ("B",): 10, ("A", "B", "C"): 7})
    assert isinstance(found, Missed)
    assert found.estimate == chapman_estimate(17, 17, 7)
    assert found.at_least is None


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ({}, FEW.format("no such source")),
        ({(): 9}, FEW.format("no such source")),
        ({("A",): 9, ("B",): 6}, FEW.format("one such source")),
        ({("A",): 20, ("B",): 20, ("A", "B"): MIN_IN_COMMON - 1}, THIN.format("6 events are")),
        ({("A",): 20, ("B",): 20, ("A", "B"): 1}, THIN.format("1 event is")),
    ],
)
def test_thin_overlap_is_said_and_not_estimated(events: dict[tuple[str, ...], int], reason: str) -> None:
    assert estimate_missed(events) == NotEstimated(reason)


@pytest.mark.slow
@pytest.mark.parametrize(("total", "chances"), [(100, (0.5, 0.3)), (300, (0.8, 0.2)), (300, (0.4, 0.3, 0.2))])
def test_interval_and_bound_hold_the_truth(total: int, chances: tuple[float, ...]) -> None:
    outcome = simulate(total, chances, uneven=False, rounds=1_000)
    assert outcome.intervals > 0.9
    assert outcome.within >= 0.93
    assert outcome.below >= 0.95


@pytest.mark.slow
def test_bound_holds_where_some_events_are_easier_to_find() -> None:
    outcome = simulate(300, (0.5, 0.4), uneven=True, rounds=1_000)
    assert outcome.below == 1.0
    assert outcome.tightness > 0.5
