"""Decide what two-letter codes in the places of a file mean, from all its rows together."""

from __future__ import annotations

import re
from dataclasses import replace

from rallymap.countries import is_country
from rallymap.intake.findings import RowResult
from rallymap.intake.reading import Reading
from rallymap.places import decide_codes

_STATE_CODE = re.compile(r",\s*[A-Z]{2}$")


def country_of_codes(reading: Reading) -> str:
    """Return the country whose states the two-letter codes of a file denote ("Tipton, IA"), or ""."""
    places = [event.place for event in reading.events]
    codes = decide_codes([place.text for place in places], [place.country_hint for place in places])
    return codes.scheme if is_country(codes.scheme) else ""


def in_country(row: RowResult, country: str) -> RowResult:
    """Set the country of a row whose place ends in such a code, if it names none."""
    event = row.event
    if not country or event is None or event.place.country_hint or not _STATE_CODE.search(event.place.text):
        return row
    return replace(row, event=event.changed(place=replace(event.place, country_hint=country)))
