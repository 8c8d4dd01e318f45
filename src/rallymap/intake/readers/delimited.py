"""Read CSV and similar files with any separator, quoting and encoding, and tables pasted from a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Literal

from rallymap.intake.limits import MAX_CELL, MAX_COLUMNS, check_size, refuse
from rallymap.intake.readers.charset import decode
from rallymap.intake.readers.chats import refuse_chat_lines
from rallymap.intake.readers.fixed_width import find_fixed_columns
from rallymap.intake.readers.lone_quotes import restore_merged_rows
from rallymap.intake.readers.raw_table import CountKnown, Opened, RawTable, Row
from rallymap.intake.readers.split_thousands import join_split_thousands
from rallymap.intake.readers.wikitext import is_wikitext, read_wikitext
from rallymap.intake.readers.written_lists import read_written_list, refuse_running_text
from rallymap.language import phrase

_DELIMITERS = (",", ";", "\t", "|")
_RARE_DELIMITERS = ("^", "~", "\x1f", "\x01", "¦", "§", ":", "#")
_SAMPLE_ROWS = 200
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?[,;\t|]*\r?\n?", re.IGNORECASE)
_NEVER_CLOSED = phrase("A quotation mark of this file is never closed; quotation marks were read as text.")
_TEXT_FORMULA = re.compile(r'\s*=\s*"((?:[^"]|"")*)"\s*', re.DOTALL)
_RULE = re.compile(r":?-{2,}:?|:-:?|-:")
_MAX_LINES_IN_CELL = 200
_SHOWN_ROWS = 10
_MAX_FIELD = 1024 * 1024
_MAX_ROW = MAX_COLUMNS * MAX_CELL
_LONG_LINE = re.compile(rf"[^\n]{{{_MAX_ROW + 1},}}")
"""Longer than any valid row."""


def read_delimited(content: bytes, count_known: CountKnown) -> Opened:
    """Read a CSV file.

    Parameters
    ----------
    content
        The file's bytes.
    count_known
        Counts known headings; the separator that gives the most is used.
    """
    text, remark = decode(content)
    return read_delimited_text(text, count_known, (remark,) if remark else ())


def read_delimited_text(text: str, count_known: CountKnown, remarks: tuple[str, ...] = ()) -> Opened:
    """Read decoded text, such as a table pasted from a spreadsheet."""
    refuse_chat_lines(text)
    if is_wikitext(text):
        return replace(read_wikitext(text), remarks=remarks)
    if (written := read_written_list(text, count_known)) is not None:
        return replace(written, remarks=remarks)
    refuse_running_text(text, count_known)
    first, _, rest = text.partition("\n")
    stated = _SEP_LINE.fullmatch(first)
    offset = 1 if stated else 0
    body = rest if stated else text
    delimiter = stated[1] if stated else find_delimiter(body, count_known)
    if long_line := _LONG_LINE.search(body):
        check_size(1, long_line[0].count(delimiter) + 1)  # before the csv module creates an object for each cell
    escape = "\\" if _has_escapes(body, delimiter) else None
    if not stated and delimiter == "," and (columns := find_fixed_columns(body, count_known)):
        body, delimiter = columns, "\t"
        remarks += (phrase("The columns of this file are aligned with spaces."),)
    quote = _quote_of(body, delimiter)
    try:
        rows = list(_rows(body, delimiter, csv.QUOTE_MINIMAL, escape, quote))
    except csv.Error:
        rows = []
    if escape is None and (mended := restore_merged_rows(body, delimiter, quote, rows)):
        rows = mended
        remarks += (_NEVER_CLOSED,)
    if not rows or any(
        cell.count("\n") > _MAX_LINES_IN_CELL for _, cells in rows for cell in cells if len(cell) > 2000
    ):
        # One unclosed quotation mark swallows the rest of the file.
        try:
            rows = list(_rows(body, delimiter, csv.QUOTE_NONE))
        except csv.Error as err:
            refuse(
                phrase("This file has a cell with more than a million characters; it is not a table."), value=str(err)
            )
        remarks += (_NEVER_CLOSED,)
    if len(rows) > 1 and _are_quoted_lines(rows, count_known):  # a program wrote each line as one cell
        return read_delimited_text("\n".join(cells[0] for _, cells in rows), count_known, remarks)
    if delimiter == "|":
        rows = _without_frame(_of_one_table(rows))
    if '="' in body:
        rows = [(number, tuple(map(_without_formula, cells))) for number, cells in rows]
    kept = [(number + offset, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if delimiter == "," and (whole := join_split_thousands(kept)) is not None:
        kept, joined = whole
        remarks += (_joined_numbers(joined),)
    if not kept:
        refuse(phrase("This file is empty."))
    check_size(len(kept), max(len(cells) for _, cells in kept))
    return Opened("CSV", (RawTable("", kept),), remarks)


def _are_quoted_lines(rows: list[Row], count_known: CountKnown) -> bool:
    """Return whether each row is one cell that contains a line of a table: "title,date,city"."""
    if any(len(cells) != 1 for _, cells in rows):
        return False
    return any(
        sign in rows[0][1][0] and count_known([name.strip(' "') for name in rows[0][1][0].split(sign)]) > 1
        for sign in _DELIMITERS
    )


def _without_formula(cell: str) -> str:
    """Return the text of a cell such as ="0123", which exports use so that spreadsheet programs keep zeros."""
    match = _TEXT_FORMULA.fullmatch(cell) if cell.lstrip().startswith("=") else None
    return match[1].replace('""', '"') if match is not None else cell


def _joined_numbers(rows: tuple[int, ...]) -> str:
    numbers = ", ".join(str(number) for number in rows[:_SHOWN_ROWS])
    return phrase(
        "A comma inside a number divided it into two cells; the cells were joined. First rows with this: {numbers}.",
        numbers=numbers,
    )


def _quote_of(text: str, delimiter: str) -> str:
    """Return the quote character: an apostrophe if most cells are between apostrophes, as in database exports."""
    if '"' in text[: 64 * 1024]:
        return '"'
    cells = [cell.strip() for line in text[: 64 * 1024].splitlines()[1:50] for cell in line.split(delimiter)]
    between = sum(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in cells)
    return "'" if between * 2 >= len(cells) > 0 else '"'


def _rows(
    text: str, delimiter: str, quoting: Literal[0, 3], escape: str | None = None, quote: str = '"'
) -> Iterator[Row]:
    unread = 0

    def lines() -> Iterator[str]:
        nonlocal unread
        for line in io.StringIO(text, newline=""):
            unread += len(line)
            if unread > _MAX_ROW:  # while reading on, the csv module holds several copies of a row
                raise csv.Error("row larger than limit")
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, quoting=quoting, escapechar=escape, quotechar=quote)
    kept = 0
    for number, cells in enumerate(reader, 1):
        unread = 0
        if any(len(cell) > _MAX_FIELD for cell in cells):
            raise csv.Error("field larger than limit")
        if not any(cells):
            continue
        kept += 1
        check_size(kept, len(cells))
        yield number, tuple(cell if len(cell) <= MAX_CELL else cell[: MAX_CELL + 1] for cell in cells)


def find_delimiter(text: str, count_known: CountKnown) -> str:
    """Choose the separator that gives most known headings and most rows of equal width."""
    sample = text[: 64 * 1024]

    def score(delimiter: str) -> tuple[int, float]:
        rows: list[list[str]] = []
        try:
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
                rows.append(row)
                if len(rows) == _SAMPLE_ROWS:
                    break
        except csv.Error:
            pass  # The rows read so far are enough for a comparison.
        widths = Counter(len(row) for row in rows if any(row))
        if not widths:
            return 0, 0.0
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
        known = max((count_known(row) for row in rows[:15] if len(row) > 1), default=0)
        return known, (width > 1) * (times / sum(widths.values()) + min(width, 50) / 1000)

    best = max(_DELIMITERS, key=score)
    known, regular = score(best)
    if known < 2 and not (known and regular > 1.0):  # "Datum;Aktionen" above "14.10.2023;12:00 Bochum: Demo"
        rare = max((sign for sign in _RARE_DELIMITERS if sign in sample), key=score, default=best)
        if score(rare)[0] >= 2:
            return rare
    return best


def _has_escapes(text: str, delimiter: str) -> bool:
    r"""Return whether quotation marks inside quotes are written as \", as in database exports, or pipes as \|."""
    if delimiter == "|" and r"\|" in text:
        return True  # a pipe in a cell of a Markdown table
    if '\\"' not in text:
        return False
    sample = text[: 256 * 1024]

    def spread(escape: str | None) -> int:
        try:
            rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, escapechar=escape)
            return len({len(row) for row in islice(rows, _SAMPLE_ROWS) if any(row)})
        except csv.Error:
            return _SAMPLE_ROWS

    doubled = re.search(r'[^\\"]""[^"]', sample) is not None
    return spread("\\") < spread(None) or (not doubled and spread("\\") <= spread(None))


def _of_one_table(rows: list[Row]) -> list[Row]:
    """Drop sentences around a Markdown table, whose rows all begin with a pipe; titles above it are kept."""
    framed = [index for index, (_, cells) in enumerate(rows) if len(cells) > 2 and not cells[0].strip()]
    if not any(all(_RULE.fullmatch(cell.strip()) for cell in cells if cell.strip()) for _, cells in rows) or not framed:
        return rows
    return [row for index, row in enumerate(rows) if index <= framed[-1] or len(row[1]) > 1]


def _without_frame(rows: list[Row]) -> list[Row]:
    """Remove the outer pipes and the separator line of a Markdown table."""
    framed = [
        (number, cells[1:-1] if len(cells) > 2 and not cells[0].strip() and not cells[-1].strip() else cells)
        for number, cells in rows
    ]
    return [
        (number, tuple(cell.strip() for cell in cells))
        for number, cells in framed
        if not all(_RULE.fullmatch(cell.strip()) for cell in cells if cell.strip())
    ]
