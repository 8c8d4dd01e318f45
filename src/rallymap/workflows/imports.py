"""Import a file of events as one batch that becomes visible at once and can be undone."""

from __future__ import annotations

import csv
import hashlib
import io
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rallymap.errors import IntakeError
from rallymap.events import Event, ReviewStatus
from rallymap.formulas import guard_cell
from rallymap.intake.findings import Note, NoteKind
from rallymap.intake.ids import slug
from rallymap.intake.options import ImportOptions, to_toml
from rallymap.language import in_turn, phrase, say, tr, trc, unisolated
from rallymap.places import Resolver
from rallymap.store import Database, ImportBatch, ImportedNote, PlaceCheck, Transaction
from rallymap.store.chunks import CHUNK_SIZE
from rallymap.store.imports import (
    find_done_import,
    finish_import,
    get_import,
    list_imports_of_file,
    save_mapping,
    start_import,
)
from rallymap.workflows.import_files import headings_key, open_for_import
from rallymap.workflows.import_plan import OUTCOME_LABELS, ImportPlan, RowOutcome, plan_import
from rallymap.workflows.locations import locate

_WRITTEN = (RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.PLACE_TO_CHECK, RowOutcome.POSSIBLE_DUPLICATE)


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """The result of an import.

    Attributes
    ----------
    batch_id
        Id of the import, needed to undo it; "" if there was nothing to write.
    counts
        Number of rows by result.
    written
        Number of new or changed events.
    held_back
        New events that are pending because they have no source or may be duplicates.
    changed_meanwhile
        Events that changed while the import ran; they are skipped.
    """

    batch_id: str
    counts: Mapping[str, int]
    written: int
    held_back: int
    changed_meanwhile: int = 0


def write_import(
    db: Database, plan: ImportPlan, *, actor: str, name: str = "", idempotency_key: str = ""
) -> ImportSummary:
    """Write a plan in one transaction; the same form sent again has no further effect.

    Parameters
    ----------
    actor
        Account name for the audit log.
    name
        Name of the batch; "" uses the file's name.
    idempotency_key
        Key of the form; "" for a command, which runs once.

    Raises
    ------
    IntakeError
        If the plan contains no event.
    StoreUnavailableError
        If the database cannot be written; nothing of the import is visible then, and repeating it imports everything.
    """
    rows = [row for row in plan.rows if row.outcome in _WRITTEN and row.event is not None]
    if not any(row.outcome is not RowOutcome.NOT_AN_EVENT for row in plan.rows):
        raise IntakeError(1, "", explain_no_events(plan))
    if not rows:
        return ImportSummary("", plan.counts, 0, 0)
    events = [row.event for row in rows if row.event is not None]
    options = to_toml(plan.options)
    key = idempotency_key or secrets.token_urlsafe(18)
    with db.write_once(key) as tx:
        if (done := find_done_import(tx)) is not None:
            return _summary(plan, done.batch_id, events, len(events) - done.written)
        # Checked here because another import of the same file may start or end at any time before.
        batch_id = _batch_id(tx, plan, options)
        start_import(
            tx,
            ImportBatch(
                batch_id, name or plan.name, actor, file_hash=plan.file_hash, options=options, counts=plan.counts
            ),
        )
    with db.write_once(key) as tx:
        if (done := find_done_import(tx)) is not None:  # the form was sent from two tabs
            return _summary(plan, done.batch_id, events, len(events) - done.written)
        skipped = finish_import(
            tx,
            batch_id,
            events,
            actor=actor,
            known_revisions={
                event.id: plan.known_revisions[event.id] for event in events if event.id in plan.known_revisions
            },
            place_checks={row.event.id: row.check for row in rows if row.event is not None and row.check is not None},
            notes={row.event.id: notes_to_keep(row.result.notes) for row in rows if row.event is not None},
            counts=plan.counts,
        )
    if len(events) >= CHUNK_SIZE:
        db.refresh_statistics()
    if plan.options.columns:
        db.write(save_mapping, headings_key(plan.reading.tables), to_toml(_mapping_alone(plan.options)))
    return _summary(plan, batch_id, events, skipped)


def _summary(plan: ImportPlan, batch_id: str, events: Sequence[Event], skipped: int) -> ImportSummary:
    held_back = sum(event.review == "pending" for event in events)
    return ImportSummary(batch_id, plan.counts, len(events) - skipped, held_back, skipped)


def import_file(
    db: Database,
    resolver: Resolver,
    path: Path,
    options: ImportOptions | None = None,
    *,
    review: ReviewStatus = ReviewStatus.PUBLISHED,
    actor: str = "operator",
) -> ImportSummary:
    """Import a file in one go: open, plan, write.

    Raises
    ------
    IntakeError
        If the file cannot be read, or contains no event.
    StoreUnavailableError
        If the database cannot be written; nothing is imported then.
    """
    plan = plan_import(db, resolver, open_for_import(path), options, review=review)
    return write_import(db, plan, actor=actor)


