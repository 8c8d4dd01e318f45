"""The shipped gazetteer in memory: columns of places, and sorted name keys that lead to them.

`tools/build_gazetteer.py` writes the file. Columns are NumPy arrays, and texts of keys and names are unpacked in pieces
on demand, so that a million names need at most some 45 MB and load in a twentieth of a second. Nothing else changes
after loading, so threads can share it.
"""

from __future__ import annotations

import functools
import threading
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from rallymap.places.codes import ADMIN2, ALTERNATE, CITY, FROM_CLDR_CITIES
from rallymap.places.gazetteer_file import (
    AFTER_ALL,
    PIECE,
    CompressedText,
    Keys,
    ends_of,
    read_columns,
    starts_in_pieces,
)

GAZETTEER_FILE: Final = Path(__file__).parent / "data" / "gazetteer.bin"
# Divisions that GeoNames assigns to one country and that are also written with another.
_CLAIMS: Final = {"RU": ("UA.11", "UA.20"), "SY": ("IL.03",)}
_ARRAYS: Final = "admin1 country kind lat lon population posting_place posting_rank".split()
_SPELLING_COLUMN: Final = "reversed"  # some 4 MB that only near spellings need
_LARGEST_CITY: Final = 300  # radius in units of 100 m
_NAMES_APART: Final = 32  # names are read rarely, so only every 32nd start is stored
_HAN: Final = range(0x3400, 0xA000)


class Posting(NamedTuple):
    """A place with a certain name: its row, the `NameRank` of the name, and its `PlaceKind`."""

    place: int
    rank: int
    kind: int


