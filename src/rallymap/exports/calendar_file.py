"""iCalendar (RFC 5545): what calendar programs subscribe to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, vText
from icalendar import Event as CalendarEvent

from rallymap.event_wording import words_of
from rallymap.events import AttendanceMode, Event, EventStatus, LocationPrecision
from rallymap.exports.plain_words import lines_about, where_in_full
from rallymap.exports.provenance import Provenance
from rallymap.exports.unwritable import without_unwritable
from rallymap.language import tr

_STATUS = {
    EventStatus.CANCELLED: "CANCELLED",
    EventStatus.ANNOUNCED: "TENTATIVE",
    EventStatus.POSTPONED: "TENTATIVE",
}
_LAST_RULE = date(2100, 1, 1)


def write_calendar(events: Iterable[Event], provenance: Provenance) -> Iterator[bytes]:
    """Write events as a calendar, in pieces; events whose date is not known are left out, as a calendar needs a day.

    A date that is known to the week, month or year takes up all days on which it may have been, and says so.
    """
    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", "-//rallymap//events//EN")
    head.add("calscale", "GREGORIAN")
    head.add("name", provenance.site)
    head.add("x-wr-calname", vText(provenance.site))
    description = tr("{citation} Events without a known date are not in a calendar.", citation=provenance.citation)
    head.add("description", description)
    head.add("x-wr-caldesc", vText(description))
    head.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    yield head.to_ical().removesuffix(b"END:VCALENDAR\r\n")
    zones = set[str]()
    for event in events:
        if event.when.start is None:
            continue
        zone = event.when.zone if event.when.start_time is not None else ""
        if zone and zone not in zones:
            zones.add(zone)
            yield _zone(zone)
        yield _component(event, provenance).to_ical()
    yield b"END:VCALENDAR\r\n"


@lru_cache(maxsize=600)
def _zone(name: str) -> bytes:
    return bytes(Timezone.from_tzid(name, first_date=date(1970, 1, 1), last_date=_LAST_RULE).to_ical())


def _component(event: Event, provenance: Provenance) -> CalendarEvent:
    made = CalendarEvent()
    made.add("uid", f"{event.id}@rallymap")
    made.add("dtstamp", datetime.combine(provenance.made_on, time.min, UTC))
    made.add("sequence", event.revision)
    words = words_of(event)
    # RFC 5545, section 3.2.10
    parameters = {"LANGUAGE": words.title_language} if words.title_language else {}
    made.add("summary", without_unwritable(words.title), parameters=parameters)
    _add_days(made, event)
    made.add("status", _STATUS.get(event.status, "CONFIRMED"))
    made.add("transp", "TRANSPARENT")
    if where := _where(event):
        made.add("location", without_unwritable(where))
    location = event.location
    if location is not None:
        if location.precision is LocationPrecision.VENUE:
            made.add("geo", (location.lat, location.lon))
        made.add("x-rallymap-place-precision", location.precision.value)
        made.add("x-rallymap-radius-m", f"{location.radius_m:g}")
    # RFC 7986 has CONFERENCE, whose value is the address of the meeting; a source announces it, and may be public.
    if event.attendance_mode is not AttendanceMode.IN_PERSON:
        made.add("x-rallymap-attendance-mode", event.attendance_mode.value)
    made.add("x-rallymap-date", event.when.edtf)
    made.add("x-rallymap-date-precision", event.when.precision.value)
    made.add("categories", [event.kind.value, *map(without_unwritable, (*event.communities, *event.topics))])
    made.add("description", without_unwritable("\n".join(lines_about(event))))
    if url := provenance.url_of(event.id) or next((source.url for source in event.sources if source.url), ""):
        made.add("url", url)
    made.add("x-rallymap-license", provenance.licence.url)
    return made


def _where(event: Event) -> str:
    """Return the place alone, as calendar programs look it up; "online" where there is none."""
    has_place = event.location is not None or event.place.text or event.place.venue
    in_person = event.changed(attendance_mode=AttendanceMode.IN_PERSON)
    return where_in_full(in_person if has_place or not event.is_online else event)


def _add_days(made: CalendarEvent, event: Event) -> None:
    when = event.when
    assert when.start is not None  # noqa: S101 - the caller leaves undated events out
    assert when.end is not None  # noqa: S101 - the same
    if when.start_time is None:
        made.add("dtstart", when.start)
        made.add("dtend", when.end + timedelta(days=1))  # exclusive
        return
    zone = ZoneInfo(when.zone)
    made.add("dtstart", datetime.combine(when.start, when.start_time, zone))
    if when.end_time is not None:
        end = datetime.combine(when.end, when.end_time, zone)
        if end > datetime.combine(when.start, when.start_time, zone):
            made.add("dtend", end)
