"""Towns without a heading: a sheet or a column per town, or a column of towns without a heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rallymap.countries import read_country_code
from rallymap.events import MAX_NAME, Place
from rallymap.intake.cells.date_columns import could_be_date
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.sums import is_sum
from rallymap.intake.cells.words import without_status
from rallymap.intake.fields import TownFinder, ZoneFinder
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE, fields_of_heading
from rallymap.intake.tables.layout import Table
from rallymap.intake.tables.sections import is_merged, only_text, precede_headings, with_column
from rallymap.intake.where import country_of_zone

_PLACES = frozenset({"place", "city", "venue", "route_start", "lat", "coordinates"})
_POINTS = frozenset({"lat", "coordinates"})
_MOST_TITLES = 0.7
_WORDS_FOR_PLACES = frozenset({"place", "city", "region", "country", "route_start"})
_MOST = 0.8
_TOWNS = frozenset({"city", "lat", "coordinates"})
"""Fields that give more than the name of a sheet; a place or a venue can be in the sheet's town."""
_SOME = 0.5
_SAMPLE = 40
_LONGEST = 50
_SEVERAL = 2
_LEAST_TITLE = 6
_NAME_WORDS = 2
_NUMBER = re.compile(r"[\W\d_]+")


def town_by_zone(find_zone: ZoneFinder) -> TownFinder:
    """Return a function that returns 1 for a text with a time zone, 0 for others."""
    return lambda text: int(_is_town(text, find_zone))


def has_places(columns: Sequence[Column]) -> bool:
    """Return whether a table has a column for the place."""
    return any(column.field in _PLACES for column in columns)


def with_town_column(table: Table, columns: tuple[Column, ...], find_zone: ZoneFinder) -> tuple[Column, ...]:
    """Use the first column of titles, or without a meaning, as town column if its values are towns.

    Titles that contain more than a town are kept and also used as places.
    """
    if (in_communities := _with_communities(table, columns, find_zone)) is not None:
        return in_communities
    if (at_points := _with_towns_at_points(table, columns, find_zone)) is not None:
        return at_points
    if has_places(columns):
        return _with_unnamed_towns(table, columns, find_zone)
    for column in columns:
        looks = column.profile
        is_open = (column.field == NOTE and not column.reason) or column.field == "title"
        if not is_open or not looks.filled or looks.numbers > 0.1 or looks.length > _LONGEST:
            continue
        values = {cells[column.position].strip() for _, cells in table.rows if column.position < len(cells)} - {""}
        spots = column.position in table.unnamed and all("," in value for value in values)
        some = sorted({value.partition(",")[0].strip() for value in values} if spots else values)[:_SAMPLE]
        # Some towns are ambiguous without their country; a heading without a known meaning needs more evidence.
        least = _SOME if column.position in table.unnamed or column.field == "title" else _MOST
        if column.field == "title" and _are_numbered(some):
            continue
        if len(some) > 1 and sum(_is_town(text, find_zone) for text in some) >= least * len(some):
            if column.field == "title" and 2 * sum(_says_more(text, find_zone) for text in some) >= len(some):
                return (*columns, replace(column, field="place", reason="values"))  # "Vigil in Manchester"
            town = replace(column, field="place" if spots else "city", reason="values")
            return _with_title(table, tuple(town if one is column else one for one in columns))
    return columns


def _with_towns_at_points(
    table: Table, columns: tuple[Column, ...], find_zone: ZoneFinder
) -> tuple[Column, ...] | None:
    """Use the titles of a map also as towns if they are towns, "Angers", and only points say where the events are."""
    fields = {column.field for column in columns}
    title = next((column for column in columns if column.field == "title"), None)
    if title is None or not fields & _POINTS or fields & _WORDS_FOR_PLACES:
        return None
    texts = {cells[title.position].strip() for _, cells in table.rows if title.position < len(cells)} - {""}
    some = sorted({without_status(text) for text in texts})[:_SAMPLE]
    if len(some) < _SEVERAL or sum(_is_town(text, find_zone) for text in some) < _MOST_TITLES * len(some):
        return None
    return (*columns, replace(title, field="city" if "venue" in fields else "place", reason="values"))