class Gazetteer:
    """All places and names of one gazetteer file.

    Parameters
    ----------
    path
        File that `make gazetteer` writes.

    Raises
    ------
    AssetError
        If the file is missing or damaged.
    """

    def __init__(self, path: Path = GAZETTEER_FILE) -> None:
        columns = read_columns(path, lambda name: name != _SPELLING_COLUMN)
        columns["posting_rank"] = columns["posting_rank"] & np.uint8(~FROM_CLDR_CITIES & 0xFF)
        self._path = path
        codes: bytes = columns["countries"]
        self._countries = [codes[n : n + 2].decode() for n in range(0, len(codes), 2)]
        self._kind: memoryview[int] = columns["kind"].data
        self._country: memoryview[int] = columns["country"].data
        self._admin1: memoryview[int] = columns["admin1"].data
        self._admin2 = columns["admin2"].data
        self._lat = columns["lat"].data
        self._lon = columns["lon"].data
        self._population: memoryview[int] = columns["population"].data
        self._radius = columns["radius"].data
        self._names = CompressedText(columns["names"])
        self._name_length: bytes = columns["name_length"].tobytes()
        self._some_name_starts = starts_in_pieces(columns["name_length"], _NAMES_APART).data
        self.keys = Keys(columns["keys"], columns["key_length"], columns["first_keys"])
        #: For each key the number of its first posting, and at the end the number of all postings.
        self.first_postings = ends_of(columns["posting_count"])
        self._first_postings = self.first_postings.data  # a memory view returns Python numbers faster than an array
        self._places = columns["posting_place"].data
        self._ranks = columns["posting_rank"].data
        self._han: bytes = columns["han"]
        self.columns = {name: columns[name] for name in _ARRAYS}
        # Several readers look up the same few names of a text.
        self.find = functools.lru_cache(maxsize=1024)(self._find)
        # Rows are sorted by kind up to CITY; finer kinds are sorted by population only.
        first_city = bisect_left(self._kind, True, key=lambda kind: kind >= CITY)
        self._first_admin2 = bisect_left(self._kind, ADMIN2, hi=first_city)
        self._number_of_country = {code: number for number, code in enumerate(self._countries)}
        self._admin1_of_code = {
            code: row for row, code in enumerate(columns["admin1_codes"].decode().split("\n"), len(self._countries))
        }
        self._claimed = {
            country: tuple(self._admin1_of_code[code] for code in codes if code in self._admin1_of_code)
            for country, codes in _CLAIMS.items()
        }

    def __len__(self) -> int:
        return len(self._kind)

    def kind(self, place: int) -> int:
        """Return the `PlaceKind` of a row."""
        return self._kind[place]

    def facts(self, place: int) -> tuple[str, int, int]:
        """Return the country, the row of the first-level division (0 for none) and the population (0 if unknown)."""
        return self._countries[self._country[place]], self._admin1[place], self._population[place]

    def country(self, place: int) -> str:
        """Return the ISO 3166-1 alpha-2 code of a row."""
        return self._countries[self._country[place]]

    def number_of_country(self, code: str) -> int | None:
        """Return the number of a country in the column `country`, None for an unknown code."""
        return self._number_of_country.get(code)

    def admin1(self, place: int) -> int:
        """Return the row of the first-level division, or 0 for none (row 0 is a country)."""
        return self._admin1[place]

    def claimed_by(self, country: str) -> tuple[int, ...]:
        """Return the disputed divisions that are also written with this country: for Russia those of Crimea."""
        return self._claimed.get(country, ())

    def admin2(self, place: int) -> int:
        """Return the row of the second-level division, or 0 for none."""
        number = self._admin2[place]
        return int(self._first_admin2 + number - 1) if number else 0

    def lat_lon(self, place: int) -> tuple[float, float]:
        """Return latitude and longitude in degrees."""
        return self._lat[place] / 1e5, self._lon[place] / 1e5

    def population(self, place: int) -> int:
        """Return the population, 0 if unknown."""
        return self._population[place]

    def radius_m(self, place: int) -> float:
        """Return the estimated radius in metres."""
        return float(self._radius[place] * 100.0)

    def island_radius_km(self, place: int) -> float:
        """Return the radius of an island that contains towns; 0 for towns and for smaller islands."""
        radius = self._radius[place]
        return float(radius / 10) if radius > _LARGEST_CITY else 0.0

    def name(self, place: int) -> str:
        """Return the display name."""
        block = place // _NAMES_APART
        start = self._some_name_starts[block] + sum(self._name_length[block * _NAMES_APART : place])
        return self._names.piece(place // PIECE)[start : start + self._name_length[place]].decode()

    def name_bytes(self, place: int) -> int:
        """Return the length of the display name in UTF-8, which is much cheaper than the name."""
        return self._name_length[place]

    def admin1_of_code(self, code: str) -> int:
        """Return the row of a first-level division by its GeoNames code (``US.CA``), or 0."""
        return self._admin1_of_code.get(code, 0)

    def country_row(self, code: str) -> int | None:
        """Return the row of a country by its alpha-2 code, or None."""
        return self._number_of_country.get(code)

    def has_country(self, code: str) -> bool:
        """Return whether an alpha-2 code is known."""
        return code in self._number_of_country

    def key(self, number: int) -> bytes:
        """Return the key with this number, as UTF-8."""
        return self.keys[number]

    def _find(self, key: str) -> tuple[Posting, ...]:
        """Return the places with this key, best rank first, then coarser and larger first; () if none."""
        number = self.keys.find(self.simplified_key(key).encode("utf-8", "replace"))
        return () if number is None else self.postings(number)

    def postings(self, key_number: int) -> tuple[Posting, ...]:
        """Return the places with the key of this number."""
        span = range(self._first_postings[key_number], self._first_postings[key_number + 1])
        places, ranks, kinds, new = self._places, self._ranks, self._kind, tuple.__new__
        # `Posting(...)` would run a Python function for each of them.
        return tuple([new(Posting, (place := places[n], ranks[n], kinds[place])) for n in span])

    def simplified_key(self, key: str) -> str:
        """Convert a key to simplified Chinese characters, as in the file."""
        has_han = not key.isascii() and any(ord(letter) in _HAN for letter in key)
        return key.translate(self.han_forms) if has_han else key

    @functools.cached_property
    def han_forms(self) -> dict[int, str]:
        """Simplified Chinese characters by the code points of the traditional ones."""
        pairs = self._han.decode()
        return dict(zip(map(ord, pairs[::2]), pairs[1::2], strict=True))

    def with_prefix(self, prefix: str) -> range:
        """Return the numbers of all keys that begin with `prefix`."""
        return self.keys.with_prefix(self.simplified_key(prefix).encode("utf-8", "replace"))

    def towns_of(self, min_population: int) -> list[int]:
        """Return the rows of the towns with at least this population."""
        columns = self.columns
        wanted = (columns["kind"] == CITY) & (columns["population"] >= min_population)
        rows: list[int] = np.flatnonzero(wanted).tolist()
        return rows

    def top_with_prefix(self, prefix: str, country: str, limit: int) -> list[tuple[int, int, bool]]:
        """Return the `limit` most populous places with a key that begins with `prefix`.

        Returns `(place, rank, whole)`; `whole` is True if the key equals the prefix. A place can occur twice, with two
        ranks. `country` is an alpha-2 code, or "" for all.
        """
        numbers = self.with_prefix(prefix)
        if not numbers:
            return []
        low, high = self._first_postings[numbers.start], self._first_postings[numbers.stop]
        places = self.columns["posting_place"][low:high]
        ranks = self.columns["posting_rank"][low:high]
        chosen = np.arange(len(places))
        if country:
            chosen = np.flatnonzero(self.columns["country"][places] == self._number_of_country.get(country, 255))
        # Each step to a weaker name rank costs a factor of e in population.
        people = np.maximum(self.columns["population"][places[chosen]], 50).astype(np.float32)
        score = np.log(people) - ranks[chosen]
        whole_until = self._first_postings[numbers.start + 1] if self._key_is(numbers.start, prefix) else low
        score[chosen < whole_until - low] += 2
        if len(chosen) > limit:
            chosen = chosen[np.argpartition(-score, limit)[:limit]]
        return [(int(places[n]), int(ranks[n]), bool(n < whole_until - low)) for n in chosen.tolist()]

    def _key_is(self, number: int, key: str) -> bool:
        return self.key(number) == self.simplified_key(key).encode("utf-8", "replace")

    def keys_like(
        self, prefix: str, suffix: str, lengths: range, *, admin1: Sequence[int] = (), country: str = ""
    ) -> dict[int, str]:
        """Return the keys, by number, that begin with `prefix` or end with `suffix`, to compare them in full.

        Only keys with one of the `lengths` in UTF-8 bytes, of names that people write, of places in one of the
        divisions `admin1` (or, if empty, in `country`).
        """
        head = self.keys.with_prefix(prefix.encode("utf-8", "replace"))
        by_suffix = self._with_suffix(suffix).astype(np.intp)  # numpy converts other numbers at each use as an index
        sizes, more_sizes = self.keys.sizes_of(head), self.keys.sizes(by_suffix)
        by_prefix = ((sizes >= lengths.start) & (sizes < lengths.stop)).nonzero()[0] + head.start
        by_suffix = by_suffix[(more_sizes >= lengths.start) & (more_sizes < lengths.stop)]
        numbers = np.concatenate((by_prefix, by_suffix))
        first = self.first_postings[numbers].astype(np.intp)
        counts = self.first_postings[numbers + 1] - first
        # Positions of all postings of these keys.
        ends = counts.cumsum()
        at = (first + counts - ends).repeat(counts)
        at += np.arange(len(at))
        wanted = self.columns["posting_rank"][at] <= ALTERNATE
        places = self.columns["posting_place"][at]
        if admin1:
            divisions = self.columns["admin1"][places]
            wanted &= functools.reduce(np.logical_or, [divisions == division for division in admin1])
        elif country:
            wanted &= self.columns["country"][places] == self._number_of_country.get(country, 255)
        chosen = numbers[ends.searchsorted(wanted.nonzero()[0], "right")]
        return self.keys.texts(sorted(set(chosen.tolist())))

    @functools.cached_property
    def _reversed(self) -> np.ndarray[Any, Any]:
        """Key numbers, sorted by reversed key."""
        column: np.ndarray[Any, Any] = read_columns(self._path, lambda name: name == _SPELLING_COLUMN)[_SPELLING_COLUMN]
        return column

    def _with_suffix(self, suffix: str) -> np.ndarray[Any, Any]:
        keys, order = self.keys, self._reversed.data
        tail = suffix.encode("utf-8", "replace")[::-1]
        low = bisect_left(order, tail, key=lambda n: keys[n][::-1])
        high = bisect_left(order, tail + AFTER_ALL, lo=low, key=lambda n: keys[n][::-1])
        return np.asarray(self._reversed[low:high])


_lock = threading.Lock()


def load_gazetteer() -> Gazetteer:
    """Load the shipped gazetteer; cached per process."""
    with _lock:
        return _load()


@functools.cache
def _load() -> Gazetteer:
    return Gazetteer()
