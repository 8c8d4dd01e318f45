"""Find the days of a repeating event of a calendar in bounded time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component

_WITHIN_A_DAY = ("SECONDLY", "MINUTELY", "HOURLY")
_SPAN = timedelta(days=100)
_FURTHEST = timedelta(days=150 * 366)


def occurrences_in_order(alone: Calendar, first: date, until_s: float) -> Iterator[Component]:
    """Yield the occurrences of the one event of a calendar from its first day on, up to 150 years later.

    The library's own iterator searches every quarter of an hour while an event of a whole day lasts, which takes
    minutes for a year.

    Parameters
    ----------
    until_s
        Processor time of this thread at which to stop.

    Raises
    ------
    ValueError
        If the processor time is used up.
    """
    query, span, start = recurring_ical_events.of(alone), _SPAN, first
    seen: set[date] = set()
    while start < first + _FURTHEST:
        if time.thread_time() > until_s:
            raise ValueError("no time left")
        found = query.between(start, start + span)
        for one in sorted(found, key=lambda one: one.start.isoformat()):
            if one.start not in seen:
                seen.add(one.start)
                yield one
        start += span
        span = _SPAN if found else span * 2


def repeats_within_a_day(rule: Any) -> bool:
    """Return whether an event repeats every hour or more often: no gathering does, but a file can ask for billions."""
    rules = rule if isinstance(rule, list) else [rule] if rule is not None else []
    return any(str(part).upper() in _WITHIN_A_DAY for one in rules for part in one.get("FREQ", ()))
