"""Half-filled forms, and sources that visitors offer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import pytest
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, FormSentError, InvalidEventError, StaleDraftError
from rallymap.events import Event, ReviewStatus, Source
from rallymap.moderation import Account
from rallymap.pictures import CleanPicture
from rallymap.store import Database, Draft, new_draft_token
from rallymap.store.bulk import add_many
from rallymap.store.drafts import delete_draft, form_key, get_draft, save_draft, save_draft_picture
from rallymap.store.proposals import list_proposals
from rallymap.store.schema import draft_pictures
from rallymap.store.submissions import list_receipts
from rallymap.workflows.proposals import offer_source, settle_proposal
from rallymap.workflows.submissions import send_events

Make = Callable[..., Event]
BANNER = CleanPicture(b"banner", "image/webp", 40, 30)


class Clock(Protocol):
    def __call__(self) -> datetime: ...

    def forward(self, **duration: float) -> None: ...


OFFERED = Source("https://paper.example/report", "A report", "Paper")


@pytest.mark.slow
def test_draft_is_opened_by_its_token_alone(db: Database, clock: Callable[[], datetime]) -> None:
    token = new_draft_token()
    assert db.write(save_draft, token, {"title": "Vigil", "about": ""}, expected_revision=0) == 1
    assert db.read(get_draft, token) == Draft({"title": "Vigil"}, 1, clock(), clock())
    assert [db.read(get_draft, other) for other in ("", "guess", token.upper())] == [None, None, None]


@pytest.mark.slow
def test_draft_saved_again_keeps_when_it_was_begun(db: Database, clock: Clock) -> None:
    token, begun = new_draft_token(), clock()
    first = db.write(save_draft, token, {"title": "Vigil"}, expected_revision=0)
    clock.forward(minutes=5)
    assert db.write(save_draft, token, {"title": "Vigil, Oslo"}, expected_revision=first) == 2
    assert db.read(get_draft, token) == Draft({"title": "Vigil, Oslo"}, 2, begun, clock())


@pytest.mark.slow
def test_draft_saved_in_another_tab_is_not_overwritten(db: Database) -> None:
    token = new_draft_token()
    both = db.write(save_draft, token, {"title": "Vigil"}, expected_revision=0)
    db.write(save_draft, token, {"title": "From the first tab"}, expected_revision=both)
    for stale in (both, 0, 7):
        with pytest.raises(StaleDraftError, match="changed in another tab"):
            db.write(save_draft, token, {"title": "From the second tab"}, expected_revision=stale)
        with pytest.raises(StaleDraftError):
            db.write(save_draft_picture, token, BANNER, expected_revision=stale)
    kept = db.read(get_draft, token)
    assert kept is not None
    assert (kept.fields, kept.revision, kept.picture) == ({"title": "From the first tab"}, 2, None)


@pytest.mark.slow
def test_draft_keeps_its_picture_until_it_is_taken_away(db: Database) -> None:
    token = new_draft_token()
    revision = db.write(save_draft, token, {"title": "Vigil"}, expected_revision=0)
    revision = db.write(save_draft_picture, token, BANNER, expected_revision=revision)
    revision = db.write(save_draft, token, {"title": "Vigil, Oslo"}, expected_revision=revision)
    assert [draft and draft.picture for draft in (db.read(get_draft, token),)] == [BANNER]
    db.write(save_draft_picture, token, None, expected_revision=revision)
    assert [draft and draft.picture for draft in (db.read(get_draft, token),)] == [None]


@pytest.mark.slow
def test_draft_that_was_sent_is_kept_no_more(db: Database, make_event: Make) -> None:
    token = new_draft_token()
    revision = db.write(save_draft, token, {"title": "Vigil"}, expected_revision=0)
    receipts = send_events(db, [make_event()], idempotency_key=form_key(db.secret, token), draft=token)
    assert db.read(get_draft, token) is None
    with pytest.raises(FormSentError):
        db.write(save_draft, token, {"title": "Vigil, from the second tab"}, expected_revision=revision)
    assert db.read(list_receipts, form_key(db.secret, token)) == receipts
    assert db.read(list_receipts, form_key(db.secret, new_draft_token())) == ()


@pytest.mark.slow
def test_draft_and_its_picture_are_forgotten_when_it_is_dropped(db: Database) -> None:
    dropped, kept = new_draft_token(), new_draft_token()
    for token in (dropped, kept):
        db.write(save_draft, token, {"title": "Vigil"}, expected_revision=0)
        db.write(save_draft_picture, token, BANNER, expected_revision=1)
    db.write(delete_draft, dropped)
    assert [draft and draft.picture for draft in (db.read(get_draft, token) for token in (dropped, kept))] == [
        None,
        BANNER,
    ]
    with db.reading() as tx:
        assert tx.conn.scalar(sa.select(sa.func.count()).select_from(draft_pictures)) == 1
    assert db.write(save_draft, dropped, {"title": "Still open in a tab"}, expected_revision=2) == 3


@pytest.mark.slow
def test_draft_keeps_texts_that_are_longer_than_their_fields(db: Database) -> None:
    token = new_draft_token()
    db.write(save_draft, token, {"about": "x" * 150_000}, expected_revision=0)
    with pytest.raises(InvalidEventError, match="too long to be kept"):
        db.write(save_draft, token, {"about": "x" * 200_000}, expected_revision=1)


@pytest.mark.slow
def test_offered_source_waits_as_a_proposal(
    db: Database, make_event: Make, moderator: Account, new_key: Callable[[], str]
) -> None:
    add_many(db, [make_event()], actor="import")
    same = new_key()
    offer_source(db, "oslo-2020", OFFERED, address="", now=db.now(), idempotency_key=same)
    offer_source(db, "oslo-2020", OFFERED, address="", now=db.now(), idempotency_key=same)
    offer_source(db, "oslo-2020", Source("https://other.example/"), address="", now=db.now(), idempotency_key=new_key())
    [proposal] = db.read(list_proposals)
    assert proposal.proposed.sources == (*make_event().sources, OFFERED, Source("https://other.example/"))
    event = settle_proposal(
        db, "oslo-2020", accept=True, account=moderator, expected_revision=1, idempotency_key=new_key()
    )
    assert event.sources == proposal.proposed.sources


@pytest.mark.slow
def test_source_that_is_there_already_changes_nothing(
    db: Database, make_event: Make, new_key: Callable[[], str]
) -> None:
    add_many(db, [make_event()], actor="import")
    offer_source(
        db,
        "oslo-2020",
        Source("https://news.example/oslo", "Another title"),
        address="",
        now=db.now(),
        idempotency_key=new_key(),
    )
    assert db.read(list_proposals) == []


@pytest.mark.slow
def test_source_for_an_event_that_is_not_public_is_refused(
    db: Database, make_event: Make, new_key: Callable[[], str]
) -> None:
    send_events(db, [make_event(review=ReviewStatus.PENDING)], idempotency_key=new_key())[0]
    with pytest.raises(EventNotFoundError):
        offer_source(db, "oslo-2020", OFFERED, address="", now=db.now(), idempotency_key=new_key())
