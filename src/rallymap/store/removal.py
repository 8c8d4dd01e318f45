"""Remove an event and leave a tombstone."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.events import Event
from rallymap.store.schema import (
    approvals,
    events,
    place_checks,
    proposals,
    source_urls,
    staged,
    tombstones,
)
from rallymap.store.search import forget_event
from rallymap.store.transaction import Transaction

_ABOUT_THE_PRESENT = (approvals, place_checks, proposals, source_urls, staged)


def remove_event(tx: Transaction, event: Event, *, reason_code: str, redirect_to: str = "") -> None:
    """Replace an event by a tombstone, so that its id is never used again; its revisions and audit rows stay."""
    # Above 0: the public could see it once, and caches of earlier versions may still hold it.
    was_public = (tx.conn.scalar(sa.select(events.c.changed_in).where(events.c.id == event.id)) or 0) > 0
    forget_event(tx, event.id)
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
