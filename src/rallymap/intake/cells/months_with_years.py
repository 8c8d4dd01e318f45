"""Months that are written with their year in a column for months: "Janeiro/2023", "03/2023"."""

from __future__ import annotations

import re

_MONTH_AND_YEAR = re.compile(r"([^\W\d_]{3,}\.?|\d{1,2})(?:\s*[/.,-]\s*|\s+)(?:del? )?((?:19|20)\d{2})")


def month_and_year(text: str) -> tuple[str, int]:
    """Split a month from its year; the year is 0 if there is none."""
    match = _MONTH_AND_YEAR.fullmatch(text.strip())
    return (match[1], int(match[2])) if match is not None else (text, 0)
