"""Figures about the moderators' work, with values that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from rallymap.events import ReviewStatus
from rallymap.moderation import Account, Decision, Role
from rallymap.store.bulk import add_many
from rallymap.workflows.decisions import decide
from rallymap.workflows.figures import WEEKS, Figures, read_figures
from tests.workflows.moderated import MIRA, NOW, PARIS, World, event, new_key, open_world, publish, submit

MONDAY = NOW.date()  # the first of June 2026 is a Monday


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = open_world(tmp_path / "rallymap.db")
    yield opened
    opened.db.close()


def decided(world: World, event_id: str, sent: datetime, hours: float, **changes: object) -> None:
    """Send an event at a moment and publish it so many hours later."""
    world.clock.now = sent
    submit(world.db, event(event_id, **changes))
    world.clock.now = sent + timedelta(hours=hours)
    publish(world.db, event_id)


def weeks(figures: Figures) -> dict[date, tuple[int, timedelta | None]]:
    return {week.monday: (week.decided, week.median_time) for week in figures.weeks if week.decided}


@pytest.mark.slow
def test_nothing_yet(world: World) -> None:
    figures = read_figures(world.db, MIRA)

    assert (figures.waiting, figures.waiting_since, weeks(figures)) == (0, None, {})
    assert [week.monday for week in figures.weeks] == [MONDAY - timedelta(weeks=number) for number in range(WEEKS)]
    assert {week.median_time for week in figures.weeks} == {None}


@pytest.mark.slow
def test_medians_of_the_weeks_and_what_waits(world: World) -> None:
    last_week = NOW - timedelta(days=6)  # a Tuesday
    for number, hours in enumerate((1, 3, 30)):
        decided(world, f"last-{number}", last_week, hours)
    decided(world, "this-0", NOW - timedelta(hours=20), 10)  # sent on Sunday, decided on Monday at 2
    decided(world, "this-1", NOW - timedelta(hours=11), 2)
    world.clock.now = NOW - timedelta(hours=5)
    submit(world.db, event("waits-long"))
    world.clock.now = NOW
    submit(world.db, event("waits"))

    figures = read_figures(world.db, MIRA)

    assert (figures.waiting, figures.waiting_since) == (2, NOW - timedelta(hours=5))
    assert weeks(figures) == {
        MONDAY: (2, timedelta(hours=6)),
        MONDAY - timedelta(weeks=1): (3, timedelta(hours=3)),
    }


@pytest.mark.slow
def test_only_the_first_decision_counts(world: World) -> None:
    world.clock.now = NOW - timedelta(days=8)
    submit(world.db, event("asked"))
    world.clock.now += timedelta(hours=4)
    decide(
        world.db, "asked", Decision.SEND_BACK, account=MIRA, expected_revision=1, reason="Which day?",
        idempotency_key=new_key(),
    )  # fmt: skip
    world.clock.now = NOW
    publish(world.db, "asked")

    assert weeks(read_figures(world.db, MIRA)) == {MONDAY - timedelta(weeks=2): (1, timedelta(hours=4))}


@pytest.mark.slow
def test_twelve_weeks_from_monday_on(world: World) -> None:
    first = datetime.combine(MONDAY - timedelta(weeks=WEEKS - 1), datetime.min.time(), NOW.tzinfo)
    decided(world, "at-the-edge", first - timedelta(hours=2), 2)
    decided(world, "before", first - timedelta(hours=2), 1.99)
    world.clock.now = NOW

    assert weeks(read_figures(world.db, MIRA)) == {first.date(): (1, timedelta(hours=2))}


@pytest.mark.slow
def test_imported_events_are_no_decisions_but_wait(world: World) -> None:
    add_many(world.db, [event("imported", review=ReviewStatus.PENDING)], actor="import")
    assert read_figures(world.db, MIRA).waiting == 1
    publish(world.db, "imported")

    figures = read_figures(world.db, MIRA)

    assert (figures.waiting, weeks(figures)) == (0, {})


@pytest.mark.slow
def test_figures_are_of_the_countries_of_the_account(world: World) -> None:
    decided(world, "oslo", NOW - timedelta(hours=6), 1)
    decided(world, "paris", NOW - timedelta(hours=6), 5, location=PARIS)
    submit(world.db, event("oslo-waits"))
    world.clock.now = NOW

    france = read_figures(world.db, Account("sam", Role.MODERATOR, ("FR", "SE")))

    assert (france.waiting, weeks(france)) == (0, {MONDAY: (1, timedelta(hours=5))})
    assert weeks(read_figures(world.db, MIRA)) == {MONDAY: (2, timedelta(hours=3))}
