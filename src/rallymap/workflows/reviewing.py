"""What moderators look at and decide; every verb checks the right of who asks, whatever the page shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rallymap.events import Event, Kind, ReviewStatus
from rallymap.moderation import Account, Decision, Permission, has_permission, require
from rallymap.query.filters import EventFilter
from rallymap.query.public_view import venue_mentions
from rallymap.query.snapshot import Snapshot
from rallymap.store import (
    EventStore,
    Note,
    PlaceToCheck,
    PossibleDuplicate,
    Proposal,
    QueueItem,
    Report,
    StagedDecision,
)

QUEUE_LIMIT = 200
_AT_ONCE = 200
_NOWHERE = ("??",)
"""No event is in this country: what a limited moderator sees of countries that are not theirs."""


@dataclass(frozen=True, slots=True)
class Case:
    """One event with everything a moderator needs to decide about it.

    Attributes
    ----------
    event
        With its exact place.
    item
        How it came in; None for published events.
    last_public
        What the public saw of it last, where it is under review again and says something else now; else None.
    check
        What is to settle about its place, or None.
    mentions
        Fields of free text that name its venue, which may still be withheld from the public.
    approved_by
        Moderators who want it published, where two are needed.
    """

    event: Event
    item: QueueItem | None
    duplicates: tuple[PossibleDuplicate, ...]
    notes: tuple[Note, ...]
    reports: tuple[Report, ...]
    proposal: Proposal | None
    last_public: Event | None
    check: PlaceToCheck | None
    mentions: tuple[str, ...]
    approved_by: tuple[str, ...]


def list_queue(
    store: EventStore,
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
    for item in _queue(store, statuses, within(account, countries)):
        if sent_before is not None and item.submitted_at >= sent_before:
            break  # the queue is in order of time
        if not kinds or item.event.kind in kinds:
            found.append(_without_contact(item, account))
        if len(found) == limit:
            break
    return found


def count_queue(store: EventStore, account: Account) -> dict[ReviewStatus, int]:
    """Return how many events of the account's countries stand in each review status but published.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Permission.SEE_QUEUE)
    return store.review_counts(countries=account.countries)


def list_published(
    store: EventStore,
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
        event for event in store.get_many(list(ids)[:limit]) if has_permission(account, Permission.SEE_QUEUE, event)
    ]


def open_case(store: EventStore, account: Account, event_id: str) -> Case:
    """Return an event with all that bears on it.

    Raises
    ------
    EventNotFoundError
        If there is no such event.
    RightsError
        If the account may not see it.
    """
    event = store.get(event_id)
    require(account, Permission.SEE_QUEUE, event)
    here = account.countries
    duplicates = tuple(
        d for d in store.possible_duplicates(event) if has_permission(account, Permission.SEE_QUEUE, d.event)
    )
    return Case(
        event,
        _item(store, account, event),
        duplicates,
        tuple(store.notes(event_id)) if has_permission(account, Permission.NOTE, event) else (),
        tuple(store.open_reports(event_id=event_id)),
        next((p for p in store.list_proposals(countries=here, limit=_AT_ONCE) if p.event.id == event_id), None),
        _last_public(store, event),
        next((p.check for p in store.places_to_check(countries=here, limit=_AT_ONCE) if p.event.id == event_id), None),
        venue_mentions(event),
        store.approved_by(event_id),
    )


def decide(
    store: EventStore,
    event_id: str,
    decision: Decision,
    *,
    account: Account,
    expected_revision: int,
    reason: str,
    idempotency_key: str,
) -> Event:
    """Publish, send back, reject or withdraw an event.

    Returns
    -------
    event
        As it is now; still unpublished where a second moderator has to agree.

    Raises
    ------
    RightsError
        If the account may not decide about this event.
    ModerationError
        If the decision is not possible now, or needs a reason.
    StaleEventError
        If someone changed the event since `expected_revision` was read.
    """
    require(account, Permission.DECIDE, store.get(event_id))
    return store.decide(
        event_id,
        decision,
        actor=account,
        expected_revision=expected_revision,
        reason=reason,
        idempotency_key=idempotency_key,
    )


def stage(
    store: EventStore, event_id: str, decision: Decision, *, account: Account, expected_revision: int, reason: str
) -> None:
    """Note a decision, to be carried out together with others; it raises what :func:`decide` would."""
    require(account, Permission.DECIDE, store.get(event_id))
    store.stage(event_id, decision, actor=account, expected_revision=expected_revision, reason=reason)


def unstage(store: EventStore, event_id: str, *, account: Account) -> None:
    """Drop a noted decision of this account.

    Raises
    ------
    RightsError
        If the account may not decide about this event.
    """
    require(account, Permission.DECIDE, store.get(event_id))
    store.unstage(event_id, actor=account)


def list_staged(store: EventStore, account: Account) -> list[StagedDecision]:
    """Return the decisions that this account noted, oldest first.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Permission.DECIDE)
    return store.staged(actor=account)


def carry_out_staged(store: EventStore, *, account: Account, idempotency_key: str) -> list[Event]:
    """Carry out every decision that this account noted: all of them, or none.

    Raises
    ------
    RightsError, ModerationError, StaleEventError
        If one of them is not possible any more; the sentence names it.
    """
    require(account, Permission.DECIDE)
    return store.carry_out_staged(actor=account, idempotency_key=idempotency_key)


def within(account: Account, countries: Collection[str]) -> tuple[str, ...]:
    """Return the countries asked for as far as the account may see them; empty only where it may see all."""
    if not account.countries:
        return tuple(countries)
    allowed = tuple(code for code in account.countries if not countries or code in countries)
    return allowed or _NOWHERE


def _queue(store: EventStore, statuses: Sequence[ReviewStatus], countries: Collection[str]) -> Iterator[QueueItem]:
    offset = 0
    while some := store.review_queue(statuses, countries=countries, limit=_AT_ONCE, offset=offset):
        yield from some
        offset += len(some)


def _item(store: EventStore, account: Account, event: Event) -> QueueItem | None:
    if event.review is ReviewStatus.PUBLISHED:
        return None
    items = (item for item in _queue(store, [event.review], account.countries) if item.event.id == event.id)
    found = next(items, None)
    return _without_contact(found, account) if found else None


def _without_contact(item: QueueItem, account: Account) -> QueueItem:
    if has_permission(account, Permission.SEE_CONTACT, item.event):
        return item
    return replace(item, contact="")


def _last_public(store: EventStore, event: Event) -> Event | None:
    if event.review is ReviewStatus.PUBLISHED:
        return None
    seen = [entry.revision for entry in store.history(event.id) if entry.review is ReviewStatus.PUBLISHED]
    if not seen:
        return None
    before = store.get_revision(event.id, seen[-1])
    return None if before.changed(review=event.review, revision=event.revision) == event else before
