"""Store a moderator's change to an event; if the operator requires two moderators, the second one has to agree first.

A change to time or place of a published event with a future venue would let one moderator publish any venue. Such a
change is stored as a proposed change that the moderator has approved. The public sees the event as it was, until
another moderator accepts the proposal. What protects people takes effect at once: that the event is cancelled,
postponed or moved online, and that its place stays withheld for longer.
"""

from __future__ import annotations

import dataclasses
import math
from datetime import datetime

from rallymap.events import Event, EventStatus, ReviewStatus
from rallymap.moderation import Account, Permission, require
from rallymap.query.public_view import embargo_ends_at, has_future_venue
from rallymap.store import Database, Transaction, moment
from rallymap.store.approvals import add_approval, list_approvals
from rallymap.store.audit import AuditEntry, record
from rallymap.store.changes import change_event
from rallymap.store.documents import to_document
from rallymap.store.proposals import get_proposal, put_proposal

APPROVED = "approved"
"""Action name in the audit log."""
_WHERE_AND_WHEN = ("place", "location", "route", "when", "status", "attendance_mode", "disclosure", "disclosed_from")
_CALLED_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.MOVED_ONLINE)


def store_change(
    db: Database,
    tx: Transaction,
    permission: Permission,
    before: Event,
    after: Event,
    account: Account,
    entry: AuditEntry,
    *,
    in_parts: bool = False,
) -> Event:
    """Check a moderator's change to an event and store it, or propose it to a second moderator.

    The permission is required for the event before and after the change.

    Parameters
    ----------
    before, after
        The event as stored, and as the moderator wants it.
    entry
        The audit entry of a change that is stored.
    in_parts
        Whether to store all parts at once that need no second moderator. Else the change waits as a whole, so that its
        parts appear together.

    Returns
    -------
    event
        The stored event. See :func:`is_waiting` for whether something waits.

    Raises
    ------
    RightsError
        If the account's role or countries do not allow it.
    """
    require(account, permission, before, after)
    if not needs_second(db, before, after, moment(tx.at)):
        return change_event(tx, before, after, entry)
    at_once = _protecting(before, after)
    if in_parts:
        kept = {name: getattr(at_once, name) for name in _WHERE_AND_WHEN}
        at_once = after.changed(**kept)
    if needs_second(db, at_once, after, moment(tx.at)):
        return _propose(tx, before, at_once, after, account, entry)
    return change_event(tx, before, after, entry)


def needs_second(db: Database, before: Event, after: Event, now: datetime) -> bool:
    """Return whether a second moderator has to agree to a change."""
    if not db.two_moderators or after.review is not ReviewStatus.PUBLISHED:
        return False
    if all(getattr(before, name) == getattr(after, name) for name in _WHERE_AND_WHEN):
        return False
    # A date in the past would reveal the venue of an upcoming event.
    is_earlier = has_future_venue(before, now) and _embargo(after) < _embargo(before)
    return is_earlier or has_future_venue(after, now)


def is_agreed(tx: Transaction, event: Event, account: Account) -> bool:
    """Return whether another moderator has approved the event, or the proposal that waits for it, in this revision."""
    return any(name != account.name for name in list_approvals(tx, event))


def is_waiting(db: Database, event: Event) -> bool:
    """Return whether a change of a published event waits for a second moderator."""
    return event.review is ReviewStatus.PUBLISHED and bool(db.read(list_approvals, event))


def _propose(
    tx: Transaction, before: Event, at_once: Event, wanted: Event, account: Account, entry: AuditEntry
) -> Event:
    waiting = get_proposal(tx, before.id)
    stored = before
    if to_document(at_once) != to_document(before):
        stored = change_event(tx, before, at_once, entry)
    proposed = wanted
    if waiting is not None:
        # Another change waits too: nobody has agreed to both together.
        names = [field.name for field in dataclasses.fields(Event)]
        changed = {name: getattr(wanted, name) for name in names if getattr(wanted, name) != getattr(before, name)}
        proposed = waiting.proposed.changed(**changed)
    proposed = proposed.changed(revision=stored.revision, review=stored.review)
    if waiting is None or stored is not before or to_document(proposed) != to_document(waiting.proposed):
        put_proposal(tx, stored, proposed)
    if to_document(proposed) == to_document(wanted):
        add_approval(tx, stored.id, stored.revision, account)
    record(tx, AuditEntry(account.name, APPROVED, entry.reason), stored)
    return stored


def _protecting(before: Event, wanted: Event) -> Event:
    """Return the event with those parts of a change that protect people: called off, or withheld for longer."""
    part = before
    if wanted.status in _CALLED_OFF and _embargo(part.changed(status=wanted.status)) >= _embargo(part):
        part = part.changed(status=wanted.status)
    withheld = part.changed(disclosure=wanted.disclosure, disclosed_from=wanted.disclosed_from)
    return withheld if _embargo(withheld) > _embargo(part) else part


def _embargo(event: Event) -> float:
    until = embargo_ends_at(event)
    return -math.inf if until is None else until
