"""What moderators do with events; every verb checks the right of who asks, whatever the page shows."""

from __future__ import annotations

from collections.abc import Sequence

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision, Verb, require
from rallymap.store import EventStore, QueueItem

QUEUE_LIMIT = 200


def list_queue(store: EventStore, account: Account, statuses: Sequence[ReviewStatus]) -> list[QueueItem]:
    """Return the events of these statuses that the account may decide about, oldest first, at most 200.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Verb.SEE_QUEUE)
    return store.review_queue(statuses, countries=account.countries, limit=QUEUE_LIMIT, offset=0)


def decide(
    store: EventStore,
    event_id: str,
    decision: Decision,
    *,
    account: Account,
    expected_revision: int,
    reason: str,
    nonce: str,
) -> Event:
    """Publish, send back, reject or withdraw an event.

    Raises
    ------
    RightsError
        If the account may not decide about this event.
    ModerationError
        If the decision is not possible now, or needs a reason.
    StaleEventError
        If someone changed the event since `expected_revision` was read.
    """
    require(account, Verb.DECIDE, store.get(event_id))
    return store.decide(
        event_id, decision, actor=account, expected_revision=expected_revision, reason=reason, nonce=nonce
    )
