"""Find the meaning of each column of a table from the mapping, its heading and its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rallymap.errors import IntakeError
from rallymap.intake.cells.folding import is_missing
from rallymap.intake.fields import TownFinder
from rallymap.intake.groups import split_name
from rallymap.intake.tables.addresses import contradicts_addresses, names_towns_of_countries
from rallymap.intake.tables.assignment import Offer, in_order
from rallymap.intake.tables.consent import asks_for_consent
from rallymap.intake.tables.evidence import MOSTLY_TOWNS, adjusted, are_countries, share_of_towns
from rallymap.intake.tables.fitting import A_STAMP, LEAST, MOST, fitting_field
from rallymap.intake.tables.form_exports import FILLED_IN, is_of_form
from rallymap.intake.tables.heading_context import meanings_of_column
from rallymap.intake.tables.heading_sides import is_about_record
from rallymap.intake.tables.headings import EXACT, NOTE, fields_of_heading, is_online_flag, status_of_flag
from rallymap.intake.tables.layout import Table, sampled_rows
from rallymap.intake.tables.own_export import is_own_export, own_meanings
from rallymap.intake.tables.profiles import Profile, profile
from rallymap.intake.tables.tagged_headings import TAGGED
from rallymap.intake.tables.value_fields import field_of_values
from rallymap.language import tr

JOINED = frozenset(
    "lat lon coordinates organisers communities topics about source_url source_title venue claim_text "
    "crowd_words".split()
)
"""Fields that several columns can fill together."""
_SHARED = JOINED | {NOTE, "contact"}
_SPOTS = frozenset({"place", "venue", "route_start"})
_NOT_OF_COUNTRIES = frozenset({"place", "city", "venue", "title", "source_title"})
FIELDS = frozenset(
    "id title kind status attendance_mode date start end time start_time end_time zone year month day place city "
    "end_day end_month end_year duration "
    "region county venue route_start route_end country coordinates lat lon crowd crowd_actual crowd_registered "
    "crowd_low crowd_high crowd_words crowd_by crowd_police crowd_organisers all_day "
    "organisers communities topics about language source_url source_title source_publisher "
    "source_published by_organiser campaign campaign_name precision approximate location_precision claim_text contact "
    "note mark flag location_name location_admin1 location_country location_confidence location_method radius_m".split()
)
"""Possible meanings of a column, besides the numbered groups of our own tables."""
_OWN = 2.0
"""Score of a heading that is a column name of our own tables."""
_LESS = 0.3
"""Amount by which contradicting values reduce the score of a heading."""
_SENTENCE = 25
"""Texts longer than this are not keywords."""
_REPEATED = re.compile(r" \(\d+\)$")
"""Suffix of a heading that repeats an earlier column's."""


@dataclass(frozen=True, slots=True)
class Column:
    """Meaning of a column.

    Attributes
    ----------
    position
        Position in the table, from 0.
    heading
        Name of the column.
    field
        One of :data:`FIELDS`, or a numbered field such as ``source2_url``; "" if it is ignored.
    reason
        "mapping", "heading", "values", or "" if the meaning is unknown.
    """

    position: int
    heading: str
    field: str
    reason: str
    profile: Profile


