"""Precomputed locations of the bundled events, so that a first start does not have to geocode hundreds of places."""

from __future__ import annotations

import csv
from pathlib import Path

from rallymap.errors import InvalidEventError
from rallymap.events import Location, LocationPrecision, Place
from rallymap.language import phrase

COLUMNS = (
    "place", "venue", "country", "lat", "lon", "precision", "radius_m", "confidence", "method", "name", "admin1",
)  # fmt: skip
"""Columns of the table; the first three are the place as written in the events."""


def read_bundled_places(path: Path) -> tuple[dict[Place, Location], tuple[str, ...]]:
    """Read the table of precomputed locations.

    Parameters
    ----------
    path
        A CSV file (UTF-8) with the columns of :data:`COLUMNS`; coordinates are WGS 84 in decimal degrees. May not
        exist.

    Returns
    -------
    locations
        Locations by place as written; empty if the file does not exist.
    complaints
        One sentence for each invalid row, or for the whole file. These places are then geocoded.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except FileNotFoundError:
        return {}, ()
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}, (
            phrase("{file} in the data folder cannot be read; the places are looked up instead.", file=path.name),
        )
    locations: dict[Place, Location] = {}
    complaints = []
    for number, row in enumerate(rows, start=2):
        try:
            locations[Place(row["place"], row["venue"], row["country"])] = _location(row)
        except (KeyError, TypeError, ValueError, InvalidEventError):
            complaints.append(
                phrase(
                    "Row {number} of {file} is left out, and its place is looked up instead.",
                    number=number,
                    file=path.name,
                )
            )
    return locations, tuple(complaints)


def write_bundled_places(path: Path, locations: dict[Place, Location]) -> None:
    """Write the table in sorted order, so that the same locations give the same bytes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(_row(place, location) for place, location in locations.items()))


def _location(row: dict[str, str]) -> Location:
    return Location(
        float(row["lat"]),
        float(row["lon"]),
        LocationPrecision(row["precision"]),
        float(row["radius_m"]),
        float(row["confidence"]),
        row["method"],
        name=row["name"],
        admin1=row["admin1"],
        country=row["country"],
    )


def _row(place: Place, location: Location) -> tuple[str, ...]:
    figures = (f"{location.lat:.5f}", f"{location.lon:.5f}", str(location.precision), f"{location.radius_m:.0f}")
    rest = (f"{location.confidence:.3f}", location.method, location.name, location.admin1)
    return (place.text, place.venue, place.country_hint, *figures, *rest)
