"""Event pictures: store their files, and read one that may be shown.

A file is kept while an event or a proposal uses it, or a refused proposal that can be put back, and is then deleted.
People often replace a picture because it shows a face, so no earlier file is kept, and restoring an earlier revision
only restores its text.
"""

from __future__ import annotations

import logging
import secrets
from datetime import datetime

import sqlalchemy as sa

from rallymap.errors import DamagedEventError
from rallymap.events import Event, Picture
from rallymap.pictures import CleanPicture
from rallymap.query.public_view import public_view
from rallymap.store.documents import from_document, picture_of
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.refused_proposals import undoable_documents
from rallymap.store.schema import events, pictures, proposals, revisions
from rallymap.store.transaction import Reading, Transaction

log = logging.getLogger(__name__)
_WAITING = sa.select(proposals.c.document, revisions.c.document.label("base")).join_from(
    proposals,
    revisions,
    sa.and_(revisions.c.event_id == proposals.c.event_id, revisions.c.revision == proposals.c.base_revision),
)


def get_public_picture(tx: Reading, picture_id: str, now: datetime) -> CleanPicture | None:
    """Return a picture that an event shows to the public now; None for any other.

    :func:`rallymap.query.public_view.public_view` decides: a picture that it removes from an event is not served.
    """
    stmt = WITH_DOCUMENT.join(pictures, pictures.c.event_id == events.c.id).where(pictures.c.id == picture_id)
    # One query for missing and for hidden pictures, so that both take equally long.
    row = tx.conn.execute(stmt).one_or_none()
    seen = None if row is None else public_view(from_document(*row), now)
    if seen is None or seen.picture is None or seen.picture.id != picture_id:
        return None
    return _file(tx, seen.picture)


def get_picture(tx: Reading, event: Event) -> CleanPicture | None:
    """Return the picture of an event as it was read, published or not; None if it has none or it was deleted.

    For moderators and holders of the edit link; the caller checks the permission.
    """
    if event.picture is None:
        return None
    return _file(tx, event.picture)


def put_picture(tx: Transaction, event_id: str, clean: CleanPicture, description: str) -> Picture:
    """Store a file and return the picture for its event.

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


def copy_picture(tx: Transaction, event: Event, event_id: str) -> Picture | None:
    """Store the picture of an event once more for another event; return it, or None if there is no file any more."""
    file = get_picture(tx, event)
    return None if file is None or event.picture is None else put_picture(tx, event_id, file, event.picture.description)


def drop_unused(tx: Transaction, event: Event) -> int:
    """Delete an event's files that neither the event nor a proposal uses, nor one whose refusal can be undone.

    Returns the number of deleted files.
    """
    try:
        refused = [picture_of(event.id, document) for document in undoable_documents(tx, event.id)]
        used = (event.picture, _picture_under_review(tx, event), *refused)
    except DamagedEventError as err:
        log.error("The pictures of an event are kept: %s", err)  # which one its proposal uses is not known
        return 0
    kept = [picture.id for picture in used if picture]
    unused = sa.delete(pictures).where(pictures.c.event_id == event.id, pictures.c.id.not_in(kept))
    return tx.conn.execute(unused).rowcount


def hand_over(tx: Transaction, gone: Event, kept: Event) -> None:
    """Move the file of a merged event to the kept one if that uses it; else delete it."""
    if kept.picture:
        tx.conn.execute(sa.update(pictures).where(pictures.c.id == kept.picture.id).values(event_id=kept.id))
    tx.conn.execute(sa.delete(pictures).where(pictures.c.event_id == gone.id))


def _file(tx: Reading, picture: Picture) -> CleanPicture | None:
    row = tx.conn.execute(
        sa.select(pictures.c.data, pictures.c.media_type).where(pictures.c.id == picture.id)
    ).one_or_none()
    return None if row is None else CleanPicture(bytes(row.data), row.media_type, picture.width, picture.height)


def _picture_under_review(tx: Reading, event: Event) -> Picture | None:
    """Return the picture of an event, or the one that a pending proposal would give it."""
    waiting = tx.conn.execute(_WAITING.where(proposals.c.event_id == event.id)).one_or_none()
    if waiting is None:
        return event.picture
    proposed = picture_of(event.id, waiting.document)
    # A proposal that does not change the picture still names it; use the event's current picture then.
    return event.picture if proposed == picture_of(event.id, waiting.base) else proposed
