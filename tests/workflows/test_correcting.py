"""Changing, proposing, merging, splitting and taking down, on a real store and gazetteer."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import EventNotFoundError, ModerationError, StaleEventError
from rallymap.events import Claim, ClaimKind, CrowdClaim, Disclosure, EventStatus, Place, ReviewStatus, Source
from rallymap.moderation import TakedownReason
from rallymap.workflows.correcting import (
    Edited,
    edit_event,
    list_follow_up,
    merge_events,
    settle_proposal,
    split_event,
    take_down,
)
from tests.workflows.moderated import MIRA, OSLO, RESOLVER, World, event, new_key, publish, submit


def edit(world: World, event_id: str, revision: int = 1, **fields: str) -> Edited:
    return edit_event(
        world.store, RESOLVER, event_id, fields, account=MIRA, expected_revision=revision, idempotency_key=new_key()
    )


def test_edit_changes_the_named_fields_alone(world: World) -> None:
    before = world.store.get(world.waiting)
    edited = edit(world, world.waiting, title="Rally at noon", organisers="Group A\nGroup B")
    assert edited == Edited(before.changed(title="Rally at noon", organisers=("Group A", "Group B"), revision=2), {})


def test_edit_keeps_what_fields_cannot_say(world: World) -> None:
    # A month and a half, settled by hand: no field of the form can say either.
    when = EventDate(date(2022, 5, 1), date(2022, 6, 30), DatePrecision.MONTH, zone="Europe/Oslo")
    location = dataclasses.replace(OSLO, method="override", confidence=0.99)
    full = event(
        "full",
        when=when,
        location=location,
        topics=("prisons",),
        claims=(Claim(ClaimKind.SLOGAN, "Freedom", "speakers", 0),),
        crowd=(CrowdClaim(10, 20, "dozens", "police", 0),),
        disclosure=Disclosure.CITY,
    )
    submit(world.store, full)
    edited = edit(world, "full", about="Plain words.")
    assert edited.event == full.changed(about="Plain words.", review=ReviewStatus.PENDING, revision=2)


def test_edit_of_the_place_looks_it_up_anew(world: World) -> None:
    edited = edit(world, world.waiting, place_text="Gothenburg", country="SE")
    assert edited.event is not None
    assert edited.event.location is not None
    assert (edited.event.location.name, edited.event.location.country) == ("Gothenburg", "SE")
    edited = edit(world, world.waiting, 2, place_text="Xqzzthorpe", country="")
    assert edited.event is not None
    assert (edited.event.place, edited.event.location) == (Place("Xqzzthorpe"), None)


def test_edit_with_mistakes_says_each_beside_its_field_and_changes_nothing(world: World) -> None:
    edited = edit(world, world.waiting, title="", start="soonish", source_url="javascript:alert(1)")
    assert edited.event is None
    assert set(edited.errors) == {"title", "start", "source_url"}
    assert world.store.get(world.waiting).revision == 1


def test_edit_adds_a_source_and_an_estimate(world: World) -> None:
    fields: dict[str, Any] = {
        "source2_url": "https://other.example/1",
        "crowd_low": "200",
        "crowd_high": "300",
        "crowd_by": "police",
    }
    edited = edit(world, world.waiting, **fields)
    assert edited.event is not None
    assert edited.event.sources[1] == Source("https://other.example/1")
    assert edited.event.crowd == (CrowdClaim(200, 300, by="police"),)


def test_edit_of_a_changed_event_is_refused(world: World) -> None:
    edit(world, world.waiting, title="First")
    with pytest.raises(StaleEventError):
        edit(world, world.waiting, title="Second")


def test_edit_to_show_the_spot_needs_a_source(world: World) -> None:
    submit(world.store, event("bare", sources=(), by_organiser=True))
    assert set(edit(world, "bare", disclosure="public").errors) == {"disclosure"}


def test_follow_up_ends_when_it_is_said_what_happened(world: World) -> None:
    assert [one.id for one in list_follow_up(world.store, MIRA, world.now)] == [world.over]
    edited = edit(world, world.over, 2, status="held", crowd_words="hundreds", source2_title="A leaflet")
    assert edited.event is not None
    assert (edited.event.status, edited.event.review) == (EventStatus.HELD, ReviewStatus.PUBLISHED)
    assert list_follow_up(world.store, MIRA, world.now) == []


@pytest.mark.parametrize(("accept", "title"), [(True, "A better title"), (False, "Rally oslo-public")])
def test_proposal_is_accepted_or_refused(world: World, accept: bool, title: str) -> None:
    after = settle_proposal(
        world.store,
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
            world.store,
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
            world.store,
            world.public,
            accept=False,
            account=MIRA,
            expected_revision=2,
            reason=" ",
            idempotency_key=new_key(),
        )
    assert raised.value.field == "reason"


def test_merged_event_has_both_sources_and_the_old_public_address_leads_there(world: World) -> None:
    gone = publish(world.store, world.waiting)
    kept = world.store.get(world.public)
    after = merge_events(world.store, kept, gone, account=MIRA, idempotency_key=new_key())
    assert after.sources == (*kept.sources, *gone.sources)
    assert world.store.get_public(world.waiting, world.now).id == world.public
    with pytest.raises(EventNotFoundError):
        world.store.get(world.waiting)


def test_merged_event_that_never_was_public_has_no_public_address(world: World) -> None:
    kept, gone = world.store.get(world.public), world.store.get(world.waiting)
    merge_events(world.store, kept, gone, account=MIRA, idempotency_key=new_key())
    with pytest.raises(EventNotFoundError):
        world.store.get_public(world.waiting, world.now)


def test_public_event_is_not_lost_in_one_that_waits(world: World) -> None:
    kept, gone = world.store.get(world.waiting), world.store.get(world.public)
    with pytest.raises(ModerationError, match="merge the other way round"):
        merge_events(world.store, kept, gone, account=MIRA, idempotency_key=new_key())


def test_split_makes_one_pending_copy_of_its_own_id(world: World) -> None:
    form, seen = new_key(), world.store.get(world.public)
    copy = split_event(world.store, seen, account=MIRA, idempotency_key=form)
    assert split_event(world.store, seen, account=MIRA, idempotency_key=form).id == copy.id
    assert copy.id.startswith("oslo-")
    assert copy == seen.changed(id=copy.id, review=ReviewStatus.PENDING, revision=1)


def test_takedown_leaves_id_reason_and_deeds(world: World) -> None:
    take_down(
        world.store,
        RESOLVER,
        world.public,
        TakedownReason.RISK,
        account=MIRA,
        expected_revision=2,
        idempotency_key=new_key(),
    )
    tombstone = world.store.tombstone(world.public)
    assert tombstone is not None
    assert (tombstone.reason_code, tombstone.redirect_to) == ("risk", "")
    history = world.store.history(world.public)
    assert [entry.verb for entry in history][-1] == "taken down"
    assert [dict(entry.changes) for entry in history] == [{}] * len(history)
