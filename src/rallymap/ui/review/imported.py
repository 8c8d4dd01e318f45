"""Import notes of an event: what its table row contained beyond the event; for moderators only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from rallymap.intake.findings import NoteKind
from rallymap.language import Phrase, mark_c, say, tr, trc
from rallymap.store import ImportedNote
from rallymap.templates import bdi, render

MAX_SHOWN = 400
_KINDS: Mapping[str, str] = {
    NoteKind.LEFT_OUT: mark_c("note on a cell", "left out"),
    NoteKind.READ_AS: mark_c("note on a cell", "read as"),
}


def imported_html(notes: Sequence[ImportedNote]) -> Markup:
    """Return the import notes as HTML; "" if there are none."""
    if not notes:
        return Markup()
    rows = [(bdi(note.column), bdi(_shortened(note.value)), _remark(note.remark)) for note in notes]
    return render("imported_notes.html", notes=rows)


def _shortened(value: str) -> str:
    return value if len(value) <= MAX_SHOWN else f"{value[: MAX_SHOWN - 1]}…"


def _remark(remark: str) -> str:
    """Translate a remark; older imports stored remarks in English only."""
    kind, _, reason = remark.partition(": ")
    if isinstance(remark, Phrase) or kind not in _KINDS or not reason:
        return say(remark)
    return f"{trc('note on a cell', _KINDS[kind])}: {tr(reason)}"
