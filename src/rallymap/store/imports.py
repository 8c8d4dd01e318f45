"""Imports of tables: each is one batch, written in one transaction, that can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import sqlalchemy as sa

from rallymap.events import Event, ReviewStatus
from rallymap.language import from_json_value, to_json_value
from rallymap.store.audit import AuditEntry, audit_columns
from rallymap.store.changes import change_event, new_columns, put_urls, revision_columns
from rallymap.store.chunks import chunks
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document, to_document
from rallymap.store.events import DOCUMENTS_OF
from rallymap.store.import_tables import import_events, import_mappings, import_notes, imports
from rallymap.store.import_values import DONE, UNDONE, DoneImport, ImportBatch, ImportedNote
from rallymap.store.inserts import insert_rows
from rallymap.store.place_checks import put_place_checks
from rallymap.store.removal import find_removed
from rallymap.store.schema import audit, events, revisions, tombstones
from rallymap.store.search import index_events
from rallymap.store.transaction import Reading, Transaction, moment
from rallymap.store.values import PlaceCheck


def start_import(tx: Transaction, batch: ImportBatch) -> None:
    """Record the start of an import, so that an interruption is detected; the same batch may be restarted."""
    tx.conn.execute(sa.delete(imports).where(imports.c.id == batch.id, imports.c.state == "running"))
    tx.conn.execute(
        sa.insert(imports).values(
            id=batch.id,
            name=batch.name,
            actor=batch.actor,
            state="running",
            started_at=tx.at,
            ended_at=None,
            file_hash=batch.file_hash,
            options=batch.options,
            counts=orjson.dumps(dict(batch.counts)).decode(),
        )
    )


def finish_import(
    tx: Transaction,
    batch_id: str,
    some: Sequence[Event],
    *,
    actor: str,
    known_revisions: Mapping[str, int],
    place_checks: Mapping[str, PlaceCheck],
    notes: Mapping[str, Sequence[ImportedNote]],
    counts: Mapping[str, int],
) -> int:
    """Write all events of a batch in one transaction: all of them become visible, or none.

    Parameters
    ----------
    some
        Events that are new or differ from the stored ones.
    known_revisions
        The revision that the import compared, by event id; events that changed since are skipped.
    place_checks, notes
        By event id.

    Returns
    -------
    skipped
        Number of events that were changed, taken down, added or damaged meanwhile; they are not touched.
    """
    record_batch(tx, actor, "imported", batch_id)
    skipped = 0
    for chunk in chunks(some):
        skipped += _write(tx, batch_id, chunk, actor, known_revisions)
    ids = set(tx.conn.scalars(sa.select(import_events.c.event_id).where(import_events.c.import_id == batch_id)))
    put_place_checks(tx, {event_id: place_checks[event_id] for event_id in ids & place_checks.keys()})
    _put_notes(tx, batch_id, {event_id: notes[event_id] for event_id in notes if event_id in ids})
    tx.conn.execute(
        sa.update(imports)
        .where(imports.c.id == batch_id)
        .values(state=DONE, ended_at=tx.at, counts=orjson.dumps(dict(counts)).decode())
    )
    return skipped


def record_batch(tx: Transaction, actor: str, action: str, batch_id: str, changes: str = "") -> None:
    """Write the audit row for an import as a whole; it takes the idempotency key of the form."""
    row = {"at": tx.at, "actor": actor, "action": action, "reason": batch_id, "changes": changes}
    tx.conn.execute(sa.insert(audit).values(**row, key_hash=tx.take_key_hash()))


def find_done_import(tx: Transaction) -> DoneImport | None:
    """Return what the form of this transaction imported when it was sent before, or None."""
    batch_id = tx.conn.scalar(sa.select(audit.c.reason).where(audit.c.key_hash == tx.key_hash))
    if batch_id is None:
        return None
    stmt = sa.select(sa.func.count()).where(import_events.c.import_id == batch_id)
    return DoneImport(batch_id, tx.conn.scalar(stmt) or 0)


def list_imports(tx: Reading, *, actor: str = "", limit: int = 50) -> list[ImportBatch]:
    """Return the latest imports, newest first; `actor` limits them to one account."""
    stmt = sa.select(imports).order_by(imports.c.started_at.desc(), imports.c.id).limit(limit)
    if actor:
        stmt = stmt.where(imports.c.actor == actor)
    return [_batch(row) for row in tx.conn.execute(stmt)]


def list_row_counts(tx: Reading) -> list[dict[str, int]]:
    """Return the number of rows by result for each completed import that was not undone."""
    return [orjson.loads(text) for text in tx.conn.scalars(sa.select(imports.c.counts).where(imports.c.state == DONE))]


def get_import(tx: Reading, batch_id: str) -> ImportBatch | None:
    """Return an import by its id, or None."""
    row = tx.conn.execute(sa.select(imports).where(imports.c.id == batch_id)).one_or_none()
    return _batch(row) if row is not None else None


def list_imports_of_file(tx: Reading, file_hash: str) -> list[ImportBatch]:
    """Return the imports of a file's content that were not undone, newest first."""
    stmt = sa.select(imports).where(imports.c.file_hash == file_hash, imports.c.state != UNDONE)
    return [_batch(row) for row in tx.conn.execute(stmt.order_by(imports.c.started_at.desc()))]


