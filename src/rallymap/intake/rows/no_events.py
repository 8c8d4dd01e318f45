"""Rows that are not events: headings, totals and remarks, years without a protest, rows that may not be published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from rallymap.events import EventStatus, Kind
from rallymap.intake.cells.kinds import kind_of, kind_of_words
from rallymap.intake.cells.sums import group_of_total, is_sum
from rallymap.intake.cells.words import status_of
from rallymap.intake.rows.consent import Consent, consent_of
from rallymap.intake.rows.row import Cell, Row
from rallymap.intake.rows.when import WhenReader
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.fitting import CROWDS
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.intake.tables.layout import is_value
from rallymap.intake.tables.sections import repeats_header
from rallymap.language import phrase

_PART: Final = "(?:yyyy|jjjj|aaaa|dd|tt|jj|mm|yy|гггг|дд|мм)"
_FORMAT: Final = re.compile(rf"{_PART}(?:[-./ ]{_PART}){{1,2}}(?: hh:mm)?")
_NEVER_MARKED: Final = frozenset("date start day month year time start_time city country region".split())
"""Fields whose values never begin with "#"."""
_WHETHER: Final = frozenset(
    ("protest", "is protest", "any protest", "protest event", "protest occurred", "event occurred")
)
_CONTENT: Final = frozenset(
    "date start day time start_time place city region country venue route_start title about organisers lat coordinates "
    "topics status communities claim_text".split()
)
_LABEL: Final = re.compile(r"[^\W\d_]{2,}[^:\d]{0,30}:\s")
_COUNTED: Final = re.compile(r"\d{1,4}")
"""Counts of events in a date column."""
_SURVEY: Final = re.compile(
    r"\{\"ImportId\".*\}|(?:open-ended )?response|date ?/ ?time|other \(please specify\)|"
    r"string|text|str|char|varchar(?:\(\d+\))?|date|datetime|timestamp|time|int|integer|number|float|double|decimal|"
    r"numeric|bool|boolean|url",
    re.IGNORECASE,
)
"""The row below the headings in exports of surveys and databases: "Open-Ended Response", types of values."""
_NOT_ANY: Final = re.compile(
    r"(?:keine?|no|aucune?|pas d[e'’]|ninguna?|sin|nessuna?|nenhuma?|sem|geen|inga|ingen|brak|нет|немає|не было|"
    r"žádn[éáý]|ei|بدون)(?:\s+|(?<=['’]))(?:weiteren? |other |further )?"
    r"(?P<what>[^\W\d_]{3,})(?: (?P<state>[^\W\d_]{3,}))?[.!]?|(?P<none>[^\W\d_]{3,}) yok[.!]?"
)
_AROUND: Final = " ()[]*–—-"
"""Characters around a remark instead of a title: "(no vigil)", "– keine Demo –"."""
_EVENTS: Final = frozenset(
    "versammlungen versammlung kundgebungen demonstrationen demos assemblies rallies protests manifestations "
    "events event termine veranstaltungen anmeldungen anzeigen évènements événements événement actions eventos actos "
    "actividades eventi iniziative evenementen acties evenemang arrangementer wydarzeń событий мероприятий подій "
    "заходів akcí akce etkinlik".split()
)
_GATHERINGS: Final = frozenset((Kind.RALLY, Kind.MARCH, Kind.VIGIL))
"""Kinds of which a day can have none; "No strike" and "No occupation" are slogans."""
_AS_STATED: Final = frozenset((EventStatus.ANNOUNCED, EventStatus.CONFIRMED, EventStatus.HELD))
_NO: Final = frozenset(("0", "0.0", "no", "n", "false"))


def why_no_event(
    row: Row, cells: tuple[str, ...], header: tuple[str, ...], columns: tuple[Column, ...], when: WhenReader
) -> str:
    """Return why a row is not an event, "" if it is one."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return phrase("This row is empty.")
    if _is_header(cells, filled, header, columns):
        return phrase("This row repeats the headings.")
    if len(filled) > 1 and all(map(_SURVEY.fullmatch, filled)):
        return phrase("This row repeats the headings.")
    consent = consent_of(columns, cells)
    if consent is not None and consent[0] is Consent.NO:
        return phrase(
            "The answer to “{heading}” is “{answer}”, so this is not imported.",
            heading=consent[1].column.heading[:100],
            answer=consent[1].text[:60],
        )
    if filled[0].startswith("#") and _is_comment(filled, cells, header, columns):
        return phrase("This row is a remark or a heading between other rows.")
    day = row.first("date", "start")
    is_only_sum = bool(group_of_total(filled[0])) and all(map(is_value, filled[1:]))
    is_day = day is not None and day.text != filled[0] and not _COUNTED.fullmatch(day.text.strip())
    if (is_sum(filled[0]) or is_only_sum) and not is_day:
        return phrase("This row is a sum.")
    marks = [column for column in columns if column.field == "mark"]
    if len(marks) > 1:
        marked = [cell.column.heading for cell in row.all("mark")]
        if marked and all(kind_of(heading) is None for heading in marked):
            return phrase("This row is marked as “{marks}”, which is not a gathering.", marks=", ".join(marked))
        if not marked and not (row.first("title") and row.first("time", "start_time")):
            return phrase("This row has no mark in any of the columns for kinds.")
    if day is not None and _is_date_format(day.text):
        return phrase("This row only says how dates are written.")
    if not row.cells.keys() & _CONTENT:
        return phrase("This row has no date, place or text.")
    if day is None and _says_nothing_happened(header, cells):
        return phrase("This row says that nothing happened.")
    if _says_none(row.text("title")) and not _is_counted(row):
        return phrase("This row says that nothing happened.")
    if any(map(_says_none, filled)):
        texts = list(islice((text for text in filled if not is_value(text)), 3))
        if len(texts) <= 2 and any(map(_says_none, texts)) and not _is_counted(row):
            return phrase("This row says that nothing happened.")
    is_dated = when.default is not None and row.first("city", "title")
    if len(filled) > 2 and len(set(filled)) == 1:  # a cell merged over the whole row
        return phrase("This row is a remark or a heading between other rows.")
    if len(filled) == 1 and len(columns) > 3 and not row.first("date", "start", "day") and not is_dated:
        return phrase("This row is a remark or a heading between other rows.")
    if len(filled) == 1 and len(columns) > 3 and row.first("day") and not row.first("month", "year"):
        return phrase("This row has no date, place or text.")  # a day of a month without events
    if len(filled) == 1 and len(columns) > 2 and day is not None and _is_remark(day, when):
        return phrase("This row is a remark or a heading between other rows.")
    return ""


