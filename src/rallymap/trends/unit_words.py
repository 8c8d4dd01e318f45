"""Whole sentences about time bins for each unit: day, week, month, year."""

from __future__ import annotations

from typing import Final

from rallymap.language import mark_c, number, sentences, tr, trc, trn
from rallymap.trends.labels import bar_in_words
from rallymap.wording import day_from_epoch, day_in_words

_NAMES: Final = {
    # Translators: how much time one bar of a chart holds.
    "day": mark_c("unit", "Day"),
    "week": mark_c("unit", "Week"),
    "month": mark_c("unit", "Month"),
    "year": mark_c("unit", "Year"),
}


def unit_name(unit: str) -> str:
    """Return the name of a time unit."""
    return trc("unit", _NAMES[unit])


def fullest_bar(unit: str, events: int, first_day: int) -> str:
    """Say which bar has most events, by its first day, and how many."""
    said, bar = number(events), bar_in_words(unit, first_day)
    match unit:
        case "day":
            # Translators: {events} is a number.
            return tr("Most events in one day: {events}, on {date}.", events=said, date=bar)
        case "week":
            monday = day_in_words(day_from_epoch(first_day))
            return tr("Most events in one week: {events}, in the week of {date}.", events=said, date=monday)
        case "month":
            return tr("Most events in one month: {events}, in {month}.", events=said, month=bar)
    return tr("Most events in one year: {events}, in {year}.", events=said, year=bar)


def events_without_bar(unit: str, coarse: int, undated: int) -> str:
    """Say how many events have no bar: dated too imprecisely, or undated; "" for none."""
    parts = [_too_coarse(unit, coarse)] if coarse else []
    if undated:
        parts.append(trn("{n} event without any date.", "{n} events without any date.", undated))
    return sentences(parts)


def _too_coarse(unit: str, n: int) -> str:
    match unit:
        case "day":
            return trn(
                "{n} event left out: not dated closely enough for one day.",
                "{n} events left out: not dated closely enough for one day.",
                n,
            )
        case "week":
            return trn(
                "{n} event left out: not dated closely enough for one week.",
                "{n} events left out: not dated closely enough for one week.",
                n,
            )
        case "month":
            return trn(
                "{n} event left out: not dated closely enough for one month.",
                "{n} events left out: not dated closely enough for one month.",
                n,
            )
    return trn(
        "{n} event left out: not dated closely enough for one year.",
        "{n} events left out: not dated closely enough for one year.",
        n,
    )
