"""What a submitter does behind the private link: see, change, answer, say what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rallymap.events import Event, EventStatus
from rallymap.pictures import GivenPicture
from rallymap.places import Resolver
from rallymap.store import EventStore, OwnEvent
from rallymap.workflows.fair_use import check_rate_of_link
from rallymap.workflows.submitting import Draft, draft_event


def open_own(store: EventStore, key: str) -> OwnEvent:
    """Return the event that a private link opens.

    Raises
    ------
    EventNotFoundError
        If it opens nothing.
    """
    return store.own_event(key)


def change_own(
    store: EventStore,
    resolver: Resolver,
    key: str,
    fields: Mapping[str, str],
    *,
    expected_revision: int,
    idempotency_key: str,
    picture: GivenPicture | None = None,
    form: str = "",
) -> tuple[Event | None, Draft]:
    """Change one's own event: at once while it waits, as a proposal to the moderators once it is published.

    Parameters
    ----------
    idempotency_key
        The form's idempotency key.
    picture
        Another one that was chosen; None leaves the picture as it is.
    form
        Token of the draft that is sent and thereby forgotten; "" for none.

    Returns
    -------
    event, draft
        The event is None where the draft has mistakes; nothing is changed then.

    Raises
    ------
    EventNotFoundError, StaleEventError, ModerationError
        If the link opens nothing, a moderator changed the event meanwhile, or it may not be changed any more.
    """
    check_rate_of_link(store, "change", key, store.now())
    own = store.own_event(key)
    draft = draft_event(resolver, fields, before=own.proposed or own.event)
    if draft.event is None:
        return None, draft
    changed = store.change_own(
        key,
        draft.event,
        expected_revision=expected_revision,
        idempotency_key=idempotency_key,
        place_to_check=draft.to_check,
        picture=picture,
        draft=form,
    )
    return changed, draft


def answer_moderators(store: EventStore, key: str, words: str, *, idempotency_key: str) -> None:
    """Write to the moderators about one's own event.

    Raises
    ------
    EventNotFoundError, InvalidEventError
        If the link opens nothing, or the words are empty or too long.
    """
    check_rate_of_link(store, "message", key, store.now())
    store.answer(key, words, idempotency_key=idempotency_key)


def is_over_and_open(event: Event, now: datetime) -> bool:
    """Tell whether the event should be over by now and nobody has said yet whether it was held."""
    end = event.when.ends_at()
    return end is not None and end < now and event.status in (EventStatus.ANNOUNCED, EventStatus.CONFIRMED)