def find_columns(
    table: Table, mapping: Mapping[str, str], is_country: Callable[[str], bool], find_town: TownFinder | None = None
) -> tuple[Column, ...]:
    """Find the meaning of each column.

    Parameters
    ----------
    table
        The table.
    mapping
        The user's meaning of headings.
    is_country
        Returns whether a text is a country.
    find_town
        Returns the population of a town; None if towns are not to be recognised.

    Raises
    ------
    IntakeError
        If the mapping names an unknown field.
    """
    sampled = sampled_rows(table)
    profiles = [
        profile(cells[position] for _, cells in sampled if position < len(cells))
        for position in range(len(table.header))
    ]
    towns = [share_of_towns(table, position, looks, find_town) for position, looks in enumerate(profiles)]
    columns: list[Column | None] = []
    by_fold = {key.casefold().strip(): value for key, value in mapping.items()}
    if is_own_export(table.header):
        by_fold = own_meanings(table.header) | by_fold
    for position, heading in enumerate(table.header):
        stated = by_fold.get(heading.casefold())
        if stated is not None:
            _check_field(heading, stated)
            columns.append(Column(position, heading, stated, "mapping", profiles[position]))
        else:
            columns.append(None)
    _by_headings(table, profiles, towns, columns, is_country)
    _promote_tagged(columns)
    for position, column in enumerate(columns):
        names_people = column is not None and column.field == "contact" and column.reason == "heading"
        if names_people and names_towns_of_countries(table, position, is_country):
            columns[position] = None  # "ActionGeo_FullName: Vienna, Wien, Austria"
    _by_values(table, profiles, towns, columns, is_country)
    for position, column in enumerate(columns):
        if column is not None and column.field == "country" and column.reason != "mapping":
            columns[position] = None if contradicts_addresses(table, position, is_country) else column
    return tuple(
        column or Column(position, table.header[position], NOTE, "", profiles[position])
        for position, column in enumerate(columns)
    )


def _promote_tagged(columns: list[Column | None]) -> None:
    """Use the first of several titles in stated languages as the title of a table that has no other."""
    if any(column is not None and column.field == "title" for column in columns):
        return
    for position, column in enumerate(columns):
        if column is not None and column.field.startswith("title:"):
            columns[position] = replace(column, field="title")
            return


def _check_field(heading: str, name: str) -> None:
    if name and name not in FIELDS and split_name(name) is None and not TAGGED.fullmatch(name):
        raise IntakeError(
            1,
            heading,
            tr(
                "The mapping says that “{heading}” is “{name}”; one of: {names}.",
                heading=heading,
                name=name[:40],
                names=", ".join(sorted(FIELDS)),
            ),
        )


def _by_headings(
    table: Table,
    profiles: Sequence[Profile],
    towns: Sequence[float],
    columns: list[Column | None],
    is_country: Callable[[str], bool],
) -> None:
    offers: list[Offer] = []
    is_form = is_of_form(table.header)
    for position, heading in enumerate(table.header):
        is_id = fields_of_heading(heading)[:1] == (("id", 1.0),)  # calendars generate ids such as "1@example.org"
        if columns[position] is None and profiles[position].contacts >= LEAST and not is_id:
            # Whatever the heading is: contact data and telephone numbers are never public.
            columns[position] = Column(position, heading, "contact", "values", profiles[position])
        if columns[position] is not None or position in table.unnamed:
            continue
        if asks_for_consent(heading):
            columns[position] = Column(position, heading, NOTE, "heading", profiles[position])
            continue
        says_yes_or_no = status_of_flag(heading) is not None or is_online_flag(heading)
        if profiles[position].flags >= MOST and says_yes_or_no:
            columns[position] = Column(position, heading, "flag", "heading", profiles[position])
            continue
        candidates = meanings_of_column(heading, profiles[position], table.header)
        if heading.casefold() in FILLED_IN and is_form:
            columns[position] = Column(position, heading, NOTE, "heading", profiles[position])
            continue
        for name, score in candidates:
            fitting = fitting_field(name, profiles[position], score)
            are_kinds = profiles[position].kinds >= MOST and profiles[position].filled > 1
            is_titled = name == "topics" and any(other == "title" for other, _ in candidates)
            if is_titled and (are_kinds or profiles[position].length > _SENTENCE):
                continue  # sentences are titles, not keywords
            if fitting == "title" and are_kinds and score < _OWN:
                # "Aufzug, Kundgebung" under "Veranstaltung" is a title only if no other column is one.
                offers += [Offer(score - _LESS, position, "title"), Offer(score - 2 * _LESS, position, "kind")]
            elif fitting:
                if score < EXACT and _is_varied(profiles[position]):
                    score = adjusted(fitting, score, towns[position])
                    if fitting in _NOT_OF_COUNTRIES and are_countries(table, position, profiles[position], is_country):
                        fitting = "country"  # "where.cc: DE"
                offers.append(Offer(score, position, fitting))
    taken = {column.field for column in columns if column is not None}
    # The best column gets a field first; another column for it may have another meaning.
    for offer in in_order(offers, _SHARED):
        position, name = offer.position, offer.field
        if columns[position] is not None:
            continue
        if name in taken and name not in _SHARED:
            if _REPEATED.search(table.header[position]):
                continue  # the second "Place" belongs to the row's second event
            others = {one.field for one in offers if one.position == position and one.score >= EXACT}
            if name == "place" and "city" in others - taken:
                continue  # "Plats" and "Ort": a word for town can also mean any place
            if name == "place" and "venue" not in taken:
                name = "venue"
            elif not _alternates(table, position, [at for at, one in enumerate(columns) if one and one.field == name]):
                continue
        taken.add(name)
        columns[position] = Column(position, table.header[position], name, "heading", profiles[position])
    if not taken & {"date", "start", "day"}:
        _as_dates(columns)


