"""The town of a register in the title above its table: "Allmänna sammankomster, Malmö kommun, hösten 2022"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rallymap.events import MAX_NAME, Place
from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.fields import ZoneFinder
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table
from rallymap.intake.tables.sections import only_text, with_column

_PLACES = frozenset({"place", "venue", "route_start", "route_end"})
_NEAR = frozenset({"city", "country", "region", "county", "lat", "coordinates"})
_SOME = 0.5
_SAMPLE = 40
_MAX_WORDS = 4
_SEPARATOR = re.compile(r"\s[-–—|·•]\s|[,;:()/+&]|\s(?:and|und|et|y|e|och|og|en|i|и|та|ve)\s|\s(?=(?:19|20)\d{2}\b)")
_BEFORE_NAME = re.compile(
    r"(?:^|\s)(?:in|en|à|a|i|em|w|we|v|ve|у|в|på|te|din|stadt|landeshauptstadt|hansestadt|universitätsstadt|gemeinde|"
    r"city of|town of|borough of|greater|ville de|ville d[’']|commune de|mairie de|préfecture de|ayuntamiento de|"
    r"ajuntament de|município de|câmara municipal de|comune di|questura di|gemeente|stad|politie|kommune|miasto|"
    r"urząd miasta|město|magistrát|δήμος|місто|город|г\.|м\.|m\.\s?st\.)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
"""Prepositions and words for a municipality before its name."""
_AFTER_FIGURES = re.compile(
    r"(?:^[\d.\s]+|[\s\d.]+$|\s(?:kommun|kommune|kommunes|stad|city council|council|police|borough|city)\b.*$)",
    re.IGNORECASE,
)
"""Years, and words for a municipality behind its name."""
_PARTICLES = frozenset("am an der de del di do da la le les los sur en im ob upon on".split())
_FIGURES = re.compile(r"[\d.]+")


def with_titled_town(table: Table, columns: Sequence[Column], find_zone: ZoneFinder) -> Table | None:
    """Add the town of the title as a column to a table whose places name no towns; None for other tables.

    Parameters
    ----------
    table, columns
        The table, and the meaning of its columns.
    find_zone
        Returns the time zone of a place that is certain.
    """
    fields = {column.field for column in columns}
    if not table.titles or fields & _NEAR or not fields & _PLACES:
        return None
    towns = {
        town: number for number, text in table.titles for town in _names(text) if _is_town(town, find_zone)
    }  # fmt: skip
    if len({town.casefold() for town in towns}) != 1:
        return None
    town, number = next(iter(towns.items()))
    zone = find_zone(Place(town), None)
    spots = {
        cells[column.position].strip()
        for _, cells in table.rows
        for column in columns
        if column.field in _PLACES and column.position < len(cells)
    } - {""}
    some = [text for text in sorted(spots)[:_SAMPLE] if len(text) <= MAX_NAME]
    elsewhere = sum(find_zone(Place(text), None) not in ("", zone) for text in some)
    named = sum(town.casefold() in text.casefold() for text in some)
    if not some or elsewhere >= _SOME * len(some) or named >= _SOME * len(some):
        return None
    changed = with_column(table, "city", {number: town.title() if town.isupper() else town})
    alone = {number: cells for number, cells in table.rows if only_text(cells)}  # headings, not events in the town
    return replace(changed, rows=[(number, alone.get(number, cells)) for number, cells in changed.rows])


def _is_town(text: str, find_zone: ZoneFinder) -> bool:
    """Return whether a text is only the name of a town: not "Solidarity with Gaza", which contains one."""
    words = text.split()
    zone = find_zone(Place(text), None) if len(text) <= MAX_NAME else ""
    is_joined = len(words) == 1 or not _PARTICLES.isdisjoint(words)
    return bool(zone) and (is_joined or all(find_zone(Place(word), None) != zone for word in words))


def _names(title: str) -> Iterator[str]:
    """Return the names in a title that may be towns: between separators, and behind "in" or "city of"."""
    for part in _SEPARATOR.split(title):
        for text in (part, *(part[match.end() :] for match in _BEFORE_NAME.finditer(part))):
            words = _AFTER_FIGURES.sub("", text.strip()).split()
            while words and kind_in_title(words[0]) is not None:
                words.pop(0)
            length = next((at for at, word in enumerate(words) if not _is_of_name(words, at)), len(words))
            if text is part and (length < len(words) or _BEFORE_NAME.match(part.strip())):
                continue  # "Solidarity with Gaza", "Stadt Leipzig"
            is_other = words[:1] == ["Police"] or (length == 1 and month_of(words[0].casefold()) is not None)
            if not is_other and 0 < length <= _MAX_WORDS:
                yield " ".join(words[:length])


def _is_of_name(words: Sequence[str], at: int) -> bool:
    is_joint = words[at] in _PARTICLES and 0 < at < len(words) - 1
    return words[at][0].isupper() or (is_joint and words[at + 1][0].isupper())
