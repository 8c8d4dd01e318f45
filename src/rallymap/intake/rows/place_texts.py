"""Texts of places as people write them in cells: several lines, several languages, ornaments."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from rallymap.countries import read_country_code
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.kinds import split_kind
from rallymap.intake.fields import TownFinder
from rallymap.intake.rows.flags import without_ornaments
from rallymap.intake.tables.towns_in_titles import town_behind_kind

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


def split_kind_or_town(text: str, find_town: TownFinder | None) -> tuple[str, str]:
    """Split words for a kind off a place, also from the name of a marker: "Rally Melbourne"."""
    place, words = split_kind(text)
    if not words and find_town is not None and (town := town_behind_kind(text, find_town)):
        return town, text.removesuffix(town).strip(" -–—:,")
    return place, words


def without_repeated_town(
    text: str, spots: list[str], *, region: str, country: str, find_town: TownFinder | None
) -> tuple[str, list[str]]:
    """Return a town's text and the spots in it without those that only name the town again: "Oslo, Oslo, Norway".

    If such a spot also names the country and nothing else does, it becomes the town's text. So does "Paris, Texas" at
    the end of a spot in "Paris" if nothing else says where the town is.
    """
    if text and "," not in text and find_town is not None and not (region or country):
        for at, spot in enumerate(spots):
            *before, town, last = ("", "", *map(str.strip, spot.split(",")))
            is_town = _fold_part(town) == _fold_part(text) and not last[:1].isdecimal()
            if is_town and find_town(whole := f"{town}, {last}"):
                rest = ", ".join(filter(None, before))
                return whole, [*spots[:at], *([rest] if rest else []), *spots[at + 1 :]]
    known = [_fold_part(part) for part in (*text.split(","), *region.split(","))]
    country = country or next((code for part in known[1:] if part and (code := read_country_code(part))), "")
    kept = []
    for spot in spots:
        first, *others = (_fold_part(part) for part in spot.split(","))
        added = [part for part in others if part not in known]
        named = [read_country_code(part) for part in added]
        if not first or first not in known or not all(named) or (country and {*named} - {country}) or len(named) > 1:
            kept.append(spot)
        elif named and not country:
            text, country = spot, named[0] or ""
    return text, kept


def _fold_part(text: str) -> str:
    return fold_cell(text).strip().casefold()


def _sign_between(line: str, below: str) -> str:
    """Return ", " if a line break separates the parts of a place, " " if it only wraps a long name."""
    words = line.split()
    if line[-1] in ",;" or below[0] in ",;":
        return " "
    ends_open = (words[-1].islower() and len(words[-1]) <= _LONGEST_LINK) or line[-1] in "-–/:"
    is_part = len(words) > 1 and not below[0].islower() and not below[0].isdecimal()
    return ", " if (is_part and not ends_open) or read_country_code(below) else " "
