"""Figures of what differs: two sides next to each other, the days before and after a happening."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rallymap.language import decimal, list_in_words, mark, number, tr, trn
from rallymap.trends.comparing import PER_DAYS, Comparison
from rallymap.trends.facet_words import column_heading, values_not_shown
from rallymap.trends.figures import Figure
from rallymap.trends.happenings import DAYS, Around
from rallymap.trends.labels import value_in_words

NO_CAUSE: Final = mark("Counts alone: they do not say that one led to the other.")


def figure_of_comparison(comparison: Comparison) -> Figure:
    """Describe two sides by the values of a facet."""
    left, right = comparison.left, comparison.right
    rows = tuple(
        (
            value_in_words(comparison.facet, value),
            on_left,
            on_right,
            _rate(on_left * PER_DAYS / left.days),
            _rate(on_right * PER_DAYS / right.days),
            _difference(on_right * PER_DAYS / right.days - on_left * PER_DAYS / left.days),
        )
        for value, on_left, on_right in comparison.values
    )
    sides = " ".join(
        tr(
            # Translators: {events} is "12 events", {days} is "365 days", {span} is 100.
            "{side}: {events} in {days}, {rate} in {span} days.",
            side=side.name,
            events=trn("{n} event", "{n} events", side.total),
            days=trn("{n} day", "{n} days", side.days),
            rate=_rate(side.rate),
            span=number(PER_DAYS),
        )
        for side in (left, right)
    )
    # Translators: heads a column of numbers of events.
    rates = (tr("{side}, in {days} days", side=side.name, days=number(PER_DAYS)) for side in (left, right))
    left_out = []
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
    return Figure(columns, rows, sides, " ".join(left_out))


def _rate(rate: float) -> str:
    return decimal(rate, places=2)


def _difference(rate: float) -> str:
    return decimal(rate, places=2, signed=True)


def figure_of_around(around: Around, communities: Sequence[str]) -> Figure:
    """Describe events before and after a happening; `communities` says whose events, nothing means all."""
    rows = tuple(around.by_day)
    left_out = ""
    if around.coarse:
        left_out = trn(
            "{n} event left out: not dated closely enough.",
            "{n} events left out: not dated closely enough.",
            around.coarse,
        )
    columns = (tr("Days from the happening"), tr("Events"))
    return Figure(columns, rows, f"{_around_sentence(around, communities)} {tr(NO_CAUSE)}", left_out)


def _around_sentence(around: Around, communities: Sequence[str]) -> str:
    names = list_in_words(value_in_words("communities", name) for name in communities)
    before, after, during, days = map(number, (around.before, around.after, around.during, DAYS))
    numbers = {"before": before, "after": after, "days": days}
    if not communities:
        if not around.during:
            return tr("Events: {before} in the {days} days before, {after} in the {days} days after.", **numbers)
        return tr(
            "Events: {before} in the {days} days before, {after} in the {days} days after, {during} meanwhile.",
            **numbers,
            during=during,
        )
    if not around.during:
        return tr(
            "Events of {communities}: {before} in the {days} days before, {after} in the {days} days after.",
            **numbers,
            communities=names,
        )
    # Translators: numbers of events before, after and during something that happened in a homeland.
    return tr(
        "Events of {communities}: {before} in the {days} days before, {after} in the {days} days after, {during} "
        "meanwhile.",
        **numbers,
        communities=names,
        during=during,
    )
