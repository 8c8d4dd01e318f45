"""Seasons in written dates: refuse "spring 2019" for a place where spring is in other months."""

from __future__ import annotations

from collections.abc import Mapping

from rallymap.errors import InvalidEventError
from rallymap.events import Event
from rallymap.intake.written_dates import names_season
from rallymap.language import month_names

_MONTHS_IN_THE_SOUTH = {"spring": (9, 11), "summer": (12, 2), "autumn": (3, 5), "winter": (6, 8)}


def check_season(event: Event, fields: Mapping[str, str]) -> None:
    """Refuse a season in words for a place south of the equator: its months were read as those of the north.

    Parameters
    ----------
    event
        With its place resolved.
    fields
        The form, with ``start`` and ``end`` as typed.

    Raises
    ------
    InvalidEventError
        With the months to write instead.
    """
    if event.location is None or event.location.lat >= 0:
        return
    for name in ("start", "end"):
        season = names_season(fields.get(name, ""))
        if season:
            first, last = (month_names()[month - 1] for month in _MONTHS_IN_THE_SOUTH[season])
            where = event.location.name or "this place"
            raise InvalidEventError(
                name, f"South of the equator, as in {where}, {season} is from {first} to {last}. Write the months."
            )
