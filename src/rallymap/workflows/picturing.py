"""Pictures of events: given with a form, shown to who may see them, taken away."""

from __future__ import annotations

from datetime import datetime

from rallymap.events import Event
from rallymap.moderation import Account, Permission, require
from rallymap.pictures import CleanPicture, GivenPicture, data_url
from rallymap.store import EventStore
from rallymap.workflows.fair_use import check_rate_of_link


def change_own_picture(store: EventStore, key: str, given: GivenPicture | None, *, idempotency_key: str) -> Event:
    """Give one's own event another picture, or take it away with None; once it is published, as a proposal.

    Raises
    ------
    EventNotFoundError, ModerationError, InvalidEventError
        If the link opens nothing, the event may not be changed any more, or the description does not fit.
    """
    check_rate_of_link(store, "change", key, store.now())
    clean, description = (given.clean, given.description) if given else (None, "")
    return store.set_own_picture(key, clean, description, idempotency_key=idempotency_key)


def public_picture(store: EventStore, picture_id: str, now: datetime) -> CleanPicture | None:
    """Return a picture that the public may see now, else None."""
    return store.public_picture(picture_id, now)


def own_picture_url(store: EventStore, event: Event) -> str:
    """Return an address that holds the picture of an event which a private link opened; "" where there is none.

    Nothing of it lies on the server for others to ask for.
    """
    picture = store.event_picture(event)
    return data_url(picture) if picture else ""


def reviewed_picture_url(store: EventStore, account: Account, event: Event) -> str:
    """Return an address that holds the picture of an event, whatever its review status; "" where there is none.

    Raises
    ------
    RightsError
        If the account may not see this event under review.
    """
    require(account, Permission.SEE_QUEUE, event)
    return own_picture_url(store, event)


def remove_picture(store: EventStore, event: Event, *, account: Account, idempotency_key: str) -> Event:
    """Take the picture of an event away, as it was read; the file is deleted at once.

    Raises
    ------
    RightsError
        If the account may not change this event.
    StaleEventError
        If someone changed it meanwhile.
    """
    require(account, Permission.EDIT, store.get(event.id))
    return store.set_picture(
        event.id, None, actor=account, expected_revision=event.revision, idempotency_key=idempotency_key
    )
