"""The columns of an exported table, and the cells of an event; the import reads the same columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rallymap.events import Event, Location
from rallymap.exports.codes import acled_geo_precision, acled_time_precision, ccc_size_category
from rallymap.exports.record import country_of, number_of
from rallymap.name_lists import join_at_semicolons

Cell = str | int | float | bool | None


class EventCells(NamedTuple):
    """The cells of one event: those of :data:`COLUMNS`, and those of each group, in the order of `GROUPS`."""

    fixed: list[Cell]
    groups: tuple[list[list[Cell]], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the type of its cells (``string integer number boolean date``), and its meaning."""

    name: str
    type: str
    meaning: str


COLUMNS: Final = (
    Column("id", "string", "Id of the event; never changes and is never reused."),
    Column("title", "string", "Title in neutral words."),
    Column("kind", "string", "rally, march, vigil, exhibition, conference, picket, performance or other."),
    Column("status", "string", "announced, confirmed, held, cancelled, postponed or moved_online."),
    Column("attendance_mode", "string", "in_person, online or hybrid (both): how people take part."),
    Column("date_edtf", "string", "Date in EDTF (ISO 8601-2); empty: not known. A ~ means “about then”."),
    Column("start", "date", "First day; with precision week, month or year the first day on which it may have been."),
    Column("end", "date", "Last day, inclusive; with precision week, month or year the last possible day."),
    Column("date_precision", "string", "minute, day, weekend, week, month, year or unknown."),
    Column("start_time", "string", "Local time at which it starts, HH:MM."),
    Column("end_time", "string", "Local time at which it ends, HH:MM."),
    Column("time_zone", "string", "IANA time zone of the place."),
    Column("approximate", "boolean", "Whether the date is approximate."),
    Column("place_text", "string", "Place as the source writes it."),
    Column("venue", "string", "Venue as the source writes it; empty while it is not disclosed."),
    Column("country", "string", "Country, ISO 3166-1 alpha-2."),
    Column("lat", "number", "Latitude in decimal degrees, WGS 84."),
    Column("lon", "number", "Longitude in decimal degrees, WGS 84."),
    Column("location_precision", "string", "What the point represents: venue, district, city, region or country."),
    Column("radius_m", "number", "The event was within this distance of the point, metres."),
    Column("location_confidence", "number", "0 to 1: that the event was within the radius."),
    Column("location_method", "string", "How the point was found; “withheld”: the exact place is not public yet."),
    Column("location_name", "string", "Name of the place that the point represents."),
    Column("location_region", "string", "First-level division of that place."),
    Column("location_country", "string", "Country of that place, ISO 3166-1 alpha-2."),
    Column("organisers", "string", "Organisers as the sources name them, separated by semicolons."),
    Column("communities", "string", "Whose diaspora gathered, separated by semicolons."),
    Column("about", "string", "What it was about, in neutral words."),
    Column("language", "string", "Language of title and about as first written (BCP 47); empty: not known."),
    Column("topics", "string", "Keywords, separated by semicolons."),
    Column("by_organiser", "boolean", "Whether only its organiser reported it."),
    Column("campaign", "string", "Id of its campaign: events that were called together."),
    Column("campaign_name", "string", "Name of its campaign."),
    Column("acled_time_precision", "integer", "As ACLED codes it, derived: 1 day, 2 week or weekend, 3 month known."),
    Column("acled_geo_precision", "integer", "As ACLED codes it, derived: 1 town or part of it, 3 region known."),
    Column(
        "ccc_size_category",
        "integer",
        "As the Crowd Counting Consortium codes it, derived from the mean of the lowest and the highest number "
        "of people who came: 0 none, "
        "1 below 100, 2 below 1,000, 3 below 10,000 people, 4 more.",
    ),
)
"""The columns of every table, followed by the numbered groups."""

