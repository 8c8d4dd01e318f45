"""The queue, the open case and the decisions, on a real store."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import ModerationError, StaleEventError
from rallymap.events import Kind, Location, LocationPrecision, Place, ReviewStatus
from rallymap.moderation import Account, Decision, ReportKind, Role
from rallymap.store import QueueItem
from rallymap.workflows import reviewing
from rallymap.workflows.messages import add_note
from rallymap.workflows.reviewing import carry_out_staged, decide, list_published, list_queue, list_staged, open_case
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
NORA = Account("nora", Role.MODERATOR, ("NO",))


def ids(items: list[QueueItem]) -> list[str]:
    return [item.event.id for item in items]


def test_moderator_for_norway_sees_oslo_and_not_paris(world: World) -> None:
    submit(world.store, event("paris", place=Place("Paris"), location=PARIS))
    submit(world.store, event("nowhere", place=Place("Xqzz"), location=None))
    assert ids(list_queue(world.store, MIRA, PENDING)) == ["hamilton", "nowhere", "oslo-waiting", "paris"]
    assert ids(list_queue(world.store, NORA, PENDING)) == ["hamilton", "oslo-waiting"]
    assert ids(list_queue(world.store, NORA, PENDING, countries=["FR"])) == []
    assert ids(list_queue(world.store, NORA, PENDING, countries=["FR", "NO"])) == ["hamilton", "oslo-waiting"]


def test_queue_is_filtered_before_it_is_cut(world: World) -> None:
    for number in range(3):
        submit(world.store, event(f"vigil-{number}", kind=Kind.VIGIL))
    assert ids(list_queue(world.store, MIRA, PENDING, kinds=[Kind.VIGIL], limit=2)) == ["vigil-0", "vigil-1"]


def test_queue_by_age_holds_what_came_in_before(world: World) -> None:
    world.clock.now += timedelta(days=2)
    submit(world.store, event("newer"))
    day_ago = world.now - timedelta(days=1)
    assert ids(list_queue(world.store, MIRA, PENDING, sent_before=day_ago)) == ["hamilton", "oslo-waiting"]


def test_published_events_are_listed_with_their_exact_place(world: World) -> None:
    events = list_published(world.store, world.snapshot(), MIRA)
    assert events == [world.store.get("oslo-over"), world.store.get("oslo-public")]
    assert list_published(world.store, world.snapshot(), MIRA, kinds=[Kind.VIGIL]) == []


def test_case_holds_what_bears_on_the_event(world: World) -> None:
    case = open_case(world.store, MIRA, world.public)
    assert case.item is None
    assert [report.kind for report in case.reports] == [ReportKind.WRONG_PLACE]
    assert case.proposal is not None
    assert case.proposal.proposed.title == "A better title"
    assert [duplicate.event.id for duplicate in case.duplicates] == ["oslo-waiting"]
    doubtful = open_case(world.store, MIRA, world.doubtful)
    assert doubtful.check is not None
    assert doubtful.check.outcome == "ambiguous"


def test_case_of_an_event_that_was_public_shows_what_the_public_saw(world: World) -> None:
    world.store.report(world.over, ReportKind.RISK, "", idempotency_key=new_key())
    assert open_case(world.store, MIRA, world.over).last_public is None
    hidden = world.store.get(world.over)
    world.store.edit(
        hidden.changed(title="Safer words"), actor=MIRA, expected_revision=hidden.revision, idempotency_key=new_key()
    )
    case = open_case(world.store, MIRA, world.over)
    assert case.last_public is not None
    assert (case.last_public.title, case.event.title) == ("Rally oslo-over", "Safer words")


def test_case_leaves_out_duplicates_of_other_countries(world: World) -> None:
    source = world.store.get(world.waiting).sources
    submit(world.store, event("paris-2", place=Place("Paris"), location=PARIS, sources=source))
    assert "paris-2" in [d.event.id for d in open_case(world.store, MIRA, world.waiting).duplicates]
    assert "paris-2" not in [d.event.id for d in open_case(world.store, NORA, world.waiting).duplicates]


def test_case_names_the_fields_that_give_the_venue_away(world: World) -> None:
    place = Place("Stortinget, Oslo", "Stortinget", "NO")
    submit(world.store, event("venue", title="Rally before Stortinget", place=place))
    assert open_case(world.store, MIRA, "venue").mentions == ("title",)


def test_collected_decisions_are_carried_out_together(world: World) -> None:
    reviewing.stage(world.store, "oslo-waiting", Decision.PUBLISH, account=MIRA, expected_revision=1, reason="")
    reviewing.stage(world.store, "hamilton", Decision.SEND_BACK, account=MIRA, expected_revision=1, reason="Where?")
    assert statuses(world.store, "oslo-waiting", "hamilton") == [ReviewStatus.PENDING, ReviewStatus.PENDING]
    assert list_staged(world.store, ADA) == []
    done = carry_out_staged(world.store, account=MIRA, idempotency_key=new_key())
    assert [one.review for one in done] == [ReviewStatus.SENT_BACK, ReviewStatus.PUBLISHED]
    assert list_staged(world.store, MIRA) == []


def test_collected_decisions_are_all_carried_out_or_none(world: World) -> None:
    for event_id in ("oslo-waiting", "hamilton"):
        reviewing.stage(world.store, event_id, Decision.PUBLISH, account=MIRA, expected_revision=1, reason="")
    changed = world.store.get("hamilton").changed(title="Changed meanwhile")
    world.store.edit(changed, actor=ADA, expected_revision=1, idempotency_key=new_key())
    with pytest.raises(StaleEventError, match="Changed meanwhile"):
        carry_out_staged(world.store, account=MIRA, idempotency_key=new_key())
    assert statuses(world.store, "oslo-waiting", "hamilton") == [ReviewStatus.PENDING, ReviewStatus.PENDING]
    reviewing.unstage(world.store, "hamilton", account=MIRA)
    assert [one.id for one in carry_out_staged(world.store, account=MIRA, idempotency_key=new_key())] == [
        "oslo-waiting"
    ]


def test_the_same_decision_sent_twice_is_one(world: World) -> None:
    form = new_key()
    for _ in range(2):
        after = decide(
            world.store,
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
            world.store,
            world.public,
            Decision.REJECT,
            account=MIRA,
            expected_revision=2,
            reason="no",
            idempotency_key=new_key(),
        )


def test_future_venue_needs_two_moderators_where_the_operator_asks_for_it(tmp_path: Path) -> None:
    world = open_world(tmp_path / "two.db", two_moderators=True)
    spot = Location(59.91301, 10.73999, LocationPrecision.VENUE, 50, 1.0, "pin", "Stortinget", "Oslo", "NO")
    when = EventDate((world.now + timedelta(days=9)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo")
    future = event("ahead", when=when, location=spot, status="announced", place=Place("Stortinget", "Stortinget"))
    submit(world.store, future)
    assert publish(world.store, "ahead", MIRA).review is ReviewStatus.PENDING
    assert open_case(world.store, ADA, "ahead").approved_by == ("mira",)
    assert publish(world.store, "ahead", MIRA).review is ReviewStatus.PENDING
    assert publish(world.store, "ahead", ADA).review is ReviewStatus.PUBLISHED
    world.store.close()


def test_note_and_question_reach_whom_they_are_for(world: World) -> None:
    token = submit(world.store, event("asked"))
    add_note(world.store, "asked", "They sound sure.", account=MIRA, idempotency_key=new_key())
    add_note(world.store, "asked", "Which square?", account=MIRA, idempotency_key=new_key(), for_submitter=True)
    assert [note.words for note in open_case(world.store, MIRA, "asked").notes] == ["They sound sure.", "Which square?"]
    assert [(note.author, note.words) for note in world.store.own_event(token).notes] == [
        ("moderator", "Which square?")
    ]
