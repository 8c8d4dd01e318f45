"""Forms that are not sent yet: found by the secret in their address.

Old ones are deleted by :mod:`rallymap.store.housekeeping` alone, which checks the clock first.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import orjson
import sqlalchemy as sa

from rallymap.errors import InvalidEventError
from rallymap.store.database import Database
from rallymap.store.schema import drafts

MAX_DRAFT = 40_000
"""Bytes that one form may take up."""


class Drafts(Database):
    """Keeping half-filled forms."""

    def save_draft(self, fields: Mapping[str, str], token: str = "") -> str:
        """Keep a form and return its token: the given one if it opens a form, else a new one.

        Raises
        ------
        InvalidEventError
            If the form takes up more than 40 000 bytes.
        """
        packed = orjson.dumps({name: text for name, text in fields.items() if text}).decode()
        if len(packed) > MAX_DRAFT:
            raise InvalidEventError("form", "This form is too long to be kept; please shorten it.")
        with self.writing() as tx:
            if (
                token
                and tx.conn.execute(
                    sa.update(drafts).where(self._draft_of(token)).values(fields=packed, saved_at=tx.at)
                ).rowcount
            ):
                return token
            token = secrets.token_urlsafe(24)
            hashed = self.keyed_hash("draft", token)
            tx.conn.execute(sa.insert(drafts).values(token_hash=hashed, fields=packed, saved_at=tx.at))
            return token

    def draft(self, token: str) -> dict[str, str] | None:
        """Return the form that a token opens, or None."""
        with self.reading() as conn:
            packed = conn.scalar(sa.select(drafts.c.fields).where(self._draft_of(token)))
        return None if packed is None else dict(orjson.loads(packed))

    def drop_draft(self, token: str) -> None:
        """Forget a form, because it was sent or given up."""
        with self.writing() as tx:
            tx.conn.execute(sa.delete(drafts).where(self._draft_of(token)))

    def _draft_of(self, token: str) -> sa.ColumnElement[bool]:
        return drafts.c.token_hash == self.keyed_hash("draft", token)
