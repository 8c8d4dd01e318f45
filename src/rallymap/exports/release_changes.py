"""The changes between two releases of the table."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rallymap.errors import ExportError
from rallymap.exports.provenance import Provenance
from rallymap.file_faults import file_fault, is_failing


@dataclass(frozen=True, slots=True)
class TableState:
    """The rows of a table: a digest of each row by event id; empty columns do not count."""

    digests: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class ReleaseChanges:
    """Sorted ids of the events that were added, removed or changed between two tables."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def read_table_state(table: Path) -> TableState:
    """Parse an exported ``events.csv``.

    Raises
    ------
    ExportError
        If there is no such table.
    """
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            return TableState({row["id"]: _digest(row.items()) for row in csv.DictReader(file)})
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as err:
        if isinstance(err, OSError) and is_failing(err):
            raise ExportError(
                f"The earlier release cannot be read: {file_fault(err, table)}.", detail=repr(err)
            ) from err
        raise ExportError(
            f"“{table.parent.name}” is not a release: its events.csv cannot be read.", detail=repr(err)
        ) from err


def compare_tables(before: TableState, after: TableState) -> ReleaseChanges:
    """Return the changes of events between two tables."""
    old, new = before.digests, after.digests
    return ReleaseChanges(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(id_ for id_ in new.keys() & old.keys() if new[id_] != old[id_])),
        tuple(sorted(old.keys() - new.keys())),
    )


def changelog(provenance: Provenance, changes: ReleaseChanges | None) -> str:
    """Return a Markdown list of changes since an earlier release, if there is one.

    For removed events, only their ids are listed.
    """
    lines = [f"# Changes: {provenance.site}, version {provenance.version}, {provenance.made_on.isoformat()}", ""]
    if changes is None:
        lines += ["This release was not compared with an earlier one."]
    else:
        lines += [
            f"{len(changes.added):,} added, {len(changes.changed):,} changed, {len(changes.removed):,} removed.",
            *_list("Added", changes.added),
            *_list("Changed", changes.changed),
            *_list("Removed", changes.removed),
        ]
    lines += [
        "",
        "`withdrawn.csv` has the ids of events that were public once and were withdrawn, merged or taken down.",
    ]
    return "\n".join(lines) + "\n"


def _list(title: str, ids: Iterable[str]) -> Iterator[str]:
    items = [f"- {event_id}" for event_id in ids]
    if items:
        yield from ("", f"## {title}", "", *items)


def _digest(cells: Iterable[tuple[str, str]]) -> bytes:
    digest = hashlib.sha256()
    for name, text in sorted(cells):
        if text:
            digest.update(f"{name}\0{text}\0".encode())
    return digest.digest()
