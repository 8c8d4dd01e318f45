"""Event pictures for holders of an edit link and for moderators."""

from __future__ import annotations

from rallymap.events import Event
from rallymap.moderation import Account, Permission, require
from rallymap.pictures import GivenPicture, data_url
from rallymap.store import Database
from rallymap.store.audit import AuditEntry
from rallymap.store.changes import change_event
from rallymap.store.pictures import get_picture, put_picture
from rallymap.workflows.permissions import event_to_change


def own_picture_url(db: Database, event: Event) -> str:
    """Return the picture of an event opened by an edit link as a data URL; "" if there is none.

    The server has no URL for it that others could open.
    """
    picture = db.read(get_picture, event)
    return data_url(picture) if picture else ""


def reviewed_picture_url(db: Database, account: Account, event: Event) -> str:
    """Return the picture of an event as a data URL, whatever its review status; "" if there is none.

    Raises
    ------
    RightsError
        If the account may not see this event under review.
    """
    require(account, Permission.SEE_QUEUE, event)
    return own_picture_url(db, event)


def set_picture(
    db: Database,
    event: Event,
    given: GivenPicture | None,
    *,
    account: Account,
    idempotency_key: str,
) -> Event:
    """Set or delete the picture of an event as it was read; its review status is kept. The old file is deleted.

    Parameters
    ----------
    given
        None deletes the picture.

    Raises
    ------
    RightsError
        If the account may not change this event.
    EventNotFoundError, StaleEventError
        If it does not exist or was changed since it was read.
    InvalidEventError
        If the description is empty or too long.
    """
    with db.write_once(idempotency_key) as tx:
        before = event_to_change(tx, event.id, Permission.EDIT, account, event.revision)
        if tx.was_done:
            return before
        picture = put_picture(tx, event.id, given.clean, given.description) if given else None
        if picture == before.picture:
            return before
        return change_event(tx, before, before.changed(picture=picture), AuditEntry(account.name, "edited"))
