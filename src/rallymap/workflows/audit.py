"""The audit log of an event, and restoring an earlier revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rallymap.errors import EventNotFoundError
from rallymap.events import Event
from rallymap.moderation import Account, Permission, has_permission, require
from rallymap.store import Database, HistoryEntry, Reading
from rallymap.store.audit import AuditEntry, get_revision, list_audit
from rallymap.store.changes import change_event
from rallymap.store.events import get_events
from rallymap.store.removal import MERGED_AWAY, TAKEN_DOWN
from rallymap.workflows.permissions import event_to_change, permitted_change, permitted_event

_MOST_TOLD = 5
"""Events of which one message says what changed, and the latest changes of each."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history.

    Attributes
    ----------
    before, after
        What the event said then; both None where the entry changed no words, or they were taken down.
    """

    entry: HistoryEntry
    before: Event | None
    after: Event | None


@dataclass(frozen=True, slots=True)
class EventChanges:
    """What was done to one event, oldest first.

    Attributes
    ----------
    title
        Of the event as it is now; "" for one that is gone.
    """

    event_id: str
    title: str
    changes: Sequence[Change]


def read_history(db: Database, event_id: str, *, account: Account) -> list[Change]:
    """Return all changes to an event, newest first.

    Raises
    ------
    RightsError
        If the account may not restore what this event said.
    EventNotFoundError
        If there is no such event.
    """
    with db.reading() as tx:
        permitted_event(tx, event_id, Permission.RESTORE, account)
        return _changes(tx, event_id)


def read_log(db: Database, event_id: str, *, account: Account) -> list[Change]:
    """Return the audit log of one event, newest first; also of one that was merged or taken down.

    Raises
    ------
    RightsError
        If the account may not read the audit log.
    """
    require(account, Permission.SEE_AUDIT)
    with db.reading() as tx:
        return _changes(tx, event_id)


def changes_since(db: Database, seen: Mapping[str, int], *, account: Account) -> list[EventChanges]:
    """Return what became of events that an account has open, since the revisions that it has seen.

    Of an event at the same revision still: what was done to it that changed no words, such as a report closed. At most
    a few events, those that changed.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Permission.SEE_QUEUE)
    with db.reading() as tx:
        now = {event.id: event for event in get_events(tx, seen)}
        found = list[EventChanges]()
        for event_id, revision in seen.items():
            event = now.get(event_id)
            if event is not None and not has_permission(account, Permission.RESTORE, event):
                continue
            if event is not None and event.revision == revision and len(seen) > 1:
                continue
            entries = list_audit(tx, event_id)
            newer = [entry for entry in entries if entry.revision > revision or _ends(entry)]
            newer = newer or [entry for entry in entries if entry.revision == revision][1:]
            if newer and len(found) < _MOST_TOLD:
                changes = [_read(tx, event_id, entry) for entry in newer[-_MOST_TOLD:]]
                found.append(EventChanges(event_id, event.title if event else "", changes))
        return found


def _ends(entry: HistoryEntry) -> bool:
    return entry.action in (MERGED_AWAY, TAKEN_DOWN)


def restore_revision(
    db: Database, event_id: str, revision: int, *, account: Account, expected_revision: int, idempotency_key: str
) -> Event:
    """Let an event say again what it said at a revision; its review status and its picture stay.

    Raises
    ------
    RightsError
        If the account may not restore this event.
    EventNotFoundError, StaleEventError
        If there is no such revision, or someone changed the event meanwhile.
    """
    with db.write_once(idempotency_key) as tx:
        before = event_to_change(tx, event_id, Permission.RESTORE, account, expected_revision)
        if tx.was_done:
            return before
        wanted = get_revision(tx, event_id, revision).changed(review=before.review, picture=before.picture)
        after = permitted_change(db, tx, Permission.RESTORE, before, wanted, account)
        return change_event(tx, before, after, AuditEntry(account.name, "restored", f"Revision {revision}"))


def _changes(tx: Reading, event_id: str) -> list[Change]:
    return [_read(tx, event_id, entry) for entry in reversed(list_audit(tx, event_id))]


def _read(tx: Reading, event_id: str, entry: HistoryEntry) -> Change:
    before, after = None, None
    if entry.changes:
        try:
            before = get_revision(tx, event_id, entry.revision - 1)
            after = get_revision(tx, event_id, entry.revision)
        except EventNotFoundError:
            before = after = None  # taken down while we read
    return Change(entry, before, after)
