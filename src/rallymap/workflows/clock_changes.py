"""Detect times of day that do not exist because daylight saving time begins."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rallymap.dates import EventDate
from rallymap.errors import InvalidEventError
from rallymap.language import tr
from rallymap.wording import day_in_words


def check_clock(when: EventDate) -> None:
    """Reject a local time that does not exist at the event's place.

    Raises
    ------
    InvalidEventError
        With a message for the field ``start_time`` or ``end_time``.
    """
    for field, day, time in (("start_time", when.start, when.start_time), ("end_time", when.end, when.end_time)):
        if day is None or time is None or not when.zone:
            continue
        written, zone = datetime.combine(day, time), ZoneInfo(when.zone)
        shown = written.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        if shown != written:
            sentence = tr(
                "There is no {time} on {day} in {zone}: the clocks go forward then. Choose another time.",
                time=f"{time:%H:%M}",
                day=day_in_words(day),
                zone=when.zone,
            )
            raise InvalidEventError(field, sentence, value=f"{time:%H:%M}")
