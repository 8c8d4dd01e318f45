"""Notes between moderators, and messages to and from an event's organiser."""

from __future__ import annotations

from datetime import datetime

from rallymap.events import clean_text
from rallymap.mail.letters import MailKind
from rallymap.moderation import Account, Permission, require
from rallymap.store import Database, Message
from rallymap.store import messages as stored
from rallymap.store.audit import AuditEntry, record
from rallymap.store.event_mail import queue_organiser_mail
from rallymap.workflows.permissions import permitted_event
from rallymap.workflows.review_queue import LIST_LIMIT

MAX_NOTE = 2000


def add_note(
    db: Database,
    event_id: str,
    words: str,
    *,
    account: Account,
    idempotency_key: str,
    for_organiser: bool = False,
    seen_at: datetime | None = None,
) -> None:
    """Add an internal note, or a message that the organiser reads through the edit link.

    Parameters
    ----------
    seen_at
        When the moderator read the organiser's messages: a message closes those, but no later ones. None closes all.

    Raises
    ------
    RightsError, EventNotFoundError
        If the account may not write about this event, or it does not exist.
    InvalidEventError
        If the words are empty or longer than 2000 characters.
    """
    words = clean_note(words)
    with db.write_once(idempotency_key) as tx:
        event = permitted_event(tx, event_id, Permission.NOTE, account)
        if tx.was_done:
            return
        if for_organiser:
            stored.close_messages(tx, event_id, seen_at)  # a reply closes the questions before it
            queue_organiser_mail(tx, MailKind.QUESTION, event, words)
        stored.add_note(tx, event_id, account.name, words, for_organiser=for_organiser)
        record(tx, AuditEntry(account.name, "asked" if for_organiser else "noted"), event)


def list_messages(db: Database, account: Account, *, limit: int = LIST_LIMIT) -> list[Message]:
    """Return events of the account's countries with unanswered organiser messages, the longest waiting first.

    Raises
    ------
    RightsError
        If the account may not write notes.
    """
    require(account, Permission.NOTE)
    return db.read(stored.list_open_messages, countries=account.countries, limit=limit)


def close_messages(
    db: Database, event_id: str, *, account: Account, idempotency_key: str, seen_at: datetime | None = None
) -> None:
    """Close the messages of an organiser without a reply.

    Parameters
    ----------
    seen_at
        When the moderator read them: later ones stay open. None closes all.

    Raises
    ------
    RightsError, EventNotFoundError
        If the account may not write about this event, or it does not exist.
    """
    with db.write_once(idempotency_key) as tx:
        event = permitted_event(tx, event_id, Permission.NOTE, account)
        if not tx.was_done:
            stored.close_messages(tx, event_id, seen_at)
            record(tx, AuditEntry(account.name, "message read"), event)


def clean_note(words: str) -> str:
    """Clean and validate the text of a note or message.

    Raises
    ------
    InvalidEventError
        If it is empty or longer than 2000 characters.
    """
    return clean_text("note", words, max_length=MAX_NOTE, required=True)
