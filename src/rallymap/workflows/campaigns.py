"""Campaigns: naming, joint decisions by moderators, and the public page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from rallymap.dates import EventDate
from rallymap.errors import EventNotFoundError
from rallymap.events import Campaign, Event, Location, Place, ReviewStatus
from rallymap.moderation import Account, Permission, require
from rallymap.query.campaigns import ids_in_campaign
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database
from rallymap.store import campaigns as stored_campaigns
from rallymap.store import review_queue as stored
from rallymap.store.audit import AuditEntry
from rallymap.store.campaign_events import CampaignEvent, list_public_campaign_events
from rallymap.store.changes import change_event
from rallymap.trends.crowds import CrowdSum
from rallymap.workflows.exports import moment_of
from rallymap.workflows.permissions import event_to_change, within


@dataclass(frozen=True, slots=True)
class CampaignPlace:
    """Events of a campaign at one place.

    Attributes
    ----------
    place, location
        Public place and location of the first of them.
    whens
        Their dates, in the campaign's order.
    """

    place: Place
    location: Location
    whens: tuple[EventDate, ...]


@dataclass(frozen=True, slots=True)
class PublicCampaign:
    """The public view of a campaign.

    Attributes
    ----------
    name
        The most frequent campaign name among its events.
    ids
        Ids of its events in order of time: by start time (UTC); events of a day without a time of day come after the
        others of that day, from east to west; undated ones last.
    days
        First and last day of its events; None if no day is known.
    places
        Locations of its events; events without one are omitted.
    unplaced
        Number of events without a location.
    crowd
        Total attendance. Estimates made before an event do not count.
    """

    id: str
    name: str
    ids: tuple[str, ...]
    days: tuple[date, date] | None
    places: tuple[CampaignPlace, ...]
    unplaced: int
    crowd: CrowdSum


def get_public_campaign(db: Database, snapshot: Snapshot, campaign_id: str, now: datetime) -> PublicCampaign:
    """Return the public view of a campaign; its events are read once per snapshot.

    Raises
    ------
    EventNotFoundError
        If the campaign has no public event.
    """
    made: PublicCampaign = snapshot.recent_campaigns.get(
        campaign_id, lambda: _read_public_campaign(db, snapshot, campaign_id, now)
    )
    return made


def _read_public_campaign(db: Database, snapshot: Snapshot, campaign_id: str, now: datetime) -> PublicCampaign:
    found = db.read(list_public_campaign_events, ids_in_campaign(snapshot, campaign_id), moment_of(snapshot, now))
    names = Counter(one.name for one in found if one.campaign == campaign_id)
    if not names:
        raise EventNotFoundError(campaign_id)
    crowds = [event.crowd for event in found if event.crowd.low is not None]
    found.sort(key=_order_of_start)
    days = [day for event in found for day in (event.when.start, event.when.last_day) if day is not None]
    return PublicCampaign(
        campaign_id,
        min(names, key=lambda name: (-names[name], name)),
        tuple(event.id for event in found),
        (min(days), max(days)) if days else None,
        _places_of(found),
        sum(event.location is None for event in found),
        CrowdSum(
            "",
            len(found),
            len(crowds),
            sum(crowd.low or 0 for crowd in crowds),
            sum(crowd.high or 0 for crowd in crowds),
            sum(crowd.open_below for crowd in crowds),
            sum(crowd.open_above for crowd in crowds),
        ),
    )


def _places_of(events: Sequence[CampaignEvent]) -> tuple[CampaignPlace, ...]:
    at_place: dict[tuple[str, Location], list[CampaignEvent]] = {}
    for event in events:
        if event.location is not None:
            at_place.setdefault((event.place.text, event.location), []).append(event)
    return tuple(
        CampaignPlace(some[0].place, location, tuple(event.when for event in some))
        for (_, location), some in at_place.items()
    )


def _order_of_start(event: CampaignEvent) -> tuple[datetime, int, float, str]:
    when, lon = event.when, event.location.lon if event.location is not None else -181.0
    if when.start is None:
        return datetime.max.replace(tzinfo=UTC), 1, -lon, event.id
    starts = when.starts_at() if when.start_time is not None else None
    if starts is not None:
        return starts, 0, -lon, event.id
    # Later than the last start of that day anywhere on Earth.
    return datetime.combine(when.start, datetime.min.time(), UTC) + timedelta(hours=36), 1, -lon, event.id


def list_campaign_cases(db: Database, account: Account, event: Event) -> list[Event]:
    """Return the events of an event's campaign with the same review status, by day, including the event.

    Only events that the account may decide about; empty if there is no other event.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.SEE_QUEUE)
    if event.campaign is None:
        return []
    found = db.read(stored.list_campaign_cases, [event.campaign.id], [event.review], countries=within(account, ()))
    return found if len(found) > 1 and any(one.id == event.id for one in found) else []


def with_campaign_cases(db: Database, account: Account, some: Sequence[Event]) -> list[Event]:
    """Return events, each followed by its campaign's events with the same review status, without duplicates.

    Adds only events that the account may decide about. One SQL statement reads them all.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.SEE_QUEUE)
    ids = {event.campaign.id for event in some if event.campaign is not None}
    statuses = {event.review for event in some}
    read = db.read(stored.list_campaign_cases, ids, statuses, countries=within(account, ())) if ids else []
    cases: dict[tuple[str, ReviewStatus], list[Event]] = {}
    for one in read:
        if one.campaign is not None:
            cases.setdefault((one.campaign.id, one.review), []).append(one)
    found: dict[str, Event] = {}
    for event in some:
        found[event.id] = event
        if event.campaign is not None:
            found |= {one.id: one for one in cases.get((event.campaign.id, event.review), ())}
    return list(found.values())


def list_campaigns(db: Database, account: Account, status: ReviewStatus) -> dict[str, str]:
    """Return the names by id of the latest campaigns with an event in this status that the account may see.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.SEE_QUEUE)
    return db.read(stored_campaigns.list_campaigns, status, countries=within(account, ()))


def rename_campaign(db: Database, campaign_id: str, name: str, *, account: Account, idempotency_key: str) -> None:
    """Rename a campaign in all its events, whatever their review status.

    Raises
    ------
    RightsError
        If the account may not change one of its events: a campaign has one name.
    InvalidEventError
        If the name is empty or too long.
    EventNotFoundError
        If there is no such campaign.
    """
    require(account, Permission.SEE_QUEUE)
    with db.write_once(idempotency_key) as tx:
        found = [
            event_to_change(tx, event.id, Permission.EDIT, account, event.revision)
            for event in stored_campaigns.list_campaign_events(tx, campaign_id)
        ]
        if not found:
            raise EventNotFoundError(campaign_id)
        if not tx.was_done:
            campaign = Campaign(campaign_id, name)
            for event in found:
                if event.campaign != campaign:
                    change_event(tx, event, event.changed(campaign=campaign), AuditEntry(account.name, "edited"))
