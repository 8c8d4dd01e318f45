"""Adding events in bulk, as imports do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from rallymap.events import Event
from rallymap.store.changes import (
    WITH_DOCUMENT,
    AuditEntry,
    audit_columns,
    change_event,
    new_columns,
    put_urls,
    revision_columns,
)
from rallymap.store.database import Database, Transaction, read_meta
from rallymap.store.documents import from_document, to_document
from rallymap.store.places_to_check import put_place_check
from rallymap.store.schema import audit, events, meta, revisions, tombstones
from rallymap.store.values import AddResult, PlaceToCheck

EVENTS_AT_ONCE = 5_000
"""Events in one transaction: a fifth of a second, so that people who submit meanwhile hardly wait."""
NO_CHECKS: Mapping[str, PlaceToCheck] = MappingProxyType({})


class Bulk(Database):
    """Adding many events at a time."""

    def add_many(
        self, some: Iterable[Event], *, actor: str, places_to_check: Mapping[str, PlaceToCheck] = NO_CHECKS
    ) -> AddResult:
        """Add events, or bring known ones (by id) to what they say now.

        Each few thousand events are one transaction: a run that ends early keeps whole events, and running it again
        adds the rest. Known events keep their review status, whatever the new ones say: a moderator decided it. Ids
        that were taken down or merged stay so.

        Parameters
        ----------
        some
            New ones are stored with the review status they have.
        actor
            Who imports, for the audit log.
        places_to_check
            By event id: places that a moderator has to settle.
        """
        total = AddResult()
        for batch in _batches(some):
            with self.writing() as tx:
                done = _add(tx, batch, actor)
                for event_id in batch.keys() & places_to_check.keys():
                    put_place_check(tx, event_id, places_to_check[event_id])
            total = AddResult(
                total.added + done.added,
                total.updated + done.updated,
                total.unchanged + done.unchanged,
                total.withdrawn + done.withdrawn,
            )
        if total.added >= EVENTS_AT_ONCE:
            self.refresh_statistics()
        return total

    def is_seeded(self) -> bool:
        """Tell whether the bundled events were put in already; people may have changed them since."""
        with self.reading() as conn:
            return read_meta(conn, "seeded") is not None

    def mark_seeded(self) -> None:
        """Note that the bundled events were put in; once noted, nothing changes."""
        with self.writing() as tx:
            if read_meta(tx.conn, "seeded") is None:
                tx.conn.execute(sa.insert(meta).values(name="seeded", value=str(int(tx.at))))


def _add(tx: Transaction, batch: Mapping[str, Event], actor: str) -> AddResult:
    ids = list(batch)
    gone = set(tx.conn.scalars(sa.select(tombstones.c.event_id).where(tombstones.c.event_id.in_(ids))))
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
        elif known[event_id].document != document:
            before = from_document(*known[event_id])
            change_event(tx, before, event.changed(review=before.review), entry)
            updated += 1
    if columns:
        tx.conn.execute(sa.insert(events), columns)
        tx.conn.execute(sa.insert(revisions), documents)
        tx.conn.execute(sa.insert(audit), trail)
        put_urls(tx, new)
    return AddResult(len(columns), updated, len(known) - updated, len(gone))


def _batches(some: Iterable[Event]) -> Iterator[dict[str, Event]]:
    """Give events by id; one that comes twice comes in two batches, so that the second changes the first."""
    batch: dict[str, Event] = {}
    for event in some:
        if len(batch) == EVENTS_AT_ONCE or event.id in batch:
            yield batch
            batch = {}
        batch[event.id] = event
    if batch:
        yield batch
