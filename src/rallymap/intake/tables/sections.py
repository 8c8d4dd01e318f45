"""Rows that are headings for the rows below them: "March 2022", "Saturday, 24 September", "Norway"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_stamps import DateRules, Order, ReadDate
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.sums import is_sum
from rallymap.intake.lexicon import fold
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.intake.tables.layout import Table
from rallymap.intake.tables.state_codes import REGIONS

_DAY = re.compile(r"(\d{1,2})\.?")
_DAYS = re.compile(r"(?:[^\W\d_]{1,12}\.?,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th|º|er|:e)?(?:\s?[-–]\s?(\d{1,2})\.?)?")
"""A day, possibly behind its weekday, or several consecutive days, of the month above."""
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.\s?\d{1,2}\.")
_LONGEST = 60
_LABELS = frozenset({"year", "month", "day", "date"})
"""Meanings of the word before a colon in a heading such as "Year: 2010"."""
SUBJECT = re.compile(r"\s+[-–—|·]\s+|:\s")
"""Separates the day in a heading from its other text: "25 April – marches"."""
_COUNT = re.compile(r"\s*\(?\d+\)?\s*$")
_IN = re.compile(r"(?:^|\s)(?:in|en|au|aux|i|nas|no|na|em|w|we|v|ve|у|в|på)\s+((?:the\s)?[^\W\d_].*)$", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s*(?:,.*|\(.*|\d.*)$")
"""Text after the name of a state in a title: a day, a year, a bracket."""
_LEAST_MERGED = 3
MARKS = "#* "
"""Markdown signs around a heading."""


def with_sections(table: Table, columns: Sequence[Column], is_country: Callable[[str], bool]) -> Table | None:
    """Copy the date or country of headings to the rows below; None if no row is such a heading.

    Day numbers under a month become dates in this month. A column is added if the table has none for the date or
    country.
    """
    if not table.header_row:
        return None
    headings = {number: text for number, cells in table.rows if (text := only_text(cells))}
    if len(headings) * 2 > len(table.rows):
        return None
    rules = DateRules(order=Order.DAY_FIRST, year=table.year)
    dates = {number: read for number, text in headings.items() if (read := _date(text, rules)) is not None}
    countries = {
        number: country
        for number, text in headings.items()
        if number not in dates and (country := _country_of_heading(text, is_country))
    }
    titled = _dates_of_titles(table, rules)
    above = {number: country for number, text in table.titles if (country := _country_of_heading(text, is_country))}
    above = above if len(set(above.values())) == 1 else {}
    date_at = next((c.position for c in columns if c.field in ("date", "start", "day")), None)
    date_at = _column_of_days(table, headings) if date_at is None else date_at
    changed = table
    if dates and (date_at is None or _has_open_dates(table, date_at, dates)):
        changed = _with_dates(changed, date_at, titled | dates)
    years = {number: f"{read.start.year}" for number, read in dates.items() if read.start is not None}
    if dates and date_at is not None and _are_years(dates) and not any(column.field == "year" for column in columns):
        first = {number: f"{read.start.year}" for number, read in titled.items() if read.start is not None}
        changed = with_column(changed, "year", (first if _are_years(titled) else {}) | years)
    is_sure = len(countries) > 1 or bool(above) or precede_headings(table, countries)
    if (countries or above) and is_sure and not any(column.field == "country" for column in columns):
        changed = with_column(changed, "country", above | countries | _ends_of_countries(table, dates, countries))
    elif not above and not any(column.field in ("country", "region") for column in columns):
        states = {number: state for number, text in table.titles if (state := _state_of_title(text))}
        if len(set(states.values())) == 1 and any(column.field == "city" for column in columns):
            changed = with_column(changed, "region", states)
    return None if changed is table else changed


def _ends_of_countries(table: Table, dates: Mapping[int, ReadDate], countries: Mapping[int, str]) -> dict[int, str]:
    """Return the merged rows after which the country above does not apply: its next heading was not recognised.

    If such a row follows each country, they are headings inside it, such as towns.
    """
    merged = [n for n, cells in table.rows if is_merged(cells) and n not in dates and n not in countries]
    after = {number: below for (number, _), (below, _) in pairwise(table.rows)}
    if countries and all(after.get(number) in merged for number in countries if number > table.header_row):
        return {}
    return dict.fromkeys(merged, "")


def _dates_of_titles(table: Table, rules: DateRules) -> dict[int, ReadDate]:
    """Return the month or year if the last title before the headings contains nothing else: "### August"."""
    for number, text in reversed(table.titles):
        plain = text.strip(MARKS)
        read = _date(plain, rules) if len(plain) <= _LONGEST else None
        if read is not None and read.precision in (DatePrecision.MONTH, DatePrecision.YEAR):
            return {number: read}
        break
    return {}


def _column_of_days(table: Table, headings: Mapping[int, str]) -> int | None:
    """Return the date column in which all cells, except in heading rows, are day numbers.

    A column without a heading does not count if its numbers are row numbers.
    """
    rows = [cells for number, cells in table.rows if number not in headings and not repeats_header(table.header, cells)]
    for at, name in enumerate(table.header):
        is_unnamed = at in table.unnamed
        if is_unnamed or any(field in ("date", "day") for field, _ in fields_of_heading(name)[:1]):
            days = [cells[at].strip() for cells in rows if at < len(cells) and cells[at].strip()]
            matches = [match for day in days if (match := _DAYS.fullmatch(day)) is not None]
            numbers = [int(match[1]) for match in matches]
            counts = is_unnamed and (len(days) < len(rows) or all(b == a + 1 or b == 1 for a, b in pairwise(numbers)))
            if is_unnamed and (counts or len(matches) < len(days)):
                continue
            return at if days and len(matches) == len(days) else None
    return None


def _are_years(dates: Mapping[int, ReadDate]) -> bool:
    return all(read.precision is DatePrecision.YEAR for read in dates.values())


def _country_of_heading(text: str, is_country: Callable[[str], bool]) -> str:
    """Return the country of a heading: its whole text, or the end after a word such as "in"; otherwise ""."""
    plain = _COUNT.sub("", text.strip(MARKS)).strip(" :–—-")
    if is_country(plain):
        return plain
    behind = _IN.search(plain)
    return behind[1] if behind is not None and is_country(behind[1]) else ""


def _state_of_title(text: str) -> str:
    """Return the state that a title gives for its rows: "Rallies in Ohio – April 5"; otherwise ""."""
    found = (_IN.search(part.strip()) for part in SUBJECT.split(text.strip(MARKS)))
    names = [_AFTER_NAME.sub("", match[1]).strip(" :.") for match in found if match is not None]
    states = [name for name in names if fold(name) in REGIONS]
    return states[0] if len(states) == 1 else ""


def precede_headings(table: Table, countries: Mapping[int, str]) -> bool:
    """Return whether each of these rows is followed by a repeated header."""
    rows = list(table.rows)
    after = {number: below for (number, _), (_, below) in pairwise(rows)}
    return bool(countries) and all(repeats_header(table.header, after.get(number, ())) for number in countries)


def only_text(cells: Sequence[str]) -> str:
    """Return the text of a row with a single text, "" for other rows."""
    texts = {cell.strip() for cell in cells if cell.strip()}
    text = texts.pop().strip(MARKS) if len(texts) == 1 else ""
    return text if 0 < len(text) <= _LONGEST else ""


def is_merged(cells: Sequence[str]) -> bool:
    """Return whether all cells of a row have the same text: one cell that is merged over the whole row."""
    texts = [text for cell in cells if (text := cell.strip())]
    return len(texts) >= _LEAST_MERGED and len(set(texts)) == 1


def _is_sentence(cells: Sequence[str]) -> bool:
    """Return whether a row contains only a remark, such as one about the list at its end."""
    texts = [cell for cell in cells if cell.strip()]
    return len(texts) == 1 and len(cells) >= _LEAST_MERGED and len(texts[0].split()) > _LEAST_MERGED


def _date(text: str, rules: DateRules) -> ReadDate | None:
    if _DAY.fullmatch(text):
        return None
    label, _, behind = text.partition(":")
    is_labelled = any(name in _LABELS for name, _ in fields_of_heading(label)[:1]) and len(label.split()) == 1
    for part in (text, behind.strip() if is_labelled else SUBJECT.split(text)[0]):
        read = read_date(part, rules)
        if read.start is not None and "left out" not in read.remark:
            return read
    return None


def _has_open_dates(table: Table, at: int, dates: dict[int, ReadDate]) -> bool:
    """Return whether any row other than headings has no date, or only a day number."""
    for number, cells in table.rows:
        text = cells[at].strip() if at < len(cells) else ""
        if number not in dates and (not text or _DAYS.fullmatch(text) or _DAY_AND_MONTH.fullmatch(text)):
            return True
    return False


def _with_dates(table: Table, at: int | None, dates: dict[int, ReadDate]) -> Table:
    header = table.header
    if at is None:
        at, header = len(header), (*header, "date")
    elif at in table.unnamed:
        header = (*header[:at], "date", *header[at + 1 :])
    rows: list[Row] = []
    above = next((read for number, read in dates.items() if number <= table.header_row), None)
    for number, cells in table.rows:
        above = dates.get(number, above)
        if number in dates or repeats_header(table.header, cells) or is_sum(next(filter(None, cells), "")):
            rows.append((number, cells))
            continue
        filled = [*cells, *[""] * (at + 1 - len(cells))]
        filled[at] = _completed(filled[at].strip(), above)
        rows.append((number, tuple(filled)))
    return replace(
        table,
        header=header,
        rows=rows,
        unnamed=table.unnamed - {at},
        sections=table.sections | {n for n in dates if n > table.header_row},
    )


def repeats_header(header: Sequence[str], cells: Sequence[str]) -> bool:
    """Return whether a row repeats the header literally; the last heading may be missing."""
    return len(cells) > 1 and [" ".join(cell.split()) for cell in cells] == list(header[: len(cells)])


def _completed(text: str, above: ReadDate | None) -> str:
    if above is None or above.start is None or above.end is None:
        return text
    match = _DAYS.fullmatch(text)
    if match and above.precision is DatePrecision.MONTH:
        last = f"-{match[2]}" if match[2] else ""
        if not last and text[0].isdecimal():
            return f"{above.start:%Y-%m}-{int(match[1]):02d}"
        return f"{text[: match.start(1)]}{match[1]}{last}.{above.start:%m.%Y}"  # "Sat 7.01.2023"
    if _DAY_AND_MONTH.fullmatch(text):
        return f"{text}{above.start.year}"
    if text:
        return text
    if above.precision is DatePrecision.MONTH:
        return f"{above.start:%Y-%m}"
    if above.precision is DatePrecision.YEAR:
        return f"{above.start.year}"
    return f"{above.start}" if above.start == above.end else f"{above.start}/{above.end}"


def with_column(table: Table, name: str, values: dict[int, str]) -> Table:
    """Add a column with the value of the heading above each row; `values` are by number of the heading's row."""
    at = len(table.header)
    rows: list[Row] = []
    above = next((text for number, text in values.items() if number <= table.header_row), "")
    for number, cells in table.rows:
        above = values.get(number, above)
        if number in values or repeats_header(table.header, cells) or is_merged(cells) or _is_sentence(cells):
            rows.append((number, cells))
        else:
            rows.append((number, (*cells, *[""] * (at - len(cells)), above)))
    return replace(
        table,
        header=(*table.header, name),
        rows=rows,
        sections=table.sections | {number for number in values if number > table.header_row},
    )
