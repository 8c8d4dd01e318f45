"""What happened to an event, and going back to what it said before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import orjson
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Permission
from rallymap.query.public_view import public_view
from rallymap.store.approvals import permitted_change
from rallymap.store.changes import AuditEntry, change_event, current
from rallymap.store.database import Database, moment
from rallymap.store.documents import differences, from_document, to_document
from rallymap.store.idempotency import nonce_hash, was_done
from rallymap.store.schema import audit, revisions
from rallymap.store.values import HistoryEntry, PublicHistoryEntry


class History(Database):
    """The history of events."""

    def history(self, event_id: str) -> list[HistoryEntry]:
        """Return all changes to an event, oldest first; of one that was taken down, only who did what and when."""
        with self.reading() as conn:
            rows = conn.execute(sa.select(audit).where(audit.c.event_id == event_id).order_by(audit.c.seq)).all()
        return [
            HistoryEntry(
                moment(row.at),
                row.actor,
                row.verb,
                row.revision,
                ReviewStatus(row.review),
                row.reason,
                _changes(row.changes),
            )
            for row in rows
        ]

    def public_history(self, event_id: str, now: datetime) -> list[PublicHistoryEntry]:
        """Return the changes that the public could see, oldest first: neither who made them nor the words themselves.

        They are the differences between public views: a change to what is withheld at this time is left out.

        Raises
        ------
        EventNotFoundError
            If the event is not public.
        """
        by_revision = audit.c.revision == revisions.c.revision
        stmt = (
            sa.select(audit.c.at, audit.c.verb, revisions)
            .join_from(audit, revisions, sa.and_(audit.c.event_id == revisions.c.event_id, by_revision))
            .where(audit.c.event_id == event_id)
            .order_by(audit.c.seq)
        )
        with self.reading() as conn:
            if public_view(current(conn, event_id), now) is None:
                raise EventNotFoundError(event_id)
            rows = conn.execute(stmt).all()
        found, shown, was_public = list[PublicHistoryEntry](), "", False
        for row in rows:
            view = public_view(from_document(event_id, row.revision, row.review, row.document), now)
            document = "" if view is None else to_document(view)
            if view is not None and not (was_public and document == shown):
                fields = differences(shown, document) if was_public else ()
                found.append(PublicHistoryEntry(moment(row.at), row.verb, tuple(fields)))
            shown, was_public = document, view is not None
        return found

    def get_revision(self, event_id: str, revision: int) -> Event:
        """Return an event as it was at a revision.

        Raises
        ------
        EventNotFoundError
            If there is no such event or revision.
        """
        with self.reading() as conn:
            return _at_revision(conn, event_id, revision)

    def revision_differences(self, event_id: str, before: int, after: int) -> Mapping[str, tuple[object, object]]:
        """Return by field what an event said at two revisions.

        Raises
        ------
        EventNotFoundError
            If there is no such event or revision.
        """
        with self.reading() as conn:
            old, new = (_at_revision(conn, event_id, revision) for revision in (before, after))
        return differences(to_document(old), to_document(new))

    def restore(
        self, event_id: str, revision: int, *, actor: Account, expected_revision: int, idempotency_key: str
    ) -> Event:
        """Let an event say again what it said at a revision; its review status and its picture stay.

        Raises
        ------
        RightsError, EventNotFoundError, StaleEventError
            If the actor may not, there is no such event or revision, or someone changed it since it was read.
        """
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return current(tx.conn, event_id)
            before = current(tx.conn, event_id, expected_revision)
            wanted = _at_revision(tx.conn, event_id, revision).changed(review=before.review, picture=before.picture)
            after = permitted_change(self, tx, Permission.RESTORE, before, wanted, actor)
            return change_event(tx, before, after, AuditEntry(actor.name, "restored", f"Revision {revision}", hashed))


def _at_revision(conn: sa.Connection, event_id: str, revision: int) -> Event:
    row = conn.execute(
        sa.select(revisions).where(revisions.c.event_id == event_id, revisions.c.revision == revision)
    ).one_or_none()
    if row is None:
        raise EventNotFoundError(event_id)
    return from_document(event_id, revision, row.review, row.document)


def _changes(text: str) -> Mapping[str, tuple[object, object]]:
    return {field: (before, after) for field, (before, after) in orjson.loads(text or "{}").items()}
