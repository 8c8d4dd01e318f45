"""Delete events permanently, and list deleted ids."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rallymap.events import Event, Place, ReviewStatus
from rallymap.moderation import Role, TakedownReason
from rallymap.store.damaged import readable
from rallymap.store.desk_tables import ended_links, refused_proposals
from rallymap.store.documents import place_of
from rallymap.store.edit_links import keep_ended_links
from rallymap.store.removal import remove_event
from rallymap.store.schema import audit, events, metadata, proposals, revisions, tombstones
from rallymap.store.similar_drafts import drop_drafts_like
from rallymap.store.transaction import Reading, Transaction, moment
from rallymap.store.values import Tombstone

_KEPT = (tombstones, audit, ended_links)
_WITHDRAWN = ReviewStatus.WITHDRAWN.value
# Written out, because SQLite only uses the partial index if a statement contains its exact condition.
_UNDER_REVIEW = events.c.review != sa.literal_column("'published'")
Gone = tuple[int, str]
"""Microseconds since 1970 at which an event was removed, and its id."""


@dataclass(frozen=True, slots=True)
class EventTraces:
    """Identifying data of an event outside the database: its ids, including those merged into it, and its places."""

    ids: frozenset[str]
    places: frozenset[Place]


def erase_event(tx: Transaction, event: Event, reason: TakedownReason, role: Role) -> None:
    """Delete all content of an event; only its id, the code of the reason, the audit entries and ended links are kept.

    Deletes the event, all its revisions and those of events merged into it, differences and reasons in the audit log,
    pictures, the submission with its contact, notes, messages, reports, proposals, its import notes, and drafts that
    describe it. SQLite overwrites the bytes; PostgreSQL does so at its next vacuum.

    Parameters
    ----------
    role
        The role of the account that takes it down; people who have its edit link read it.
    """
    ids = with_merged(tx, event.id)
    keep_ended_links(tx, ids, role, reason)
    drop_drafts_like(tx, _documents_of(tx, ids))
    remove_event(tx, event, reason_code=reason.value)
    _shred(tx, ids)


def find_traces(tx: Reading, event_id: str) -> EventTraces:
    """Return the ids and places by which an event can be found outside the database."""
    ids = with_merged(tx, event_id)
    return EventTraces(frozenset(ids), frozenset(readable(_documents_of(tx, ids), lambda row: place_of(*row))))


def split_gone_and_there(tx: Reading, ids: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return which of these events were taken down, and which exist or were merged."""
    there = set(tx.conn.scalars(sa.select(events.c.id).where(events.c.id.in_(ids))))
    rows = tx.conn.execute(
        sa.select(tombstones.c.event_id, tombstones.c.redirect_to).where(tombstones.c.event_id.in_(ids))
    ).all()
    merged = {row.event_id for row in rows if row.redirect_to}
    return frozenset(row.event_id for row in rows) - merged, frozenset(there | merged)


def get_tombstone(tx: Reading, event_id: str) -> Tombstone | None:
    """Return the tombstone of an event that was public and then merged, withdrawn or taken down; else None."""
    row = tx.conn.execute(_tombstones(event_id, 0)).first()
    return None if row is None else Tombstone(row.event_id, row.reason_code, moment(row.at), row.redirect_to)


def list_tombstones(tx: Reading) -> list[Tombstone]:
    """Return the tombstones of all events that were public once, oldest first."""
    rows = tx.conn.execute(_tombstones(None, 0))
    return [Tombstone(row.event_id, row.reason_code, moment(row.at), row.redirect_to) for row in rows]


def list_gone(tx: Reading, since_s: float, after: Gone | None, limit: int) -> list[Gone]:
    """Return the removed events that were public once, oldest first, then by id.

    Parameters
    ----------
    since_s
        Unix time (s): earlier removals are left out.
    after
        The last one that the caller has; None for the first page.
    limit
        Maximum number to return.
    """
    first_s = since_s if after is None else max(since_s, (after[0] - 1) / 1_000_000)
    found: list[Gone] = []
    with tx.conn.execution_options(yield_per=1_000).execute(_tombstones(None, first_s)) as rows:
        for row in rows:
            gone = round(row.at * 1_000_000), row.event_id
            if len(found) >= limit and gone[0] > found[-1][0]:
                break
            if after is None or gone > after:
                found.append(gone)
    return sorted(found)[:limit]


def _tombstones(event_id: str | None, since_s: float) -> sa.Select[Any]:
    gone = sa.select(tombstones.c.event_id, tombstones.c.reason_code, tombstones.c.at, tombstones.c.redirect_to).where(
        tombstones.c.was_public
    )
    last = sa.select(sa.func.max(audit.c.at)).where(audit.c.event_id == events.c.id, audit.c.action == "withdrawn")
    withdrawn = sa.select(events.c.id, sa.literal("withdrawn"), last.scalar_subquery(), sa.literal("")).where(
        events.c.review == _WITHDRAWN, _UNDER_REVIEW, events.c.changed_in > 0
    )
    if event_id is not None:
        gone = gone.where(tombstones.c.event_id == event_id)
        withdrawn = withdrawn.where(events.c.id == event_id)
    every = sa.union_all(gone, withdrawn).subquery()
    return sa.select(every).where(every.c.at >= since_s).order_by(every.c.at, every.c.event_id)


def with_merged(tx: Reading, event_id: str) -> list[str]:
    """Return the id, and those of all events merged into it, over any number of merges."""
    ids, looked_at = [event_id], 0
    while looked_at < len(ids):
        ids += tx.conn.scalars(sa.select(tombstones.c.event_id).where(tombstones.c.redirect_to == ids[looked_at]))
        looked_at += 1
    return ids


def _documents_of(tx: Reading, ids: Collection[str]) -> list[tuple[str, str]]:
    """Return all documents of these events, and those of their proposals, each after its event's id."""
    return [
        (row.event_id, row.document)
        for table in (revisions, proposals, refused_proposals)
        for row in tx.conn.execute(sa.select(table.c.event_id, table.c.document).where(table.c.event_id.in_(ids)))
    ]


def _shred(tx: Transaction, ids: Collection[str]) -> None:
    # Every table with event ids, including those added by later versions.
    for table in metadata.sorted_tables:
        if "event_id" in table.c and table not in _KEPT:
            tx.conn.execute(sa.delete(table).where(table.c.event_id.in_(ids)))
    tx.conn.execute(sa.update(audit).where(audit.c.event_id.in_(ids)).values(changes="", reason=""))
