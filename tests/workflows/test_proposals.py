"""Changes that organisers propose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import ModerationError, RightsError
from rallymap.events import (
    Claim,
    ClaimKind,
    CrowdClaim,
    Disclosure,
    Event,
    EventStatus,
    LocationPrecision,
    Place,
    ReviewStatus,
    Source,
    Translation,
)
from rallymap.hosting import Retention
from rallymap.intake.filled_form import fields_of_event
from rallymap.pictures import CleanPicture, GivenPicture, data_url
from rallymap.store import Proposal
from rallymap.store.audit import list_audit
from rallymap.store.case_values import ORGANISER
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, get_public_event
from rallymap.store.housekeeping import tidy
from rallymap.store.proposals import get_proposal
from rallymap.store.schema import pictures
from rallymap.workflows.audit import read_history, read_log
from rallymap.workflows.calling_off import call_off
from rallymap.workflows.edit_links import change_own, store_own
from rallymap.workflows.edits import store_edit
from rallymap.workflows.merges import merge_events
from rallymap.workflows.pictures import own_picture_url
from rallymap.workflows.proposals import list_proposals, parts_of, settle_proposal, undo_refusal
from tests.workflows.moderated import ADA, MIRA, NOW, OSLO, PARIS, World, event, new_key, publish, submit

PICTURE = GivenPicture(CleanPicture(b"not looked at here", "image/png", 3, 2), "A banner")


@pytest.mark.parametrize(("accept", "title"), [(True, "A better title"), (False, "Rally oslo-public")])
def test_proposal_is_accepted_or_refused(world: World, accept: bool, title: str) -> None:
    after = settle_proposal(
        world.db,
        world.public,
        accept=accept,
        account=MIRA,
        expected_revision=2,
        reason="" if accept else "Not in the source.",
        idempotency_key=new_key(),
    )
    assert (after.title, after.review) == (title, ReviewStatus.PUBLISHED)
    with pytest.raises(ModerationError, match="No change is proposed"):
        settle_proposal(
            world.db,
            world.public,
            accept=True,
            account=MIRA,
            expected_revision=after.revision,
            reason="",
            idempotency_key=new_key(),
        )


def test_refusal_needs_a_reason(world: World) -> None:
    with pytest.raises(ModerationError, match="Please say why") as raised:
        settle_proposal(
            world.db,
            world.public,
            accept=False,
            account=MIRA,
            expected_revision=2,
            reason=" ",
            idempotency_key=new_key(),
        )
    assert raised.value.field == "reason"


def _proposed(world: World) -> tuple[str, Proposal]:
    token = submit(world.db, event("known"))
    publish(world.db, "known")
    own = world.db.read(read_own_event, token).event
    wanted = own.changed(title="Other title", about="More words.", place=Place("Paris"), location=PARIS)
    store_own(world.db, token, wanted, expected_revision=2, idempotency_key=new_key(), picture=PICTURE)
    proposal = world.db.read(get_proposal, "known")
    assert proposal is not None
    return token, proposal


def test_parts_of_a_proposal_are_accepted_and_the_rest_is_refused_with_a_reason(world: World) -> None:
    token, proposal = _proposed(world)
    assert parts_of(proposal) == [("title",), ("place", "location"), ("about",), ("picture",)]

    def settle(fields: list[str], reason: str) -> object:
        return settle_proposal(
            world.db,
            "known",
            accept=True,
            fields=fields,
            account=MIRA,
            expected_revision=2,
            reason=reason,
            idempotency_key=new_key(),
        )

    with pytest.raises(ModerationError, match="Please say why"):
        settle(["title"], "")
    with pytest.raises(ModerationError, match="Choose what you accept"):
        settle(["topics"], "Which?")
    # A place is accepted with its point.
    after = settle(["about", "location"], "The title is in no source.")
    assert after == proposal.event.changed(about="More words.", place=Place("Paris"), location=PARIS, revision=3)
    assert world.db.read(list_audit, "known")[-1].action == "change accepted in part"
    refused = world.db.read(read_own_event, token).refused
    assert refused is not None
    assert (refused.reason, refused.is_in_part) == ("The title is in no source.", True)
    with world.db.reading() as tx:
        assert tx.conn.execute(pictures.select()).all() == []


def test_proposal_of_which_every_part_is_chosen_needs_no_reason(world: World) -> None:
    token, proposal = _proposed(world)
    after = settle_proposal(
        world.db,
        "known",
        accept=True,
        fields=list(proposal.changes),
        account=MIRA,
        expected_revision=2,
        idempotency_key=new_key(),
    )
    assert after == proposal.proposed.changed(revision=3)
    assert world.db.read(read_own_event, token).refused is None


FIRST, SECOND = Source("https://news.example/first"), Source("https://news.example/second")
POLICE, PAPER = CrowdClaim(10, 20, by="police", source=0), CrowdClaim(100, 200, by="a newspaper", source=0)
SLOGAN = Claim(ClaimKind.SLOGAN, "Freedom", source=0)


def _propose(world: World, before: Event, **changes: object) -> Proposal:
    token = submit(world.db, before)
    own = publish(world.db, before.id)
    store_own(world.db, token, own.changed(**changes), expected_revision=2, idempotency_key=new_key())
    proposal = world.db.read(get_proposal, before.id)
    assert proposal is not None
    return proposal


def _listed(world: World, event_id: str) -> Proposal:
    return next(proposal for proposal in list_proposals(world.db, MIRA) if proposal.event.id == event_id)


def _accept(world: World, proposal: Proposal, fields: list[str]) -> Event:
    return settle_proposal(
        world.db,
        proposal.event.id,
        accept=True,
        fields=fields,
        account=MIRA,
        expected_revision=proposal.event.revision,
        reason="Only this.",
        idempotency_key=new_key(),
    )


def _said_by(after: Event) -> list[tuple[str, str]]:
    said = [*((one.by, one.source) for one in after.crowd), *((one.text, one.source) for one in after.claims)]
    return [(words, after.sources[number].url.rpartition("/")[2]) for words, number in said if number is not None]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (["sources"], [("police", "first"), ("Freedom", "first")]),
        (["claims"], [("police", "first"), ("Freedom", "first")]),
        (["crowd"], [("a newspaper", "second"), ("police", "first"), ("Freedom", "first")]),
        (["crowd", "sources"], [("a newspaper", "second"), ("police", "first"), ("Freedom", "first")]),
    ],
)
def test_part_of_a_proposal_keeps_who_is_the_source_of_what(
    world: World, fields: list[str], said: list[tuple[str, str]]
) -> None:
    before = event("sourced", sources=(FIRST,), crowd=(POLICE,), claims=(SLOGAN,))
    crowd, claims = (PAPER, replace(POLICE, source=1)), (replace(SLOGAN, source=1),)
    proposal = _propose(world, before, sources=(SECOND, FIRST), crowd=crowd, claims=claims)
    assert _said_by(_accept(world, proposal, fields)) == said


def test_number_that_an_organiser_reports_keeps_its_source_if_moderators_change_the_sources(world: World) -> None:
    _propose(world, event("sourced", sources=(FIRST,)), crowd=(PAPER,))
    now = world.db.read(get_event, "sourced")
    store_edit(world.db, now.changed(sources=(SECOND,)), account=MIRA, expected_revision=2, idempotency_key=new_key())
    proposal = _listed(world, "sourced")
    assert _said_by(proposal.proposed) == [("a newspaper", "first")]


def test_proposal_that_contradicts_a_later_edit_stays_in_the_list(world: World) -> None:
    _propose(world, event("translated"), about="More.", translations=(Translation("nb", "Demonstrasjon"),))
    now = world.db.read(get_event, "translated")
    store_edit(world.db, now.changed(language="nb"), account=MIRA, expected_revision=2, idempotency_key=new_key())
    after = _accept(world, _listed(world, "translated"), ["about"])
    assert after.about == "More."


def test_fields_that_are_right_only_together_are_one_part(world: World) -> None:
    here, there = Place("Oslo", "Youngstorget"), Place("Paris", "République")
    in_paris = EventDate(date(2026, 6, 15), precision=DatePrecision.DAY, zone="Europe/Paris")
    changes = {"title": "Marche", "language": "fr", "place": there, "location": PARIS}
    proposal = _propose(world, event("moved", place=here, language="en", when=AHEAD), about="Une marche.", **changes)
    assert parts_of(proposal) == [("title", "about", "language"), ("place", "location")]
    zoned = _propose(world, event("zoned", when=AHEAD), place=there, location=PARIS, when=in_paris)
    assert [part for part in parts_of(zoned) if "place" in part] == [("when", "place", "location")]
    shown = _propose(world, event("shown", place=here, when=AHEAD), place=there, disclosure=Disclosure.PUBLIC)
    assert parts_of(shown) == [("place", "disclosure")]


AHEAD = EventDate(date(2026, 6, 15), precision=DatePrecision.DAY, zone="Europe/Oslo")
SOON, LATER = NOW + timedelta(days=2), NOW + timedelta(days=5)
AT_ONCE = [
    ((Disclosure.PUBLIC, None), (Disclosure.CITY, None)),
    ((Disclosure.PUBLIC, None), (Disclosure.FROM_TIME, SOON)),
    ((Disclosure.FROM_TIME, SOON), (Disclosure.FROM_TIME, LATER)),
    ((Disclosure.FROM_TIME, NOW - timedelta(days=1)), (Disclosure.CITY, None)),
]
Said = tuple[Disclosure, datetime | None]


def _announced(world: World, said: Said) -> tuple[str, Event]:
    where = replace(OSLO, precision=LocationPrecision.VENUE, radius_m=50, method="pin")
    made = event(
        "announced", when=AHEAD, status=EventStatus.ANNOUNCED, location=where, place=Place("Oslo", "The square")
    )
    token = submit(world.db, made.changed(disclosure=said[0], disclosed_from=said[1]))
    publish(world.db, "announced")
    return token, world.db.read(read_own_event, token).event


@pytest.mark.parametrize(("before", "wanted"), AT_ONCE)
def test_organiser_withholds_an_announced_venue_at_once(world: World, before: Said, wanted: Said) -> None:
    token, own = _announced(world, before)
    asked = own.changed(disclosure=wanted[0], disclosed_from=wanted[1])
    revision = own.revision
    store_own(world.db, token, asked, expected_revision=revision, idempotency_key=new_key())
    assert world.db.read(get_public_event, "announced", world.now).place.venue == ""
    assert world.db.read(get_proposal, "announced") is None
    assert world.db.read(list_audit, "announced")[-1].actor == ORGANISER


@pytest.mark.slow
def test_rest_of_a_change_that_withholds_the_venue_waits(world: World) -> None:
    token, own = _announced(world, (Disclosure.PUBLIC, None))
    asked = own.changed(disclosure=Disclosure.CITY, title="Another title")
    store_own(world.db, token, asked, expected_revision=own.revision, idempotency_key=new_key())
    seen = world.db.read(get_public_event, "announced", world.now)
    assert (seen.place.venue, seen.title) == ("", own.title)
    proposal = world.db.read(get_proposal, "announced")
    assert proposal is not None
    assert list(proposal.changes) == ["title"]


@pytest.mark.parametrize(("wanted", "before"), AT_ONCE)
def test_venue_is_shown_earlier_only_once_a_moderator_agrees(world: World, before: Said, wanted: Said) -> None:
    token, own = _announced(world, before)
    asked = own.changed(disclosure=wanted[0], disclosed_from=wanted[1])
    store_own(world.db, token, asked, expected_revision=own.revision, idempotency_key=new_key())
    assert world.db.read(get_public_event, "announced", world.now).place.venue == ""
    proposal = world.db.read(get_proposal, "announced")
    assert proposal is not None
    assert "disclosure" in proposal.changes or "disclosed_from" in proposal.changes


@pytest.mark.parametrize("proposed", [EventStatus.ANNOUNCED, EventStatus.CONFIRMED])
def test_event_that_is_called_off_stays_so_in_an_earlier_proposal(world: World, proposed: EventStatus) -> None:
    ahead = EventDate((NOW + timedelta(days=9)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo")
    token = submit(world.db, event("ahead", when=ahead, status=EventStatus.ANNOUNCED))
    wanted = publish(world.db, "ahead").changed(title="Other title", status=proposed)
    store_own(world.db, token, wanted, expected_revision=2, idempotency_key=new_key())
    call_off(world.db, token, EventStatus.CANCELLED, expected_revision=2, idempotency_key=new_key())
    own = world.db.read(read_own_event, token)
    assert own.proposed == own.event.changed(title="Other title")
    assert own.event.status is EventStatus.CANCELLED
    # The form opens with that status, and can be sent.
    filled = fields_of_event(own.proposed)
    sent = {**filled, "title": "A third title"}
    changed, _ = change_own(
        world.db, world.resolver, token, sent, expected_revision=3, idempotency_key=new_key(), filled=filled
    )
    assert changed == own.event.changed(title="A third title")


def _refuse(world: World, event_id: str = "known") -> Event:
    revision = world.db.read(get_event, event_id).revision
    return settle_proposal(
        world.db, event_id, accept=False, account=MIRA, expected_revision=revision, reason="In no source.",
        idempotency_key=new_key(),
    )  # fmt: skip


def _start_housekeeping(world: World) -> None:
    """Let it run once: it deletes nothing in its first day."""
    world.db.write(tidy, Retention())
    world.clock.now += timedelta(hours=25)


def test_refused_proposal_is_kept_with_its_reason_for_the_log(world: World) -> None:
    _, proposal = _proposed(world)
    _refuse(world)
    newest = read_history(world.db, "known", account=MIRA)[0]
    assert (newest.entry.action, newest.entry.reason) == ("change refused", "In no source.")
    assert (newest.before, newest.after) == (None, None)
    assert newest.refused == (proposal.event, proposal.proposed)


def test_part_that_is_refused_is_kept_for_the_log(world: World) -> None:
    _, proposal = _proposed(world)
    after = settle_proposal(
        world.db, "known", accept=True, fields=["title"], account=MIRA, expected_revision=2, reason="In no source.",
        idempotency_key=new_key(),
    )  # fmt: skip
    newest = read_history(world.db, "known", account=MIRA)[0]
    assert (newest.before, newest.after) == (proposal.event, after)
    assert newest.refused == (after, proposal.proposed.changed(revision=3))


def test_proposal_for_an_event_that_is_merged_away_is_kept_for_its_log(world: World) -> None:
    _, proposal = _proposed(world)
    kept, gone = (world.db.read(get_event, event_id) for event_id in (world.public, "known"))
    merge_events(world.db, kept, gone, account=MIRA, idempotency_key=new_key())
    newest = read_log(world.db, "known", account=ADA)[0]
    assert newest.entry.action == "merged away"
    assert newest.refused is not None
    assert newest.refused[1].title == proposal.proposed.title


def test_undone_refusal_lets_the_proposal_wait_again_with_its_picture(world: World) -> None:
    _start_housekeeping(world)
    token, proposal = _proposed(world)
    _refuse(world)
    world.clock.now += timedelta(minutes=30)
    world.db.write(tidy, Retention())
    form = new_key()
    undo_refusal(world.db, "known", account=MIRA, idempotency_key=form)
    undo_refusal(world.db, "known", account=MIRA, idempotency_key=form)
    assert world.db.read(get_proposal, "known") == proposal
    own = world.db.read(read_own_event, token)
    assert (own.refused, own.proposed) == (None, proposal.proposed)
    actions = [entry.action for entry in world.db.read(list_audit, "known")]
    assert actions[-2:] == ["change refused", "refusal undone"]
    after = settle_proposal(
        world.db, "known", accept=True, account=MIRA, expected_revision=2, idempotency_key=new_key()
    )
    assert own_picture_url(world.db, after) == data_url(PICTURE.clean)


def test_refusal_is_undone_by_who_refused_within_an_hour_and_before_the_next_proposal(world: World) -> None:
    token, proposal = _proposed(world)
    with pytest.raises(ModerationError, match="cannot be undone"):
        undo_refusal(world.db, "known", account=MIRA, idempotency_key=new_key())
    _refuse(world)
    with pytest.raises(ModerationError, match="cannot be undone"):
        undo_refusal(world.db, "known", account=ADA, idempotency_key=new_key())
    with pytest.raises(RightsError):
        undo_refusal(world.db, "known", account=replace(MIRA, countries=("FR",)), idempotency_key=new_key())
    store_own(world.db, token, proposal.event.changed(title="Newer"), expected_revision=2, idempotency_key=new_key())
    with pytest.raises(ModerationError, match="cannot be undone"):
        undo_refusal(world.db, "known", account=MIRA, idempotency_key=new_key())
    _refuse(world)
    world.clock.now += timedelta(minutes=61)
    with pytest.raises(ModerationError, match="over an hour old"):
        undo_refusal(world.db, "known", account=MIRA, idempotency_key=new_key())


def test_picture_of_a_refused_proposal_is_deleted_when_the_hour_to_undo_is_over(world: World) -> None:
    _start_housekeeping(world)
    _proposed(world)
    _refuse(world)
    world.clock.now += timedelta(minutes=61)
    assert world.db.write(tidy, Retention()) == 1  # of something deleted, the write-ahead log is emptied, too
    with world.db.reading() as tx:
        assert tx.conn.execute(pictures.select()).all() == []


def test_pictures_that_events_show_leave_room_to_delete_those_that_were_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rallymap.store.housekeeping.PICTURES_AT_ONCE", 1)
    _start_housekeeping(world)
    token, _ = _proposed(world)
    shown = settle_proposal(
        world.db, "known", accept=True, account=MIRA, expected_revision=2, idempotency_key=new_key()
    )
    store_own(world.db, token, shown.changed(title="Third"), expected_revision=3, idempotency_key=new_key())
    _refuse(world)
    other = submit(world.db, event("last"))
    public = publish(world.db, "last")
    wanted = public.changed(title="Other title")
    store_own(world.db, other, wanted, expected_revision=2, idempotency_key=new_key(), picture=PICTURE)
    _refuse(world, event_id="last")
    world.clock.now += timedelta(minutes=61)
    world.db.write(tidy, Retention())
    with world.db.reading() as tx:
        assert tx.conn.scalars(sa.select(pictures.c.event_id)).all() == ["known"]
    assert own_picture_url(world.db, shown) == data_url(PICTURE.clean)
