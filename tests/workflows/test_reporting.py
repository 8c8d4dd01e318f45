"""Visitors' reports, from sending to closing."""

from __future__ import annotations

import pytest

from rallymap.errors import EventNotFoundError, ModerationError, RateLimitError
from rallymap.events import ReviewStatus
from rallymap.moderation import VISITOR, ReportKind
from rallymap.workflows.fair_use import REPORTS_AN_HOUR
from rallymap.workflows.reporting import close_report, list_reports, report_event
from tests.workflows.moderated import MIRA, World, nonce, publish


def report(world: World, event_id: str, kind: ReportKind = ReportKind.OTHER, words: str = "") -> None:
    report_event(
        world.store,
        event_id,
        kind,
        words,
        account=VISITOR,
        address="192.0.2.1",
        now=world.now,
        nonce=nonce(),
    )


def test_report_of_risk_hides_the_event_until_a_moderator_publishes_it(world: World) -> None:
    report(world, world.public, ReportKind.RISK, "A flat is named.")
    with pytest.raises(EventNotFoundError):
        world.store.get_public(world.public, world.now)
    assert [(one.kind, one.words) for one in list_reports(world.store, MIRA)] == [
        (ReportKind.RISK, "A flat is named."),
        (ReportKind.WRONG_PLACE, "It was in Bergen."),
    ]
    publish(world.store, world.public)
    assert world.store.get_public(world.public, world.now).id == world.public
    assert list_reports(world.store, MIRA) == []


def test_other_reports_leave_the_event_public(world: World) -> None:
    report(world, world.over, ReportKind.DID_NOT_HAPPEN)
    assert world.store.get(world.over).review is ReviewStatus.PUBLISHED
    assert [one.event.id for one in list_reports(world.store, MIRA)] == [world.public, world.over]


def test_what_is_not_public_cannot_be_reported(world: World) -> None:
    with pytest.raises(EventNotFoundError):
        report(world, world.waiting, ReportKind.RISK)


def test_closed_report_is_off_the_list(world: World) -> None:
    [first] = list_reports(world.store, MIRA)
    close_report(world.store, first, account=MIRA, nonce=nonce())
    assert list_reports(world.store, MIRA) == []
    with pytest.raises(ModerationError, match="closed already"):
        close_report(world.store, first, account=MIRA, nonce=nonce())


def test_one_network_cannot_hide_the_whole_map(world: World) -> None:
    for _ in range(REPORTS_AN_HOUR):
        report(world, world.public)
    with pytest.raises(RateLimitError):
        report(world, world.over, ReportKind.RISK)
    assert world.store.get(world.over).review is ReviewStatus.PUBLISHED
