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
    # Translators: heads a column of numbers of events.
    rates = (trn("{side}, in {n} day", "{side}, in {n} days", PER_DAYS, side=side.name) for side in (left, right))
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
