"""Words about an event that are not public: among moderators, and between them and the submitter."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from rallymap.events import clean_text
from rallymap.moderation import Account, Permission, require
from rallymap.store.case_values import SUBMITTER, Message, Note
from rallymap.store.changes import WITH_DOCUMENT, AuditEntry, audit_columns, current
from rallymap.store.damaged import readable
from rallymap.store.database import Database, Transaction, moment
from rallymap.store.documents import from_document
from rallymap.store.idempotency import nonce_hash, was_done
from rallymap.store.schema import WAITS_FOR_MODERATOR, audit, events, notes

MAX_NOTE = 2000


class Notes(Database):
    """Internal notes, and questions to who submitted."""

    def add_note(
        self, event_id: str, words: str, *, actor: Account, idempotency_key: str, for_submitter: bool = False
    ) -> None:
        """Write a note about an event.

        Parameters
        ----------
        for_submitter
            Whether the submitter reads it behind the private link: a question to them.

        Raises
        ------
        InvalidEventError
            If it is empty or longer than 2000 characters.
        RightsError, EventNotFoundError
            If the actor may not, or there is no such event.
        """
        words = clean_text("note", words, most=MAX_NOTE, required=True)
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return
            event = current(tx.conn, event_id)
            require(actor, Permission.NOTE, event)
            if for_submitter:
                close_messages(tx, event_id)  # a reply deals with what was asked before
            put_note(tx, event_id, actor.name, words, for_submitter=for_submitter)
            entry = AuditEntry(actor.name, "asked" if for_submitter else "noted", nonce_hash=hashed)
            tx.conn.execute(sa.insert(audit), audit_columns(tx, entry, event))

    def close_messages(self, event_id: str, *, actor: Account, idempotency_key: str) -> None:
        """Note that the organiser's messages about an event need no reply.

        Raises
        ------
        RightsError, EventNotFoundError
            If the actor may not, or there is no such event.
        """
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return
            event = current(tx.conn, event_id)
            require(actor, Permission.NOTE, event)
            close_messages(tx, event_id)
            entry = AuditEntry(actor.name, "message read", nonce_hash=hashed)
            tx.conn.execute(sa.insert(audit), audit_columns(tx, entry, event))

    def open_messages(self, *, countries: Collection[str] = (), limit: int = 100) -> list[Message]:
        """Return events with messages by their organisers that no moderator has dealt with, oldest message first.

        Parameters
        ----------
        countries
            Only about events of these countries; empty: all.
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
        with self.reading() as conn:
            return list(readable(conn.execute(stmt), lambda row: Message(from_document(*row[:4]), moment(row.since))))

    def notes(self, event_id: str) -> list[Note]:
        """Return all notes about an event, oldest first; for moderators."""
        with self.reading() as conn:
            return list(read_notes(conn, event_id))


def put_note(tx: Transaction, event_id: str, author: str, words: str, *, for_submitter: bool) -> None:
    """Store a note; one by the organiser is open until a moderator has dealt with it."""
    tx.conn.execute(
        sa.insert(notes).values(
            event_id=event_id,
            at=tx.at,
            author=author,
            words=words,
            for_submitter=for_submitter,
            is_open=author == SUBMITTER,
        )
    )


def close_messages(tx: Transaction, event_id: str) -> None:
    """Note that a moderator has dealt with what the organiser wrote."""
    tx.conn.execute(sa.update(notes).where(notes.c.event_id == event_id, WAITS_FOR_MODERATOR).values(is_open=False))


def read_notes(conn: sa.Connection, event_id: str) -> tuple[Note, ...]:
    """Return all notes about an event, oldest first."""
    rows = conn.execute(sa.select(notes).where(notes.c.event_id == event_id).order_by(notes.c.id))
    return tuple(Note(moment(row.at), row.author, row.words, row.for_submitter, row.is_open) for row in rows)
