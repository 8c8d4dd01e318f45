"""``rallymap import``."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from rallymap.cli.import_options import mapping_options, read_options
from rallymap.cli.opened import opened_database
from rallymap.cli.output import count, note, print_table, printable
from rallymap.cli.progress import progress_bar
from rallymap.errors import IntakeError
from rallymap.events import ReviewStatus
from rallymap.file_faults import reason_of
from rallymap.intake.options import to_toml
from rallymap.own_command import own_command
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.store import Database
    from rallymap.workflows.import_plan import ImportPlan
    from rallymap.workflows.imports import ImportSummary

MAX_NOTES = 20
ACTOR = "operator"


@click.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen to each row; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows that are left out or have notes to this CSV file, with the reason.",
)
@click.option("--pending", is_flag=True, help="New events wait for a moderator instead of being published.")
@click.option("--write-map", type=click.Path(dir_okay=False, path_type=Path), help="Write the mapping that was used.")
@click.option("--name", default="", help="Name of the import. [default: the file's name]")
@click.option("--list", "listing", is_flag=True, help="List earlier imports.")
@click.option("--undo", "undo_id", metavar="IMPORT", help="Undo an earlier import.")
@click.option("--again", is_flag=True, help="Import a file that is in already.")
@mapping_options
def import_events(
    file: Path | None,
    dry_run: bool,
    as_json: bool,
    report: Path | None,
    pending: bool,
    write_map: Path | None,
    name: str,
    listing: bool,
    undo_id: str | None,
    again: bool,
    **mapping: Any,
) -> None:
    """Import the events of a file.

    Reads CSV of any kind, XLSX, XLS, ODS, GeoJSON, JSON, JSON Lines, iCalendar, KML, GPX and YAML. The header row is
    found below title rows, each column gets its meaning from its heading (in 30 languages) or its values, and every
    sheet is read. What cannot be read is left out with a note, and the event stays. Columns that mean nothing are
    kept as notes for moderators.

    An import is one batch, visible at once or not at all; --undo takes it back. A row whose "id" is known changes
    that event. Places are looked up offline. An event without a source waits for a moderator. Exit code 1 if nothing
    was imported.

    \b
    Examples:
      rallymap import register.xlsx --place "Kiel, Germany" --dry-run
      rallymap import register.xlsx --place "Kiel, Germany" --source-title "City of Kiel, register of assemblies"
      rallymap import answers.csv --write-map answers.toml
      rallymap import answers-2.csv --map answers.toml
      rallymap import --list
      rallymap import --undo register-3f9a2c4e
    """
    settings = Settings.from_env()
    with _without_garbage_collection(), opened_database(settings) as db:
        if listing:
            _list_imports(db)
        elif undo_id is not None:
            _undo(db, undo_id)
        elif file is None:
            raise click.UsageError("Name a file, or use --list or --undo.")
        else:
            plan = _plan(db, settings, file, read_options(mapping), pending=pending)
            _after_planning(plan, report, write_map)
            writes = any(row.event is not None for row in plan.rows)
            if plan.earlier and writes and not again and not dry_run:
                raise IntakeError(
                    1, "", f"This file was imported already, as {plan.earlier[0].id}. Undo that import, or use --again."
                )
            summary = None if dry_run else _write_import(db, plan, name)
            if as_json:
                click.echo(orjson.dumps(_as_json(plan, summary), option=orjson.OPT_INDENT_2).decode())
            else:
                _print(plan, summary)
            if not any(row.event is not None or row.outcome == "unchanged" for row in plan.rows):
                click.get_current_context().exit(1)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Disable garbage collection: rows live until the command ends, and collecting takes a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _plan(db: Database, settings: Settings, file: Path, options: Any, *, pending: bool) -> ImportPlan:
    from rallymap.places import default_resolver
    from rallymap.workflows.import_files import open_for_import
    from rallymap.workflows.import_plan import plan_import

    opened = open_for_import(file)
    with progress_bar("Reading and looking up places") as advance:
        return plan_import(
            db,
            default_resolver(settings.overrides_path),
            opened,
            options,
            review=ReviewStatus.PENDING if pending else ReviewStatus.PUBLISHED,
            progress=advance,
        )


def _after_planning(plan: ImportPlan, report: Path | None, write_map: Path | None) -> None:
    from rallymap.workflows.imports import mapping_used, report_csv

    for path, content in ((report, report_csv(plan)), (write_map, to_toml(mapping_used(plan)).encode())):
        if path is None:
            continue
        try:
            path.write_bytes(content)
        except OSError as err:
            raise IntakeError(
                1, "", f"{path.name} cannot be written: {reason_of(err, path)}. Nothing was imported."
            ) from err
        note(f"Written to {path}.")


def _write_import(db: Database, plan: ImportPlan, name: str) -> ImportSummary:
    from rallymap.workflows.imports import write_import

    return write_import(db, plan, actor=ACTOR, name=name)


def _print(plan: ImportPlan, summary: ImportSummary | None) -> None:
    from rallymap.intake.findings import NoteKind
    from rallymap.workflows.imports import explain_no_events

    for remark in plan.reading.remarks:
        note(remark)
    if plan.preset:
        note(f"Read as: {plan.preset}.")
    shown = 0
    for row in plan.rows:
        for one in row.result.notes:
            if one.kind is NoteKind.LEFT_OUT and shown < MAX_NOTES:
                note(f"{row.result.where}, {one.sentence}")
                shown += 1
    left = sum(one.kind is NoteKind.LEFT_OUT for row in plan.rows for one in row.result.notes) - shown
    if left > 0:
        note(f"... and {count(left, 'more note')}; --report FILE writes them all.")
    for row in [row for row in plan.rows if row.reason and row.outcome in ("not an event", "possible duplicate")][
        :MAX_NOTES
    ]:
        note(f"{row.result.where}: {row.outcome}. {row.reason}")
    for line in describe_plan(plan, summary):
        click.echo(printable(line))
    if all(row.outcome == "not an event" for row in plan.rows):
        note(explain_no_events(plan))


def describe_plan(plan: ImportPlan, summary: ImportSummary | None) -> list[str]:
    """Summarise in a few lines what an import will do with a file."""
    counts = ", ".join(f"{number} {outcome}" for outcome, number in plan.counts.items() if number)
    lines = [f"{plan.reading.format}, {count(len(plan.rows), 'row')} read: {counts or 'none'}."]
    if plan.noted:
        lines.append(f"{count(plan.noted, 'row')} with notes on what was left out or not read word by word.")
    if plan.counts["place to check"]:
        lines.append(f"Places to check are in the list of “{own_command('check')}”, and under Review.")
    if summary is None:
        lines.append("Dry run: nothing was changed.")
        return lines
    if not summary.batch_id:
        lines.append("Nothing to import: no row is new or changed.")
        return lines
    lines.append(f"{count(summary.written, 'event')} imported as {summary.batch_id}.")
    if summary.held_back:
        lines.append(
            f"{count(summary.held_back, 'event')} without a source or possibly here already: waiting for a moderator."
        )
    if summary.changed_meanwhile:
        lines.append(
            f"{count(summary.changed_meanwhile, 'event')} changed by somebody else meanwhile, and left as it is."
        )
    lines.append(f"Undo it with: {own_command(f'import --undo {summary.batch_id}')}")
    return lines


def _as_json(plan: ImportPlan, summary: ImportSummary | None) -> dict[str, Any]:
    return {
        "file": plan.name,
        "format": plan.reading.format,
        "import": summary.batch_id if summary is not None else None,
        "counts": plan.counts,
        "remarks": list(plan.reading.remarks),
        "columns": [
            {"sheet": one.table.name, "heading": column.heading, "field": column.field, "by": column.reason}
            for one in plan.reading.tables
            if one.is_read
            for column in one.columns
        ],
        "rows": [
            {
                "sheet": row.result.sheet,
                "row": row.result.number,
                "outcome": row.outcome.value,
                "id": row.event.id if row.event is not None else None,
                "title": row.event.title if row.event is not None else None,
                "date": row.event.when.edtf if row.event is not None else None,
                "reason": row.reason,
                "notes": [one.sentence for one in row.result.notes],
                "changes": {name: [str(old), str(new)] for name, (old, new) in row.changes.items()},
            }
            for row in plan.rows
        ],
    }


def _list_imports(db: Database) -> None:
    from rallymap.store.imports import list_imports

    print_table(
        ("import", "name", "by", "when", "state", "rows"),
        (
            (
                batch.id,
                batch.name,
                batch.actor,
                f"{batch.started_at:%Y-%m-%d %H:%M}",
                batch.state,
                ", ".join(f"{number} {outcome}" for outcome, number in batch.counts.items() if number),
            )
            for batch in db.read(list_imports)
        ),
    )


def _undo(db: Database, batch_id: str) -> None:
    from rallymap.store.import_undo import undo_import
    from rallymap.store.imports import get_import

    if db.read(get_import, batch_id) is None:
        raise click.ClickException(
            f"There is no import “{printable(batch_id[:80])}”. “{own_command('import --list')}” lists them."
        )
    result = db.write(undo_import, batch_id, actor=ACTOR)
    click.echo(f"{count(result.removed, 'event')} removed, {result.restored} restored.")
    for event_id in result.kept:
        note(f"{event_id} was changed since and stays as it is.")
