"""The public part of an event's history: what was done and when, without names and without the words themselves."""

from __future__ import annotations

import streamlit as st

from rallymap.errors import EventNotFoundError
from rallymap.events import Event
from rallymap.store import PublicHistoryEntry
from rallymap.store.audit import list_public_history
from rallymap.views.differences import FIELD_LABELS
from rallymap.wording import day_in_words
from rallymap.workflows.services import Services

# What moderators do among themselves is not public; these are.
_ACTION_WORDS = {
    "imported": "recorded",
    "published": "published",
    "edited": "changed",
    "change accepted": "changed by its organiser",
    "merged": "joined with another report of the same event",
    "place settled": "place settled",
    "restored": "an earlier version restored",
}


def render_history(services: Services, event: Event) -> None:
    """Draw the history as a small fold-out; nothing where there is none."""
    try:
        entries = services.db.read(list_public_history, event.id, services.now())
    except EventNotFoundError:
        return
    lines = [_line(entry) for entry in reversed(entries) if entry.action in _ACTION_WORDS]
    if lines:
        items = "".join(f"<li>{line}</li>" for line in lines)
        st.html(f'<details class="rm-history"><summary>History</summary><ul>{items}</ul></details>')


def _line(entry: PublicHistoryEntry) -> str:
    action = _ACTION_WORDS[entry.action]
    fields = ", ".join(dict.fromkeys(FIELD_LABELS[name] for name in entry.fields if name in FIELD_LABELS)).lower()
    return f"{day_in_words(entry.at.date())}: {action}{f' ({fields})' if fields else ''}"
