"""Read events: one, several, or all public ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, StaleEventError
from rallymap.events import ID_PATTERN, Event, ReviewStatus
from rallymap.language import tr
from rallymap.query.public_view import public_view
from rallymap.query.rows import EventRow
from rallymap.store.columns import ROW_COLUMNS, to_public_row, to_row
from rallymap.store.damaged import readable
from rallymap.store.database import Database
from rallymap.store.documents import from_document
from rallymap.store.public_revisions import count_public_versions
from rallymap.store.schema import events, revisions, tombstones
from rallymap.store.transaction import Reading, moment, read_dataset_version
from rallymap.store.values import PublicChanges

T = TypeVar("T")
IDS_AT_ONCE = 500
_PUBLISHED = events.c.review == ReviewStatus.PUBLISHED.value


WITH_DOCUMENT = sa.select(events.c.id, events.c.revision, events.c.review, revisions.c.document).join_from(
    events,
    revisions,
    sa.and_(revisions.c.event_id == events.c.id, revisions.c.revision == events.c.revision),
)
"""Selects current events; each row has the arguments of :func:`from_document`."""
_OF_IDS = events.c.id.in_(sa.bindparam("ids", expanding=True))
DOCUMENTS_OF = WITH_DOCUMENT.where(_OF_IDS)
"""Selects the current events of ``ids``. One statement for all calls: a large import asks hundreds of times."""
_STORED = sa.select(events.c.id).where(_OF_IDS)


def get_event(tx: Reading, event_id: str, expected_revision: int | None = None) -> Event:
    """Return an event with all its data, whatever its review status.

    Parameters
    ----------
    expected_revision
        The revision that the caller has seen, or None to accept any.

    Raises
    ------
    EventNotFoundError
        If there is no such event.
    StaleEventError
        If it has another revision.
    """
    found = tx.conn.execute(WITH_DOCUMENT.where(events.c.id == event_id)).one_or_none()
    if found is None:
        raise EventNotFoundError(event_id)
    event = from_document(*found)
    if expected_revision is not None:
        check_revision(event, expected_revision)
    return event


def check_revision(event: Event, expected_revision: int) -> None:
    """Check that an event was not changed since it was read.

    Raises
    ------
    StaleEventError
        If it has another revision.
    """
    if event.revision != expected_revision:
        raise StaleEventError(
            tr("Someone changed this event while you had it open. Look at the new version and decide again."),
            detail=f"{event.id}: revision {event.revision}, expected {expected_revision}",
        )


def get_events(tx: Reading, ids: Iterable[str]) -> list[Event]:
    """Return events in the order of `ids`, skipping those that do not exist."""
    wanted = list(ids)
    found: dict[str, Event] = {}
    for some in _batches(dict.fromkeys(wanted), IDS_AT_ONCE):
        rows = tx.conn.execute(DOCUMENTS_OF, {"ids": some})
        found |= {event.id: event for event in readable(rows, lambda row: from_document(*row))}
    return [found[event_id] for event_id in wanted if event_id in found]


def list_stored_ids(tx: Reading, ids: Iterable[str]) -> frozenset[str]:
    """Return which of these events exist, including damaged ones."""
    found: set[str] = set()
    for some in _batches(dict.fromkeys(ids), IDS_AT_ONCE):
        found |= set(tx.conn.scalars(_STORED, {"ids": some}))
    return frozenset(found)


def get_public_event(tx: Reading, event_id: str, now: datetime) -> Event:
    """Return the public view of an event.

    A merged event is answered with the event it was merged into: the result's id then differs from `event_id`, and the
    caller redirects.

    Raises
    ------
    EventNotFoundError
        If there is no such event, or it is not public.
    """
    if not ID_PATTERN.fullmatch(event_id):  # some databases reject some texts
        raise EventNotFoundError(event_id)
    kept = merged_into(tx, event_id, was_public=True)
    event = get_event(tx, kept or event_id)
    seen = public_view(event, now)
    if seen is None:
        raise EventNotFoundError(event_id)
    return _numbered(tx, [(event, seen)], now)[0]


def get_public_events(tx: Reading, ids: Iterable[str], now: datetime) -> list[Event]:
    """Return the public views of events in the order of `ids`, skipping those that are not public."""
    pairs = ((event, public_view(event, now)) for event in get_events(tx, ids))
    return _numbered(tx, [(event, seen) for event, seen in pairs if seen is not None], now)


def _numbered(tx: Reading, pairs: Sequence[tuple[Event, Event]], now: datetime) -> list[Event]:
    """Return public views with their public revisions; each comes after its event."""
    withheld = [seen.id for event, seen in pairs if seen.revision != event.revision]
    numbers = count_public_versions(tx, withheld, now) if withheld else {}
    return [seen.changed(revision=numbers[seen.id]) if seen.id in numbers else seen for _, seen in pairs]


def public_rows(database: Database, chunk: int = 50_000) -> Iterator[list[EventRow]]:
    """Yield the rows of all public events, unordered, in lists of at most `chunk`, in one transaction.

    Read the dataset version first and call :func:`read_public_changes` afterwards, so that changes made during the read
    are not missed.
    """
    with database.reading() as tx:
        yield from _public_rows(tx, moment(tx.at), sa.true(), chunk)


def read_public_rows(tx: Reading, ids: Iterable[str]) -> list[EventRow]:
    """Return the current public rows of these events, skipping those that are not public."""
    now, rows = moment(tx.at), list[EventRow]()
    for some in _batches(ids, IDS_AT_ONCE):
        for part in _public_rows(tx, now, events.c.id.in_(some), IDS_AT_ONCE):
            rows += part
    return rows


def read_public_changes(tx: Reading, version: int) -> PublicChanges:
    """Return the public changes since a dataset version.

    Applying a change twice is harmless: while others write, the answer may contain some of the next version.
    """
    now, since = moment(tx.at), events.c.changed_in > version
    # Read the version first: what is committed in between is then sent again, never missed.
    newest = read_dataset_version(tx)
    if newest <= version:
        return PublicChanges(newest, [], [])
    rows = [row for some in _public_rows(tx, now, since, IDS_AT_ONCE) for row in some]
    removed = tx.conn.scalars(sa.select(events.c.id).where(since, sa.not_(_PUBLISHED))).all()
    gone = tx.conn.scalars(sa.select(tombstones.c.event_id).where(tombstones.c.changed_in > version)).all()
    return PublicChanges(newest, rows, [*removed, *gone])


def list_disclosed_ids(tx: Reading, from_s: float, now: datetime) -> list[str]:
    """Return ids of public events whose embargo ended after a Unix time (s) and by `now`, inclusive."""
    disclosed = sa.between(events.c.guarded_until, from_s, now.timestamp())
    return list(tx.conn.scalars(sa.select(events.c.id).where(_PUBLISHED, disclosed)))


def _public_rows(tx: Reading, now: datetime, condition: sa.ColumnElement[bool], chunk: int) -> Iterator[list[EventRow]]:
    """Yield the rows of the public events that match a condition on the table `events`."""
    # Nearly every event is over, so nothing of it is withheld and reading its columns is enough. The others go through
    # public_view. A test compares both paths.
    guarded = events.c.guarded_until > now.timestamp()
    is_open = sa.or_(events.c.guarded_until.is_(None), sa.not_(guarded))
    tx.conn = tx.conn.execution_options(yield_per=chunk)
    for some in tx.conn.execute(sa.select(*ROW_COLUMNS).where(_PUBLISHED, is_open, condition)).partitions():
        yield list(readable(some, to_row))
    with_numbers = WITH_DOCUMENT.add_columns(events.c.search_id, events.c.changed_in)
    for part in tx.conn.execute(with_numbers.where(_PUBLISHED, guarded, condition)).partitions():
        rows = readable(part, lambda row: to_public_row(from_document(*row[:4]), now, *row[4:]))
        yield [row for row in rows if row is not None]


def merged_into(tx: Reading, event_id: str, *, was_public: bool = False) -> str:
    """Return the id of the event that this one was merged into, over any number of merges; "" for none.

    Parameters
    ----------
    was_public
        For visitors: the URL of an event that was never public does not redirect.
    """
    seen: set[str] = set()
    found = ""
    while event_id not in seen:
        seen.add(event_id)
        stmt = sa.select(tombstones.c.redirect_to).where(tombstones.c.event_id == event_id)
        further = tx.conn.scalar(stmt.where(tombstones.c.was_public) if was_public and not found else stmt)
        if not further:
            return found
        event_id = found = further
    raise EventNotFoundError(event_id)


def _batches(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