def _is_comment(filled: Sequence[str], cells: Sequence[str], header: Sequence[str], columns: Sequence[Column]) -> bool:
    """Return whether a row is commented out: "#" before its date or town, but not "#12" or "#StandWithX"."""
    at = next(position for position, cell in enumerate(cells) if cell.strip())
    if at < len(header) and header[at].startswith("#"):
        return False
    if len(filled) == 1:
        return len(header) > 2 and filled[0].startswith("# ")
    return at < len(columns) and columns[at].field in _NEVER_MARKED


def _is_counted(row: Row) -> bool:
    """Return whether a row has a number of people."""
    return any(cell.text.strip() not in _NO for name in CROWDS for cell in row.all(name))


def _says_none(text: str) -> bool:
    """Return whether a cell says that there were no events: "keine Versammlungen"; not "No war", "No protests ban"."""
    match = _NOT_ANY.fullmatch(text.strip(_AROUND).casefold())
    if match is None or (match["state"] and status_of(match["state"]) not in _AS_STATED):
        return False
    what = match["what"] or match["none"]
    return what in _EVENTS or kind_of_words(what) in _GATHERINGS


def _is_remark(cell: Cell, when: WhenReader) -> bool:
    """Return whether a cell in a date column is a sentence: "Note: all figures are estimates"."""
    read = when.date_of(cell)
    is_sentence = read.start is None or "left out" in read.remark
    return len(cell.text.split()) > 2 and (bool(_LABEL.match(cell.text)) or is_sentence)


def _is_header(cells: tuple[str, ...], filled: list[str], header: tuple[str, ...], columns: tuple[Column, ...]) -> bool:
    """Return whether a row repeats the headings, or says the same in other words."""
    if any(char.isdecimal() for cell in filled for char in cell):
        return False
    same = sum(
        " ".join(cell.split()).casefold() == header[position].casefold()
        or columns[position].field in [name for name, _ in fields_of_heading(" ".join(cell.split()))[:1]]
        for position, cell in enumerate(cells[: len(header)])
        if cell.strip() and len(cell) < 60
    )
    is_word_by_word = len(filled) > 1 and repeats_header(header, cells)
    return is_word_by_word or (same > 2 and same * 3 >= len(filled) * 2)


def _is_date_format(text: str) -> bool:
    """Return whether a text is the date format in a row of units: "YYYY-MM-DD"."""
    return _FORMAT.fullmatch(text.casefold()) is not None


def _says_nothing_happened(header: Sequence[str], cells: Sequence[str]) -> bool:
    """Return whether a column for "did anything happen" says no, as in Mass Mobilization's quiet years."""
    return any(
        cell.strip().casefold() in _NO and heading.casefold().replace("_", " ").strip() in _WHETHER
        for heading, cell in zip(header, cells, strict=False)
    )
