"""Landmarks where people rally: parliaments, central squares, consular quarters; `data/landmarks.csv`, editable."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rallymap.errors import AssetError
from rallymap.events import LocationPrecision
from rallymap.folding import fold_letters
from rallymap.places.normalize import fold_key, join_key

LANDMARK_FILE: Final = Path(__file__).parent / "data" / "landmarks.csv"
_MAX_WORDS: Final = 6


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
        self._words: set[str] = set()  # the first words of all names
        self.places: list[Landmark] = []
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    self._add(row)
        except (OSError, ValueError, KeyError, AttributeError) as err:
            raise AssetError(
                "The list of landmarks is missing or damaged; repair it or reinstall rallymap.",
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
            self._words.update(fold_letters(name).split()[:1])
            if key and place not in self._by_key.setdefault(key, []):
                self._by_key[key].append(place)

    def find(self, words: tuple[str, ...]) -> list[Landmark]:
        """Find the places named by the longest stretch of the words that names any."""
        words = words[:24]
        if not any(word in self._words for word in words):
            return []
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
