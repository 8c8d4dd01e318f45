"""Date of an event from separate fields: start, end, precision, times, time zone."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rallymap.dates import PRECISION_LABELS, DatePrecision, EventDate, start_is_missing, time_is_missing
from rallymap.errors import InvalidEventError
from rallymap.intake.field_errors import FieldErrors, read_choice, read_yes_or_no
from rallymap.intake.page_dates import WrittenDate
from rallymap.intake.written_dates import read_date
from rallymap.intake.written_times import is_midnight_at_the_end, read_time
from rallymap.language import tr, weekday_names

_ORDER = list(DatePrecision)
MAX_WEEKEND_DAYS = 4
_MAX_ZONE = 64
_LONGEST_NIGHT = timedelta(hours=12)
"""An end that is later than this after the start is probably a mistake: "10:00" to "1:00" for one o'clock."""


def has_time(fields: Mapping[str, str]) -> bool:
    """Return whether any field may contain a time of day, so that a time zone is needed."""
    return bool(fields.get("start_time") or any(":" in fields.get(name, "") for name in ("date", "start", "end")))


def read_when(fields: Mapping[str, str], errors: FieldErrors, zone: str = "") -> EventDate:
    """Build the date from the fields.

    Parameters
    ----------
    fields
        ``date`` (whole, with its end) or ``start`` and ``end``; ``precision``, ``start_time``, ``end_time``, ``zone``,
        ``approximate``. With the precisions weekend, week, month and year any day within is enough. Without a last day,
        an end time before the start is on the next day.
    errors
        Collects one sentence for each invalid field.
    zone
        Used if ``zone`` is empty.

    Returns
    -------
    when
        An unknown date if there are errors.
    """
    before = len(errors.found)
    name = "date" if fields.get("date") else "start"
    if fields.get("date") and fields.get("start"):
        errors.add("start", tr("The day is in two fields, “date” and “start”; keep one of them."))
    nothing = WrittenDate()
    first = errors.attempt(lambda: read_date(name, fields.get(name, "")), nothing)
    first = _at_place(first, fields.get("zone", "").strip() or zone)
    last = errors.attempt(lambda: read_date("end", fields.get("end", "")), nothing)
    at = errors.attempt(lambda: read_time("start_time", fields.get("start_time", "")), None) or first.start_time
    ends_at_24 = is_midnight_at_the_end(fields.get("end_time", ""))
    until = errors.attempt(lambda: read_time("end_time", "" if ends_at_24 else fields.get("end_time", "")), None) or (
        last.start_time or first.end_time
    )
    if ends_at_24:
        until = time.min
    stated = errors.attempt(
        lambda: read_choice("precision", fields.get("precision", ""), DatePrecision, DatePrecision.UNKNOWN),
        DatePrecision.UNKNOWN,
    )
    if len(errors.found) > before:
        return EventDate.unknown()
    return errors.attempt(
        lambda: _combine(fields, first, last, stated, (at, until), zone, ends_at_24=ends_at_24),
        EventDate.unknown(),
        field_for=lambda field: name if field in ("date", "start") else field,
    )


def _at_place(when: WrittenDate, zone: str) -> WrittenDate:
    """Convert a time with an offset to the time zone of the place; unchanged if the zone is unknown or not needed."""
    try:
        local = when.moment.astimezone(ZoneInfo(zone[:_MAX_ZONE])) if when.moment is not None and zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return when  # the date itself is then refused for its zone
    return when if local is None else replace(when, start=local.date(), end=local.date(), start_time=local.time())