def _with_unnamed_towns(table: Table, columns: tuple[Column, ...], find_zone: ZoneFinder) -> tuple[Column, ...]:
    """Use a column without a heading as town column next to a column of venues, if its values are towns."""
    fields = {column.field for column in columns}
    if fields & (_TOWNS | {"country"}) or not fields & {"place", "venue"}:
        return columns
    for column in columns:
        looks = column.profile
        is_open = column.field == NOTE and not column.reason and column.position in table.unnamed
        if not is_open or looks.filled < _SEVERAL or looks.numbers > 0.1 or looks.length > _LONGEST:
            continue
        texts = {cells[column.position].strip() for _, cells in table.rows if column.position < len(cells)} - {""}
        some = sorted(texts)[:_SAMPLE]
        if sum(_is_town(text, find_zone) for text in some) >= _MOST * len(some):
            return tuple(replace(one, field="city", reason="values") if one is column else one for one in columns)
    return columns


def _with_communities(table: Table, columns: tuple[Column, ...], find_zone: ZoneFinder) -> tuple[Column, ...] | None:
    """Use a column called "Community", as in Canada, as town column if it contains towns; None for other tables."""
    if any(column.field == "city" for column in columns):
        return None
    found = next((c for c in columns if c.field == "communities" and c.reason == "heading"), None)
    if found is None or not found.profile.filled:
        return None
    region = next((c.position for c in columns if c.field == "region"), -1)
    texts = {
        ", ".join(filter(None, (cells[found.position].strip(), cells[region].strip() if region >= 0 else "")))
        for _, cells in table.rows
        if max(found.position, region) < len(cells) and cells[found.position].strip()
    }
    some = sorted(texts)[:_SAMPLE]
    if len(some) < _SEVERAL or sum(_is_town(text, find_zone) for text in some) < _MOST * len(some):
        return None
    return tuple(replace(one, field="city") if one is found else one for one in columns)


def _are_numbered(titles: Sequence[str]) -> bool:
    """Return whether titles differ mostly by their numbers: "Rally 1", "Rally 2" are no towns."""
    return 2 * len({_NUMBER.sub(" ", title) for title in titles}) <= len(titles)


def _says_more(text: str, find_zone: ZoneFinder) -> bool:
    """Return whether a title is more than a town: "Vigil in Oslo", "Vigil, Oslo"; not "Oslo, Norway"."""
    first, comma, _ = text.partition(",")
    return (len(text.split()) > _NAME_WORDS and not comma) or (bool(comma) and not _is_town(first.strip(), find_zone))


