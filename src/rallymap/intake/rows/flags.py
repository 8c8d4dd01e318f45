"""Flags before the towns in a list: "🇨🇦 London". The whole column decides, because flags can be those of the people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rallymap.countries import FLAG, read_country_code
from rallymap.events import MAX_NAME, Place
from rallymap.intake.fields import ZoneFinder
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table
from rallymap.intake.where import country_of_zone

_EMPHASIS = re.compile(r"(\*\*|__)(?!\s)([^*_]+?)(?<!\s)\1")
_FIRST_SIGN, _FIRST_LETTER = 0x1F1E6, ord("A")
_PLACES = ("city", "place", "venue")
_MOST = 0.8
_SAMPLE = 200


def flag_of(text: str) -> str:
    """Return the ISO code of the only flag in a text, "" if there is none or several."""
    flags = set(FLAG.findall(text))
    if len(flags) != 1:
        return ""
    return read_country_code("".join(chr(ord(sign) - _FIRST_SIGN + _FIRST_LETTER) for sign in flags.pop())) or ""


def without_ornaments(text: str) -> str:
    """Remove flags and Markdown's bold markers from a place; line breaks are kept."""
    return _EMPHASIS.sub(r"\2", FLAG.sub("", text)).strip(" ")


def flags_are_countries(table: Table, columns: Sequence[Column], find_zone: ZoneFinder | None) -> bool:
    """Return whether the flags of a table are those of its places: nearly every town is in its flag's country."""
    position = next((column.position for column in columns if column.field in _PLACES), None)
    if find_zone is None or position is None:
        return False
    texts = {cells[position] for _, cells in table.rows if position < len(cells) and FLAG.search(cells[position])}
    flagged = [(without_ornaments(text), flag) for text in sorted(texts)[:_SAMPLE] if (flag := flag_of(text))]
    there = sum(
        country_of_zone(find_zone(Place(text, country_hint=flag), None)) == flag
        for text, flag in flagged
        if 0 < len(text) <= MAX_NAME
    )
    return bool(flagged) and there >= _MOST * len(flagged)
