"""Public events as numpy columns, sorted by first day; single rows can be replaced."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self, TypeVar

import numpy as np
import numpy.typing as npt

from rallymap.dates import DatePrecision
from rallymap.events import AttendanceMode, EventStatus, Kind, LocationPrecision
from rallymap.query.rows import EventRow
from rallymap.query.snapshot.dictionaries import Dictionary, IdBuffer, IntArray, NamesDictionary, Points

T = TypeVar("T", bound=np.generic)
NO_DAY: Final = -(2**31)
"""First and last day of an undated event; sorts before every day."""
NO_PLACE: Final = 255
NO_CROWD: Final = -1
"""Lowest and highest estimate of an event without a numeric estimate."""
WORLD_BITS: Final = 30
WORLD: Final = 1 << WORLD_BITS
KINDS: Final = tuple(kind.value for kind in Kind)
DATE_PRECISIONS: Final = tuple(precision.value for precision in DatePrecision)
PLACE_PRECISIONS: Final = tuple(precision.value for precision in LocationPrecision)
STATUSES: Final = tuple(status.value for status in EventStatus)
ATTENDANCE_MODES: Final = tuple(mode.value for mode in AttendanceMode)

_MAX_LATITUDE = 85.0511287798066  # edge of Web Mercator's square; events nearer to a pole are drawn on it
_USUAL_RADIUS_M = {
    "venue": 0.0,
    "district": 1_500.0,
    "city": 5_000.0,
    "region": 60_000.0,
    "country": 300_000.0,
    "": 0.0,
}
_KIND_CODES = {name: code for code, name in enumerate(KINDS)}
_DATE_CODES = {name: code for code, name in enumerate(DATE_PRECISIONS)}
_ATTENDANCE_CODES = {name: code for code, name in enumerate(ATTENDANCE_MODES)}
_STATUS_CODES = {name: code for code, name in enumerate(STATUSES)}
_PLACE_CODES = {name: code for code, name in enumerate(PLACE_PRECISIONS)} | {"": NO_PLACE}


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """Dictionary encodings of the columns."""

    ids: IdBuffer
    countries: Dictionary[str]
    cities: Dictionary[str]
    organisers: NamesDictionary
    communities: NamesDictionary
    topics: NamesDictionary
    publishers: NamesDictionary
    campaigns: Dictionary[str]
    crowd_by: NamesDictionary

    @classmethod
    def empty(cls) -> Self:
        """Return empty dictionaries."""
        names = NamesDictionary(), NamesDictionary(), NamesDictionary(), NamesDictionary()
        return cls(IdBuffer(), Dictionary(("",)), Dictionary(("",)), *names, Dictionary(("",)), NamesDictionary())


@dataclass(frozen=True, slots=True)
class Columns:
    """One array per property, all of the same length, rows ordered by `start` and `id_hash`; undated events come first.

    The order depends only on public data: it reveals neither when an event was recorded nor when it last changed.

    Attributes
    ----------
    start, end
        Days since 1970-01-01, inclusive, or `NO_DAY`.
    point
        Index in the snapshot's :class:`Points`, or -1 without a place.
    kind, status, attendance_mode, date_precision, place_precision
        Index in `KINDS`, `STATUSES`, `ATTENDANCE_MODES`, `DATE_PRECISIONS`, `PLACE_PRECISIONS` (or `NO_PLACE`).
    radius_m
        Radius in metres within which the event took place.
    country, city, organisers, communities, topics, publishers, campaign, crowd_by, id_ref
        Codes in the :class:`Dictionaries`; cities include their country, as in "Oslo, NO".
    crowd_low, crowd_high
        Lowest and highest number of people that an estimate gives; both `NO_CROWD` without a number.
    crowd_open_below, crowd_open_above
        Whether an estimate has no lower limit, and whether one has no upper limit.
    has_source
        Whether the event has any source.
    search_id
        Id in the full-text index, or 0.
    changed_in
        Dataset version of the latest change that is visible to the public.
    id_hash
        Hash to find a row by its id and to order events of the same day; the same in every process.
    """

    start: IntArray
    end: IntArray
    point: IntArray
    kind: npt.NDArray[np.uint8]
    status: npt.NDArray[np.uint8]
    attendance_mode: npt.NDArray[np.uint8]
    date_precision: npt.NDArray[np.uint8]
    place_precision: npt.NDArray[np.uint8]
    radius_m: npt.NDArray[np.float32]
    country: npt.NDArray[np.uint16]
    city: IntArray
    organisers: IntArray
    communities: IntArray
    topics: IntArray
    publishers: IntArray
    crowd_low: IntArray
    crowd_high: IntArray
    crowd_open_below: npt.NDArray[np.bool_]
    crowd_open_above: npt.NDArray[np.bool_]
    has_source: npt.NDArray[np.bool_]
    search_id: IntArray
    campaign: IntArray
    crowd_by: IntArray
    changed_in: npt.NDArray[np.int64]
    id_ref: npt.NDArray[np.uint32]
    id_hash: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.start)

    @property
    def undated(self) -> int:
        """Number of undated rows, which come first."""
        # With a Python int numpy would first copy the whole column as 64-bit integers.
        return int(np.searchsorted(self.start, np.int32(NO_DAY), side="right"))

    @property
    def is_online_without_place(self) -> npt.NDArray[np.bool_]:
        """Which rows have no place because the event is online."""
        online = self.attendance_mode == _ATTENDANCE_CODES[AttendanceMode.ONLINE]
        online |= self.status == _STATUS_CODES[EventStatus.MOVED_ONLINE]
        nowhere: npt.NDArray[np.bool_] = online & (self.point < 0)
        return nowhere

    def rows_of(self, ids: Iterable[str], dictionaries: Dictionaries) -> npt.NDArray[np.int64]:
        """Return the rows of those `ids` that exist, ascending."""
        wanted = set(ids)
        if not wanted:
            return np.empty(0, np.int64)
        rows = np.flatnonzero(np.isin(self.id_hash, np.array([id_hash(id_) for id_ in wanted], np.int64)))
        return rows[[id_ in wanted for id_ in dictionaries.ids.read(self.id_ref[rows])]] if len(rows) else rows

    def replace_rows(self, dropped: npt.NDArray[np.int64], fresh: Columns) -> Columns:
        """Return columns without the rows `dropped` (ascending) and with the rows of `fresh` (sorted) merged in.

        Only slices are copied, so that changing one event among a million takes a few milliseconds.
        """
        places = self._places_of(fresh)
        inserts = [(int(row), 0, new) for new, row in enumerate(places)]
        drops = [(int(row), 1, -1) for row in dropped]
        pieces: list[tuple[int, int, int]] = []
        done = 0
        for row, skipped, new in sorted(inserts + drops):  # at equal rows the insert comes first
            pieces.append((done, row, new))
            done = row + skipped
        pieces.append((done, len(self), -1))

        def merged(old: npt.NDArray[np.generic], new: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
            parts = []
            for first, last, at in pieces:
                parts.append(old[first:last])
                if at >= 0:
                    parts.append(new[at : at + 1])
            return np.concatenate(parts)

        return Columns(*(merged(getattr(self, f.name), getattr(fresh, f.name)) for f in dataclasses.fields(self)))  # type: ignore[arg-type]

    def _places_of(self, fresh: Columns) -> list[int]:
        """Return the index at which each row of `fresh` is inserted."""
        first = np.searchsorted(self.start, fresh.start, side="left")
        last = np.searchsorted(self.start, fresh.start, side="right")
        spans = zip(first, last, fresh.id_hash, strict=True)
        return [int(low + np.searchsorted(self.id_hash[low:high], value)) for low, high, value in spans]

    def take(self, rows: npt.NDArray[np.int64]) -> Columns:
        """Return the given rows in the given order."""
        return Columns(*(getattr(self, f.name)[rows] for f in dataclasses.fields(self)))


def build_columns(chunks: Iterable[Sequence[EventRow]], dictionaries: Dictionaries) -> tuple[Columns, Points]:
    """Build sorted columns from chunks of rows; new values are added to `dictionaries`."""
    parts = [_encode(chunk, dictionaries) for chunk in chunks if chunk]
    if not parts:
        parts = [_encode([], dictionaries)]
    x, y = (np.concatenate(axis) for axis in zip(*(xy for _, xy in parts), strict=True))
    columns = _joined([part for part, _ in parts])
    placed = columns.place_precision != NO_PLACE
    points, numbers = Points.of(x[placed], y[placed])
    columns.point[placed] = numbers
    return columns.take(np.lexsort((columns.id_hash, columns.start))), points


def encode_changes(rows: Sequence[EventRow], dictionaries: Dictionaries, points: Points) -> tuple[Columns, Points]:
    """Encode a few rows as sorted columns, with the points that they refer to."""
    columns, (x, y) = _encode(rows, dictionaries)
    placed = columns.place_precision != NO_PLACE
    points, numbers = points.with_points(x[placed], y[placed])
    columns.point[placed] = numbers
    return columns.take(np.lexsort((columns.id_hash, columns.start))), points


def id_hash(event_id: str) -> int:
    """Return a signed 64-bit hash of an id; collisions within one day are very unlikely."""
    octets = event_id.encode("ascii")
    return (zlib.crc32(octets) - 2**31 << 32) | zlib.adler32(octets)


def to_mercator(lat: npt.ArrayLike, lon: npt.ArrayLike) -> tuple[IntArray, IntArray]:
    """Return x and y of points on the Web Mercator square, ``[0, WORLD)``; 180 E equals 180 W."""
    phi = np.radians(np.clip(np.asarray(lat, np.float64), -_MAX_LATITUDE, _MAX_LATITUDE))
    x = (np.asarray(lon, np.float64) / 360 + 0.5) * WORLD
    y = (0.5 - np.arcsinh(np.tan(phi)) / (2 * np.pi)) * WORLD
    return (np.floor(x).astype(np.int64) % WORLD).astype(np.int32), np.clip(np.floor(y), 0, WORLD - 1).astype(np.int32)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Return latitude and longitude of a point on the Web Mercator square."""
    return float(np.degrees(np.arctan(np.sinh((0.5 - y / WORLD) * 2 * np.pi)))), (x / WORLD - 0.5) * 360


