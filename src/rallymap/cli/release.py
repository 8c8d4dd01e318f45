"""``rallymap release``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from rallymap.cli.opened import nothing_public, opened_database
from rallymap.cli.output import count, note
from rallymap.cli.whole_file import write_whole
from rallymap.errors import ExportError
from rallymap.file_faults import reason_of
from rallymap.language import ENGLISH, add_wording, find_language, languages, use_language
from rallymap.settings import Settings


@click.command("release")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder, or file, to write.")
@click.option("--single-file", is_flag=True, help="Write the map with list and search as one HTML file.")
@click.option(
    "--since",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder of an earlier release; CHANGES.md then says what changed.",
)
@click.option(
    "--address",
    default="",
    metavar="URL",
    help="Address of your site, for the citation; RALLYMAP_ADDRESS where left out.",
)
@click.option("--language", default="en", metavar="CODE", help="Language of the file that --single-file writes.")
def release(output: Path, single_file: bool, since: Path | None, address: str, language: str) -> None:
    """Write all public events as a release that others keep.

    A folder with every format, the map in one file, a codebook, CITATION.cff, datapackage.json, croissant.json, ids
    of events that are gone, changes since an earlier release, and SHA-256 checksums. With --single-file: one HTML
    file with map, timeline, list, search and sources that works without a server and without a network. The same
    events on the same day give the same bytes.

    \b
    Examples:
      rallymap release -o rallies-2026-11
      rallymap release -o rallies-2026-12 --since rallies-2026-11 --address https://rallies.example
      rallymap release --single-file -o rallies.html
      rallymap release --single-file --language fa -o rallies-fa.html
    """
    from rallymap.intake.context import read_context
    from rallymap.query.listing import Listing
    from rallymap.workflows.data_frames import snapshot_of
    from rallymap.workflows.exports import describe_export
    from rallymap.workflows.releases import write_release
    from rallymap.workflows.single_file import export_single_file

    if single_file and since:
        raise click.UsageError("--since is for folders; leave it out with --single-file.")
    if language != ENGLISH.code and not single_file:
        raise click.UsageError("--language is for --single-file; the files of a folder are in English.")
    settings = Settings.from_env()
    add_wording(settings.language_dir)
    known = languages(settings.language_dir)
    spoken = find_language(language, known)
    if spoken is None:
        codes = ", ".join(one.code for one in known)
        raise click.UsageError(f"there is no language {language!r} here; there are: {codes}")
    site = f"{address.rstrip('/')}/" if address else settings.address
    marks, complaints = read_context(settings.data_dir / "context.csv")
    for sentence in complaints:
        note(sentence)
    with opened_database(settings) as db, use_language(spoken):
        snapshot, now = snapshot_of(db), db.now()
        if not len(snapshot):
            raise ExportError(nothing_public())
        provenance = describe_export(settings, site, snapshot, Listing(), now)
        if single_file:
            _write_file(output, export_single_file(db, snapshot, Listing(), now, provenance, marks))
        else:
            made = write_release(output, db, snapshot, now, provenance, marks, since=since)
            for sentence in made.left_out:
                note(sentence)
            note(f"{count(len(made.files), 'file')} in {output}; check them with: sha256sum -c SHA256SUMS")
    note(f"{count(len(snapshot), 'event')} written to {output}.")


def _write_file(output: Path, pieces: Iterator[bytes]) -> None:
    try:
        write_whole(output, pieces)
    except OSError as err:
        raise ExportError(f"{output} cannot be written: {reason_of(err, output)}.") from err
