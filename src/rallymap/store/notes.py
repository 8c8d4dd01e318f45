"""Words about an event that are not public: among moderators, and between them and the submitter."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.events import clean_text
from rallymap.moderation import Account, Verb, require
from rallymap.store.changes import Deed, audit_columns, current
from rallymap.store.database import Database, Transaction, moment
from rallymap.store.nonces import nonce_hash, was_done
from rallymap.store.schema import audit, notes
from rallymap.store.values import Note

MAX_NOTE = 2000
SUBMITTER = "submitter"


class Notes(Database):
    """Internal notes, and questions to who submitted."""

    def add_note(self, event_id: str, words: str, *, actor: Account, nonce: str, for_submitter: bool = False) -> None:
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
        hashed = nonce_hash(self, nonce)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return
            event = current(tx.conn, event_id)
            require(actor, Verb.NOTE, event)
            put_note(tx, event_id, actor.name, words, for_submitter=for_submitter)
            deed = Deed(actor.name, "asked" if for_submitter else "noted", nonce_hash=hashed)
            tx.conn.execute(sa.insert(audit), audit_columns(tx, deed, event))

    def notes(self, event_id: str) -> list[Note]:
        """Return all notes about an event, oldest first; for moderators."""
        with self.reading() as conn:
            return list(read_notes(conn, event_id))


def put_note(tx: Transaction, event_id: str, author: str, words: str, *, for_submitter: bool) -> None:
    """Store a note."""
    tx.conn.execute(
        sa.insert(notes).values(event_id=event_id, at=tx.at, author=author, words=words, for_submitter=for_submitter)
    )


def read_notes(conn: sa.Connection, event_id: str) -> tuple[Note, ...]:
    """Return all notes about an event, oldest first."""
    rows = conn.execute(sa.select(notes).where(notes.c.event_id == event_id).order_by(notes.c.id))
    return tuple(Note(moment(row.at), row.author, row.words, row.for_submitter) for row in rows)
