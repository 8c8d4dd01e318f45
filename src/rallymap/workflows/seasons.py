"""Seasons in written dates: reject "spring 2019" for places where spring is in other months."""

from __future__ import annotations

from collections.abc import Mapping

from rallymap.errors import InvalidEventError
from rallymap.events import Event
from rallymap.intake.written_dates import names_season
from rallymap.language import mark, tr

_IN_THE_SOUTH = {
    "spring": mark("South of the equator spring is from September to November. Write the months."),
    "summer": mark("South of the equator summer is from December to February. Write the months."),
    "autumn": mark("South of the equator autumn is from March to May. Write the months."),
    "winter": mark("South of the equator winter is from June to August. Write the months."),
}


def check_season(event: Event, fields: Mapping[str, str]) -> None:
    """Reject a season for a place south of the equator: it was parsed as northern months.

    Parameters
    ----------
    event
        The event with its place geocoded.
    fields
        The form's fields, with ``start`` and ``end`` as typed.

    Raises
    ------
    InvalidEventError
        With the months to enter instead.
    """
    if event.location is None or event.location.lat >= 0:
        return
    for name in ("start", "end"):
        season = names_season(fields.get(name, ""))
        if season:
            raise InvalidEventError(name, tr(_IN_THE_SOUTH[season]))
