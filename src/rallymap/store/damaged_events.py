"""Events whose stored content cannot be read: find them, and go back to an earlier revision that can be read.

The site leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from rallymap.errors import DamagedEventError
from rallymap.events import Event, Place
from rallymap.store.audit import AuditEntry
from rallymap.store.changes import change_event, put_urls
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.pictures import drop_unused
from rallymap.store.place_checks import delete_place_check, put_changed_place_check
from rallymap.store.schema import events, pictures, proposals, revisions, source_urls
from rallymap.store.transaction import Reading, Transaction

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


def newest_readable(tx: Reading, event_id: str, *, before: int) -> Event | None:
    """Return an event at its newest revision before a given one that can be read; None if there is none."""
    earlier = sa.select(revisions.c.event_id, revisions.c.revision, revisions.c.review, revisions.c.document).where(
        revisions.c.event_id == event_id, revisions.c.revision < before
    )
    for row in tx.conn.execute(earlier.order_by(revisions.c.revision.desc())):
        try:
            return from_document(*row)
        except DamagedEventError:
            continue
    return None


def restore_readable(tx: Transaction, remains: Event, found: Event, entry: AuditEntry) -> Event:
    """Store an earlier revision as the next one of a damaged event.

    A pending proposal is kept: it now changes the restored revision. The picture is kept if it is still stored.

    Parameters
    ----------
    remains
        Result of :func:`rallymap.store.damaged.get_remains`.
    found
        The content to store, with the review status to store.
    """
    stored = sa.select(pictures.c.id).where(pictures.c.event_id == found.id)
    if found.picture is not None and found.picture.id not in tx.conn.scalars(stored).all():
        found = found.changed(picture=None)
    # What the damaged revision said is not known, so no other difference is recorded.
    before = found.changed(review=remains.review, revision=remains.revision)
    after = change_event(tx, before, found, entry)
    tx.conn.execute(sa.delete(source_urls).where(source_urls.c.event_id == after.id))
    put_urls(tx, [after])
    # A place check of the damaged revision may be about another place text.
    delete_place_check(tx, after.id)
    put_changed_place_check(tx, before.changed(place=Place(), location=None), after)
    later = sa.and_(proposals.c.event_id == after.id, proposals.c.base_revision > found.revision)
    tx.conn.execute(sa.update(proposals).where(later).values(base_revision=found.revision))
    drop_unused(tx, after)
    return after


def _damaged(tx: Reading, event_id: str) -> DamagedEvent:
    now = tx.conn.execute(sa.select(events.c.revision, events.c.review).where(events.c.id == event_id)).one()
    found = newest_readable(tx, event_id, before=now.revision)
    return DamagedEvent(event_id, now.review, now.revision, found.revision if found is not None else 0)
