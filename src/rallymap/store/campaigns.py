"""The campaigns of stored events, in any review status."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from rallymap.events import Event, ReviewStatus
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events
from rallymap.store.transaction import Reading


def list_campaign_events(tx: Reading, campaign_id: str) -> list[Event]:
    """Return all events of a campaign, in any review status, by id."""
    rows = tx.conn.execute(WITH_DOCUMENT.where(events.c.campaign == campaign_id).order_by(events.c.id))
    return list(readable(rows, lambda row: from_document(*row)))


def list_campaigns(
    tx: Reading, status: ReviewStatus, *, countries: Collection[str] = (), limit: int = 100
) -> dict[str, str]:
    """Return the names by id of campaigns with an event in this status, the most recently submitted first.

    Parameters
    ----------
    countries
        Only events of these countries; empty for all.
    limit
        Maximum number of campaigns.
    """
    conditions = [events.c.review == status.value, events.c.campaign != ""]
    if countries:
        conditions.append(events.c.country.in_(countries))
    newest = (
        sa.select(sa.func.max(events.c.id))
        .where(*conditions)
        .group_by(events.c.campaign)
        .order_by(sa.func.max(events.c.created_at).desc(), events.c.campaign)
        .limit(limit)
    )
    ids = list(tx.conn.scalars(newest))
    rows = tx.conn.execute(WITH_DOCUMENT.where(events.c.id.in_(ids)))
    found = {event.id: event.campaign for event in readable(rows, lambda row: from_document(*row))}
    campaigns = (found.get(event_id) for event_id in ids)
    return {campaign.id: campaign.name for campaign in campaigns if campaign is not None}
