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
from rallymap.limits import Limits
from rallymap.moderation import VISITOR, Account, Decision, ReportKind, ReportOutcome, Role
from rallymap.store import AutomaticHiding, Database
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event, get_events, get_public_event, read_public_changes
from rallymap.store.report_limits import read_automatic_hiding
from rallymap.store.reports import list_open_reports, mark_network
from rallymap.store.review_queue import list_queue
from rallymap.store.schema import reports
from rallymap.workflows.decisions import decide
from rallymap.workflows.reports import report_event
from rallymap.workflows.submissions import send_events
from tests.store.acts import close_report, send_report
from tests.store.conftest import FakeClock

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Make = Callable[..., Event]
NewKey = Callable[[], str]
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
def networks(db: Database) -> list[str]:
    """Return five networks with different short hashes, so that no test fails by chance."""
    found: dict[tuple[bytes | str, ...], str] = {}
    for address in ADDRESSES:
        marks = tuple(db.read(mark_network, event_id, address) for event_id in ("soon-1", "oslo-2020"))
        if all(mark not in other for mark, other in zip(marks, zip(*found, strict=True), strict=False)):
            found[marks] = address
        if len(found) == 5:
            break
    return list(found.values())


def reviews(db: Database, events: list[Event]) -> list[ReviewStatus]:
    return [event.review for event in db.read(get_events, (event.id for event in events))]


def test_report_of_risk_hides_an_upcoming_event_at_once(
    db: Database, upcoming: Make, moderator: Account, clock: FakeClock
) -> None:
    add_many(db, [upcoming()], actor="import")
    assert send_report(db, "soon-1", "report", words="Names a shelter.")
    assert send_report(db, "soon-1", "report", words="Names a shelter.")
    (report,) = db.read(list_open_reports)

    with pytest.raises(EventNotFoundError):
        db.read(get_public_event, "soon-1", NOW)
    assert db.read(read_public_changes, 1).removed == ["soon-1"]
    assert (report.event.id, report.kind, report.words, report.at, report.hid_event) == (
        "soon-1",
        ReportKind.RISK,
        "Names a shelter.",
        NOW,
        True,
    )
    clock.forward(minutes=5)
    (item,) = db.read(list_queue)
    assert (item.event.id, item.hidden_at, item.is_answered) == ("soon-1", NOW, False)

    decide(db, "soon-1", Decision.PUBLISH, account=moderator, expected_revision=2, idempotency_key="fine")
    assert db.read(list_open_reports) == []
    assert db.read(get_public_event, "soon-1", NOW).id == "soon-1"
    assert db.read(get_event, "soon-1").revision == 3  # the public sees no number while the place is withheld


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
def test_one_report_hides_what_may_still_do_harm(db: Database, upcoming: Make, when: dict[str, object]) -> None:
    add_many(db, [upcoming(**when)], actor="import")
    assert send_report(db, "soon-1", "report")


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
    db: Database, networks: list[str], make_event: Make, new_key: NewKey, when: dict[str, object]
) -> None:
    add_many(db, [make_event(**when)], actor="import")
    for _ in range(3):
        assert not send_report(db, "oslo-2020", new_key(), address=networks[0])
    assert db.read(get_event, "oslo-2020").review is ReviewStatus.PUBLISHED
    assert send_report(db, "oslo-2020", new_key(), address=networks[1])
    assert [report.hid_event for report in db.read(list_open_reports)] == [False, False, False, True]


def test_visitors_of_unknown_networks_count_as_one(db: Database, make_event: Make, new_key: NewKey) -> None:
    add_many(db, [make_event()], actor="import")
    assert [send_report(db, "oslo-2020", new_key()) for _ in range(9)] == [False] * 9


def test_other_kinds_never_hide(db: Database, networks: list[str], upcoming: Make, new_key: NewKey) -> None:
    add_many(db, [upcoming()], actor="import")
    for kind in ReportKind:
        if kind is not ReportKind.RISK:
            for network in networks[:3]:
                assert not send_report(db, "soon-1", new_key(), kind=kind, address=network)
    assert db.read(get_event, "soon-1").review is ReviewStatus.PUBLISHED


def test_cleared_event_takes_more_networks_each_time(
    db: Database, networks: list[str], upcoming: Make, moderator: Account, new_key: NewKey, clock: FakeClock
) -> None:
    add_many(db, [upcoming()], actor="import")
    for needed in (1, 2, 3):
        hidden = [send_report(db, "soon-1", new_key(), address=network) for network in networks[:needed]]
        assert hidden == [False] * (needed - 1) + [True]
        revision = db.read(get_event, "soon-1").revision
        decide(db, "soon-1", Decision.PUBLISH, account=moderator, expected_revision=revision, idempotency_key=new_key())
        clock.forward(hours=2)


