"""``rallymap geocode``: one place, or a table of them."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from rallymap.cli.country_option import COUNTRY
from rallymap.cli.online import ALSO_ASK, asked_service
from rallymap.cli.output import count, note, print_table
from rallymap.cli.progress import progress_bar
from rallymap.errors import IntakeError
from rallymap.file_faults import reason_of
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.places import Answer, Candidate, Resolver
    from rallymap.places.batch import BatchSummary

TABLE_ENDINGS = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".docx", ".odt", ".json", ".geojson", ".jsonl", ".ndjson",
    ".umap", ".ics", ".kml", ".kmz", ".gpx", ".yaml", ".yml", ".md", ".html", ".htm",
)  # fmt: skip


@click.command()
@click.argument("what", metavar="TEXT|FILE|-")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Table to write.")
@click.option("--text-column", metavar="NAME", help="Column that holds the place. [default: found by its heading]")
@click.option("--country-column", metavar="NAME", help="Column that holds its country (code or name).")
@click.option("--sure-only", is_flag=True, help="Leave ambiguous rows without coordinates.")
@click.option(
    "--service",
    "with_service",
    is_flag=True,
    help=ALSO_ASK,
)
@click.option("--country", type=COUNTRY, metavar="CODE", help="For one TEXT: its country, such as NO.")
def geocode(
    what: str,
    output: Path | None,
    text_column: str | None,
    country_column: str | None,
    sure_only: bool,
    with_service: bool,
    country: str | None,
) -> None:
    """Geocode a place, or a column of a table.

    Nothing is sent over the network unless --service is given: the gazetteer ships with rallymap. The result is a CSV
    table with all columns of the input, and lat, lon, location_precision, confidence, matched_name, admin1, country,
    outcome and candidates (JSON). The input can be CSV of any kind, XLSX, XLS, ODS, GeoJSON, JSON, iCalendar, KML or
    GPX; or a text file (.txt) with a place in each line, such as "Hamilton" or "Hamilton|NZ". If it has several
    sheets, the first one with a place column is read. The outcome is "located", "ambiguous",
    "no_match", "empty", or "pending" if the service did not answer.

    If several places have the name, the outcome is "ambiguous": the row has all candidates, and the coordinates of the
    most likely one with its confidence. Before you draw a map, filter by outcome, or use --sure-only, which leaves out
    these coordinates and those with a confidence below 0.4.

    \b
    Examples:
      rallymap geocode "Gothenburg, Sweden"
      rallymap geocode Hamilton --country NZ
      rallymap geocode rallies.csv -o located.csv --text-column place --country-column country
      rallymap geocode rallies.csv -o located.csv --service
      rallymap geocode - --text-column city < rallies.csv > located.csv
    """
    from rallymap.places import default_resolver

    is_table = what == "-" or Path(what).suffix.casefold() in TABLE_ENDINGS or Path(what).is_file()
    if not is_table and (output or text_column or country_column or sure_only):
        raise click.UsageError("Options for tables need a file, or - for standard input.")
    if is_table and country:
        raise click.UsageError("--country is for one TEXT; name the table's column with --country-column.")
    settings = Settings.from_env()
    service = asked_service(settings) if with_service else None
    resolver = default_resolver(settings.overrides_path, service=service)
    if is_table:
        summary = _geocode_table(what, output, resolver, text_column, country_column, likeliest=not sure_only)
        _sum_up(summary, output)
        is_by_service = summary.by_service > 0
    else:
        is_by_service = _geocode_text(what, resolver, country)
    if service is not None and is_by_service:
        note(service.attribution)


def _geocode_text(text: str, resolver: Resolver, country: str | None) -> bool:
    """Print the place of one text; return whether an online service answered."""
    answer = resolver.resolve(text, country=country)
    verdict, candidates = _read_answer(answer)
    if candidates:
        print_table(
            ("place", "lat", "lon", "precision", "radius", "confidence", "how"),
            (_row(candidate) for candidate in candidates),
            title=verdict,
        )
    else:
        click.echo(verdict)
    return any(candidate.method.startswith("service:") for candidate in candidates)


def _read_answer(answer: Answer) -> tuple[str, tuple[Candidate, ...]]:
    from rallymap.places import DRAWN_CONFIDENCE, Ambiguous, Located

    if isinstance(answer, Located):
        if answer.candidate.confidence < DRAWN_CONFIDENCE:
            return "Not found for certain; it may be:", (answer.candidate,)
        return "Found:", (answer.candidate,)
    if isinstance(answer, Ambiguous):
        return "Several places have this name; add a region or country:", answer.candidates
    return answer.reason, ()


def _row(candidate: Candidate) -> tuple[str, ...]:
    radius = f"{candidate.radius_m / 1000:.1f} km" if candidate.radius_m >= 1000 else f"{candidate.radius_m:.0f} m"
    return (
        candidate.label,
        f"{candidate.lat:.5f}",
        f"{candidate.lon:.5f}",
        candidate.precision,
        radius,
        f"{candidate.confidence:.2f}",
        candidate.method,
    )


def _geocode_table(
    what: str,
    output: Path | None,
    resolver: Resolver,
    text_column: str | None,
    country_column: str | None,
    *,
    likeliest: bool,
) -> BatchSummary:
    from rallymap.cli.geocode_file import geocode_file, is_plain_csv
    from rallymap.places.batch import geocode_csv

    if what != "-" and not is_plain_csv(Path(what), text_column or "place"):
        with _target(output) as target, progress_bar("Looking up places", None) as advance:
            return geocode_file(
                Path(what),
                target,
                resolver,
                text_column=text_column,
                country_column=country_column,
                likeliest=likeliest,
                progress=lambda done: advance(done, None),
            )
    try:
        with (
            _source(what) as source,
            _target(output) as target,
            progress_bar("Looking up places", _lines(what)) as advance,
        ):
            return geocode_csv(
                source,
                target,
                resolver,
                text_column=text_column or "place",
                country_column=country_column,
                likeliest=likeliest,
                progress=lambda done: advance(done, None),
            )
    except UnicodeDecodeError as err:
        raise IntakeError(1, "", "This table is not UTF-8 text; save it as “CSV UTF-8” and try again.") from err


def _sum_up(summary: BatchSummary, output: Path | None) -> None:
    found = summary.outcomes
    note(
        f"{count(summary.rows, 'row')} with {count(summary.distinct, 'different place')}: {found['located']} located "
        f"({summary.low_confidence} of them unsure), {found['ambiguous']} ambiguous, {found['no_match']} not found, "
        f"{found['empty']} empty."
    )
    if found["pending"]:
        note(f"{count(found['pending'], 'row')} pending, as the service did not answer; run the same call again later.")
    for column, name in summary.renamed.items():
        note(f"The table has a column “{column}” already; the new one is “{name}”.")
    if output is not None:
        note(f"Written to {output}.")


@contextlib.contextmanager
def _source(what: str) -> Iterator[TextIO]:
    """Open the input table as text; line ends are kept, because a cell can contain them."""
    try:
        binary = click.open_file(what, "rb")
    except OSError as err:
        raise IntakeError(1, "", f"The table {what} cannot be read: {reason_of(err, Path(what))}.", value=what) from err
    with binary, io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as text:
        yield text


@contextlib.contextmanager
def _target(output: Path | None) -> Iterator[TextIO]:
    """Open the output; a file is written atomically, so input and output can be the same file."""
    if output is None:
        text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
        try:
            yield text
        finally:
            text.detach()  # flushes, and leaves standard output open
        return
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}-")
    except OSError as err:
        raise IntakeError(
            1, "", f"The table {output} cannot be written: {reason_of(err, output)}.", value=str(output)
        ) from err
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
        unfinished.chmod(0o644)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)


def _lines(what: str) -> int | None:
    """Count the lines of a file for the progress bar; a row can have several lines."""
    if what == "-":
        return None
    with contextlib.suppress(OSError), Path(what).open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return None