def _with_title(table: Table, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Use the longest text column without a heading as title if the table has none."""
    texts = [
        column
        for column in columns
        if column.position in table.unnamed and column.field == NOTE and column.profile.numbers < _SOME
        and column.profile.figures < _SOME and column.profile.length >= _LEAST_TITLE
    ]  # fmt: skip
    if not texts or any(column.field == "title" for column in columns):
        return columns
    longest = max(texts, key=lambda column: column.profile.length)
    return tuple(replace(one, field="title", reason="values") if one is longest else one for one in columns)


def with_town_sections(table: Table, columns: Sequence[Column], find_zone: ZoneFinder) -> Table | None:
    """Copy the town of headings to the rows below if the table has no town column; None for other tables.

    A single text in a place column is a place without a date, unless the table's header follows it.
    """
    if not table.header_row or any(column.field == "city" for column in columns):
        return None
    places = {column.position for column in columns if column.field in _PLACES}
    alone = {number: cells for number, cells in table.rows if only_text(cells) and number not in table.sections}
    headings = {number: only_text(cells) for number, cells in alone.items()}
    found = {number: text for number, text in headings.items() if _is_town(_plain(text), find_zone)}
    if len(found) * 2 > len(table.rows) or not found:
        return None
    separate = [cells for cells in alone.values() if not is_merged(cells)]
    at_place = any(cells[at].strip() for cells in separate for at in places if at < len(cells))
    titled = dict(table.titles[-1:]) if table.titles and _is_town(_plain(table.titles[-1][1]), find_zone) else {}
    are_all = len(found) == len(headings) and len(found) + len(titled) > 1
    if not precede_headings(table, found) and (not are_all or at_place):
        return None
    found |= titled
    return with_column(table, "city", {number: _plain(found[number]) for number in sorted(found)})


def with_venue_column(table: Table, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Use the only open text column before the title as venue, in a table without headings below its towns."""
    fields = {column.field for column in columns}
    if not table.unnamed or len(table.unnamed) < len(table.header) - 1 or not {"city", "title"} <= fields:
        return columns
    title = next(column.position for column in columns if column.field == "title")
    spots = [
        column
        for column in columns
        if column.field == NOTE and column.position < title and column.profile.filled
        and column.profile.numbers < _SOME and _LEAST_TITLE <= column.profile.length <= _LONGEST
    ]  # fmt: skip
    if len(spots) != 1 or fields & {"place", "venue"}:
        return columns
    return tuple(replace(one, field="venue", reason="values") if one is spots[0] else one for one in columns)


def _plain(text: str) -> str:
    return _NUMBER.sub(" ", text).strip() if any(map(str.isdecimal, text)) else text.strip(" :#*–—-")


def find_town_headings(table: Table, columns: Sequence[Column], find_zone: ZoneFinder) -> tuple[int, ...]:
    """Return the positions of columns whose headings are towns, if the table has no other place column."""
    if has_places(columns) or any(column.field == "country" for column in columns):
        return ()
    open_ones = [
        column
        for column in columns
        if column.reason in ("", "values")
        and column.field != "contact"
        and column.profile.filled
        and column.position not in table.unnamed
        and not fields_of_heading(column.heading)
        and not is_sum(column.heading)
    ]
    known = sum(_is_town(column.heading, find_zone) for column in open_ones)
    # Some towns are ambiguous without their country, but columns of numbers or marks have no other meaning.
    are_figures = all(max(c.profile.numbers, c.profile.marks, c.profile.figures) >= _MOST for c in open_ones)
    is_dated = any(column.field in ("date", "start", "day") and column.reason == "heading" for column in columns)
    least = _SOME if are_figures or is_dated else _MOST
    return tuple(column.position for column in open_ones) if known > 1 and known >= least * len(open_ones) else ()


def without_foreign_country(table: Table, columns: tuple[Column, ...], find_zone: ZoneFinder) -> tuple[Column, ...]:
    """Keep a country from headings as a note if the towns are elsewhere: "Iran" above Berlin and Paris is a topic."""
    country = next((c for c in columns if c.field == "country" and c.position == len(table.header) - 1), None)
    town = next((c for c in columns if c.field in ("city", "place")), None)
    if country is None or town is None or not (table.sections or table.titles):
        return columns
    pairs = {
        (cells[town.position].strip(), cells[country.position])
        for _, cells in table.rows
        if country.position < len(cells) and cells[country.position] and cells[town.position].strip()
    }
    there = elsewhere = 0
    for text, name in sorted(pairs)[:_SAMPLE]:
        zone = find_zone(Place(text), None) if len(text) <= MAX_NAME else ""
        found = country_of_zone(zone) if zone else ""
        there += bool(found) and found == read_country_code(name)
        elsewhere += bool(found) and found != read_country_code(name)
    if there or elsewhere < _SEVERAL:
        return columns
    return tuple(replace(one, field=NOTE, reason="") if one is country else one for one in columns)


def places_of_sheets(
    tables: Sequence[tuple[Table, Sequence[Column]]],
    is_country: Callable[[str], bool],
    find_zone: ZoneFinder | None,
    find_town: TownFinder | None,
) -> dict[str, tuple[str, str]]:
    """Return default field and value by sheet, if all sheets are named after countries, or all after towns."""
    names = {table.name: _NUMBER.sub(" ", table.name).strip() for table, _ in tables}
    if len(names) < 2 or not all(names.values()):
        return {}
    if all(map(is_country, names.values())):
        if any(column.field == "country" for _, columns in tables for column in columns):
            return {}
        return {name: ("country", text) for name, text in names.items()}
    has_towns = any(column.field in _TOWNS for _, columns in tables for column in columns)
    if has_towns or find_zone is None or find_town is None or _name_towns(tables, find_town):
        return {}
    if all(_is_town(text, find_zone) for text in names.values()):
        return {name: ("place", text) for name, text in names.items()}
    return {}


def _name_towns(tables: Sequence[tuple[Table, Sequence[Column]]], find_town: TownFinder) -> bool:
    """Return whether most places of some tables are towns."""
    some = set[str]()
    for table, columns in tables:
        at = {column.position for column in columns if column.field in _PLACES}
        some.update(sorted({cells[one].strip() for _, cells in table.rows for one in at if one < len(cells)})[:_SAMPLE])
    some.discard("")
    return 2 * sum(_could_be_town(text) and find_town(text) > 0 for text in sorted(some)) > len(some)


def _is_town(text: str, find_zone: ZoneFinder) -> bool:
    return _could_be_town(text) and bool(find_zone(Place(text), None))


def _could_be_town(text: str) -> bool:
    return len(text) <= _LONGEST and any(map(str.isalpha, text)) and not could_be_date(fold_cell(text))  # "1. Mai"
