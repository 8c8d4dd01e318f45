"""Times with full stops behind a date: "2023-01-21 14.00-16.00", "2020-08-16 19.00 val."."""

from __future__ import annotations

import re

_RANGE = re.compile(r"(?<=\d),? (\d{1,2})\.([0-5][05])\s?-\s?(\d{1,2})\.([0-5][05])$")
_ONE = re.compile(r"(?<=\d{4}-\d\d-\d\d),? (\d{1,2})\.([0-5]\d)(?:\s?val\.?)?$")


def write_colons(folded: str) -> str:
    """Write the times behind a folded date with colons; a range of days stays."""
    return _ONE.sub(r" \1:\2", _RANGE.sub(_with_colons, folded))


def _with_colons(match: re.Match[str]) -> str:
    """Write the times behind a date with colons: "2023-01-21 14.00-16.00"; a range of days stays."""
    is_dated = re.search(r"\d{4}", match.string[: match.start()]) is not None
    are_hours = int(match[1]) < 24 and int(match[3]) <= 24
    return f" {match[1]}:{match[2]} - {match[3]}:{match[4]}" if is_dated and are_hours else match[0]
