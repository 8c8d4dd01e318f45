"""List campaigns of public events."""

from __future__ import annotations

import numpy as np

from rallymap.query.snapshot import Snapshot


def list_campaigns(snapshot: Snapshot) -> list[str]:
    """Return the ids of the campaigns with at least one event, sorted."""
    values = snapshot.dictionaries.campaigns.values
    return sorted(filter(None, (values[number] for number in np.unique(snapshot.columns.campaign).tolist())))


def ids_in_campaign(snapshot: Snapshot, campaign_id: str) -> list[str]:
    """Return the ids of a campaign's events by first day; [] if it has none."""
    number = snapshot.dictionaries.campaigns.find(campaign_id) if campaign_id else -1
    return snapshot.ids_of(np.flatnonzero(snapshot.columns.campaign == number))
