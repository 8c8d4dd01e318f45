"""Expand a rule such as "every Saturday until June" into dated events."""

from __future__ import annotations

import calendar
import dataclasses
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rallymap.dates import SINGLE_DAY, EventDate
from rallymap.errors import InvalidEventError
from rallymap.events import Event
from rallymap.intake.written_dates import read_date
from rallymap.language import mark_c, tr, trn

MOST = 60
"""Maximum number of events of one rule: more than a year of weekly vigils."""


BY_TIMES = "times"
"""Value of ``repeat_end`` if the repetition ends after a number of dates; with any other value it ends on a day."""


class Repeat(StrEnum):
    """How often an event repeats."""

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
"""Labels for ``trc("does it repeat?", ...)``."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How an event repeats.

    Attributes
    ----------
    until
        Last day, inclusive; None if `times` is given.
    times
        Number of dates, including those in `without`; None if `until` is given.
    without
        First days of the excluded dates.
    """

    repeat: Repeat
    until: date | None = None
    times: int | None = None
    without: Collection[date] = ()


def rule_of_form(fields: Mapping[str, str]) -> Rule:
    """Parse the fields ``repeat``, ``repeat_end``, ``repeat_until``, ``repeat_times`` and ``repeat_without``.

    Raises
    ------
    InvalidEventError
        If the end of the repetition is missing or cannot be parsed.
    """
    repeat = Repeat(fields.get("repeat") or Repeat.NEVER)
    if repeat is Repeat.NEVER:
        return Rule(repeat, times=1)
    without = frozenset(date.fromisoformat(day) for day in fields.get("repeat_without", "").split())
    if fields.get("repeat_end") == BY_TIMES:
        text = fields.get("repeat_times", "").strip()
        if not (text.isdecimal() and len(text) < 4 and int(text) > 0):
            raise InvalidEventError("repeat_times", tr("Please write how often as a number, such as 10."), value=text)
        return Rule(repeat, times=int(text), without=without)
    until = read_date("repeat_until", fields.get("repeat_until", "")).end
    if until is None:
        raise InvalidEventError("repeat_until", tr("Please give the last day of the repetition."))
    return Rule(repeat, until, without=without)


def dates_of_rule(when: EventDate, rule: Rule) -> list[EventDate]:
    """Return the dates of a rule, including the first unless it is excluded.

    Local times stay the same when the clocks change: a vigil at 18:00 is at 18:00 in winter and summer. "The fifth
    Saturday" is skipped in months with four.

    Raises
    ------
    InvalidEventError
        If the date is not a day, `until` is before it, no date is left, or the rule makes more than 60 events.
    """
    if when.start is None or when.end is None or when.precision not in SINGLE_DAY:
        raise InvalidEventError("repeat", tr("Only an event with a known day can repeat."))
    if rule.until is not None and rule.until < when.start:
        raise InvalidEventError("repeat_until", tr("The last day of the repetition is before the first event."))
    length = when.end - when.start
    dates: list[EventDate] = []
    for number, start in enumerate(_starts(when.start, rule.repeat)):
        if number == rule.times or (rule.until is not None and start > rule.until):
            break
        if number == MOST:
            raise InvalidEventError(
                "repeat_times" if rule.times else "repeat_until",
                trn(
                    "This makes more than {n} event; choose an earlier last day and repeat later.",
                    "This makes more than {n} events; choose an earlier last day and repeat later.",
                    MOST,
                ),
            )
        if start not in rule.without:
            dates.append(dataclasses.replace(when, start=start, end=start + length))
    if not dates:
        raise InvalidEventError("repeat_without", tr("Every date is removed; keep at least one."))
    return dates


def events_of_rule(event: Event, rule: Rule) -> list[Event]:
    """Return one event per date of the rule, each with its own id that begins like the first one's.

    The disclosure time moves with the date: it was chosen for one event, and must not disclose where all later ones
    will be.
    """
    begins = event.when.start
    return [
        event.changed(
            id=event.id if number == 0 else f"{event.id[:53]}-{when.start:%Y%m%d}",
            when=when,
            disclosed_from=None if event.disclosed_from is None else event.disclosed_from + (when.start - begins),
        )
        for number, when in enumerate(dates_of_rule(event.when, rule))
        if when.start is not None and begins is not None  # only events with a known day repeat
    ]


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
