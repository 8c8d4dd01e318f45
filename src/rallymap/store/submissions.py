"""Events that visitors send in."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import sqlalchemy as sa

from rallymap.events import Event, ReviewStatus, clean_text
from rallymap.moderation import VISITOR, Account, Verb, require
from rallymap.store.changes import Deed, add_event
from rallymap.store.database import Database, Transaction, moment
from rallymap.store.nonces import done_to, nonce_hash
from rallymap.store.places_to_check import put_place_check
from rallymap.store.schema import events, submissions, tombstones
from rallymap.store.values import PlaceToCheck, Receipt

MAX_CONTACT = 300


class Submissions(Database):
    """Taking in what visitors send."""

    def submit(
        self,
        event: Event,
        *,
        nonce: str,
        contact: str = "",
        actor: Account = VISITOR,
        place_to_check: PlaceToCheck | None = None,
    ) -> Receipt:
        """Store an event for review; the same form sent again gets the first receipt.

        Parameters
        ----------
        event
            With the id it should have; if that is taken, a number is added to it. It becomes pending.
        nonce
            Made by the form, at least 16 random characters.
        contact
            How to reach who submits; only moderators see it.
        place_to_check
            If its place is ambiguous or unsure.

        Raises
        ------
        InvalidEventError
            If the contact is too long.
        """
        require(actor, Verb.SUBMIT)
        contact = clean_text("contact", contact, most=MAX_CONTACT)
        hashed, token = nonce_hash(self, nonce), self._edit_token(nonce)
        with self.writing() as tx:
            done = done_to(tx.conn, hashed)
            if done is not None:
                return _receipt(tx.conn, done, token)
            pending = event.changed(id=free_id(tx, event.id), review=ReviewStatus.PENDING)
            add_event(tx, pending, Deed(actor.name, "submitted", nonce_hash=hashed))
            tx.conn.execute(
                sa.insert(submissions).values(
                    event_id=pending.id,
                    code=self._code(nonce),
                    contact=contact,
                    edit_token_hash=self.keyed_hash("edit-token", token),
                    account="" if actor == VISITOR else actor.name,
                    created_at=tx.at,
                )
            )
            if place_to_check is not None:
                put_place_check(tx, pending.id, place_to_check)
            return _receipt(tx.conn, pending.id, token)

    def _edit_token(self, nonce: str) -> str:
        return _base32(self.keyed_hash("edit-link", nonce), 32).lower()

    def _code(self, nonce: str) -> str:
        code = _base32(self.keyed_hash("receipt", nonce), 10)
        return f"{code[:5]}-{code[5:]}"


def _receipt(conn: sa.Connection, event_id: str, token: str) -> Receipt:
    row = conn.execute(sa.select(submissions).where(submissions.c.event_id == event_id)).one()
    return Receipt(event_id, row.code, token, moment(row.created_at))


def free_id(tx: Transaction, wanted: str) -> str:
    """Return the id, or the first of `wanted-2`, `wanted-3` ... that no event has or ever had."""
    return next(name for name in _names(wanted) if not _is_taken(tx.conn, name))


def _names(wanted: str) -> Iterator[str]:
    yield wanted
    number = 2
    while True:
        ending = f"-{number}"
        yield wanted[: 64 - len(ending)] + ending
        number += 1


def _is_taken(conn: sa.Connection, event_id: str) -> bool:
    return any(
        conn.scalar(sa.select(column).where(column == event_id)) is not None
        for column in (events.c.id, tombstones.c.event_id)
    )


def _base32(hexadecimal: str, characters: int) -> str:
    return base64.b32encode(bytes.fromhex(hexadecimal)).decode()[:characters]
