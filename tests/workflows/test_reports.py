"""Visitors' reports, from sending to closing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from rallymap.errors import EventNotFoundError, ModerationError, RateLimitError
from rallymap.events import ReviewStatus
from rallymap.limits import Limits
from rallymap.moderation import VISITOR, ReportKind, ReportOutcome
from rallymap.store.events import get_event, get_public_event
from rallymap.store.reports import mark_network
from rallymap.workflows.reports import automatic_hiding, close_report, list_reports, report_event
from tests.workflows.moderated import MIRA, World, new_key, publish


def report(
    world: World, event_id: str, kind: ReportKind = ReportKind.OTHER, words: str = "", address: str = "192.0.2.1"
) -> bool:
    return report_event(
        world.db, event_id, kind, words, account=VISITOR, address=address, now=world.now, idempotency_key=new_key()
    )


def test_report_of_risk_hides_an_event_just_held_until_a_moderator_publishes_it(world: World) -> None:
    assert report(world, world.over, ReportKind.RISK, "A flat is named.")
    with pytest.raises(EventNotFoundError):
        world.db.read(get_public_event, world.over, world.now)
    assert [(one.kind, one.words) for one in list_reports(world.db, MIRA)] == [
        (ReportKind.RISK, "A flat is named."),
        (ReportKind.WRONG_PLACE, "It was in Bergen."),
    ]
    publish(world.db, world.over)
    assert world.db.read(get_public_event, world.over, world.now).id == world.over
    assert [one.event.id for one in list_reports(world.db, MIRA)] == [world.public]


def test_report_of_risk_about_a_past_event_waits_for_another_network(world: World) -> None:
    assert not report(world, world.public, ReportKind.RISK)
    # One customer's IPv6 network is one, whatever address of it is used; the same goes for an IPv4 address in IPv6.
    assert not report(world, world.public, ReportKind.RISK, address="::ffff:192.0.2.1")
    assert world.db.read(get_event, world.public).review is ReviewStatus.PUBLISHED
    # A mark is short, so that it leads back to nobody: take an address that it tells apart.
    first = world.db.read(mark_network, world.public, "192.0.2.1")
    others = (f"2001:db8:0:{number}::" for number in range(99))
    other = next(net for net in others if world.db.read(mark_network, world.public, f"{net}/64") != first)
    assert report(world, world.public, ReportKind.RISK, address=f"{other}1")
    assert world.db.read(get_event, world.public).review is ReviewStatus.PENDING


def test_other_reports_leave_the_event_public(world: World) -> None:
    assert not report(world, world.over, ReportKind.DID_NOT_HAPPEN)
    assert world.db.read(get_event, world.over).review is ReviewStatus.PUBLISHED
    assert [one.event.id for one in list_reports(world.db, MIRA)] == [world.public, world.over]


def test_what_is_not_public_cannot_be_reported(world: World) -> None:
    with pytest.raises(EventNotFoundError):
        report(world, world.waiting, ReportKind.RISK)


def test_closed_report_is_off_the_list(world: World) -> None:
    [first] = list_reports(world.db, MIRA)
    close_report(world.db, first, ReportOutcome.SHOW, account=MIRA, idempotency_key=new_key())
    assert list_reports(world.db, MIRA) == []
    with pytest.raises(ModerationError, match="already closed"):
        close_report(world.db, first, ReportOutcome.SHOW, account=MIRA, idempotency_key=new_key())


@pytest.mark.slow
def test_one_network_cannot_send_without_end(world: World) -> None:
    for _ in range(Limits().report):
        report(world, world.public)
    with pytest.raises(RateLimitError):
        report(world, world.over, ReportKind.RISK)
    assert world.db.read(get_event, world.over).review is ReviewStatus.PUBLISHED


@pytest.mark.slow
def test_reports_of_one_network_at_once_pass_no_limit_together(world: World) -> None:
    def send(_: int) -> bool:
        try:
            report(world, world.public)
        except RateLimitError:
            return False
        return True

    with ThreadPoolExecutor(30) as pool:
        assert sum(pool.map(send, range(60))) == Limits().report


def test_moderators_see_how_much_of_the_limit_is_used(world: World) -> None:
    assert automatic_hiding(world.db, MIRA).is_used_up is False
    report(world, world.over, ReportKind.RISK)
    hiding = automatic_hiding(world.db, MIRA)
    assert (hiding.within_hour, hiding.within_day, hiding.is_used_up) == (1, 1, False)
