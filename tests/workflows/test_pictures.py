"""Pictures on their way from a form to those who may see them."""

from __future__ import annotations

import pytest

from rallymap.errors import EventNotFoundError, InvalidEventError
from rallymap.pictures import CleanPicture, GivenPicture
from rallymap.store.events import get_events
from rallymap.store.pictures import get_public_picture
from rallymap.store.submissions import list_receipts
from rallymap.workflows.edit_links import change_own_picture
from rallymap.workflows.pictures import own_picture_url, reviewed_picture_url, set_picture
from rallymap.workflows.submissions import submit_event
from tests.workflows.moderated import MIRA, World, new_key, publish

BANNER = GivenPicture(CleanPicture(b"banner", "image/webp", 40, 30), "A banner")
BANNER_URL = "data:image/webp;base64,YmFubmVy"
FIELDS = {
    "title": "Weekly vigil",
    "kind": "vigil",
    "precision": "day",
    "start": "2024-05-03",
    "place_text": "Oslo",
    "repeat": "weekly",
    "repeat_until": "2024-05-17",
}


def test_each_event_of_a_repeated_form_gets_the_picture_once(world: World) -> None:
    new_key = "a-form-sent-twice"
    sent, again = (
        submit_event(world.db, world.resolver, FIELDS, idempotency_key=new_key, picture=BANNER, now=world.now)
        for _ in range(2)
    )
    assert again.receipts == sent.receipts
    events = world.db.read(get_events, (receipt.event_id for receipt in sent.receipts))
    assert [(event.revision, own_picture_url(world.db, event)) for event in events] == [(1, BANNER_URL)] * 3
    assert len({event.picture.id for event in events if event.picture}) == 3


def test_own_picture_is_changed_and_taken_away(world: World) -> None:
    sent = submit_event(world.db, world.resolver, FIELDS | {"repeat": ""}, idempotency_key=new_key(), now=world.now)
    key = sent.receipts[0].edit_token
    event = change_own_picture(world.db, key, BANNER, idempotency_key=new_key())
    assert own_picture_url(world.db, event) == BANNER_URL
    bare = change_own_picture(world.db, key, None, idempotency_key=new_key())
    assert (bare.picture, own_picture_url(world.db, bare), own_picture_url(world.db, event)) == (None, "", "")


def test_picture_that_cannot_be_given(world: World) -> None:
    with pytest.raises(EventNotFoundError):
        change_own_picture(world.db, "guess", BANNER, idempotency_key=new_key())
    with pytest.raises(InvalidEventError):
        submit_event(
            world.db,
            world.resolver,
            FIELDS,
            idempotency_key="without-a-description",
            picture=GivenPicture(BANNER.clean, ""),
            now=world.now,
        )
    assert world.db.read(list_receipts, "without-a-description") == ()


def test_moderator_sees_it_before_and_the_public_after_it_is_published(world: World) -> None:
    sent = submit_event(world.db, world.resolver, FIELDS | {"repeat": ""}, idempotency_key=new_key(), now=world.now)
    event = change_own_picture(world.db, sent.receipts[0].edit_token, BANNER, idempotency_key=new_key())
    assert event.picture is not None
    assert reviewed_picture_url(world.db, MIRA, event) == BANNER_URL
    assert world.db.read(get_public_picture, event.picture.id, world.now) is None
    published = publish(world.db, event.id)
    assert world.db.read(get_public_picture, event.picture.id, world.now) == BANNER.clean
    assert set_picture(world.db, published, None, account=MIRA, idempotency_key=new_key()).picture is None
    assert world.db.read(get_public_picture, event.picture.id, world.now) is None
