"""What the table said beyond an event that was imported; for moderators only."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rallymap.language import tr
from rallymap.store import ImportedNote

MAX_SHOWN = 400


def imported_html(notes: Sequence[ImportedNote]) -> str:
    """Return the notes of an import as HTML, "" where there are none."""
    if not notes:
        return ""
    lines = "".join(f"<li><b><bdi>{escape(note.column)}</bdi></b>: {_value(note)}</li>" for note in notes)
    return f'<p class="rm-section">{tr("From the imported table")}</p><ul class="rm-found">{lines}</ul>'


def _value(note: ImportedNote) -> str:
    shown = note.value if len(note.value) <= MAX_SHOWN else f"{note.value[: MAX_SHOWN - 1]}…"
    value = f"<bdi>{escape(shown)}</bdi>"
    return f"{value} <i>({escape(note.remark)})</i>" if note.remark else value
