"""Submitting: receipts, double clicks, ids and what stays private."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from rallymap.errors import InvalidEventError
from rallymap.events import Event, ReviewStatus
from rallymap.store import EventStore, PlaceToCheck, Receipt

Make = Callable[..., Event]


def test_submit_makes_a_pending_event(store: EventStore, make_event: Make, clock: Callable[[], object]) -> None:
    receipt = store.submit(make_event(), nonce="form-1", contact=" tor@example.org ")
    (item,) = store.review_queue()

    assert receipt == Receipt("oslo-2020", receipt.code, receipt.edit_token, clock())
    assert item.event == make_event(review=ReviewStatus.PENDING)
    assert (item.contact, item.code, item.submitted_at) == ("tor@example.org", receipt.code, clock())
    assert list(store.public_rows()) == []
    assert store.dataset_version() == 0


def test_submit_twice_gives_the_first_receipt(store: EventStore, make_event: Make, clock: object) -> None:
    first = store.submit(make_event(), nonce="form-1", contact="first")
    clock.forward(minutes=1)  # type: ignore[attr-defined]
    second = store.submit(make_event(title="Typed again"), nonce="form-1", contact="second")

    assert second == first
    assert [(item.event.title, item.contact) for item in store.review_queue()] == [("Rally in Oslo", "first")]


def test_submit_of_two_forms_with_one_id_makes_two_events(store: EventStore, make_event: Make) -> None:
    receipts = [store.submit(make_event(), nonce=f"form-{n}") for n in range(3)]

    assert [receipt.event_id for receipt in receipts] == ["oslo-2020", "oslo-2020-2", "oslo-2020-3"]
    assert len({receipt.code for receipt in receipts}) == len({receipt.edit_token for receipt in receipts}) == 3


def test_submit_with_the_longest_id_that_is_taken(store: EventStore, make_event: Make) -> None:
    longest = "a" * 64
    store.submit(make_event(longest), nonce="form-1")

    assert store.submit(make_event(longest), nonce="form-2").event_id == "a" * 62 + "-2"


def test_submit_without_nonce_is_our_bug(store: EventStore, make_event: Make) -> None:
    with pytest.raises(ValueError, match="nonce is missing"):
        store.submit(make_event(), nonce="")


def test_submit_with_an_endless_contact_saves_nothing(store: EventStore, make_event: Make) -> None:
    with pytest.raises(InvalidEventError) as raised:
        store.submit(make_event(), nonce="form-1", contact="x" * 301)
    assert raised.value.field == "contact"
    assert store.review_queue() == []


def test_submit_notes_the_place_to_check(store: EventStore, make_event: Make) -> None:
    check = PlaceToCheck("low-confidence", ({"lat": 1, "lon": 2, "label": "x"}, {"lat": 3, "lon": 4, "label": "y"}))
    store.submit(make_event(), nonce="form-1", place_to_check=check)

    assert [item.check for item in store.places_to_check()] == [check]


def test_submit_keeps_neither_nonce_nor_token(store: EventStore, make_event: Make) -> None:
    nonce = "a-nonce-to-look-for"
    receipt = store.submit(make_event(), nonce=nonce)
    with store.reading() as conn:
        tables = sa.inspect(conn).get_table_names()
        kept = " ".join(str(conn.exec_driver_sql(f"SELECT * FROM {table}").fetchall()) for table in tables)

    assert receipt.code in kept
    assert nonce not in kept
    assert receipt.edit_token not in kept
