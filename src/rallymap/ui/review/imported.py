"""What the table said beyond an event that was imported; for moderators only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from rallymap.intake.findings import NoteKind
from rallymap.language import Phrase, mark_c, say, tr, trc
from rallymap.store import ImportedNote

MAX_SHOWN = 400
_KINDS: Mapping[str, str] = {
    NoteKind.LEFT_OUT: mark_c("note on a cell", "left out"),
    NoteKind.READ_AS: mark_c("note on a cell", "read as"),
}


def imported_html(notes: Sequence[ImportedNote]) -> str:
    """Return the notes of an import as HTML, "" where there are none."""
    if not notes:
        return ""
    lines = "".join(f"<li><b><bdi>{escape(note.column)}</bdi></b>: {_value(note)}</li>" for note in notes)
    return f'<p class="rm-section">{tr("From the imported table")}</p><ul class="rm-found">{lines}</ul>'


def _value(note: ImportedNote) -> str:
    shown = note.value if len(note.value) <= MAX_SHOWN else f"{note.value[: MAX_SHOWN - 1]}…"
    value = f"<bdi>{escape(shown)}</bdi>"
    return f"{value} <i>({escape(_remark(note.remark))})</i>" if note.remark else value


def _remark(remark: str) -> str:
    """Say a remark in the reader's language; older imports kept theirs in English alone."""
    kind, _, reason = remark.partition(": ")
    if isinstance(remark, Phrase) or kind not in _KINDS or not reason:
        return say(remark)
    return f"{trc('note on a cell', _KINDS[kind])}: {tr(reason)}"
