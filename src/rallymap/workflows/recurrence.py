"""Turn a rule such as "every Saturday until June" into dated events."""

from __future__ import annotations

import calendar
import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import InvalidEventError
from rallymap.events import Event
from rallymap.language import mark_c, tr, trn

MOST = 60
"""Events that one rule may make: more than a year of weekly vigils."""


class Repeat(StrEnum):
    """How often an event comes again."""

    NEVER = "never"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


REPEAT_WORDS = {
    Repeat.NEVER: mark_c("does it repeat?", "no"),
    Repeat.WEEKLY: mark_c("does it repeat?", "every week, on the same weekday"),
    Repeat.FORTNIGHTLY: mark_c("does it repeat?", "every two weeks, on the same weekday"),
    Repeat.MONTHLY: mark_c("does it repeat?", "every month, on the same weekday of the month"),
}
"""Said with ``trc("does it repeat?", ...)``."""


def dates_of_rule(when: EventDate, repeat: Repeat, until: date) -> list[EventDate]:
    """Return the dates a rule makes, the first one included.

    Local times stay what they are over a change of the clocks: a vigil at 18:00 is at 18:00 in winter and summer.
    "The fifth Saturday" is left out in months that have four.

    Parameters
    ----------
    until
        Last day, inclusive.

    Raises
    ------
    InvalidEventError
        If the date is not a day, `until` is before it, or the rule makes more than 60 events.
    """
    if when.start is None or when.end is None or when.precision not in (DatePrecision.DAY, DatePrecision.MINUTE):
        raise InvalidEventError("repeat", tr("Only an event with a known day can repeat."))
    if until < when.start:
        raise InvalidEventError("repeat_until", tr("The last day of the repetition is before the first event."))
    length = when.end - when.start
    dates: list[EventDate] = []
    for start in _starts(when.start, repeat):
        if start > until:
            break
        if len(dates) == MOST:
            raise InvalidEventError(
                "repeat_until",
                trn(
                    "This makes more than {n} event; choose an earlier last day and repeat later.",
                    "This makes more than {n} events; choose an earlier last day and repeat later.",
                    MOST,
                ),
            )
        dates.append(dataclasses.replace(when, start=start, end=start + length))
    return dates


def events_of_rule(event: Event, repeat: Repeat, until: date) -> list[Event]:
    """Return the event once for each date of the rule, each with an id of its own that begins like the first one's.

    The time from which the exact location is public moves with the date: it is chosen for one event, and must not
    disclose where all later ones will be.
    """
    first, *others = dates_of_rule(event.when, repeat, until)
    assert first.start is not None  # noqa: S101 - only events with a known day repeat
    again = (
        event.changed(
            id=f"{event.id[:53]}-{when.start:%Y%m%d}",
            when=when,
            disclosed_from=None if event.disclosed_from is None else event.disclosed_from + (when.start - first.start),
        )
        for when in others
        if when.start is not None
    )
    return [event.changed(when=first), *again]


def _starts(first: date, repeat: Repeat) -> Iterator[date]:
    if repeat is Repeat.NEVER:
        yield first
        return
    if repeat is Repeat.MONTHLY:
        yield from _same_weekday_each_month(first)
        return
    step = timedelta(days=7 if repeat is Repeat.WEEKLY else 14)
    day = first
    while True:
        yield day
        day += step


def _same_weekday_each_month(first: date) -> Iterator[date]:
    nth = (first.day - 1) // 7
    month = first.year * 12 + first.month - 1
    while True:
        year, index = divmod(month, 12)
        start, days = calendar.monthrange(year, index + 1)
        day = 1 + (first.weekday() - start) % 7 + 7 * nth
        if day <= days:
            yield date(year, index + 1, day)
        month += 1
