"""Combine the dates of a cell: one day, a range, several separate days, or one of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_points import Point, days_of
from rallymap.intake.cells.date_stamps import UNREADABLE, ReadDate, storable
from rallymap.intake.cells.date_words import BETWEEN, EITHER, Signs
from rallymap.language import joined, phrase

DOUBTFUL = phrase("This is marked as doubtful.")
_ONE_DAY = timedelta(days=1)
_MAX_EVENTS = 60
Span = tuple[date, date]


def read_span(
    points: list[Point], signs: Signs, rest: str, times: list[time | None], *, each_has_time: bool = False
) -> ReadDate:
    """Combine the dates of a cell into one result.

    Parameters
    ----------
    points
        Complete dates, in the order of the cell.
    signs
        The normalised cell, and `rest`, the same without the dates.
    times
        Times of day in the cell, in order.
    each_has_time
        Whether each date is followed by its own time.
    """
    spans = [days_of(point) for point in points]
    if len(spans) == 2 and _is_number_behind(points, spans, signs.text):
        words = signs.text[points[1].begin : points[1].stop].strip(" .")
        read = read_span(points[:1], signs, rest, times)
        return replace(read, remark=joined((read.remark, phrase("These words are left out: {words}.", words=words))))
    if None in spans:
        return ReadDate(remark=phrase("This day does not exist."))
    days = [span for span in spans if span is not None]
    start, end = min(day[0] for day in days), max(day[1] for day in days)
    precision = max((day[2] for day in days), key=list(DatePrecision).index)
    remarks = [day[3] for day in days if day[3]]
    gaps = [signs.text[one.stop : two.begin] for one, two in pairwise(points)]
    if EITHER in "".join(gaps):
        return one_of(start, end, precision)
    if any("¤" in gap and not set(gap) & set(",;+-") for gap in gaps):
        return ReadDate(remark=UNREADABLE)  # "12 May instead of 5 May"
    runs = _runs([day[:2] for day in days], gaps, each_has_time=each_has_time)
    is_list = precision is DatePrecision.DAY and len(runs) > 1 and BETWEEN.isdisjoint(signs.unknown)
    if "*" in rest and precision is DatePrecision.DAY and len(days) == 1:
        remarks.append(phrase("The event repeats. Only its first day is recorded."))
        end = start
    elif "*" in rest and not is_list:
        remarks.append(phrase("The event repeats within this time."))
    elif rest.strip().startswith(">") and len(days) == 1:
        remarks.append(phrase("The end is not known."))
    elif rest.strip().startswith("-") and len(days) == 1 and not times:
        remarks.append(phrase("This gives only an end."))
    elif "?" in rest:
        remarks.append(DOUBTFUL)
    if len(days) == 2 and days[1][1] < days[0][0]:
        return ReadDate(remark=phrase("This ends before it starts."))
    if signs.unknown:
        remarks.append(phrase("These words are left out: {words}.", words=" ".join(signs.unknown)[:80]))
    if "*" not in rest and is_other_weekday(ReadDate(start, end), signs):
        remarks.append(phrase("The weekday is not that of {start}.", start=start))
    events = _events_of(runs, times, remarks, each_has_time=each_has_time) if is_list and "~" not in rest else ()
    if len(days) > 2 or is_list:
        remarks.insert(
            0, phrase("There are {count} dates. The time from the first to the last is recorded.", count=len(days))
        )
    at = [one for one in times if one is not None]
    exact = bool(at) and precision is DatePrecision.DAY
    return storable(
        ReadDate(
            start,
            end,
            DatePrecision.MINUTE if exact else precision,
            at[0] if exact else None,
            at[1] if exact and len(at) > 1 else None,
            approximate="~" in rest or DOUBTFUL in remarks,
            remark=joined(dict.fromkeys(remarks)),
            each=events,
        )
    )


def _is_number_behind(
    points: Sequence[Point], spans: Sequence[tuple[date, date, DatePrecision, str] | None], text: str
) -> bool:
    """Return whether the second point is a plain number after a whole date, which is more likely an hour than a day.

    Examples: "4.6.22, 18"; with a word between them only if it is no later day, "22 April 2023, noon to 3".
    """
    first, second = (text[point.begin : point.stop].strip(" .") for point in points)
    if spans[0] is None or spans[0][2] is not DatePrecision.DAY or len(second) > 2 or not second.isdecimal():
        return False
    is_whole = re.search(r"\d{4}$|^\d{4}|[./-]\d{2}$", first) is not None
    is_next = not text[points[0].stop : points[1].begin].strip(" ,;.")
    return is_whole and (is_next or spans[1] is None or spans[1][1] < spans[0][0])


def is_other_weekday(read: ReadDate, signs: Signs) -> bool:
    """Return whether a single day is on a different weekday than its cell names."""
    if read.start is None or read.start != read.end or not signs.weekdays:
        return False
    return read.start.weekday() not in signs.weekdays


def _events_of(
    runs: Sequence[Span], times: Sequence[time | None], remarks: Sequence[str], *, each_has_time: bool
) -> tuple[ReadDate, ...]:
    """Return a date for each of several separate days or ranges, with its own time or the common one."""
    if len(runs) > _MAX_EVENTS:
        return ()
    count = phrase("There are {count} dates. Each is an event of its own.", count=len(runs))
    remark = joined(dict.fromkeys((count, *remarks)))
    at = [one for one in times if one is not None]
    if each_has_time and len(at) != len(runs):
        at = []
    events = []
    for number, (first, last) in enumerate(runs):
        own = at[number : number + 1] if each_has_time else at
        events.append(
            ReadDate(
                first,
                last,
                DatePrecision.MINUTE if own else DatePrecision.DAY,
                own[0] if own else None,
                own[1] if len(own) > 1 else None,
                remark=remark,
            )
        )
    return tuple(events)


def _runs(days: Sequence[Span], gaps: Sequence[str], *, each_has_time: bool) -> list[Span]:
    """Merge days into ranges without gaps, in order; into a single range if most days are adjacent.

    "28, 29 May and 1 June" is one event with a day off; "3, 10 and 17 May" are three events.
    """
    spans = [days[0]]
    is_pair = len(days) == 2
    for (first, last), gap in zip(days[1:], gaps, strict=True):
        if "-" in gap or ("/" in gap and is_pair):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    spans = sorted(set(spans))
    if each_has_time and all(first == last for first, last in spans):
        return spans
    runs = [spans[0]]
    for first, last in spans[1:]:
        if first <= runs[-1][1] + _ONE_DAY:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    adjacent, apart = len(spans) - len(runs), len(runs) - 1
    is_short = runs[-1][1] - runs[0][0] < timedelta(days=7)
    return [(runs[0][0], runs[-1][1])] if adjacent >= apart and is_short else runs


def one_of(start: date, end: date, precision: DatePrecision) -> ReadDate:
    """Return the week, month or year that contains all of several possible days."""
    remark = phrase("There are several possible dates. Only what they share is recorded.")
    if precision is DatePrecision.DAY and start.isocalendar()[:2] == end.isocalendar()[:2]:
        return storable(ReadDate(start, start, DatePrecision.WEEK, remark=remark))
    if (start.year, start.month) == (end.year, end.month):
        return storable(ReadDate(start, end, DatePrecision.MONTH, remark=remark))
    if start.year == end.year:
        return storable(ReadDate(start, end, DatePrecision.YEAR, remark=remark))
    return ReadDate(remark=remark)
