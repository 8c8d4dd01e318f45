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
    """Return public events similar to the one in a form, compared by their public views only.

    Parameters
    ----------
    sketch
        The event of the form, as far as it is filled in.
    asked_before
        The query returned last time for this form: repeating it is not counted. None for the first time.
    address
        Network address of the visitor, for the hourly limit; "" if unknown.
    now
        Current time with its zone.

    Returns
    -------
    found, asked
        The events, most likely first; and the `asked_before` value for the next call.

    Raises
    ------
    RateLimitError
        If this network searched too often within an hour.
    """
    asked = sketch.changed(id=_ID)  # an unsent form has another id each time
    if asked != asked_before:
        check_rate(db, "lookup", address, now)
    return db.read(list_possible_duplicates, asked, limit=limit, public_at=now), asked
