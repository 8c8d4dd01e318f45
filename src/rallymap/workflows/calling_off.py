"""An organiser cancels or postpones an event at once."""

from __future__ import annotations

from datetime import datetime

from rallymap.errors import ModerationError
from rallymap.events import Event, EventStatus, ReviewStatus
from rallymap.language import mark, tr
from rallymap.store import Database
from rallymap.store.audit import AuditEntry
from rallymap.store.case_values import ORGANISER, DirectChange
from rallymap.store.changes import change_event
from rallymap.store.edit_links import get_own_event
from rallymap.store.events import check_revision
from rallymap.store.messages import add_direct_change_note
from rallymap.store.proposals import proposed_event, put_proposal
from rallymap.workflows.edit_links import CLOSED
from rallymap.workflows.rate_limits import check_rate_of_link

_NOT_TO_COME = mark("Only an event that is still to come can be cancelled or postponed.")
_CALLED_OFF = {EventStatus.CANCELLED: DirectChange.CANCELLED, EventStatus.POSTPONED: DirectChange.POSTPONED}
_CALLED_OFF_FROM = (EventStatus.ANNOUNCED, EventStatus.CONFIRMED, EventStatus.POSTPONED, EventStatus.MOVED_ONLINE)


def may_call_off(event: Event, now: datetime) -> bool:
    """Return whether an organiser may cancel or postpone an event at once: it may still be in the future."""
    end = event.when.ends_at()
    may_change = event.review not in CLOSED and event.status in _CALLED_OFF_FROM
    return may_change and (end is None or end >= now)


def call_off(
    db: Database, edit_token: str, status: EventStatus, *, expected_revision: int, idempotency_key: str
) -> Event:
    """Cancel or postpone an own event; visitors see it at once because they may be on their way.

    Nothing else changes; a pending proposal stays pending, with this status. Moderators see it among the messages,
    unless the event is in their queue anyway.

    Parameters
    ----------
    status
        Cancelled or postponed.

    Raises
    ------
    EventNotFoundError, StaleEventError
        If the link does not work, or the event was changed since it was read.
    ModerationError
        If the event is over, already called off, rejected or withdrawn.
    RateLimitError
        If there were too many changes through this link within an hour.
    """
    check_rate_of_link(db, "change", edit_token, db.now())
    with db.write_once(idempotency_key) as tx:
        before = get_own_event(tx, edit_token)
        if tx.was_done:
            return before
        check_revision(before, expected_revision)
        if before.status is status or not may_call_off(before, db.now()):
            sentence = tr(CLOSED.get(before.review, _NOT_TO_COME))
            raise ModerationError(sentence, detail=f"{before.id}: call off")
        if before.review in (ReviewStatus.PUBLISHED, ReviewStatus.SENT_BACK):
            add_direct_change_note(tx, before.id, _CALLED_OFF[status])
        called_off = change_event(tx, before, before.changed(status=status), AuditEntry(ORGANISER, "changed"))
        proposed = proposed_event(tx, called_off)
        if proposed.status is not status:  # it was proposed earlier
            put_proposal(tx, called_off, proposed.changed(status=status))
        return called_off