def _joined(parts: Sequence[Columns]) -> Columns:
    return Columns(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in dataclasses.fields(Columns)))


def _encode(rows: Sequence[EventRow], dictionaries: Dictionaries) -> tuple[Columns, tuple[IntArray, IntArray]]:
    """Return unsorted columns without point indices, and x and y of each row."""
    by_field = dict(
        zip(EventRow._fields, zip(*rows, strict=True) if rows else [()] * len(EventRow._fields), strict=True)
    )
    count = len(rows)

    def numbers(values: Iterable[float], dtype: type[T]) -> npt.NDArray[T]:
        return np.fromiter(values, dtype, count)

    places = [
        p if lat is not None else "" for p, lat in zip(by_field["location_precision"], by_field["lat"], strict=True)
    ]
    points = to_mercator(
        np.fromiter(_or(by_field["lat"], 0), np.float64, count), np.fromiter(_or(by_field["lon"], 0), np.float64, count)
    )
    radii = (r if r is not None else _USUAL_RADIUS_M[p] for r, p in zip(by_field["radius_m"], places, strict=True))
    columns = Columns(
        start=numbers(_or(by_field["start_day"], NO_DAY), np.int32),
        end=numbers(_or(by_field["end_day"], NO_DAY), np.int32),
        point=np.full(count, -1, np.int32),
        kind=numbers(map(_KIND_CODES.__getitem__, by_field["kind"]), np.uint8),
        status=numbers(map(_STATUS_CODES.__getitem__, by_field["status"]), np.uint8),
        attendance_mode=numbers(map(_ATTENDANCE_CODES.__getitem__, by_field["attendance_mode"]), np.uint8),
        date_precision=numbers(map(_DATE_CODES.__getitem__, by_field["date_precision"]), np.uint8),
        place_precision=numbers(map(_PLACE_CODES.__getitem__, places), np.uint8),
        radius_m=numbers(radii, np.float32),
        country=dictionaries.countries.encode(by_field["country"]).astype(np.uint16),
        city=dictionaries.cities.encode(list(map(city_with_country, by_field["city"], by_field["country"]))),
        organisers=dictionaries.organisers.encode(by_field["organisers"]),
        communities=dictionaries.communities.encode(by_field["communities"]),
        topics=dictionaries.topics.encode(by_field["topics"]),
        publishers=dictionaries.publishers.encode(by_field["publishers"]),
        crowd_low=numbers(_or(by_field["crowd_low"], NO_CROWD), np.int32),
        crowd_high=numbers(_or(by_field["crowd_high"], NO_CROWD), np.int32),
        crowd_open_below=numbers(by_field["crowd_open_below"], np.bool_),
        crowd_open_above=numbers(by_field["crowd_open_above"], np.bool_),
        has_source=numbers(by_field["has_source"], np.bool_),
        search_id=numbers(by_field["search_id"], np.int32),
        campaign=dictionaries.campaigns.encode(by_field["campaign"]),
        crowd_by=dictionaries.crowd_by.encode(by_field["crowd_by"]),
        changed_in=numbers(by_field["changed_in"], np.int64),
        id_ref=dictionaries.ids.add(by_field["id"]),
        id_hash=numbers(map(id_hash, by_field["id"]), np.int64),
    )
    return columns, points


def city_with_country(city: str, country: str) -> str:
    """Return a city's value in filters: "Oslo, NO"; "" for none."""
    return f"{city}, {country}" if city and country else city


def _or(values: Iterable[float | None], default: float) -> Iterator[float]:
    return (default if value is None else value for value in values)
