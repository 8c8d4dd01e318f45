"""Export the events of a listing as a map in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from rallymap.exports.provenance import Provenance
from rallymap.intake.context import ContextMark
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database
from rallymap.views.single_file import write_single_file
from rallymap.workflows.city_names import cities_of_the_world
from rallymap.workflows.exports import export_events


def export_single_file(
    db: Database,
    snapshot: Snapshot,
    listing: Listing,
    now: datetime,
    provenance: Provenance,
    context: Sequence[ContextMark],
) -> Iterator[bytes]:
    """Yield the public events of a listing as one HTML file, in chunks.

    Parameters
    ----------
    context
        All context events; those of the events' communities are marked below the timeline.
    """
    events = export_events(db, snapshot, listing, now)
    return write_single_file(events, provenance, context=context, cities=cities_of_the_world())