def test_event_that_a_moderator_kept_visible_is_cleared(
    db: Database, networks: list[str], upcoming: Make, moderator: Account, new_key: NewKey
) -> None:
    # A report that only waits, as the site's limit is used up.
    add_many(db, [upcoming()], actor="import")
    db.limits = Limits(hidden=0)
    assert not send_report(db, "soon-1", new_key())
    db.limits = Limits()
    (report,) = db.read(list_open_reports)
    after = close_report(
        db, report.id, ReportOutcome.SHOW, account=moderator, expected_revision=1, idempotency_key="close"
    )
    assert after.review is ReviewStatus.PUBLISHED
    assert not send_report(db, "soon-1", new_key(), address=networks[0])
    assert send_report(db, "soon-1", new_key(), address=networks[1])


def test_reports_of_other_kinds_clear_nothing(
    db: Database, upcoming: Make, moderator: Account, new_key: NewKey
) -> None:
    add_many(db, [upcoming()], actor="import")
    send_report(db, "soon-1", new_key(), kind=ReportKind.WRONG_PLACE)
    (report,) = db.read(list_open_reports)
    close_report(db, report.id, ReportOutcome.SHOW, account=moderator, expected_revision=1, idempotency_key="close")
    assert send_report(db, "soon-1", new_key())


def test_site_hides_so_many_an_hour_and_a_day(db: Database, upcoming: Make, new_key: NewKey, clock: FakeClock) -> None:
    events = [upcoming(f"soon-{number:02}") for number in range(60)]
    add_many(db, events, actor="import")
    hidden = [send_report(db, event.id, new_key()) for event in events]
    assert (sum(hidden), hidden[:5]) == (5, [True] * 5)
    assert len(db.read(list_open_reports, limit=100)) == 60
    assert db.read(read_automatic_hiding, db.limits) == AutomaticHiding(5, 5, NOW + timedelta(hours=1))

    for hour in range(2, 6):
        clock.forward(hours=1)
        shown = [event for event in events if db.read(get_event, event.id).review is ReviewStatus.PUBLISHED]
        hidden = [send_report(db, event.id, new_key()) for event in shown]
        assert sum(hidden) == (5 if hour < 5 else 0)
    assert reviews(db, events).count(ReviewStatus.PENDING) == 20
    assert db.read(read_automatic_hiding, db.limits) == AutomaticHiding(0, 20, NOW + timedelta(days=1))
    clock.forward(hours=20)
    assert db.read(read_automatic_hiding, db.limits) == AutomaticHiding(0, 15, None)


def test_moderators_free_nothing_by_showing_events_again(
    db: Database, upcoming: Make, moderator: Account, new_key: NewKey
) -> None:
    events = [upcoming(f"soon-{number}") for number in range(8)]
    add_many(db, events, actor="import")
    for event in events:
        if send_report(db, event.id, new_key()):
            decide(db, event.id, Decision.PUBLISH, account=moderator, expected_revision=2, idempotency_key=new_key())
    assert db.read(read_automatic_hiding, db.limits).within_hour == 5


def test_one_network_hides_two_an_hour_and_leaves_the_rest_of_the_limit(
    db: Database, networks: list[str], upcoming: Make, new_key: NewKey
) -> None:
    events = [upcoming(f"soon-{number}") for number in range(6)]
    add_many(db, events, actor="import")
    first = [send_report(db, event.id, new_key(), address=networks[0]) for event in events]
    assert first == [True, True, False, False, False, False]
    assert send_report(db, events[2].id, new_key(), address=networks[1])


@pytest.fixture
def processes(url: str, clock: FakeClock) -> Iterator[list[Database]]:
    """Several stores on one database, as of several processes: no lock of one process holds between them."""
    stores = [Database.open(url, clock=clock) for _ in range(4)]
    yield stores
    for opened in stores:
        opened.close()


def test_reports_sent_at_once_pass_no_limit_together(processes: list[Database], upcoming: Make) -> None:
    events = [upcoming(f"soon-{number:02}") for number in range(60)]
    add_many(processes[0], events, actor="import")

    def report(number: int) -> bool:
        return report_event(
            processes[number % 4],
            events[number].id,
            ReportKind.RISK,
            "",
            account=VISITOR,
            address="",
            now=NOW,
            idempotency_key=f"at-once-{number:012}",
        )

    with ThreadPoolExecutor(30) as pool:
        hidden = list(pool.map(report, range(60)))
    assert sum(hidden) == 5
    assert reviews(processes[0], events).count(ReviewStatus.PENDING) == 5


