"""Reports in the database: what hides an event, what never does, and what closing does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import (
    EventNotFoundError,
    InvalidEventError,
    ModerationError,
    RightsError,
    StaleEventError,
)
from rallymap.events import Event, EventStatus, ReviewStatus
from rallymap.moderation import Account, Decision, ReportKind, ReportLimits, ReportOutcome, Role
from rallymap.store import AutomaticHiding, EventStore
from rallymap.store.schema import reports
from tests.store.conftest import FakeClock

Make = Callable[..., Event]
Nonce = Callable[[], str]
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
FLEUR = Account("fleur", Role.MODERATOR, ("FR",))
ADDRESSES = [f"203.0.113.{number}" for number in range(1, 200)]


@pytest.fixture
def upcoming(make_event: Make) -> Make:
    """Return a function that makes published events of the next days, by id."""

    def make(event_id: str = "soon-1", **changes: Any) -> Event:
        when = EventDate(date(2026, 6, 15), precision=DatePrecision.DAY, zone="Europe/Oslo")
        return make_event(event_id, **{"when": when, "status": EventStatus.ANNOUNCED, **changes})

    return make


@pytest.fixture
def networks(store: EventStore) -> list[str]:
    """Return five networks that their short marks tell apart, so that no test fails by chance."""
    found: list[str] = []
    for address in ADDRESSES:
        if all(
            store.network_mark(event_id, address) != store.network_mark(event_id, other)
            for other in found
            for event_id in ("soon-1", "oslo-2020")
        ):
            found.append(address)
    return found[:5]


def reviews(store: EventStore, events: list[Event]) -> list[ReviewStatus]:
    return [event.review for event in store.get_many(event.id for event in events)]


def test_report_of_risk_hides_an_upcoming_event_at_once(
    store: EventStore, upcoming: Make, moderator: Account, clock: FakeClock
) -> None:
    store.add_many([upcoming()], actor="import")
    assert store.report("soon-1", ReportKind.RISK, "Names a shelter.", idempotency_key="report")
    assert store.report("soon-1", ReportKind.RISK, "Names a shelter.", idempotency_key="report")
    (report,) = store.open_reports()

    with pytest.raises(EventNotFoundError):
        store.get_public("soon-1", NOW)
    assert store.public_changes_since(1).removed == ["soon-1"]
    assert (report.event.id, report.kind, report.words, report.at, report.hid_event) == (
        "soon-1",
        ReportKind.RISK,
        "Names a shelter.",
        NOW,
        True,
    )
    clock.forward(minutes=5)
    (item,) = store.review_queue()
    assert (item.event.id, item.hidden_at, item.is_answered) == ("soon-1", NOW, False)

    store.decide("soon-1", Decision.PUBLISH, actor=moderator, expected_revision=2, idempotency_key="fine")
    assert store.open_reports() == []
    assert store.get_public("soon-1", NOW).id == "soon-1"
    assert store.get("soon-1").revision == 3  # the public sees no number while the place is withheld


@pytest.mark.parametrize(
    "when",
    [
        {
            "when": EventDate(date(2026, 5, 26), precision=DatePrecision.DAY, zone="Europe/Oslo"),
            "status": EventStatus.HELD,
        },
        {"when": EventDate.unknown()},
        {"when": EventDate(date(2020, 2, 1), precision=DatePrecision.DAY), "status": EventStatus.POSTPONED},
    ],
    ids=["just held", "announced without a day", "postponed"],
)
def test_one_report_hides_what_may_still_do_harm(store: EventStore, upcoming: Make, when: dict[str, object]) -> None:
    store.add_many([upcoming(**when)], actor="import")
    assert store.report("soon-1", ReportKind.RISK, idempotency_key="report")


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"when": EventDate(date(2026, 5, 24), precision=DatePrecision.DAY, zone="Europe/Oslo")},
        {"when": EventDate.unknown()},
    ],
    ids=["2020", "eight days ago", "held without a day"],
)
def test_past_event_is_hidden_by_two_networks(
    store: EventStore, networks: list[str], make_event: Make, new_key: Nonce, when: dict[str, object]
) -> None:
    store.add_many([make_event(**when)], actor="import")
    for _ in range(3):
        assert not store.report("oslo-2020", ReportKind.RISK, idempotency_key=new_key(), network=networks[0])
    assert store.get("oslo-2020").review is ReviewStatus.PUBLISHED
    assert store.report("oslo-2020", ReportKind.RISK, idempotency_key=new_key(), network=networks[1])
    assert [report.hid_event for report in store.open_reports()] == [False, False, False, True]


def test_visitors_of_unknown_networks_count_as_one(store: EventStore, make_event: Make, new_key: Nonce) -> None:
    store.add_many([make_event()], actor="import")
    assert [store.report("oslo-2020", ReportKind.RISK, idempotency_key=new_key()) for _ in range(9)] == [False] * 9


def test_other_kinds_never_hide(store: EventStore, networks: list[str], upcoming: Make, new_key: Nonce) -> None:
    store.add_many([upcoming()], actor="import")
    for kind in ReportKind:
        if kind is not ReportKind.RISK:
            for network in networks[:3]:
                assert not store.report("soon-1", kind, idempotency_key=new_key(), network=network)
    assert store.get("soon-1").review is ReviewStatus.PUBLISHED


def test_cleared_event_takes_more_networks_each_time(
    store: EventStore, networks: list[str], upcoming: Make, moderator: Account, new_key: Nonce, clock: FakeClock
) -> None:
    store.add_many([upcoming()], actor="import")
    for needed in (1, 2, 3):
        hidden = [
            store.report("soon-1", ReportKind.RISK, idempotency_key=new_key(), network=network)
            for network in networks[:needed]
        ]
        assert hidden == [False] * (needed - 1) + [True]
        revision = store.get("soon-1").revision
        store.decide("soon-1", Decision.PUBLISH, actor=moderator, expected_revision=revision, idempotency_key=new_key())
        clock.forward(hours=2)


def test_event_that_a_moderator_kept_visible_is_cleared(
    store: EventStore, networks: list[str], upcoming: Make, moderator: Account, new_key: Nonce
) -> None:
    # A report that only waits, as the site's limit is used up.
    store.add_many([upcoming()], actor="import")
    assert not store.report("soon-1", ReportKind.RISK, idempotency_key=new_key(), limits=ReportLimits(hidden_an_hour=0))
    (report,) = store.open_reports()
    after = store.close_report(
        report.id, ReportOutcome.SHOW, actor=moderator, expected_revision=1, idempotency_key="close"
    )
    assert after.review is ReviewStatus.PUBLISHED
    assert not store.report("soon-1", ReportKind.RISK, idempotency_key=new_key(), network=networks[0])
    assert store.report("soon-1", ReportKind.RISK, idempotency_key=new_key(), network=networks[1])


def test_reports_of_other_kinds_clear_nothing(
    store: EventStore, upcoming: Make, moderator: Account, new_key: Nonce
) -> None:
    store.add_many([upcoming()], actor="import")
    store.report("soon-1", ReportKind.WRONG_PLACE, idempotency_key=new_key())
    (report,) = store.open_reports()
    store.close_report(report.id, ReportOutcome.SHOW, actor=moderator, expected_revision=1, idempotency_key="close")
    assert store.report("soon-1", ReportKind.RISK, idempotency_key=new_key())


def test_site_hides_so_many_an_hour_and_a_day(
    store: EventStore, upcoming: Make, new_key: Nonce, clock: FakeClock
) -> None:
    events = [upcoming(f"soon-{number:02}") for number in range(60)]
    store.add_many(events, actor="import")
    hidden = [store.report(event.id, ReportKind.RISK, idempotency_key=new_key()) for event in events]
    assert (sum(hidden), hidden[:5]) == (5, [True] * 5)
    assert len(store.open_reports(limit=100)) == 60
    assert store.automatic_hiding(clock()) == AutomaticHiding(5, 5, NOW + timedelta(hours=1))

    for hour in range(2, 6):
        clock.forward(hours=1)
        shown = [event for event in events if store.get(event.id).review is ReviewStatus.PUBLISHED]
        hidden = [store.report(event.id, ReportKind.RISK, idempotency_key=new_key()) for event in shown]
        assert sum(hidden) == (5 if hour < 5 else 0)
    assert reviews(store, events).count(ReviewStatus.PENDING) == 20
    assert store.automatic_hiding(clock()) == AutomaticHiding(0, 20, NOW + timedelta(days=1))
    clock.forward(hours=20)
    assert store.automatic_hiding(clock()) == AutomaticHiding(0, 15, None)


def test_moderators_free_nothing_by_showing_events_again(
    store: EventStore, upcoming: Make, moderator: Account, new_key: Nonce
) -> None:
    events = [upcoming(f"soon-{number}") for number in range(8)]
    store.add_many(events, actor="import")
    for event in events:
        if store.report(event.id, ReportKind.RISK, idempotency_key=new_key()):
            store.decide(event.id, Decision.PUBLISH, actor=moderator, expected_revision=2, idempotency_key=new_key())
    assert store.automatic_hiding(NOW).within_hour == 5


def test_one_network_hides_two_an_hour_and_leaves_the_rest_of_the_limit(
    store: EventStore, networks: list[str], upcoming: Make, new_key: Nonce
) -> None:
    events = [upcoming(f"soon-{number}") for number in range(6)]
    store.add_many(events, actor="import")
    first = [
        store.report(event.id, ReportKind.RISK, idempotency_key=new_key(), network=networks[0]) for event in events
    ]
    assert first == [True, True, False, False, False, False]
    assert store.report(events[2].id, ReportKind.RISK, idempotency_key=new_key(), network=networks[1])


@pytest.fixture
def processes(url: str, clock: FakeClock) -> Iterator[list[EventStore]]:
    """Several stores on one database, as of several processes: no lock of one process holds between them."""
    stores = [EventStore.open(url, clock=clock) for _ in range(4)]
    yield stores
    for opened in stores:
        opened.close()


def test_reports_sent_at_once_pass_no_limit_together(processes: list[EventStore], upcoming: Make) -> None:
    events = [upcoming(f"soon-{number:02}") for number in range(60)]
    processes[0].add_many(events, actor="import")

    def report(number: int) -> bool:
        return processes[number % 4].report(events[number].id, ReportKind.RISK, idempotency_key=f"at-once-{number:012}")

    with ThreadPoolExecutor(30) as pool:
        hidden = list(pool.map(report, range(60)))
    assert sum(hidden) == 5
    assert reviews(processes[0], events).count(ReviewStatus.PENDING) == 5


def test_mark_of_a_network_is_short_and_goes_with_the_report(
    store: EventStore, networks: list[str], upcoming: Make, moderator: Account, url: str, new_key: Nonce
) -> None:
    store.add_many([upcoming("soon-1"), upcoming("soon-2")], actor="import")
    for event_id in ("soon-1", "soon-2"):
        store.report(event_id, ReportKind.OTHER, idempotency_key=new_key(), network=networks[0])
    engine = sa.create_engine(url)

    def marks() -> list[str]:
        with engine.connect() as conn:
            return list(conn.scalars(sa.select(reports.c.network).order_by(reports.c.event_id)))

    assert [len(mark) for mark in marks()] == [2, 2]
    for report in store.open_reports():
        store.close_report(
            report.id, ReportOutcome.SHOW, actor=moderator, expected_revision=1, idempotency_key=f"close-{report.id}"
        )
    assert marks() == ["", ""]
    engine.dispose()


@pytest.mark.parametrize("kind", [ReportKind.RISK, ReportKind.WRONG_PLACE])
@pytest.mark.parametrize("outcome", ReportOutcome)
def test_closing_shows_or_hides_a_public_event(
    store: EventStore, make_event: Make, moderator: Account, kind: ReportKind, outcome: ReportOutcome
) -> None:
    store.add_many([make_event()], actor="import")
    store.report("oslo-2020", kind, idempotency_key="report")
    (report,) = store.open_reports(countries=("NO",))
    assert store.open_reports(countries=("FR",)) == []
    assert store.open_reports(event_id="other-1") == []

    def close(actor: Account, new_key: str, revision: int = 1) -> Event:
        return store.close_report(report.id, outcome, actor=actor, expected_revision=revision, idempotency_key=new_key)

    with pytest.raises(RightsError):
        close(FLEUR, "foreign")
    with pytest.raises(StaleEventError):
        close(moderator, "stale", 7)
    expected = ReviewStatus.PUBLISHED if outcome is ReportOutcome.SHOW else ReviewStatus.PENDING
    assert close(moderator, "close").review is expected
    assert close(moderator, "close").review is expected
    assert store.get("oslo-2020").review is expected
    assert store.open_reports() == []
    with pytest.raises(ModerationError, match="This report is already closed"):
        close(moderator, "close again")


@pytest.mark.parametrize("outcome", ReportOutcome)
def test_closing_shows_a_hidden_event_again_or_keeps_it_hidden(
    store: EventStore, upcoming: Make, moderator: Account, outcome: ReportOutcome
) -> None:
    store.add_many([upcoming()], actor="import")
    store.report("soon-1", ReportKind.RISK, idempotency_key="report")
    (report,) = store.open_reports()
    after = store.close_report(report.id, outcome, actor=moderator, expected_revision=2, idempotency_key="close")
    expected = ReviewStatus.PUBLISHED if outcome is ReportOutcome.SHOW else ReviewStatus.PENDING
    assert after.review is store.get("soon-1").review is expected
    assert store.open_reports() == []
    assert [item.event.id for item in store.review_queue()] == ([] if outcome is ReportOutcome.SHOW else ["soon-1"])


def test_showing_a_future_venue_again_takes_two_moderators(
    url: str, clock: FakeClock, future_rally: Event, moderator: Account
) -> None:
    careful = EventStore.open(url, clock=clock, two_moderators=True)
    careful.add_many([future_rally.changed(review=ReviewStatus.PUBLISHED)], actor="import")
    careful.report("oslo-2026", ReportKind.RISK, idempotency_key="report")
    (report,) = careful.open_reports()

    def show(actor: Account, new_key: str) -> ReviewStatus:
        after = careful.close_report(
            report.id, ReportOutcome.SHOW, actor=actor, expected_revision=2, idempotency_key=new_key
        )
        return after.review

    assert show(moderator, "first") is ReviewStatus.PENDING
    assert show(moderator, "first again") is ReviewStatus.PENDING
    assert [one.id for one in careful.open_reports()] == [report.id]
    assert show(Account("nora", Role.MODERATOR, ("NO",)), "second") is ReviewStatus.PUBLISHED
    assert careful.open_reports() == []
    careful.close()


def test_reports_of_risk_come_first(store: EventStore, make_event: Make, clock: FakeClock) -> None:
    store.add_many([make_event("a-1"), make_event("b-1"), make_event("c-1")], actor="import")
    for event_id, kind in [("a-1", ReportKind.OTHER), ("b-1", ReportKind.DID_NOT_HAPPEN), ("c-1", ReportKind.RISK)]:
        store.report(event_id, kind, idempotency_key=event_id)
        clock.forward(minutes=1)

    assert [report.event.id for report in store.open_reports()] == ["c-1", "a-1", "b-1"]


def test_report_of_what_is_not_public(store: EventStore, make_event: Make) -> None:
    store.submit(make_event(), idempotency_key="form")

    with pytest.raises(EventNotFoundError):
        store.report("oslo-2020", ReportKind.RISK, idempotency_key="report")
    with pytest.raises(InvalidEventError):
        store.report("oslo-2020", ReportKind.RISK, "x" * 1001, idempotency_key="report")
    assert store.open_reports() == []