GROUPS: Final = {
    "source": (
        Column("title", "string", "Title of the source."),
        Column("publisher", "string", "Publisher of the source."),
        Column("published", "date", "Day on which the source was published."),
        Column("url", "string", "Address of the source."),
        Column("archived_url", "string", "Address of an archived copy of the source."),
    ),
    "crowd": (
        Column("low", "integer", "Lower end of an estimate of the crowd, people."),
        Column("high", "integer", "Upper end of the estimate, people."),
        Column("words", "string", "The estimate in the words of the source."),
        Column("by", "string", "Who made the estimate."),
        Column("source", "integer", "Number of the source that reports it."),
        Column("expected", "boolean", "Whether it was expected before the event, and is no turnout."),
    ),
    "route": (
        Column("text", "string", "Point of a route as the source writes it; the first is its start, the last its end."),
        Column("lat", "number", "Latitude of that point in decimal degrees, WGS 84."),
        Column("lon", "number", "Longitude of that point in decimal degrees, WGS 84."),
        Column("precision", "string", "What that point represents: venue, district, city, region or country."),
        Column("radius_m", "number", "The route passed within this distance of the point, metres."),
        Column("confidence", "number", "0 to 1: that it passed within the radius."),
        Column("method", "string", "How the point was found."),
        Column("name", "string", "Name of the place that the point represents."),
        Column("region", "string", "First-level division of that place."),
        Column("country", "string", "Country of that place, ISO 3166-1 alpha-2."),
    ),
    "claim": (
        Column("kind", "string", "slogan, banner, speech, demand or claim."),
        Column("text", "string", "The words."),
        Column("by", "string", "Who said them."),
        Column("source", "integer", "Number of the source that reports them."),
    ),
    "translation": (
        Column("language", "string", "Language of a further title and summary (BCP 47)."),
        Column("title", "string", "Title in that language; empty: not translated."),
        Column("about", "string", "What it was about, in that language; empty: not translated."),
    ),
}
"""The repeated groups: ``source1_title``, ``source2_title`` ..., in this order of groups."""


_FIXED = {column.name: column for column in COLUMNS}
_NUMBERED = re.compile(r"(source|crowd|route|claim|translation)\d+_(\w+)")


def column_named(name: str) -> Column:
    """Return the column of a name such as ``title`` or ``source2_url``.

    Raises
    ------
    KeyError
        If no exported table has such a column.
    """
    if name in _FIXED:
        return _FIXED[name]
    match = _NUMBERED.fullmatch(name)
    for part in GROUPS[match[1]] if match else ():
        if match and part.name == match[2]:
            return Column(name, part.type, part.meaning)
    raise KeyError(name)


def columns_for(sizes: Sequence[int]) -> list[Column]:
    """Return the columns of a table whose largest groups have these sizes, in the order of :data:`GROUPS`."""
    columns = list(COLUMNS)
    for (group, parts), size in zip(GROUPS.items(), sizes, strict=True):
        for number in range(1, size + 1):
            columns += [Column(f"{group}{number}_{part.name}", part.type, part.meaning) for part in parts]
    return columns


def fixed_cells(event: Event) -> list[Cell]:
    """Return the cells of :data:`COLUMNS`; None is an empty cell."""
    when, location = event.when, event.location
    return [
        event.id,
        event.title,
        event.kind.value,
        event.status.value,
        event.attendance_mode.value,
        when.edtf,
        when.start.isoformat() if when.start else None,
        when.end.isoformat() if when.end else None,
        when.precision.value,
        f"{when.start_time:%H:%M}" if when.start_time else None,
        f"{when.end_time:%H:%M}" if when.end_time else None,
        when.zone,
        when.approximate,
        event.place.text,
        event.place.venue,
        country_of(event),
        *_point_cells(location),
        join_at_semicolons(event.organisers),
        join_at_semicolons(event.communities),
        event.about,
        event.language,
        join_at_semicolons(event.topics),
        event.by_organiser,
        event.campaign.id if event.campaign else "",
        event.campaign.name if event.campaign else "",
        acled_time_precision(when.precision, when.approximate),
        acled_geo_precision(None if location is None else location.precision),
        ccc_size_category((claim.low, claim.high) for claim in event.crowd if not claim.is_expected),
    ]


def event_cells(event: Event) -> EventCells:
    """Return all cells of an event."""
    sources: list[list[Cell]] = [
        [s.title, s.publisher, s.published.isoformat() if s.published else None, s.url, s.archived_url]
        for s in event.sources
    ]
    crowd: list[list[Cell]] = [[c.low, c.high, c.words, c.by, number_of(c.source), c.is_expected] for c in event.crowd]
    claims: list[list[Cell]] = [[c.kind.value, c.text, c.by, number_of(c.source)] for c in event.claims]
    route = [[point.text, *_point_cells(point.location)] for point in event.route]
    translations: list[list[Cell]] = [[one.language, one.title, one.about] for one in event.translations]
    return EventCells(fixed_cells(event), (sources, crowd, route, claims, translations))


def _point_cells(location: Location | None) -> list[Cell]:
    if location is None:
        return [None] * 9
    precise = [location.lat, location.lon, location.precision.value, location.radius_m, location.confidence]
    return [*precise, location.method, location.name, location.admin1, location.country]
