"""Submitting: receipts, double clicks, ids and what stays private."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, InvalidEventError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, TakedownReason
from rallymap.pictures import CleanPicture, GivenPicture
from rallymap.store import Database, PlaceCheck, Receipt, new_draft_token
from rallymap.store.drafts import get_draft, save_draft
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import public_rows
from rallymap.store.pictures import get_picture
from rallymap.store.place_checks import list_place_checks
from rallymap.store.review_queue import list_queue
from rallymap.store.schema import audit, pictures, revisions
from rallymap.store.submissions import list_receipts
from rallymap.workflows.submissions import send_events
from rallymap.workflows.takedown import delete_event

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Make = Callable[..., Event]
BANNER = GivenPicture(CleanPicture(b"banner", "image/webp", 40, 30), "A banner")


def test_submit_makes_a_pending_event(db: Database, make_event: Make, clock: Callable[[], datetime]) -> None:
    receipt = send_events(db, [make_event()], idempotency_key="form-1", contact=" tor@example.org ")[0]
    (item,) = db.read(list_queue)

    assert receipt == Receipt("oslo-2020", receipt.code, receipt.edit_token, clock())
    assert item.event == make_event(review=ReviewStatus.PENDING)
    assert (item.contact, item.code, item.submitted_at) == ("tor@example.org", receipt.code, clock())
    assert list(public_rows(db)) == []
    assert db.dataset_version() == 0


def test_submit_twice_gives_the_first_receipt(db: Database, make_event: Make, clock: object) -> None:
    first = send_events(db, [make_event()], idempotency_key="form-1", contact="first")[0]
    clock.forward(minutes=1)  # type: ignore[attr-defined]
    second = send_events(db, [make_event(title="Typed again")], idempotency_key="form-1", contact="second")[0]

    assert second == first
    assert [(item.event.title, item.contact) for item in db.read(list_queue)] == [("Rally in Oslo", "first")]


def test_submit_of_two_forms_with_one_id_makes_two_events(db: Database, make_event: Make) -> None:
    receipts = [send_events(db, [make_event()], idempotency_key=f"form-{n}")[0] for n in range(3)]

    assert [receipt.event_id for receipt in receipts] == ["oslo-2020", "oslo-2020-2", "oslo-2020-3"]
    assert len({receipt.code for receipt in receipts}) == len({receipt.edit_token for receipt in receipts}) == 3


def test_submit_with_the_longest_id_that_is_taken(db: Database, make_event: Make) -> None:
    longest = "a" * 64
    send_events(db, [make_event(longest)], idempotency_key="form-1")[0]

    assert send_events(db, [make_event(longest)], idempotency_key="form-2")[0].event_id == "a" * 62 + "-2"


def test_submit_without_key_is_our_bug(db: Database, make_event: Make) -> None:
    with pytest.raises(ValueError, match="idempotency key is missing"):
        send_events(db, [make_event()], idempotency_key="")[0]


def test_submit_with_an_endless_contact_saves_nothing(db: Database, make_event: Make) -> None:
    with pytest.raises(InvalidEventError) as raised:
        send_events(db, [make_event()], idempotency_key="form-1", contact="x" * 301)[0]
    assert raised.value.field == "contact"
    assert db.read(list_queue) == []


def test_submit_notes_the_place_to_check(db: Database, make_event: Make) -> None:
    check = PlaceCheck("low-confidence", ({"lat": 1, "lon": 2, "label": "x"}, {"lat": 3, "lon": 4, "label": "y"}))
    send_events(db, [make_event()], idempotency_key="form-1", place_checks={"oslo-2020": check})[0]

    assert [item.check for item in db.read(list_place_checks)] == [check]


def test_submit_keeps_neither_key_nor_token(db: Database, make_event: Make) -> None:
    key = "a-key-to-look-for"
    receipt = send_events(db, [make_event()], idempotency_key=key)[0]
    with db.reading() as tx:
        tables = sa.inspect(tx.conn).get_table_names()
        kept = " ".join(str(tx.conn.exec_driver_sql(f"SELECT * FROM {table}").fetchall()) for table in tables)

    assert receipt.code in kept
    assert key not in kept
    assert receipt.edit_token not in kept


def test_series_is_stored_whole_with_its_picture(db: Database, make_event: Make) -> None:
    series = [make_event(f"oslo-{n}") for n in range(3)]
    receipts = send_events(db, series, idempotency_key="form-1", contact="tor@example.org", picture=BANNER)

    items = db.read(list_queue)
    assert (
        [item.event.id for item in items]
        == [receipt.event_id for receipt in receipts]
        == ["oslo-0", "oslo-1", "oslo-2"]
    )
    assert [(item.event.revision, item.code, item.contact) for item in items] == [
        (1, receipt.code, "tor@example.org") for receipt in receipts
    ]
    assert [db.read(get_picture, item.event) for item in items] == [BANNER.clean] * 3
    assert len({item.event.picture.id for item in items if item.event.picture}) == 3
    assert [db.read(read_own_event, receipt.edit_token).event.id for receipt in receipts] == [
        "oslo-0",
        "oslo-1",
        "oslo-2",
    ]


def test_series_sent_again_gives_the_same_receipts_whatever_it_says_now(db: Database, make_event: Make) -> None:
    first = send_events(db, [make_event(f"oslo-{n}") for n in range(3)], idempotency_key="form-1", picture=BANNER)
    for again in (first, send_events(db, [make_event("other", title="Typed again")], idempotency_key="form-1")):
        assert again == first == db.read(list_receipts, "form-1")
    assert [item.event.title for item in db.read(list_queue)] == ["Rally in Oslo"] * 3


@pytest.mark.parametrize("whole", [0, 1, 2])
def test_series_that_fails_at_any_event_leaves_nothing(db: Database, make_event: Make, whole: int) -> None:
    def failing() -> Iterator[Event]:
        yield from (make_event(f"oslo-{n}") for n in range(whole))
        raise MemoryError

    token = new_draft_token()
    db.write(save_draft, token, {"title": "Vigil"}, expected_revision=0)
    with pytest.raises(MemoryError):
        send_events(db, failing(), idempotency_key="form-1", picture=BANNER, draft=token)

    assert (db.read(list_queue), db.read(list_receipts, "form-1")) == ([], ())
    assert db.read(get_draft, token) is not None
    with db.reading() as tx:
        counts = [tx.conn.scalar(sa.select(sa.func.count()).select_from(t)) for t in (audit, pictures, revisions)]
    assert counts == [0, 0, 0]


def test_form_whose_event_was_taken_down_is_not_stored_again(
    db: Database, make_event: Make, administrator: Account
) -> None:
    kept, _ = send_events(db, [make_event("kept"), make_event("gone")], idempotency_key="form-1")
    delete_event(
        db, "gone", TakedownReason.RISK, account=administrator, expected_revision=1, idempotency_key="takedown"
    )
    assert send_events(db, [make_event("kept"), make_event("gone")], idempotency_key="form-1") == (kept,)
    delete_event(
        db, "kept", TakedownReason.RISK, account=administrator, expected_revision=1, idempotency_key="takedown-2"
    )
    with pytest.raises(EventNotFoundError):
        send_events(db, [make_event("kept")], idempotency_key="form-1")[0]
    assert db.read(list_queue) == []
