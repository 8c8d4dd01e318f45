"""The cells of one row by meaning, and the notes on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rallymap.events import EventStatus
from rallymap.intake.findings import Note, NoteKind
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.profiles import Profile
from rallymap.language import phrase
from rallymap.wording import STATUS_LABELS

MAX_KEPT = 2000
NO_COLUMN = Column(-1, "(the whole row)", "", "", Profile())
"""For notes on a value that is not from a column of the row."""


class Cell(NamedTuple):
    """A non-empty cell."""

    column: Column
    text: str


@dataclass(slots=True)
class Row:
    """Non-empty cells of a row by field; readers take the cells that they need and write notes.

    Attributes
    ----------
    number
        Row number in its sheet.
    cells
        Cells by field, in the order of the columns.
    texts
        Fields of the event written so far, for :func:`rallymap.intake.fields.event_from_fields`.
    notes
        Notes written so far.
    part
        Index of the current event, if the row contains several.
    doubted_point
        See :class:`rallymap.intake.findings.RowResult`.
    """

    number: int
    cells: dict[str, list[Cell]]
    texts: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    part: int = 0
    doubted_point: tuple[float, float] | None = None

    def first(self, *names: str) -> Cell | None:
        """Return the first cell of the first of the fields that has one."""
        for name in names:
            for cell in self.cells.get(name, ()):
                return cell
        return None

    def text(self, *names: str) -> str:
        """Return the text of :meth:`first`, or ""."""
        cell = self.first(*names)
        return cell.text if cell is not None else ""

    def all(self, name: str) -> Sequence[Cell]:
        """Return all cells of a field."""
        return self.cells.get(name, ())

    def leave_out(self, cell: Cell, reason: str) -> None:
        """Add a note that a value is not in the event."""
        self.notes.append(Note(NoteKind.LEFT_OUT, cell.column.heading, cell.text, reason, cell.column.field))

    def withhold(self, cell: Cell, reason: str) -> None:
        """Add a note that a private value is not in the event; the value is not stored with the note."""
        note = Note(NoteKind.LEFT_OUT, cell.column.heading, cell.text, reason, cell.column.field, is_private=True)
        self.notes.append(note)

    def read_as(self, cell: Cell, reason: str) -> None:
        """Add a note that a value is in the event, but not literally."""
        self.notes.append(Note(NoteKind.READ_AS, cell.column.heading, cell.text, reason, cell.column.field))

    def note_status(self, cell: Cell, status: EventStatus) -> None:
        """Add a note that a value says whether the event took place."""
        said = phrase(STATUS_LABELS[status])
        self.read_as(cell, phrase("This gives the status of the event: {status}.", status=said))

    def keep(self, cell: Cell) -> None:
        """Keep a value for moderators."""
        self.notes.append(Note(NoteKind.KEPT, cell.column.heading, cell.text[:MAX_KEPT]))

    def keep_all(self, *names: str) -> None:
        """Keep all values of some fields for moderators."""
        for cell in self._cells(names):
            self.keep(cell)

    def _cells(self, names: Sequence[str]) -> Iterator[Cell]:
        for name in names:
            yield from self.cells.get(name, ())
