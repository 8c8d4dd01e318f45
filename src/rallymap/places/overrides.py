"""The operator's own decisions: a CSV file, editable by hand, that wins over everything else.

One row says where one text lies. Texts are compared as the gazetteer compares names, so case, accents and spaces do
not matter. A row with an empty `country` holds for a text without a country hint, and for any hint that agrees with
where the row points. `found_by` is the online service whose answer was chosen: its source must stay named.
"""

from __future__ import annotations

import csv
import io
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rallymap.errors import PlaceError
from rallymap.events import LocationPrecision
from rallymap.places.answers import Candidate
from rallymap.places.normalize import fold_key

_COLUMNS: Final = (
    "text", "country", "lat", "lon", "precision", "radius_m", "name", "admin1", "place_country", "venue", "note",
    "found_by",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class OverrideProblem:
    """One line of the file that could not be used; `line` counts the header as 1."""

    line: int
    reason: str


class Overrides:
    """The overrides file, read again whenever it changes on disk.

    Parameters
    ----------
    path
        The CSV file; it need not exist. None keeps decisions in memory only.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._rows: dict[tuple[str, str], Candidate] = {}
        self._problems: tuple[OverrideProblem, ...] = ()

    @property
    def problems(self) -> tuple[OverrideProblem, ...]:
        """Lines of the file that are not used, with the reason."""
        self._refresh()
        return self._problems

    def find(self, text: str, country: str) -> Candidate | None:
        """Find the decision for a text; `country` is an alpha-2 code or ""."""
        self._refresh()
        key = fold_key(text)
        rows = self._rows
        if not rows or not key:
            return None
        found = rows.get((key, country)) if country else None
        found = found or rows.get((key, ""))
        return None if found is None or (country and found.country not in ("", country)) else found

    def save(self, text: str, country: str, candidate: Candidate, *, note: str = "") -> None:
        """Write a decision to the file, in place of an earlier one for the same text and country.

        Raises
        ------
        PlaceError
            If the text has no letter or digit to be recognised by, or the file cannot be written.
        """
        key = fold_key(text)
        if not key:
            raise PlaceError("This place has no letters to recognise it by; write its name.", detail=repr(text[:80]))
        with self._lock:
            if self._path is None:
                self._rows = {**self._rows, (key, country): candidate}
                return
            row = (
                text, country, repr(candidate.lat), repr(candidate.lon), str(candidate.precision),
                repr(candidate.radius_m), candidate.name, candidate.admin1 or "", candidate.country,
                candidate.venue or "", note, candidate.method if candidate.method.startswith("service:") else "",
            )  # fmt: skip
            try:
                lines = [line for line in self._read_lines() if (fold_key(_plain(line[0])), line[1]) != (key, country)]
                self._write_lines([*lines, [_defuse(value) for value in row]])
            except OSError as err:
                raise PlaceError(
                    "The decision could not be written to the overrides file; the operator must make it writable.",
                    detail=f"{self._path}: {err}",
                ) from err
            self._stamp = None
        self._refresh()

    def _read_lines(self) -> list[list[str]]:
        assert self._path is not None  # noqa: S101  callers hold the path
        if not self._path.exists():
            return []
        with self._path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))[1:]
        return [[*line, *[""] * (len(_COLUMNS) - len(line))] for line in lines if line]

    def _write_lines(self, lines: Sequence[Sequence[str]]) -> None:
        assert self._path is not None  # noqa: S101
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(lines)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}.new")
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write(text.getvalue())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    def _refresh(self) -> None:
        if self._path is None:
            return
        try:
            status = self._path.stat()
        except OSError:
            if self._stamp is not None:
                self._rows, self._problems, self._stamp = {}, (), None
            return
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp == self._stamp:
            return
        with self._lock:
            rows: dict[tuple[str, str], Candidate] = {}
            problems = []
            try:
                lines = self._read_lines()
            except (OSError, UnicodeDecodeError, csv.Error) as err:
                # The last good reading stays in force: half-saved files are an operator's everyday.
                self._problems = (OverrideProblem(1, f"the file cannot be read: {err}"),)
                self._stamp = stamp
                return
            for number, line in enumerate(lines, start=2):
                try:
                    key, candidate = _read_row([_plain(value) for value in line])
                except ValueError as err:
                    problems.append(OverrideProblem(number, str(err)))
                else:
                    rows[key] = candidate
            self._rows, self._problems, self._stamp = rows, tuple(problems), stamp


def _read_row(line: list[str]) -> tuple[tuple[str, str], Candidate]:
    value = dict(zip(_COLUMNS, (cell.strip() for cell in line), strict=False))
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
    return (key, value["country"].upper()), candidate


def _defuse(value: str) -> str:
    # Operators open this file in spreadsheets, where a text of a visitor must not become a formula; numbers stay.
    try:
        float(value)
    except ValueError:
        return f"'{value}" if value.startswith(_FORMULA) else value
    return value


def _plain(value: str) -> str:
    return value[1:] if value.startswith("'") and value[1:].startswith(_FORMULA) else value
