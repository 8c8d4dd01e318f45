"""Pictures of events for the holders of an edit link and for moderators."""

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
    """Return an address that holds the picture of an event which an edit link opened; "" where there is none.

    It has no address on the server that others could open.
    """
    picture = db.read(get_picture, event)
    return data_url(picture) if picture else ""


def reviewed_picture_url(db: Database, account: Account, event: Event) -> str:
    """Return an address that holds the picture of an event, whatever its review status; "" where there is none.

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
    """Give an event, as it was read, a picture, or take it away; its review status stays. The earlier file is deleted.

    Parameters
    ----------
    given
        None takes it away.

    Raises
    ------
    RightsError
        If the account may not change this event.
    EventNotFoundError, StaleEventError
        If it is gone, or someone changed it meanwhile.
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
