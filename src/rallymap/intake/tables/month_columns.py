"""Tables with a column for each month, whose cells list days or events: "Jan 2023" above "14, 28" gives two events."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_stamps import DateRules, Order
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.folding import fold_cell, is_missing
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.cells.sums import is_sum
from rallymap.intake.fields import TownFinder
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE
from rallymap.intake.tables.layout import Table

_SIGN = r"(?:st|nd|rd|th|\.|er|º)?"
_DAYS = re.compile(
    rf"\d{{1,2}}{_SIGN}(?:(?:\s?[,;/+&]\s?|\s?\n\s?|\s(?:and|und|et|y|e|och|og|en|i|и|та|و)\s)\d{{1,2}}{_SIGN})*"
)
_DAY = re.compile(r"\d{1,2}")
_SURE = re.compile(r"\d\D+\d|\d(?:st|nd|rd|th|\.|er|º)")
"""Several days, or an ordinal; plain numbers could also be counts of events."""
_LAST_DAY = 31
_BEFORE_TEXT = re.compile(rf"\s*(\d{{1,2}})(?:{_SIGN}\s?[:–—|-]\s?|(?:st|nd|rd|th|\.|er|º)\s+)(?=[^\W\d_]|[«“])")
"""A day before the text of its event: "8: Vigil for Tibet"."""
_LINES = re.compile(r"\n|;|\s[|•]\s")
_SHORTEST_TEXT = 8
_MOST = 0.8
_PERIODS = frozenset({"date", "start", "end", "year", "month", "day"})
_ANY_YEAR = 2000
_LEAST_COLUMNS = 2
_WORD = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"\d{1,2}[/.-]\d{4}|\d{4}[/.-]\d{1,2}|\d\s?[月월]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def dates_of_months(
    titles: Sequence[str], header: Sequence[str], body: Sequence[Row]
) -> tuple[tuple[str, ...], list[Row]] | None:
    """Return headings and rows with a row for each filled cell under a month; None for other tables.

    Parameters
    ----------
    titles
        Texts above the headings, which can contain the year.
    header, body
        Header and rows of the table.
    """
    years = {int(year) for text in titles for year in _YEAR.findall(text)}
    rules = DateRules(order=Order.DAY_FIRST, year=years.pop() if len(years) == 1 else 0)
    months = {at: month for at, text in enumerate(header) if (month := _month(text, rules))}
    cells = [fold_cell(row[at]).casefold() for _, row in body for at in months if at < len(row)]
    filled = [cell for cell in cells if cell and not is_missing(cell)]
    if len(months) < _LEAST_COLUMNS or len(set(months.values())) < len(months) or not filled:
        return None
    if _are_texts(filled):
        return _with_texts(header, body, months)
    if not all(map(_are_days, filled)) or not any(map(_SURE.search, filled)):
        return None
    others = [at for at in range(len(header)) if at not in months]
    rows: list[Row] = []
    for number, row in body:
        before = tuple(row[at] if at < len(row) else "" for at in others)
        own = {at: fold_cell(row[at]) for at in months if at < len(row) and not is_missing(row[at])}
        if not own or any(map(is_sum, before)):
            rows.append((number, before))
        for at, text in own.items():
            days = ", ".join(f"{months[at]}-{int(day):02d}" for day in _DAY.findall(text))
            rows.append((number, (*before, days)))
    return (*(header[at] for at in others), "date"), rows


def _are_texts(cells: Sequence[str]) -> bool:
    """Return whether cells describe events: "8: Vigil for Tibet", or texts without a day."""
    texts = sum(
        len(cell) >= _SHORTEST_TEXT and not _BEFORE_TEXT.sub("", cell, count=1)[:1].isdecimal() for cell in cells
    )
    return texts >= _MOST * len(cells)


def _with_texts(
    header: Sequence[str], body: Sequence[Row], months: dict[int, str]
) -> tuple[tuple[str, ...], list[Row]]:
    """Return headings and rows with a row for each line of a cell under a month: its day, and its text as title."""
    others = [at for at in range(len(header)) if at not in months]
    rows: list[Row] = []
    for number, row in body:
        before = tuple(row[at] if at < len(row) else "" for at in others)
        lines = [
            (month, line.strip())
            for at, month in months.items()
            if at < len(row) and not is_missing(row[at])
            for line in _LINES.split(row[at])
            if line.strip()
        ]
        if not lines or any(map(is_sum, before)):
            rows.append((number, before))
        for month, line in lines:
            found = _BEFORE_TEXT.match(line)
            is_day = found is not None and 1 <= int(found[1]) <= _LAST_DAY
            day = f"{month}-{int(found[1]):02d}" if found is not None and is_day else month
            rows.append((number, (*before, day, line[found.end() :].strip() if found is not None and is_day else line)))
    return (*(header[at] for at in others), "date", "title"), rows


def counts_events(table: Table, columns: Sequence[Column]) -> bool:
    """Return whether a table counts events by place: plain numbers under months or years, next to their total."""
    rules = DateRules(order=Order.DAY_FIRST, year=table.year or _ANY_YEAR)
    periods = [
        column.position
        for column in columns
        if (_YEAR.fullmatch(column.heading.strip()) or _month(column.heading, rules)) and column.profile.filled
    ]
    sums = [column.position for column in columns if is_sum(column.heading) and column.profile.numbers == 1.0]
    if len(periods) < _LEAST_COLUMNS or not sums or any(columns[at].profile.numbers < 1.0 for at in periods):
        return False
    rows = [cells for _, cells in table.rows if sums[0] < len(cells) and cells[sums[0]].strip()]
    return bool(rows) and all(
        sum(map(_number, (cells[at] for at in periods))) == _number(cells[sums[0]]) for cells in rows
    )


def counts_by_period(columns: Sequence[Column], find_town: TownFinder) -> bool:
    """Return whether a table has only dates and numbers under unknown headings: "week,n_events,n_arrests".

    Numbers under the names of towns are numbers of people at events there.
    """
    others = [one for one in columns if one.profile.filled and one.field not in _PERIODS]
    return (
        len(others) < len(columns)
        and bool(others)
        and all(map(_is_open_number, others))
        and not any(find_town(one.heading) for one in others)
    )


def _is_open_number(column: Column) -> bool:
    return column.field == NOTE and not column.reason and column.profile.numbers == 1.0


def _number(text: str) -> float:
    text = fold_cell(text).replace(",", ".")
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else 0.0


def _month(text: str, rules: DateRules) -> str:
    """Return a heading that is a month as "2023-01", otherwise ""."""
    names_month = _FIGURES.search(text) or any(map(month_of, _WORD.findall(text.casefold())))
    if len(text) > len("september 2023 (n)") or not names_month:
        return ""
    read = read_date(text, rules)
    if read.start is None or read.end is None or read.precision is not DatePrecision.MONTH or read.remark:
        return ""
    return f"{read.start:%Y-%m}" if read.start == read.end.replace(day=1) else ""


def _are_days(cell: str) -> bool:
    return _DAYS.fullmatch(cell) is not None and all(1 <= int(day) <= _LAST_DAY for day in _DAY.findall(cell))
