"""Bar charts: events over time, facet values, weekdays, crowds, days around a context event."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from textwrap import wrap
from typing import Any

import altair as alt

from rallymap.language import compact, digits, number, tr, trn, weekday_names
from rallymap.trends.context_events import DAYS, Around
from rallymap.trends.crowds import Crowds
from rallymap.trends.labels import bar_in_words, range_in_words, value_in_words
from rallymap.trends.over_time import OverTime, Weekdays
from rallymap.trends.rankings import Ranking
from rallymap.views.charts.locale import time_label
from rallymap.views.charts.names import name_axis, row_height
from rallymap.views.charts.theme import MS_PER_DAY, PICK, TIME_TICKS, Palette, colour_if, group_colours, themed

BAR_PX = 24
LETTER_PX = 7
TITLE_CHARS = 40
"""Characters per line in the title of a vertical axis."""
FEW_BARS = 120


def chart_over_time(over_time: OverTime, facet: str | None, colours: Palette, *, description: str) -> Any:
    """Return a chart of events by time bin, stacked by group; a click gives ``from`` and ``to`` as days since 1970."""
    names = [value_in_words(facet, name) if facet else tr("Events") for name in over_time.groups]
    encoding: dict[str, Any] = {
        "x": alt.X(
            "begin:T",
            scale=alt.Scale(type="utc", nice=False),
            axis=alt.Axis(
                title=None,
                labelExpr=time_label(over_time.bins.unit),
                labelOverlap=True,
                labelFlush=True,
                grid=False,
                tickCount=TIME_TICKS,
            ),
        ),
        "x2": alt.X2("end:T"),
        "y": alt.Y(
            "bottom:Q", title=tr("Events"), axis=alt.Axis(tickMinStep=1, domain=False, ticks=False, tickCount=5)
        ),
        "y2": alt.Y2("top:Q"),
        "tooltip": [alt.Tooltip("time:N", title=tr("Time")), alt.Tooltip("events:Q", title=tr("Events"), format=",")],
    }
    gap = 0.5 if len(over_time.bins) <= FEW_BARS else 0  # between many thin bars, gaps would hide their colour
    if facet:
        colour = alt.Scale(domain=names, range=group_colours(colours, over_time.groups))
        encoding["color"] = alt.Color("group:N", scale=colour, legend=alt.Legend())
        encoding["tooltip"].insert(1, alt.Tooltip("group:N", title=" "))
    chart = (
        alt.Chart(alt.InlineData(values=_stacked(over_time, names)))
        .mark_bar(color=colours.accent, stroke=colours.card, strokeWidth=gap, cursor="pointer")
        .encode(**encoding)
        .add_params(alt.selection_point(name=PICK, fields=["from", "to"]))
    )
    return themed(chart, colours, description=description, height=240)


def _stacked(over_time: OverTime, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return one value per bar and group; an empty bar gets height 0, so that it stays on the axis."""
    edges, counts = over_time.bins.edges.tolist(), over_time.counts
    tops = counts.cumsum(axis=1)
    return [
        {
            "begin": edges[at] * MS_PER_DAY,
            "end": edges[at + 1] * MS_PER_DAY,
            "from": edges[at],
            "to": edges[at + 1] - 1,
            "time": bar_in_words(over_time.bins.unit, edges[at]),
            "group": name,
            "events": int(counts[at, order]),
            "bottom": int(tops[at, order] - counts[at, order]),
            "top": int(tops[at, order]),
        }
        for at in range(len(over_time.bins))
        for order, name in enumerate(names)
        if counts[at, order] or not order
    ]


def chart_of_ranking(ranking: Ranking, chosen: Collection[str], colours: Palette, *, description: str) -> Any:
    """Return a chart of a facet's values, most frequent first; a click gives the ``value``; highlights `chosen`."""
    values = [
        {
            "value": value,
            "name": value_in_words(ranking.facet, value),
            "events": count,
            "words": number(count),
            "on": not chosen or value in chosen,
            "rank": at,
        }
        for at, (value, count) in enumerate(ranking.counts)
    ]
    most = max((count for _, count in ranking.counts), default=1)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y(
            "name:N",
            sort=alt.EncodingSortField("rank", op="min"),
            title=None,
            axis=name_axis(colours),
        ),
        x=alt.X("events:Q", title=None, axis=None, scale=alt.Scale(domain=[0, most * 1.15], nice=False)),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("events:Q", title=tr("Events"), format=",")],
    )
    bars = (
        base.mark_bar(cursor="pointer", height=round(BAR_PX * 0.72), cornerRadiusEnd=2)
        .encode(color=colour_if("datum.on", colours.accent, colours.rest))
        .add_params(alt.selection_point(name=PICK, fields=["value"]))
    )
    numbers = base.mark_text(align="left", dx=5, color=colours.soft, fontSize=12).encode(text=alt.Text("words:N"))
    row_px = row_height((str(one["name"]) for one in values), BAR_PX)
    return themed(bars + numbers, colours, description=description, height=row_px * max(1, len(values)) + 8)


