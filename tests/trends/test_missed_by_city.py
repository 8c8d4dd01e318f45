"""Estimates of missed events by city."""

from __future__ import annotations

from collections.abc import Callable

from rallymap.query.rows import EventRow
from rallymap.trends.missed import Missed, chapman_estimate, lower_bound
from rallymap.trends.missed_by_city import estimate_by_city
from rallymap.trends.missed_figure import figure_of_missed
from tests.query.conftest import row as row
from tests.trends.conftest import choose

Row = Callable[..., EventRow]


def reported(row: Row, city: str, *counts: tuple[int, tuple[str, ...]]) -> list[EventRow]:
    """Return events of a city: how many, and by which publishers."""
    publishers = [names for count, names in counts for _ in range(count)]
    return [row(f"{city.lower()}-{n}", city=city, publishers=names) for n, names in enumerate(publishers)]


def test_cities_whose_sources_overlap_have_an_estimate(row: Row) -> None:
    oslo = reported(row, "Oslo", (21, ("Herald",)), (11, ("Post",)), (9, ("Herald", "Post")), (3, ()))
    bergen = reported(row, "Bergen", (20, ("Herald",)), (2, ("Herald", "Post")))
    found = estimate_by_city(choose([*oslo, *bergen]))
    estimate, bound = chapman_estimate(30, 20, 9), lower_bound([21, 11], on_two=9, listed=41)
    assert found.cities == (("Oslo, NO", Missed(41, (("Herald", 30), ("Post", 20)), 9, estimate, bound, 2)),)
    assert (found.cities_examined, found.most_events, found.reason) == (2, "Oslo, NO", "")
    figure = figure_of_missed(found)
    assert figure.rows == (("Oslo, Norway", 41, "Herald: 30", "Post: 20", 9, 64, estimate.low, estimate.high, bound),)
    assert figure.sentence == (
        "Sources overlap enough in 1 city. Oslo, Norway: 41 events listed, about 64 in all "
        f"(95% interval {estimate.low} to {estimate.high})."
    )
    assert figure.left_out == "Nothing can be said of 1 further city."


def test_silence_has_a_reason(row: Row) -> None:
    found = estimate_by_city(choose(reported(row, "Oslo", (20, ("Herald",)), (8, ("Post",)), (1, ("Herald", "Post")))))
    assert found.cities == ()
    assert figure_of_missed(found).sentence == (
        "No estimate for any city here. For Oslo, Norway, with most events: the overlap is too thin: 1 event is listed "
        "by exactly two sources, and an estimate needs 7. This says nothing about how many events were missed."
    )


def test_without_a_city_there_is_nothing_to_estimate(row: Row) -> None:
    figure = figure_of_missed(estimate_by_city(choose([row("a", city="", publishers=("Herald",))])))
    assert (figure.rows, figure.sentence) == ((), "No event has a known city, so nothing is estimated.")
