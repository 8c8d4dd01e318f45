"""Write an event: its revision, columns, audit row and the dataset version together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import orjson
import sqlalchemy as sa

from rallymap.events import Event, ReviewStatus
from rallymap.query.public_view import public_view
from rallymap.store.audit import AuditEntry, record
from rallymap.store.columns import to_columns
from rallymap.store.documents import differences, to_document
from rallymap.store.inserts import insert_rows
from rallymap.store.pictures import drop_unused
from rallymap.store.schema import events, place_checks, revisions, source_urls
from rallymap.store.search import index_events
from rallymap.store.transaction import Transaction, moment
from rallymap.store.web_addresses import url_keys

_CLOCKS_DIFFER_BY = timedelta(minutes=5)


def add_event(tx: Transaction, event: Event, entry: AuditEntry) -> Event:
    """Store an event with an unused id, at revision 1."""
    first = event.changed(revision=1)
    tx.conn.execute(sa.insert(events), new_columns(tx, first))
    put_urls(tx, [first])
    index_events(tx, [first])
    _keep(tx, first, to_document(first), entry)
    return first


def change_event(tx: Transaction, before: Event, after: Event, entry: AuditEntry) -> Event:
    """Store the next revision of an event.

    Parameters
    ----------
    before
        The event from :func:`~rallymap.store.events.get_event` in this transaction.
    after
        The new content with the same id; its revision is ignored.
    """
    following = after.changed(revision=before.revision + 1)
    columns: dict[str, Any] = to_columns(following)
    if _is_noticed(before, following, moment(tx.at)):
        columns["changed_in"] = tx.public_version()
    tx.conn.execute(sa.update(events).where(events.c.id == before.id).values(columns))
    index_events(tx, [following])
    if before.location != following.location:
        tx.conn.execute(sa.delete(place_checks).where(place_checks.c.event_id == before.id))
    if before.sources != following.sources:
        tx.conn.execute(sa.delete(source_urls).where(source_urls.c.event_id == before.id))
        put_urls(tx, [following])
    if before.picture != following.picture:
        drop_unused(tx, following)
    document = to_document(following)
    changes: dict[str, Any] = dict(differences(to_document(before), document))
    if before.review is not following.review:
        changes["review"] = (before.review, following.review)
    _keep(tx, following, document, entry, orjson.dumps(changes).decode())
    return following


def _is_noticed(before: Event, after: Event, at: datetime) -> bool:
    """Return whether the change is public now, or within the clock difference between two servers.

    Other changes must not raise the dataset version: it is part of every ETag, and would reveal that a withheld place
    changed.
    """
    after = after.changed(revision=before.revision)
    return any(public_view(before, then) != public_view(after, then) for then in (at, at + _CLOCKS_DIFFER_BY))


def new_columns(tx: Transaction, event: Event) -> dict[str, Any]:
    """Return all column values of an event that is new to the store."""
    public = event.review is ReviewStatus.PUBLISHED
    return {
        **to_columns(event),
        "changed_in": tx.public_version() if public else 0,
        "created_at": tx.at,
        "search_id": tx.new_search_id(),
    }


def put_urls(tx: Transaction, some: Iterable[Event]) -> None:
    """Store the source URLs of events that have none stored."""
    keys = [{"url_key": key, "event_id": event.id} for event in some for key in url_keys(event)]
    insert_rows(tx, source_urls, keys)


def revision_columns(event: Event, document: str) -> dict[str, Any]:
    """Return the column values of one revision."""
    return {"event_id": event.id, "revision": event.revision, "review": event.review.value, "document": document}


def _keep(tx: Transaction, event: Event, document: str, entry: AuditEntry, changes: str = "") -> None:
    tx.conn.execute(sa.insert(revisions), revision_columns(event, document))
    record(tx, entry, event, changes)
