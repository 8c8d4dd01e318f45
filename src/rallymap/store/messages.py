"""Non-public texts about an event: moderators' notes, and messages to and from the organiser."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from rallymap.store.case_values import DIRECT_CHANGE, ORGANISER, DirectChange, Message, Note
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import WAITS_FOR_MODERATOR, events, notes
from rallymap.store.transaction import Reading, Transaction, moment


def list_open_messages(tx: Reading, *, countries: Collection[str] = (), limit: int = 100) -> list[Message]:
    """Return events with unanswered messages from their organisers, oldest message first.

    Parameters
    ----------
    countries
        Only events of these countries; empty for all.
    """
    waiting = (
        sa.select(notes.c.event_id, sa.func.min(notes.c.at).label("since"))
        .where(WAITS_FOR_MODERATOR)
        .group_by(notes.c.event_id)
        .subquery()
    )
    stmt = (
        WITH_DOCUMENT.add_columns(waiting.c.since)
        .join(waiting, waiting.c.event_id == events.c.id)
        .order_by(waiting.c.since, events.c.id)
        .limit(limit)
    )
    if countries:
        stmt = stmt.where(events.c.country.in_(countries))
    return list(readable(tx.conn.execute(stmt), lambda row: Message(from_document(*row[:4]), moment(row.since))))


def add_note(tx: Transaction, event_id: str, author: str, words: str, *, for_organiser: bool) -> None:
    """Store a note; an organiser's note is open until a moderator answers or closes it."""
    tx.conn.execute(
        sa.insert(notes).values(
            event_id=event_id,
            at=tx.at,
            author=author,
            words=words,
            for_submitter=for_organiser,
            is_open=author in (ORGANISER, DIRECT_CHANGE),
        )
    )


def add_direct_change_note(tx: Transaction, event_id: str, what: DirectChange) -> None:
    """Store that an organiser changed something without a moderator; it is open like a message."""
    add_note(tx, event_id, DIRECT_CHANGE, what.value, for_organiser=True)


def close_messages(tx: Transaction, event_id: str, seen_at: datetime | None = None) -> None:
    """Close the organiser's messages up to a time; None closes all."""
    is_meant = sa.and_(notes.c.event_id == event_id, WAITS_FOR_MODERATOR)
    if seen_at is not None:
        is_meant &= notes.c.at <= seen_at.timestamp()
    tx.conn.execute(sa.update(notes).where(is_meant).values(is_open=False))


def reopen_messages(tx: Transaction, event_id: str, *, after: datetime | None, until: datetime) -> None:
    """Open the organiser's messages of a period again: later than `after` (None for all), and until `until`."""
    is_meant = sa.and_(
        notes.c.event_id == event_id,
        notes.c.author.in_((ORGANISER, DIRECT_CHANGE)),
        notes.c.at <= until.timestamp(),
    )
    if after is not None:
        is_meant &= notes.c.at > after.timestamp()
    tx.conn.execute(sa.update(notes).where(is_meant).values(is_open=True))


def list_notes(tx: Reading, event_id: str) -> list[Note]:
    """Return all notes about an event, oldest first."""
    rows = tx.conn.execute(sa.select(notes).where(notes.c.event_id == event_id).order_by(notes.c.id))
    return [Note(moment(row.at), row.author, row.words, row.for_submitter, row.is_open) for row in rows]
