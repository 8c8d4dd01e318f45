"""Plan an import row by row: the dry run, and the first half of every import."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial

from rallymap.events import Event, EventStatus, ReviewStatus
from rallymap.intake.findings import RowFate, RowResult
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, read_events
from rallymap.language import mark_c, phrase
from rallymap.moderation import Account, Permission, has_permission
from rallymap.places import Resolver, country_of_towns, describe_candidate
from rallymap.query.public_view import public_view
from rallymap.store import Database, ImportBatch, PlaceCheck
from rallymap.store.alike import find_alike
from rallymap.store.events import get_events, list_stored_ids
from rallymap.store.imports import list_imports_of_file
from rallymap.store.removal import find_removed
from rallymap.workflows.given_points import choices_of_swapped
from rallymap.workflows.import_codes import country_of_codes, in_country
from rallymap.workflows.import_compare import attributes_stated, changes_between, require_source, with_what_is_known
from rallymap.workflows.import_files import OpenedFile, complete_options
from rallymap.workflows.import_ids import with_site_ids
from rallymap.workflows.locations import Outcome, Placed, place_check_reason, resolve_place
from rallymap.workflows.town_names import town_finder
from rallymap.workflows.zones import zone_finder

BATCH_SIZE = 1_000
_ONLY_BY_ADMIN = phrase("Only administrators may change events by import.")
_DAMAGED = phrase("What is stored of this event is damaged. The import does not change it; ask the operator.")
PlaceCheckKey = tuple[str, str, str, str]
Progress = Callable[[int, int], None]  # takes the number of completed steps, and of all


class RowOutcome(StrEnum):
    """The result of a row; each row has exactly one."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    POSSIBLE_DUPLICATE = "possible duplicate"
    PLACE_TO_CHECK = "place to check"
    TAKEN_DOWN = "taken down before"
    NOT_AN_EVENT = "not an event"


OUTCOME_LABELS = {
    RowOutcome.NEW: mark_c("what becomes of a row", "new"),
    RowOutcome.CHANGED: mark_c("what becomes of a row", "changed"),
    RowOutcome.UNCHANGED: mark_c("what becomes of a row", "unchanged"),
    RowOutcome.POSSIBLE_DUPLICATE: mark_c("what becomes of a row", "possible duplicate"),
    RowOutcome.PLACE_TO_CHECK: mark_c("what becomes of a row", "place to check"),
    RowOutcome.TAKEN_DOWN: mark_c("what becomes of a row", "taken down before"),
    RowOutcome.NOT_AN_EVENT: mark_c("what becomes of a row", "not an event"),
}
"""Label of each result, with the translation context given above."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row, and what the import does with it.

    Attributes
    ----------
    result
        The parsed row.
    event
        The geocoded event as it will be stored; None if nothing is stored.
    changes
        By field: the current value, and the new one.
    check
        Its place check, or None.
    reason
        Half a sentence after the result: why it is not an event, or which event it may duplicate.
    """

    result: RowResult
    outcome: RowOutcome
    event: Event | None = None
    changes: Mapping[str, tuple[object, object]] = dataclasses.field(default_factory=dict)
    check: PlaceCheck | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do.

    Attributes
    ----------
    name
        Name of the file.
    reading
        How the file was parsed.
    rows
        All rows below the headers, each once.
    options
        The options used, including those from a preset or an earlier import of the same headings.
    preset
        The name of the preset, or "".
    file_hash
        SHA-256 of the content.
    earlier
        Earlier imports of the same content that were not undone.
    known_revisions
        Revisions of the existing events that were compared, by id.
    """

    name: str
    reading: Reading
    rows: tuple[PlannedRow, ...]
    options: ImportOptions
    preset: str
    file_hash: str
    earlier: tuple[ImportBatch, ...]
    known_revisions: Mapping[str, int]

    @property
    def counts(self) -> dict[str, int]:
        """Number of rows by result; the sum is the number of rows read."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in RowOutcome}

    @property
    def noted(self) -> int:
        """Number of rows with a value that was left out or not read literally."""
        return sum(any(note.kind != "kept" for note in row.result.notes) for row in self.rows)


