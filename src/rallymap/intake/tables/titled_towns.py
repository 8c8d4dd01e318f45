"""The town of a register in the title above its table: "Allmänna sammankomster, Malmö kommun, hösten 2022"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rallymap.events import MAX_NAME, Place
from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.fields import TownFinder, ZoneFinder
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import fields_of_heading
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
_IN_BRACKETS = re.compile(r"[^\W\d_][\w.-]+ \([^\W\d_][^()\d]*\)")
_AFTER_FIGURES = re.compile(
    r"(?:^[\d.\s]+|[\s\d.]+$|\s(?:kommun|kommune|kommunes|stad|city council|council|police|borough|city)\b.*$)",
    re.IGNORECASE,
)
"""Years, and words for a municipality behind its name."""
_PARTICLES = frozenset("am an der de del di do da la le les los sur en im ob upon on".split())
_FIGURES = re.compile(r"[\d.]+")
_NOT_OF_NAME = re.compile(r"[\W\d_]+")
_SHORTEST_NAME = 4
_MOST_WORDS = 8
_LARGE = 20_000
"""Minimum population of a town in the name of a file; many villages are called like a common word."""
_WORDS_OF_FILES = frozenset(
    "list lista liste lists data daten datos dati donnees table tabelle tabla tabela export exports import kopie copy "
    "copia mapa maps karte carte final neue nuevo novo form forms sheet blatt feuille responses antworten events event "
    "actions aktionen acciones termine archive archiv public open city stadt ville ciudad town kommune politie polizei "
    "police register registro registre tracker report rapport bericht database union victoria".split()
)
"""Words in names of files that are also names of towns."""
OF_TITLE = "title"
"""Reason of a column for the town in a title or the name of the file."""


def with_titled_town(
    table: Table,
    columns: Sequence[Column],
    find_zone: ZoneFinder,
    town_of_file: str = "",
    find_town: TownFinder | None = None,
) -> Table | None:
    """Add the town of the title as a column to a table whose places name no towns; None for other tables.

    Without a town in the title, a town in the name of the file is used.

    Parameters
    ----------
    table, columns
        The table, and the meaning of its columns.
    find_zone
        Returns the time zone of a place that is certain.
    town_of_file
        Town in the name of the file, or "".
    find_town
        Returns the population of a town; None if every place with another time zone is elsewhere.
    """
    fields = {column.field for column in columns}
    if not (table.titles or town_of_file) or fields & _NEAR or not fields & _PLACES:
        return None
    towns = {
        town: number
        for number, text in table.titles
        for town in _with_brackets(text, find_zone) or [one for one in _names(text) if _is_town(one, find_zone)]
    }
    if not towns and table.header_row and town_of_file:
        towns = {town_of_file: table.header_row}
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
    abroad = [text for text in some if find_zone(Place(text), None) not in ("", zone)] if zone else []
    elsewhere = sum(find_town is None or _names_town(text, find_town) for text in abroad)
    named = sum(town.casefold() in text.casefold() or _is_large_town(text, find_town) for text in some)
    if not some or elsewhere >= _SOME * len(some) or named >= _SOME * len(some):
        return None
    changed = with_column(table, "city", {number: town.title() if town.isupper() else town})
    alone = {number: cells for number, cells in table.rows if only_text(cells)}  # headings, not events in the town
    return replace(changed, rows=[(number, alone.get(number, cells)) for number, cells in changed.rows])


def _is_large_town(text: str, find_town: TownFinder | None) -> bool:
    """Return whether a place is a large town itself, possibly in two languages: "Antwerpen/Anvers"."""
    return find_town is not None and any(find_town(part.strip()) >= _LARGE for part in text.split("/"))


def _names_town(text: str, find_town: TownFinder) -> bool:
    """Return whether a place is a town, or names its town last; "Rathausplatz" is in many towns."""
    last = text.rpartition(",")[2].split()
    return bool(find_town(text)) or (len(text.split()) > 1 and bool(last) and bool(find_town(last[-1])))


def _with_brackets(title: str, find_zone: ZoneFinder) -> list[str]:
    """Return the towns of a title whose names have a part in brackets: "Halle (Saale)"."""
    return [name for name in _IN_BRACKETS.findall(title) if find_zone(Place(name), None)]


def main_town(file_name: str, find_town: TownFinder | None) -> str:
    """Return the only large town in the name of a file, "" if there is none: "versammlungen_bonn_2023.csv"."""
    words = [word for word in _NOT_OF_NAME.split(file_name.rpartition(".")[0]) if word]
    if find_town is None or len(words) > _MOST_WORDS:
        return ""
    towns = set[str]()
    at = 0
    while at < len(words):
        length = next(
            (n for n in range(min(_MAX_WORDS, len(words) - at), 0, -1) if _is_large(words[at : at + n], find_town)), 0
        )
        if length:
            towns.add(_written(words[at : at + length]))
        at += length or 1
    return towns.pop() if len(towns) == 1 else ""


def _is_large(words: Sequence[str], find_town: TownFinder) -> bool:
    """Return whether some words of the name of a file are a large town, and not words for events or columns."""
    name = _written(words)
    if len(name) < _SHORTEST_NAME or any(
        word.casefold() in _WORDS_OF_FILES
        or kind_in_title(word) is not None
        or month_of(word.casefold()) is not None
        or (len(words) == 1 and fields_of_heading(word))
        for word in words
    ):
        return False
    return find_town(name) >= _LARGE


def _written(words: Sequence[str]) -> str:
    return " ".join(
        word if word in _PARTICLES or not (word.islower() or word.isupper()) else word.title() for word in words
    )


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
