"""Rows of the overrides file: columns, parsing and writing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rallymap.events import ID_PATTERN, LocationPrecision
from rallymap.formulas import guard_cell, unguard_cell
from rallymap.places.answers import Candidate
from rallymap.places.normalize import fold_key

COLUMNS: Final = (
    "text", "country", "lat", "lon", "precision", "radius_m", "name", "admin1", "place_country", "venue", "note",
    "found_by", "event_id",
)  # fmt: skip
_NOTE: Final = COLUMNS.index("note")
_EVENT_ID: Final = COLUMNS.index("event_id")
_NAME_IN_NOTE: Final = re.compile(rf".+ for (?P<event_id>{ID_PATTERN.pattern})", re.DOTALL)
"""Note format of earlier versions: "NAME for EVENT"."""

Key = tuple[str, str]
"""A folded text, and a country code or ""."""


def make_row(text: str, country: str, candidate: Candidate, *, note: str, event_id: str) -> list[str]:
    """Return the row for one decision; texts that a spreadsheet would run as a formula are escaped."""
    row = (
        text, country, repr(candidate.lat), repr(candidate.lon), str(candidate.precision),
        repr(candidate.radius_m), candidate.name, candidate.admin1 or "", candidate.country,
        candidate.venue or "", note, candidate.method if candidate.method.startswith("service:") else "", event_id,
    )  # fmt: skip
    return [guard_cell(value) for value in row]


def key_of(line: Sequence[str]) -> Key:
    """Return the lookup key of a row."""
    return fold_key(unguard_cell(line[0])), line[1]


def event_of(line: Sequence[str]) -> str:
    """Return the event id of a row, or the one in its note by an earlier version; "" for none."""
    if line[_EVENT_ID].strip():
        return line[_EVENT_ID].strip()
    named = _NAME_IN_NOTE.fullmatch(unguard_cell(line[_NOTE]).strip())
    return named["event_id"] if named else ""


def without_name(line: Sequence[str]) -> list[str]:
    """Move the event id of a row from its note to its column, and drop the person's name from the note."""
    if line[_EVENT_ID].strip():
        return list(line)
    return [*line[:_NOTE], "", *line[_NOTE + 1 : _EVENT_ID], event_of(line)]


def read_row(line: Sequence[str]) -> tuple[Key, Candidate, str]:
    """Parse a row: its key, its location, and the event that it was written for ("" for none).

    Raises
    ------
    ValueError
        If the row is invalid; the text says why.
    """
    value = dict(zip(COLUMNS, (unguard_cell(cell).strip() for cell in line), strict=False))
    key = fold_key(value["text"])
    if not key:
        raise ValueError("the text is empty")
    lat, lon = float(value["lat"]), float(value["lon"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is not a latitude and longitude")
    precision = LocationPrecision(value["precision"] or "venue")
    if value["found_by"] and not value["found_by"].startswith("service:"):
        raise ValueError(f"found_by is empty or service:NAME, not {value['found_by']}")
    radius = float(value["radius_m"] or 150.0)
    if not 0 <= radius <= 20_000_000:
        raise ValueError(f"{radius} is not a radius in metres")
    candidate = Candidate(
        lat, lon, value["name"] or value["text"], value["admin1"] or None, value["place_country"].upper(), precision,
        radius, 1.0, None, value["venue"] or None, value["found_by"] or "override",
    )  # fmt: skip
    return (key, value["country"].upper()), candidate, value["event_id"]
