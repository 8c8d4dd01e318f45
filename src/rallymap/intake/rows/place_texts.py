"""Texts of places as people write them in cells: several lines, several languages, ornaments."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from rallymap.countries import read_country_code
from rallymap.intake.rows.flags import without_ornaments

_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\s*\n\s*-?(?=[a-zß-ÿ])")
_LONGEST_LINK = 3
"""Maximum length of a word such as "de" or "der", after which a name continues."""


def one_country(text: str) -> str:
    """Return the code of a country that a cell names in two languages: "Португалія / Portugal"."""
    parts = [part for part in re.split(r"[/|]", text) if part.strip()]
    codes = {read_country_code(part) for part in parts} if len(parts) > 1 else set()
    return (codes.pop() or "") if len(codes) == 1 else ""


@lru_cache(maxsize=4096)
def plain_place(text: str) -> str:
    """Convert a place to one line; underscores between words become spaces."""
    text = without_ornaments(_HYPHENATED.sub("", text))
    if "_" in text and " " not in text.strip():
        text = text.replace("_", " ")
    lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    joined = "".join(f"{line}{_sign_between(line, below)}" for line, below in pairwise(lines)) + "".join(lines[-1:])
    return joined.strip(" ,;")


def _sign_between(line: str, below: str) -> str:
    """Return ", " if a line break separates the parts of a place, " " if it only wraps a long name."""
    words = line.split()
    if line[-1] in ",;" or below[0] in ",;":
        return " "
    ends_open = (words[-1].islower() and len(words[-1]) <= _LONGEST_LINK) or line[-1] in "-–/:"
    is_part = len(words) > 1 and not below[0].islower() and not below[0].isdecimal()
    return ", " if (is_part and not ends_open) or read_country_code(below) else " "
