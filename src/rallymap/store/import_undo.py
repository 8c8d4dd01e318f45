"""Undo an import: delete new events, restore changed ones, skip what was changed since."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence

import orjson
import sqlalchemy as sa

from rallymap.errors import DamagedEventError, EventNotFoundError, StoreError
from rallymap.language import tr
from rallymap.store.audit import AuditEntry, get_revision
from rallymap.store.changes import change_event
from rallymap.store.chunks import chunks
from rallymap.store.events import get_event
from rallymap.store.import_tables import import_events, import_notes, imports
from rallymap.store.import_values import UNDONE, UndoResult
from rallymap.store.imports import record_batch
from rallymap.store.schema import (
    approvals,
    audit,
    events,
    place_checks,
    proposals,
    reports,
    revisions,
    source_urls,
    staged,
    submissions,
    tombstones,
)
from rallymap.store.search import remove_from_index
from rallymap.store.transaction import Transaction

log = logging.getLogger(__name__)
_OF_A_NEW_EVENT = (approvals, place_checks, proposals, source_urls, staged, import_notes, reports, submissions)


def undo_import(
    tx: Transaction, batch_id: str, *, actor: str, decided_too: bool = True, countries: Collection[str] = ()
) -> UndoResult:
    """Undo an import: delete its new events, restore those that it changed.

    Events changed since the import are kept, and so are damaged ones. Ids of deleted events are free again. The same
    form sent again has no further effect and returns the same result.

    Parameters
    ----------
    decided_too
        Whether to also delete events that moderators published or rejected since, if nothing else changed.
    countries
        Alpha-2 codes of the countries in which such events are deleted; empty for all.

    Raises
    ------
    StoreError
        If there is no such import, or it was undone already.
    """
    if tx.was_done:
        result = orjson.loads(tx.conn.scalars(sa.select(audit.c.changes).where(audit.c.key_hash == tx.key_hash)).one())
        return UndoResult(result["removed"], result["restored"], tuple(result["kept"]))
    state = tx.conn.scalar(sa.select(imports.c.state).where(imports.c.id == batch_id))
    if state is None:
        raise StoreError(tr("There is no import “{name}”.", name=batch_id[:80]))
    if state == UNDONE:
        raise StoreError(tr("The import “{name}” was undone already.", name=batch_id[:80]))
    rows = tx.conn.execute(_unchanged_events(batch_id, countries, decided_too=decided_too)).all()
    removed = [row.event_id for row in rows if row.revision_before == 0]
    restored = [
        (row.event_id, row.revision_before)
        for row in rows
        if row.revision_before and _can_restore(tx, row.event_id, row.revision_before)
    ]
    all_ids = set(tx.conn.scalars(sa.select(import_events.c.event_id).where(import_events.c.import_id == batch_id)))
    kept = sorted(all_ids - set(removed) - {event_id for event_id, _ in restored})
    result = {"removed": len(removed), "restored": len(restored), "kept": kept}
    record_batch(tx, actor, "import undone", batch_id, orjson.dumps(result).decode())
    _remove(tx, removed, actor)
    _restore(tx, restored, actor)
    tx.conn.execute(sa.update(imports).where(imports.c.id == batch_id).values(state=UNDONE, ended_at=tx.at))
    return UndoResult(len(removed), len(restored), tuple(kept))


def _unchanged_events(batch_id: str, countries: Collection[str], *, decided_too: bool) -> sa.Select[tuple[str, int]]:
    """Select the events of an import that have not changed since, with their revision before it."""
    joined = sa.join(import_events, events, events.c.id == import_events.c.event_id)
    same = events.c.revision == import_events.c.revision_after
    if decided_too:
        now, then = revisions.alias("now"), revisions.alias("then")
        joined = joined.outerjoin(
            now, sa.and_(now.c.event_id == events.c.id, now.c.revision == events.c.revision)
        ).outerjoin(then, sa.and_(then.c.event_id == events.c.id, then.c.revision == import_events.c.revision_after))
        is_there = events.c.country.in_(countries) if countries else sa.true()
        same = sa.or_(same, sa.and_(now.c.document == then.c.document, is_there))
    stmt = sa.select(import_events.c.event_id, import_events.c.revision_before).select_from(joined)
    return stmt.where(import_events.c.import_id == batch_id, same)


def _remove(tx: Transaction, ids: Sequence[str], actor: str) -> None:
    """Delete new events; a tombstone removes them from caches of public data."""
    for chunk in chunks(ids):
        gone = tx.conn.execute(
            sa.select(events.c.id, events.c.revision, events.c.review, events.c.changed_in).where(
                events.c.id.in_(chunk)
            )
        ).all()
        public = any(row.changed_in > 0 for row in gone)
        version = tx.public_version() if public else 0
        remove_from_index(tx, chunk)
        tx.conn.execute(sa.delete(events).where(events.c.id.in_(chunk)))
        for table in (*_OF_A_NEW_EVENT, revisions):
            tx.conn.execute(sa.delete(table).where(table.c.event_id.in_(chunk)))
        tx.conn.execute(
            sa.insert(tombstones),
            [
                {
                    "event_id": row.id, "redirect_to": "", "reason_code": UNDONE, "was_public": row.changed_in > 0,
                    "changed_in": version if row.changed_in > 0 else 0, "at": tx.at,
                }
                for row in gone
            ],
        )  # fmt: skip
        tx.conn.execute(
            sa.insert(audit),
            [
                {
                    "at": tx.at, "actor": actor, "action": "import undone", "event_id": row.id,
                    "revision": row.revision, "review": row.review,
                }
                for row in gone
            ],
        )  # fmt: skip


def _can_restore(tx: Transaction, event_id: str, revision: int) -> bool:
    """Return whether an event and its earlier revision can be read."""
    try:
        get_event(tx, event_id)
        get_revision(tx, event_id, revision)
    except (DamagedEventError, EventNotFoundError) as err:
        log.error("An event is left as it is: %s", err)
        return False
    return True


def _restore(tx: Transaction, some: Iterable[tuple[str, int]], actor: str) -> None:
    entry = AuditEntry(actor, "import undone")
    for event_id, revision in some:
        now, old = get_event(tx, event_id), get_revision(tx, event_id, revision)
        change_event(tx, now, old.changed(review=now.review), entry)
        tx.conn.execute(sa.delete(import_notes).where(import_notes.c.event_id == event_id))