def plan_import(
    db: Database,
    resolver: Resolver,
    file: OpenedFile,
    options: ImportOptions | None = None,
    *,
    review: ReviewStatus = ReviewStatus.PUBLISHED,
    account: Account | None = None,
    progress: Progress = lambda _done, _of: None,
) -> ImportPlan:
    """Parse a file, geocode its places and compare it with the store; nothing is written.

    A row whose id exists updates that event. Values without a column in the table are kept, and so are the review
    status and, while the place text is the same, the location: a moderator may have confirmed it.

    Parameters
    ----------
    account
        The importing account. A plan shows stored values beyond the file, so without the permission to change events by
        import, existing events are not compared, and duplicates are only searched among what the account may see. None
        is the operator.
    review
        Review status of new events that have a source or are reported by their organiser; others become *pending*, and
        so do possible duplicates.
    progress
        Called with the number of completed steps; each row has two: it is parsed, then geocoded.

    Raises
    ------
    IntakeError
        If the options name something that the file does not have.
    """
    find_town = town_finder(resolver)
    options, preset, tables = complete_options(db, file, options or ImportOptions(), find_town)
    total = 2 * sum(len(one.table.rows) for one in tables if one.is_read)
    reading = read_events(
        file.content,
        options,
        review=review,
        find_zone=zone_finder(resolver),
        find_country=partial(country_of_towns, resolver),
        find_town=find_town,
        today=datetime.now(UTC).date(),
        inspected=tables,
        progress=lambda done, _of: progress(done, total),
    )
    stated = attributes_stated(reading.tables)
    may_change = account is None or has_permission(account, Permission.IMPORT)
    country = country_of_codes(reading)
    rows: list[PlannedRow] = []
    checks: dict[PlaceCheckKey, PlaceCheck] = {}  # thousands of rows may name one town; store its candidates once
    revisions: dict[str, int] = {}
    unplaced = list(reversed(reading.rows))
    reading = dataclasses.replace(reading, rows=())
    count = len(unplaced)
    while unplaced:
        some = unplaced[: -BATCH_SIZE - 1 : -1]
        del unplaced[-BATCH_SIZE:]  # keep one copy of each event: the parsed one, then the geocoded one
        some = with_site_ids(db, some, account)
        ids = [row.event.id for row in some if row.event]
        known = {event.id: event for event in db.read(get_events, ids)}
        removed = db.read(find_removed, ids)
        revisions |= {event.id: event.revision for event in known.values()}
        stored = db.read(list_stored_ids, ids)
        kept = dict.fromkeys(stored - known.keys(), _DAMAGED) if may_change else dict.fromkeys(stored, _ONLY_BY_ADMIN)
        planned = [_plan_row(in_country(row, country), known, removed, stated, resolver, review, kept) for row in some]
        rows += [_deduplicated(row, checks) for row in _mark_duplicates(db, planned, review, account)]
        progress(count + len(rows), total)
    return ImportPlan(
        file.name, reading, tuple(rows), options, preset, file.file_hash,
        tuple(batch for batch in db.read(list_imports_of_file, file.file_hash) if batch.state == "done"), revisions,
    )  # fmt: skip


def _plan_row(
    row: RowResult,
    known: Mapping[str, Event],
    removed: frozenset[str],
    stated: frozenset[str],
    resolver: Resolver,
    review: ReviewStatus,
    kept: Mapping[str, str],
) -> PlannedRow:
    if row.event is None:
        return PlannedRow(row, RowOutcome.NOT_AN_EVENT, reason=row.reason)
    if row.fate is RowFate.REPEATED:
        return PlannedRow(row, RowOutcome.POSSIBLE_DUPLICATE, reason=row.reason)
    old = known.get(row.event.id)
    if row.event.id in removed:
        gone = phrase("This event was taken down or merged. The import does not bring it back.")
        return PlannedRow(row, RowOutcome.TAKEN_DOWN, reason=gone)
    if row.event.id in kept:
        return PlannedRow(row, RowOutcome.UNCHANGED, reason=kept[row.event.id])
    placed = with_what_is_known(row.event, old, stated, resolver)
    if old is not None:
        changed = placed.event.changed(review=old.review, revision=old.revision)
        if changed == old:
            return PlannedRow(row, RowOutcome.UNCHANGED)
        return PlannedRow(row, RowOutcome.CHANGED, placed.event, changes_between(old, changed), placed.to_check)
    event = require_source(placed.event, review)
    check = placed.to_check
    if row.doubted_point is not None:
        answer = resolve_place(event.place, resolver) if event.place.text or event.place.venue else None
        choices = choices_of_swapped(event.place, row.doubted_point, answer, resolver)
        check = PlaceCheck(str(Outcome.POINT_ELSEWHERE), tuple(describe_candidate(choice) for choice in choices))
        event = event.changed(location=None)
    return PlannedRow(
        row,
        RowOutcome.PLACE_TO_CHECK if check else RowOutcome.NEW,
        event,
        check=check,
        reason=_why_to_check(placed, check),
    )


def _why_to_check(placed: Placed, check: PlaceCheck | None) -> str:
    if check is None:
        return ""
    names_town = check.outcome == Outcome.LOW_CONFIDENCE and placed.sentence
    return placed.sentence if names_town else place_check_reason(check.outcome)


def _deduplicated(row: PlannedRow, checks: dict[PlaceCheckKey, PlaceCheck]) -> PlannedRow:
    """Return a row that shares its place check with equal rows and keeps one copy of its event."""
    result = dataclasses.replace(row.result, event=None)
    check = row.check
    if check is not None and row.event is not None and check.outcome != Outcome.POINT_ELSEWHERE:
        place = row.event.place
        check = checks.setdefault((place.text, place.venue, place.country_hint, check.outcome), check)
    return PlannedRow(result, row.outcome, row.event, row.changes, check, row.reason)


def _mark_duplicates(
    db: Database, rows: list[PlannedRow], review: ReviewStatus, account: Account | None
) -> list[PlannedRow]:
    """Mark new rows that may duplicate an existing event, see :func:`rallymap.store.alike.find_alike`."""
    new = {
        row.event.id: row.event
        for row in rows
        if row.event is not None and row.outcome in (RowOutcome.NEW, RowOutcome.PLACE_TO_CHECK)
    }
    now = db.now()

    def seen(event: Event) -> Event | None:
        sees_all = account is None or has_permission(account, Permission.SEE_EXACT_PLACE, event)
        return event if sees_all else public_view(event, now)

    alike = db.read(find_alike, list(new.values()), seen)
    marked = []
    for row in rows:
        other = alike.get(row.event.id) if row.event is not None else None
        if row.event is not None and other is not None and row.outcome in (RowOutcome.NEW, RowOutcome.PLACE_TO_CHECK):
            event = row.event
            if review is ReviewStatus.PUBLISHED and event.status is not EventStatus.CANCELLED:
                event = event.changed(review=ReviewStatus.PENDING)
            row = PlannedRow(
                row.result,
                RowOutcome.POSSIBLE_DUPLICATE,
                event,
                check=row.check,
                reason=phrase("This may be the event “{title}”.", title=other),
            )
        marked.append(row)
    return marked
