"""The audit log of an event, and restoring what it said at an earlier revision."""

from __future__ import annotations

from dataclasses import dataclass

from rallymap.errors import EventNotFoundError
from rallymap.events import Event
from rallymap.moderation import Account, Permission, require
from rallymap.store import Database, HistoryEntry, Reading
from rallymap.store.audit import AuditEntry, get_revision, list_audit
from rallymap.store.changes import change_event
from rallymap.workflows.permissions import event_to_change, permitted_change, permitted_event


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
    changes = []
    for entry in reversed(list_audit(tx, event_id)):
        before, after = None, None
        if entry.changes:
            try:
                before = get_revision(tx, event_id, entry.revision - 1)
                after = get_revision(tx, event_id, entry.revision)
            except EventNotFoundError:
                before = after = None  # taken down while we read
        changes.append(Change(entry, before, after))
    return changes
