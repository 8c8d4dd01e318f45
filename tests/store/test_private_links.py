"""The private link: seeing, changing and talking about one's own event, and proposals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from rallymap.errors import EventMergedError, EventNotFoundError, ModerationError, RightsError, StaleEventError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision, ReportKind, ReportOutcome, Role, TakedownReason
from rallymap.store import EventStore, Note, OwnEvent, Receipt, Refusal
from tests.store.conftest import FakeClock

Make = Callable[..., Event]


@pytest.fixture
def receipt(store: EventStore, make_event: Make) -> Receipt:
    return store.submit(make_event(), idempotency_key="submitted", contact="tor@example.org")


@pytest.fixture
def published(store: EventStore, receipt: Receipt, moderator: Account) -> Event:
    return store.decide(
        "oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="published"
    )


def test_link_opens_ones_own_event(
    store: EventStore, receipt: Receipt, make_event: Make, clock: Callable[[], datetime]
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
        store.change_own(token, make_event(), expected_revision=1, idempotency_key="change")
    with pytest.raises(EventNotFoundError):
        store.answer(token, "Hello", idempotency_key="answer")


def test_event_sent_back_is_changed_and_waits_again(store: EventStore, receipt: Receipt, moderator: Account) -> None:
    sent_back = store.decide(
        "oslo-2020",
        Decision.SEND_BACK,
        actor=moderator,
        expected_revision=1,
        reason="Which day?",
        idempotency_key="back",
    )
    assert store.own_event(receipt.edit_token).reason == "Which day?"

    changed = store.change_own(
        receipt.edit_token, sent_back.changed(about="On Saturday."), expected_revision=2, idempotency_key="change"
    )

    assert changed == sent_back.changed(about="On Saturday.", review=ReviewStatus.PENDING, revision=3)
    assert store.get("oslo-2020") == changed
    assert [item.event for item in store.review_queue()] == [changed]


def test_change_cannot_reach_another_event(store: EventStore, receipt: Receipt, make_event: Make) -> None:
    store.submit(make_event("paris-1"), idempotency_key="other")
    changed = store.change_own(
        receipt.edit_token, make_event("paris-1", title="Mine"), expected_revision=1, idempotency_key="change"
    )

    assert changed.id == "oslo-2020"
    assert store.get("paris-1").title == "Rally in Oslo"


def test_change_of_a_stale_event(store: EventStore, receipt: Receipt, make_event: Make, moderator: Account) -> None:
    store.edit(make_event(title="By mina"), actor=moderator, expected_revision=1, idempotency_key="edit")

    with pytest.raises(StaleEventError):
        store.change_own(receipt.edit_token, make_event(title="Mine"), expected_revision=1, idempotency_key="change")


def test_change_of_a_rejected_event(store: EventStore, receipt: Receipt, make_event: Make, moderator: Account) -> None:
    store.decide(
        "oslo-2020", Decision.REJECT, actor=moderator, expected_revision=1, reason="Spam.", idempotency_key="no"
    )

    with pytest.raises(ModerationError, match="This event was rejected; it cannot be changed any more"):
        store.change_own(receipt.edit_token, make_event(title="Mine"), expected_revision=2, idempotency_key="change")


def test_change_to_a_published_event_is_a_proposal(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    wanted = published.changed(about="500 came.")
    proposed = store.change_own(receipt.edit_token, wanted, expected_revision=2, idempotency_key="change")
    (proposal,) = store.list_proposals()

    assert proposed == wanted
    assert store.get("oslo-2020") == published
    assert store.own_event(receipt.edit_token).proposed == wanted
    assert (proposal.event, proposal.proposed, proposal.at) == (published, wanted, clock())
    assert proposal.changes == {"about": (None, "500 came.")}

    accepted = store.settle_proposal(
        "oslo-2020", accept=True, actor=moderator, expected_revision=2, idempotency_key="accept"
    )

    assert accepted == wanted.changed(revision=3)
    assert store.get("oslo-2020") == accepted
    assert store.list_proposals() == []
    assert store.own_event(receipt.edit_token).proposed is None


def test_accepted_proposal_keeps_what_moderators_changed_meanwhile(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account
) -> None:
    store.change_own(
        receipt.edit_token, published.changed(about="500 came."), expected_revision=2, idempotency_key="change"
    )
    store.edit(published.changed(title="March in Oslo"), actor=moderator, expected_revision=2, idempotency_key="edit")
    store.settle_proposal("oslo-2020", accept=True, actor=moderator, expected_revision=3, idempotency_key="accept")

    assert store.get("oslo-2020") == published.changed(title="March in Oslo", about="500 came.", revision=4)


def test_refused_proposal_changes_nothing(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account
) -> None:
    store.change_own(
        receipt.edit_token, published.changed(about="Lies."), expected_revision=2, idempotency_key="change"
    )
    refused = store.settle_proposal(
        "oslo-2020",
        accept=False,
        actor=moderator,
        expected_revision=2,
        reason="Not in the source.",
        idempotency_key="refuse",
    )

    assert refused == published
    assert store.list_proposals() == []
    assert store.history("oslo-2020")[-1].reason == "Not in the source."
    with pytest.raises(ModerationError, match="No change is proposed"):
        store.settle_proposal("oslo-2020", accept=True, actor=moderator, expected_revision=2, idempotency_key="again")


def test_proposal_is_settled_only_by_who_may(store: EventStore, receipt: Receipt, published: Event) -> None:
    store.change_own(
        receipt.edit_token, published.changed(about="500 came."), expected_revision=2, idempotency_key="change"
    )
    for_france = Account("fleur", Role.MODERATOR, ("FR",))

    assert store.list_proposals(countries=for_france.countries) == []
    with pytest.raises(RightsError):
        store.settle_proposal("oslo-2020", accept=True, actor=for_france, expected_revision=2, idempotency_key="accept")


def test_talk_with_the_moderators_hides_their_names(
    store: EventStore, receipt: Receipt, moderator: Account, clock: Callable[[], datetime]
) -> None:
    store.add_note("oslo-2020", "Looks odd.", actor=moderator, idempotency_key="note")
    store.add_note("oslo-2020", "Is there a source?", actor=moderator, idempotency_key="ask", for_submitter=True)
    store.answer(receipt.edit_token, "Yes, a leaflet.", idempotency_key="answer")
    store.answer(receipt.edit_token, "Yes, a leaflet.", idempotency_key="answer")
    now = clock()

    assert store.own_event(receipt.edit_token).notes == (
        Note(now, "moderator", "Is there a source?", True),
        Note(now, "submitter", "Yes, a leaflet.", True, is_open=True),
    )
    assert store.notes("oslo-2020") == [
        Note(now, "mina", "Looks odd.", False),
        Note(now, "mina", "Is there a source?", True),
        Note(now, "submitter", "Yes, a leaflet.", True, is_open=True),
    ]


def test_answer_to_an_event_sent_back_brings_it_to_the_queue_marked(
    store: EventStore, receipt: Receipt, moderator: Account
) -> None:
    store.decide(
        "oslo-2020", Decision.SEND_BACK, actor=moderator, expected_revision=1, reason="Which day?", idempotency_key="b"
    )
    assert store.review_queue([ReviewStatus.SENT_BACK])[0].is_answered is False
    store.answer(receipt.edit_token, "On Saturday.", idempotency_key="answer")
    store.answer(receipt.edit_token, "On Saturday.", idempotency_key="answer")
    assert store.review_queue([ReviewStatus.SENT_BACK]) == []
    (item,) = store.review_queue()
    assert (item.event.id, item.event.revision, item.is_answered) == ("oslo-2020", 3, True)
    assert [entry.verb for entry in store.history("oslo-2020")] == ["submitted", "sent back", "answered"]

    store.decide(
        "oslo-2020", Decision.SEND_BACK, actor=moderator, expected_revision=3, reason="Sure?", idempotency_key="again"
    )
    assert store.review_queue([ReviewStatus.SENT_BACK])[0].is_answered is False


def test_change_of_an_event_sent_back_marks_it_too(store: EventStore, receipt: Receipt, moderator: Account) -> None:
    back = store.decide(
        "oslo-2020",
        Decision.SEND_BACK,
        actor=moderator,
        expected_revision=1,
        reason="Which day?",
        idempotency_key="back",
    )
    store.change_own(
        receipt.edit_token, back.changed(about="On Saturday."), expected_revision=2, idempotency_key="change"
    )
    assert [item.is_answered for item in store.review_queue()] == [True]


def test_message_waits_until_a_moderator_deals_with_it(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account, clock: FakeClock
) -> None:
    asked_at = clock()
    for number, deal in enumerate(
        [
            lambda: store.close_messages("oslo-2020", actor=moderator, idempotency_key="read"),
            lambda: store.add_note(
                "oslo-2020", "Thanks.", actor=moderator, idempotency_key="reply", for_submitter=True
            ),
            lambda: store.decide(
                "oslo-2020",
                Decision.WITHDRAW,
                actor=moderator,
                expected_revision=2,
                reason="Spam.",
                idempotency_key="withdraw",
            ),
        ]
    ):
        store.answer(receipt.edit_token, f"Question {number}", idempotency_key=f"ask-{number}")
        assert [(one.event, one.since) for one in store.open_messages()] == [(published, asked_at)]
        assert store.open_messages(countries=("FR",)) == []
        store.add_note("oslo-2020", "Who knows?", actor=moderator, idempotency_key=f"internal-{number}")
        assert len(store.open_messages()) == 1
        deal()
        assert store.open_messages() == []
    with pytest.raises(RightsError):
        store.close_messages("oslo-2020", actor=Account("fleur", Role.MODERATOR, ("FR",)), idempotency_key="foreign")


def test_refusal_and_its_reason_reach_the_organiser_until_the_next_proposal(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account, clock: FakeClock
) -> None:
    store.change_own(
        receipt.edit_token, published.changed(about="Lies."), expected_revision=2, idempotency_key="change"
    )
    assert store.own_event(receipt.edit_token).refused is None
    store.settle_proposal(
        "oslo-2020",
        accept=False,
        actor=moderator,
        expected_revision=2,
        reason="Not in the source.",
        idempotency_key="refuse",
    )
    assert store.own_event(receipt.edit_token).refused == Refusal(clock(), "Not in the source.")

    store.change_own(receipt.edit_token, published.changed(about="True."), expected_revision=2, idempotency_key="again")
    assert store.own_event(receipt.edit_token).refused is None
    store.settle_proposal("oslo-2020", accept=True, actor=moderator, expected_revision=2, idempotency_key="accept")
    assert store.own_event(receipt.edit_token).refused is None


def test_organiser_sees_that_a_report_hid_the_event(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account, clock: FakeClock
) -> None:
    assert store.own_event(receipt.edit_token).hidden_at is None
    store.report("oslo-2020", ReportKind.RISK, idempotency_key="one")
    (report,) = store.open_reports()
    store.close_report(report.id, ReportOutcome.HIDE, actor=moderator, expected_revision=2, idempotency_key="hide")
    assert store.own_event(receipt.edit_token).hidden_at == clock()
    store.decide("oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=3, idempotency_key="show")
    assert store.own_event(receipt.edit_token).hidden_at is None


def test_link_of_a_merged_event_says_which_event_it_is_now(
    store: EventStore, receipt: Receipt, published: Event, make_event: Make, moderator: Account
) -> None:
    other = store.submit(make_event("other-1"), idempotency_key="other")
    last = store.submit(make_event("last-1"), idempotency_key="last")
    store.answer(receipt.edit_token, "Call me on Friday.", idempotency_key="private")
    store.decide("other-1", Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="publish-other")
    store.merge("other-1", "oslo-2020", actor=moderator, expected_revision=2, gone_revision=2, idempotency_key="merge")
    with pytest.raises(EventMergedError) as raised:
        store.own_event(receipt.edit_token)
    assert (raised.value.event_id, raised.value.merged_into) == ("oslo-2020", "other-1")
    with pytest.raises(EventMergedError):
        store.change_own(receipt.edit_token, published, expected_revision=2, idempotency_key="change")
    # The other organiser does not read what this one wrote; moderators still do.
    assert store.own_event(other.edit_token).notes == ()
    assert [note.words for note in store.notes("other-1")] == ["Call me on Friday."]

    store.decide("last-1", Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="publish-last")
    store.merge(
        "last-1", "other-1", actor=moderator, expected_revision=2, gone_revision=3, idempotency_key="merge-again"
    )
    with pytest.raises(EventMergedError) as raised:
        store.own_event(receipt.edit_token)
    assert raised.value.merged_into == "last-1"
    assert store.own_event(last.edit_token).event.id == "last-1"


def test_link_opens_the_event_that_stays_where_that_has_no_other_organiser(
    store: EventStore, receipt: Receipt, published: Event, make_event: Make, moderator: Account
) -> None:
    store.add_many([make_event("imported-1")], actor="import")
    store.answer(receipt.edit_token, "Call me on Friday.", idempotency_key="private")
    store.merge(
        "imported-1", "oslo-2020", actor=moderator, expected_revision=1, gone_revision=2, idempotency_key="merge"
    )
    own = store.own_event(receipt.edit_token)
    assert (own.event.id, own.code, [note.words for note in own.notes]) == (
        "imported-1",
        receipt.code,
        ["Call me on Friday."],
    )
    store.change_own(
        receipt.edit_token, own.event.changed(about="More."), expected_revision=2, idempotency_key="change"
    )
    assert [proposal.event.id for proposal in store.list_proposals()] == ["imported-1"]


def test_note_of_a_moderator_for_another_country(store: EventStore, receipt: Receipt) -> None:
    with pytest.raises(RightsError):
        store.add_note("oslo-2020", "Hm.", actor=Account("fleur", Role.MODERATOR, ("FR",)), idempotency_key="note")
    assert store.notes("oslo-2020") == []


def test_link_to_an_event_that_was_taken_down(store: EventStore, receipt: Receipt, moderator: Account) -> None:
    store.take_down("oslo-2020", TakedownReason.REQUEST, actor=moderator, expected_revision=1, idempotency_key="down")

    with pytest.raises(EventNotFoundError):
        store.own_event(receipt.edit_token)


def test_events_of_an_account_are_its_own(store: EventStore, make_event: Make, clock: Callable[[], datetime]) -> None:
    otto = Account("otto", Role.ORGANISER)
    for number, actor in enumerate([otto, Account("olga", Role.ORGANISER), otto]):
        store.submit(make_event(f"event-{number}"), idempotency_key=f"form-{number}", actor=actor)
        clock.forward(minutes=1)  # type: ignore[attr-defined]

    assert [event.id for event in store.events_of_account(otto)] == ["event-2", "event-0"]
