"""Remove an event, leave a tombstone, and list removed events."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from rallymap.events import Event
from rallymap.store.chunks import chunks
from rallymap.store.import_values import UNDONE
from rallymap.store.schema import (
    approvals,
    audit,
    events,
    place_checks,
    proposals,
    source_urls,
    staged,
    tombstones,
)
from rallymap.store.search import remove_from_index
from rallymap.store.transaction import Reading, Transaction

TAKEN_DOWN, MERGED_AWAY = "taken down", "merged away"
"""Action names in the log for the two permanent removals."""
_ABOUT_THE_PRESENT = (approvals, place_checks, proposals, source_urls, staged)


def remove_event(tx: Transaction, event: Event, *, reason_code: str, redirect_to: str = "") -> None:
    """Replace an event by a tombstone, so that its id is never reused; revisions and audit rows are kept."""
    # Greater than 0: the public could see it once, and clients may still have it cached.
    was_public = (tx.conn.scalar(sa.select(events.c.changed_in).where(events.c.id == event.id)) or 0) > 0
    remove_from_index(tx, [event.id])
    tx.conn.execute(sa.delete(events).where(events.c.id == event.id))
    for table in _ABOUT_THE_PRESENT:
        tx.conn.execute(sa.delete(table).where(table.c.event_id == event.id))
    tx.conn.execute(
        sa.insert(tombstones).values(
            event_id=event.id,
            redirect_to=redirect_to,
            reason_code=reason_code,
            was_public=was_public,
            changed_in=tx.public_version() if was_public else 0,
            at=tx.at,
        )
    )


def find_removed(tx: Reading, ids: Collection[str]) -> frozenset[str]:
    """Return which of these ids belonged to events that were taken down or merged; no file may restore them.

    The log outlives tombstones, which an operator may have set to expire. An event that was only removed by undoing its
    import is not included: its file may be imported again.
    """
    removed: set[str] = set()
    for chunk in chunks(sorted(ids)):
        gone = {one for select in _REMOVED for one in tx.conn.scalars(select, {"ids": chunk})}
        removed |= gone - set(tx.conn.scalars(_STORED, {"ids": list(gone)}) if gone else ())
    return frozenset(removed)


_IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
_REMOVED = (
    sa.select(tombstones.c.event_id).where(tombstones.c.event_id.in_(_IDS), tombstones.c.reason_code != UNDONE),
    sa.select(audit.c.event_id).where(audit.c.event_id.in_(_IDS), audit.c.action.in_((TAKEN_DOWN, MERGED_AWAY))),
)
_STORED = sa.select(events.c.id).where(events.c.id.in_(_IDS))
