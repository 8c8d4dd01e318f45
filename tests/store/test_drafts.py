"""Half-filled forms, and sources that visitors offer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rallymap.errors import EventNotFoundError, InvalidEventError
from rallymap.events import Event, ReviewStatus, Source
from rallymap.moderation import Account
from rallymap.store import EventStore

Make = Callable[..., Event]
OFFERED = Source("https://paper.example/report", "A report", "Paper")


def test_draft_is_opened_by_its_token_alone(store: EventStore) -> None:
    token = store.save_draft({"title": "Vigil", "about": ""})
    assert store.draft(token) == {"title": "Vigil"}
    assert [store.draft(other) for other in ("", "guess", token.upper())] == [None, None, None]


def test_draft_saved_again_keeps_its_token(store: EventStore) -> None:
    token = store.save_draft({"title": "Vigil"})
    assert store.save_draft({"title": "Vigil, Oslo"}, token) == token
    assert store.draft(token) == {"title": "Vigil, Oslo"}
    assert store.save_draft({"title": "Other"}, "guess") not in ("guess", token)


def test_draft_is_forgotten_when_it_is_dropped(store: EventStore) -> None:
    dropped, kept = store.save_draft({"title": "Dropped"}), store.save_draft({"title": "Kept"})
    store.drop_draft(dropped)
    assert [store.draft(token) for token in (dropped, kept)] == [None, {"title": "Kept"}]


def test_draft_that_is_too_long_is_refused(store: EventStore) -> None:
    with pytest.raises(InvalidEventError):
        store.save_draft({"about": "x" * 50_000})


def test_offered_source_waits_as_a_proposal(
    store: EventStore, make_event: Make, moderator: Account, nonce: Callable[[], str]
) -> None:
    store.add_many([make_event()], actor="import")
    same = nonce()
    store.offer_source("oslo-2020", OFFERED, nonce=same)
    store.offer_source("oslo-2020", OFFERED, nonce=same)
    store.offer_source("oslo-2020", Source("https://other.example/"), nonce=nonce())
    [proposal] = store.list_proposals()
    assert proposal.proposed.sources == (*make_event().sources, OFFERED, Source("https://other.example/"))
    event = store.settle_proposal("oslo-2020", accept=True, actor=moderator, expected_revision=1, nonce=nonce())
    assert event.sources == proposal.proposed.sources


def test_source_that_is_there_already_changes_nothing(
    store: EventStore, make_event: Make, nonce: Callable[[], str]
) -> None:
    store.add_many([make_event()], actor="import")
    store.offer_source("oslo-2020", Source("https://news.example/oslo", "Another title"), nonce=nonce())
    assert store.list_proposals() == []


def test_source_for_an_event_that_is_not_public_is_refused(
    store: EventStore, make_event: Make, nonce: Callable[[], str]
) -> None:
    store.submit(make_event(review=ReviewStatus.PENDING), nonce=nonce())
    with pytest.raises(EventNotFoundError):
        store.offer_source("oslo-2020", OFFERED, nonce=nonce())
