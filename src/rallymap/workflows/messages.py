"""Notes among moderators, and messages to and from an event's organiser."""

from __future__ import annotations

from rallymap.moderation import Account, Permission, require
from rallymap.store import EventStore, Message

LIST_LIMIT = 200


def add_note(
    store: EventStore, event_id: str, words: str, *, account: Account, idempotency_key: str, for_submitter: bool = False
) -> None:
    """Write an internal note, or a question that the submitter reads behind the private link.

    Raises
    ------
    RightsError
        If the account may not write about this event.
    InvalidEventError
        If the words are empty or too long.
    """
    require(account, Permission.NOTE, store.get(event_id))
    store.add_note(event_id, words, actor=account, idempotency_key=idempotency_key, for_submitter=for_submitter)


def list_messages(store: EventStore, account: Account) -> list[Message]:
    """Return events of the account's countries whose organisers wrote and wait, the longest waiting first.

    Raises
    ------
    RightsError
        If the account may not write notes.
    """
    require(account, Permission.NOTE)
    return store.open_messages(countries=account.countries, limit=LIST_LIMIT)


def close_messages(store: EventStore, event_id: str, *, account: Account, idempotency_key: str) -> None:
    """Note that what the organiser of an event wrote needs no reply.

    Raises
    ------
    RightsError
        If the account may not write about this event.
    """
    require(account, Permission.NOTE, store.get(event_id))
    store.close_messages(event_id, actor=account, idempotency_key=idempotency_key)
