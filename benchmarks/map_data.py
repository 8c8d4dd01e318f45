"""Synthetic but realistic events: cities with Zipf-like weights, 40 years, 8 kinds; databases of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.places.codes import PlaceKind
from rallymap.places.gazetteer import load_gazetteer
from rallymap.store import Database
from rallymap.store.bulk import add_many, mark_seeded

HOMES = Path(__file__).resolve().parents[1] / "var" / "bench-events"
CITIES = 3_000
FIRST_DAY, DAYS = date(1985, 1, 1), 14_600
KIND_WEIGHTS = (0.5, 0.15, 0.1, 0.07, 0.06, 0.06, 0.03, 0.03)
PRECISION_WEIGHTS = {
    DatePrecision.DAY: 0.88,
    DatePrecision.WEEKEND: 0.07,
    DatePrecision.MONTH: 0.04,
    DatePrecision.YEAR: 0.01,
}
COMMUNITIES = ("Iran", "Tibet", "Belarus", "Ukraine", "Myanmar", "Kurdistan", "Eritrea", "Hong Kong")


class Columns(NamedTuple):
    """The synthetic events as arrays of equal length; `day` counts from `FIRST_DAY`, `city` is a gazetteer row."""

    lat: np.ndarray
    lon: np.ndarray
    day: np.ndarray
    kind: np.ndarray
    precision: np.ndarray
    is_venue: np.ndarray
    organiser: np.ndarray
    city: np.ndarray


def synthetic_columns(count: int) -> Columns:
    """Return the same events each time; three in ten have their own venue, the others are at their city."""
    random = np.random.default_rng(1)
    gazetteer = load_gazetteer()
    rows = [row for row in range(len(gazetteer)) if gazetteer.kind(row) == PlaceKind.CITY]
    cities = sorted(rows, key=gazetteer.population, reverse=True)[:CITIES]
    weights = 1 / np.arange(1, CITIES + 1)
    at = random.choice(CITIES, count, p=weights / weights.sum())
    points = np.array([gazetteer.lat_lon(city) for city in cities])[at]
    is_venue = random.random(count) < 0.3
    points = points + random.normal(0, 0.02, (count, 2)) * is_venue[:, None]
    return Columns(
        points[:, 0],
        points[:, 1],
        (random.beta(2, 1.2, count) * DAYS).astype(int),
        random.choice(len(KIND_WEIGHTS), count, p=KIND_WEIGHTS),
        random.choice(len(PRECISION_WEIGHTS), count, p=list(PRECISION_WEIGHTS.values())),
        is_venue,
        random.zipf(1.6, count) % 400,
        np.array(cities)[at],
    )


def synthetic_events(count: int) -> Iterator[Event]:
    """Yield the events of :func:`synthetic_columns`."""
    gazetteer = load_gazetteer()
    kinds, precisions = list(Kind), list(PRECISION_WEIGHTS)
    for n, (lat, lon, day, kind_at, precision_at, is_venue, organiser, city_at) in enumerate(
        zip(*(column.tolist() for column in synthetic_columns(count)), strict=True)
    ):
        kind, name, country = kinds[kind_at], gazetteer.name(city_at), gazetteer.country(city_at)
        precision = LocationPrecision.VENUE if is_venue else LocationPrecision.CITY
        radius_m = 0.0 if is_venue else gazetteer.radius_m(city_at)
        yield Event(
            f"synthetic-{n:07}",
            f"{kind.value.capitalize()} number {n} in {name}",
            kind,
            _date(FIRST_DAY + timedelta(days=day), precisions[precision_at]),
            Place(name, country_hint=country),
            Location(lat, lon, precision, radius_m, 0.9, "given", name=name, country=country),
            organisers=(f"Committee {organiser}",),
            communities=(COMMUNITIES[n % len(COMMUNITIES)],),
            sources=(Source(title="A synthetic leaflet"),),
            review=ReviewStatus.PUBLISHED,
        )


def _date(day: date, precision: DatePrecision) -> EventDate:
    if precision is DatePrecision.YEAR:
        return EventDate.year(day.year)
    if precision is DatePrecision.MONTH:
        return EventDate.month(day.year, day.month)
    if precision is DatePrecision.WEEKEND:
        saturday = day + timedelta(days=5 - day.weekday())
        return EventDate(saturday, saturday + timedelta(days=1), precision)
    return EventDate(day, day, precision)


def home_with(count: int) -> Path:
    """Return a ``RALLYMAP_HOME`` whose database has `count` synthetic events; filled at first use."""
    home = HOMES / str(count)
    ready = home / "ready"
    if not ready.exists():
        home.mkdir(parents=True, exist_ok=True)
        print(f"filling a database with {count:,} events ...", file=sys.stderr)
        db = Database.open(f"sqlite:///{home / 'rallymap.db'}")
        db.write(mark_seeded)
        add_many(db, synthetic_events(count), actor="benchmark")
        db.close()
        ready.touch()
    return home
