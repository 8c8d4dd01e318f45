"""Cross tables with a column for each day, time of day or town: each filled cell is an event."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rallymap.intake.cells.crowds import read_crowd
from rallymap.intake.cells.date_columns import could_be_date
from rallymap.intake.cells.date_stamps import DateRules, Order
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.folding import fold_cell, is_missing
from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.cells.sums import is_sum
from rallymap.intake.cells.times import read_times
from rallymap.intake.readers.raw_table import RawTable, Row
from rallymap.intake.tables.headings import count_known, fields_of_heading
from rallymap.intake.tables.layout import Table, find_header, is_value
from rallymap.intake.tables.month_columns import dates_of_months
from rallymap.intake.tables.profiles import Profile, profile

_LOOK_AT = 40
_LONGEST = 40
_MOST = 0.8
_SOME = 0.5
_EXACT = 0.9
_ANY_YEAR = 2024
_DATED = frozenset({"date", "start", "year", "month", "day"})
_TIMED = frozenset({"time", "start_time"})
_SPOTS = frozenset({"place", "venue", "route_start"})
_BARE = re.compile(r"[\d\s,-]+|\d+\.\d")
"""Numbers that are probably not times of day: "100", "50-100", "2.5"."""
_NUMBER = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_TIME = re.compile(
    r"(?<![\d.:])\d{1,2}(?:[:.h]\d{2})?(?:\s?[-–]\s?\d{1,2}(?:[:.h]\d{2})?)?\s?(?:uhr|[ap]\.?m\b\.?|h(?![^\W_]))"
    r"|(?<![\d.:])\d{1,2}[:h]\d{2}(?:\s?[-–]\s?\d{1,2}[:h]\d{2})?"
    r"|^\d{1,2}\.[0-5]\d(?:\s?[-–]\s?\d{1,2}\.[0-5]\d)?(?=[\s,;]|$)"
    r"|(?:12\s)?(?<![^\W_])(?:noon|midday|mittags?|midi|mediodía|meio-dia|mezzogiorno|полдень|полудень)(?![^\W_])"
    r"|(?:[上下]午|晚上|早上|中午)?\s?\d{1,2}\s?[时時点點](?:\d{1,2}分|半)?",
    re.IGNORECASE,
)


def without_columns_of_days(raw: RawTable) -> RawTable:
    """Convert columns for days or times of day to one row per filled cell."""
    rows = list(raw.rows)
    for at, (number, cells) in enumerate(rows[:_LOOK_AT]):
        header = [" ".join(cell.split()) for cell in cells]
        body = rows[at + 1 :]
        found = _crossing(header, body)
        if found:
            name, columns = found
            names, below = _unpivoted(header, body, columns, name)
            turned = [*rows[:at], (number, names), *below]
            if find_header(turned) == at:
                return RawTable(raw.name, turned, None, raw.facts)
            return RawTable(raw.name, below, names, raw.facts)
        if (in_months := dates_of_months([text for _, row in rows[:at] for text in row], header, body)) is not None:
            return RawTable(raw.name, [*rows[:at], (number, in_months[0]), *in_months[1]], None, raw.facts)
        texts = [text for text in header if text]
        if count_known(texts) >= 2 and not any(map(is_value, texts)):
            dated = _numbered_dates(header, body)
            if not dated:
                return raw
            names, below = _unpivoted(header, body, dated, "")
            return RawTable(raw.name, [*rows[:at], (number, names), *below], None, raw.facts)
    return raw


def without_columns_of_towns(table: Table, towns: Sequence[int]) -> Table:
    """Convert the columns at these positions, whose headings are towns, to one row per filled cell."""
    columns = {position: table.header[position] for position in towns}
    header = ["" if position in table.unnamed else text for position, text in enumerate(table.header)]
    names, rows = _unpivoted(header, table.rows, columns, "city")
    shown = [text or f"column {position}" for position, text in enumerate(names, 1)]
    unnamed = frozenset(position for position, text in enumerate(names) if not text)
    return replace(table, header=tuple(shown), rows=rows, unnamed=unnamed, dittos={})


def _crossing(header: Sequence[str], body: Sequence[Row]) -> tuple[str, dict[int, str]] | None:
    """Return the field of headings that are days or times of day, and these by position; None if there are none."""
    days = _columns(header, _is_day)
    clocks = _columns(header, _is_clock)
    name, columns = ("date", days) if len(days) >= len(clocks) else ("time", clocks)
    if len(columns) < 2 or len(set(columns.values())) < len(columns):
        return None
    others = [text for position, text in enumerate(header) if text and position not in columns]
    if any(is_value(text) or len(text) > 60 for text in others):
        return None
    if _named(others) & (_DATED if name == "date" else _TIMED):
        return None
    below = [profile(_values(body, position)) for position in columns]
    if not any(looks.filled for looks in below):
        return None
    if any((looks.dates if name == "date" else looks.times) >= _SOME and looks.filled for looks in below):
        return None  # a row of data, or the heading of a date column
    corner = any(cells[position].strip() for _, cells in body for position in _rest(cells, columns))
    return (name, columns) if others or corner else None


def _numbered_dates(header: Sequence[str], body: Sequence[Row]) -> dict[int, str]:
    """Return numbered date columns, "1. Termin" and "2. Termin", if no other columns are numbered."""
    numbered = {at: text for at, text in enumerate(header) if _NUMBER.search(text)}
    names = {_NUMBER.sub("", text).strip(" .:)#").casefold() for text in numbered.values()}
    if len(numbered) < 2 or len(names) != 1 or not _named([names.pop()]) & {"date", "start"}:
        return {}
    values = [value for at in numbered for value in _values(body, at)]
    return numbered if profile(values).dates >= _MOST else {}


def _unpivoted(
    header: Sequence[str], body: Sequence[Row], columns: Mapping[int, str], name: str
) -> tuple[tuple[str, ...], list[Row]]:
    """Return headings and rows in which each filled cell of some columns has its own row.

    Parameters
    ----------
    header, body
        Header and rows of the table.
    columns
        Positions of the columns, with the value of each heading.
    name
        Name of the column for these values; "" if they have no meaning.
    """
    width = max([len(header), *(len(cells) for _, cells in body)])
    header = [*header, *[""] * (width - len(header))]
    others = [at for at in range(width) if at not in columns and (header[at] or any(_values(body, at)))]
    named = _named([header[at] for at in others])
    values = [value for position in columns for value in _values(body, position)]
    meaning = _meaning(profile(values), values[:200], named, name)
    split = _split_time if meaning in ("title", "place") and name != "time" and not named & _TIMED else None
    rows: list[Row] = []
    for number, cells in body:
        before = tuple(cells[at] if at < len(cells) else "" for at in others)
        filled = [at for at in columns if at < len(cells) and cells[at].strip() and not is_missing(cells[at])]
        if not filled or any(map(is_sum, before)):
            rows.append((number, before))
            continue
        for at in filled:
            own = split(cells[at]) if split else ("" if meaning == "mark" else cells[at],)
            rows.append((number, (*before, *((columns[at],) if name else ()), *own)))
    last = "description" if meaning == "title" and "title" in named else meaning
    return (*(header[at] for at in others), *((name,) if name else ()), *(("time",) if split else ()), last), rows


def _meaning(looks: Profile, values: Sequence[str], named: set[str], name: str) -> str:
    """Return the meaning of the cells below such headings."""
    if looks.marks >= _MOST:
        return "mark"
    timed = [_split_time(value) for value in values]
    say_more = sum(bool(_LETTERS.search(rest)) for _, rest in timed) * 2 >= len(values) > 0
    if name != "time" and looks.times >= _MOST and looks.numbers < _SOME and not named & _TIMED and not say_more:
        return "time"
    if looks.dates >= _MOST and name != "date" and not named & _DATED:
        return "date"
    counted = sum(read.low is not None or read.high is not None for read in map(read_crowd, values))
    if name != "time" and sum(bool(at) for at, _ in timed) * 2 >= len(values) > 0:
        # "2pm, City Hall" next to towns, and "Vigil, 2pm"
        kinds = sum(kind_in_title(rest) is not None for _, rest in timed)
        return "place" if "city" in {*named, name} and not named & _SPOTS and kinds * 2 < len(values) else "title"
    return "participants" if looks.crowds >= _SOME and counted * 2 >= len(values) else "title"


def _split_time(text: str) -> tuple[str, str]:
    """Split the only time of day off a cell: "Vigil, 18 Uhr" is ("18 Uhr", "Vigil")."""
    found = list(_TIME.finditer(text))
    if len(found) != 1:
        return "", text
    rest = " ".join(f"{text[: found[0].start()]} {text[found[0].end() :]}".split()).strip(" ,;:-–|")
    return found[0][0], rest


def _columns(header: Sequence[str], is_one: Callable[[str], bool]) -> dict[int, str]:
    return {position: text for position, text in enumerate(header) if 0 < len(text) <= _LONGEST and is_one(text)}


def _values(body: Sequence[Row], position: int) -> list[str]:
    return [
        cells[position].strip()
        for _, cells in body
        if position < len(cells) and cells[position].strip() and not is_missing(cells[position])
    ]


def _rest(cells: Sequence[str], columns: Mapping[int, str]) -> list[int]:
    return [position for position in range(len(cells)) if position not in columns]


def _named(headings: Sequence[str]) -> set[str]:
    return {name for text in headings for name, score in fields_of_heading(text)[:1] if score >= _EXACT}


def _is_day(text: str) -> bool:
    folded = fold_cell(text)
    if not could_be_date(folded):
        return False
    for order in (Order.DAY_FIRST, Order.MONTH_FIRST):
        read = read_date(folded, DateRules(order=order, year=_ANY_YEAR, year_of_row=True))
        if read.start is not None and read.start == read.end and read.start_time is None:
            return True
    return False


def _is_clock(text: str) -> bool:
    folded = fold_cell(text).casefold()
    if _BARE.fullmatch(folded):
        return False
    read = read_times(folded)
    return read.start is not None and not read.remark
