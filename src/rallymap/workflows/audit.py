"""The audit log of an event, and restoring an earlier revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rallymap.errors import DamagedEventError, EventNotFoundError
from rallymap.events import Event
from rallymap.moderation import Account, Permission, has_permission, require
from rallymap.store import Database, HistoryEntry, Reading
from rallymap.store.audit import AuditEntry, get_revision, list_audit
from rallymap.store.events import get_events
from rallymap.store.refused_proposals import read_refused
from rallymap.store.removal import MERGED_AWAY, TAKEN_DOWN
from rallymap.workflows.permissions import event_to_change, permitted_event
from rallymap.workflows.second_moderator import store_change

_MOST_TOLD = 5
"""Maximum number of events in one message, and of changes per event."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history.

    Attributes
    ----------
    before, after
        Content of the event before and after; both None if the entry changed no content, if one of them cannot be read,
        or if the event was taken down.
    refused
        The event as it was, and as it would be with the proposal that was not accepted; None if there was none.
    """

    entry: HistoryEntry
    before: Event | None
    after: Event | None
    refused: tuple[Event, Event] | None = None


@dataclass(frozen=True, slots=True)
class EventChanges:
    """The changes of one event, oldest first.

    Attributes
    ----------
    title
        Current title of the event; "" if it no longer exists.
    """

    event_id: str
    title: str
    changes: Sequence[Change]


def read_history(db: Database, event_id: str, *, account: Account) -> list[Change]:
    """Return all changes of an event, newest first.

    Raises
    ------
    RightsError
        If the account may not restore revisions of this event.
    EventNotFoundError
        If there is no such event.
    """
    with db.reading() as tx:
        permitted_event(tx, event_id, Permission.RESTORE, account)
        return _changes(tx, event_id)


def read_log(db: Database, event_id: str, *, account: Account) -> list[Change]:
    """Return the audit log of one event, newest first; also if it was merged or taken down.

    Raises
    ------
    RightsError
        If the account may not read the audit log.
    """
    require(account, Permission.SEE_AUDIT)
    with db.reading() as tx:
        return _changes(tx, event_id)


def changes_since(db: Database, seen: Mapping[str, int], *, account: Account) -> list[EventChanges]:
    """Return the changes of events since the revisions that an account has seen.

    If the revision is the same, the entries that changed no content are returned, such as a closed report. Only events
    that changed are returned, and only a few.

    Raises
    ------
    RightsError
        If the account is not a moderator.
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
    """Restore the content of an earlier revision; review status and picture are kept.

    Raises
    ------
    RightsError
        If the account may not restore this event.
    EventNotFoundError, StaleEventError
        If there is no such revision, or the event was changed since it was read.
    """
    with db.write_once(idempotency_key) as tx:
        before = event_to_change(tx, event_id, Permission.RESTORE, account, expected_revision)
        if tx.was_done:
            return before
        wanted = get_revision(tx, event_id, revision).changed(review=before.review, picture=before.picture)
        return store_change(db, tx, Permission.RESTORE, before, wanted, account, restored_entry(account.name, revision))


def restored_entry(actor: str, revision: int) -> AuditEntry:
    """Return the audit entry of an event that went back to an earlier revision."""
    return AuditEntry(actor, "restored", f"Revision {revision}")


def _changes(tx: Reading, event_id: str) -> list[Change]:
    return [_read(tx, event_id, entry) for entry in reversed(list_audit(tx, event_id))]


def _read(tx: Reading, event_id: str, entry: HistoryEntry) -> Change:
    before, after = None, None
    if entry.changes:
        try:
            before = get_revision(tx, event_id, entry.revision - 1)
            after = get_revision(tx, event_id, entry.revision)
        except (DamagedEventError, EventNotFoundError):
            before = after = None  # damaged, or taken down while we read
    return Change(entry, before, after, _read_refused(tx, event_id, entry))


def _read_refused(tx: Reading, event_id: str, entry: HistoryEntry) -> tuple[Event, Event] | None:
    try:
        return read_refused(tx, event_id, entry.revision, entry.at.timestamp())
    except (DamagedEventError, EventNotFoundError):
        return None
