"""Takedown: delete an event with all its revisions permanently."""

from __future__ import annotations

from rallymap.errors import DamagedEventError, EventNotFoundError
from rallymap.events import Event
from rallymap.moderation import Account, Permission, TakedownReason, require
from rallymap.places import Resolver
from rallymap.store import Database, Reading
from rallymap.store.audit import AuditEntry, record
from rallymap.store.damaged import get_remains
from rallymap.store.events import check_revision
from rallymap.store.removal import TAKEN_DOWN
from rallymap.store.takedown import erase_event
from rallymap.workflows.permissions import permitted_event
from rallymap.workflows.place_memory import forget_event


def take_down(
    db: Database,
    resolver: Resolver,
    event_id: str,
    reason: TakedownReason,
    *,
    account: Account,
    expected_revision: int,
    idempotency_key: str,
) -> str:
    """Delete all content of an event; only its id, the code of the reason, the audit entries and ended links are kept.

    An event whose content cannot be read is deleted too. What was remembered of its places is deleted first: if a later
    step fails, no data without an event remains.

    Returns
    -------
    problem
        A message if something outside the database could not be deleted, else "".

    Raises
    ------
    RightsError
        If the account may not take this event down.
    EventNotFoundError, StaleEventError
        If there is no such event, or it was changed since it was read.
    """
    try:
        with db.reading() as reading:
            event = event_to_take_down(reading, event_id, account)
    except EventNotFoundError:
        problem = ""  # perhaps this very form has deleted it: `delete_event` knows
    else:
        problem = forget_event(db, resolver, event_id) if event.revision == expected_revision else ""
    delete_event(
        db, event_id, reason, account=account, expected_revision=expected_revision, idempotency_key=idempotency_key
    )
    return problem


def event_to_take_down(tx: Reading, event_id: str, account: Account) -> Event:
    """Return an event that an account may take down; of an event that cannot be read, what remains of it.

    Raises
    ------
    RightsError, EventNotFoundError
        If the account may not take this event down, or there is no such event.
    """
    try:
        return permitted_event(tx, event_id, Permission.TAKE_DOWN, account)
    except DamagedEventError:
        event = get_remains(tx, event_id)
        require(account, Permission.TAKE_DOWN, event)
        return event


def delete_event(
    db: Database,
    event_id: str,
    reason: TakedownReason,
    *,
    account: Account,
    expected_revision: int,
    idempotency_key: str,
) -> None:
    """Delete an event from the database only; on SQLite also checkpoint the write-ahead log.

    This takes up to a minute if others still read; PostgreSQL overwrites at its next vacuum. Backups are not changed.

    Raises
    ------
    RightsError, EventNotFoundError, StaleEventError
        If the account may not, there is no such event, or it was changed since it was read.
    """
    require(account, Permission.TAKE_DOWN)
    with db.write_once(idempotency_key) as tx:
        if tx.was_done:
            return
        event = event_to_take_down(tx, event_id, account)
        check_revision(event, expected_revision)
        erase_event(tx, event, reason, account.role)
        record(tx, AuditEntry(account.name, TAKEN_DOWN, reason.value), event)
    db.checkpoint_wal()
