"""Merge two records of one event; split a record of two events."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, ModerationError, RightsError
from rallymap.events import (
    Disclosure,
    Event,
    EventStatus,
    Kind,
    LocationPrecision,
    Picture,
    Place,
    ReviewStatus,
    Translation,
    Waypoint,
)
from rallymap.pictures import CleanPicture, GivenPicture, data_url
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, get_public_event, merged_into
from rallymap.store.schema import pictures
from rallymap.workflows.edit_links import change_own_picture
from rallymap.workflows.edits import store_edit
from rallymap.workflows.merges import join, list_merged, merge_events, split_event, undo_merge
from rallymap.workflows.pictures import own_picture_url
from tests.workflows.moderated import MIRA, NOW, OSLO, World, event, new_key, publish, submit

BANNER = GivenPicture(CleanPicture(b"not looked at here", "image/png", 3, 2), "A banner")


def test_merged_event_has_both_sources_and_the_old_public_address_leads_there(world: World) -> None:
    gone = publish(world.db, world.waiting)
    kept = world.db.read(get_event, world.public)
    after = merge_events(world.db, kept, gone, account=MIRA, idempotency_key=new_key())
    assert after.sources == (*kept.sources, *gone.sources)
    assert world.db.read(get_public_event, world.waiting, world.now).id == world.public
    with pytest.raises(EventNotFoundError):
        world.db.read(get_event, world.waiting)


def test_merged_event_has_the_words_of_both_in_every_language(world: World) -> None:
    kept = world.db.read(get_event, world.public).changed(
        language="en", translations=(Translation("fa", "تجمع"), Translation("nb", "Markering"))
    )
    gone = world.db.read(get_event, world.waiting).changed(
        title="Kundgebung", about="Worum es ging", language="de",
        translations=(Translation("en", "Rally", "About"), Translation("fa", "دیگر", "درباره")),
    )  # fmt: skip
    joined = join(kept, gone)
    assert (joined.title, joined.language, joined.about) == (kept.title, "en", "")
    assert joined.translations == (
        Translation("de", "Kundgebung", "Worum es ging"),
        Translation("fa", "تجمع", "درباره"),
        Translation("nb", "Markering"),
    )


def test_merged_event_that_never_was_public_has_no_public_address(world: World) -> None:
    kept, gone = world.db.read(get_event, world.public), world.db.read(get_event, world.waiting)
    merge_events(world.db, kept, gone, account=MIRA, idempotency_key=new_key())
    with pytest.raises(EventNotFoundError):
        world.db.read(get_public_event, world.waiting, world.now)


def test_public_event_is_not_lost_in_one_that_waits(world: World) -> None:
    kept, gone = world.db.read(get_event, world.waiting), world.db.read(get_event, world.public)
    with pytest.raises(ModerationError, match="merge the other way round"):
        merge_events(world.db, kept, gone, account=MIRA, idempotency_key=new_key())


def test_place_of_the_second_is_not_shown_earlier_than_its_organiser_said(world: World) -> None:
    spot = dataclasses.replace(OSLO, precision=LocationPrecision.VENUE)
    at = world.now + timedelta(days=9)
    public = event("kept", disclosure=Disclosure.PUBLIC, place=Place(), location=None, status=EventStatus.ANNOUNCED)
    later = event("gone", location=spot, disclosure=Disclosure.FROM_TIME, disclosed_from=at)
    never = event("gone", location=spot)
    for gone, said in ((later, (Disclosure.FROM_TIME, at)), (never, (Disclosure.CITY, None))):
        joined = join(public, gone)
        assert joined.location == spot
        assert (joined.disclosure, joined.disclosed_from) == said
        assert join(gone, public.changed(location=spot)).disclosure is gone.disclosure
    has_own = public.changed(place=Place("Oslo"), location=OSLO)
    assert join(has_own, never).disclosure is Disclosure.PUBLIC
    poster = Picture("f" * 32, "A poster", 4, 3)
    assert join(has_own, never.changed(picture=poster)).disclosure is Disclosure.CITY


def test_route_of_the_second_is_kept_and_not_shown_earlier_than_its_organiser_said() -> None:
    way = (Waypoint("Stortinget"), Waypoint("Slottet"))
    at = NOW + timedelta(days=9)
    march = event("gone", kind=Kind.MARCH, route=way, disclosure=Disclosure.FROM_TIME, disclosed_from=at)
    joined = join(event("kept", disclosure=Disclosure.PUBLIC), march)
    assert (joined.route, joined.disclosure, joined.disclosed_from) == (way, Disclosure.FROM_TIME, at)


def test_venue_of_the_first_is_kept_if_only_the_second_names_the_city() -> None:
    kept = event("kept", place=Place(venue="Stortinget", country_hint="NO"))
    assert join(kept, event("gone", place=Place("Oslo"))).place == Place("Oslo", "Stortinget", "NO")
    assert join(kept, event("gone", place=Place())).place == kept.place


def test_split_makes_one_pending_copy_of_its_own_id(world: World) -> None:
    form, seen = new_key(), world.db.read(get_event, world.public)
    copy = split_event(world.db, seen, account=MIRA, idempotency_key=form)
    assert split_event(world.db, seen, account=MIRA, idempotency_key=form).id == copy.id
    assert copy.id.startswith("oslo-")
    assert copy == seen.changed(id=copy.id, review=ReviewStatus.PENDING, revision=1)


def _merged(world: World, kept_id: str, gone_id: str) -> tuple[Event, Event, Event]:
    """Merge two events; return the first before and after, and the second."""
    kept, gone = (world.db.read(get_event, event_id) for event_id in (kept_id, gone_id))
    return kept, merge_events(world.db, kept, gone, account=MIRA, idempotency_key=new_key()), gone


def test_undone_merge_makes_two_events_again_and_the_old_address_leads_to_the_second(world: World) -> None:
    token, _ = submit(world.db, event("again", title="Again")), publish(world.db, "again")
    kept, after, gone = _merged(world, world.public, "again")
    assert list_merged(world.db, after, MIRA) == [gone]
    made = undo_merge(world.db, after, gone, account=MIRA, idempotency_key=new_key())
    assert made == gone.changed(id=made.id, revision=1, review=ReviewStatus.PENDING)
    assert world.db.read(get_event, kept.id) == kept.changed(revision=after.revision + 1)
    assert list_merged(world.db, kept, MIRA) == []
    assert world.db.read(read_own_event, token).event == made
    publish(world.db, made.id)
    assert world.db.read(get_public_event, "again", world.now).id == made.id
    with pytest.raises(EventNotFoundError):
        undo_merge(world.db, world.db.read(get_event, kept.id), gone, account=MIRA, idempotency_key=new_key())


def test_undone_merge_gives_a_picture_back_to_the_event_that_had_it(world: World) -> None:
    submit(world.db, event("open", disclosure=Disclosure.PUBLIC))
    token = submit(world.db, event("again", disclosure=Disclosure.CITY))
    change_own_picture(world.db, token, BANNER, idempotency_key=new_key())
    kept, after, gone = _merged(world, "open", "again")
    assert own_picture_url(world.db, after) == own_picture_url(world.db, gone) == data_url(BANNER.clean)
    made = undo_merge(world.db, after, gone, account=MIRA, idempotency_key=new_key())
    undone = world.db.read(get_event, kept.id)
    assert undone == kept.changed(revision=undone.revision)
    assert own_picture_url(world.db, made) == data_url(BANNER.clean)
    assert made.picture is not None
    assert (made.picture.description, made.disclosure) == ("A banner", Disclosure.CITY)
    with world.db.reading() as tx:
        assert tx.conn.scalars(sa.select(pictures.c.event_id)).all() == [made.id]


def test_undone_merge_leaves_the_picture_also_with_an_event_that_was_changed_since(world: World) -> None:
    submit(world.db, event("open", disclosure=Disclosure.PUBLIC))
    token = submit(world.db, event("again", disclosure=Disclosure.CITY))
    change_own_picture(world.db, token, BANNER, idempotency_key=new_key())
    kept, after, gone = _merged(world, "open", "again")
    changed = publish(world.db, after.id)
    made = undo_merge(world.db, changed, gone, account=MIRA, idempotency_key=new_key())
    undone = world.db.read(get_event, kept.id)
    # The picture may show what its organiser withholds.
    assert (undone.picture, undone.disclosure) == (gone.picture, Disclosure.CITY)
    assert own_picture_url(world.db, undone) == own_picture_url(world.db, made) == data_url(BANNER.clean)


def test_only_who_may_undo_a_merge_sees_what_was_merged(world: World) -> None:
    submit(world.db, event("abroad", place=Place("Lund", country_hint="SE"), location=None))
    _, after, gone = _merged(world, world.public, "abroad")
    limited = dataclasses.replace(MIRA, countries=("NO",))
    assert (list_merged(world.db, after, limited), list_merged(world.db, after, MIRA)) == ([], [gone])
    with pytest.raises(RightsError):
        undo_merge(world.db, after, gone, account=limited, idempotency_key=new_key())


def test_undone_merge_leaves_what_was_changed_since(world: World) -> None:
    _, after, gone = _merged(world, world.public, world.waiting)
    edited = store_edit(
        world.db,
        after.changed(about="Later."),
        account=MIRA,
        expected_revision=after.revision,
        idempotency_key=new_key(),
    )
    made = undo_merge(world.db, edited, gone, account=MIRA, idempotency_key=new_key())
    assert (made.title, world.db.read(get_event, after.id)) == (gone.title, edited)


def test_undone_merge_of_a_merge_takes_the_earlier_one_along(world: World) -> None:
    """The edit link moved twice, because neither of the other events had an organiser with one."""
    token = submit(world.db, event("first"))
    copies = [
        split_event(world.db, world.db.read(get_event, world.public), account=MIRA, idempotency_key=new_key())
        for _ in range(2)
    ]
    _merged(world, copies[0].id, "first")
    _, after, gone = _merged(world, copies[1].id, copies[0].id)
    assert world.db.read(read_own_event, token).event.id == copies[1].id
    made = undo_merge(world.db, after, gone, account=MIRA, idempotency_key=new_key())
    assert world.db.read(read_own_event, token).event == made
    assert [one.id for one in list_merged(world.db, made, MIRA)] == []
    assert world.db.read(merged_into, "first") == made.id
