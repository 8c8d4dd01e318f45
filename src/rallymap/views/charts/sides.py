"""The chart of two sides next to each other."""

from __future__ import annotations

from typing import Any

import altair as alt

from rallymap.language import tr, trn
from rallymap.trends.comparing import PER_DAYS, Comparison
from rallymap.trends.labels import value_in_words
from rallymap.views.charts.theme import Palette, dressed

VALUE_PX = 38


def chart_of_sides(comparison: Comparison, colours: Palette, *, description: str) -> Any:
    """Draw two bars for each value: events in 100 days on the left side, and on the right one."""
    sides = (comparison.left, comparison.right)
    values = [
        {
            "value": value_in_words(comparison.facet, value),
            "rank": at,
            "side": side.name,
            "order": order,
            "rate": counts[order] * PER_DAYS / side.days,
            "events": counts[order],
        }
        for at, (value, *counts) in enumerate(comparison.values)
        for order, side in enumerate(sides)
    ]
    names = [side.name for side in sides]
    chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            y=alt.Y(
                "value:N",
                sort=alt.EncodingSortField("rank", op="min"),
                title=None,
                axis=alt.Axis(labelLimit=150, labelColor=colours.ink, domain=False, ticks=False, labelFontSize=13),
                scale=alt.Scale(paddingInner=0.25),
            ),
            yOffset=alt.YOffset("order:O"),
            x=alt.X(
                "rate:Q",
                title=trn("Events in {n} day", "Events in {n} days", PER_DAYS),
                axis=alt.Axis(domain=False, ticks=False, tickCount=5),
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
    return dressed(chart, colours, description=description, height=VALUE_PX * max(1, len(comparison.values)) + 60)
