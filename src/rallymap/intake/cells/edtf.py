"""Parse the forms of EDTF (levels 1 and 2) that no person writes otherwise: "2023-01~-21", "[2023-01..2023-03]"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_spans import DOUBTFUL, one_of
from rallymap.intake.cells.date_stamps import UNREADABLE, ReadDate, storable
from rallymap.language import joined, phrase

_MARK = "[?~%]?"
_DATE = rf"{_MARK}\d{{4}}{_MARK}(?:-{_MARK}[\dx]{{2}}{_MARK}(?:-{_MARK}[\dx]{{2}}{_MARK})?)?"
_WHOLE = re.compile(rf"{_DATE}(?:/{_DATE})?")
_MARKS = re.compile("[?~%]")
_DAYS = re.compile(r"(\d{4}-\d\d)-([0-3]x)")
_MONTHS = re.compile(r"(\d{4})-([01])x(?:-xx)?")
_NO_DAY = re.compile(r"(?<=\d{4}-\d\d)-xx|(?<=\d{4})-xx-xx|(?<=\d{4})-xx(?!-)")
_SET = re.compile(r"\[[^\[\]{}()]+\]|\{[^\[\]{}()]+\}")
_MEMBER = re.compile(rf"({_DATE})?(\.\.)?({_DATE})?")


def read_edtf(folded: str, read: Callable[[str], ReadDate]) -> ReadDate | None:
    """Parse a folded text with marks of doubt, unspecified digits or a set of dates; None for anything else.

    `read` parses a date without any of these. Marks apply to the whole date. Of a set of possible dates only what they
    share is recorded.
    """
    if _SET.fullmatch(folded):
        return _set(folded, read)
    if not _WHOLE.fullmatch(folded):
        return None
    if marks := set(_MARKS.findall(folded)):
        found = read(_MARKS.sub("", folded))
        doubt = DOUBTFUL if marks & {"?", "%"} else ""
        return replace(found, approximate=True, remark=joined((doubt, found.remark))) if found.start else found
    if match := _MONTHS.fullmatch(folded):
        year, first, last = int(match[1]), *((10, 12) if match[2] == "1" else (1, 9))
        if not year:
            return ReadDate(remark=UNREADABLE)
        end = date(year, last, calendar.monthrange(year, last)[1])
        return storable(ReadDate(date(year, first, 1), end, DatePrecision.MONTH))
    if match := _DAYS.fullmatch(folded):
        found = read(match[1])
        words = phrase("These words are left out: {words}.", words=match[2])
        return replace(found, remark=joined((found.remark, words))) if found.start else found
    shorter = _NO_DAY.sub("", folded)
    if "x" in shorter:
        return ReadDate(remark=UNREADABLE)  # "2023-2x", "2023-xx-21"
    return read(shorter) if shorter != folded else None


def _set(folded: str, read: Callable[[str], ReadDate]) -> ReadDate | None:
    """Parse "[2023-01-21,2023-01-22]" (one of these) or "{2023-01-21,2023-02-18}" (all of these)."""
    members = [_MEMBER.fullmatch(part.strip()) for part in folded[1:-1].split(",")]
    given = [member for member in members if member is not None and (member[1] or member[3])]
    if len(given) < len(members) or any(member[2] is None and member[1] and member[3] for member in given):
        return None
    if any(member[2] and not (member[1] and member[3]) for member in given):
        return ReadDate(remark=phrase("This says only before or after."))
    if folded[0] == "{":
        return read(", ".join(f"{member[1]} - {member[3]}" if member[2] else member[0] for member in given))
    bounds = [read(text) for member in given for text in (member[1], member[3]) if text]
    starts, ends = [one.start for one in bounds if one.start], [one.end for one in bounds if one.end]
    if len(starts) < len(bounds) or len(ends) < len(bounds):
        return ReadDate(remark=UNREADABLE)
    if len(bounds) == 1:
        return bounds[0]
    coarsest = max((one.precision for one in bounds), key=list(DatePrecision).index)
    return one_of(min(starts), max(ends), coarsest)
