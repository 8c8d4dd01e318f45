"""Read the events of a campaign for its public page without building each event.

Building the events of a large campaign with all validation takes most of the time of its page. This fast path only
reads events of which nothing is withheld; the others go through :func:`~rallymap.query.public_view.public_view`. A test
compares both paths.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from rallymap.dates import EventDate
from rallymap.errors import DamagedEventError
from rallymap.events import Location, Place, ReviewStatus
from rallymap.query.public_view import public_view
from rallymap.store.chunks import chunks
from rallymap.store.columns import CrowdRange
from rallymap.store.damaged import readable
from rallymap.store.documents import Json, date_of, from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events
from rallymap.store.transaction import Reading


@dataclass(frozen=True, slots=True)
class CampaignEvent:
    """The public view of one event of a campaign.

    Attributes
    ----------
    campaign, name
        Id and name of its campaign.
    crowd
        The result of :func:`rallymap.store.columns.crowd_range`.
    """

    id: str
    campaign: str
    name: str
    when: EventDate
    place: Place
    location: Location | None
    crowd: CrowdRange


def list_public_campaign_events(tx: Reading, ids: Iterable[str], now: datetime) -> list[CampaignEvent]:
    """Return public events in the order of `ids`; those that are not public or not in a campaign are skipped."""
    wanted = list(ids)
    found: dict[str, CampaignEvent] = {}

    def build(row: Any) -> CampaignEvent | None:
        embargo_ends_at, crowd = row[4], CrowdRange(row[5], row[6], bool(row[7]), bool(row[8]))
        if embargo_ends_at is None or embargo_ends_at <= now.timestamp():
            return _of_document(row[0], row[3], crowd)
        seen = public_view(from_document(*row[:4]), now)
        if seen is None or seen.campaign is None:
            return None
        return CampaignEvent(seen.id, seen.campaign.id, seen.campaign.name, seen.when, seen.place, seen.location, crowd)

    query = WITH_DOCUMENT.add_columns(
        events.c.guarded_until,
        events.c.crowd_low,
        events.c.crowd_high,
        events.c.crowd_open_below,
        events.c.crowd_open_above,
    )
    query = query.where(events.c.review == ReviewStatus.PUBLISHED.value)
    for some in chunks(wanted):
        for one in readable(tx.conn.execute(query.where(events.c.id.in_(some))).all(), build):
            if one is not None:
                found[one.id] = one
    return [found[event_id] for event_id in wanted if event_id in found]


def _of_document(event_id: str, document: str, crowd: CrowdRange) -> CampaignEvent | None:
    """Return an event of which nothing is withheld.

    Raises
    ------
    DamagedEventError
        If the document was edited by hand into an invalid event.
    """
    try:
        content: Json = orjson.loads(document)
        campaign, location = content.get("campaign"), content.get("location")
        if not campaign:
            return None
        return CampaignEvent(
            event_id,
            campaign["id"],
            campaign["name"],
            date_of(content["when"]),
            Place(**content.get("place", {})),
            Location(**location) if location else None,
            crowd,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise DamagedEventError(event_id, detail=type(err).__name__) from err