def list_imported_notes(tx: Reading, event_id: str) -> list[ImportedNote]:
    """Return the import notes of an event, for moderators; empty for events that were not imported."""
    text = tx.conn.scalar(sa.select(import_notes.c.notes).where(import_notes.c.event_id == event_id))
    kept = orjson.loads(text) if text else []
    return [ImportedNote(column, value, from_json_value(remark)) for column, value, remark in kept]


def list_import_events(tx: Reading, batch_id: str) -> list[str]:
    """Return the ids of the events of an import."""
    stmt = sa.select(import_events.c.event_id).where(import_events.c.import_id == batch_id)
    return list(tx.conn.scalars(stmt.order_by(import_events.c.event_id)))


def count_waiting(tx: Reading, batch_ids: Sequence[str], *, countries: Sequence[str] = ()) -> dict[str, int]:
    """Return the number of pending events per import, in some countries or in all; zeros are omitted."""
    stmt = (
        sa.select(import_events.c.import_id, sa.func.count())
        .join(events, events.c.id == import_events.c.event_id)
        .where(import_events.c.import_id.in_(batch_ids), events.c.review == ReviewStatus.PENDING.value)
        .group_by(import_events.c.import_id)
    )
    if countries:
        stmt = stmt.where(events.c.country.in_(countries))
    return {row[0]: row[1] for row in tx.conn.execute(stmt)}


def save_mapping(tx: Transaction, headings: str, options: str) -> None:
    """Store a mapping for tables with the same headings (given as a hash)."""
    tx.conn.execute(sa.delete(import_mappings).where(import_mappings.c.headings == headings))
    tx.conn.execute(sa.insert(import_mappings).values(headings=headings, options=options, saved_at=tx.at))


def get_mapping(tx: Reading, headings: str) -> str:
    """Return the stored mapping for these headings as TOML, or ""."""
    return tx.conn.scalar(sa.select(import_mappings.c.options).where(import_mappings.c.headings == headings)) or ""


def _write(
    tx: Transaction, batch_id: str, chunk: Sequence[Event], actor: str, known_revisions: Mapping[str, int]
) -> int:
    ids = [event.id for event in chunk]
    removed = find_removed(tx, ids)
    tx.conn.execute(sa.delete(tombstones).where(tombstones.c.event_id.in_(ids), tombstones.c.reason_code == UNDONE))
    known = {row.id: row for row in tx.conn.execute(DOCUMENTS_OF, {"ids": ids})}
    entry = AuditEntry(actor, "imported", f"import {batch_id}")
    new: list[Event] = []
    trail: list[dict[str, Any]] = []
    skipped = 0
    for event in chunk:
        row = known.get(event.id)
        expected = known_revisions.get(event.id, 0)
        if event.id in removed or (row.revision if row else 0) != expected:
            skipped += 1
            continue
        if row is None:
            first = event if event.revision == 1 else event.changed(revision=1)
            new.append(first)
            after = 1
        else:
            before = next(readable([row], lambda row: from_document(*row)), None)
            if before is None:
                skipped += 1
                continue
            after = change_event(tx, before, event.changed(review=before.review), entry).revision
        trail.append(
            {"import_id": batch_id, "event_id": event.id, "revision_before": expected, "revision_after": after}
        )
    if new:
        insert_rows(tx, events, [new_columns(tx, event) for event in new])
        insert_rows(tx, revisions, [revision_columns(event, to_document(event)) for event in new])
        insert_rows(tx, audit, [audit_columns(tx, entry, event) for event in new])
        put_urls(tx, new)
        index_events(tx, new, are_new=True)
    insert_rows(tx, import_events, trail)
    return skipped


def _put_notes(tx: Transaction, batch_id: str, notes: Mapping[str, Sequence[ImportedNote]]) -> None:
    for chunk in chunks(list(notes.items())):
        tx.conn.execute(sa.delete(import_notes).where(import_notes.c.event_id.in_([event_id for event_id, _ in chunk])))
        rows = [
            {
                "event_id": event_id,
                "import_id": batch_id,
                "notes": orjson.dumps(
                    [[note.column, note.value, to_json_value(note.remark)] for note in some]
                ).decode(),
            }
            for event_id, some in chunk
            if some
        ]
        insert_rows(tx, import_notes, rows)


def _batch(row: Any) -> ImportBatch:
    return ImportBatch(
        row.id, row.name, row.actor, row.state, moment(row.started_at),
        moment(row.ended_at) if row.ended_at is not None else None,
        row.file_hash, row.options, orjson.loads(row.counts),
    )  # fmt: skip
