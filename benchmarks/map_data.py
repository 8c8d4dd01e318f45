"""Synthetic but realistic events: cities with Zipf-like weights, 40 years, 8 kinds; kept as databases in var/bench."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.places.codes import PlaceKind
from rallymap.places.index import load_gazetteer
from rallymap.store import EventStore

HOMES = Path(__file__).resolve().parents[1] / "var" / "bench"
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


def synthetic_events(count: int) -> Iterator[Event]:
    """Give the same events each time; three in ten have a venue of their own, the others lie at their city's point."""
    random = np.random.default_rng(1)
    gazetteer = load_gazetteer()
    rows = [row for row in range(len(gazetteer)) if gazetteer.kind(row) == PlaceKind.CITY]
    cities = sorted(rows, key=gazetteer.population, reverse=True)[:CITIES]
    weights = 1 / np.arange(1, CITIES + 1)
    at = random.choice(CITIES, count, p=weights / weights.sum())
    kinds = random.choice(len(KIND_WEIGHTS), count, p=KIND_WEIGHTS)
    days = (random.beta(2, 1.2, count) * DAYS).astype(int)
    precisions = random.choice(len(PRECISION_WEIGHTS), count, p=list(PRECISION_WEIGHTS.values()))
    is_venue = random.random(count) < 0.3
    offsets = random.normal(0, 0.02, (count, 2))
    groups = random.zipf(1.6, count) % 400
    for n in range(count):
        city = cities[at[n]]
        lat, lon = gazetteer.lat_lon(city)
        name, country = gazetteer.name(city), gazetteer.country(city)
        precision, radius_m = LocationPrecision.CITY, gazetteer.radius_m(city)
        if is_venue[n]:
            lat, lon = lat + float(offsets[n][0]), lon + float(offsets[n][1])
            precision, radius_m = LocationPrecision.VENUE, 0.0
        kind = list(Kind)[kinds[n]]
        yield Event(
            f"synthetic-{n:07}",
            f"{kind.value.capitalize()} number {n} in {name}",
            kind,
            _date(FIRST_DAY + timedelta(days=int(days[n])), list(PRECISION_WEIGHTS)[precisions[n]]),
            Place(name, country_hint=country),
            Location(lat, lon, precision, radius_m, 0.9, "given", name=name, country=country),
            organisers=(f"Committee {groups[n]}",),
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
    """Return a ``RALLYMAP_HOME`` whose database holds `count` synthetic events; filled at first use."""
    home = HOMES / str(count)
    ready = home / "ready"
    if not ready.exists():
        home.mkdir(parents=True, exist_ok=True)
        print(f"filling a database with {count:,} events ...", file=sys.stderr)
        store = EventStore.open(f"sqlite:///{home / 'rallymap.db'}")
        store.mark_seeded()
        store.add_many(synthetic_events(count), actor="benchmark")
        store.close()
        ready.touch()
    return home
