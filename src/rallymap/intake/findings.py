"""The result of reading a table, row by row: events, notes, and why a row is not an event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rallymap.events import Event
from rallymap.language import phrase


class NoteKind(StrEnum):
    """Why there is a note."""

    LEFT_OUT = "left out"
    READ_AS = "read as"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Note:
    """One remark on one cell.

    Attributes
    ----------
    kind
        ``left out``: the value is not in the event. ``read as``: it is, but not word by word. ``kept``: its column
        means nothing to an event; the value is kept for moderators.
    column
        The heading.
    value
        As written.
    reason
        A sentence: "This is not a date that can be read." "" for what is kept.
    field
        What the column means; "" where it means nothing.
    """

    kind: NoteKind
    column: str
    value: str
    reason: str = ""
    field: str = ""

    @property
    def sentence(self) -> str:
        """The note in words, without its row."""
        shown = " ".join(self.value.split())
        shown = f"{shown[:79]}…" if len(shown) > 80 else shown
        if self.kind is NoteKind.KEPT:
            return f"{self.column}: {shown}"
        # Translators: a remark on a cell of a table: its column, its text, and a whole sentence, such as
        # “This is not a date that can be read.”
        return phrase("{column}: “{text}”. {remark}", column=self.column, text=shown, remark=self.reason)


class RowFate(StrEnum):
    """What reading found in a row."""

    EVENT = "event"
    NOT_AN_EVENT = "not an event"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row.

    Attributes
    ----------
    sheet, number
        Where it is; numbers as a spreadsheet program counts.
    cells
        As given.
    fate
        Whether it is an event.
    event
        Where it is one.
    reason
        Why it is none, in a sentence; of a repeated row, why it is left out.
    notes
        On its cells.
    doubted_point
        Latitude and longitude as its columns give them, where these look swapped: the event has no location then.
    has_made_id
        Whether the event's id is none that the row gives, but made from its title, date and place.
    """

    sheet: str
    number: int
    cells: tuple[str, ...]
    fate: RowFate
    event: Event | None = None
    reason: str = ""
    notes: tuple[Note, ...] = ()
    doubted_point: tuple[float, float] | None = None
    has_made_id: bool = False

    @property
    def where(self) -> str:
        """Name the row for people."""
        if self.sheet:
            return phrase("{sheet}, row {number}", sheet=self.sheet, number=self.number)
        return phrase("Row {number}", number=self.number)
