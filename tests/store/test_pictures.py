"""Pictures: who gets to see which file when, and when a file is gone, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, InvalidEventError, ModerationError, RightsError, StaleEventError
from rallymap.events import Disclosure, Event, Picture, ReviewStatus
from rallymap.moderation import Account, Decision, Role, TakedownReason
from rallymap.pictures import CleanPicture
from rallymap.store import EventStore, Receipt
from rallymap.store.schema import pictures

Make = Callable[..., Event]
BANNER = CleanPicture(b"banner", "image/webp", 40, 30)
CROWD = CleanPicture(b"crowd from behind", "image/webp", 160, 90)


@pytest.fixture
def receipt(store: EventStore, make_event: Make) -> Receipt:
    return store.submit(make_event(), idempotency_key="submitted")


@pytest.fixture
def pending(store: EventStore, receipt: Receipt) -> Event:
    return store.set_own_picture(receipt.edit_token, BANNER, "A banner", idempotency_key="picture")


@pytest.fixture
def published(store: EventStore, pending: Event, moderator: Account) -> Event:
    return store.decide(
        "oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=2, idempotency_key="published"
    )


def files(store: EventStore) -> dict[str, str]:
    """Return the event of each file that is kept."""
    with store.reading() as conn:
        return {row.id: row.event_id for row in conn.execute(sa.select(pictures.c.id, pictures.c.event_id))}


def shown(store: EventStore, event: Event, clock: Callable[[], datetime]) -> CleanPicture | None:
    return store.public_picture(event.picture.id, clock())


def test_picture_of_a_pending_event_is_a_change_of_it(store: EventStore, pending: Event) -> None:
    assert (pending.revision, pending.review) == (2, ReviewStatus.PENDING)
    assert pending.picture == Picture(pending.picture.id, "A banner", 40, 30)
    assert store.get("oslo-2020") == pending
    assert store.event_picture(pending) == BANNER
    last = store.history("oslo-2020")[-1]
    assert (last.actor, last.verb, list(last.changes)) == ("submitter", "changed", ["picture"])


def test_public_gets_the_picture_of_published_events_alone(
    store: EventStore, pending: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    assert shown(store, pending, clock) is None
    published = store.decide("oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=2, idempotency_key="yes")
    assert shown(store, published, clock) == BANNER
    store.decide(
        "oslo-2020", Decision.WITHDRAW, actor=moderator, expected_revision=3, reason="Asked.", idempotency_key="no"
    )
    assert shown(store, published, clock) is None


@pytest.mark.parametrize("guess", ["", "oslo-2020", "0" * 32])
def test_picture_that_never_was(store: EventStore, published: Event, clock: Callable[[], datetime], guess: str) -> None:
    assert store.public_picture(guess, clock()) is None


def test_poster_of_a_guarded_event_waits_until_its_place_is_shown(
    store: EventStore, future_rally: Event, moderator: Account, clock
) -> None:
    receipt = store.submit(future_rally, idempotency_key="sent")
    store.set_own_picture(receipt.edit_token, BANNER, "The poster", idempotency_key="picture")
    event = store.decide("oslo-2026", Decision.PUBLISH, actor=moderator, expected_revision=2, idempotency_key="yes")
    assert store.get_public("oslo-2026", clock()).picture is None
    assert shown(store, event, clock) is None
    clock.forward(days=20)
    assert shown(store, event, clock) == BANNER


def test_poster_of_an_announced_spot_is_shown_at_once(
    store: EventStore, future_rally: Event, moderator: Account, clock
) -> None:
    receipt = store.submit(future_rally.changed(disclosure=Disclosure.PUBLIC), idempotency_key="sent")
    store.set_own_picture(receipt.edit_token, BANNER, "The poster", idempotency_key="picture")
    event = store.decide("oslo-2026", Decision.PUBLISH, actor=moderator, expected_revision=2, idempotency_key="yes")
    assert shown(store, event, clock) == BANNER


def test_moderator_who_has_not_seen_the_picture_cannot_publish_it(
    store: EventStore, pending: Event, moderator: Account
) -> None:
    with pytest.raises(StaleEventError):
        store.decide("oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="too early")


def test_same_form_sent_again_keeps_one_picture(store: EventStore, receipt: Receipt, pending: Event) -> None:
    assert store.set_own_picture(receipt.edit_token, BANNER, "A banner", idempotency_key="picture") == pending
    assert list(files(store)) == [pending.picture.id]


def test_picture_without_description_is_refused_and_not_kept(store: EventStore, receipt: Receipt) -> None:
    with pytest.raises(InvalidEventError) as refused:
        store.set_own_picture(receipt.edit_token, BANNER, "  ", idempotency_key="picture")
    assert refused.value.field == "picture_description"
    assert (files(store), store.get("oslo-2020").revision) == ({}, 1)


def test_replaced_picture_is_gone_for_good(store: EventStore, receipt: Receipt, pending: Event) -> None:
    other = store.set_own_picture(receipt.edit_token, CROWD, "From behind", idempotency_key="other")
    assert store.event_picture(other) == CROWD
    assert (store.event_picture(pending), list(files(store))) == (None, [other.picture.id])
    without = store.set_own_picture(receipt.edit_token, None, idempotency_key="none")
    assert (without.picture, files(store)) == (None, {})


def test_words_that_change_leave_the_picture(
    store: EventStore, receipt: Receipt, pending: Event, make_event: Make, moderator: Account
) -> None:
    own = store.change_own(receipt.edit_token, make_event(title="Mine"), expected_revision=2, idempotency_key="own")
    edited = store.edit(make_event(title="Ours"), actor=moderator, expected_revision=3, idempotency_key="edit")
    restored = store.restore("oslo-2020", 1, actor=moderator, expected_revision=4, idempotency_key="back")
    assert [event.title for event in (own, edited, restored)] == ["Mine", "Ours", "Rally in Oslo"]
    assert {event.picture for event in (own, edited, restored)} == {pending.picture}


def test_new_picture_of_a_published_event_waits_for_a_moderator(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    wanted = store.set_own_picture(receipt.edit_token, CROWD, "From behind", idempotency_key="other")
    assert store.get("oslo-2020") == published
    assert shown(store, published, clock) == BANNER
    assert shown(store, wanted, clock) is None
    assert store.event_picture(wanted) == CROWD
    (proposal,) = store.list_proposals()
    assert list(proposal.changes) == ["picture"]

    after = store.settle_proposal("oslo-2020", accept=True, actor=moderator, expected_revision=3, idempotency_key="yes")
    assert after.picture == wanted.picture
    assert shown(store, after, clock) == CROWD
    assert files(store) == {wanted.picture.id: "oslo-2020"}


def test_refused_picture_is_gone_and_the_first_stays(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    store.set_own_picture(receipt.edit_token, CROWD, "From behind", idempotency_key="other")
    store.settle_proposal("oslo-2020", accept=False, actor=moderator, expected_revision=3, idempotency_key="no")
    assert shown(store, published, clock) == BANNER
    assert files(store) == {published.picture.id: "oslo-2020"}


def test_proposed_words_and_picture_wait_together(
    store: EventStore, receipt: Receipt, published: Event, make_event: Make, moderator: Account
) -> None:
    wanted = store.set_own_picture(receipt.edit_token, CROWD, "From behind", idempotency_key="other")
    store.change_own(receipt.edit_token, make_event(title="Mine"), expected_revision=3, idempotency_key="own")
    after = store.settle_proposal("oslo-2020", accept=True, actor=moderator, expected_revision=3, idempotency_key="yes")
    assert (after.title, after.picture) == ("Mine", wanted.picture)


def test_picture_that_came_after_the_moderator_looked_is_not_accepted(
    store: EventStore, receipt: Receipt, published: Event, make_event: Make, moderator: Account, clock
) -> None:
    store.change_own(receipt.edit_token, make_event(title="Mine"), expected_revision=3, idempotency_key="own")
    (seen,) = store.list_proposals()
    clock.forward(seconds=1)
    store.set_own_picture(receipt.edit_token, CROWD, "From behind", idempotency_key="other")
    with pytest.raises(StaleEventError, match="The organiser proposes another change by now"):
        store.settle_proposal(
            "oslo-2020", accept=True, actor=moderator, expected_revision=3, proposed_at=seen.at, idempotency_key="yes"
        )
    assert store.get("oslo-2020") == published


def test_picture_that_a_moderator_takes_away_is_gone_whatever_waits(
    store: EventStore, receipt: Receipt, published: Event, make_event: Make, moderator: Account
) -> None:
    store.change_own(receipt.edit_token, make_event(title="Mine"), expected_revision=3, idempotency_key="own")
    bare = store.set_picture("oslo-2020", None, actor=moderator, expected_revision=3, idempotency_key="away")
    assert (bare.picture, bare.review, files(store)) == (None, ReviewStatus.PUBLISHED, {})
    after = store.settle_proposal("oslo-2020", accept=True, actor=moderator, expected_revision=4, idempotency_key="yes")
    assert (after.title, after.picture) == ("Mine", None)


def test_moderator_gives_a_picture(store: EventStore, receipt: Receipt, moderator: Account) -> None:
    event = store.set_picture(
        "oslo-2020", CROWD, "From behind", actor=moderator, expected_revision=1, idempotency_key="give"
    )
    assert store.event_picture(event) == CROWD
    assert store.set_picture("oslo-2020", None, actor=moderator, expected_revision=1, idempotency_key="give") == event


def test_moderator_of_another_country_changes_no_picture(store: EventStore, pending: Event) -> None:
    with pytest.raises(RightsError):
        store.set_picture(
            "oslo-2020", None, actor=Account("nils", Role.MODERATOR, ("SE",)), expected_revision=2, idempotency_key="no"
        )
    assert store.get("oslo-2020") == pending


def test_private_link_of_nothing_and_of_a_withdrawn_event(
    store: EventStore, receipt: Receipt, published: Event, moderator: Account
) -> None:
    with pytest.raises(EventNotFoundError):
        store.set_own_picture("guess", CROWD, "From behind", idempotency_key="guess")
    store.decide(
        "oslo-2020", Decision.WITHDRAW, actor=moderator, expected_revision=3, reason="Asked.", idempotency_key="no"
    )
    with pytest.raises(ModerationError):
        store.set_own_picture(receipt.edit_token, CROWD, "From behind", idempotency_key="late")
    assert files(store) == {published.picture.id: "oslo-2020"}


def test_merge_carries_the_picture_over_where_there_is_none(
    store: EventStore, published: Event, make_event: Make, moderator: Account, clock: Callable[[], datetime]
) -> None:
    store.add_many([make_event("oslo-2")], actor="import")
    merged = store.merge(
        "oslo-2", "oslo-2020", actor=moderator, expected_revision=1, gone_revision=3, idempotency_key="merge"
    )
    assert merged.picture == published.picture
    assert shown(store, merged, clock) == BANNER
    assert files(store) == {published.picture.id: "oslo-2"}


def test_merge_keeps_the_picture_of_the_event_that_stays(
    store: EventStore, published: Event, make_event: Make, moderator: Account, clock: Callable[[], datetime]
) -> None:
    store.add_many([make_event("oslo-2")], actor="import")
    store.set_picture("oslo-2", CROWD, "From behind", actor=moderator, expected_revision=1, idempotency_key="give")
    merged = store.merge(
        "oslo-2", "oslo-2020", actor=moderator, expected_revision=2, gone_revision=3, idempotency_key="merge"
    )
    assert shown(store, merged, clock) == CROWD
    assert (shown(store, published, clock), files(store)) == (None, {merged.picture.id: "oslo-2"})


def test_split_copies_no_picture(store: EventStore, published: Event, moderator: Account) -> None:
    copy = store.split("oslo-2020", "oslo-3", actor=moderator, expected_revision=3, idempotency_key="split")
    assert (copy.picture, store.get("oslo-2020").picture) == (None, published.picture)


def test_takedown_shreds_the_picture(
    store: EventStore, published: Event, administrator: Account, clock: Callable[[], datetime]
) -> None:
    store.take_down("oslo-2020", TakedownReason.RISK, actor=administrator, expected_revision=3, idempotency_key="gone")
    assert (files(store), shown(store, published, clock)) == ({}, None)
