"""The moderators' review queue."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from rallymap.events import Event, Kind, ReviewStatus
from rallymap.language import tr
from rallymap.moderation import Account, Permission, has_permission, require
from rallymap.query.campaigns import ids_in_campaign
from rallymap.query.filters import EventFilter
from rallymap.query.public_view import has_future_venue, public_stages
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database, QueueItem
from rallymap.store import review_queue as stored
from rallymap.store.alike import find_alike
from rallymap.store.events import get_events
from rallymap.store.review_queue import QueueOrder
from rallymap.workflows.permissions import within

LIST_LIMIT = 200
"""Default number of rows in a list of Review."""


def list_queue(
    db: Database,
    account: Account,
    statuses: Sequence[ReviewStatus],
    *,
    countries: Collection[str] = (),
    kinds: Collection[Kind] = (),
    sent_before: datetime | None = None,
    words: str = "",
    campaign: str = "",
    order: QueueOrder = QueueOrder.WAITING,
    today: date | None = None,
    limit: int = LIST_LIMIT,
) -> list[QueueItem]:
    """Return the events of these statuses that the account may decide about, with a fixed number of statements.

    A campaign is returned as its first event and a count. Events that a report hid or whose organiser answered are
    listed separately, and so are all events of a requested campaign.

    Parameters
    ----------
    countries, kinds
        Only these; empty for all.
    sent_before
        Only events submitted before this time; None for all.
    words
        Only events with each of these words in title, place, organisers, communities, text, sources or receipt.
    campaign
        Only events of the campaign with this id; "" for all.
    order, today
        See :func:`rallymap.store.review_queue.walk_queue`.
    limit
        Maximum number of events, after filtering.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.SEE_QUEUE)
    wanted = words.casefold().split()
    with db.reading() as tx:
        items = stored.walk_queue(
            tx,
            statuses,
            countries=within(account, countries),
            kinds=kinds,
            sent_before=sent_before,
            words=wanted,
            campaign=campaign,
            order=order,
            today=today,
        )
        said = (item for item in items if not wanted or _contains_words(item, wanted))
        listed = said if campaign else _once_for_each_campaign(said)
        found = [without_contact(item, account) for item in itertools.islice(listed, limit)]
        if campaign:
            return found
        ids = [item.event.campaign.id for item in found if item.event.campaign is not None]
        sizes = stored.count_campaign_cases(tx, ids, statuses, countries=within(account, countries))
    return [
        replace(item, in_campaign=sizes.get(item.event.campaign.id, 1))
        if item.event.campaign and not item.is_answered and item.hidden_at is None
        else item
        for item in found
    ]


def list_marks(db: Database, account: Account, events: Collection[Event], now: datetime) -> dict[str, tuple[str, ...]]:
    """Return short labels to see before opening an event, such as "no place", by event id.

    Parameters
    ----------
    events
        The listed events; the number of statements is small and fixed. Events that the account may not see are skipped.
    now
        Current time with its zone.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.SEE_QUEUE)
    seen = [event for event in events if has_permission(account, Permission.SEE_QUEUE, event)]
    with db.reading() as tx:
        unsettled = stored.with_place_check(tx, [event.id for event in seen])
        alike = find_alike(tx, seen)
    return {
        event.id: tuple(
            mark
            for mark, holds in (
                (tr("no place"), event.location is None and not event.is_online),
                (tr("place not settled"), event.location is not None and event.id in unsettled),
                (tr("may be a duplicate"), event.id in alike),
                (tr("exact location at once"), has_future_venue(event, now) and not _withholds(event, now)),
            )
            if holds
        )
        for event in seen
    }


def count_queue(db: Database, account: Account) -> dict[ReviewStatus, int]:
    """Return the number of events of the account's countries in each review status except published.

    Raises
    ------
    RightsError
        If the account is not a moderator.
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
    campaign: str = "",
    limit: int = LIST_LIMIT,
) -> list[Event]:
    """Return published events of the account's countries with all data, newest first.

    If a campaign is given, its events are sorted by day.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.SEE_QUEUE)
    if campaign:
        found = db.read(get_events, ids_in_campaign(snapshot, campaign))
        return [event for event in found if _is_wanted(event, account, countries, kinds)][:limit]
    wanted = EventFilter(kinds=tuple(str(kind) for kind in kinds), countries=within(account, countries))
    selection = snapshot.select(wanted)
    pages = (selection.page, selection.undated_page, selection.without_place_page, selection.online_page)
    ids = dict.fromkeys(event_id for page in pages for event_id in page(0, limit))
    return [
        event
        for event in db.read(get_events, list(ids)[:limit])
        if has_permission(account, Permission.SEE_QUEUE, event)
    ]


def _is_wanted(event: Event, account: Account, countries: Collection[str], kinds: Collection[Kind]) -> bool:
    country = event.location.country if event.location is not None else event.place.country_hint
    is_listed = (not countries or country in countries) and (not kinds or event.kind in kinds)
    return is_listed and has_permission(account, Permission.SEE_QUEUE, event)


def without_contact(item: QueueItem, account: Account) -> QueueItem:
    """Return a queue item without the organiser's contact if the account may not see it."""
    if has_permission(account, Permission.SEE_CONTACT, item.event):
        return item
    return replace(item, contact="")


def _once_for_each_campaign(items: Iterable[QueueItem]) -> Iterator[QueueItem]:
    """Yield the first item of each campaign, and all single ones; an item that needs separate attention is single."""
    seen: set[str] = set()
    for item in items:
        campaign = item.event.campaign
        if campaign is None or item.is_answered or item.hidden_at is not None:
            yield item
        elif campaign.id not in seen:
            seen.add(campaign.id)
            yield item


def _contains_words(item: QueueItem, words: Sequence[str]) -> bool:
    event = item.event
    texts = (event.title, event.place.text, event.place.venue, event.about, item.code, event.id)
    sources = (f"{source.title} {source.publisher} {source.url}" for source in event.sources)
    found = event.location.name if event.location else ""
    said = " ".join((*texts, found, *event.organisers, *event.communities, *sources)).casefold()
    return all(word in said for word in words)


def _withholds(event: Event, now: datetime) -> bool:
    """Return whether publishing the event now would still withhold its exact location."""
    view = public_stages(event, now)[0].view
    return (view.location, view.place) != (event.location, event.place)
