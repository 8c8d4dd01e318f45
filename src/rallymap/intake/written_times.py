"""Times of day as people type them into the form."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from rallymap.errors import InvalidEventError
from rallymap.intake.cells.folding import fold_cell
from rallymap.language import tr

_MAX_WRITTEN: Final = 200
_NOON: Final = 12
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::00)?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)


def read_time(field: str, text: str) -> time | None:
    """Read a time of day (``18:00``, ``18.00``, ``6 pm``, ``6:30 PM``, ``18``); "" gives None.

    Raises
    ------
    InvalidEventError
        If the text is not a time of day.
    """
    folded = fold_cell(text[:_MAX_WRITTEN])
    if not folded:
        return None
    match = _TIME.fullmatch(folded)
    # A bare "14" is an hour; a bare "7" may be in the morning or in the evening.
    if match is not None and (match[2] or match[3] or int(match[1]) > _NOON):
        hour, minute = int(match[1]), int(match[2] or 0)
        half = (match[3] or "").casefold()
        if half and not 1 <= hour <= 12:
            hour = 99
        elif half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise InvalidEventError(
        field, tr("“{folded}” is not a time of day; write it like 18:00.", folded=folded[:40]), value=text
    )
