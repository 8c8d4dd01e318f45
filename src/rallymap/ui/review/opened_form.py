"""The event that a form of the open event was filled with, and what was typed into it, while others change it."""

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
    """Return the event as its form was filled with it, and say above the form what was changed since."""
    opened = state.as_opened(event)
    account = signed_in_account(services) if opened.revision != event.revision else None
    if account is not None:
        since = changed_since_in_words(services, account, {event.id: opened.revision})
        paragraph("\n".join([tr("Changed since; look again."), *since]), "rm-said rm-said-problem")
    return opened


def kept_fields(event: Event) -> dict[str, str]:
    """Return what was typed about an event and could not be saved, and differs from what the event says now.

    What somebody else changed meanwhile stays; a source that both added becomes two.
    """
    fields = state.kept_typed(f"edit:{event.id}")
    if not fields:
        return {}
    filled, present = state.kept_typed(f"edit-of:{event.id}"), fields_of_event(event)
    merged = merge_form(filled, {**filled, **fields}, present)
    names = merged.keys() | present.keys()
    return {name: merged.get(name, "") for name in names if merged.get(name, "") != present.get(name, "")}


def further_item(event: Event, group: str) -> str:
    """Return the number that a further source or crowd estimate of an event has in field names."""
    return next_number(fields_of_event(event), group)


def next_number(said: Mapping[str, str], group: str) -> str:
    """Return the number of a further item of a group, as field names have it: "" for the first one."""
    taken = {name.partition("_")[0] for name in said if name.startswith(group)}
    return str(len(taken) + 1) if taken else ""
