"""Changing, proposing, merging, splitting and taking down, on a real store and gazetteer."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import StaleEventError
from rallymap.events import Claim, ClaimKind, CrowdClaim, Disclosure, Place, ReviewStatus, Source
from rallymap.store.events import get_event
from rallymap.workflows.edits import Edited, edit_event
from tests.workflows.moderated import MIRA, OSLO, RESOLVER, World, event, new_key, submit


def edit(world: World, event_id: str, revision: int = 1, **fields: str) -> Edited:
    return edit_event(
        world.db, RESOLVER, event_id, fields, account=MIRA, expected_revision=revision, idempotency_key=new_key()
    )


def test_edit_changes_the_named_fields_alone(world: World) -> None:
    before = world.db.read(get_event, world.waiting)
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
    submit(world.db, full)
    edited = edit(world, "full", about="Plain words.")
    assert edited.event == full.changed(about="Plain words.", review=ReviewStatus.PENDING, revision=2)


def test_edit_of_the_place_looks_it_up_again(world: World) -> None:
    edited = edit(world, world.waiting, place_text="Gothenburg", country="SE")
    assert edited.event is not None
    assert edited.event.location is not None
    assert (edited.event.location.name, edited.event.location.country) == ("Gothenburg", "SE")
    edited = edit(world, world.waiting, 2, place_text="Xqzzthorpe", country="")
    assert edited.event is not None
    assert (edited.event.place, edited.event.location) == (Place("Xqzzthorpe"), None)


def test_edit_with_errors_shows_each_at_its_field_and_changes_nothing(world: World) -> None:
    edited = edit(world, world.waiting, title="", start="soonish", source_url="javascript:alert(1)")
    assert edited.event is None
    assert set(edited.errors) == {"title", "start", "source_url"}
    assert world.db.read(get_event, world.waiting).revision == 1


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
    submit(world.db, event("bare", sources=(), by_organiser=True))
    assert set(edit(world, "bare", disclosure="public").errors) == {"disclosure"}
