"""Import as an account: administrators may publish directly, organisers add to the queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rallymap.errors import RightsError, StoreError
from rallymap.events import ReviewStatus
from rallymap.language import phrase, tr
from rallymap.moderation import Account, Permission, Role, has_permission, require
from rallymap.store import Database, ImportBatch, UndoResult
from rallymap.store.import_undo import undo_import
from rallymap.store.imports import get_import, list_imports
from rallymap.workflows.import_plan import ImportPlan, PlannedRow, RowOutcome
from rallymap.workflows.imports import ImportSummary, write_import
from rallymap.workflows.locations import candidate_from_plain, located_event
from rallymap.workflows.permissions import within

PlaceKey = tuple[str, str, str]
"""City, venue and country of a place text."""


def may_import(account: Account | None) -> bool:
    """Return whether an account may import a file, at least into the queue."""
    return account is not None and account.role in (Role.ORGANISER, Role.MODERATOR, Role.ADMINISTRATOR)


def import_as(
    db: Database, plan: ImportPlan, account: Account, *, name: str = "", idempotency_key: str
) -> ImportSummary:
    """Run an import plan for an account; the same form sent again has no further effect.

    Raises
    ------
    RightsError
        If the account may not import, or may only add to the queue and the plan publishes or changes events.
    IntakeError
        If the plan contains no event.
    """
    if not may_import(account):
        raise RightsError(tr("Please sign in to import a file."), detail=account.name)
    if not has_permission(account, Permission.IMPORT):
        rows = [_only_new(row) for row in plan.rows]
        plan = replace(plan, rows=tuple(rows))
    return write_import(db, plan, actor=account.name, name=name, idempotency_key=idempotency_key)


def undo_as(db: Database, batch_id: str, account: Account, *, idempotency_key: str) -> UndoResult:
    """Undo an import: administrators any import, others only their own.

    Only moderators also undo what was decided since, and only in their countries if they are limited.

    Raises
    ------
    RightsError
        If the import belongs to somebody else.
    StoreError
        If there is no such import, or it was undone already.
    """
    batch = db.read(get_import, batch_id)
    if batch is None:
        raise StoreError(tr("There is no import “{name}”.", name=batch_id[:80]))
    if batch.actor != account.name:
        require(account, Permission.IMPORT)
    decided_too = has_permission(account, Permission.SEE_QUEUE)
    with db.write_once(idempotency_key) as tx:
        return undo_import(tx, batch_id, actor=account.name, decided_too=decided_too, countries=within(account, ()))


def batches_for(db: Database, account: Account) -> list[ImportBatch]:
    """Return the imports that an account may see: all for moderators and administrators, otherwise its own."""
    return db.read(list_imports, actor="" if has_permission(account, Permission.SEE_QUEUE) else account.name)


def may_undo(batch: ImportBatch, account: Account) -> bool:
    """Return whether an account may undo an import: administrators any import, others only their own."""
    return batch.actor == account.name or has_permission(account, Permission.IMPORT)


def places_to_settle(plan: ImportPlan) -> dict[PlaceKey, tuple[Mapping[str, Any], ...]]:
    """Return each distinct ambiguous place text with its candidates, the most frequent first."""
    found: dict[PlaceKey, tuple[int, tuple[Mapping[str, Any], ...]]] = {}
    for row in plan.rows:
        if row.event is not None and row.check is not None and row.check.candidates:
            key = _key(row)
            found[key] = (found.get(key, (0, ()))[0] + 1, row.check.candidates)
    return {key: found[key][1] for key in sorted(found, key=lambda key: -found[key][0])}


def settle(plan: ImportPlan, chosen: Mapping[PlaceKey, Mapping[str, Any]]) -> ImportPlan:
    """Apply the chosen candidate to all rows with that place."""
    rows = []
    for row in plan.rows:
        pick = chosen.get(_key(row)) if row.event is not None and row.check is not None else None
        if pick is not None and row.event is not None:
            outcome = RowOutcome.NEW if row.outcome is RowOutcome.PLACE_TO_CHECK else row.outcome
            event = located_event(row.event.changed(location=None), None, candidate_from_plain(pick))
            row = replace(
                row, event=event, check=None, outcome=outcome, reason="" if outcome is RowOutcome.NEW else row.reason
            )
        rows.append(row)
    return replace(plan, rows=tuple(rows))


def _key(row: PlannedRow) -> PlaceKey:
    assert row.event is not None  # noqa: S101 - the callers checked
    place = row.event.place
    return place.text, place.venue, place.country_hint


def _only_new(row: PlannedRow) -> PlannedRow:
    """Return a row for an account that only adds to the queue: existing events are not changed."""
    if row.outcome is RowOutcome.CHANGED:
        return replace(
            row,
            event=None,
            outcome=RowOutcome.UNCHANGED,
            reason=phrase("Only administrators may change events by import."),
        )
    if row.event is not None and row.event.review is not ReviewStatus.PENDING:
        return replace(row, event=row.event.changed(review=ReviewStatus.PENDING))
    return row
