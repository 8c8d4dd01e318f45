"""Parse the attendance mode from words in many languages, also within places."""

from __future__ import annotations

import re
from functools import lru_cache

from rallymap.events import AttendanceMode
from rallymap.intake.lexicon import fold, meanings, without_accents

_AND = re.compile(r"[/,;+|&()\[\]\n]+|(?<!\w)(?:and|und|et|y|e|och|og|en|и|та|і|و|ve|û|及|和)(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def attendance_of(text: str) -> AttendanceMode | None:
    """Return the attendance mode if the whole cell names one, also as a schema.org URL; otherwise None."""
    folded = fold(text.rpartition("/")[2] if "schema.org/" in text else text)
    words = meanings("attendance_modes")
    found = words.get(folded) or words.get(without_accents(folded))
    return AttendanceMode(found[0]) if found else None


@lru_cache(maxsize=4096)
def split_attendance(text: str) -> tuple[str, AttendanceMode]:
    """Remove words for "online" from a place.

    Returns
    -------
    place, mode
        "Oslo / online" gives "Oslo" and hybrid; "Zoom" gives "" and online; "Oslo" is in person.
    """
    parts = [part.strip(" ,;/-") for part in _AND.split(text)]
    places = [part for part in parts if part and attendance_of(part) is not AttendanceMode.ONLINE]
    if len(places) == len([part for part in parts if part]):
        return text, AttendanceMode.IN_PERSON
    return ", ".join(places), AttendanceMode.HYBRID if places else AttendanceMode.ONLINE
