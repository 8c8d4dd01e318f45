"""A dated release: all public events in every format, with codebook, citation, checksums and changes."""

from __future__ import annotations

import csv
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from rallymap.errors import ExportError
from rallymap.exports.citation_file import write_citation
from rallymap.exports.coverage_file import coverage_table
from rallymap.exports.croissant import describe_croissant
from rallymap.exports.csv_file import csv_metadata
from rallymap.exports.data_package import codebook, describe_package
from rallymap.exports.formats import FORMATS
from rallymap.exports.provenance import Provenance
from rallymap.exports.references import REFERENCE_FORMATS, reference_of_selection
from rallymap.exports.release_changes import changelog, compare_tables, read_table_state
from rallymap.exports.table_columns import Column, column_named
from rallymap.exports.xlsx_file import MOST_ROWS
from rallymap.file_faults import reason_of
from rallymap.intake.context import ContextMark
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database
from rallymap.store.coverage import list_coverage
from rallymap.store.takedown import list_tombstones
from rallymap.views.single_file import MOST_EVENTS
from rallymap.workflows.exports import export_as
from rallymap.workflows.single_file import export_single_file

TABLE: Final = "events.csv"
SUMS: Final = "SHA256SUMS"
MAP: Final = "map.html"
_LIMITS: Final = {"xlsx": MOST_ROWS}
_READ_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Release:
    """The written files in order, and what was left out, each with the reason."""

    files: tuple[str, ...]
    left_out: tuple[str, ...]


def write_release(
    folder: Path,
    db: Database,
    snapshot: Snapshot,
    now: datetime,
    provenance: Provenance,
    context: Sequence[ContextMark],
    *,
    since: Path | None = None,
) -> Release:
    """Write a release into a new folder: completely, or not at all.

    The folder is itself a Data Package (``datapackage.json``). The same data, day and earlier release produce the same
    bytes.

    Parameters
    ----------
    since
        Folder of an earlier release to compare with; None for the first.

    Raises
    ------
    ExportError
        If the folder exists and is not empty, `since` contains no release, or a file cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"“{folder.name}” exists and is not empty; name a new folder for the release.")
    before = None if since is None else read_table_state(since / TABLE)
    try:
        made = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}."))
        try:
            left_out = tuple(_write_events(made, db, snapshot, now, provenance, context))
            gone = sorted({tombstone.event_id for tombstone in db.read(list_tombstones)})
            _write(made / "withdrawn.csv", [("\r\n".join(["id", *gone]) + "\r\n").encode()])
            _write(made / "coverage.csv", [coverage_table(entry for _, entry in db.read(list_coverage))])
            changes = None if before is None else compare_tables(before, read_table_state(made / TABLE))
            _write(made / "CHANGES.md", [changelog(provenance, changes).encode()])
            _write(made / "CITATION.cff", [write_citation(provenance)])
            reference = reference_of_selection(provenance, address=provenance.address)
            for ending, (_, _, write) in REFERENCE_FORMATS.items():
                _write(made / f"CITATION.{ending}", [write(reference)])
            _describe(made, provenance)
            files = sorted(path.name for path in made.iterdir())
            _write(made / SUMS, (f"{_sha256(made / name)}  {name}\n".encode() for name in files))
            made.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            made.rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as err:
        raise ExportError(f"{folder} cannot be written: {reason_of(err, folder)}.") from err
    return Release((*files, SUMS), left_out)


def _write_events(
    folder: Path,
    db: Database,
    snapshot: Snapshot,
    now: datetime,
    provenance: Provenance,
    context: Sequence[ContextMark],
) -> Iterator[str]:
    """Write the events in every format; yield a message for each format that cannot hold as many events."""
    total = len(snapshot)
    for one in FORMATS.values():
        if one.ending == "zip":
            continue  # the folder is the Data Package
        if total > _LIMITS.get(one.ending, total):
            yield f"{one.name} holds {_LIMITS[one.ending]:,} events at most and was left out."
            continue
        _write(folder / f"events.{one.ending}", one.write(export_as(one, db, snapshot, Listing(), now), provenance))
    if total > MOST_EVENTS:
        yield f"The map in one file holds {MOST_EVENTS:,} events at most and was left out."
    else:
        _write(folder / MAP, export_single_file(db, snapshot, Listing(), now, provenance, context))


def _describe(folder: Path, provenance: Provenance) -> None:
    """Write the files that describe the columns of the table."""
    table = folder / TABLE
    columns = _columns_of(table)
    size, sha256 = table.stat().st_size, _sha256(table)
    names = [column.name for column in columns]
    _write(folder / f"{TABLE}-metadata.json", [csv_metadata(provenance, file_name=TABLE, header=names)])
    _write(folder / "datapackage.json", [describe_package(provenance, columns, size=size, sha256=sha256)])
    _write(
        folder / "croissant.json", [describe_croissant(provenance, columns, file_name=TABLE, sha256=sha256, size=size)]
    )
    _write(folder / "CODEBOOK.md", [codebook(provenance, columns).encode()])


def _columns_of(table: Path) -> list[Column]:
    with table.open(encoding="utf-8", newline="") as file:
        return [column_named(name) for name in next(csv.reader(file))]


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
    path.chmod(0o644)  # a release is public, whatever else this process writes


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_READ_AT_ONCE):
            digest.update(piece)
    return digest.hexdigest()
