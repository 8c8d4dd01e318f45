"""Find events similar to the one in a form."""

from __future__ import annotations

from datetime import datetime

from rallymap.events import Event
from rallymap.store import Database, PossibleDuplicate
from rallymap.store.duplicates import list_possible_duplicates
from rallymap.workflows.rate_limits import check_rate

_ID = "sketch"


def similar_events(
    db: Database, sketch: Event, asked_before: Event | None, *, address: str, now: datetime, limit: int
) -> tuple[list[PossibleDuplicate], Event]:
    """Return public events that may be the one in a form, compared by their public views alone.

    Parameters
    ----------
    sketch
        The event of the form, as far as it goes.
    asked_before
        What was asked last in this form: the same again is not counted. None for the first time.
    address
        Network address of the visitor, for the limit per hour; "" where it is not known.
    now
        With a zone.

    Returns
    -------
    found, asked
        The events, most likely first; and what to pass as `asked_before` next time.

    Raises
    ------
    RateLimitError
        If this network asked too often within an hour.
    """
    asked = sketch.changed(id=_ID)  # a form that is not sent yet has another id each time
    if asked != asked_before:
        check_rate(db, "lookup", address, now)
    return db.read(list_possible_duplicates, asked, limit=limit, public_at=now), asked
