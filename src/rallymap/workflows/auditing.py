"""Looking back: what happened to an event, what it said before, and going back to that."""

from __future__ import annotations

from dataclasses import dataclass

from rallymap.errors import EventNotFoundError
from rallymap.events import Event
from rallymap.moderation import Account, Permission, require
from rallymap.store import EventStore, HistoryEntry


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


def read_history(store: EventStore, event_id: str, *, account: Account) -> list[Change]:
    """Return all changes to an event, newest first.

    Raises
    ------
    RightsError
        If the account may not restore what this event said.
    EventNotFoundError
        If there is no such event.
    """
    require(account, Permission.RESTORE, store.get(event_id))
    return _changes(store, event_id)


def read_log(store: EventStore, event_id: str, *, account: Account) -> list[Change]:
    """Return the audit log of one event, newest first; also of one that was merged or taken down.

    Raises
    ------
    RightsError
        If the account may not read the audit log.
    """
    require(account, Permission.SEE_AUDIT)
    return _changes(store, event_id)


def restore_revision(
    store: EventStore, event_id: str, revision: int, *, account: Account, expected_revision: int, idempotency_key: str
) -> Event:
    """Let an event say again what it said at a revision; its review status stays.

    Raises
    ------
    RightsError
        If the account may not restore this event.
    EventNotFoundError, StaleEventError
        If there is no such revision, or someone changed the event meanwhile.
    """
    require(account, Permission.RESTORE, store.get(event_id))
    return store.restore(
        event_id, revision, actor=account, expected_revision=expected_revision, idempotency_key=idempotency_key
    )


def _changes(store: EventStore, event_id: str) -> list[Change]:
    changes = []
    for entry in reversed(store.history(event_id)):
        before, after = None, None
        if entry.changes:
            try:
                before = store.get_revision(event_id, entry.revision - 1)
                after = store.get_revision(event_id, entry.revision)
            except EventNotFoundError:
                before = after = None  # taken down while we read
        changes.append(Change(entry, before, after))
    return changes
