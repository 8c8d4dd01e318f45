"""iCalendar (RFC 5545), for calendar programs that subscribe to events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from icalendar import Calendar, Timezone, vText

from rallymap.dates import EventDate
from rallymap.event_wording import words_of
from rallymap.events import AttendanceMode, Event, EventStatus, LocationPrecision
from rallymap.exports.calendar_lines import escaped, folded
from rallymap.exports.plain_words import lines_about, where_in_full
from rallymap.exports.provenance import Provenance
from rallymap.exports.unwritable import without_unwritable
from rallymap.language import tr

_STATUS: Final = {
    EventStatus.CANCELLED: "CANCELLED",
    EventStatus.ANNOUNCED: "TENTATIVE",
    EventStatus.POSTPONED: "TENTATIVE",
}
_FIRST_RULE: Final = 1970
"""First year of a zone's rules, unless an event is earlier."""
_LAST_RULE: Final = date(2100, 1, 1)
_UTC: Final = "UTC"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An event in a calendar.

    Attributes
    ----------
    lines
        Its component.
    zone
        IANA time zone whose rules it needs; "" for none.
    first_year
        Year from which it needs them.
    """

    lines: bytes
    zone: str
    first_year: int


def write_calendar(events: Iterable[Event], provenance: Provenance) -> Iterator[bytes]:
    """Write events as a calendar, in chunks; events without a known date are skipped, because a calendar needs a day.

    A date known only to the week, month or year covers all days in question, and says so.

    Parameters
    ----------
    events
        Sorted by first day.
    """
    entries = (calendar_entry(event, provenance) for event in events)
    yield from join_entries((entry for entry in entries if entry is not None), provenance)


def calendar_entry(event: Event, provenance: Provenance) -> CalendarEntry | None:
    """Return an event as part of a calendar; None if it has no known date."""
    if event.when.start is None:
        return None
    zone = event.when.zone if event.when.start_time is not None else ""
    return CalendarEntry(_lines(event, provenance), "" if zone == _UTC else zone, event.when.start.year)


def join_entries(entries: Iterable[CalendarEntry], provenance: Provenance) -> Iterator[bytes]:
    """Write a calendar of entries, in chunks.

    Parameters
    ----------
    entries
        Sorted by first day.
    """
    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", "-//rallymap//events//EN")
    head.add("calscale", "GREGORIAN")
    head.add("name", provenance.site)
    head.add("x-wr-calname", vText(provenance.site))
    description = tr("{citation} Events without a known date are not in a calendar.", citation=provenance.citation)
    description = without_unwritable(description)  # it quotes a reader's search
    head.add("description", description)
    head.add("x-wr-caldesc", vText(description))
    head.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    yield head.to_ical().removesuffix(b"END:VCALENDAR\r\n")
    zones, is_empty = set[str](), True
    for entry in entries:
        if entry.zone and entry.zone not in zones:
            zones.add(entry.zone)
            # Entries are sorted by first day, so no later one in this zone is before this one.
            yield _zone(entry.zone, min(entry.first_year, _FIRST_RULE))
        yield entry.lines
        is_empty = False
    if is_empty:
        yield _zone(_UTC, _FIRST_RULE)  # a calendar needs at least one component (section 3.6)
    yield b"END:VCALENDAR\r\n"


@lru_cache(maxsize=600)
def _zone(name: str, first_year: int) -> bytes:
    return bytes(Timezone.from_tzid(name, first_date=date(first_year, 1, 1), last_date=_LAST_RULE).to_ical())


def _lines(event: Event, provenance: Provenance) -> bytes:
    words = words_of(event)
    # RFC 5545, section 3.2.10
    language = f";LANGUAGE={words.title_language}" if words.title_language else ""
    names = (event.kind.value, *event.communities, *event.topics)
    where = where_in_full(event)
    lines = [
        "BEGIN:VEVENT",
        f"SUMMARY{language}:{escaped(words.title)}",
        *_days(event.when),
        f"DTSTAMP:{_day(provenance.made_on)}T000000Z",
        f"UID:{event.id}@rallymap",
        f"SEQUENCE:{event.revision}",
        f"CATEGORIES:{','.join(map(escaped, names))}",
        f"DESCRIPTION:{escaped(chr(10).join(lines_about(event, where)))}",
    ]
    location = event.location
    if location is not None and location.precision is LocationPrecision.VENUE:
        lines.append(f"GEO:{_decimal(location.lat)};{_decimal(location.lon)}")
    if place := _place_of(event, where):
        lines.append(f"LOCATION:{escaped(place)}")
    lines += [f"STATUS:{_STATUS.get(event.status, 'CONFIRMED')}", "TRANSP:TRANSPARENT"]
    if url := provenance.url_of(event.id) or next((source.url for source in event.sources if source.url), ""):
        lines.append(f"URL:{url}")
    # CONFERENCE (RFC 7986) needs the URL of the meeting; a source announces it, and it may be public.
    if event.attendance_mode is not AttendanceMode.IN_PERSON:
        lines.append(f"X-RALLYMAP-ATTENDANCE-MODE:{event.attendance_mode.value}")
    lines += [
        f"X-RALLYMAP-DATE:{event.when.edtf}",
        f"X-RALLYMAP-DATE-PRECISION:{event.when.precision.value}",
        f"X-RALLYMAP-LICENSE:{escaped(provenance.licence.url)}",
    ]
    if location is not None:
        lines += [
            f"X-RALLYMAP-PLACE-PRECISION:{location.precision.value}",
            f"X-RALLYMAP-RADIUS-M:{_decimal(location.radius_m)}",
        ]
    return b"".join(map(folded, (*lines, "END:VEVENT")))


def _place_of(event: Event, where: str) -> str:
    """Return only the place, for calendar programs to look up; "online" if there is none."""
    has_place = event.location is not None or event.place.text or event.place.venue
    if event.attendance_mode is not AttendanceMode.IN_PERSON and (has_place or not event.is_online):
        return where_in_full(event.changed(attendance_mode=AttendanceMode.IN_PERSON))
    return where


def _days(when: EventDate) -> Iterator[str]:
    assert when.start is not None  # noqa: S101 - the caller leaves undated events out
    assert when.end is not None  # noqa: S101 - the same
    if when.start_time is None:
        yield f"DTSTART;VALUE=DATE:{_day(when.start)}"
        yield f"DTEND;VALUE=DATE:{_day(when.end + timedelta(days=1))}"  # exclusive
        return
    start = datetime.combine(when.start, when.start_time)
    yield _moment("DTSTART", start, when.zone)
    if when.end_time is not None:
        end = datetime.combine(when.end, when.end_time)
    elif when.end > when.start:
        # The last day is known, but not the end time: without an end, only the first moment would be in the calendar.
        end = datetime.combine(when.end + timedelta(days=1), time.min)
    else:
        return
    if end > start:
        yield _moment("DTEND", end, when.zone)


def _moment(name: str, local: datetime, zone: str) -> str:
    at = f"{_day(local)}T{local:%H%M%S}"
    return f"{name}:{at}Z" if zone == _UTC else f"{name};TZID={zone}:{at}"


def _day(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _decimal(value: float) -> str:
    """Format a number as RFC 5545 requires, without an exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
