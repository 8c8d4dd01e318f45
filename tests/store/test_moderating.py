"""Takedown, staged decisions, second moderators and invitations."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rallymap.errors import (
    EventNotFoundError,
    ModerationError,
    RightsError,
    SignInError,
    StaleEventError,
    StoreError,
)
from rallymap.events import Event, Place, ReviewStatus
from rallymap.moderation import VISITOR, Account, Decision, Role, TakedownReason
from rallymap.store import AddResult, EventStore, Invitation, Tombstone

Make = Callable[..., Event]
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
NORA = Account("nora", Role.MODERATOR, ("NO",))
FLEUR = Account("fleur", Role.MODERATOR, ("FR",))


def test_takedown_leaves_only_the_tombstone(store: EventStore, make_event: Make, moderator: Account) -> None:
    receipt = store.submit(make_event(), idempotency_key="submitted", contact="tor@example.org")
    store.decide("oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="publish")
    store.add_note("oslo-2020", "A note.", actor=moderator, idempotency_key="note")
    version = store.dataset_version()
    store.take_down("oslo-2020", TakedownReason.RISK, actor=moderator, expected_revision=2, idempotency_key="down")

    assert store.tombstone("oslo-2020") == Tombstone("oslo-2020", "risk", NOW)
    assert store.tombstones() == [Tombstone("oslo-2020", "risk", NOW)]
    assert store.public_changes_since(version).removed == ["oslo-2020"]
    assert store.dataset_version() == version + 1
    assert store.notes("oslo-2020") == []
    assert [(entry.verb, entry.reason, entry.changes) for entry in store.history("oslo-2020")] == [
        ("submitted", "", {}),
        ("published", "", {}),
        ("noted", "", {}),
        ("taken down", "risk", {}),
    ]
    for revision in (1, 2):
        with pytest.raises(EventNotFoundError):
            store.get_revision("oslo-2020", revision)
    with pytest.raises(EventNotFoundError):
        store.get_public("oslo-2020", NOW)
    with pytest.raises(EventNotFoundError):
        store.own_event(receipt.edit_token)
    assert store.add_many([make_event()], actor="import") == AddResult(withdrawn=1)


def test_takedown_overwrites_the_bytes(tmp_path: Path, make_event: Make, moderator: Account) -> None:
    words = "Unmistakable-Wordings"
    store = EventStore.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    store.submit(make_event(about=words), idempotency_key="submitted", contact=words)
    edited = make_event(about="Other.", organisers=(words,), location=None)
    store.edit(edited, actor=moderator, expected_revision=1, idempotency_key="edit")
    store.edit(make_event(about="Other."), actor=moderator, expected_revision=2, idempotency_key="edit-2")
    store.decide(
        "oslo-2020", Decision.SEND_BACK, actor=moderator, expected_revision=3, reason=words, idempotency_key="back"
    )
    store.submit(make_event("other-1"), idempotency_key="other")
    before = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    store.take_down("oslo-2020", TakedownReason.REQUEST, actor=moderator, expected_revision=4, idempotency_key="down")
    after = {path.name for path in tmp_path.iterdir() if words.encode() in path.read_bytes()}
    store.close()

    assert words.encode() in before
    assert after == set()


def test_takedown_reaches_events_merged_into_it(store: EventStore, make_event: Make, moderator: Account) -> None:
    store.add_many([make_event(f"event-{n}") for n in range(3)], actor="import")
    store.merge("event-1", "event-0", actor=moderator, expected_revision=1, gone_revision=1, idempotency_key="one")
    store.merge("event-2", "event-1", actor=moderator, expected_revision=1, gone_revision=2, idempotency_key="two")
    store.take_down("event-2", TakedownReason.LEGAL, actor=moderator, expected_revision=2, idempotency_key="down")

    for event_id in ("event-0", "event-1", "event-2"):
        with pytest.raises(EventNotFoundError):
            store.get_revision(event_id, 1)
        with pytest.raises(EventNotFoundError):
            store.get_public(event_id, NOW)


def test_takedown_needs_the_right_and_the_present_revision(
    store: EventStore, make_event: Make, moderator: Account
) -> None:
    store.add_many([make_event()], actor="import")

    for actor in (VISITOR, FLEUR):
        with pytest.raises(RightsError):
            store.take_down("oslo-2020", TakedownReason.SPAM, actor=actor, expected_revision=1, idempotency_key="down")
    with pytest.raises(StaleEventError):
        store.take_down("oslo-2020", TakedownReason.SPAM, actor=moderator, expected_revision=2, idempotency_key="down")
    assert store.get("oslo-2020") == make_event()


def test_withdrawn_event_is_listed_until_it_is_published_again(
    store: EventStore, make_event: Make, moderator: Account
) -> None:
    store.add_many([make_event()], actor="import")
    store.decide(
        "oslo-2020", Decision.WITHDRAW, actor=moderator, expected_revision=1, reason="Wrong.", idempotency_key="w"
    )
    assert store.tombstones() == [Tombstone("oslo-2020", "withdrawn", NOW)]

    store.decide("oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=2, idempotency_key="p")
    assert store.tombstones() == []


def test_staged_decisions_are_carried_out_in_one_go(
    store: EventStore, make_event: Make, moderator: Account, clock: Callable[[], datetime]
) -> None:
    for number in range(3):
        store.submit(make_event(f"event-{number}"), idempotency_key=f"form-{number}")
        store.stage(f"event-{number}", Decision.PUBLISH, actor=moderator, expected_revision=1)
        clock.forward(seconds=1)  # type: ignore[attr-defined]
    store.stage("event-1", Decision.REJECT, actor=moderator, expected_revision=1, reason="Spam.")
    clock.forward(seconds=1)  # type: ignore[attr-defined]
    assert [(item.event.id, item.decision, item.reason, item.is_stale) for item in store.staged(actor=moderator)] == [
        ("event-0", Decision.PUBLISH, "", False),
        ("event-2", Decision.PUBLISH, "", False),
        ("event-1", Decision.REJECT, "Spam.", False),
    ]
    assert store.dataset_version() == 0

    done = store.carry_out_staged(actor=moderator, idempotency_key="all")

    assert [(event.id, event.review) for event in done] == [
        ("event-0", ReviewStatus.PUBLISHED),
        ("event-2", ReviewStatus.PUBLISHED),
        ("event-1", ReviewStatus.REJECTED),
    ]
    assert store.dataset_version() == 1
    assert store.staged(actor=moderator) == []
    assert store.carry_out_staged(actor=moderator, idempotency_key="all") == []


def test_staged_decision_on_a_changed_event_stops_all(store: EventStore, make_event: Make, moderator: Account) -> None:
    for number in range(2):
        store.submit(make_event(f"event-{number}", title=f"Rally {number}"), idempotency_key=f"form-{number}")
        store.stage(f"event-{number}", Decision.PUBLISH, actor=moderator, expected_revision=1)
    store.edit(make_event("event-1", title="Changed"), actor=moderator, expected_revision=1, idempotency_key="edit")

    with pytest.raises(StaleEventError, match="Someone changed “Changed” since you decided"):
        store.carry_out_staged(actor=moderator, idempotency_key="all")
    assert store.dataset_version() == 0
    store.unstage("event-1", actor=moderator)
    assert [event.id for event in store.carry_out_staged(actor=moderator, idempotency_key="all")] == ["event-0"]


def test_staged_decisions_are_each_moderators_own(store: EventStore, make_event: Make, moderator: Account) -> None:
    store.submit(make_event(), idempotency_key="form")
    store.stage("oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=1)
    store.unstage("oslo-2020", actor=NORA)

    assert store.staged(actor=NORA) == []
    assert len(store.staged(actor=moderator)) == 1


def test_stage_refuses_what_could_not_be_carried_out(store: EventStore, make_event: Make, moderator: Account) -> None:
    store.submit(make_event(), idempotency_key="form")

    with pytest.raises(RightsError):
        store.stage("oslo-2020", Decision.PUBLISH, actor=FLEUR, expected_revision=1)
    with pytest.raises(ModerationError):
        store.stage("oslo-2020", Decision.REJECT, actor=moderator, expected_revision=1)
    with pytest.raises(StaleEventError):
        store.stage("oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=2)
    assert store.staged(actor=moderator) == []


@pytest.fixture
def careful(url: str, clock: Callable[[], datetime]) -> Iterator[EventStore]:
    """A store of an operator who asks for two moderators."""
    store = EventStore.open(url, clock=clock, two_moderators=True)
    yield store
    store.close()


def test_future_venue_is_published_by_two(careful: EventStore, future_rally: Event, moderator: Account) -> None:
    careful.submit(future_rally, idempotency_key="form")
    for key in ("one", "one", "one again"):
        event = careful.decide("oslo-2026", Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key=key)
        assert event.review is ReviewStatus.PENDING
    assert careful.approved_by("oslo-2026") == ("mina",)
    assert careful.dataset_version() == 0

    event = careful.decide("oslo-2026", Decision.PUBLISH, actor=NORA, expected_revision=1, idempotency_key="two")

    assert event.review is ReviewStatus.PUBLISHED
    assert [entry.verb for entry in careful.history("oslo-2026")] == [
        "submitted",
        "approved",
        "approved",
        "published",
    ]


def test_approval_ends_with_a_change(careful: EventStore, future_rally: Event, moderator: Account) -> None:
    careful.submit(future_rally, idempotency_key="form")
    careful.decide("oslo-2026", Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="one")
    careful.edit(future_rally.changed(about="Changed."), actor=NORA, expected_revision=1, idempotency_key="edit")
    event = careful.decide("oslo-2026", Decision.PUBLISH, actor=NORA, expected_revision=2, idempotency_key="two")

    assert event.review is ReviewStatus.PENDING
    assert careful.approved_by("oslo-2026") == ("nora",)


def test_one_moderator_is_enough_for_past_events_and_mere_cities(
    careful: EventStore, make_event: Make, future_rally: Event, moderator: Account
) -> None:
    past = make_event(place=Place("Oslo", "Stortinget"))
    city = future_rally.changed(place=Place("Oslo"), location=make_event().location)
    for event in (past, city):
        careful.submit(event, idempotency_key=event.id)
        decided = careful.decide(
            event.id, Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key=f"p{event.id}"
        )
        assert decided.review is ReviewStatus.PUBLISHED


def test_moving_a_published_future_venue_needs_the_second_one_again(
    careful: EventStore, future_rally: Event, moderator: Account
) -> None:
    careful.add_many([future_rally.changed(review=ReviewStatus.PUBLISHED)], actor="import")
    moved = future_rally.changed(place=Place("Youngstorget, Oslo", "Youngstorget", "NO"))
    retitled = careful.edit(
        future_rally.changed(title="March in Oslo"), actor=moderator, expected_revision=1, idempotency_key="title"
    )
    waiting = careful.edit(moved, actor=moderator, expected_revision=2, idempotency_key="move")

    assert retitled.review is ReviewStatus.PUBLISHED
    assert waiting.review is ReviewStatus.PENDING
    again = careful.decide("oslo-2026", Decision.PUBLISH, actor=moderator, expected_revision=3, idempotency_key="alone")
    assert again.review is ReviewStatus.PENDING
    agreed = careful.decide("oslo-2026", Decision.PUBLISH, actor=NORA, expected_revision=3, idempotency_key="both")
    assert agreed.review is ReviewStatus.PUBLISHED


def test_invitation_makes_one_account(store: EventStore, administrator: Account) -> None:
    token = store.invite(Role.MODERATOR, ["no"], actor=administrator)
    assert store.invitation(token, NOW) == Invitation(Role.MODERATOR, ("NO",), NOW + timedelta(days=7))

    with pytest.raises(StoreError, match="A name has 2 to 64"):
        store.accept_invitation(token, "two words", "hash")
    assert store.accept_invitation(token, "Nora", "hash") == NORA

    assert store.get_account("nora") == NORA
    assert store.invitation(token, NOW) is None
    with pytest.raises(SignInError, match="used already or is over"):
        store.accept_invitation(token, "nils", "hash")


def test_invitation_that_is_over_or_guessed(
    store: EventStore, administrator: Account, clock: Callable[[], datetime]
) -> None:
    token = store.invite(Role.MODERATOR, actor=administrator)
    assert store.invitation("guess", NOW) is None
    assert store.invitation(token, NOW + timedelta(days=7)) is None

    clock.forward(days=7)  # type: ignore[attr-defined]
    with pytest.raises(SignInError):
        store.accept_invitation(token, "nora", "hash")
    assert store.list_accounts() == []


def test_invitation_by_a_moderator(store: EventStore, moderator: Account) -> None:
    with pytest.raises(RightsError):
        store.invite(Role.ADMINISTRATOR, actor=moderator)


def test_identity_of_a_provider_opens_an_account(store: EventStore) -> None:
    store.add_account("nora", "hash", Role.MODERATOR, ("NO",))
    store.link_identity("NORA", "https://id.example", "sub-1")
    store.link_identity("nora", "https://id.example", "sub-1")

    assert store.identity_account("https://id.example", "sub-1") == NORA
    assert store.identity_account("https://id.example", "sub-2") is None
    assert store.identity_account("https://evil.example", "sub-1") is None
    store.deactivate("nora")
    assert store.identity_account("https://id.example", "sub-1") is None
    with pytest.raises(SignInError):
        store.link_identity("nora", "https://id.example", "sub-2")


def test_first_databases_are_brought_up_to_date(tmp_path: Path, make_event: Make) -> None:
    dump = Path(__file__).with_name("schema_0001.sql").read_text("utf-8")
    with closing(sqlite3.connect(tmp_path / "rallymap.db")) as raw:
        raw.executescript(dump)
    store = EventStore.open(f"sqlite:///{tmp_path / 'rallymap.db'}")

    assert store.get("oslo-2020") == make_event()
    assert [found.event.id for found in store.possible_duplicates(make_event("new-1"))] == ["oslo-2020"]
    store.close()
