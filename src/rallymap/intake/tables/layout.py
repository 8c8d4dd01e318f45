"""Find the table in a sheet: title rows, the header row, a second header row, and what the name of the sheet says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rallymap.intake.cells.date_columns import could_be_date
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.readers import RawTable
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.headings import count_known, fields_of_heading

_LOOK_AT = 40
_EXACT = 0.9
_PLACES = frozenset({"city", "country", "region", "venue", "place"})
_VALUE = re.compile(r"[\d.,:/\s%+-]+|\d{4}-\d{2}-\d{2}.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}.*|https?://.*")
_DAY_OR_TIME = re.compile(
    r"(?:[^\W\d_]{2,12}\.?,?\s+)?\d{1,2}[./]\s?\d{1,2}[./]?(?:\s?\d{2,4})?"
    r"|(?:ore|ora|um|ab|klo?\.?|kl\.|godz\.?|o|в|о|at|a las|à|às|saat|ساعت|alle|dalle) \d{1,2}(?:[:.h]\d{2})?"
    r"|(?:[^\W\d_]{2,12}\.?,?\s+)?\d{1,2}(?:[:.h]\d{2})?(?:\s?[-–]\s?\d{1,2}(?:[:.h]\d{2})?)?\s?(?:uhr|uur|h|[ap]\.?m\.?)"
    r"|(?:[^\W\d_]{2,12}\.?,?\s+)?\d{1,2}[hu]\d{2}(?:\s?(?:[-–]|à)\s?\d{1,2}[hu](?:\d{2})?)?",
    re.IGNORECASE,
)
"""A day without a year or hours, possibly behind a weekday or a word such as "ab"."""
_ESTIMATE = re.compile(r"[~±><≈]\s?\d[\d.,]*|\d[\d.,]*\s?\+|\d[\d.,]*\s?[-–]\s?\d[\d.,]*")
"""A number of people: "~200", "500+"."""
_DAY_AND_YEAR = re.compile(
    r"(?<!\d)\d{1,2}(?!\d)\D{1,15}(?:19|20)\d{2}(?!\d)|(?<![^\W\d_])[^\W\d_]{3,} \d{1,2}, (?:19|20)\d{2}(?!\d)"
)
_LEAST_WIDTH = 3
_SAMPLE = 2000
_IN_BRACKETS = re.compile(r"\([^()]+\)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_MONTH_AND_YEAR = re.compile(r"(?<!\d)(?<!\d[. ])(?<![^\W\d_])([^\W\d_]{3,})\.? (?:de |del )?(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with named columns.

    Attributes
    ----------
    name
        Name of its sheet or list.
    header
        One name per column; "column 5" for one without a name.
    rows
        Rows below the header, with their numbers.
    year, month
        Year and month for all rows, from the sheet's name, a title row or the first heading; 0 if unknown.
    facts
        Facts in the file about all rows.
    header_row
        Number of the header row, or of the last title row if there are no headings; 0 if the format names the
        fields, or if nothing is above the rows.
    unnamed
        Positions of columns without a heading.
    sections
        Numbers of rows that are headings for the rows below them.
    titles
        Number and text of the cells above the header.
    dittos
        Original text of cells that repeat the cell above, by row number and column position.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[Row]
    year: int = 0
    month: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
    header_row: int = 0
    unnamed: frozenset[int] = frozenset()
    sections: frozenset[int] = frozenset()
    titles: tuple[tuple[int, str], ...] = ()
    dittos: Mapping[tuple[int, int], str] = field(default_factory=dict)


def find_table(raw: RawTable, header_row: int | None = None) -> Table:
    """Find the header and the rows of a sheet.

    Parameters
    ----------
    raw
        The sheet.
    header_row
        Number of the header row if the user gave it; 0 if there is none.
    """
    if raw.header is not None:
        return _named(raw, raw.header, raw.rows, 0, ())
    rows = list(raw.rows)
    if header_row is not None:
        at = next((index for index, (number, _) in enumerate(rows) if number == header_row), None)
    else:
        at = find_header(rows)
    if at is None:
        return _without_header(raw, rows)
    header = [" ".join(cell.split()) for cell in rows[at][1]]
    below = at + 1
    if below < len(rows) and _is_group_row(header, rows[below], rows[at][0]):
        header = _under_groups(header, [" ".join(cell.split()) for cell in rows[below][1]])
        below += 1
    elif below < len(rows) and _is_second_header(header, rows[below], rows[at][0]):
        header = _joined(header, [" ".join(cell.split()) for cell in rows[below][1]])
        below += 1
    titles = tuple(
        (number, cell.strip()) for number, cells in rows[:at] for cell in dict.fromkeys(cells) if cell.strip()
    )
    table = _named(raw, tuple(header), rows[below:], rows[at][0], [text for _, text in titles])
    return replace(table, titles=titles)


def sampled_rows(table: Table) -> Sequence[Row]:
    """Return rows that show the meaning of the columns, at most 4000.

    In a table without headings these have several texts, because a single text is a heading for the rows below it.
    """
    rows = table.rows[:: max(1, len(table.rows) // _SAMPLE)]
    if len(table.header) - 1 > len(table.unnamed) or len(table.unnamed) < _LEAST_WIDTH:
        return rows
    return [row for row in rows if len(set(filter(str.strip, row[1]))) > 1] or rows


def _without_header(raw: RawTable, rows: Sequence[Row]) -> Table:
    """Name the columns of a sheet without headings by their positions; single texts at its top are titles."""
    width = max((len(cells) for _, cells in rows), default=0)
    above = 0
    while above < len(rows) and len({cell.strip() for cell in rows[above][1]} - {""}) == 1:
        above += 1
    above = above if width >= _LEAST_WIDTH and above < len(rows) else 0
    titles = tuple((number, next(cell.strip() for cell in cells if cell.strip())) for number, cells in rows[:above])
    number = titles[-1][0] if titles else 0
    return replace(_named(raw, ("",) * width, rows[above:], number, [text for _, text in titles]), titles=titles)


def is_value(text: str) -> bool:
    """Return whether a text is a number, a date, a time or a link, and therefore not a heading."""
    folded = fold_cell(text)
    patterns = (_VALUE, _DAY_OR_TIME, _ESTIMATE)
    return any(pattern.fullmatch(folded) for pattern in patterns) or _is_day_in_words(folded)


def _is_day_in_words(folded: str) -> bool:
    """Return whether a text is a day with its month and year: "12 Nov 2023", "Sat 4 March 2023, 2pm"."""
    return _DAY_AND_YEAR.search(folded) is not None and could_be_date(folded)


def find_header(rows: Sequence[Row]) -> int | None:
    """Return the position of the header row, None if there is none."""
    width = max((len([c for c in cells if c.strip()]) for _, cells in rows[:200]), default=0)
    best, best_score = None, 0.0
    for index, (_, cells) in enumerate(rows[:_LOOK_AT]):
        texts = [cell.strip() for cell in cells if cell.strip()]
        distinct = set(texts)
        if len(distinct) < 2 and width > 1:
            continue  # a title, possibly merged over all columns
        values = sum(is_value(text) for text in texts)
        if values and not any(score >= _EXACT for text in texts for _, score in fields_of_heading(text)[:1]):
            continue  # "15.00", "Turin, Piazza Castello", "March": a row without a word that is only a heading
        long = sum(len(text) > 60 for text in texts)
        known = count_known(texts)
        score = 2.0 * known + len(distinct) / max(width, 1) - 2.5 * values - 1.5 * long - index * 0.05
        if score > best_score and values * 2 <= len(texts):
            best, best_score = index, score
        if known >= 2 and values == 0 and known * 2 >= len(texts):
            break  # a header row; rows of data below may contain the same words
    if best is None:
        return None
    return best if best_score > 0.6 else None


def _is_second_header(header: list[str], row: Row, number: int) -> bool:
    """Return whether a row names columns that the header above leaves unnamed."""
    if row[0] != number + 1:
        return False
    cells = [" ".join(cell.split()) for cell in row[1]]
    texts = [cell for cell in cells if cell]
    if not texts or any(is_value(text) or len(text) > 60 for text in texts):
        return False
    own = [
        cell for position, cell in enumerate(cells) if cell and (position >= len(header) or cell != header[position])
    ]
    if not own or all(map(_IN_BRACKETS.fullmatch, own)):
        return True  # cells merged over two rows, or "(angem./tats.)" under "Teilnehmer"
    known = count_known(own)
    if len(set(header)) < len(header) and len(set(own)) == len(own) and known > 2 and known * 2 >= len(own):
        return True  # under headings of which some are merged over several columns
    places = [position for position, cell in enumerate(cells) if cell in own]
    without = sum(
        position >= len(header) or not header[position] or header.count(header[position]) > 1 for position in places
    )
    return without == len(places) and (count_known(own) > 0 or len(own) < len(texts))


def _is_group_row(header: list[str], row: Row, number: int) -> bool:
    """Return whether a header only groups the columns that the next row names, such as merged cells in a workbook."""
    cells = [" ".join(cell.split()) for cell in row[1]]
    if row[0] != number + 1 or len(cells) < 3 or not all(cells) or len(set(cells)) < len(cells):
        return False
    if any(is_value(text) or len(text) > 60 for text in cells) or len(cells) < len(header):
        return False
    grouped = sum(not name for name in header) + len(cells) - len(header)
    return bool(header[0]) and grouped > 0 and count_known(cells) >= max(3, len(cells) // 2)


def _under_groups(groups: list[str], names: list[str]) -> list[str]:
    """Name columns by the second of two header rows, with the group's name if the name alone has no meaning."""
    header: list[str] = []
    group = ""
    for position, name in enumerate(names):
        group = (groups[position] if position < len(groups) else "") or group
        header.append(name if count_known([name]) else f"{group} {name}")
    return header


