"""Landmarks where people rally: parliaments, central squares, consular quarters; from `data/landmarks.csv`.

A name that ends with "?" is shared by several places ("Independence Square?"): it counts only together with its town.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rallymap.errors import AssetError
from rallymap.events import LocationPrecision
from rallymap.file_faults import file_fault, is_failing
from rallymap.folding import fold_letters
from rallymap.places.normalize import join_key, spellings_of
from rallymap.places.vocabulary import REGION_CODES

LANDMARK_FILE: Final = Path(__file__).parent / "data" / "landmarks.csv"
_MAX_WORDS: Final = 6
_SHARED: Final = "?"
# Abbreviations of words for streets and squares: "Trafalgar Sq", "Av. Paulista", "пл. Свободи".
_SHORT: Final = {
    "square": ("sq",), "street": ("st", "str"), "road": ("rd",), "avenue": ("ave", "av"), "avenida": ("av", "avda"),
    "boulevard": ("bd", "blvd"), "place": ("pl",), "plaza": ("pl", "pza", "plza"), "placa": ("pl",), "plac": ("pl",),
    "praca": ("pca",), "piazza": ("p za", "p zza", "pza", "pzza"), "strasse": ("str",), "platz": ("pl",),
    "ulica": ("ul",), "namesti": ("nam",), "namestie": ("nam",), "площадь": ("пл",), "площа": ("пл",),
    "площад": ("пл",), "улица": ("ул",), "вулиця": ("вул",), "bulvar": ("bul",), "meydani": ("meyd", "mey"),
    "πλατεια": ("πλ",),
}  # fmt: skip
_SHORT_ENDINGS: Final = (("platz", "pl"), ("strasse", "str"))  # "Bundespl.", "Friedrichstr."
_LONG_ENDINGS: Final = tuple(ending for ending, _ in _SHORT_ENDINGS)
_has_no_short_form: Final = _SHORT.keys().isdisjoint
# An institution that is named after a landmark is elsewhere: "Lincoln Memorial University".
_NAMED_AFTER: Final = frozenset(
    (word,)
    for word in (
        "university college school academy institute hospital hotel church foundation society association award bank"
        " club restaurant elementary high middle universitat universite universidad hochschule schule klinik"
    ).split()
)
# In Chinese, Japanese and Korean, "in front of" is attached to the name: "国会議事堂前".
_IN_FRONT: Final = ("前", "正門前", "门前", "門前", "门口", "門口", "外", "앞", "앞에서")


@dataclass(frozen=True, slots=True)
class Landmark:
    """One row of the list: `city` is its town; if `is_unique`, its names do not need the town."""

    name: str
    city: str
    country: str
    lat: float
    lon: float
    radius_m: float
    precision: LocationPrecision
    is_unique: bool
    source: str


def read_landmarks(
    path: Path, describe: Callable[[dict[str, str]], Landmark], title: str
) -> list[tuple[Landmark, dict[str, str]]]:
    """Read a list of venues: for each row the landmark from `describe`, and the row itself.

    Raises
    ------
    AssetError
        If the file is missing or a row is invalid; the detail says after how many valid rows.
    """
    found: list[tuple[Landmark, dict[str, str]]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found.append((describe(row), row))  # noqa: PERF401  the number of good rows is reported
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as err:
        raise AssetError(
            f"The list of {title} cannot be read: {file_fault(err, Path(path.name))}."
            if isinstance(err, OSError) and is_failing(err)
            else f"The list of {title} is missing or damaged; repair it or reinstall rallymap.",
            detail=f"{path}, after {len(found)} good rows: {err!r}",
        ) from err
    return found


class Landmarks:
    """The list of landmarks, indexed by all their names.

    Raises
    ------
    AssetError
        If the file is missing or a row is invalid.
    """

    def __init__(self, path: Path = LANDMARK_FILE) -> None:
        self._by_key: dict[str, list[Landmark]] = {}
        self._words: set[str] = set()  # the first words of all names
        self.places: list[Landmark] = []
        for place, row in read_landmarks(path, _describe, "landmarks"):
            self.places.append(place)
            self._add(place, [row["name"], *row["other_names"].split("|")])

    def _add(self, place: Landmark, names: Iterable[str]) -> None:
        shared: list[list[str]] = []
        own: list[list[str]] = []
        for name in names:
            words = fold_letters(name).split()
            if words:
                (shared if name.endswith(_SHARED) else own).extend(_shorten(words))
        next_to_town = dataclasses.replace(place, is_unique=False) if shared and place.is_unique else place
        for landmark, folded in ((next_to_town, shared), (place, own)):
            for words in folded:
                if words[0] not in self._words:
                    self._words |= spellings_of(words[0])
                filed = self._by_key.setdefault(join_key(words), [])
                if not filed or (filed[-1] is not place and filed[-1] is not next_to_town):
                    filed.append(landmark)

    def find(self, words: tuple[str, ...]) -> tuple[list[Landmark], tuple[str, ...]]:
        """Return the landmarks for the longest matching sequence of words, and this sequence."""
        found, stretch = self._find(words[:24])
        if words and not found and not words[-1].isascii() and words[-1].endswith(_IN_FRONT):
            ending = max((each for each in _IN_FRONT if words[-1].endswith(each)), key=len)
            named = filter(None, (*words[:-1], words[-1].removesuffix(ending)))
            return self._find(tuple(named))
        return found, stretch

    def _find(self, words: tuple[str, ...]) -> tuple[list[Landmark], tuple[str, ...]]:
        starts = [start for start, word in enumerate(words) if word in self._words]
        for size in range(min(_MAX_WORDS, len(words)), 0, -1) if starts else ():
            for start in starts:
                stretch = words[start : start + size]
                found = self._by_key.get(join_key(stretch)) if len(stretch) == size else None
                if start and stretch[0] == "university" and words[start - 1] in REGION_CODES:
                    continue  # "Indiana University of Pennsylvania" is another one
                if found and words[start + size : start + size + 1] not in _NAMED_AFTER:
                    return found, stretch
        return [], ()


def _shorten(words: list[str]) -> list[list[str]]:
    """Return a name's folded words, and variants with abbreviated words for streets and squares."""
    if _has_no_short_form(words) and not any(word.endswith(_LONG_ENDINGS) for word in words):
        return [words]
    shortened = [
        [*words[:number], *short.split(), *words[number + 1 :]]
        for number, word in enumerate(words)
        if len(words) > 1
        for short in _SHORT.get(word, ())
    ]
    shortened.extend(
        [*words[:number], word.removesuffix(ending) + short, *words[number + 1 :]]
        for number, word in enumerate(words)
        for ending, short in _SHORT_ENDINGS
        if word.endswith(ending) and word != ending
    )
    return [words, *shortened]


def _describe(row: dict[str, str]) -> Landmark:
    return Landmark(
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


@functools.cache
def load_landmarks() -> Landmarks:
    """Load the shipped list; cached per process."""
    return Landmarks()
