"""Measure what a visitor learns about a withheld place by searching the form for similar events.

Run ``python -m benchmarks.trilateration``. An upcoming event is shown as a cell of 0.1 degree. A visitor who knows the
gazetteer searches with towns about 30 km away, at the limit of "same place", and keeps the points of the cell that
agree with all answers. The remaining area is measured twice: with the answers to visitors, and with those to
moderators, which use the stored point.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rallymap.dates import DatePrecision, EventDate
from rallymap.distances import measure_km
from rallymap.events import Event, EventStatus, Kind, Location, LocationPrecision, Place, ReviewStatus
from rallymap.limits import Limits
from rallymap.places.codes import PlaceKind
from rallymap.places.gazetteer import load_gazetteer
from rallymap.query.public_view import CELLS_PER_DEGREE, snap_to_grid
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.duplicates import KM, list_possible_duplicates
from rallymap.workflows.similar_events import similar_events

PROBES = 56
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DAY = EventDate(date(2026, 6, 15), precision=DatePrecision.DAY, zone="Europe/London")
VENUES = {
    "London": (51.50079, -0.12463, "GB"),
    "Oslo": (59.91301, 10.73999, "NO"),
    "Paris": (48.86730, 2.36370, "FR"),
}
Point = tuple[float, float]
Answers = tuple[bool, ...]
Ask = Callable[[Event], bool]


@dataclass(frozen=True)
class Learned:
    """Square kilometres of a cell, and the area left after the answers to visitors and to moderators."""

    cell: float
    by_visitor: float
    by_moderator: float


def towns_around(centre: Point, count: int = PROBES) -> list[Point]:
    """Return the gazetteer's towns whose distance from a point is closest to the limit of "same place"."""
    gazetteer = load_gazetteer()
    rows = (row for row in range(len(gazetteer)) if gazetteer.kind(row) == PlaceKind.CITY)
    points = {gazetteer.lat_lon(row) for row in rows}
    return sorted(points, key=lambda point: (abs(measure_km(*centre, *point) - KM), point))[:count]


def upcoming(point: Point, country: str) -> Event:
    """Return a published event two weeks from now at an exact point, of which the public sees the city."""
    location = Location(*point, LocationPrecision.VENUE, 50, 1.0, "pin", "City", "", country)
    return Event(
        "upcoming",
        "Rally",
        Kind.RALLY,
        DAY,
        Place("City", "A square", country),
        location,
        status=EventStatus.ANNOUNCED,
        review=ReviewStatus.PUBLISHED,
    )


def visitor(db: Database) -> Ask:
    """Return a function that tells a visitor whether the form calls an event the same place."""
    return lambda asked: _says_same_place(similar_events(db, asked, asked, address="", now=NOW, limit=5)[0])


def moderator(db: Database) -> Ask:
    """Return the same function based on the stored point, as for moderators."""
    return lambda asked: _says_same_place(db.read(list_possible_duplicates, asked))


def answers_at(db: Database, point: Point, country: str, towns: Sequence[Point], *asks: Ask) -> list[Answers]:
    """Put the event at a point, search with every town, and return the answers to each of `asks`."""
    add_many(db, [upcoming(point, country)], actor="benchmark")
    return [tuple(ask(_asked(town, country)) for town in towns) for ask in asks]


def points_of_cell(point: Point, side: int) -> Iterator[Point]:
    """Yield `side` times `side` evenly spaced points of the cell that contains a point."""
    lat, lon = snap_to_grid(*point)
    step = 1 / CELLS_PER_DEGREE / side
    offsets = [(number + 0.5) * step - 0.5 / CELLS_PER_DEGREE for number in range(side)]
    return ((lat + north, lon + east) for north in offsets for east in offsets)


def measure(db: Database, city: str, side: int) -> Learned:
    """Attack one event, and compare with events at `side` times `side` other points of its cell."""
    lat, lon, country = VENUES[city]
    towns, asks = towns_around(snap_to_grid(lat, lon)), (visitor(db), moderator(db))
    truth = answers_at(db, (lat, lon), country, towns, *asks)
    left = [0, 0]
    for point in points_of_cell((lat, lon), side):
        answers = answers_at(db, point, country, towns, *asks)
        left = [count + (one == true) for count, one, true in zip(left, answers, truth, strict=True)]
    cell = (111.2 / CELLS_PER_DEGREE) ** 2 * math.cos(math.radians(lat))
    return Learned(cell, *(cell * count / side**2 for count in left))


def main() -> None:
    """Print a line per city."""
    print(f"{PROBES} questions each   cell km2   left to a visitor   left with a moderator's answers")
    with tempfile.TemporaryDirectory() as folder:
        for city in VENUES:
            # The measurement searches more often than a visitor may.
            limits = Limits(lookup=1_000_000)
            db = Database.open(f"sqlite:///{Path(folder) / city}.db", clock=lambda: NOW, limits=limits)
            found = measure(db, city, side=10)
            db.close()
            print(f"{city:18} {found.cell:10.0f} {found.by_visitor:19.1f} {found.by_moderator:33.1f}")


def _asked(town: Point, country: str) -> Event:
    place = Location(*town, LocationPrecision.CITY, 2_000, 0.99, "gazetteer", "Town", "", country)
    return Event("asked", "-", Kind.RALLY, DAY, Place("Town", country_hint=country), place)


def _says_same_place(found: Sequence[object]) -> bool:
    return any("same place" in reason for duplicate in found for reason in duplicate.reasons)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
