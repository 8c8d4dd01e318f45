"""The day that a remark moves an event to: "verlegt auf 18.03.2023", "reportée au 16 avril"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rallymap.dates import DatePrecision
from rallymap.events import EventStatus
from rallymap.intake.cells.date_stamps import DateRules, Order, ReadDate
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.words import status_of, status_of_remark
from rallymap.intake.rows.row import Cell, Row
from rallymap.intake.tables.columns import NOTE
from rallymap.language import phrase

_REMARKS = (
    "title",
    "status",
    NOTE,
    "source_title",
    "source_url",
    "about",
    "kind",
    "crowd",
    "crowd_actual",
    "crowd_words",
)
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]*\d[^()\[\]]*)[)\]]\s*$|\s+[/|–-]\s+(\D.*)$")
"""What a title says of the event itself, in brackets or behind a dash."""
_MAX_WORDS = 12
_DAYS = (DatePrecision.DAY, DatePrecision.MINUTE)
_ONE_NIGHT = timedelta(days=1)
_FROM = re.compile(
    r"(?<!\w)(?:vom|von|from|van|du|från|fra|od|z|с|від|з|del|dal|dari|من|از|ursprünglich|originally|initialement)(?!\w)"
)
"""Before the day that an event is moved from."""
_FIRST_FIGURE = re.compile(r"\d.*", re.DOTALL)


def take_moved_day(row: Row, order: Order) -> None:
    """Put an event on the day that a remark moves it to, with a note, and keep the remark as one.

    The date of the row may be that day already, or the remark may say only the day before it was moved: then the
    event took place on the date of the row. A later or earlier day that cannot be read leaves it postponed.
    """
    texts = row.texts
    if texts.get("precision") not in _DAYS:
        return
    start, end = date.fromisoformat(texts["start"]), date.fromisoformat(texts["end"])
    for name in _REMARKS:
        for cell in row.all(name):
            aside = _ASIDE.search(cell.text) if name == "title" else None
            said = cell.text if name != "title" else aside[1] or aside[2] if aside is not None else ""
            moved = _moved_to(said, DateRules(order=order, year=start.year), start)
            if moved is None or end - start > _ONE_NIGHT:
                continue
            left = [Cell(cell.column, _ASIDE.sub("", cell.text).strip())] if aside is not None else []
            row.cells[name] = left + [other for other in row.cells[name] if other is not cell]
            if not left:
                row.keep(cell)
            row.read_as(Cell(cell.column, cell.text), phrase("The event was moved to this date."))
            texts["start"], texts["end"] = moved.isoformat(), (moved + (end - start)).isoformat()
            return


def _moved_to(text: str, rules: DateRules, start: date) -> date | None:
    """Return the day that a remark moves an event of some day to, None where it moves it to none that can be read."""
    if not any(map(str.isdecimal, text)) or len(text.split()) > _MAX_WORDS:
        return None
    if EventStatus.POSTPONED not in (status_of_remark(text), status_of(text)):
        return None
    folded = fold_cell(text).casefold()
    found = read_date(text, rules)
    if _is_one_day(found) and _FROM.search(folded) and found.start is not None and found.start < start:
        return start  # "verlegt vom 11.03." next to the new day
    if not _is_one_day(found):
        figures = _FIRST_FIGURE.search(folded)
        found = read_date(figures[0], rules) if figures is not None else found
    return found.start if _is_one_day(found) and found.start is not None and found.start >= start else None


def _is_one_day(read: ReadDate) -> bool:
    is_read = read.start is not None and read.start == read.end and read.precision in _DAYS and not read.each
    return is_read and "left out" not in read.remark
