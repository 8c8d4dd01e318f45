"""Events that visitors send in."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from rallymap.errors import EventNotFoundError
from rallymap.events import Event, ReviewStatus, clean_text
from rallymap.moderation import VISITOR, Account, Permission, require
from rallymap.pictures import GivenPicture
from rallymap.store.changes import AuditEntry, add_event
from rallymap.store.database import Database, Transaction, moment
from rallymap.store.draft_rows import delete_draft
from rallymap.store.idempotency import done_to, nonce_hash, write_once
from rallymap.store.picture_files import put_picture
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
        idempotency_key: str,
        contact: str = "",
        actor: Account = VISITOR,
        place_to_check: PlaceToCheck | None = None,
    ) -> Receipt:
        """Store one event for review; see :meth:`submit_all`."""
        sent = self.submit_all(
            [event], idempotency_key=idempotency_key, contact=contact, actor=actor, place_to_check=place_to_check
        )
        return sent[0]

    def submit_all(
        self,
        series: Iterable[Event],
        *,
        idempotency_key: str,
        contact: str = "",
        actor: Account = VISITOR,
        place_to_check: PlaceToCheck | None = None,
        picture: GivenPicture | None = None,
        draft: str = "",
    ) -> tuple[Receipt, ...]:
        """Store all events of one form for review, in one transaction; the same form sent again gets the same receipts.

        Parameters
        ----------
        series
            One event, or each event of a repeated one, with the ids they should have; if one is taken, a number is
            added to it. They become pending.
        idempotency_key
            The form's idempotency key, at least 16 random characters.
        contact
            How to reach the organiser; only moderators see it.
        place_to_check
            If their place is ambiguous or unsure.
        picture
            Each event gets its own copy.
        draft
            Token of the draft that is sent, deleted in the same transaction; "" for none.

        Raises
        ------
        InvalidEventError
            If the contact or the picture's description is too long.
        EventNotFoundError
            If the form was sent before, and all its events were taken down since.
        """
        require(actor, Permission.SUBMIT)
        contact = clean_text("contact", contact, most=MAX_CONTACT)
        with write_once(self, idempotency_key) as write:
            if draft:
                delete_draft(write.tx.conn, self.keyed_hash("draft", draft))
            if write.was_done:
                known = self._receipts(write.tx.conn, idempotency_key)
                if not known:
                    raise EventNotFoundError(write.event_id or "")
                return known
            for number, event in enumerate(series):
                key = self._key_of(idempotency_key, number)
                added = self._add(write.tx, event, key, actor, picture)
                write.tx.conn.execute(
                    sa.insert(submissions).values(
                        event_id=added.id,
                        code=self._code(key),
                        contact=contact,
                        edit_token_hash=self.keyed_hash("edit-token", self._edit_token(key)),
                        account="" if actor == VISITOR else actor.name,
                        created_at=write.tx.at,
                    )
                )
                if place_to_check is not None:
                    put_place_check(write.tx, added.id, place_to_check)
            return self._receipts(write.tx.conn, idempotency_key)

    def receipts(self, idempotency_key: str) -> tuple[Receipt, ...]:
        """Return the receipts of the form with this idempotency key; none while it was not sent."""
        with self.reading() as conn:
            return self._receipts(conn, idempotency_key)

    def _add(self, tx: Transaction, event: Event, key: str, actor: Account, picture: GivenPicture | None) -> Event:
        pending = event.changed(id=free_id(tx, event.id), review=ReviewStatus.PENDING)
        if picture is not None:
            pending = pending.changed(picture=put_picture(tx, pending.id, picture.clean, picture.description))
        return add_event(tx, pending, AuditEntry(actor.name, "submitted", nonce_hash=nonce_hash(self, key)))

    def _receipts(self, conn: sa.Connection, idempotency_key: str) -> tuple[Receipt, ...]:
        found: list[Receipt] = []
        for number in itertools.count():
            key = self._key_of(idempotency_key, number)
            event_id = done_to(conn, nonce_hash(self, key))
            if event_id is None:
                return tuple(found)
            # Of an event that was taken down nothing is left.
            row = conn.execute(sa.select(submissions).where(submissions.c.event_id == event_id)).one_or_none()
            if row is not None:
                found.append(Receipt(event_id, row.code, self._edit_token(key), moment(row.created_at)))
        raise AssertionError  # count() does not end

    def _key_of(self, idempotency_key: str, number: int) -> str:
        """Return the idempotency key of one event of a form."""
        return idempotency_key if number == 0 else self.keyed_hash(f"form-event-{number}", idempotency_key)

    def _edit_token(self, idempotency_key: str) -> str:
        return _base32(self.keyed_hash("edit-link", idempotency_key), 32).lower()

    def _code(self, idempotency_key: str) -> str:
        code = _base32(self.keyed_hash("receipt", idempotency_key), 10)
        return f"{code[:5]}-{code[5:]}"


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
