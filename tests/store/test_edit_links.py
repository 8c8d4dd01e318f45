"""The private link: seeing, changing and talking about one's own event, and proposals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from rallymap.errors import EventMergedError, EventNotFoundError, ModerationError, RightsError, StaleEventError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import VISITOR, Account, Decision, ReportKind, ReportOutcome, Role, TakedownReason
from rallymap.store import Database, Note, OwnEvent, Receipt, Refusal
from rallymap.store.audit import list_audit
from rallymap.store.bulk import add_many
from rallymap.store.edit_links import list_account_events, read_own_event
from rallymap.store.events import get_event
from rallymap.store.messages import list_notes, list_open_messages
from rallymap.store.proposals import list_proposals
from rallymap.store.reports import list_open_reports
from rallymap.store.review_queue import list_queue
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import answer_moderators, store_own
from rallymap.workflows.edits import store_edit
from rallymap.workflows.messages import add_note, close_messages
from rallymap.workflows.proposals import settle_proposal
from rallymap.workflows.reports import report_event
from rallymap.workflows.submissions import send_events
from rallymap.workflows.takedown import delete_event
from tests.store.acts import close_report, merge
from tests.store.conftest import FakeClock

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Make = Callable[..., Event]


def send_back(db: Database, moderator: Account, reason: str, *, expected_revision: int = 1) -> Event:
    return decide(
        db,
        "oslo-2020",
        Decision.SEND_BACK,
        account=moderator,
        expected_revision=expected_revision,
        reason=reason,
        idempotency_key=f"send back: {reason}",
    )


@pytest.fixture
def receipt(db: Database, make_event: Make) -> Receipt:
    return send_events(db, [make_event()], idempotency_key="submitted", contact="tor@example.org")[0]


@pytest.fixture
def published(db: Database, receipt: Receipt, moderator: Account) -> Event:
    return decide(
        db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="published"
    )


def test_link_opens_ones_own_event(
    db: Database, receipt: Receipt, make_event: Make, clock: Callable[[], datetime]
) -> None:
    event = make_event(review=ReviewStatus.PENDING)

    assert db.read(read_own_event, receipt.edit_token) == OwnEvent(
        event, receipt.code, "tor@example.org", clock(), "", None, ()
    )


@pytest.mark.parametrize("token", ["", "guess", "OSLO-2020"])
def test_link_that_opens_nothing(db: Database, receipt: Receipt, make_event: Make, token: str) -> None:
    with pytest.raises(EventNotFoundError):
        db.read(read_own_event, token)
    with pytest.raises(EventNotFoundError):
        store_own(db, token, make_event(), expected_revision=1, idempotency_key="change")
    with pytest.raises(EventNotFoundError):
        answer_moderators(db, token, "Hello", idempotency_key="answer")


@pytest.mark.slow
def test_event_sent_back_is_changed_and_waits_again(db: Database, receipt: Receipt, moderator: Account) -> None:
    sent_back = send_back(db, moderator, "Which day?")
    assert db.read(read_own_event, receipt.edit_token).reason == "Which day?"

    changed = store_own(
        db,
        receipt.edit_token,
        sent_back.changed(about="On Saturday."),
        expected_revision=2,
        idempotency_key="change",
    )

    assert changed == sent_back.changed(about="On Saturday.", review=ReviewStatus.PENDING, revision=3)
    assert db.read(get_event, "oslo-2020") == changed
    assert [item.event for item in db.read(list_queue)] == [changed]


def test_change_cannot_reach_another_event(db: Database, receipt: Receipt, make_event: Make) -> None:
    send_events(db, [make_event("paris-1")], idempotency_key="other")[0]
    changed = store_own(
        db, receipt.edit_token, make_event("paris-1", title="Mine"), expected_revision=1, idempotency_key="change"
    )

    assert changed.id == "oslo-2020"
    assert db.read(get_event, "paris-1").title == "Rally in Oslo"


@pytest.mark.slow
def test_change_of_a_stale_event(db: Database, receipt: Receipt, make_event: Make, moderator: Account) -> None:
    store_edit(db, make_event(title="By mina"), account=moderator, expected_revision=1, idempotency_key="edit")

    with pytest.raises(StaleEventError):
        store_own(db, receipt.edit_token, make_event(title="Mine"), expected_revision=1, idempotency_key="change")


def test_change_of_a_rejected_event(db: Database, receipt: Receipt, make_event: Make, moderator: Account) -> None:
    decide(
        db,
        "oslo-2020",
        Decision.REJECT,
        account=moderator,
        expected_revision=1,
        reason="Spam.",
        idempotency_key="no",
    )

    with pytest.raises(ModerationError, match="This event was rejected; it cannot be changed any more"):
        store_own(db, receipt.edit_token, make_event(title="Mine"), expected_revision=2, idempotency_key="change")


def test_change_to_a_published_event_is_a_proposal(
    db: Database, receipt: Receipt, published: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    wanted = published.changed(about="500 came.")
    proposed = store_own(db, receipt.edit_token, wanted, expected_revision=2, idempotency_key="change")
    (proposal,) = db.read(list_proposals)

    assert proposed == wanted
    assert db.read(get_event, "oslo-2020") == published
    assert db.read(read_own_event, receipt.edit_token).proposed == wanted
    assert (proposal.event, proposal.proposed, proposal.at) == (published, wanted, clock())
    assert proposal.changes == {"about": (None, "500 came.")}

    accepted = settle_proposal(
        db, "oslo-2020", accept=True, account=moderator, expected_revision=2, idempotency_key="accept"
    )

    assert accepted == wanted.changed(revision=3)
    assert db.read(get_event, "oslo-2020") == accepted
    assert db.read(list_proposals) == []
    assert db.read(read_own_event, receipt.edit_token).proposed is None


def test_accepted_proposal_keeps_what_moderators_changed_meanwhile(
    db: Database, receipt: Receipt, published: Event, moderator: Account
) -> None:
    store_own(
        db, receipt.edit_token, published.changed(about="500 came."), expected_revision=2, idempotency_key="change"
    )
    store_edit(
        db, published.changed(title="March in Oslo"), account=moderator, expected_revision=2, idempotency_key="edit"
    )
    settle_proposal(db, "oslo-2020", accept=True, account=moderator, expected_revision=3, idempotency_key="accept")

    assert db.read(get_event, "oslo-2020") == published.changed(title="March in Oslo", about="500 came.", revision=4)


def test_refused_proposal_changes_nothing(db: Database, receipt: Receipt, published: Event, moderator: Account) -> None:
    store_own(db, receipt.edit_token, published.changed(about="Lies."), expected_revision=2, idempotency_key="change")
    refused = settle_proposal(
        db,
        "oslo-2020",
        accept=False,
        account=moderator,
        expected_revision=2,
        reason="Not in the source.",
        idempotency_key="refuse",
    )

    assert refused == published
    assert db.read(list_proposals) == []
    assert db.read(list_audit, "oslo-2020")[-1].reason == "Not in the source."
    with pytest.raises(ModerationError, match="No change is proposed"):
        settle_proposal(db, "oslo-2020", accept=True, account=moderator, expected_revision=2, idempotency_key="again")


@pytest.mark.slow
def test_proposal_is_settled_only_by_who_may(db: Database, receipt: Receipt, published: Event) -> None:
    store_own(
        db, receipt.edit_token, published.changed(about="500 came."), expected_revision=2, idempotency_key="change"
    )
    for_france = Account("fleur", Role.MODERATOR, ("FR",))

    assert db.read(list_proposals, countries=for_france.countries) == []
    with pytest.raises(RightsError):
        settle_proposal(db, "oslo-2020", accept=True, account=for_france, expected_revision=2, idempotency_key="accept")


def test_messages_with_the_moderators_hide_their_names(
    db: Database, receipt: Receipt, moderator: Account, clock: Callable[[], datetime]
) -> None:
    add_note(db, "oslo-2020", "Looks odd.", account=moderator, idempotency_key="note")
    add_note(db, "oslo-2020", "Is there a source?", account=moderator, idempotency_key="ask", for_organiser=True)
    answer_moderators(db, receipt.edit_token, "Yes, a leaflet.", idempotency_key="answer")
    answer_moderators(db, receipt.edit_token, "Yes, a leaflet.", idempotency_key="answer")
    now = clock()

    assert db.read(read_own_event, receipt.edit_token).notes == (
        Note(now, "moderator", "Is there a source?", True),
        Note(now, "submitter", "Yes, a leaflet.", True, is_open=True),
    )
    assert db.read(list_notes, "oslo-2020") == [
        Note(now, "mina", "Looks odd.", False),
        Note(now, "mina", "Is there a source?", True),
        Note(now, "submitter", "Yes, a leaflet.", True, is_open=True),
    ]


def test_answer_to_an_event_sent_back_brings_it_to_the_queue_marked(
    db: Database, receipt: Receipt, moderator: Account
) -> None:
    send_back(db, moderator, "Which day?")
    assert db.read(list_queue, [ReviewStatus.SENT_BACK])[0].is_answered is False
    answer_moderators(db, receipt.edit_token, "On Saturday.", idempotency_key="answer")
    answer_moderators(db, receipt.edit_token, "On Saturday.", idempotency_key="answer")
    assert db.read(list_queue, [ReviewStatus.SENT_BACK]) == []
    (item,) = db.read(list_queue)
    assert (item.event.id, item.event.revision, item.is_answered) == ("oslo-2020", 3, True)
    assert [entry.action for entry in db.read(list_audit, "oslo-2020")] == ["submitted", "sent back", "answered"]

    send_back(db, moderator, "Sure?", expected_revision=3)
    assert db.read(list_queue, [ReviewStatus.SENT_BACK])[0].is_answered is False


def test_change_of_an_event_sent_back_marks_it_too(db: Database, receipt: Receipt, moderator: Account) -> None:
    back = send_back(db, moderator, "Which day?")
    store_own(db, receipt.edit_token, back.changed(about="On Saturday."), expected_revision=2, idempotency_key="change")
    assert [item.is_answered for item in db.read(list_queue)] == [True]


def test_message_waits_until_a_moderator_deals_with_it(
    db: Database, receipt: Receipt, published: Event, moderator: Account, clock: FakeClock
) -> None:
    asked_at = clock()
    for number, deal in enumerate(
        [
            lambda: close_messages(db, "oslo-2020", account=moderator, idempotency_key="read"),
            lambda: add_note(
                db, "oslo-2020", "Thanks.", account=moderator, idempotency_key="reply", for_organiser=True
            ),
            lambda: decide(
                db,
                "oslo-2020",
                Decision.WITHDRAW,
                account=moderator,
                expected_revision=2,
                reason="Spam.",
                idempotency_key="withdraw",
            ),
        ]
    ):
        answer_moderators(db, receipt.edit_token, f"Question {number}", idempotency_key=f"ask-{number}")
        assert [(one.event, one.since) for one in db.read(list_open_messages)] == [(published, asked_at)]
        assert db.read(list_open_messages, countries=("FR",)) == []
        add_note(db, "oslo-2020", "Who knows?", account=moderator, idempotency_key=f"internal-{number}")
        assert len(db.read(list_open_messages)) == 1
        deal()
        assert db.read(list_open_messages) == []
    with pytest.raises(RightsError):
        close_messages(db, "oslo-2020", account=Account("fleur", Role.MODERATOR, ("FR",)), idempotency_key="foreign")


def test_refusal_and_its_reason_reach_the_organiser_until_the_next_proposal(
    db: Database, receipt: Receipt, published: Event, moderator: Account, clock: FakeClock
) -> None:
    store_own(db, receipt.edit_token, published.changed(about="Lies."), expected_revision=2, idempotency_key="change")
    assert db.read(read_own_event, receipt.edit_token).refused is None
    settle_proposal(
        db,
        "oslo-2020",
        accept=False,
        account=moderator,
        expected_revision=2,
        reason="Not in the source.",
        idempotency_key="refuse",
    )
    assert db.read(read_own_event, receipt.edit_token).refused == Refusal(clock(), "Not in the source.")

    store_own(db, receipt.edit_token, published.changed(about="True."), expected_revision=2, idempotency_key="again")
    assert db.read(read_own_event, receipt.edit_token).refused is None
    settle_proposal(db, "oslo-2020", accept=True, account=moderator, expected_revision=2, idempotency_key="accept")
    assert db.read(read_own_event, receipt.edit_token).refused is None


def test_organiser_sees_that_a_report_hid_the_event(
    db: Database, receipt: Receipt, published: Event, moderator: Account, clock: FakeClock
) -> None:
    assert db.read(read_own_event, receipt.edit_token).hidden_at is None
    report_event(db, "oslo-2020", ReportKind.RISK, "", idempotency_key="one", account=VISITOR, address="", now=db.now())
    (report,) = db.read(list_open_reports)
    close_report(db, report.id, ReportOutcome.HIDE, account=moderator, expected_revision=2, idempotency_key="hide")
    assert db.read(read_own_event, receipt.edit_token).hidden_at == clock()
    decide(db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=3, idempotency_key="show")
    assert db.read(read_own_event, receipt.edit_token).hidden_at is None


def test_link_of_a_merged_event_says_which_event_it_is_now(
    db: Database, receipt: Receipt, published: Event, make_event: Make, moderator: Account
) -> None:
    other = send_events(db, [make_event("other-1")], idempotency_key="other")[0]
    last = send_events(db, [make_event("last-1")], idempotency_key="last")[0]
    answer_moderators(db, receipt.edit_token, "Call me on Friday.", idempotency_key="private")
    decide(db, "other-1", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="publish-other")
    merge(db, "other-1", "oslo-2020", account=moderator, expected_revision=2, gone_revision=2, idempotency_key="merge")
    with pytest.raises(EventMergedError) as raised:
        db.read(read_own_event, receipt.edit_token)
    assert (raised.value.event_id, raised.value.merged_into) == ("oslo-2020", "other-1")
    with pytest.raises(EventMergedError):
        store_own(db, receipt.edit_token, published, expected_revision=2, idempotency_key="change")
    # The other organiser does not read what this one wrote; moderators still do.
    assert db.read(read_own_event, other.edit_token).notes == ()
    assert [note.words for note in db.read(list_notes, "other-1")] == ["Call me on Friday."]

    decide(db, "last-1", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="publish-last")
    merge(
        db,
        "last-1",
        "other-1",
        account=moderator,
        expected_revision=2,
        gone_revision=3,
        idempotency_key="merge-again",
    )
    with pytest.raises(EventMergedError) as raised:
        db.read(read_own_event, receipt.edit_token)
    assert raised.value.merged_into == "last-1"
    assert db.read(read_own_event, last.edit_token).event.id == "last-1"


def test_link_opens_the_event_that_stays_where_that_has_no_other_organiser(
    db: Database, receipt: Receipt, published: Event, make_event: Make, moderator: Account
) -> None:
    add_many(db, [make_event("imported-1")], actor="import")
    answer_moderators(db, receipt.edit_token, "Call me on Friday.", idempotency_key="private")
    merge(
        db,
        "imported-1",
        "oslo-2020",
        account=moderator,
        expected_revision=1,
        gone_revision=2,
        idempotency_key="merge",
    )
    own = db.read(read_own_event, receipt.edit_token)
    assert (own.event.id, own.code, [note.words for note in own.notes]) == (
        "imported-1",
        receipt.code,
        ["Call me on Friday."],
    )
    store_own(db, receipt.edit_token, own.event.changed(about="More."), expected_revision=2, idempotency_key="change")
    assert [proposal.event.id for proposal in db.read(list_proposals)] == ["imported-1"]


def test_note_of_a_moderator_for_another_country(db: Database, receipt: Receipt) -> None:
    with pytest.raises(RightsError):
        add_note(db, "oslo-2020", "Hm.", account=Account("fleur", Role.MODERATOR, ("FR",)), idempotency_key="note")
    assert db.read(list_notes, "oslo-2020") == []


def test_link_to_an_event_that_was_taken_down(db: Database, receipt: Receipt, moderator: Account) -> None:
    delete_event(
        db, "oslo-2020", TakedownReason.REQUEST, account=moderator, expected_revision=1, idempotency_key="down"
    )

    with pytest.raises(EventNotFoundError):
        db.read(read_own_event, receipt.edit_token)


def test_events_of_an_account_are_its_own(db: Database, make_event: Make, clock: object) -> None:
    otto = Account("otto", Role.ORGANISER)
    for number, actor in enumerate([otto, Account("olga", Role.ORGANISER), otto]):
        send_events(db, [make_event(f"event-{number}")], idempotency_key=f"form-{number}", account=actor)[0]
        clock.forward(minutes=1)  # type: ignore[attr-defined]

    assert [event.id for event in db.read(list_account_events, otto)] == ["event-2", "event-0"]
