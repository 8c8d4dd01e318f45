"""Well-known rally places: parliaments, central squares, consular quarters; `data/landmarks.csv`, editable."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rallymap.errors import AssetError
from rallymap.events import LocationPrecision
from rallymap.places.answers import Candidate
from rallymap.places.codes import PlaceKind
from rallymap.places.distance import measure_km
from rallymap.places.finder import Finding, PlaceFinder
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.parse import split_segments

LANDMARK_FILE: Final = Path(__file__).parent / "data" / "landmarks.csv"
_MAX_WORDS: Final = 6
_WITHIN_KM: Final = 40.0
_CONFIDENCE: Final = 0.97
_MAX_GROUPS: Final = 8


@dataclass(frozen=True, slots=True)
class Landmark:
    """One row: `city` is the town it stands in, `is_unique` says that its names need no town beside them."""

    name: str
    city: str
    country: str
    lat: float
    lon: float
    radius_m: float
    precision: LocationPrecision
    is_unique: bool
    source: str


class Landmarks:
    """The list, looked up by any of a row's names.

    Raises
    ------
    AssetError
        If the file is missing or a row cannot be read; the detail says after how many good ones.
    """

    def __init__(self, path: Path = LANDMARK_FILE) -> None:
        self._by_key: dict[str, list[Landmark]] = {}
        self.places: list[Landmark] = []
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    self._add(row)
        except (OSError, ValueError, KeyError, AttributeError) as err:
            raise AssetError(
                "The list of well-known rally places is missing or damaged; mend it or reinstall rallymap.",
                detail=f"{path}, after {len(self.places)} good rows: {err!r}",
            ) from err

    def _add(self, row: dict[str, str]) -> None:
        place = Landmark(
            row["name"],
            row["city"],
            row["country"],
            float(row["lat"]),
            float(row["lon"]),
            float(row["radius_m"]),
            LocationPrecision(row["precision"]),
            row["unique"] == "yes",
            row["source"],
        )
        self.places.append(place)
        for name in (row["name"], *row["other_names"].split("|")):
            key = fold_key(name)
            if key:
                self._by_key.setdefault(key, []).append(place)

    def find(self, words: tuple[str, ...]) -> list[Landmark]:
        """Find the places named by the longest stretch of the words that names any."""
        words = words[:24]
        for size in range(min(_MAX_WORDS, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                found = self._by_key.get(join_key(words[start : start + size]))
                if found:
                    return found
        return []


@functools.cache
def load_landmarks() -> Landmarks:
    """Load the shipped list once per process."""
    return Landmarks()


def find_landmark(finder: PlaceFinder, known: Landmarks, text: str, country: str, finding: Finding) -> Candidate | None:
    """Find the rally place that a text names, if its town is in the text too or its name needs none.

    `finding` is what the gazetteer makes of the same text; `country` is an alpha-2 code or "".
    """
    for segment in (*split_segments(text), *(part.segment for part in finding.parts)):
        places = known.find(segment.words)
        for place in places:
            if country in ("", place.country) and _is_meant(finder, place, len(places), finding):
                return _describe(finder, place)
    return None


def _is_meant(finder: PlaceFinder, place: Landmark, namesakes: int, finding: Finding) -> bool:
    gazetteer = finder.gazetteer
    city = finder.find_city(place.city, place.country, place.lat, place.lon)
    if any(city == posting.place for part in finding.parts for posting in gazetteer.find(join_key(part.segment.words))):
        return True
    for group in finding.groups[:_MAX_GROUPS]:
        lat, lon = gazetteer.lat_lon(group.best.place)
        is_fine = gazetteer.kind(group.best.place) >= PlaceKind.ADMIN2
        if is_fine and measure_km(lat, lon, place.lat, place.lon) <= _WITHIN_KM:
            return True
    if not place.is_unique or namesakes > 1:
        return False
    # Alone ("Stortinget") the name is enough; beside a town elsewhere it is another house of that name.
    if not finding.groups or finding.is_weak:
        return True
    return gazetteer.country(finding.groups[0].best.place) == place.country


def _describe(finder: PlaceFinder, place: Landmark) -> Candidate:
    gazetteer = finder.gazetteer
    city = finder.find_city(place.city, place.country, place.lat, place.lon)
    admin1 = gazetteer.admin1(city) if city is not None else 0
    return Candidate(
        place.lat, place.lon, place.city, gazetteer.name(admin1) if admin1 else None, place.country, place.precision,
        place.radius_m, _CONFIDENCE, gazetteer.population(city) if city is not None else None, place.name,
        "well-known",
    )  # fmt: skip