def explain_no_events(plan: ImportPlan) -> str:
    """Explain in one sentence why a file has no events."""
    if not any(one.is_read for one in plan.reading.tables):
        names = [name for one in plan.reading.tables for name in one.table.header]
        # Translators: --column HEADING=FIELD is a part of a command; keep it as it is.
        return tr(
            "Nothing can be imported, because no column is known as a date, a place or a title. Name them with "
            "--column HEADING=FIELD or on the Import page. The columns are: {columns}.",
            columns=", ".join(names)[:200],
        )
    if not plan.rows:
        return tr("Nothing can be imported, because the file has no rows below its headings.")
    headings = [name for one in plan.reading.tables if one.is_read for name in one.table.header]
    row = next((row for row in plan.rows if row.reason), plan.rows[0])
    # Translators: {where} is “Row 2”; {reason} is a whole sentence, such as “This row has no date, place or text.”
    return tr(
        "Nothing can be imported, because no row is an event. {where}: {reason} The columns are: {columns}.",
        where=say(row.result.where),
        reason=say(row.reason or phrase("This row has no date, place or text.")),
        columns=", ".join(headings)[:200],
    )


WITHHELD = "…"
"""Stored instead of contact data and names of private persons."""


def notes_to_keep(notes: Sequence[Note]) -> tuple[ImportedNote, ...]:
    """Return the notes of a row as stored for moderators: remarks, with values that are not private."""
    return tuple(
        ImportedNote(note.column, WITHHELD if note.is_private else note.value, _remark(note)) for note in notes
    )


def _remark(note: Note) -> str:
    match note.kind:
        case NoteKind.LEFT_OUT:
            # Translators: what became of the text of a cell; {reason} is a whole sentence, such as “This is not a date
            # that can be read.”
            return phrase("Left out. {reason}", reason=note.reason)
        case NoteKind.READ_AS:
            return note.reason
    return ""


def report_csv(plan: ImportPlan) -> bytes:
    """Return the rows that were not imported or have notes as CSV, with columns for their result and the reason.

    UTF-8 with a byte order mark, which spreadsheet programs need; formulas are escaped.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    headers = {one.table.name: one.table.header for one in plan.reading.tables}
    last: tuple[str, ...] | None = None
    for row in plan.rows:
        notes = [note.sentence for note in row.result.notes if note.kind is not NoteKind.KEPT]
        is_plain = row.outcome in (RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED)
        if is_plain and not notes and not row.reason:
            continue
        header = headers.get(row.result.sheet, ())
        if header != last:
            writer.writerow([*_report_headings(), *map(guard_cell, header)])
            last = header
        reasons = unisolated(in_turn((row.reason, *notes)))
        outcome = trc("what becomes of a row", OUTCOME_LABELS[row.outcome])
        writer.writerow(
            map(guard_cell, (row.result.sheet, str(row.result.number), outcome, reasons, *row.result.cells))
        )
    return out.getvalue().encode("utf-8-sig")


def _report_headings() -> tuple[str, ...]:
    return (
        trc("of a workbook", "Sheet"), trc("of a table", "Row"), trc("what becomes of a row", "Outcome"),
        trc("why", "Reason"),
    )  # fmt: skip


def mapping_used(plan: ImportPlan) -> ImportOptions:
    """Return a plan's options with the meaning of every column, for a mapping file."""
    columns = {
        column.heading: column.field
        for one in plan.reading.tables
        if one.is_read
        for column in one.columns
        if column.position not in one.table.unnamed
    }
    return replace(plan.options, columns={**columns, **plan.options.columns})


def place_events(events: Sequence[Event], resolver: Resolver) -> tuple[list[Event], dict[str, PlaceCheck]]:
    """Geocode events that the store does not have; also return their place checks by id."""
    placed = [locate(event, resolver) for event in events]
    return [one.event for one in placed], {one.event.id: check for one in placed if (check := one.to_check)}


def _batch_id(tx: Transaction, plan: ImportPlan, options: str) -> str:
    """Return the batch id; an interrupted import of the same file and mapping continues under its id."""
    for batch in list_imports_of_file(tx, plan.file_hash):
        if batch.state == "running" and batch.options == options:
            return batch.id
    stem = slug(plan.name.rpartition(".")[0] or plan.name)[:30].strip("-") or "import"
    number = 1
    while True:
        mark = hashlib.blake2s(f"{plan.file_hash}\n{options}\n{number}".encode(), digest_size=4).hexdigest()
        if get_import(tx, f"{stem}-{mark}") is None:
            return f"{stem}-{mark}"
        number += 1


def _mapping_alone(options: ImportOptions) -> ImportOptions:
    """Return the options that apply to other files with the same headings: without the values for all rows."""
    return ImportOptions(
        columns=options.columns,
        missing=options.missing,
        kinds=options.kinds,
        statuses=options.statuses,
        order=options.order,
    )
