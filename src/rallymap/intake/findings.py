"""Result of reading a table, row by row: events, notes, and why a row is not an event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rallymap.events import Event
from rallymap.language import phrase


class NoteKind(StrEnum):
    """Reason for a note."""

    LEFT_OUT = "left out"
    READ_AS = "read as"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on one cell.

    Attributes
    ----------
    kind
        ``left out``: the value is not in the event. ``read as``: it is, but not literally. ``kept``: its column is
        unknown; the value is kept for moderators.
    column
        Heading of the column.
    value
        Value as written.
    reason
        A sentence: "This is not a date that can be read."; "" for ``kept``.
    field
        Field of the column; "" if it is unknown.
    is_private
        Whether the value must not be stored: contact data and names of private persons.
    """

    kind: NoteKind
    column: str
    value: str
    reason: str = ""
    field: str = ""
    is_private: bool = False

    @property
    def sentence(self) -> str:
        """The note as a sentence, without its row."""
        shown = " ".join(self.value.split())
        shown = f"{shown[:79]}…" if len(shown) > 80 else shown
        if self.kind is NoteKind.KEPT:
            return f"{self.column}: {shown}"
        # Translators: a remark on a cell of a table: its column, its text, and a whole sentence, such as
        # “This is not a date that can be read.”
        return phrase("{column}: “{text}”. {remark}", column=self.column, text=shown, remark=self.reason)


class RowFate(StrEnum):
    """What was found in a row."""

    EVENT = "event"
    NOT_AN_EVENT = "not an event"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class RowResult:
    """Result of one row.

    Attributes
    ----------
    sheet, number
        Sheet and row number, counted as in a spreadsheet program.
    cells
        Cells as given.
    fate
        Whether the row is an event.
    event
        The event, if it is one.
    reason
        Why it is not an event, as a sentence; for a repeated row, why it is left out.
    notes
        Notes on its cells.
    doubted_point
        Latitude and longitude from its columns if they look swapped; the event then has no location.
    has_made_id
        Whether the event's id was generated from its title, date and place.
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
        """Return a label of the row for people."""
        if self.sheet:
            return phrase("{sheet}, row {number}", sheet=self.sheet, number=self.number)
        return phrase("Row {number}", number=self.number)
