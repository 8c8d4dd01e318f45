"""Format the notes about an event in the reader's language."""

from __future__ import annotations

from rallymap.language import mark, tr
from rallymap.store import Note
from rallymap.store.case_values import DirectChange

_DIRECT_CHANGES = {
    # Translators: what an organiser did by a button, listed among the messages to the moderators.
    DirectChange.CANCELLED: mark("Marked as cancelled. Visitors see it already."),
    DirectChange.POSTPONED: mark("Marked as postponed. Visitors see it already."),
    DirectChange.WITHHELD: mark("Exact location withheld. Visitors do not see it any more."),
    DirectChange.PICTURE_REMOVED: mark("Picture removed. Visitors do not see it any more."),
}


def note_in_words(note: Note) -> str:
    """Return a person's note unchanged, and a change that an organiser made by a button as a sentence."""
    return note.words if note.direct_change is None else tr(_DIRECT_CHANGES[note.direct_change])
