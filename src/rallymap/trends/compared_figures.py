"""Figures of comparisons: two sides, and the days before and after a context event."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from rallymap.language import decimal, list_in_words, mark, number, sentences, tr, trn
from rallymap.trends.compared_over_time import ComparedOverTime
from rallymap.trends.comparing import PER_DAYS, Comparison
from rallymap.trends.context_events import DAYS, Around
from rallymap.trends.facet_words import column_heading, values_not_shown
from rallymap.trends.figures import Cell, Figure
from rallymap.trends.labels import bar_in_words, value_in_words
from rallymap.trends.unit_words import unit_name
from rallymap.wording import day_from_epoch, days_in_words

_MAX_PLACES: Final = 6
NO_CAUSE: Final = mark("Counts alone: they do not say that one led to the other.")


def figure_of_comparison(comparison: Comparison) -> Figure:
    """Describe a comparison by the values of a facet."""
    left, right = comparison.left, comparison.right
    rows = tuple(
        (
            value_in_words(comparison.facet, value),
            on_left,
            on_right,
            *_rates_and_difference(on_left * PER_DAYS / left.days, on_right * PER_DAYS / right.days),
        )
        for value, on_left, on_right in comparison.values
    )
    sides = sentences(
        tr(
            # Translators: {events} is "12 events", {days} is "365 days", {rate} a number of events, {span} "100 days".
            "{side}: {events} in {days}, {rate} in {span}.",
            side=side.name,
            events=trn("{n} event", "{n} events", side.total),
            days=trn("{n} day", "{n} days", side.days),
            rate=_rate(side.rate),
            span=trn("{n} day", "{n} days", PER_DAYS),
        )
        for side in (left, right)
    )
    rates = (_rate_heading(side.name) for side in (left, right))
    left_out = []
    record = left.whole_record or right.whole_record
    if record is not None:
        sentence = tr(
            "No period is chosen: days and rates are those of the whole record ({period}), also of years of which "
            "little is recorded. Choose a period to compare rates.",
            period=days_in_words(*map(day_from_epoch, record), short=True),
        )
        left_out.append(sentence)
    if comparison.more_values:
        left_out.append(values_not_shown(comparison.facet, comparison.more_values))
    left_out += [
        trn(
            "{side}: {n} event without any date not counted.",
            "{side}: {n} events without any date not counted.",
            side.undated,
            side=side.name,
        )
        for side in (left, right)
        if side.undated
    ]
    columns = (column_heading(comparison.facet), left.name, right.name, *rates, tr("Difference"))
    return Figure(columns, rows, sides, sentences(left_out))


def figure_of_sides_over_time(compared: ComparedOverTime | None, names: tuple[str, str]) -> Figure:
    """Describe a comparison over time, given the names of both sides; None if no event has a date."""
    if compared is None:
        return Figure((), (), tr("No event fits into a bar."))
    bars = sides_of_bars(compared)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (time_of_bar(compared, at), *counts, *_rates_and_difference(*rates)) for at, (counts, rates) in enumerate(bars)
    )
    columns = (
        unit_name(compared.unit) if compared.unit else tr("Days from the beginning"),
        *names,
        *map(_rate_heading, names),
        tr("Difference"),
    )
    left_out = [
        trn(
            # Translators: {side} is one side of a comparison: a community, a country, a city, a period.
            "{side}: {n} event left out, without a date or not dated closely enough.",
            "{side}: {n} events left out, without a date or not dated closely enough.",
            side.left_out,
            side=name,
        )
        for name, side in zip(names, (compared.left, compared.right), strict=True)
        if side.left_out
    ]
    if not compared.counted:
        return Figure(columns, (), tr("No event fits into a bar."), sentences(left_out))
    left_out += [
        trn(
            # Translators: {time} is a month, a year, a day or "days 1 to 30"; its difference is larger than that of the
            # bar that is called the furthest apart.
            "Only {n} day of {time} is counted; its rates are not compared with those of whole bars.",
            "Only {n} days of {time} are counted; its rates are not compared with those of whole bars.",
            days,
            time=time_of_bar(compared, at),
        )
        for at, days in compared.cut_and_wider()
    ]
    widest = compared.widest()
    rates = bars[widest][1]
    sentence = tr(
        # Translators: {time} is a month, a year, a day or "days 1 to 30"; {left} and {right} are the sides of a
        # comparison, such as communities, each with its number of events in {span}, "100 days".
        "Furthest apart: {time}. {left}: {left_rate} in {span}; {right}: {right_rate}.",
        time=time_of_bar(compared, widest),
        left=names[0],
        right=names[1],
        left_rate=_rate(rates[0]),
        right_rate=_rate(rates[1]),
        span=trn("{n} day", "{n} days", PER_DAYS),
    )
    return Figure(columns, rows, sentence, sentences(left_out))


def sides_of_bars(compared: ComparedOverTime) -> list[tuple[tuple[int, int], tuple[float | None, float | None]]]:
    """Return for each bar its edges, the events of both sides, and their rates."""
    left, right = compared.left, compared.right
    counts = zip(left.counts.tolist(), right.counts.tolist(), strict=True)
    return list(zip(counts, zip(left.rates, right.rates, strict=True), strict=True))


def time_of_bar(compared: ComparedOverTime, at: int) -> str:
    """Format the time of a bar: by the calendar, or "days 1 to 30" of both sides."""
    first, after = compared.edges[at], compared.edges[at + 1]
    if compared.unit:
        return bar_in_words(compared.unit, first)
    if after - first == 1:
        # Translators: the number of a day since a period began.
        return tr("day {day}", day=number(after))
    # Translators: numbers of days since a period began.
    return tr("days {first} to {last}", first=number(first + 1), last=number(after))


def _rate_heading(side: str) -> str:
    # Translators: heads a column of numbers of events.
    return trn("{side}, in {n} day", "{side}, in {n} days", PER_DAYS, side=side)


def _rates_and_difference(left: float | None, right: float | None) -> tuple[str, str, str]:
    """Format the rates of both sides and their difference with the same number of decimal places."""
    places = max(map(_places, (left, right)))
    difference = "–" if left is None or right is None else decimal(right - left, places=places, signed=True)
    return _rate(left, places), _rate(right, places), difference


def _rate(rate: float | None, places: int | None = None) -> str:
    return "–" if rate is None else decimal(rate, places=_places(rate) if places is None else places)


def _places(rate: float | None) -> int:
    """Return how many decimal places show two digits of a rate: one event in 40 years is 0.0068 in 100 days."""
    return min(max(1 - math.floor(math.log10(rate)), 2), _MAX_PLACES) if rate else 2


def figure_of_around(around: Around, communities: Sequence[str]) -> Figure:
    """Describe events before and after a context event in these communities; none means all."""
    rows = tuple(around.by_day)
    left_out = ""
    if around.coarse:
        left_out = trn(
            "{n} event left out: not dated closely enough.",
            "{n} events left out: not dated closely enough.",
            around.coarse,
        )
    columns = (tr("Days from the happening"), tr("Events"))
    return Figure(columns, rows, sentences((_around_sentence(around, communities), tr(NO_CAUSE))), left_out)


def _around_sentence(around: Around, communities: Sequence[str]) -> str:
    names = list_in_words(value_in_words("communities", name) for name in communities)
    numbers = {"before": number(around.before), "after": number(around.after)}
    # Translators: {before}, {after} and {during} are numbers of events around something that happened in a homeland;
    # {n} is how many days.
    if not communities:
        if not around.during:
            return trn(
                "Events: {before} in the {n} day before, {after} in the {n} day after.",
                "Events: {before} in the {n} days before, {after} in the {n} days after.",
                DAYS,
                **numbers,
            )
        return trn(
            "Events: {before} in the {n} day before, {after} in the {n} day after, {during} meanwhile.",
            "Events: {before} in the {n} days before, {after} in the {n} days after, {during} meanwhile.",
            DAYS,
            **numbers,
            during=number(around.during),
        )
    if not around.during:
        return trn(
            "Events of {communities}: {before} in the {n} day before, {after} in the {n} day after.",
            "Events of {communities}: {before} in the {n} days before, {after} in the {n} days after.",
            DAYS,
            **numbers,
            communities=names,
        )
    return trn(
        "Events of {communities}: {before} in the {n} day before, {after} in the {n} day after, {during} meanwhile.",
        "Events of {communities}: {before} in the {n} days before, {after} in the {n} days after, {during} meanwhile.",
        DAYS,
        **numbers,
        communities=names,
        during=number(around.during),
    )
