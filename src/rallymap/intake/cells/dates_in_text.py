"""Find a date in a title or at the start of a description, for tables without a date column."""

from __future__ import annotations

import re

from rallymap.intake.cells.date_stamps import DateRules, Order, ReadDate
from rallymap.intake.cells.dates import TWO_WAYS, read_date
from rallymap.intake.cells.folding import fold_cell

_DAYS = r"(?:\d{1,2}\.?(?:,\s?|,?\s?(?:and|und|et|y|e|och|og|&|\+)\s)){0,6}"
"""Days in a list before the last one: "3., 10. und "."""
_CLOCK = r"(?:[,\s]+(?:um |at |kl\.? |à |a las |às |alle )?\d{1,2}(?:[:.h]\d{2}(?:\s?(?:uhr|h))?|\s?h(?!\w)))?"
_SIGN = r"(?:\.|st|nd|rd|th|er|º)?"
_WRITTEN = re.compile(
    rf"(?<![\d.])(?:\d{{4}}-\d{{2}}-\d{{2}}(?:[t ]\d{{2}}:\d{{2}})?|\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}{_CLOCK}"
    rf"|\d{{1,2}}/\d{{1,2}}/\d{{4}}{_CLOCK}"
    rf"|{_DAYS}\d{{1,2}}{_SIGN}\s+(?:de |of )?[^\W\d_]{{3,}}\.?,?\s+(?:de )?\d{{4}}{_CLOCK}"
    rf"|[^\W\d_]{{3,}}\.?\s+\d{{1,2}}{_SIGN},?\s+\d{{4}}{_CLOCK}|\d{{4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?[日号號])(?!\d)",
    re.IGNORECASE,
)
_START = 40


def date_in_text(title: str, about: str) -> tuple[ReadDate, str, str] | None:
    """Return the only date in a title, or the date at the start of a description, its text, and "title" or "about".

    Returns None if there is no date.

    An ambiguous date has no start, but a remark.
    """
    for name, text, limit in (("title", title, 300), ("about", about, _START)):
        folded = fold_cell(text[:1000])
        found = [match for match in _WRITTEN.finditer(folded) if match.start() < limit]
        reads = [
            (read, match[0], name)
            for match in found
            if (read := read_date(match[0], DateRules(order=Order.UNKNOWN))).remark == TWO_WAYS
            or (read.start is not None and "left out" not in read.remark)
        ]
        if len({read.start for read, *_ in reads}) == 1:
            return reads[0]
    return None
