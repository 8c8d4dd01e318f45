"""``rallymap release``."""

from __future__ import annotations

from pathlib import Path

import click

from rallymap.cli.opened import opened_database
from rallymap.cli.output import count, note
from rallymap.cli.whole_file import write_whole
from rallymap.errors import ExportError
from rallymap.settings import Settings


@click.command("release")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File to write.")
@click.option("--single-file", is_flag=True, required=True, help="Write the map with list and search as one HTML file.")
@click.option("--address", default="", metavar="URL", help="Address of your site, for the citation.")
def release(output: Path, single_file: bool, address: str) -> None:
    """Write all public events as a release that others keep.

    With --single-file: one HTML file with map, timeline, list, search and sources. It works without a server and
    without a network. The same events on the same day give the same bytes.

    \b
    Example:
      rallymap release --single-file -o rallies.html
    """
    from rallymap.intake.context import read_context
    from rallymap.query.listing import Listing
    from rallymap.workflows.data_frames import snapshot_of
    from rallymap.workflows.exports import describe_export
    from rallymap.workflows.single_file import export_single_file

    settings = Settings.from_env()
    site = f"{address.rstrip('/')}/" if address else ""
    with opened_database(settings) as db:
        snapshot, now = snapshot_of(db), db.now()
        if not len(snapshot):
            raise ExportError("No event is public here yet. Nothing was written.")
        info = describe_export(settings.site_name, site, snapshot, Listing(), now)
        marks, complaints = read_context(settings.data_dir / "context.csv")
        pieces = export_single_file(db, snapshot, Listing(), now, info, marks)
        try:
            write_whole(output, pieces)
        except OSError as err:
            raise ExportError(f"{output} cannot be written: {err.strerror or 'unknown reason'}.") from err
    for sentence in complaints:
        note(sentence)
    note(f"{count(len(snapshot), 'event')} written to {output}.")
