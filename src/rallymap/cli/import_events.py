"""``rallymap import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rallymap.cli.opened import opened_store
from rallymap.cli.output import count, note, printable
from rallymap.cli.progress import progress_bar
from rallymap.events import ReviewStatus
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.workflows.importing import ImportSummary

MOST_ERRORS = 20


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen; change no event and write no file.")
@click.option(
    "--rejected",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where rows with mistakes go. [default: beside FILE, as FILE-rejected.csv]",
)
@click.option("--pending", is_flag=True, help="New events wait for a moderator instead of being published.")
def import_events(file: Path, dry_run: bool, rejected: Path | None, pending: bool) -> None:
    """Import the events of a CSV or XLSX table.

    One row is one event. The first row names the columns; "title" is required, data/README.md lists the others, and
    common other names are understood. Good rows go in; rows with mistakes come back as a file that says what is wrong
    in a column "error", to be put right and imported. A row whose "id" is known changes that event.

    Places are looked up offline. An event without a source waits for a moderator. Exit code 1 if a row was rejected.

    \b
    Examples:
      rallymap import rallies.csv --dry-run
      rallymap import rallies.xlsx --rejected to-mend.csv
    """
    from rallymap.places import default_resolver
    from rallymap.workflows.importing import import_table

    settings = Settings.from_env()
    with opened_store(settings) as store, progress_bar("Importing") as advance:
        summary = import_table(
            store,
            default_resolver(settings.overrides_path),
            file,
            advance,
            rejected_path=rejected,
            review=ReviewStatus.PENDING if pending else ReviewStatus.PUBLISHED,
            dry_run=dry_run,
        )
    for error in summary.errors[:MOST_ERRORS]:
        note(error.user_message)
    if len(summary.errors) > MOST_ERRORS:
        note(f"... and {count(len(summary.errors) - MOST_ERRORS, 'more mistake')}.")
    for line in describe_import(summary, dry_run=dry_run):
        click.echo(printable(line))
    if summary.rejected:
        click.get_current_context().exit(1)


def describe_import(summary: ImportSummary, *, dry_run: bool) -> list[str]:
    """Say in a few lines what became of a table."""
    would = "would be " if dry_run else ""
    counts = f"{summary.added} {would}added, {summary.updated} {would}updated, {summary.unchanged} unchanged"
    lines = [f"{count(summary.read, 'row')} read: {counts}, {summary.rejected} rejected."]
    if summary.ambiguous or summary.without_place or summary.unsure:
        lines.append(
            f"Places: {summary.ambiguous} ambiguous, {summary.without_place} not found or not given, "
            f"{summary.unsure} unsure. “rallymap check” lists them."
        )
    if summary.held_back:
        lines.append(f"{count(summary.held_back, 'event')} without a source: waiting for a moderator.")
    if summary.withdrawn:
        lines.append(f"{count(summary.withdrawn, 'row')} of events that were taken down or merged: left out.")
    if summary.not_read:
        lines.append(f"Columns that were not read: {', '.join(summary.not_read)}.")
    if summary.rejected_path is not None:
        lines.append(f"The rejected rows are in {summary.rejected_path}; put them right and import that file.")
    return lines
