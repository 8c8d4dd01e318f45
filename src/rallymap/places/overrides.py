"""The operator's own decisions: an editable CSV file with priority over all other sources.

One row gives the location of one text. Texts are compared like names in the gazetteer, so case, accents and spaces do
not matter. A row with an empty `country` applies to a text without a country hint, and to any hint that agrees with the
row's point. `found_by` is the online service whose answer was chosen, because its source must still be named.
`event_id` is the event that a decision was made for, if any: an exact location is then used only while it is public for
that event, and a takedown deletes the row. Rows do not name people.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import os
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from rallymap.errors import PlaceError
from rallymap.events import LocationPrecision
from rallymap.file_faults import file_fault, is_failing
from rallymap.language import mark, tr
from rallymap.places.answers import Candidate
from rallymap.places.file_lock import locked
from rallymap.places.normalize import fold_key
from rallymap.places.override_rows import COLUMNS, event_of, key_of, make_row, read_row, without_name

_DISK_FAILS: Final = mark(
    "The overrides file cannot be read or written because its disk fails; the operator must check the disk."
)
_EXACT: Final = (LocationPrecision.VENUE, LocationPrecision.DISTRICT)
IsOpen = Callable[[str], bool]
"""Returns whether the exact location of an event is public, given its id; False for ""."""


@dataclass(frozen=True, slots=True)
class OverrideProblem:
    """An invalid row of the file; `line` counts the header as 1."""

    line: int
    reason: str


class _Decision(NamedTuple):
    candidate: Candidate
    event_id: str


class Overrides:
    """The overrides file; reloaded whenever it changes on disk.

    Several processes can share the file: each change holds a lock and replaces the whole file.

    Parameters
    ----------
    path
        The CSV file; may not exist. None keeps decisions in memory only.
    is_open
        Called at every lookup, so that the response time does not reveal whether there is a row. None for callers that
        may see everything: every row is used.
    """

    def __init__(self, path: Path | None, is_open: IsOpen | None = None) -> None:
        self._path = path
        self._is_open = is_open
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._rows: dict[tuple[str, str], _Decision] = {}
        self._problems: tuple[OverrideProblem, ...] = ()

    @property
    def problems(self) -> tuple[OverrideProblem, ...]:
        """Invalid rows of the file, with the reason."""
        self._refresh()
        return self._problems

    def find(self, text: str, country: str) -> Candidate | None:
        """Return the decision for a text, or None; `country` is an alpha-2 code or ""."""
        self._refresh()
        key = fold_key(text)
        rows = self._rows
        if not rows or not key:
            return None
        found = rows.get((key, country)) if country else None
        found = found or rows.get((key, ""))
        event_id = found.event_id if found else ""
        is_open = self._is_open is None or self._is_open(event_id) or not event_id
        if found is None or (country and found.candidate.country not in ("", country)):
            return None
        if is_open:
            return found.candidate
        # The centre of a town reveals no more than the event's public view; a venue or an exact point does.
        exact = found.candidate.precision in _EXACT
        return None if exact else dataclasses.replace(found.candidate, venue=None)

    def save(self, text: str, country: str, candidate: Candidate, *, note: str = "", event_id: str = "") -> None:
        """Write a decision to the file; it replaces an earlier one for the same text and country.

        Parameters
        ----------
        note
            Reason, for readers of the file; never a person's name.
        event_id
            The event that it was made for, "" for none.

        Raises
        ------
        PlaceError
            If the text contains no letter or digit, or the file cannot be written.
        """
        key = fold_key(text)
        if not key:
            raise PlaceError(
                tr("This place has no letters to recognise it by; write its name."), detail=repr(text[:80])
            )
        row = make_row(text, country, candidate, note=note, event_id=event_id)

        def add(lines: list[list[str]]) -> list[list[str]]:
            return [*(line for line in lines if key_of(line) != (key, country)), row]

        if self._path is None:
            with self._lock:
                self._rows = {**self._rows, (key, country): _Decision(candidate, event_id)}
            return
        self._rewrite(add)

    def delete(self, event_ids: Collection[str]) -> int:
        """Delete the decisions made for these events; return how many were deleted.

        Raises
        ------
        PlaceError
            If the file cannot be written.
        """
        if self._path is None:
            with self._lock:
                kept = {key: row for key, row in self._rows.items() if row.event_id not in event_ids}
                gone, self._rows = len(self._rows) - len(kept), kept
            return gone
        counts: list[int] = []

        def drop(lines: list[list[str]]) -> list[list[str]]:
            kept = [line for line in lines if event_of(line) not in event_ids]
            counts.append(len(lines) - len(kept))
            return kept

        if any(event_of(line) in event_ids for line in self._lines()):
            self._rewrite(drop)
        return sum(counts)

    def event_ids(self) -> frozenset[str]:
        """Return the ids of events that decisions were made for, including those in notes of earlier versions.

        Raises
        ------
        PlaceError
            If the file cannot be read.
        """
        if self._path is None:
            return frozenset(row.event_id for row in self._rows.values()) - {""}
        return frozenset(event_of(line) for line in self._lines()) - {""}

    def drop_names(self, event_ids: Collection[str]) -> None:
        """Reduce notes of earlier versions, "NAME for EVENT", to the event, if the event is in `event_ids`.

        Raises
        ------
        PlaceError
            If the file cannot be written.
        """

        def tidy(lines: list[list[str]]) -> list[list[str]]:
            return [without_name(line) if event_of(line) in event_ids else line for line in lines]

        lines = self._lines()
        if tidy(lines) != lines:
            self._rewrite(tidy)

    def _lines(self) -> list[list[str]]:
        try:
            return self._read_lines()
        except (OSError, UnicodeDecodeError, csv.Error) as err:
            sentence = tr("The overrides file cannot be read; the operator must mend it.")
            raise PlaceError(tr(_DISK_FAILS) if is_failing(err) else sentence, detail=str(err)) from err

    def _rewrite(self, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
        """Apply a change to the current rows of the file while holding its lock."""
        assert self._path is not None  # noqa: S101  callers hold the path
        with self._lock:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with locked(self._path):
                    self._write_lines(change(self._read_lines()))
            except (OSError, UnicodeDecodeError, csv.Error) as err:
                sentence = tr(
                    "The decision could not be written to the overrides file; the operator must make it writable."
                )
                raise PlaceError(
                    tr(_DISK_FAILS) if is_failing(err) else sentence, detail=f"{self._path}: {err}"
                ) from err
            self._stamp = None
        self._refresh()

    def _read_lines(self) -> list[list[str]]:
        assert self._path is not None  # noqa: S101  callers hold the path
        if not self._path.exists():
            return []
        with self._path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))[1:]
        return [[*line, *[""] * (len(COLUMNS) - len(line))] for line in lines if line]

    def _write_lines(self, lines: Sequence[Sequence[str]]) -> None:
        assert self._path is not None  # noqa: S101
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(lines)
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
        # Two changes within one clock tick can have equal sizes, but a replaced file has another inode.
        stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
        if stamp == self._stamp:
            return
        with self._lock:
            rows: dict[tuple[str, str], _Decision] = {}
            problems = []
            try:
                lines = self._read_lines()
            except (OSError, UnicodeDecodeError, csv.Error) as err:
                # Operators often save half-edited files: keep the last valid version.
                reason = file_fault(err, Path(self._path.name)) if isinstance(err, OSError) else str(err)
                self._problems = (OverrideProblem(1, f"the file cannot be read: {reason}"),)
                self._stamp = None if is_failing(err) else stamp  # a disk that works again does not change the file
                return
            for number, line in enumerate(lines, start=2):
                try:
                    key, candidate, event_id = read_row(line)
                except ValueError as err:
                    problems.append(OverrideProblem(number, str(err)))
                else:
                    rows[key] = _Decision(candidate, event_id)
            self._rows, self._problems, self._stamp = rows, tuple(problems), stamp
