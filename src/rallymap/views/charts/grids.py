"""Heatmap charts: a calendar, and communities by host city."""

from __future__ import annotations

import json
from typing import Any

import altair as alt

from rallymap.countries import city_name
from rallymap.language import digits, month_names, tr, weekday_names
from rallymap.trends.flows import Flows
from rallymap.trends.labels import bar_in_words, value_in_words
from rallymap.trends.over_time import OverTime
from rallymap.views.charts.theme import PICK, Palette, colour_if, themed
from rallymap.wording import day_from_epoch

CELL_PX = 22
MONTH_PX = 17


def chart_of_months(over_time: OverTime, colours: Palette, *, description: str) -> Any:
    """Return a chart with one cell per month, years from top to bottom; a click gives ``from`` and ``to``."""
    edges = over_time.bins.edges.tolist()
    months = month_names(short=True)
    values = [
        {
            "year": digits(str(day_from_epoch(first).year)),
            "month": months[day_from_epoch(first).month - 1],
            "time": bar_in_words("month", first),
            "from": first,
            "to": beyond - 1,
            "events": int(count),
        }
        for first, beyond, count in zip(edges, edges[1:], over_time.counts.sum(axis=1), strict=False)
    ]
    years = sorted({str(one["year"]) for one in values}, reverse=True)
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_rect(cursor="pointer", stroke=colours.card, strokeWidth=1.5)
        .encode(
            x=alt.X(
                "month:N",
                sort=list(months),
                title=None,
                axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False),
            ),
            y=alt.Y("year:N", sort=years, title=None, axis=alt.Axis(domain=False, ticks=False)),
            color=shade(colours),
            tooltip=[alt.Tooltip("time:N", title=" "), alt.Tooltip("events:Q", title=tr("Events"), format=",")],
        )
        .add_params(alt.selection_point(name=PICK, fields=["from", "to"]))
    )
    return themed(chart, colours, description=description, height=MONTH_PX * len(years) + 24)


def chart_of_days(over_time: OverTime, colours: Palette, *, description: str) -> Any:
    """Return a chart with one cell per day, a column per week, Monday on top; a click gives ``from`` and ``to``."""
    weekdays = weekday_names(short=True)
    values = [
        {
            "week": (day + 3) // 7,
            "weekday": weekdays[(day + 3) % 7],
            "time": bar_in_words("day", day),
            "from": day,
            "to": day,
            "events": int(count),
        }
        for day, count in zip(over_time.bins.edges.tolist(), over_time.counts.sum(axis=1), strict=False)
    ]
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_rect(cursor="pointer", stroke=colours.card, strokeWidth=1.5)
        .encode(
            x=alt.X(
                "week:O",
                title=None,
                axis=alt.Axis(
                    labelExpr=_month_of_week(),
                    labelAngle=0,
                    labelOverlap=False,
                    labelAlign="left",
                    domain=False,
                    ticks=False,
                ),
            ),
            y=alt.Y("weekday:N", sort=list(weekdays), title=None, axis=alt.Axis(domain=False, ticks=False)),
            color=shade(colours),
            tooltip=[alt.Tooltip("time:N", title=" "), alt.Tooltip("events:Q", title=tr("Events"), format=",")],
        )
        .add_params(alt.selection_point(name=PICK, fields=["from", "to"]))
    )
    return themed(chart, colours, description=description, height=CELL_PX * 7 + 24)


def chart_of_flows(flows: Flows, colours: Palette, *, description: str) -> Any:
    """Return a chart of communities by host city; a click gives the ``community`` and the ``city``."""
    values = [
        {
            "community": community,
            "city": city,
            "people": value_in_words("communities", community),
            "name": value_in_words("cities", city),
            "events": int(flows.counts[row, column]),
            "row": row,
            "column": column,
        }
        for row, community in enumerate(flows.communities)
        for column, city in enumerate(flows.cities)
    ]
    shown = json.dumps({city: _without_country(city) for city in flows.cities})
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X(
            "city:N",
            sort=alt.EncodingSortField("column", op="min"),
            title=None,
            axis=alt.Axis(
                orient="top",
                labelAngle=-45,
                labelLimit=110,
                labelExpr=f"{shown}[datum.label]",
                domain=False,
                ticks=False,
            ),
        ),
        y=alt.Y(
            "people:N",
            sort=alt.EncodingSortField("row", op="min"),
            title=None,
            axis=alt.Axis(domain=False, ticks=False, labelColor=colours.ink, labelLimit=120, labelFontSize=13),
        ),
        tooltip=[
            alt.Tooltip("people:N", title=tr("Community")),
            alt.Tooltip("name:N", title=tr("City")),
            alt.Tooltip("events:Q", title=tr("Events"), format=","),
        ],
    )
    cells = (
        base.mark_rect(cursor="pointer", stroke=colours.card, strokeWidth=1.5)
        .encode(color=shade(colours))
        .add_params(alt.selection_point(name=PICK, fields=["community", "city"]))
    )
    most = int(flows.counts.max()) if flows.counts.size else 0
    numbers = (
        base.transform_filter("datum.events > 0")
        .mark_text(fontSize=12)
        .encode(
            text=alt.Text("events:Q", format=","),
            color=colour_if(f"datum.events > {most * 0.45}", colours.card, colours.ink),
        )
    )
    return themed(cells + numbers, colours, description=description, height=26 * max(1, len(flows.communities)) + 70)


def shade(colours: Palette) -> Any:
    """Return a colour scale from the page's tint to its accent; an empty cell is as pale as the page."""
    scale = {"type": "sqrt", "range": [colours.tint, colours.accent], "domainMin": 0}
    many = {"field": "events", "type": "quantitative", "scale": scale, "legend": None}
    return colour_if("datum.events > 0", many, colours.paper)


def _without_country(city: str) -> str:
    name, _, country = city.rpartition(", ")
    return city_name(name, country) if name else city


def _month_of_week() -> str:
    """Return an expression for the label of a week: the month that begins in it."""
    monday = "(datum.value * 7 - 3) * 86400000"
    return f"utcdate({monday}) <= 7 ? utcFormat({monday}, '%b') : ''"
