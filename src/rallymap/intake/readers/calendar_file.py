"""Read iCalendar files as a table with one row per occurrence of each event."""

from __future__ import annotations

import quopri
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import unquote

from icalendar import Calendar, Component

from rallymap.errors import IntakeError
from rallymap.intake.limits import refuse
from rallymap.intake.readers.calendar_repeats import occurrences_in_order, repeats_within_a_day
from rallymap.intake.readers.charset import decode
from rallymap.intake.readers.raw_table import Opened, RawTable
from rallymap.language import phrase

_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_COLUMNS = (
    "title", "start", "end", "zone", "place", "coordinates", "about", "link", "organiser", "topics", "status",
    "repeats", "uid", "attendance mode",
)  # fmt: skip
MAX_OCCURRENCES = 400
MAX_REPEATS_S = 20.0
"""Processor time for all repeating events of a calendar: days of some short rules are found slowly or never."""
_MAX_EVENTS = 20_000
_MAX_REMARKS = 20
_DASHED = re.compile(
    r"(?mi)^((?:DTSTART|DTEND|EXDATE|RECURRENCE-ID)[^:\n]*:)(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(Z)?)?"
)
_QUOTED = re.compile(
    r"(?mi)^([A-Z-]+)(?:;[^:\n]*)?;?ENCODING=QUOTED-PRINTABLE(?:;[^:\n]*)?:((?:[^\n]*=\r?\n)*[^\n\r]*)"
)
_AHEAD = timedelta(days=370)


def is_calendar(content: bytes) -> bool:
    """Return whether a file is an iCalendar file."""
    return b"BEGIN:VCALENDAR" in content[:1000].upper()


def read_calendar(content: bytes) -> Opened:
    """Read the events of a calendar.

    A recurring event gives one row per day, at most 400. If it has no end, it stops one year after today (or after its
    first day, if that is later). One that repeats within a day, or after 20 seconds of processor time for all of them,
    gives its first day only. All rows of an event contain its number in the file.

    Raises
    ------
    IntakeError
        If the file is damaged or contains no events.
    """
    text, remark = decode(content)
    remarks = [remark] if remark else []
    try:
        calendars = Calendar.from_ical(_with_errors_corrected(text), multiple=True)
        rows: list[tuple[int, tuple[str, ...]]] = []
        number, until_s = 0, time.thread_time() + MAX_REPEATS_S
        for calendar in calendars:
            zone = str(calendar.get("X-WR-TIMEZONE", ""))
            is_cancelled = str(calendar.get("METHOD", "")).upper() == "CANCEL"
            moved = _moved_days(calendar)
            for event in calendar.walk("VEVENT"):
                number += 1
                if number > _MAX_EVENTS:
                    refuse(
                        phrase(
                            "This calendar has more than {max_events} events; please split it.", max_events=_MAX_EVENTS
                        )
                    )
                if is_cancelled and not _text(event, "STATUS"):
                    event.add("STATUS", "CANCELLED")
                others = moved.get(_text(event, "UID"), frozenset())
                found = list(_occurrences(calendar, event, zone, others, remarks, until_s=until_s))
                rows += [(number, cells) for cells in found]
                remarks += [
                    phrase("Event {number}: {name} cannot be read.", number=number, name=name)
                    for name, _ in event.errors
                    if len(remarks) < _MAX_REMARKS
                ]
    except IntakeError:
        raise
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError) as err:
        refuse(phrase("This calendar is damaged; export it again."), value=str(err))
    if not rows:
        refuse(phrase("This calendar holds no events."))
    name = str(calendars[0].get("X-WR-CALNAME", ""))
    facts = {"name": name} if name else {}
    return Opened("iCalendar", (RawTable("", rows, _COLUMNS, facts),), tuple(remarks))


def _with_errors_corrected(text: str) -> str:
    """Correct the most common format errors of calendars: dashes in dates, values of version 1.0."""
    text = _DASHED.sub(
        lambda m: f"{m[1]}{m[2]}{m[3]}{m[4]}" + (f"T{m[5]}{m[6]}{m[7] or '00'}{m[8] or ''}" if m[5] else ""), text
    )
    return _QUOTED.sub(lambda m: m[1] + ":" + _unquoted(m[2]), text)


def _unquoted(text: str) -> str:
    raw = quopri.decodestring(text.replace("=\r\n", "").replace("=\n", "").encode("latin-1", "replace"))
    return raw.decode("utf-8", "replace").replace("\r\n", "\\n").replace("\n", "\\n")


def _moved_days(calendar: Component) -> dict[str, frozenset[date]]:
    """Return, by UID, the days of recurring events that another entry of the calendar replaces."""
    found: dict[str, set[date]] = {}
    for event in calendar.walk("VEVENT"):
        moved = _get(event, "RECURRENCE-ID")
        if moved is not None and isinstance(getattr(moved, "dt", None), date):
            at = moved.dt
            found.setdefault(_text(event, "UID"), set()).add(at.date() if isinstance(at, datetime) else at)
    return {uid: frozenset(days) for uid, days in found.items()}


