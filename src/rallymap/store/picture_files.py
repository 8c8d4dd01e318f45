"""The files of pictures in a transaction: kept while an event or a proposed change names them, gone once none does.

Who replaces a picture often does so because a face can be seen in the first one. So no earlier file stays behind, and
restoring an earlier revision brings back its words only.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa

from rallymap.events import Event, Picture
from rallymap.pictures import CleanPicture
from rallymap.store.database import Transaction
from rallymap.store.documents import picture_of
from rallymap.store.schema import pictures, proposals, revisions

_WAITING = sa.select(proposals.c.document, revisions.c.document.label("base")).join_from(
    proposals,
    revisions,
    sa.and_(revisions.c.event_id == proposals.c.event_id, revisions.c.revision == proposals.c.base_revision),
)


def put_picture(tx: Transaction, event_id: str, clean: CleanPicture, description: str) -> Picture:
    """Store a file and return what its event says of it.

    Raises
    ------
    InvalidEventError
        If the description is empty or too long.
    """
    picture = Picture(secrets.token_hex(16), description, clean.width, clean.height)
    tx.conn.execute(
        sa.insert(pictures).values(
            id=picture.id, event_id=event_id, media_type=clean.media_type, data=clean.data, created_at=tx.at
        )
    )
    return picture


def drop_unused(tx: Transaction, event: Event) -> None:
    """Delete the files of an event that it neither has, as it is now, nor would have after a change that waits."""
    kept = [picture.id for picture in (event.picture, _wanted_picture(tx.conn, event)) if picture]
    tx.conn.execute(sa.delete(pictures).where(pictures.c.event_id == event.id, pictures.c.id.not_in(kept)))


def hand_over(tx: Transaction, gone: Event, kept: Event) -> None:
    """Bring the file of an event that is merged away to the one that stays, if that now names it; else delete it."""
    if kept.picture:
        tx.conn.execute(sa.update(pictures).where(pictures.c.id == kept.picture.id).values(event_id=kept.id))
    tx.conn.execute(sa.delete(pictures).where(pictures.c.event_id == gone.id))


def _wanted_picture(conn: sa.Connection, event: Event) -> Picture | None:
    """Return the picture that an event has, or would have after the change that waits for a moderator."""
    waiting = conn.execute(_WAITING.where(proposals.c.event_id == event.id)).one_or_none()
    if waiting is None:
        return event.picture
    proposed = picture_of(waiting.document)
    # A change that leaves the picture alone names it too; what became of the picture since then stays.
    return event.picture if proposed == picture_of(waiting.base) else proposed
