"""Context events: what happened in a homeland, shown on the timeline."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rallymap.dates import parse_edtf
from rallymap.errors import IntakeError, InvalidEventError
from rallymap.events import MAX_QUOTE, MAX_TEXT, MAX_TITLE, clean_text
from rallymap.intake.limits import read_bytes
from rallymap.intake.sheets import read_sheet
from rallymap.language import phrase
from rallymap.name_lists import split_at_semicolons

COLUMNS = ("start", "end", "title", "note", "source", "communities")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class ContextMark:
    """A context event that the timeline marks.

    Attributes
    ----------
    start_day, end_day
        Days since 1970-01-01, inclusive.
    title, note
        Neutral title; details from the source.
    source
        Name of the source.
    date_text
        The date as EDTF text: ``2019-11-15``, ``2019-11``, ``1988-06~/1988-08~``.
    communities
        Communities whose background it is; empty for all.
    """

    start_day: int
    end_day: int
    title: str
    note: str = ""
    source: str = ""
    date_text: str = ""
    communities: tuple[str, ...] = ()


def read_context(source: Path | bytes) -> tuple[list[ContextMark], list[str]]:
    """Read a table of context events, earliest first.

    Parameters
    ----------
    source
        A path, or the content of a CSV file with the columns ``start end title note source communities``; dates are
        EDTF.

    Returns
    -------
    marks
        The valid rows, by first day, then title.
    complaints
        One sentence for each invalid row, or for the whole file; errors are never raised, because the timeline works
        without marks.
    """
    try:
        sheet = read_sheet(read_bytes(source), lambda names: sum(name.strip() in COLUMNS for name in names))
        if missing := [name for name in ("start", "title") if name not in sheet.header]:
            raise IntakeError(1, missing[0], phrase("The context table has no column “{name}”.", name=missing[0]))
    except IntakeError as err:
        return [], [phrase("The context of the time line cannot be shown. {reason}", reason=err.user_message)]
    marks: list[ContextMark] = []
    complaints: list[str] = []
    for number, cells in sheet.rows:
        try:
            marks.append(_mark(dict(zip(sheet.header, cells, strict=False))))
        except InvalidEventError as err:
            complaints.append(
                phrase(
                    "Row {number} of the context table is left out. {reason}", number=number, reason=err.user_message
                )
            )
    return sorted(marks, key=lambda mark: (mark.start_day, mark.title)), complaints


def marks_for(marks: Iterable[ContextMark], communities: Collection[str]) -> list[ContextMark]:
    """Return the marks of some communities, including those for all."""
    return [mark for mark in marks if not mark.communities or not set(mark.communities).isdisjoint(communities)]


def _mark(cells: dict[str, str]) -> ContextMark:
    first = parse_edtf(cells.get("start", ""))
    last = parse_edtf(cells.get("end", "")) if cells.get("end", "").strip() else first
    if first.start is None or last.end is None:
        raise InvalidEventError("start", phrase("A mark needs a date; write it like 2019-11-15 or 2019-11."))
    if last.end < first.start:
        raise InvalidEventError(
            "end",
            phrase(
                "The end ({end}) is before the start ({start}); change one of them.", end=last.end, start=first.start
            ),
        )
    texts = [first.edtf] if first == last else [first.edtf, last.edtf]
    return ContextMark(
        start_day=(first.start - _EPOCH).days,
        end_day=(last.end - _EPOCH).days,
        title=clean_text("title", cells.get("title", ""), max_length=MAX_TITLE, required=True),
        note=clean_text("note", cells.get("note", ""), max_length=MAX_TEXT),
        source=clean_text("source", cells.get("source", ""), max_length=MAX_QUOTE),
        date_text="/".join(texts),
        communities=split_at_semicolons(cells.get("communities", "")),
    )
