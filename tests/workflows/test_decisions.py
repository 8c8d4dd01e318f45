"""Decisions, one by one and all together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import EventNotFoundError, ModerationError, StaleEventError, StoreUnavailableError
from rallymap.events import Event, EventStatus, Location, LocationPrecision, Place, ReviewStatus
from rallymap.moderation import VISITOR, Account, Decision, ReportKind, ReportOutcome, Role, TakedownReason
from rallymap.store import Database
from rallymap.store import messages as stored_messages
from rallymap.store import reports as stored_reports
from rallymap.store.audit import list_audit
from rallymap.store.case_values import ORGANISER
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, public_rows
from rallymap.store.reports import list_open_reports
from rallymap.store.review_queue import get_queue_item
from rallymap.workflows import decisions
from rallymap.workflows import selection as selection_module
from rallymap.workflows.cases import open_case
from rallymap.workflows.decisions import (
    apply_staged_decisions,
    decide,
    decide_all,
    list_staged,
    stage,
    undo_decisions,
)
from rallymap.workflows.edit_links import answer_moderators
from rallymap.workflows.edits import store_edit
from rallymap.workflows.figures import read_figures
from rallymap.workflows.merges import merge_events
from rallymap.workflows.messages import add_note, close_messages, list_messages
from rallymap.workflows.reports import close_report, list_reports, report_event
from rallymap.workflows.selection import decide_each
from rallymap.workflows.takedown import delete_event
from tests.workflows.moderated import (
    ADA,
    MIRA,
    PARIS,
    World,
    event,
    new_key,
    open_world,
    publish,
    statuses,
    submit,
)

PENDING = [ReviewStatus.PENDING]


def test_collected_decisions_are_carried_out_together(world: World) -> None:
    decisions.stage(world.db, "oslo-waiting", Decision.PUBLISH, account=MIRA, expected_revision=1, reason="")
    decisions.stage(world.db, "hamilton", Decision.SEND_BACK, account=MIRA, expected_revision=1, reason="Where?")
    assert statuses(world.db, "oslo-waiting", "hamilton") == [ReviewStatus.PENDING, ReviewStatus.PENDING]
    assert list_staged(world.db, ADA) == []
    done = apply_staged_decisions(world.db, account=MIRA, idempotency_key=new_key())
    assert [one.review for one in done] == [ReviewStatus.SENT_BACK, ReviewStatus.PUBLISHED]
    assert list_staged(world.db, MIRA) == []


def test_collected_decisions_are_all_carried_out_or_none(world: World) -> None:
    for event_id in ("oslo-waiting", "hamilton"):
        decisions.stage(world.db, event_id, Decision.PUBLISH, account=MIRA, expected_revision=1, reason="")
    changed = world.db.read(get_event, "hamilton").changed(title="Changed meanwhile")
    store_edit(world.db, changed, account=ADA, expected_revision=1, idempotency_key=new_key())
    with pytest.raises(StaleEventError, match="Changed meanwhile"):
        apply_staged_decisions(world.db, account=MIRA, idempotency_key=new_key())
    assert statuses(world.db, "oslo-waiting", "hamilton") == [ReviewStatus.PENDING, ReviewStatus.PENDING]
    decisions.unstage(world.db, "hamilton", account=MIRA)
    assert [one.id for one in apply_staged_decisions(world.db, account=MIRA, idempotency_key=new_key())] == [
        "oslo-waiting"
    ]


DECIDED: dict[str, Callable[[World, datetime], object]] = {
    "one": lambda w, read_at: decide(
        w.db, "hamilton", Decision.PUBLISH, account=MIRA, expected_revision=2, seen_at=read_at,
        idempotency_key=new_key(),
    ),
    "all": lambda w, read_at: decide_all(
        w.db, {"hamilton": 2}, Decision.PUBLISH, account=MIRA, seen_at=read_at, idempotency_key=new_key()
    ),
    "each": lambda w, read_at: decide_each(
        w.db, {"hamilton": 2}, Decision.PUBLISH, account=MIRA, seen_at=read_at, idempotency_key=new_key()
    ),
    "prepared": lambda w, _: apply_staged_decisions(w.db, account=MIRA, idempotency_key=new_key()),
    "report": lambda w, read_at: close_report(
        w.db, w.db.read(list_open_reports, event_id="hamilton")[0], ReportOutcome.SHOW, account=MIRA, seen_at=read_at,
        idempotency_key=new_key(),
    ),
    "question": lambda w, read_at: add_note(
        w.db, "hamilton", "Where?", account=MIRA, for_organiser=True, seen_at=read_at, idempotency_key=new_key()
    ),
    "read": lambda w, read_at: close_messages(
        w.db, "hamilton", account=MIRA, seen_at=read_at, idempotency_key=new_key()
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", DECIDED)
def test_what_came_in_after_the_moderator_read_the_event_stays_open(world: World, how: str) -> None:
    def write(words: str) -> None:
        world.clock.now += timedelta(minutes=1)
        world.db.write(stored_messages.add_note, "hamilton", ORGANISER, words, for_organiser=True)
        world.db.write(stored_reports.add_report, "hamilton", ReportKind.OTHER, words, network="")

    def still_open() -> tuple[list[str], list[str]]:
        case = open_case(world.db, MIRA, "hamilton")
        return [note.words for note in case.notes if note.is_open], [report.words for report in case.reports]

    changed = world.db.read(get_event, "hamilton").changed(title="At revision 2")
    store_edit(world.db, changed, account=MIRA, expected_revision=1, idempotency_key=new_key())
    write("Seen")
    world.clock.now += timedelta(minutes=1)
    read_at = open_case(world.db, MIRA, "hamilton").read_at
    if how == "prepared":
        stage(world.db, "hamilton", Decision.PUBLISH, account=MIRA, expected_revision=2, seen_at=read_at)
    write("Not seen")
    DECIDED[how](world, read_at)
    messages, reports = still_open()
    assert messages == ["Not seen"]
    assert reports == (["Seen", "Not seen"] if how in ("question", "read") else ["Not seen"])


def test_the_same_decision_sent_twice_is_one(world: World) -> None:
    form = new_key()
    for _ in range(2):
        after = decide(
            world.db,
            world.waiting,
            Decision.PUBLISH,
            account=MIRA,
            expected_revision=1,
            reason="",
            idempotency_key=form,
        )
        assert (after.review, after.revision) == (ReviewStatus.PUBLISHED, 2)


def test_decision_that_does_not_follow_is_refused(world: World) -> None:
    with pytest.raises(ModerationError, match="is published; it cannot be rejected now"):
        decide(
            world.db,
            world.public,
            Decision.REJECT,
            account=MIRA,
            expected_revision=2,
            reason="no",
            idempotency_key=new_key(),
        )


@pytest.mark.slow
def test_future_venue_needs_two_moderators_where_the_operator_asks_for_it(tmp_path: Path) -> None:
    world = open_world(tmp_path / "two.db", two_moderators=True)
    spot = Location(59.91301, 10.73999, LocationPrecision.VENUE, 50, 1.0, "pin", "Stortinget", "Oslo", "NO")
    when = EventDate((world.now + timedelta(days=9)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo")
    future = event("ahead", when=when, location=spot, status="announced", place=Place("Stortinget", "Stortinget"))
    submit(world.db, future)
    assert publish(world.db, "ahead", MIRA).review is ReviewStatus.PENDING
    assert open_case(world.db, ADA, "ahead").approved_by == ("mira",)
    assert publish(world.db, "ahead", MIRA).review is ReviewStatus.PENDING
    assert publish(world.db, "ahead", ADA).review is ReviewStatus.PUBLISHED
    world.db.close()


def seen(world: World, *ids: str) -> dict[str, int]:
    return {event_id: world.db.read(get_event, event_id).revision for event_id in ids}


def test_several_events_are_decided_about_together_or_not_at_all(world: World) -> None:
    both = seen(world, "oslo-waiting", "hamilton")
    with pytest.raises(StaleEventError):
        decide_all(world.db, both | {"hamilton": 7}, Decision.PUBLISH, account=MIRA, idempotency_key=new_key())
    assert statuses(world.db, "oslo-waiting", "hamilton") == [ReviewStatus.PENDING, ReviewStatus.PENDING]
    done = decide_all(world.db, both, Decision.REJECT, account=MIRA, reason="Spam.", idempotency_key=new_key())
    assert [one.review for one in done] == [ReviewStatus.REJECTED, ReviewStatus.REJECTED]


def test_decision_is_undone_to_the_status_before(world: World) -> None:
    for decision, reason in ((Decision.PUBLISH, ""), (Decision.REJECT, "Spam."), (Decision.SEND_BACK, "Where?")):
        before = world.db.read(get_event, "oslo-waiting")
        after = decide(
            world.db, before.id, decision, account=MIRA, expected_revision=before.revision, reason=reason,
            idempotency_key=new_key(),
        )  # fmt: skip
        [undone] = undo_decisions(world.db, {after.id: after.revision}, account=MIRA, idempotency_key=new_key())
        assert undone == before.changed(revision=after.revision + 1)
    assert "oslo-waiting" not in [row.id for rows in public_rows(world.db) for row in rows]


@pytest.mark.slow
def test_undone_decision_leaves_no_trace_but_in_the_log(world: World) -> None:
    """Reports and messages that it closed are open again; nobody is told its reason; no figure counts it."""
    coming = EventDate(date(2199, 5, 1), precision=DatePrecision.DAY, zone="Europe/Oslo")
    token = submit(world.db, event("coming", when=coming, status=EventStatus.ANNOUNCED))
    answer_moderators(world.db, token, "At noon.", idempotency_key=new_key())

    def state() -> object:
        own = world.db.read(read_own_event, token)
        item = world.db.read(get_queue_item, own.event)
        assert item is not None
        marks = (item.reason, item.is_answered, item.hidden_at is not None)
        figures = read_figures(world.db, MIRA)
        return (own.reason, own.hidden_at is not None, *marks, sum(week.decided for week in figures.weeks))

    def undo(after: Event) -> None:
        undo_decisions(world.db, {after.id: after.revision}, account=MIRA, idempotency_key=new_key())

    before = state()
    for decision in (Decision.SEND_BACK, Decision.REJECT, Decision.PUBLISH):
        world.clock.now += timedelta(minutes=1)
        undo(_decide_now(world, "coming", decision))
        assert state() == before
        assert [one.event.id for one in list_messages(world.db, MIRA) if one.event.id == "coming"] == ["coming"]

    publish(world.db, "coming")
    report_event(
        world.db, "coming", ReportKind.RISK, "", account=VISITOR, address="", now=world.now, idempotency_key=new_key()
    )
    world.clock.now += timedelta(minutes=1)
    hidden = state()
    undo(_decide_now(world, "coming", Decision.PUBLISH))
    assert state() == hidden
    assert "coming" in [one.event.id for one in list_reports(world.db, MIRA)]


def _decide_now(world: World, event_id: str, decision: Decision) -> Event:
    revision = world.db.read(get_event, event_id).revision
    reason = "" if decision is Decision.PUBLISH else "Spam."
    return decide(
        world.db, event_id, decision, account=MIRA, expected_revision=revision, reason=reason, idempotency_key=new_key()
    )


def test_only_the_own_latest_decision_is_undone_within_an_hour(world: World) -> None:
    first = seen(world, "oslo-waiting")
    with pytest.raises(ModerationError, match="was changed since; its decision cannot be undone"):
        undo_decisions(world.db, first, account=MIRA, idempotency_key=new_key())  # it was only sent in
    after = publish(world.db, "oslo-waiting")
    decided = {after.id: after.revision}
    with pytest.raises(ModerationError, match="was changed since; its decision cannot be undone"):
        undo_decisions(world.db, decided, account=ADA, idempotency_key=new_key())
    with pytest.raises(StaleEventError):
        undo_decisions(world.db, first, account=MIRA, idempotency_key=new_key())
    world.clock.now += timedelta(hours=1, minutes=1)
    with pytest.raises(ModerationError, match="is over an hour old; decide anew instead"):
        undo_decisions(world.db, decided, account=MIRA, idempotency_key=new_key())


def test_one_decision_about_many_is_carried_out_for_each_by_itself(world: World) -> None:
    submit(world.db, event("paris", location=PARIS))
    submit(world.db, event("bergen"))
    changed = world.db.read(get_event, "bergen").changed(title="Changed meanwhile")
    store_edit(world.db, changed, account=ADA, expected_revision=1, idempotency_key=new_key())
    nora = Account("nora", Role.MODERATOR, ("NO",))
    seen = {"oslo-waiting": 1, "paris": 1, "bergen": 1, "none": 1, "hamilton": 1}
    decided = decide_each(
        world.db, seen, Decision.REJECT, account=nora, reason=" Not public. ", idempotency_key=new_key()
    )
    assert [(one.id, one.review) for one in decided.done] == [
        ("oslo-waiting", ReviewStatus.REJECTED), ("hamilton", ReviewStatus.REJECTED),
    ]  # fmt: skip
    assert list(decided.failed) == ["paris", "bergen", "none"]
    assert decided.failed["paris"] == "This event is in France; your account is for Norway only."
    for event_id in ("oslo-waiting", "hamilton"):
        entry = world.db.read(list_audit, event_id)[-1]
        assert (entry.actor, entry.action, entry.reason) == ("nora", "rejected", "Not public.")
    assert statuses(world.db, "paris", "bergen") == [ReviewStatus.PENDING, ReviewStatus.PENDING]


def test_decision_about_many_does_not_wait_for_a_busy_database_again_and_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def busy_at_second(db: Database, event_id: str, *args: Any, **options: Any) -> Event:
        tried.append(event_id)
        if len(tried) > 1:
            raise StoreUnavailableError("The database is busy.")
        return decide(db, event_id, *args, **options)

    monkeypatch.setattr(selection_module, "decide", busy_at_second)
    seen = {"oslo-waiting": 1, "hamilton": 1, "none": 1}
    decided = decide_each(world.db, seen, Decision.REJECT, account=MIRA, reason="No.", idempotency_key=new_key())
    assert [one.id for one in decided.done] == ["oslo-waiting"]
    assert decided.failed == dict.fromkeys(("hamilton", "none"), "The database is busy.")
    assert tried == ["oslo-waiting", "hamilton"]


def test_one_decision_about_many_needs_its_reason_once(world: World) -> None:
    seen = {"oslo-waiting": 1, "hamilton": 1}
    with pytest.raises(ModerationError, match="Please say why"):
        decide_each(world.db, seen, Decision.SEND_BACK, account=MIRA, idempotency_key=new_key())
    assert statuses(world.db, *seen) == [ReviewStatus.PENDING, ReviewStatus.PENDING]


def _publish(world: World) -> object:
    return decide(
        world.db, "oslo-waiting", Decision.PUBLISH, account=MIRA, expected_revision=1, idempotency_key=new_key()
    )


def _reject(world: World) -> object:
    return decide(
        world.db,
        "oslo-waiting",
        Decision.REJECT,
        account=ADA,
        expected_revision=1,
        reason="No rally.",
        idempotency_key=new_key(),
    )


def _edit(world: World) -> object:
    wanted = event("oslo-waiting", title="Another title")
    return store_edit(world.db, wanted, account=ADA, expected_revision=1, idempotency_key=new_key())


def _merge_away(world: World) -> object:
    gone, kept = event("oslo-waiting").changed(revision=1), world.db.read(get_event, "oslo-over")
    return merge_events(world.db, kept, gone, account=ADA, idempotency_key=new_key())


def _take_down(world: World) -> object:
    return delete_event(
        world.db,
        "oslo-waiting",
        TakedownReason.RISK,
        account=ADA,
        expected_revision=1,
        idempotency_key=new_key(),
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "acts",
    [(_publish, _reject), (_publish, _merge_away), (_edit, _merge_away), (_reject, _take_down), (_publish, _edit)],
    ids=lambda acts: " and ".join(act.__name__.strip("_") for act in acts),
)
def test_of_two_moderators_who_act_at_the_same_moment_only_one_does(
    world: World, acts: tuple[Callable[[World], object], ...]
) -> None:
    together = Barrier(len(acts))

    def act(one: Callable[[World], object]) -> str:
        together.wait()
        try:
            one(world)
        except (StaleEventError, EventNotFoundError):
            return "too late"
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        assert sorted(pool.map(act, acts)) == ["done", "too late"]