def _joined(header: list[str], second: list[str]) -> list[str]:
    width = max(len(header), len(second))
    first = header + [""] * (width - len(header))
    below = second + [""] * (width - len(second))
    names: list[str] = []
    group = ""
    for one, two in zip(first, below, strict=True):
        group = one or group
        if below.count(two) == 1 and _names_place(two):
            names.append(two)
        else:
            above = one or ("" if not two or count_known([two]) else group)  # "geschätzt" next to "angemeldet"
            name = " ".join(dict.fromkeys(filter(None, (above, two))))
            is_known_alone = below.count(two) == 1 and not count_known([name]) and count_known([two])
            names.append(two if is_known_alone else name)  # "Title" under "What"
    return names


def _names_place(heading: str) -> bool:
    """Return whether a heading alone means a place: "City" under "Where"."""
    return any(name in _PLACES and score >= _EXACT for name, score in fields_of_heading(heading)[:1])


def _named(raw: RawTable, header: Sequence[str], rows: Sequence[Row], number: int, above: Sequence[str]) -> Table:
    width = max([len(header), *(len(cells) for _, cells in rows)])
    names = [*header, *([""] * (width - len(header)))]
    unnamed = frozenset(position for position, name in enumerate(names) if not name.strip())
    seen: dict[str, int] = {}
    unique = []
    for position, name in enumerate(names):
        name = name.strip() or f"column {position + 1}"
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    year = _one_year([raw.name]) or _one_year(above)
    month = _one_month([raw.name]) or _one_month(names[:1]) or _month_of_titles(above)
    return Table(raw.name, tuple(unique), rows, year, month, raw.facts, number, unnamed)


def _one_year(texts: Sequence[str]) -> int:
    years = {int(found) for text in texts for found in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else 0


def _month_of_titles(texts: Sequence[str]) -> int:
    """Return the month before the year in the only title with a year: "Actions – March 2023"; otherwise 0."""
    dated = [match for text in texts for match in _MONTH_AND_YEAR.finditer(text.casefold())]
    return _one_month([dated[0][1]]) if len(dated) == 1 else 0


def _one_month(texts: Sequence[str]) -> int:
    months = {month_of(word) for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold())} - {None}
    number = months.pop() if len(months) == 1 else None
    return number if number is not None and number <= 12 else 0
