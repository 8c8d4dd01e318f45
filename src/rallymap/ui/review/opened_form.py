"""Concurrent edits: the revision that a form was filled with, and the text typed into it."""

from __future__ import annotations

from collections.abc import Mapping

from rallymap.events import Event
from rallymap.intake.filled_form import fields_of_event
from rallymap.intake.merged_form import merge_form
from rallymap.language import tr
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review import state
from rallymap.ui.review.changed_since import changed_since_in_words
from rallymap.ui.signed_in import signed_in_account
from rallymap.workflows.services import Services


def opened_event(services: Services, event: Event) -> Event:
    """Return the event at the revision its form was filled with; above the form, list the changes since."""
    opened = state.as_opened(event)
    account = signed_in_account(services) if opened.revision != event.revision else None
    if account is not None:
        since = changed_since_in_words(services, account, {event.id: opened.revision})
        paragraph("\n".join([tr("Changed since; look again."), *since]), "rm-said rm-said-problem")
    return opened


def unsaved_fields(event: Event) -> dict[str, str]:
    """Return the fields that were typed but could not be saved, and that differ from the event now.

    Changes by other people are kept; a source that both sides added becomes two.
    """
    fields = state.stored_typed(f"edit:{event.id}")
    if not fields:
        return {}
    filled, present = state.stored_typed(f"edit-of:{event.id}"), fields_of_event(event)
    merged = merge_form(filled, {**filled, **fields}, present)
    names = merged.keys() | present.keys()
    return {name: merged.get(name, "") for name in names if merged.get(name, "") != present.get(name, "")}


def further_item(event: Event, group: str) -> str:
    """Return the suffix of the field name for a new source or crowd estimate."""
    return next_number(fields_of_event(event), group)


def next_number(said: Mapping[str, str], group: str) -> str:
    """Return the suffix of the next item of a group, as used in field names: "" for the first one."""
    taken = {name.partition("_")[0] for name in said if name.startswith(group)}
    return str(len(taken) + 1) if taken else ""
