"""Crowd estimates by who made them, read from the event documents; the snapshot only has the widest range."""

from __future__ import annotations

from datetime import datetime

from rallymap.events import CrowdGiver
from rallymap.store import Database
from rallymap.store.events import get_public_events
from rallymap.trends.crowd_claims import MAX_EVENTS, ClaimSum, rows_with_numbers, sum_claims
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.workflows.exports import read_rows


def read_claims(db: Database, chosen: FilteredRows, now: datetime) -> dict[CrowdGiver, ClaimSum] | None:
    """Return the estimates of the selected events by who made them; None if more than `MAX_EVENTS` have any."""
    rows = rows_with_numbers(chosen)
    if len(rows) > MAX_EVENTS:
        return None
    return sum_claims(read_rows(db, chosen.snapshot, rows, now, get_public_events))
