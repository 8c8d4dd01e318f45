"""A draft as it is handed out, and deleting one within a transaction; its picture goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from rallymap.pictures import CleanPicture
from rallymap.store.schema import drafts


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that is not sent yet.

    Attributes
    ----------
    fields
        Texts by field name; empty ones are left out.
    revision
        Raised by each save, from 1.
    started_at, saved_at
        When it was saved first and last.
    picture
        The one that was chosen, or None.
    """

    fields: Mapping[str, str]
    revision: int
    started_at: datetime
    saved_at: datetime
    picture: CleanPicture | None = None


def delete_draft(conn: sa.Connection, token_hash: str) -> None:
    """Delete one draft, if it is there."""
    conn.execute(sa.delete(drafts).where(drafts.c.token_hash == token_hash))