def _occurrences(
    calendar: Component,
    event: Component,
    zone: str,
    moved: frozenset[date],
    remarks: list[str],
    *,
    until_s: float,
) -> Iterator[tuple[str, ...]]:
    start = _get(event, "DTSTART")
    if start is None:
        yield _cells(event, None, None, zone, "")
        return
    first = start.dt
    if not isinstance(first, date):
        yield _cells(event, None, None, zone, "")
        return
    if _get(event, "RRULE") is None and _get(event, "RDATE") is None:
        yield _cells(event, first, _end(event, first), zone, "")
        return
    alone = Calendar()
    for part in calendar.walk("VTIMEZONE"):
        alone.add_component(part)
    alone.add_component(event)
    rule = _get(event, "RRULE")
    repeats = rule.to_ical().decode() if rule is not None else "on listed days"
    title = _text(event, "SUMMARY")[:80]
    first_day = first.date() if isinstance(first, datetime) else first
    last = max(first_day, datetime.now(UTC).date()) + _AHEAD
    has_end = rule is not None and ("UNTIL" in rule or "COUNT" in rule)
    has_length = _get(event, "DTEND") is not None or _get(event, "DURATION") is not None
    try:
        if repeats_within_a_day(rule):
            raise ValueError("too often")
        found = list(islice(occurrences_in_order(alone, first, until_s), MAX_OCCURRENCES + 1))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        remarks.append(phrase("How “{title}” repeats cannot be read; only its first day is kept.", title=title))
        yield _cells(event, first, _end(event, first), zone, repeats)
        return
    for count, one in enumerate(found):
        at = _get(one, "DTSTART").dt
        day = at.date() if isinstance(at, datetime) else at
        if not has_end and day > last:
            remarks.append(
                phrase("“{title}” repeats without end; its days until {last} are kept.", title=title, last=last)
            )
            return
        if count == MAX_OCCURRENCES:
            remarks.append(
                phrase(
                    "“{title}” repeats more than {count} times; the first {count} are kept.", title=title, count=count
                )
            )
            return
        if day not in moved:
            yield _cells(one, at, _end(one, at) if has_length else None, zone, repeats)


def _end(event: Component, start: date) -> date | None:
    end = _get(event, "DTEND")
    if end is not None:
        until: date = end.dt
    elif _get(event, "DURATION") is not None:
        until = start + _get(event, "DURATION").dt
    else:
        return None
    if not isinstance(until, datetime) and not isinstance(start, datetime):
        until = max(start, until - timedelta(days=1))  # the end of an all-day event is exclusive
    return until


def _cells(event: Component, start: date | None, end: date | None, zone: str, repeats: str) -> tuple[str, ...]:
    point = _get(event, "GEO")
    organiser = _get(event, "ORGANIZER")
    # The value of ORGANIZER is an e-mail address; only the name may be kept.
    named = str(organiser.params.get("CN", "")) if organiser is not None and hasattr(organiser, "params") else ""
    named = unquote(named) if _PERCENT.search(named) and " " not in named else named  # WordPress writes "Free%20HK"
    return (
        _text(event, "SUMMARY"),
        _moment(start),
        _moment(end),
        _zone(start) or _unknown_zone(event) or zone,
        _text(event, "LOCATION"),
        f"{point.latitude}, {point.longitude}" if point is not None else _apple_point(event),
        _text(event, "DESCRIPTION"),
        _text(event, "URL"),
        "" if "@" in named else named,
        _categories(event),
        _text(event, "STATUS"),
        repeats,
        _text(event, "UID"),
        _attendance(event),
    )


def _attendance(event: Component) -> str:
    """Return the attendance mode from our own export; a meeting address without a place means online.

    Calendar programs also add meeting addresses to events at a place, so that these prove nothing there.
    """
    stated = _text(event, "X-RALLYMAP-ATTENDANCE-MODE")
    has_meeting = any(_get(event, name) is not None for name in ("CONFERENCE", "X-GOOGLE-CONFERENCE"))
    return stated or ("online" if has_meeting and not _text(event, "LOCATION") else "")


def _apple_point(event: Component) -> str:
    stated = str(_get(event, "X-APPLE-STRUCTURED-LOCATION") or "")
    return stated.removeprefix("geo:") if stated.startswith("geo:") else ""


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


def _unknown_zone(event: Component) -> str:
    """Return the time zone of the start if it is unknown, for a note; otherwise ""."""
    start = _get(event, "DTSTART")
    is_local = start is not None and isinstance(start.dt, datetime) and start.dt.tzinfo is None
    return str(start.params.get("TZID", "")) if is_local else ""


def _zone(value: date | None) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        return ""
    name = getattr(value.tzinfo, "key", "") or getattr(value.tzinfo, "zone", "") or ""
    return "" if name == "UTC" else str(name)
