"""Taking events down for good, and the list of ids that are gone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from rallymap.events import Place, ReviewStatus
from rallymap.moderation import Account, Permission, TakedownReason, require
from rallymap.store.changes import AuditEntry, audit_columns, current
from rallymap.store.database import Database, Transaction, moment
from rallymap.store.documents import place_of
from rallymap.store.idempotency import nonce_hash, was_done
from rallymap.store.removal import remove_event
from rallymap.store.schema import audit, events, metadata, proposals, revisions, tombstones
from rallymap.store.similar_drafts import drop_drafts_like
from rallymap.store.values import Tombstone

_KEPT = (tombstones, audit)
_WITHDRAWN = ReviewStatus.WITHDRAWN.value


@dataclass(frozen=True, slots=True)
class EventTraces:
    """By what an event can be found outside the database: its ids, also those merged into it, and its places."""

    ids: frozenset[str]
    places: frozenset[Place]


class Takedown(Database):
    """Takedown and tombstones."""

    def take_down(
        self, event_id: str, reason: TakedownReason, *, actor: Account, expected_revision: int, idempotency_key: str
    ) -> None:
        """Delete all that an event ever said; only its id, the reason's code and who did what when are left.

        Gone are the event, all its revisions and those of events merged into it, differences and reasons in the
        audit log, pictures, the submission with its contact, notes, messages, reports, proposals, what an import said
        of it, and forms that are not sent and describe it. SQLite overwrites the bytes
        and the write-ahead log is emptied, within a minute where others still read; PostgreSQL does so at its next
        vacuum. Backups are the operator's.

        Raises
        ------
        RightsError, EventNotFoundError, StaleEventError
            If the actor may not, there is no such event, or someone changed it since it was read.
        """
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return
            event = current(tx.conn, event_id, expected_revision)
            require(actor, Permission.TAKE_DOWN, event)
            ids = _with_merged(tx.conn, event_id)
            drop_drafts_like(tx, _said(tx.conn, ids))
            remove_event(tx, event, reason_code=reason.value)
            _shred(tx, ids)
            entry = AuditEntry(actor.name, "taken down", reason.value, hashed)
            tx.conn.execute(sa.insert(audit), audit_columns(tx, entry, event))
        self.checkpoint_wal()

    def traces(self, event_id: str) -> EventTraces:
        """Return by what an event can be found outside the database."""
        with self.reading() as conn:
            ids = _with_merged(conn, event_id)
            return EventTraces(frozenset(ids), frozenset(place_of(document) for document in _said(conn, ids)))

    def gone_or_there(self, ids: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return which of these events were taken down, and which are there or were merged."""
        with self.reading() as conn:
            there = set(conn.scalars(sa.select(events.c.id).where(events.c.id.in_(ids))))
            rows = conn.execute(
                sa.select(tombstones.c.event_id, tombstones.c.redirect_to).where(tombstones.c.event_id.in_(ids))
            ).all()
        merged = {row.event_id for row in rows if row.redirect_to}
        return frozenset(row.event_id for row in rows) - merged, frozenset(there | merged)

    def tombstone(self, event_id: str) -> Tombstone | None:
        """Return what is left of an event that was merged, withdrawn or taken down after it was public; else None."""
        found = self._tombstones(event_id)
        return found[0] if found else None

    def tombstones(self) -> list[Tombstone]:
        """Return what is left of all events that were public once and are gone, oldest first."""
        return self._tombstones(None)

    def _tombstones(self, event_id: str | None) -> list[Tombstone]:
        gone = sa.select(
            tombstones.c.event_id, tombstones.c.reason_code, tombstones.c.at, tombstones.c.redirect_to
        ).where(tombstones.c.was_public)
        last = sa.select(sa.func.max(audit.c.at)).where(audit.c.event_id == events.c.id, audit.c.verb == "withdrawn")
        withdrawn = sa.select(events.c.id, sa.literal("withdrawn"), last.scalar_subquery(), sa.literal("")).where(
            events.c.review == _WITHDRAWN, events.c.changed_in > 0
        )
        if event_id is not None:
            gone = gone.where(tombstones.c.event_id == event_id)
            withdrawn = withdrawn.where(events.c.id == event_id)
        with self.reading() as conn:
            rows = [*conn.execute(gone), *conn.execute(withdrawn)]
        found = [Tombstone(row[0], row[1], moment(row[2]), row[3]) for row in rows]
        return sorted(found, key=lambda tombstone: (tombstone.at, tombstone.event_id))


def _with_merged(conn: sa.Connection, event_id: str) -> list[str]:
    """Return the id, and those of all events that were merged into it, over any number of merges."""
    ids, looked_at = [event_id], 0
    while looked_at < len(ids):
        ids += conn.scalars(sa.select(tombstones.c.event_id).where(tombstones.c.redirect_to == ids[looked_at]))
        looked_at += 1
    return ids


def _said(conn: sa.Connection, ids: Collection[str]) -> list[str]:
    """Return the documents of all that these events said, and of what was proposed that they say."""
    return [
        document
        for table in (revisions, proposals)
        for document in conn.scalars(sa.select(table.c.document).where(table.c.event_id.in_(ids)))
    ]


def _shred(tx: Transaction, ids: Collection[str]) -> None:
    # Every table that names events, also those that a later version adds.
    for table in metadata.sorted_tables:
        if "event_id" in table.c and table not in _KEPT:
            tx.conn.execute(sa.delete(table).where(table.c.event_id.in_(ids)))
    tx.conn.execute(sa.update(audit).where(audit.c.event_id.in_(ids)).values(changes="", reason=""))