def test_mark_of_a_network_is_short_and_goes_with_the_report(
    db: Database, networks: list[str], upcoming: Make, moderator: Account, url: str, new_key: NewKey
) -> None:
    add_many(db, [upcoming("soon-1"), upcoming("soon-2")], actor="import")
    for event_id in ("soon-1", "soon-2"):
        send_report(db, event_id, new_key(), kind=ReportKind.OTHER, address=networks[0])
    engine = sa.create_engine(url)

    def marks() -> list[str]:
        with engine.connect() as conn:
            return list(conn.scalars(sa.select(reports.c.network).order_by(reports.c.event_id)))

    assert [len(mark) for mark in marks()] == [2, 2]
    for report in db.read(list_open_reports):
        close_report(
            db,
            report.id,
            ReportOutcome.SHOW,
            account=moderator,
            expected_revision=1,
            idempotency_key=f"close-{report.id}",
        )
    assert marks() == ["", ""]
    engine.dispose()


@pytest.mark.parametrize("kind", [ReportKind.RISK, ReportKind.WRONG_PLACE])
@pytest.mark.parametrize("outcome", ReportOutcome)
def test_closing_shows_or_hides_a_public_event(
    db: Database, make_event: Make, moderator: Account, kind: ReportKind, outcome: ReportOutcome
) -> None:
    add_many(db, [make_event()], actor="import")
    send_report(db, "oslo-2020", "report", kind=kind)
    (report,) = db.read(list_open_reports, countries=("NO",))
    assert db.read(list_open_reports, countries=("FR",)) == []
    assert db.read(list_open_reports, event_id="other-1") == []

    def close(actor: Account, new_key: str, revision: int = 1) -> Event:
        return close_report(db, report.id, outcome, account=actor, expected_revision=revision, idempotency_key=new_key)

    with pytest.raises(RightsError):
        close(FLEUR, "foreign")
    with pytest.raises(StaleEventError):
        close(moderator, "stale", 7)
    expected = ReviewStatus.PUBLISHED if outcome is ReportOutcome.SHOW else ReviewStatus.PENDING
    assert close(moderator, "close").review is expected
    assert close(moderator, "close").review is expected
    assert db.read(get_event, "oslo-2020").review is expected
    assert db.read(list_open_reports) == []
    with pytest.raises(ModerationError, match="This report is already closed"):
        close(moderator, "close again")


@pytest.mark.parametrize("outcome", ReportOutcome)
def test_closing_shows_a_hidden_event_again_or_keeps_it_hidden(
    db: Database, upcoming: Make, moderator: Account, outcome: ReportOutcome
) -> None:
    add_many(db, [upcoming()], actor="import")
    send_report(db, "soon-1", "report")
    (report,) = db.read(list_open_reports)
    after = close_report(db, report.id, outcome, account=moderator, expected_revision=2, idempotency_key="close")
    expected = ReviewStatus.PUBLISHED if outcome is ReportOutcome.SHOW else ReviewStatus.PENDING
    assert after.review is db.read(get_event, "soon-1").review is expected
    assert db.read(list_open_reports) == []
    assert [item.event.id for item in db.read(list_queue)] == ([] if outcome is ReportOutcome.SHOW else ["soon-1"])


def test_showing_a_future_venue_again_takes_two_moderators(
    url: str, clock: FakeClock, future_rally: Event, moderator: Account
) -> None:
    careful = Database.open(url, clock=clock, two_moderators=True)
    add_many(careful, [future_rally.changed(review=ReviewStatus.PUBLISHED)], actor="import")
    send_report(careful, "oslo-2026", "report")
    (report,) = careful.read(list_open_reports)

    def show(actor: Account, new_key: str) -> ReviewStatus:
        after = close_report(
            careful, report.id, ReportOutcome.SHOW, account=actor, expected_revision=2, idempotency_key=new_key
        )
        return after.review

    assert show(moderator, "first") is ReviewStatus.PENDING
    assert show(moderator, "first again") is ReviewStatus.PENDING
    assert [one.id for one in careful.read(list_open_reports)] == [report.id]
    assert show(Account("nora", Role.MODERATOR, ("NO",)), "second") is ReviewStatus.PUBLISHED
    assert careful.read(list_open_reports) == []
    careful.close()


def test_reports_of_risk_come_first(db: Database, make_event: Make, clock: FakeClock) -> None:
    add_many(db, [make_event("a-1"), make_event("b-1"), make_event("c-1")], actor="import")
    for event_id, kind in [("a-1", ReportKind.OTHER), ("b-1", ReportKind.DID_NOT_HAPPEN), ("c-1", ReportKind.RISK)]:
        send_report(db, event_id, event_id, kind=kind)
        clock.forward(minutes=1)

    assert [report.event.id for report in db.read(list_open_reports)] == ["c-1", "a-1", "b-1"]


def test_report_of_what_is_not_public(db: Database, make_event: Make) -> None:
    send_events(db, [make_event()], idempotency_key="form")[0]

    with pytest.raises(EventNotFoundError):
        send_report(db, "oslo-2020", "report")
    with pytest.raises(InvalidEventError):
        send_report(db, "oslo-2020", "report", words="x" * 1001)
    assert db.read(list_open_reports) == []
