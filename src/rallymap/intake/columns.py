"""Map column names of a table to fields."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rallymap.errors import IntakeError
from rallymap.intake.fields import FIELD_NAMES
from rallymap.intake.groups import GROUP_PARTS, split_name

ALIASES = {
    "title": "name event headline event_title event_name",
    "kind": "type event_type category",
    "status": "event_status",
    "date": "when event_date dates day",
    "start": "start_date date_start start_day from begin begins",
    "end": "end_date date_end end_day to until ends",
    "precision": "date_precision",
    "start_time": "time begins_at",
    "end_time": "ends_at",
    "zone": "time_zone timezone tz",
    "place_text": "place location where city town locality place_name",
    "region": "state province admin1 county",
    "venue": "address spot site",
    "country": "country_code country_name",
    "coordinates": "lat_lon latlon latlng point geo",
    "lat": "latitude",
    "lon": "lng long longitude",
    "organisers": "organiser organizer organizers organised_by organized_by organization organisation",
    "communities": "community diaspora",
    "topics": "topic tags keywords",
    "about": "summary description",
    "by_organiser": "by_organizer reported_by_organiser",
    "source_url": "source link url source_link",
    "source_published": "published publication_date",
    "source_publisher": "publisher",
    "crowd_low": "crowd crowd_size size size_low participants_low",
    "crowd_high": "size_high participants_high",
    "claim_text": "claim slogan",
}
"""Other names of each field, separated by spaces."""

_ATTRIBUTES = {
    "when": "date start end precision start_time end_time zone approximate",
    "place": "place_text region venue country",
    "campaign": "campaign campaign_name",
    "location": "coordinates lat lon location_precision",
}
_ATTRIBUTE_OF_FIELD = {field: name for name, fields in _ATTRIBUTES.items() for field in fields.split()}
_IGNORED = frozenset({"error", "revision", "review"})
_FIELD_BY_ALIAS = {alias: field for field, aliases in ALIASES.items() for alias in aliases.split()}


def field_of_column(column: str) -> str | None:
    """Return the field for a column name, or None if it is unknown."""
    folded = re.sub(r"[\s\-/().:]+", "_", column.strip().casefold()).strip("_")
    if folded in FIELD_NAMES:
        return folded
    if folded in _FIELD_BY_ALIAS:
        return _FIELD_BY_ALIAS[folded]
    match = re.fullmatch(r"(source|claim|crowd|translation)_?(\d{1,2})(?:_(\w+))?", folded)
    if match is not None:
        number = int(match[2])
        folded = f"{match[1]}{number if number > 1 else ''}_{match[3] or GROUP_PARTS[match[1]][0]}"
    return folded if split_name(folded) is not None else None


def count_known(columns: Iterable[str]) -> int:
    """Count the known column names."""
    return sum(field_of_column(column) is not None for column in columns)


def match_columns(header: tuple[str, ...]) -> tuple[tuple[str | None, ...], tuple[str, ...]]:
    """Return the field of each column.

    Returns
    -------
    fields
        One per column, None if it is not read.
    not_read
        Names of the unknown columns.

    Raises
    ------
    IntakeError
        If no column is a title, or two columns have the same meaning.
    """
    fields = tuple(field_of_column(column) for column in header)
    if "title" not in fields:
        raise IntakeError(
            1,
            "title",
            "The first row must name the columns, and one of them must be “title”; "
            f"it has: {', '.join(filter(None, header))[:200] or 'nothing'}.",
        )
    for position, field in enumerate(fields):
        if field is not None and field in fields[:position]:
            first = header[fields.index(field)]
            raise IntakeError(
                1, header[position], f"The columns “{first}” and “{header[position]}” mean the same; keep one of them."
            )
    not_read = tuple(
        column
        for column, field in zip(header, fields, strict=True)
        if field is None and column and column.casefold() not in _IGNORED
    )
    return fields, not_read


def attributes_stated(fields: Iterable[str | None]) -> frozenset[str]:
    """Return the event attributes that the fields refer to, whether or not a row fills them in."""
    stated: set[str] = set()
    for field in fields:
        if field is None:
            continue
        if (split := split_name(field)) is not None and split[0] == "translation":
            stated.add("translations")
        elif split is not None:
            # Claims and crowd estimates refer to sources by number, so all three change together.
            stated |= {"sources", "claims", "crowd"}
        else:
            stated.add(_ATTRIBUTE_OF_FIELD.get(field, field))
    return frozenset(stated)
