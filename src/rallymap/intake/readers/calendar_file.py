"""iCalendar: one row for each occurrence of each event, in the words of a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component

from rallymap.errors import IntakeError
from rallymap.intake.limits import refuse
from rallymap.intake.readers.charset import decode
from rallymap.intake.readers.raw_table import Opened, RawTable

_COLUMNS = (
    "title", "start", "end", "zone", "place", "coordinates", "about", "link", "organiser", "topics", "status",
    "repeats", "uid",
)  # fmt: skip
MAX_OCCURRENCES = 400
_MAX_EVENTS = 20_000
_AHEAD = timedelta(days=370)


def is_calendar(content: bytes) -> bool:
    """Tell whether a file is an iCalendar file."""
    return b"BEGIN:VCALENDAR" in content[:1000].upper()


def read_calendar(content: bytes) -> Opened:
    """Read the events of a calendar.

    An event that repeats gives a row for each of its days, at most 400, and none more than a year ahead of its
    first day where it has no end. All rows of one event have its number in the file.

    Raises
    ------
    IntakeError
        If the file is damaged, or holds no events.
    """
    text, remark = decode(content)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        rows: list[tuple[int, tuple[str, ...]]] = []
        number = 0
        for calendar in calendars:
            zone = str(calendar.get("X-WR-TIMEZONE", ""))
            for event in calendar.walk("VEVENT"):
                number += 1
                if number > _MAX_EVENTS:
                    refuse(f"This calendar has more than {_MAX_EVENTS} events; please split it.")
                rows += [(number, cells) for cells in _occurrences(calendar, event, zone)]
    except IntakeError:
        raise
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError) as err:
        refuse("This calendar is damaged; export it again.", value=str(err))
    if not rows:
        refuse("This calendar holds no events.")
    name = str(calendars[0].get("X-WR-CALNAME", ""))
    facts = {"name": name} if name else {}
    return Opened("iCalendar", (RawTable("", rows, _COLUMNS, facts),), (remark,) if remark else ())


def _occurrences(calendar: Component, event: Component, zone: str) -> Iterator[tuple[str, ...]]:
    start = _get(event, "DTSTART")
    if start is None:
        yield _cells(event, None, None, zone, "")
        return
    first = start.dt
    if _get(event, "RRULE") is None and _get(event, "RDATE") is None:
        yield _cells(event, first, _end(event, first), zone, "")
        return
    alone = Calendar()
    for part in calendar.walk("VTIMEZONE"):
        alone.add_component(part)
    alone.add_component(event)
    rule = _get(event, "RRULE")
    repeats = rule.to_ical().decode() if rule is not None else "on listed days"
    days = recurring_ical_events.of(alone).after(first)
    last = (first.date() if isinstance(first, datetime) else first) + _AHEAD
    has_end = rule is not None and ("UNTIL" in rule or "COUNT" in rule)
    for one in islice(days, MAX_OCCURRENCES):
        at = _get(one, "DTSTART").dt
        if not has_end and (at.date() if isinstance(at, datetime) else at) > last:
            return
        yield _cells(one, at, _end(one, at), zone, repeats)


def _end(event: Component, start: date) -> date | None:
    end = _get(event, "DTEND")
    if end is not None:
        until: date = end.dt
    elif _get(event, "DURATION") is not None:
        until = start + _get(event, "DURATION").dt
    else:
        return None
    if not isinstance(until, datetime) and not isinstance(start, datetime):
        until = max(start, until - timedelta(days=1))  # the end of whole days is not included
    return until


def _cells(event: Component, start: date | None, end: date | None, zone: str, repeats: str) -> tuple[str, ...]:
    point = _get(event, "GEO")
    organiser = _get(event, "ORGANIZER")
    # The value of ORGANIZER is an address; only its name may be kept.
    named = str(organiser.params.get("CN", "")) if organiser is not None and hasattr(organiser, "params") else ""
    return (
        _text(event, "SUMMARY"),
        _moment(start),
        _moment(end),
        _zone(start) or zone,
        _text(event, "LOCATION"),
        f"{point.latitude}, {point.longitude}" if point is not None else "",
        _text(event, "DESCRIPTION"),
        _text(event, "URL"),
        "" if "@" in named else named,
        _categories(event),
        _text(event, "STATUS"),
        repeats,
        _text(event, "UID"),
    )


def _get(event: Component, name: str) -> Any:
    return event.get(name)


def _text(event: Component, name: str) -> str:
    value = _get(event, name)
    return str(value).strip() if value is not None and not isinstance(value, list) else ""


def _categories(event: Component) -> str:
    value = _get(event, "CATEGORIES")
    parts = value if isinstance(value, list) else [value] if value is not None else []
    return "; ".join(str(category) for part in parts for category in getattr(part, "cats", []))


def _moment(value: date | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.utcoffset() is not None and value.tzname() == "UTC":
        return f"{value:%Y-%m-%dT%H:%M}Z"
    return f"{value:%Y-%m-%dT%H:%M}"


def _zone(value: date | None) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        return ""
    name = getattr(value.tzinfo, "key", "") or getattr(value.tzinfo, "zone", "") or ""
    return "" if name == "UTC" else str(name)