def _is_varied(looks: Profile) -> bool:
    """Return whether a column has more than one distinct value."""
    return looks.distinct * looks.filled > 1


def _alternates(table: Table, position: int, others: Sequence[int]) -> bool:
    """Return whether no row fills both a column and one of the others, as in merged records of several forms."""
    return not any(
        _is_filled(cells, position) and any(_is_filled(cells, other) for other in others) for _, cells in table.rows
    )


def _is_filled(cells: Sequence[str], position: int) -> bool:
    return position < len(cells) and not is_missing(cells[position])


def _as_dates(columns: list[Column | None]) -> None:
    """Change a time column to a date column if its values are whole dates and no other column has any."""
    for position, column in enumerate(columns):
        is_time = column is not None and column.reason == "heading" and column.field in ("time", "start_time")
        if column is None or not is_time:
            continue
        if column.profile.dates >= MOST or (column.profile.numbers >= MOST and column.profile.high > A_STAMP):
            columns[position] = replace(column, field="date" if column.field == "time" else "start")


def _by_values(
    table: Table,
    profiles: Sequence[Profile],
    towns: Sequence[float],
    columns: list[Column | None],
    is_country: Callable[[str], bool],
) -> None:
    _town_by_values(table, profiles, towns, columns)
    marked = [
        position
        for position, looks in enumerate(profiles)
        if columns[position] is None and looks.filled and looks.marks >= 0.9 and looks.numbers < 0.5
    ]
    if len(marked) > 1 or (marked and "kind" not in {c.field for c in columns if c}):
        for position in marked:
            columns[position] = Column(position, table.header[position], "mark", "values", profiles[position])
    for position, looks in enumerate(profiles):
        if columns[position] is not None or not looks.filled:
            continue
        taken = {column.field for column in columns if column is not None}
        name = field_of_values(looks, taken, table, position, is_country, profiles)
        if name:
            columns[position] = Column(position, table.header[position], name, "values", looks)


def _town_by_values(
    table: Table, profiles: Sequence[Profile], towns: Sequence[float], columns: list[Column | None]
) -> None:
    """Use the only open column of towns next to a column of places that are not towns."""
    spots = [at for at, column in enumerate(columns) if column is not None and column.field in _SPOTS]
    has_town = any(column is not None and column.field == "city" for column in columns)
    if has_town or not spots or any(towns[at] >= MOSTLY_TOWNS for at in spots):
        return
    found = [
        at
        for at, column in enumerate(columns)
        if column is None
        and towns[at] >= MOSTLY_TOWNS
        and _is_varied(profiles[at])
        and not is_about_record(table.header[at])
    ]
    if len(found) == 1:
        columns[found[0]] = Column(found[0], table.header[found[0]], "city", "values", profiles[found[0]])
