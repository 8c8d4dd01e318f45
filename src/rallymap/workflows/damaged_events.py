"""Events whose content cannot be read: go back to the newest revision that can be read."""

from __future__ import annotations

from rallymap.errors import DamagedEventError, EventNotFoundError, StaleEventError
from rallymap.events import Event, ReviewStatus
from rallymap.language import tr
from rallymap.moderation import Account, Permission, require
from rallymap.store import Database, Reading
from rallymap.store.damaged import get_remains
from rallymap.store.damaged_events import newest_readable, restore_readable
from rallymap.store.events import check_revision, get_event
from rallymap.workflows.audit import restored_entry
from rallymap.workflows.permissions import permitted_event


def find_readable(db: Database, event_id: str, *, account: Account) -> tuple[Event, Event] | None:
    """Return what remains of a damaged event, and its newest revision that can be read; None if there is none.

    Raises
    ------
    RightsError
        If the account may not restore this event.
    EventNotFoundError
        If there is no such event.
    """
    with db.reading() as tx:
        return _find(tx, event_id, account)


def restore_damaged(
    db: Database, event_id: str, *, account: Account, expected_revision: int, idempotency_key: str
) -> Event:
    """Restore the newest revision of a damaged event that can be read.

    A published event waits for review then: what its organiser has withheld since is not known.

    Raises
    ------
    RightsError
        If the account may not restore this event.
    EventNotFoundError
        If there is no such event, or no revision of it can be read.
    StaleEventError
        If it can be read, or was changed since it was read.
    """
    with db.write_once(idempotency_key) as tx:
        if tx.was_done:
            return permitted_event(tx, event_id, Permission.RESTORE, account)
        found = _find(tx, event_id, account)
        if found is None:
            raise EventNotFoundError(event_id)
        remains, earlier = found
        check_revision(remains, expected_revision)
        is_public = remains.review is ReviewStatus.PUBLISHED
        wanted = earlier.changed(review=ReviewStatus.PENDING if is_public else remains.review)
        require(account, Permission.RESTORE, wanted)
        return restore_readable(tx, remains, wanted, restored_entry(account.name, earlier.revision))


def _find(tx: Reading, event_id: str, account: Account) -> tuple[Event, Event] | None:
    try:
        get_event(tx, event_id)
    except DamagedEventError:
        remains = get_remains(tx, event_id)
    else:
        raise StaleEventError(
            tr("Someone changed this event while you had it open. Look at the new version and decide again."),
            detail=f"{event_id}: can be read",
        )
    require(account, Permission.RESTORE, remains)
    earlier = newest_readable(tx, event_id, before=remains.revision)
    return None if earlier is None else (remains, earlier)
