"""Fill the fields of a form from an event, for editing; the inverse of :mod:`rallymap.intake.fields`."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event
from rallymap.intake.names import join_names
from rallymap.intake.routes import point_text

POINT_METHODS = ("pin", "given")
"""Methods of locations whose point came from a person or a source."""
CHOSEN_PLACE = "place_chosen"
"""Field for the candidate that a person chose for the place text."""


def choice_text(lat: float, lon: float, precision: str, *, country: str, text: str) -> str:
    """Return the value of :data:`CHOSEN_PLACE` for a candidate, chosen for this place text and country."""
    return f"{lat:.5f},{lon:.5f},{precision} for {country or '-'}: {text}"


def fields_of_event(event: Event) -> dict[str, str]:
    """Convert an event to form fields; empty fields are left out.

    The location becomes ``coordinates`` if a person gave the point, otherwise the chosen candidate. Details that fields
    cannot express (the confidence of an imported point, a month that begins on the 5th) are preserved by
    :func:`rallymap.intake.changed_form.read_change` while the fields are unchanged.
    """
    fields = {
        "title": event.title,
        "kind": event.kind.value,
        "status": event.status.value,
        "attendance_mode": event.attendance_mode.value,
        "about": event.about,
        "language": event.language,
        "place_text": event.place.text,
        "venue": event.place.venue,
        "country": event.place.country_hint,
        "organisers": join_names(event.organisers),
        "communities": join_names(event.communities),
        "topics": join_names(event.topics),
        "by_organiser": "yes" if event.by_organiser else "",
    }
    fields |= _date_fields(event.when)
    location = event.location
    if location is not None and location.method in POINT_METHODS:
        fields["coordinates"] = f"{location.lat:.5f}, {location.lon:.5f}"
        fields["location_precision"] = location.precision.value
    elif location is not None:
        fields[CHOSEN_PLACE] = choice_text(
            location.lat,
            location.lon,
            location.precision,
            country=event.place.country_hint,
            text=event.place.text,
        )
    fields["disclosure"] = event.disclosure.value
    if event.disclosed_from is not None:
        fields["disclosed_from"] = _local_text(event.disclosed_from, event.when.zone)
    for index, one in enumerate(event.translations):
        fields |= _numbered("translation", index, language=one.language, title=one.title, about=one.about)
    for index, point in enumerate(event.route):
        fields |= _numbered("route", index, text=point_text(point))
    for index, source in enumerate(event.sources):
        fields |= _numbered(
            "source",
            index,
            url=source.url,
            title=source.title,
            publisher=source.publisher,
            published=source.published.isoformat() if source.published else "",
            archived_url=source.archived_url,
        )
    for index, claim in enumerate(event.claims):
        fields |= _numbered(
            "claim", index, text=claim.text, kind=claim.kind.value, by=claim.by, source=_source_number(claim.source)
        )
    for index, crowd in enumerate(event.crowd):
        fields |= _numbered(
            "crowd",
            index,
            low="" if crowd.low is None else str(crowd.low),
            high="" if crowd.high is None else str(crowd.high),
            words=crowd.words,
            by=crowd.by,
            source=_source_number(crowd.source),
            expected="yes" if crowd.is_expected else "",
        )
    return {name: text for name, text in fields.items() if text}


def _date_fields(when: EventDate) -> dict[str, str]:
    if when.start is None or when.end is None:
        return {"precision": DatePrecision.UNKNOWN.value}
    start, end = _days_in_text(when, when.start, when.end)
    return {
        "precision": when.precision.value,
        "start": f"around {start}" if when.approximate else start,
        "end": end,
        "start_time": f"{when.start_time:%H:%M}" if when.start_time else "",
        "end_time": f"{when.end_time:%H:%M}" if when.end_time else "",
        "zone": when.zone,
    }


def _days_in_text(when: EventDate, start: date, end: date) -> tuple[str, str]:
    """Format the first and last day with the date's precision; "" for a last day that follows from the first."""
    match when.precision:
        case DatePrecision.YEAR if when.has_whole_years:
            first, last = f"{start.year:04d}", f"{end.year:04d}"
        case DatePrecision.MONTH if when.has_whole_months:
            first, last = f"{start.year:04d}-{start.month:02d}", f"{end.year:04d}-{end.month:02d}"
        case DatePrecision.WEEK if start.weekday() == 0 and (end - start).days == 6:
            return start.isoformat(), ""
        case DatePrecision.WEEKEND if start.weekday() == 5 and (end - start).days == 1:
            return start.isoformat(), ""
        case _:
            first, last = start.isoformat(), end.isoformat()
    return first, "" if last == first else last


def _local_text(at: datetime, zone: str) -> str:
    """Format a time as local time at the place; with its offset if the zone is unknown or the time ambiguous."""
    if zone:
        local = at.astimezone(ZoneInfo(zone))
        naive = local.replace(tzinfo=None, fold=0)
        if naive.replace(tzinfo=ZoneInfo(zone)).utcoffset() == local.utcoffset():
            return naive.isoformat(sep=" ", timespec="minutes")
        at = local
    return at.isoformat(sep=" ", timespec="minutes")


def _numbered(group: str, index: int, **parts: str) -> dict[str, str]:
    number = "" if index == 0 else str(index + 1)
    return {f"{group}{number}_{part}": text for part, text in parts.items()}


def _source_number(source: int | None) -> str:
    return "" if source is None else str(source + 1)
