"""The charts of two sides: by the values of a facet, and over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from rallymap.language import in_page_direction, tr, trn
from rallymap.trends.compared_figures import sides_of_bars, time_of_bar
from rallymap.trends.compared_over_time import ComparedOverTime
from rallymap.trends.comparing import PER_DAYS, Comparison
from rallymap.trends.labels import value_in_words
from rallymap.views.charts.locale import time_label
from rallymap.views.charts.names import name_axis
from rallymap.views.charts.theme import MS_PER_DAY, TIME_TICKS, Palette, themed

VALUE_PX = 38


def chart_of_sides(comparison: Comparison, colours: Palette, *, description: str) -> Any:
    """Return a chart with two bars per value: events per 100 days on the left side, and on the right one."""
    sides = (comparison.left, comparison.right)
    names = [in_page_direction(side.name) for side in sides]  # a period begins with a digit
    values = [
        {
            "value": value_in_words(comparison.facet, value),
            "rank": at,
            "side": names[order],
            "order": order,
            "rate": counts[order] * PER_DAYS / side.days,
            "events": counts[order],
        }
        for at, (value, *counts) in enumerate(comparison.values)
        for order, side in enumerate(sides)
    ]
    most = max(
        (counts[order] / side.days for _, *counts in comparison.values for order, side in enumerate(sides)), default=1
    )
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            y=alt.Y(
                "value:N",
                sort=alt.EncodingSortField("rank", op="min"),
                title=None,
                axis=name_axis(colours),
                scale=alt.Scale(paddingInner=0.25),
            ),
            yOffset=alt.YOffset("order:O"),
            x=alt.X(
                "rate:Q",
                title=trn("Events in {n} day", "Events in {n} days", PER_DAYS),
                # The last label has room next to it.
                scale=alt.Scale(domain=[0, 1.08 * PER_DAYS * most], nice=False),
                axis=alt.Axis(domain=False, ticks=False, tickCount=5, labelFlush=True, labelOverlap=True),
            ),
            color=alt.Color(
                "side:N",
                scale=alt.Scale(domain=names, range=list(colours.groups[:2])),
                legend=alt.Legend(columns=1, labelLimit=300),
            ),
            tooltip=[
                alt.Tooltip("value:N", title=" "),
                alt.Tooltip("side:N", title=" "),
                alt.Tooltip("events:Q", title=tr("Events"), format=","),
                alt.Tooltip("rate:Q", title=trn("In {n} day", "In {n} days", PER_DAYS), format=".2f"),
            ],
        )
    )
    return themed(chart, colours, description=description, height=VALUE_PX * max(1, len(comparison.values)) + 60)


def chart_of_sides_over_time(
    compared: ComparedOverTime, names: tuple[str, str], colours: Palette, *, description: str
) -> Any:
    """Return a step chart with a line per side, events per 100 days, and their difference as a pale area."""
    is_calendar = bool(compared.unit)
    sides = [in_page_direction(name) for name in names]
    bars = [
        {
            "begin": _moment(compared.edges[at], is_calendar=is_calendar),
            "end": _moment(compared.edges[at + 1], is_calendar=is_calendar),
            "time": time_of_bar(compared, at),
            "left": rates[0],
            "right": rates[1],
        }
        for at, (_, rates) in enumerate(sides_of_bars(compared))
    ]
    labels: dict[str, Any] = {"labelExpr": time_label(compared.unit)} if is_calendar else {}
    axis = alt.Axis(
        title=None if is_calendar else tr("Days from the beginning"),
        labelOverlap=True,
        labelFlush=True,
        grid=False,
        tickCount=TIME_TICKS,
        **labels,
    )
    x = (
        alt.X("begin:T", scale=alt.Scale(type="utc", nice=False), axis=axis)
        if is_calendar
        else alt.X("begin:Q", scale=alt.Scale(nice=False), axis=axis)
    )
    y: dict[str, Any] = {
        "title": trn("Events in {n} day", "Events in {n} days", PER_DAYS),
        "axis": alt.Axis(domain=False, ticks=False, tickCount=5),
    }
    both = [bar for bar in bars if bar["left"] is not None and bar["right"] is not None]
    between = (
        alt.Chart(alt.InlineData(values=both))
        .mark_rect(color=colours.rest, opacity=0.3)
        .encode(x=x, x2="end", y=alt.Y("left:Q", **y), y2="right")
    )
    lines = (
        alt.Chart(alt.InlineData(values=_steps(bars, sides)))
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=x,
            y=alt.Y("rate:Q", **y),
            color=alt.Color(
                "side:N",
                scale=alt.Scale(domain=sides, range=list(colours.groups[:2])),
                legend=alt.Legend(columns=1, labelLimit=300),
            ),
        )
    )
    # As high as the chart, so that each bar's tooltip works anywhere above it.
    hover = (
        alt.Chart(alt.InlineData(values=bars))
        .mark_rect(opacity=0)
        .encode(
            x=x,
            x2="end",
            tooltip=[
                alt.Tooltip("time:N", title=" "),
                *(
                    alt.Tooltip(f"{side}:Q", title=name, format=".2f")
                    for side, name in zip(("left", "right"), names, strict=True)
                ),
            ],
        )
    )
    return themed(between + lines + hover, colours, description=description, height=240)


def _moment(day: int, *, is_calendar: bool) -> int:
    return day * MS_PER_DAY if is_calendar else day


def _steps(bars: Sequence[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    """Return the start of each bar of each side, and the end of the last one, where its step ends."""
    values = []
    for key, name in zip(("left", "right"), names, strict=True):
        known = [bar for bar in bars if bar[key] is not None]
        values += [{"begin": bar["begin"], "side": name, "rate": bar[key]} for bar in known]
        values += [{"begin": bar["end"], "side": name, "rate": bar[key]} for bar in known[-1:]]
    return values