def _combine(
    fields: Mapping[str, str],
    first: WrittenDate,
    last: WrittenDate,
    stated: DatePrecision,
    times: tuple[time | None, time | None],
    zone: str,
    *,
    ends_at_24: bool,
) -> EventDate:
    if first.start is None or first.end is None:
        if last.start:
            raise InvalidEventError("start", tr("There is a last day but no first day; give both, or neither."))
        if fields.get("precision") and stated is not DatePrecision.UNKNOWN:
            raise InvalidEventError("start", start_is_missing())
        if any(times):
            raise InvalidEventError("start_time", tr("There is a time of day but no day; give the day too."))
        return EventDate.unknown()
    start, end = first.start, last.end or first.end
    found = max(first.precision, last.precision if last.start else first.precision, key=_ORDER.index)
    if times[0] is not None and found is DatePrecision.DAY and stated in (DatePrecision.UNKNOWN, DatePrecision.MINUTE):
        found = DatePrecision.MINUTE
    if stated is DatePrecision.UNKNOWN:
        if fields.get("precision"):
            not_known = tr(PRECISION_LABELS[DatePrecision.UNKNOWN])
            sentence = tr("You chose “{option}” but gave a date. Change one of them.", option=not_known)
            raise InvalidEventError("precision", sentence)
        stated = found
    elif stated is DatePrecision.MINUTE and found is DatePrecision.DAY:
        raise InvalidEventError("start_time", time_is_missing())
    elif _ORDER.index(stated) < _ORDER.index(found) and found is not DatePrecision.DAY:
        raise InvalidEventError(
            "precision",
            tr(
                "You chose “{stated}”, but the date gives only this: {found}. Change one of them.",
                stated=tr(PRECISION_LABELS[stated]),
                found=tr(PRECISION_LABELS[found]),
            ),
        )
    EventDate(start, end, DatePrecision.DAY)  # Check order and range before the days are widened.
    start, end = _widen(start, end, stated, single=not last.start)
    if ends_at_24 or (stated is DatePrecision.MINUTE and start == end and not last.start and _ends_next_day(*times)):
        end += timedelta(days=1)
    return EventDate(
        start,
        end,
        stated,
        *times,
        zone=fields.get("zone", "").strip() or first.zone or zone,
        approximate=first.approximate
        or last.approximate
        or read_yes_or_no("approximate", fields.get("approximate", "")),
    )


def _ends_next_day(at: time | None, until: time | None) -> bool:
    """Return whether an event from one time of day to another ends after midnight: 22:00 to 01:30."""
    if at is None or until is None or until >= at:
        return False
    on_a_clock = timedelta(hours=until.hour - at.hour, minutes=until.minute - at.minute)
    return on_a_clock + timedelta(days=1) <= _LONGEST_NIGHT


def _widen(start: date, end: date, precision: DatePrecision, *, single: bool) -> tuple[date, date]:
    """Extend a day within a weekend, week, month or year to the whole of it."""
    match precision:
        case DatePrecision.WEEKEND if start == end and single:
            if start.weekday() < 5:
                raise InvalidEventError(
                    "start",
                    tr(
                        "{day} is a {weekday}; for a weekend give its Saturday, or both its days.",
                        day=start,
                        weekday=weekday_names()[start.weekday()],
                    ),
                )
            saturday = start - timedelta(days=start.weekday() - 5)
            return saturday, saturday + timedelta(days=1)
        case DatePrecision.WEEKEND if (end - start).days >= MAX_WEEKEND_DAYS:
            days, week = (tr(PRECISION_LABELS[option]) for option in (DatePrecision.DAY, DatePrecision.WEEK))
            sentence = tr(
                "{start} to {end} is longer than a weekend; choose “{first}” or “{second}”.",
                start=start,
                end=end,
                first=days,
                second=week,
            )
            raise InvalidEventError("end", sentence)
        case DatePrecision.WEEK if start == end:
            monday = start - timedelta(days=start.weekday())
            return monday, monday + timedelta(days=6)
        case DatePrecision.WEEK if (end - start).days > 6:
            days, month = (tr(PRECISION_LABELS[option]) for option in (DatePrecision.DAY, DatePrecision.MONTH))
            sentence = tr(
                "{start} to {end} is longer than a week; choose “{first}” or “{second}”.",
                start=start,
                end=end,
                first=days,
                second=month,
            )
            raise InvalidEventError("end", sentence)
        case DatePrecision.MONTH:
            return start.replace(day=1), end.replace(day=calendar.monthrange(end.year, end.month)[1])
        case DatePrecision.YEAR:
            return start.replace(month=1, day=1), end.replace(month=12, day=31)
    return start, end
