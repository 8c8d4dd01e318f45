"""Add many events at a time, as imports do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from rallymap.events import Event
from rallymap.store.audit import AuditEntry, audit_columns
from rallymap.store.changes import change_event, new_columns, put_urls, revision_columns
from rallymap.store.damaged import readable
from rallymap.store.database import Database
from rallymap.store.documents import from_document, to_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.inserts import insert_rows
from rallymap.store.place_checks import put_place_checks
from rallymap.store.removal import find_removed
from rallymap.store.schema import audit, events, revisions, tombstones
from rallymap.store.search import index_events
from rallymap.store.transaction import Reading, Transaction, put_meta, read_meta
from rallymap.store.values import AddResult, PlaceCheck

EVENTS_AT_ONCE = 5_000
"""Events per transaction: a fifth of a second, so that concurrent submissions hardly wait."""
NO_CHECKS: Mapping[str, PlaceCheck] = MappingProxyType({})


def add_many(
    database: Database,
    some: Iterable[Event],
    *,
    actor: str,
    place_checks: Mapping[str, PlaceCheck] = NO_CHECKS,
    keep_known: bool = False,
) -> AddResult:
    """Add events, and update those whose id exists.

    Each transaction covers a few thousand events: a run that ends early keeps complete events, and running it again
    adds the rest. Existing events keep their review status, which a moderator decided; damaged
    ones are left unchanged. Ids that were taken down or
    merged stay removed.

    Parameters
    ----------
    some
        The events; new ones are stored with their review status.
    actor
        Account name for the audit log.
    place_checks
        Place checks by event id.
    keep_known
        Whether existing events are left unchanged; they then count as unchanged.
    """
    total = AddResult()
    for batch in _batches(some):
        with database.writing() as tx:
            done, written = _add(tx, batch, actor, keep_known=keep_known)
            put_place_checks(tx, {event_id: place_checks[event_id] for event_id in written & place_checks.keys()})
        total = AddResult(
            total.added + done.added,
            total.updated + done.updated,
            total.unchanged + done.unchanged,
            total.withdrawn + done.withdrawn,
        )
    if total.added >= EVENTS_AT_ONCE:
        database.refresh_statistics()
    return total


def is_seeded(tx: Reading) -> bool:
    """Return whether the bundled events were added before; people may have changed them since."""
    return read_meta(tx, "seeded") is not None


def mark_seeded(tx: Transaction) -> None:
    """Record that the bundled events were added; idempotent."""
    if not is_seeded(tx):
        put_meta(tx, "seeded", str(int(tx.at)))


def _add(tx: Transaction, batch: Mapping[str, Event], actor: str, *, keep_known: bool) -> tuple[AddResult, Set[str]]:
    ids = list(batch)
    undone = tx.conn.scalars(sa.select(tombstones.c.event_id).where(tombstones.c.event_id.in_(ids)))
    gone = {*undone, *find_removed(tx, ids)}
    known = {row.id: row for row in tx.conn.execute(WITH_DOCUMENT.where(events.c.id.in_(ids)))}
    entry, updated = AuditEntry(actor, "imported"), 0
    columns: list[dict[str, Any]] = []
    documents: list[dict[str, Any]] = []
    trail: list[dict[str, Any]] = []
    new: list[Event] = []
    for event_id, event in batch.items():
        if event_id in gone:
            continue
        document = to_document(event)
        if event_id not in known:
            first = event if event.revision == 1 else event.changed(revision=1)
            new.append(first)
            columns.append(new_columns(tx, first))
            documents.append(revision_columns(first, document))
            trail.append(audit_columns(tx, entry, first))
        elif not keep_known and known[event_id].document != document:
            for before in readable([known[event_id]], lambda row: from_document(*row)):
                change_event(tx, before, event.changed(review=before.review), entry)
                updated += 1
    if columns:
        insert_rows(tx, events, columns)
        insert_rows(tx, revisions, documents)
        insert_rows(tx, audit, trail)
        put_urls(tx, new)
        index_events(tx, new, are_new=True)
    kept = set(known) if keep_known else set()
    return AddResult(len(columns), updated, len(known) - updated, len(gone)), batch.keys() - kept - gone


def _batches(some: Iterable[Event]) -> Iterator[dict[str, Event]]:
    """Yield batches of events by id; a repeated id goes into a later batch, as an update of the first."""
    batch: dict[str, Event] = {}
    for event in some:
        if len(batch) == EVENTS_AT_ONCE or event.id in batch:
            yield batch
            batch = {}
        batch[event.id] = event
    if batch:
        yield batch