def chart_of_weekdays(weekdays: Weekdays, colours: Palette, *, description: str) -> Any:
    """Return a chart of events by weekday, Monday first."""
    short_names = weekday_names(short=True)
    values = [
        {"day": day, "short": short, "events": count}
        for day, short, count in zip(weekday_names(), short_names, weekdays.counts, strict=True)
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X(
            "short:N",
            sort=list(short_names),
            title=None,
            axis=alt.Axis(labelExpr=_day_label(short_names), labelAngle=0, ticks=False),
        ),
        y=alt.Y("events:Q", title=tr("Events"), axis=alt.Axis(tickMinStep=1, domain=False, ticks=False, tickCount=4)),
        tooltip=[alt.Tooltip("day:N", title=" "), alt.Tooltip("events:Q", title=tr("Events"), format=",")],
    )
    bars = base.mark_bar(color=colours.accent, width={"band": 0.7}, cornerRadiusEnd=2)
    numbers = base.mark_text(dy=-7, color=colours.soft, fontSize=12).encode(text=alt.Text("events:Q", format=","))
    return themed(bars + numbers, colours, description=description, height=240)


def _day_label(short_names: Sequence[str]) -> str:
    """Return an expression for the label of a weekday; only its first letter if there is no room for names.

    In some languages even the short names are whole words.
    """
    letters = json.dumps(dict(zip(short_names, weekday_names(narrow=True), strict=True)))
    needed_px = len(short_names) * (max(map(len, short_names)) * LETTER_PX + LETTER_PX)
    return f"width < {needed_px} ? {letters}[datum.label] : datum.label"


def chart_of_crowds(crowds: Crowds, colours: Palette, *, description: str) -> Any:
    """Return a chart with the range of crowd estimates per year: sum of the lowest to sum of the highest.

    The axis is logarithmic, because yearly sums differ by factors of a thousand.
    """
    values = [
        {
            "year": digits(one.name),
            "low": max(one.low, 1),
            "high": max(one.high, 1),
            "words": range_in_words(one.low, one.high),
            "known": tr("{part} of {whole}", part=number(one.with_numbers), whole=number(one.events)),
        }
        for one in crowds.by_year
        if one.with_numbers
    ]
    known = [int(one.name) for one in crowds.by_year if one.with_numbers]
    # Years without a number keep their place, so that the axis is regular.
    years = [digits(str(year)) for year in range(known[0], known[-1] + 1)] if known else []
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X(
            "year:O",
            title=None,
            scale=alt.Scale(domain=years),
            axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False),
        ),
        tooltip=[
            alt.Tooltip("year:N", title=tr("Year")),
            alt.Tooltip("words:N", title=tr("People")),
            alt.Tooltip("known:N", title=tr("Events with numbers")),
        ],
    )
    marks = {10**power: compact(10**power) for power in range(10)}
    axis = alt.Axis(labelExpr=f"{json.dumps(marks)}[datum.value]", domain=False, ticks=False, values=list(marks))
    scale = alt.Scale(type="log", nice=True)
    span = base.mark_bar(color=colours.accent, opacity=0.35, width={"band": 0.7}).encode(
        # Translators: an axis: the lowest and the highest number of people that sources give, on a logarithmic scale.
        y=alt.Y(
            "low:Q", title=wrap(tr("People, lowest to highest (logarithmic)"), TITLE_CHARS), axis=axis, scale=scale
        ),
        y2="high:Q",
    )
    ends = [
        base.mark_tick(color=colours.accent, thickness=2.5, width={"band": 0.7}).encode(
            y=alt.Y(f"{end}:Q", scale=scale)
        )
        for end in ("low", "high")
    ]
    return themed(alt.layer(span, *ends), colours, description=description, height=240)


def chart_around(around: Around, colours: Palette, *, description: str) -> Any:
    """Return a chart of events by day before and after a context event, which is day 0."""
    values = [{"day": day, "events": count, "words": _day_in_words(day)} for day, count in around.by_day]
    bars = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(color=colours.accent, width=5)
        .encode(
            x=alt.X(
                "day:Q",
                title=tr("Days before and after"),
                scale=alt.Scale(domain=[-DAYS - 1, DAYS + 1], nice=False),
                axis=alt.Axis(values=[-30, -20, -10, 0, 10, 20, 30], grid=False),
            ),
            y=alt.Y(
                "events:Q", title=tr("Events"), axis=alt.Axis(tickMinStep=1, domain=False, ticks=False, tickCount=4)
            ),
            tooltip=[alt.Tooltip("words:N", title=" "), alt.Tooltip("events:Q", title=tr("Events"))],
        )
    )
    line = (
        alt.Chart(alt.InlineData(values=[{"day": 0}]))
        .mark_rule(color=colours.context, strokeDash=[4, 3])
        .encode(x="day:Q")
    )
    return themed(line + bars, colours, description=description, height=180)


def _day_in_words(day: int) -> str:
    if not day:
        return tr("during the happening")
    # Translators: before or after something that happened.
    return trn("{n} day before", "{n} days before", -day) if day < 0 else trn("{n} day after", "{n} days after", day)
