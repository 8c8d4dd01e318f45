"""The review queue of moderators."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from rallymap.events import Event, Kind, ReviewStatus
from rallymap.moderation import Account, Permission, has_permission, require
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database, QueueItem, Reading
from rallymap.store import review_queue as stored
from rallymap.store.events import get_events
from rallymap.workflows.permissions import within

QUEUE_LIMIT = 200
_AT_ONCE = 200


def list_queue(
    db: Database,
    account: Account,
    statuses: Sequence[ReviewStatus],
    *,
    countries: Collection[str] = (),
    kinds: Collection[Kind] = (),
    sent_before: datetime | None = None,
    limit: int = QUEUE_LIMIT,
) -> list[QueueItem]:
    """Return the events of these statuses that the account may decide about, oldest first.

    Parameters
    ----------
    countries, kinds
        Only these; empty: all.
    sent_before
        Only what came in before this moment; None: whenever.
    limit
        How many at most. The filters apply before it does.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Permission.SEE_QUEUE)
    found: list[QueueItem] = []
    with db.reading() as tx:
        for item in _queue(tx, statuses, within(account, countries)):
            if sent_before is not None and item.submitted_at >= sent_before:
                break  # the queue is in order of time
            if not kinds or item.event.kind in kinds:
                found.append(without_contact(item, account))
            if len(found) == limit:
                break
    return found


def count_queue(db: Database, account: Account) -> dict[ReviewStatus, int]:
    """Return how many events of the account's countries are in each review status but published.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Permission.SEE_QUEUE)
    return db.read(stored.count_reviews, countries=account.countries)


def list_published(
    db: Database,
    snapshot: Snapshot,
    account: Account,
    *,
    countries: Collection[str] = (),
    kinds: Collection[Kind] = (),
    limit: int = QUEUE_LIMIT,
) -> list[Event]:
    """Return published events of the account's countries with all we know of them, newest first.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Permission.SEE_QUEUE)
    wanted = EventFilter(kinds=tuple(str(kind) for kind in kinds), countries=within(account, countries))
    selection = snapshot.select(wanted)
    pages = (selection.page, selection.undated_page, selection.without_place_page)
    ids = dict.fromkeys(event_id for page in pages for event_id in page(0, limit))
    return [
        event
        for event in db.read(get_events, list(ids)[:limit])
        if has_permission(account, Permission.SEE_QUEUE, event)
    ]


def without_contact(item: QueueItem, account: Account) -> QueueItem:
    """Return an entry without the organiser's contact, where the account may not see it."""
    if has_permission(account, Permission.SEE_CONTACT, item.event):
        return item
    return replace(item, contact="")


def _queue(tx: Reading, statuses: Sequence[ReviewStatus], countries: Collection[str]) -> Iterator[QueueItem]:
    offset = 0
    while some := stored.list_queue(tx, statuses, countries=countries, limit=_AT_ONCE, offset=offset):
        yield from some
        offset += len(some)
