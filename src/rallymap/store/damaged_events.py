"""Find the events whose stored content cannot be read; the site leaves them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from rallymap.errors import DamagedEventError
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events, revisions
from rallymap.store.transaction import Reading

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class DamagedEvent:
    """An event that cannot be read.

    Attributes
    ----------
    review
        Its review status, as it is stored.
    revision
        Number of its current revision.
    readable_revision
        Number of the newest earlier revision that can be read; 0 if there is none.
    """

    id: str
    review: str
    revision: int
    readable_revision: int


def walk_damaged(conn: sa.Connection) -> Iterator[str]:
    """Yield the id of every event whose current revision cannot be read."""
    with conn.execution_options(yield_per=ROWS_AT_ONCE).execute(WITH_DOCUMENT) as rows:
        for row in rows:
            try:
                from_document(*row)
            except DamagedEventError:
                yield row.id


def list_damaged(tx: Reading) -> list[DamagedEvent]:
    """Return every event that cannot be read, by id."""
    return [_damaged(tx, event_id) for event_id in sorted(walk_damaged(tx.conn))]


def _damaged(tx: Reading, event_id: str) -> DamagedEvent:
    now = tx.conn.execute(sa.select(events.c.revision, events.c.review).where(events.c.id == event_id)).one()
    earlier = sa.select(revisions.c.revision, revisions.c.document).where(
        revisions.c.event_id == event_id, revisions.c.revision < now.revision
    )
    for row in tx.conn.execute(earlier.order_by(revisions.c.revision.desc())):
        try:
            from_document(event_id, row.revision, "draft", row.document)
        except DamagedEventError:
            continue
        return DamagedEvent(event_id, now.review, now.revision, row.revision)
    return DamagedEvent(event_id, now.review, now.revision, 0)
