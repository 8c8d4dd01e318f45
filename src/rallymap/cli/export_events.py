"""``rallymap export``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rallymap.cli.filter_options import filter_of, filter_options
from rallymap.cli.opened import nothing_public, opened_database
from rallymap.cli.output import count, note
from rallymap.cli.whole_file import write_whole
from rallymap.errors import ExportError
from rallymap.file_faults import reason_of
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.exports.formats import Format
    from rallymap.exports.provenance import Provenance


@click.command("export")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@filter_options
@click.option("--bom", is_flag=True, help="Start a CSV file with a byte order mark, so that Excel reads it as UTF-8.")
def export_events(
    output: Path,
    bom: bool,
    **chosen_by: Any,
) -> None:
    """Write public events to a file; its ending decides the format.

    Endings: .csv .xlsx .geojson .parquet (GeoParquet) .kml .ics .jsonld .zip (a Data Package: CSV with schema and
    codebook). Only what visitors may see is written: the venue of an upcoming event is left out until it is public.
    With --from or --to, events without a known date are left out. A CSV file comes with FILE-metadata.json: licence,
    citation and the meaning of each column. Exit code 1 if no event matches.

    \b
    Examples:
      rallymap export -o all.csv
      rallymap export --from 2020-01-01 --country NO -o norway.geojson
      rallymap export --community Iran --kind march -o marches.xlsx
      rallymap export --q 'women "life freedom"' --near 59.91,10.75 --radius-km 50 -o oslo.csv
    """
    from rallymap.exports.csv_file import write_csv
    from rallymap.exports.formats import format_of
    from rallymap.query.listing import Listing
    from rallymap.workflows import exports
    from rallymap.workflows.data_frames import snapshot_of

    chosen = format_of(output.name)
    if bom and chosen.ending != "csv":
        raise click.UsageError("--bom is for CSV files only.")
    listing = Listing(filter_of(chosen_by))
    settings = Settings.from_env()
    with opened_database(settings) as db:
        snapshot, now = snapshot_of(db), db.now()
        total = len(listing.rows(snapshot))
        if not len(snapshot):
            raise ExportError(nothing_public())
        if not total:
            raise ExportError(_no_match_text(snapshot.communities, chosen_by["community"]))
        provenance = exports.describe_export(settings, settings.address, snapshot, listing, now)
        pieces = partial(write_csv, bom=True) if bom else chosen.write
        _write(output, chosen, pieces(exports.export_as(chosen, db, snapshot, listing, now), provenance), provenance)
    note(f"{count(total, 'event')} written to {output}.")
    if chosen.ending == "ics":
        undated = int((listing.rows(snapshot) < snapshot.columns.undated).sum())
        if undated:
            note(f"{count(undated, 'event')} without a known date left out: a calendar needs a day.")


def _no_match_text(known: tuple[str, ...], asked: tuple[str, ...]) -> str:
    unknown = [name for name in asked if name not in known]
    if unknown and known:
        shown = ", ".join(known[:12]) + (" ..." if len(known) > 12 else "")
        return f"No event is of the community “{unknown[0]}”. Communities here: {shown}. Nothing was written."
    return "No event matches. Nothing was written."


def _write(output: Path, chosen: Format, pieces: Iterator[bytes], provenance: Provenance) -> None:
    from rallymap.exports.csv_file import csv_metadata

    try:
        write_whole(output, pieces)
        if chosen.ending == "csv":
            with output.open(encoding="utf-8-sig", newline="") as file:
                header = next(csv.reader(file))
            metadata = csv_metadata(provenance, file_name=output.name, header=header)
            write_whole(output.with_name(f"{output.name}-metadata.json"), iter([metadata]))
    except OSError as err:
        raise ExportError(f"{output} cannot be written: {reason_of(err, output)}.") from err
