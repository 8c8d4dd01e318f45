"""The public history of an event: what changed and when, without names and without the changed text."""

from __future__ import annotations

import streamlit as st

from rallymap.errors import EventNotFoundError
from rallymap.events import Event
from rallymap.language import list_in_words, mark_c, tr, trc
from rallymap.store import PublicHistoryEntry
from rallymap.store.audit import list_public_history
from rallymap.templates import render
from rallymap.wording import day_in_words
from rallymap.workflows.services import Services

# Only these actions are public; what moderators do internally is not.
_ACTION_WORDS = {
    # Translators: what was done to an event, as in "3 May 2024: recorded".
    "imported": mark_c("history", "recorded"),
    "published": mark_c("history", "published"),
    "edited": mark_c("history", "changed"),
    "changed": mark_c("history", "changed by its organiser"),
    "change accepted": mark_c("history", "changed by its organiser"),
    "change accepted in part": mark_c("history", "changed by its organiser"),
    "merged": mark_c("history", "joined with another entry of the same event"),
    # Translators: a moderator fixed where on the map the event is.
    "place settled": mark_c("history", "place settled"),
    "restored": mark_c("history", "an earlier version restored"),
}
_FIELD_WORDS = {
    # Translators: what was changed, in brackets, as in "3 May 2024: changed (title and date)".
    "title": mark_c("history", "title"),
    "kind": mark_c("history", "kind"),
    "status": mark_c("history", "state"),
    "attendance_mode": mark_c("history", "how people take part"),
    "when": mark_c("history", "date"),
    "place": mark_c("history", "place"),
    "location": mark_c("history", "place"),
    "route": mark_c("history", "route"),
    "disclosure": mark_c("history", "public before the event"),
    "disclosed_from": mark_c("history", "public before the event"),
    "organisers": mark_c("history", "organisers"),
    "communities": mark_c("history", "communities"),
    "about": mark_c("history", "about"),
    "topics": mark_c("history", "topics"),
    "crowd": mark_c("history", "crowd"),
    "claims": mark_c("history", "words reported"),
    "sources": mark_c("history", "sources"),
    "picture": mark_c("history", "picture"),
    "by_organiser": mark_c("history", "reported by its organiser"),
    "language": mark_c("history", "language"),
    "translations": mark_c("history", "texts in other languages"),
}


def render_history(services: Services, event: Event) -> None:
    """Render the history in an expander; skip it if there is none."""
    try:
        entries = services.db.read(list_public_history, event.id, services.now())
    except EventNotFoundError:
        return
    lines = [_line(entry) for entry in reversed(entries) if entry.action in _ACTION_WORDS]
    if lines:
        st.html(render("event_history.html", lines=lines))


def _line(entry: PublicHistoryEntry) -> str:
    action = trc("history", _ACTION_WORDS[entry.action])
    fields = dict.fromkeys(trc("history", _FIELD_WORDS[name]) for name in entry.fields if name in _FIELD_WORDS)
    day = day_in_words(entry.at.date())
    if not fields:
        return tr("{date}: {action}", date=day, action=action)
    return tr("{date}: {action} ({fields})", date=day, action=action, fields=list_in_words(fields))
