"""The private link: seeing, changing and talking about one's own event, and proposals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rallymap.errors import EventNotFoundError, ModerationError, RightsError, StaleEventError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision, Role, TakedownReason
from rallymap.store import EventStore, Note, OwnEvent, Receipt

Make = Callable[..., Event]


@pytest.fixture
def receipt(store: EventStore, make_event: Make) -> Receipt:
    return store.submit(make_event(), nonce="submitted", contact="tor@example.org")


@pytest.fixture
def published(store: EventStore, receipt: Receipt, moderator: Account) -> Event:
    return store.decide("oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=1, nonce="published")


def test_link_opens_ones_own_event(
    store: EventStore, receipt: Receipt, make_event: Make, clock: Callable[[], object]
) -> None:
    event = make_event(review=ReviewStatus.PENDING)

    assert store.own_event(receipt.edit_token) == OwnEvent(
        event, receipt.code, "tor@example.org", clock(), "", None, ()
    )


@pytest.mark.parametrize("token", ["", "guess", "OSLO-2020"])
def test_link_that_opens_nothing(store: EventStore, receipt: Receipt, make_event: Make, token: str) -> None:
    with pytest.raises(EventNotFoundError):
        store.own_event(token)
    with pytest.raises(EventNotFoundError):
        store.change_own(token, make_event(), expected_revision=1, nonce="change")
    with pytest.raises(EventNotFoundError):
        store.answer(token, "Hello", nonce="answer")


def test_event_sent_back_is_changed_and_waits_again(store: EventStore, receipt: Receipt, moderator: Account) -> None:
    sent_back = store.decide(
        "oslo-2020", Decision.SEND_BACK, actor=moderator, expected_revision=1, reason="Which day?", nonce="back"
    )
    assert store.own_event(receipt.edit_token).reason == "Which day?"

    changed = store.change_own(
        receipt.edit_token, sent_back.changed(about="On Saturday."), expected_revision=2, nonce="change"
    )

    assert changed == sent_back.changed(about="On Saturday.", review=ReviewStatus.PENDING, revision=3)
    assert store.get("oslo-2020") == changed
    assert [item.event for item in store.review_queue()] == [changed]


def test_change_cannot_reach_another_event(store: EventStore, receipt: Receipt, make_event: Make) -> None:
    store.submit(make_event("paris-1"), nonce="other")
    changed = store.change_own(
        receipt.edit_token, make_event("paris-1", title="Mine"), expected_revision=1, nonce="change"
    )

    assert changed.id == "oslo-2020"
    assert store.get("paris-1").title == "Rally in Oslo"


def test_change_of_a_stale_event(store: EventStore, receipt: Receipt, make_event: Make, moderator: Account) -> None:
    store.edit(make_event(title="By mina"), actor=moderator, expected_revision=1, nonce="edit")

    with pytest.raises(StaleEventError):
        store.change_own(receipt.edit_token, make_event(title="Mine"), expected_revision=1, nonce="change")


def test_change_of_a_rejected_event(store: EventStore, receipt: Receipt, make_event: Make, moderator: Account) -> None:
    store.decide("oslo-2020", Decision.REJECT, actor=moderator, expected_revision=1, reason="Spam.", nonce="no")

    with pytest.raises(ModerationError, match="This event was rejected; it cannot be changed any more"):
        store.change_own(receipt.edit_token, make_event(title="Mine"), expected_revision=2, nonce="change")


def test_change_to_a_published_event_is_a_proposal(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account, clock: Callable[[], object]
) -> None:
    wanted = published.changed(about="500 came.")
    proposed = store.change_own(receipt.edit_token, wanted, expected_revision=2, nonce="change")
    (proposal,) = store.list_proposals()

    assert proposed == wanted
    assert store.get("oslo-2020") == published
    assert store.own_event(receipt.edit_token).proposed == wanted
    assert (proposal.event, proposal.proposed, proposal.at) == (published, wanted, clock())
    assert proposal.changes == {"about": (None, "500 came.")}

    accepted = store.settle_proposal("oslo-2020", accept=True, actor=moderator, expected_revision=2, nonce="accept")

    assert accepted == wanted.changed(revision=3)
    assert store.get("oslo-2020") == accepted
    assert store.list_proposals() == []
    assert store.own_event(receipt.edit_token).proposed is None


def test_accepted_proposal_keeps_what_moderators_changed_meanwhile(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account
) -> None:
    store.change_own(receipt.edit_token, published.changed(about="500 came."), expected_revision=2, nonce="change")
    store.edit(published.changed(title="March in Oslo"), actor=moderator, expected_revision=2, nonce="edit")
    store.settle_proposal("oslo-2020", accept=True, actor=moderator, expected_revision=3, nonce="accept")

    assert store.get("oslo-2020") == published.changed(title="March in Oslo", about="500 came.", revision=4)


def test_refused_proposal_changes_nothing(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account
) -> None:
    store.change_own(receipt.edit_token, published.changed(about="Lies."), expected_revision=2, nonce="change")
    refused = store.settle_proposal(
        "oslo-2020", accept=False, actor=moderator, expected_revision=2, reason="Not in the source.", nonce="refuse"
    )

    assert refused == published
    assert store.list_proposals() == []
    assert store.history("oslo-2020")[-1].reason == "Not in the source."
    with pytest.raises(ModerationError, match="No change is proposed"):
        store.settle_proposal("oslo-2020", accept=True, actor=moderator, expected_revision=2, nonce="again")


def test_proposal_is_settled_only_by_who_may(store: EventStore, receipt: Receipt, published: Event) -> None:
    store.change_own(receipt.edit_token, published.changed(about="500 came."), expected_revision=2, nonce="change")
    for_france = Account("fleur", Role.MODERATOR, ("FR",))

    assert store.list_proposals(countries=for_france.countries) == []
    with pytest.raises(RightsError):
        store.settle_proposal("oslo-2020", accept=True, actor=for_france, expected_revision=2, nonce="accept")


def test_talk_with_the_moderators_hides_their_names(
    store: EventStore, receipt: Receipt, moderator: Account, clock: Callable[[], object]
) -> None:
    store.add_note("oslo-2020", "Looks odd.", actor=moderator, nonce="note")
    store.add_note("oslo-2020", "Is there a source?", actor=moderator, nonce="ask", for_submitter=True)
    store.answer(receipt.edit_token, "Yes, a leaflet.", nonce="answer")
    store.answer(receipt.edit_token, "Yes, a leaflet.", nonce="answer")
    now = clock()

    assert store.own_event(receipt.edit_token).notes == (
        Note(now, "moderator", "Is there a source?", True),
        Note(now, "submitter", "Yes, a leaflet.", True),
    )
    assert store.notes("oslo-2020") == [
        Note(now, "mina", "Looks odd.", False),
        Note(now, "mina", "Is there a source?", True),
        Note(now, "submitter", "Yes, a leaflet.", True),
    ]


def test_note_of_a_moderator_for_another_country(store: EventStore, receipt: Receipt) -> None:
    with pytest.raises(RightsError):
        store.add_note("oslo-2020", "Hm.", actor=Account("fleur", Role.MODERATOR, ("FR",)), nonce="note")
    assert store.notes("oslo-2020") == []


def test_link_to_an_event_that_was_taken_down(store: EventStore, receipt: Receipt, moderator: Account) -> None:
    store.take_down("oslo-2020", TakedownReason.REQUEST, actor=moderator, expected_revision=1, nonce="down")

    with pytest.raises(EventNotFoundError):
        store.own_event(receipt.edit_token)


def test_events_of_an_account_are_its_own(store: EventStore, make_event: Make, clock: object) -> None:
    otto = Account("otto", Role.ORGANISER)
    for number, actor in enumerate([otto, Account("olga", Role.ORGANISER), otto]):
        store.submit(make_event(f"event-{number}"), nonce=f"form-{number}", actor=actor)
        clock.forward(minutes=1)  # type: ignore[attr-defined]

    assert [event.id for event in store.events_of_account(otto)] == ["event-2", "event-0"]
