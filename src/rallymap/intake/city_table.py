"""The cities of a campaign, typed or pasted from a spreadsheet: convert text to rows, and rows to text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from types import MappingProxyType

from rallymap.errors import IntakeError, InvalidEventError
from rallymap.intake.cells.folding import is_ditto, is_missing
from rallymap.intake.cells.sums import is_sum
from rallymap.intake.chat_lists import ChatList, is_chat_list, read_chat_list
from rallymap.intake.readers.delimited import read_delimited_text
from rallymap.intake.tables.headings import count_known, fields_of_heading
from rallymap.intake.written_dates import read_date
from rallymap.language import tr

MAX_CITIES_TEXT = 60_000
"""Maximum number of characters that can be pasted; a table of 60 cities has a few thousand."""
MAX_CITIES = 200
"""Maximum number of rows that a form reads; campaigns of more than 60 events are rejected on submission."""


@dataclass(frozen=True, slots=True)
class CityRow:
    """One city of a campaign as written; "" for missing values.

    `organiser` is a local organiser in addition to those of the whole campaign; `date` and `time` are given only if
    they differ from those of the campaign.
    """

    city: str = ""
    venue: str = ""
    date: str = ""
    time: str = ""
    organiser: str = ""
    country: str = ""
    zone: str = ""


_NO_LABELS: Mapping[str, str] = MappingProxyType({})
COLUMNS = tuple(field.name for field in fields(CityRow))
_COLUMN_OF_FIELD = {
    "city": "city", "place": "place", "venue": "venue", "route_start": "venue", "date": "date", "start": "date",
    "time": "time", "start_time": "time", "organisers": "organiser", "country": "country", "zone": "zone",
}  # fmt: skip
_TIME = re.compile(r"(?:ab |from )?\d{1,2}[:.h]\d{2}\b.*|\d{1,2} ?(?:[ap]\.?m\.?|uhr|h)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CityTable:
    """Result: the rows in order, without empty ones, and remarks about the whole table."""

    rows: tuple[CityRow, ...]
    remarks: tuple[str, ...] = ()


def read_cities(text: str, labels: Mapping[str, str] = _NO_LABELS) -> CityTable:
    """Parse a table separated by tabs, commas or semicolons, or a list from a chat message.

    With headings, columns can be in any order.

    Without headings, columns with times and days are found by their cells; the others are city, exact location and
    local organiser, in this order. A cell such as "TBA" or "?" counts as empty. An empty city below another is that
    city, as in merged cells of a spreadsheet.

    Parameters
    ----------
    labels
        Columns by the headings of the page itself, in the reader's language.

    Raises
    ------
    InvalidEventError
        If the text is too long or not a table.
    """
    if len(text) > MAX_CITIES_TEXT:
        raise InvalidEventError("cities", tr("This is too long to be pasted at once; paste fewer rows."))
    if not text.strip():
        return CityTable(())
    if is_chat_list(text):
        return _of_chat_list(read_chat_list(text))
    try:
        opened = read_delimited_text(text, count_known)
    except IntakeError as err:
        raise InvalidEventError("cities", err.user_message) from err
    lines = [[text.strip() for text in cells] for _, cells in opened.tables[0].rows]
    columns = _headings(lines[0], {label.casefold(): name for label, name in labels.items()})
    if columns is not None:
        headings, *lines = lines
        left_out = [heading for heading, column in zip(headings, columns, strict=True) if column is None]
    else:
        columns = _guessed(lines)
        cells = [pair for line in lines for pair in zip(line, columns, strict=False)]
        left_out = [cell for cell, column in cells if column is None and not is_missing(cell)]
    remarks = []
    if any(left_out):
        said = ", ".join(filter(None, left_out))[:200]
        remarks.append(tr("Not read, as it has no place here: {columns}.", columns=said))
    rows = [row for row in (_without_marks(_row(line, columns)) for line in lines) if any(astuple(row))]
    totals = [row for row in rows if _is_total(row, columns)]
    if totals:
        remarks.append(tr("Not read, as these are totals: {rows}.", rows=", ".join(row.city for row in totals)[:200]))
    rows = [row for row in rows if row not in totals]
    filled = _with_city_above(rows)
    if filled != rows:
        remarks.append(tr("An empty city is read as the city above it."))
    return CityTable(tuple(filled), tuple(remarks))


def _of_chat_list(found: ChatList) -> CityTable:
    remarks = []
    if found.left_out:
        remarks.append(tr("Not read, as no city was recognised: {lines}", lines=" / ".join(found.left_out)[:400]))
    rows = (CityRow(line.city, line.venue, line.date, line.time, country=line.country) for line in found.lines)
    return CityTable(tuple(rows), tuple(remarks))


def _without_marks(row: CityRow) -> CityRow:
    """Empty the cells that say that something is not known; an unknown city stays, as it is not the city above."""
    known = ("" if is_missing(cell) else cell for cell in astuple(row))
    return replace(CityRow(*known), city=row.city)


def _is_total(row: CityRow, columns: Sequence[str | None]) -> bool:
    """Return whether a row of a table with several columns has only a total: "Media" alone can be a town."""
    others = astuple(replace(row, city=""))
    return len(columns) > 1 and is_sum(row.city) and not any(cell and not cell.isdecimal() for cell in others)


def _with_city_above(rows: Sequence[CityRow]) -> list[CityRow]:
    """Give rows without a city, or with a ditto mark, city and country of the row above."""
    filled: list[CityRow] = []
    for row in rows:
        above = filled[-1] if filled else CityRow()
        if above.city and (not row.city or is_ditto(row.city)):
            row = replace(row, city=above.city, country=row.country or above.country)
        filled.append(row)
    return filled


def kept_cities(text: str) -> tuple[CityRow, ...]:
    """Parse the rows that a form stores, as :func:`write_cities` wrote them, at most `MAX_CITIES`.

    Limited because every row is geocoded each time the form is drawn.
    """
    _, *lines = [*csv.reader(io.StringIO(text[:MAX_CITIES_TEXT]), delimiter="\t")] or [[]]
    return tuple(_row(line, COLUMNS) for line in lines[:MAX_CITIES])


def write_cities(rows: Sequence[CityRow]) -> str:
    """Convert rows to the text that a form stores; "" for none."""
    if not rows:
        return ""
    written = io.StringIO()
    writer = csv.writer(written, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([" ".join(cell.split()) for cell in astuple(row)] for row in rows)
    return written.getvalue()


def _headings(cells: Sequence[str], labels: Mapping[str, str]) -> list[str | None] | None:
    """Return the column for each heading, the first heading of each meaning; None if the cells are not headings."""
    meant = [_meanings(cell, labels) for cell in cells]
    has_city = any("city" in names for names in meant)
    found: list[str | None] = []
    for names in meant:
        # A "place" next to a city is the exact location in it.
        wanted = [("venue" if has_city else "city") if name == "place" else name for name in names]
        found.append(next((name for name in wanted if name not in found), None))
    known = sum(column is not None for column in found)
    if "city" not in found or known < min(2, len(cells)):
        return None
    # "Place de la République" next to "Paris" is a place and not the heading of places.
    is_exact = has_city or _is_exact(cells[found.index("city")])
    return found if is_exact or known == sum(map(bool, cells)) else None


def _is_exact(heading: str) -> bool:
    return any(score >= 1 for _, score in fields_of_heading(heading[:80]))


def _meanings(cell: str, labels: Mapping[str, str]) -> list[str]:
    if cell.casefold() in labels:
        return [labels[cell.casefold()]]
    names = [_COLUMN_OF_FIELD[field] for field, _ in fields_of_heading(cell[:80]) if field in _COLUMN_OF_FIELD]
    # "Local time" is a time, not a place.
    return sorted(names, key=lambda name: name == "place")


def _guessed(lines: Sequence[Sequence[str]]) -> list[str | None]:
    words = ["organiser", "venue", "city"]
    columns: list[str | None] = []
    for index in range(max(map(len, lines))):
        cells = [line[index] for line in lines if index < len(line) and line[index]]
        if cells and all(_TIME.fullmatch(cell) for cell in cells) and "time" not in columns:
            columns.append("time")
        elif cells and all(map(_is_day, cells)) and "date" not in columns:
            columns.append("date")
        else:
            columns.append(words.pop() if words else None)
    return columns


def _is_day(cell: str) -> bool:
    try:
        return any(map(str.isdecimal, cell)) and read_date("date", cell).start is not None
    except InvalidEventError:
        return False


def _row(cells: Sequence[str], columns: Sequence[str | None]) -> CityRow:
    said = {column: cell for column, cell in zip(columns, cells, strict=False) if column is not None}
    return CityRow(**said)
