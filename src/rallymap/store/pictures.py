"""Pictures as visitors and moderators get them, and as moderators change them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from rallymap.events import Event, Picture
from rallymap.moderation import Account, Permission, require
from rallymap.pictures import CleanPicture
from rallymap.query.public_view import public_view
from rallymap.store.changes import WITH_DOCUMENT, AuditEntry, change_event, current
from rallymap.store.database import Database
from rallymap.store.documents import from_document
from rallymap.store.idempotency import nonce_hash, was_done
from rallymap.store.picture_files import put_picture
from rallymap.store.schema import events, pictures


class Pictures(Database):
    """Files of pictures; submitters change theirs by the private link."""

    def public_picture(self, picture_id: str, now: datetime) -> CleanPicture | None:
        """Return a picture that an event shows to the public at this moment; None for any other.

        Who decides is :func:`rallymap.query.public_view.public_view`: what it takes from an event is not served.
        """
        stmt = WITH_DOCUMENT.join(pictures, pictures.c.event_id == events.c.id).where(pictures.c.id == picture_id)
        with self.reading() as conn:
            # One question, whether there is no such picture or one that is not shown: both take as long.
            row = conn.execute(stmt).one_or_none()
            seen = None if row is None else public_view(from_document(*row), now)
            if seen is None or seen.picture is None or seen.picture.id != picture_id:
                return None
            return _file(conn, seen.picture)

    def event_picture(self, event: Event) -> CleanPicture | None:
        """Return the picture of an event as it was read, published or not; None if it has none or it is gone.

        For moderators and for who holds the private link; the caller has checked that.
        """
        if event.picture is None:
            return None
        with self.reading() as conn:
            return _file(conn, event.picture)

    def set_picture(
        self,
        event_id: str,
        picture: CleanPicture | None,
        description: str = "",
        *,
        actor: Account,
        expected_revision: int,
        idempotency_key: str,
    ) -> Event:
        """Give an event a picture, or take it away; its review status stays. The earlier file is deleted.

        Parameters
        ----------
        picture
            None takes it away.
        description
            What it shows; needed with a picture.

        Raises
        ------
        RightsError, EventNotFoundError, StaleEventError
            If the actor may not, there is no such event, or someone changed it since it was read.
        InvalidEventError
            If the description is empty or too long.
        """
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return current(tx.conn, event_id)
            before = current(tx.conn, event_id, expected_revision)
            require(actor, Permission.EDIT, before)
            put = put_picture(tx, event_id, picture, description) if picture else None
            if put == before.picture:
                return before
            return change_event(
                tx, before, before.changed(picture=put), AuditEntry(actor.name, "edited", nonce_hash=hashed)
            )


def _file(conn: sa.Connection, picture: Picture) -> CleanPicture | None:
    row = conn.execute(
        sa.select(pictures.c.data, pictures.c.media_type).where(pictures.c.id == picture.id)
    ).one_or_none()
    return None if row is None else CleanPicture(bytes(row.data), row.media_type, picture.width, picture.height)
