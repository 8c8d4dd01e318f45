"""A moderator edits an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from rallymap.events import Event
from rallymap.intake.filled_form import fields_of_event
from rallymap.moderation import Account, Permission, require
from rallymap.places import Resolver
from rallymap.store import Database, PlaceCheck
from rallymap.store.audit import AuditEntry
from rallymap.store.documents import to_document
from rallymap.store.events import get_event
from rallymap.store.place_checks import put_changed_place_check
from rallymap.workflows.form_changes import changed_event
from rallymap.workflows.permissions import event_to_change
from rallymap.workflows.place_answers import find_place
from rallymap.workflows.second_moderator import store_change


@dataclass(frozen=True, slots=True)
class Edited:
    """The result of an edit.

    Attributes
    ----------
    event
        The updated event; None if a field has an error, and nothing was changed.
    errors
        One message per field with an error, by field name.
    """

    event: Event | None
    errors: Mapping[str, str]


def edit_event(
    db: Database,
    resolver: Resolver,
    event_id: str,
    fields: Mapping[str, str],
    *,
    account: Account,
    expected_revision: int,
    idempotency_key: str,
) -> Edited:
    """Change the content of an event; its review status is kept.

    See :func:`rallymap.workflows.form_changes.changed_event`.

    Parameters
    ----------
    fields
        The fields to change, named as in :func:`rallymap.intake.filled_form.fields_of_event`; "" clears a field. All
        others keep their values.

    Raises
    ------
    RightsError
        If the account may not change this event.
    StaleEventError
        If the event was changed since `expected_revision`.
    """
    before = db.read(get_event, event_id)
    require(account, Permission.EDIT, before)  # before any message about the fields
    texts = {**fields_of_event(before), **fields}
    answer = find_place(resolver, texts.get("place_text", ""), texts.get("country", ""))
    changed = changed_event(resolver, before, texts, answer=answer, now=datetime.now(UTC), shows_point=False)
    if changed.event is None:
        return Edited(None, changed.errors)
    event = store_edit(
        db,
        changed.event,
        account=account,
        expected_revision=expected_revision,
        idempotency_key=idempotency_key,
        place_check=changed.to_check,
    )
    return Edited(event, {})


def store_edit(
    db: Database,
    event: Event,
    *,
    account: Account,
    expected_revision: int,
    idempotency_key: str,
    place_check: PlaceCheck | None = None,
) -> Event:
    """Store an edited event; review status and picture are kept. Without a difference nothing is stored.

    Parameters
    ----------
    place_check
        The place check, if the place was changed and is ambiguous or unsure.

    Raises
    ------
    RightsError, EventNotFoundError, StaleEventError
        If the account may not edit, there is no such event, or it was changed since it was read.
    """
    with db.write_once(idempotency_key) as tx:
        before = event_to_change(tx, event.id, Permission.EDIT, account, expected_revision)
        if tx.was_done:
            return before
        wanted = event.changed(review=before.review, picture=before.picture)
        require(account, Permission.EDIT, before, wanted)
        if to_document(before) == to_document(wanted):
            return before
        changed = store_change(db, tx, Permission.EDIT, before, wanted, account, AuditEntry(account.name, "edited"))
        put_changed_place_check(tx, before, changed, place_check)
        return changed
