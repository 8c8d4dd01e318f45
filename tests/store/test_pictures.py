"""Pictures: who gets to see which file when, and when a file is gone, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, InvalidEventError, ModerationError, RightsError, StaleEventError
from rallymap.events import Disclosure, Event, Picture, ReviewStatus
from rallymap.hosting import Retention
from rallymap.moderation import UNDO_WITHIN, Account, Decision, Role, TakedownReason
from rallymap.pictures import CleanPicture, GivenPicture
from rallymap.store import Database, Receipt
from rallymap.store.audit import list_audit
from rallymap.store.bulk import add_many
from rallymap.store.case_values import DirectChange
from rallymap.store.events import get_event, get_public_event
from rallymap.store.housekeeping import tidy
from rallymap.store.messages import list_notes
from rallymap.store.pictures import drop_unused, get_picture, get_public_picture
from rallymap.store.proposals import list_proposals
from rallymap.store.schema import pictures
from rallymap.workflows.audit import restore_revision
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import change_own_picture, store_own
from rallymap.workflows.edits import store_edit
from rallymap.workflows.merges import split_event
from rallymap.workflows.proposals import settle_proposal, undo_refusal
from rallymap.workflows.submissions import send_events
from rallymap.workflows.takedown import delete_event
from tests.store.acts import merge, set_picture
from tests.store.conftest import FakeClock

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Make = Callable[..., Event]
BANNER = CleanPicture(b"banner", "image/webp", 40, 30)
CROWD = CleanPicture(b"crowd from behind", "image/webp", 160, 90)


@pytest.fixture
def receipt(db: Database, make_event: Make) -> Receipt:
    return send_events(db, [make_event()], idempotency_key="submitted")[0]


@pytest.fixture
def pending(db: Database, receipt: Receipt) -> Event:
    return change_own_picture(db, receipt.edit_token, GivenPicture(BANNER, "A banner"), idempotency_key="picture")


@pytest.fixture
def published(db: Database, pending: Event, moderator: Account) -> Event:
    return decide(
        db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=2, idempotency_key="published"
    )


def files(db: Database) -> dict[str, str]:
    """Return the event of each file that is kept."""
    with db.reading() as tx:
        return {row.id: row.event_id for row in tx.conn.execute(sa.select(pictures.c.id, pictures.c.event_id))}


def shown(db: Database, event: Event, clock: Callable[[], datetime]) -> CleanPicture | None:
    return db.read(get_public_picture, event.picture.id, clock())


def test_picture_of_a_pending_event_is_a_change_of_it(db: Database, pending: Event) -> None:
    assert (pending.revision, pending.review) == (2, ReviewStatus.PENDING)
    assert pending.picture == Picture(pending.picture.id, "A banner", 40, 30)
    assert db.read(get_event, "oslo-2020") == pending
    assert db.read(get_picture, pending) == BANNER
    last = db.read(list_audit, "oslo-2020")[-1]
    assert (last.actor, last.action, list(last.changes)) == ("submitter", "changed", ["picture"])


def test_public_gets_the_picture_of_published_events_alone(
    db: Database, pending: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    assert shown(db, pending, clock) is None
    published = decide(db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=2, idempotency_key="yes")
    assert shown(db, published, clock) == BANNER
    decide(
        db,
        "oslo-2020",
        Decision.WITHDRAW,
        account=moderator,
        expected_revision=3,
        reason="Asked.",
        idempotency_key="no",
    )
    assert shown(db, published, clock) is None


@pytest.mark.parametrize("guess", ["", "oslo-2020", "0" * 32])
def test_picture_that_never_was(db: Database, published: Event, clock: Callable[[], datetime], guess: str) -> None:
    assert db.read(get_public_picture, guess, clock()) is None


def test_poster_of_a_guarded_event_waits_until_its_place_is_shown(
    db: Database, future_rally: Event, moderator: Account, clock
) -> None:
    receipt = send_events(db, [future_rally], idempotency_key="sent")[0]
    change_own_picture(db, receipt.edit_token, GivenPicture(BANNER, "The poster"), idempotency_key="picture")
    event = decide(db, "oslo-2026", Decision.PUBLISH, account=moderator, expected_revision=2, idempotency_key="yes")
    assert db.read(get_public_event, "oslo-2026", clock()).picture is None
    assert shown(db, event, clock) is None
    clock.forward(days=20)
    assert shown(db, event, clock) == BANNER


def test_poster_of_an_announced_spot_is_shown_at_once(
    db: Database, future_rally: Event, moderator: Account, clock
) -> None:
    receipt = send_events(db, [future_rally.changed(disclosure=Disclosure.PUBLIC)], idempotency_key="sent")[0]
    change_own_picture(db, receipt.edit_token, GivenPicture(BANNER, "The poster"), idempotency_key="picture")
    event = decide(db, "oslo-2026", Decision.PUBLISH, account=moderator, expected_revision=2, idempotency_key="yes")
    assert shown(db, event, clock) == BANNER


def test_moderator_who_has_not_seen_the_picture_cannot_publish_it(
    db: Database, pending: Event, moderator: Account
) -> None:
    with pytest.raises(StaleEventError):
        decide(db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="too early")


def test_same_form_sent_again_keeps_one_picture(db: Database, receipt: Receipt, pending: Event) -> None:
    assert (
        change_own_picture(db, receipt.edit_token, GivenPicture(BANNER, "A banner"), idempotency_key="picture")
        == pending
    )
    assert list(files(db)) == [pending.picture.id]


def test_picture_without_description_is_refused_and_not_kept(db: Database, receipt: Receipt) -> None:
    with pytest.raises(InvalidEventError) as refused:
        change_own_picture(db, receipt.edit_token, GivenPicture(BANNER, "  "), idempotency_key="picture")
    assert refused.value.field == "picture_description"
    assert (files(db), db.read(get_event, "oslo-2020").revision) == ({}, 1)


def test_replaced_picture_is_gone_for_good(db: Database, receipt: Receipt, pending: Event) -> None:
    other = change_own_picture(db, receipt.edit_token, GivenPicture(CROWD, "From behind"), idempotency_key="other")
    assert db.read(get_picture, other) == CROWD
    assert (db.read(get_picture, pending), list(files(db))) == (None, [other.picture.id])
    without = change_own_picture(db, receipt.edit_token, None, idempotency_key="none")
    assert (without.picture, files(db)) == (None, {})


def test_words_that_change_leave_the_picture(
    db: Database, receipt: Receipt, pending: Event, make_event: Make, moderator: Account
) -> None:
    own = store_own(db, receipt.edit_token, make_event(title="Mine"), expected_revision=2, idempotency_key="own")
    edited = store_edit(db, make_event(title="Ours"), account=moderator, expected_revision=3, idempotency_key="edit")
    restored = restore_revision(db, "oslo-2020", 1, account=moderator, expected_revision=4, idempotency_key="back")
    assert [event.title for event in (own, edited, restored)] == ["Mine", "Ours", "Rally in Oslo"]
    assert {event.picture for event in (own, edited, restored)} == {pending.picture}


def test_new_picture_of_a_published_event_waits_for_a_moderator(
    db: Database, receipt: Receipt, published: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    wanted = change_own_picture(db, receipt.edit_token, GivenPicture(CROWD, "From behind"), idempotency_key="other")
    assert db.read(get_event, "oslo-2020") == published
    assert shown(db, published, clock) == BANNER
    assert shown(db, wanted, clock) is None
    assert db.read(get_picture, wanted) == CROWD
    (proposal,) = db.read(list_proposals)
    assert list(proposal.changes) == ["picture"]

    after = settle_proposal(db, "oslo-2020", accept=True, account=moderator, expected_revision=3, idempotency_key="yes")
    assert after.picture == wanted.picture
    assert shown(db, after, clock) == CROWD
    assert files(db) == {wanted.picture.id: "oslo-2020"}


def test_picture_taken_away_is_gone_at_once_and_other_changes_wait(
    db: Database,
    receipt: Receipt,
    published: Event,
    make_event: Make,
    moderator: Account,
    clock: Callable[[], datetime],
) -> None:
    store_own(db, receipt.edit_token, make_event(title="Mine"), expected_revision=3, idempotency_key="own")
    wanted = change_own_picture(db, receipt.edit_token, None, idempotency_key="none")
    public = db.read(get_event, "oslo-2020")
    assert (public.picture, public.title, public.revision) == (None, published.title, 4)
    assert (wanted.title, wanted.picture, files(db), shown(db, published, clock)) == ("Mine", None, {}, None)
    (proposal,) = db.read(list_proposals)
    assert list(proposal.changes) == ["title"]
    assert [note.direct_change for note in db.read(list_notes, "oslo-2020")] == [DirectChange.PICTURE_REMOVED]
    after = settle_proposal(db, "oslo-2020", accept=True, account=moderator, expected_revision=4, idempotency_key="yes")
    assert (after.title, after.picture) == ("Mine", None)


def test_refused_picture_is_not_shown_and_is_kept_only_while_the_refusal_can_be_undone(
    db: Database, receipt: Receipt, published: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    change_own_picture(db, receipt.edit_token, GivenPicture(CROWD, "From behind"), idempotency_key="other")
    settle_proposal(
        db,
        "oslo-2020",
        accept=False,
        reason="Faces can be seen.",
        account=moderator,
        expected_revision=3,
        idempotency_key="no",
    )
    assert shown(db, published, clock) == BANNER
    assert len(files(db)) == 2
    with db.writing() as tx:
        tx.at += UNDO_WITHIN.total_seconds()
        drop_unused(tx, published)
    assert files(db) == {published.picture.id: "oslo-2020"}


def test_refused_picture_waits_again_after_undo_and_goes_with_housekeeping_when_refused_again(
    db: Database, receipt: Receipt, published: Event, moderator: Account, clock: FakeClock
) -> None:
    def refuse(form: str) -> None:
        settle_proposal(
            db, "oslo-2020", accept=False, account=moderator, expected_revision=published.revision, reason="Faces.",
            idempotency_key=form,
        )  # fmt: skip

    db.write(tidy, Retention())
    clock.forward(hours=25)  # it deletes nothing in its first day
    change_own_picture(db, receipt.edit_token, GivenPicture(CROWD, "From behind"), idempotency_key="other")
    refuse("no")
    undo_refusal(db, "oslo-2020", account=moderator, idempotency_key="undo")
    [waiting] = db.read(list_proposals)
    assert waiting.proposed.picture is not None
    assert waiting.proposed.picture.id in files(db)
    refuse("no again")
    db.write(tidy, Retention())
    assert len(files(db)) == 2
    clock.forward(hours=1)
    assert db.write(tidy, Retention()) == 1
    assert published.picture is not None
    assert files(db) == {published.picture.id: "oslo-2020"}


def test_proposed_words_and_picture_wait_together(
    db: Database, receipt: Receipt, published: Event, make_event: Make, moderator: Account
) -> None:
    wanted = change_own_picture(db, receipt.edit_token, GivenPicture(CROWD, "From behind"), idempotency_key="other")
    store_own(db, receipt.edit_token, make_event(title="Mine"), expected_revision=3, idempotency_key="own")
    after = settle_proposal(db, "oslo-2020", accept=True, account=moderator, expected_revision=3, idempotency_key="yes")
    assert (after.title, after.picture) == ("Mine", wanted.picture)


def test_picture_that_came_after_the_moderator_looked_is_not_accepted(
    db: Database, receipt: Receipt, published: Event, make_event: Make, moderator: Account, clock
) -> None:
    store_own(db, receipt.edit_token, make_event(title="Mine"), expected_revision=3, idempotency_key="own")
    (seen,) = db.read(list_proposals)
    clock.forward(seconds=1)
    change_own_picture(db, receipt.edit_token, GivenPicture(CROWD, "From behind"), idempotency_key="other")
    with pytest.raises(StaleEventError, match="The organiser proposes another change by now"):
        settle_proposal(
            db,
            "oslo-2020",
            accept=True,
            account=moderator,
            expected_revision=3,
            proposed_at=seen.at,
            idempotency_key="yes",
        )
    assert db.read(get_event, "oslo-2020") == published


def test_picture_that_a_moderator_takes_away_is_gone_whatever_waits(
    db: Database, receipt: Receipt, published: Event, make_event: Make, moderator: Account
) -> None:
    store_own(db, receipt.edit_token, make_event(title="Mine"), expected_revision=3, idempotency_key="own")
    bare = set_picture(db, "oslo-2020", None, account=moderator, expected_revision=3, idempotency_key="away")
    assert (bare.picture, bare.review, files(db)) == (None, ReviewStatus.PUBLISHED, {})
    after = settle_proposal(db, "oslo-2020", accept=True, account=moderator, expected_revision=4, idempotency_key="yes")
    assert (after.title, after.picture) == ("Mine", None)


def test_moderator_gives_a_picture(db: Database, receipt: Receipt, moderator: Account) -> None:
    event = set_picture(
        db, "oslo-2020", CROWD, "From behind", account=moderator, expected_revision=1, idempotency_key="give"
    )
    assert db.read(get_picture, event) == CROWD
    assert set_picture(db, "oslo-2020", None, account=moderator, expected_revision=1, idempotency_key="give") == event


def test_moderator_of_another_country_changes_no_picture(db: Database, pending: Event) -> None:
    with pytest.raises(RightsError):
        set_picture(
            db,
            "oslo-2020",
            None,
            account=Account("nils", Role.MODERATOR, ("SE",)),
            expected_revision=2,
            idempotency_key="no",
        )
    assert db.read(get_event, "oslo-2020") == pending


def test_edit_link_of_nothing_and_of_a_withdrawn_event(
    db: Database, receipt: Receipt, published: Event, moderator: Account
) -> None:
    with pytest.raises(EventNotFoundError):
        change_own_picture(db, "guess", GivenPicture(CROWD, "From behind"), idempotency_key="guess")
    decide(
        db,
        "oslo-2020",
        Decision.WITHDRAW,
        account=moderator,
        expected_revision=3,
        reason="Asked.",
        idempotency_key="no",
    )
    with pytest.raises(ModerationError):
        change_own_picture(db, receipt.edit_token, GivenPicture(CROWD, "From behind"), idempotency_key="late")
    assert files(db) == {published.picture.id: "oslo-2020"}


def test_merge_carries_the_picture_over_where_there_is_none(
    db: Database, published: Event, make_event: Make, moderator: Account, clock: Callable[[], datetime]
) -> None:
    add_many(db, [make_event("oslo-2")], actor="import")
    merged = merge(
        db, "oslo-2", "oslo-2020", account=moderator, expected_revision=1, gone_revision=3, idempotency_key="merge"
    )
    assert merged.picture == published.picture
    assert shown(db, merged, clock) == BANNER
    assert files(db) == {published.picture.id: "oslo-2"}


def test_merge_keeps_the_picture_of_the_event_that_stays(
    db: Database, published: Event, make_event: Make, moderator: Account, clock: Callable[[], datetime]
) -> None:
    add_many(db, [make_event("oslo-2")], actor="import")
    set_picture(db, "oslo-2", CROWD, "From behind", account=moderator, expected_revision=1, idempotency_key="give")
    merged = merge(
        db, "oslo-2", "oslo-2020", account=moderator, expected_revision=2, gone_revision=3, idempotency_key="merge"
    )
    assert shown(db, merged, clock) == CROWD
    assert (shown(db, published, clock), files(db)) == (None, {merged.picture.id: "oslo-2"})


def test_split_copies_no_picture(db: Database, published: Event, moderator: Account) -> None:
    copy = split_event(db, published, account=moderator, idempotency_key="split")
    assert (copy.picture, db.read(get_event, "oslo-2020").picture) == (None, published.picture)


def test_takedown_shreds_the_picture(
    db: Database, published: Event, administrator: Account, clock: Callable[[], datetime]
) -> None:
    delete_event(
        db, "oslo-2020", TakedownReason.RISK, account=administrator, expected_revision=3, idempotency_key="gone"
    )
    assert (files(db), shown(db, published, clock)) == ({}, None)
