"""Find the meaning of columns from their values, if their headings do not give it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rallymap.folding import fold_letters
from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.cells.month_names import month_of, weekdays_of
from rallymap.intake.tables.addresses import names_towns_of_countries
from rallymap.intake.tables.fitting import CROWDS, LEAST, MOST
from rallymap.intake.tables.heading_sides import is_about_record
from rallymap.intake.tables.headings import EXACT, NOTE, fields_of_heading
from rallymap.intake.tables.layout import Table, sampled_rows
from rallymap.intake.tables.profiles import Profile, looks_like_times
from rallymap.intake.tables.state_codes import STATE_CODES
from rallymap.venue_words import Head, head_of

_MOST_ROUNDED = 0.7
_SOME = 0.2
_HALF = 0.5
_LONGEST_VENUE = 40
_MOST_VENUES = 0.6
_MOST_WORDS = 6
_SAMPLE = 100
_OF_GROUPS = frozenset(
    "house maison huis casa haus kulturhus club cultural culturel culturelle pub cafe kaffee restaurant bar".split()
)
"""Words for buildings that are also names of groups: "Rainbow House", "Rotary Club"."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def field_of_values(
    looks: Profile,
    taken: set[str],
    table: Table,
    position: int,
    is_country: Callable[[str], bool],
    profiles: Sequence[Profile],
) -> str:
    """Return the field that the values of a column show, "" if they show none.

    Parameters
    ----------
    looks
        Profile of the column.
    taken
        Fields of other columns.
    table, position
        The table, and the position of the column.
    is_country
        Returns whether a text is a country.
    profiles
        Profiles of all columns.
    """
    is_named = position not in table.unnamed
    candidates = fields_of_heading(table.header[position]) if is_named else ()
    known = [name for name, _ in candidates]
    is_open = "city" not in taken and all(score < EXACT for _, score in candidates)
    if is_open and names_towns_of_countries(table, position, is_country):
        return "city"
    if NOTE in known or "contact" in known:
        return ""
    if looks.urls >= 0.6:
        return "source_url"
    if looks.pairs >= 0.8 and not {"coordinates", "lat"} & taken:
        return "coordinates"
    is_record = is_named and is_about_record(table.header[position])
    if looks.dates >= 0.8 and not is_record and not looks.stamps and not {"date", "start", "day"} & taken:
        return "date"
    if (
        table.month
        and looks.numbers > (_HALF if month_of(table.header[position].casefold()) else 0.9)
        and looks.low >= 1
        and looks.high <= 31
        and not {"date", "start", "day"} & taken
    ):
        return "day"
    if (
        looks_like_times(looks, is_named=is_named)
        and not {"time", "start_time", "start"} & taken
        and looks.dates < LEAST
    ):
        return "time"  # "1-23" under "Journal no." is not a time
    are_years = looks.numbers == 1.0 and looks.low >= _FIRST_YEAR and looks.high <= _LAST_YEAR and not looks.fractions
    if are_years and {"day", "month"} <= taken and "year" not in taken:
        return "year"
    are_rounded = looks.rounded >= _MOST_ROUNDED and looks.crowds >= MOST
    is_estimated = are_rounded or (looks.estimates >= _SOME and looks.figures >= MOST)
    is_estimated = is_estimated and looks.filled > 2 and looks.dates < _HALF
    if is_named and not known and is_estimated and not is_record and not CROWDS & taken:
        return "crowd"
    are_estimates = 0 < looks.estimates >= MOST - looks.numbers or (
        looks.estimates >= _SOME and looks.figures >= _MOST_ROUNDED and looks.dates < LEAST
    )
    if not is_named and are_estimates and "crowd" not in taken:
        return "crowd"  # "400", "ca. 80" without a heading
    if looks.statuses >= MOST and looks.filled > 2 and "status" not in taken:
        return "status"
    if looks.kinds >= MOST and looks.filled > 2 and "kind" not in taken:
        return "kind"
    if looks.modes >= MOST and looks.filled > 2 and "attendance_mode" not in taken:
        return "attendance_mode"  # "Format: online, in person"
    if is_named and known:
        return ""
    if {"city", "place"} & taken and "region" not in taken and 1 < looks.length <= 4 and looks.numbers == 0:
        codes = {cells[position].strip() for _, cells in table.rows[:300] if position < len(cells)} - {""}
        if any(len(codes) > 1 and codes <= states for states in STATE_CODES):
            return "region"
    if 0 < looks.length <= 40 and "country" not in taken and looks.numbers < 0.1:
        values = {cells[position].strip() for _, cells in table.rows[:300] if position < len(cells)} - {""}
        named = len(values) > 1 or (not is_named and len(next(iter(values), "")) > 3)
        are_weekdays = all(weekdays_of(text.strip(" .").casefold()) for text in values)  # "Sa" and "Mo"
        if named and looks.flags < MOST and all(map(is_country, values)) and not are_weekdays:
            return "country"
    is_short = not {"place", "venue"} & taken and looks.filled > 2 and looks.length <= _LONGEST_VENUE
    if (
        is_short
        and max(looks.numbers, looks.dates, looks.times) < _SOME
        and _are_venues(table, position, is_named=is_named)
    ):
        return "venue"
    texts = (at for at, one in enumerate(profiles) if at in table.unnamed and one.numbers < 0.1)
    longest = max((profiles[at].length for at in texts if at == position or not _are_venues(table, at)), default=0)
    is_text = looks.length >= 25 or (looks.length >= 12 and looks.length == longest and looks.dates < 0.3)
    if not is_named and is_text and looks.distinct >= 0.5 and "title" not in taken:
        return "title"
    return ""


def _are_venues(table: Table, position: int, *, is_named: bool = False) -> bool:
    """Return whether most values begin or end with a word for a venue: "Parque Nacional", "Heumarkt", "City Hall".

    Below a heading, some must be streets or squares: institutions can also be partners, targets or offices.
    """
    values = {cells[position].strip() for _, cells in sampled_rows(table)[:_SAMPLE] if position < len(cells)} - {""}
    found = len(values) > 1 and sum(map(_is_venue, values)) >= _MOST_VENUES * len(values)
    return found and (not is_named or sum(map(_has_street, values)) >= _SOME * len(values))


def _has_street(text: str) -> bool:
    return any(head_of(word) is Head.STREET and word not in _OF_GROUPS for word in fold_letters(text).split())


def _is_venue(text: str) -> bool:
    """Return whether a text begins or ends with a word for a venue; not "Save our library", "Rettet den Bahnhof"."""
    words = fold_letters(text).split()
    if not 0 < len(words) <= _MOST_WORDS or kind_in_title(text) is not None:
        return False
    is_name = not any(map(str.islower, text.split()[1:-1]))
    heads = (words[0], words[-1]) if is_name else words[:1]
    return any(head_of(word.strip(".,")) is not Head.NONE for word in heads)
