"""Charts of the page Data quality."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import Any

import altair as alt

from rallymap.language import digits, number, percent, tr
from rallymap.trends.labels import value_in_words
from rallymap.trends.quality import Coverage, Share
from rallymap.views.charts.bars import BAR_PX
from rallymap.views.charts.grids import shade
from rallymap.views.charts.names import name_axis
from rallymap.views.charts.theme import Palette, themed

ROW_PX = 18
_LABEL_CHARS = 28
"""Maximum length of a label line next to the bars on a phone."""
_LINE_PX = 12
_MARKS = (0, 0.5, 1)
"""Shares with a grid line."""


def chart_of_shares(shares: tuple[Share, ...], colours: Palette, *, description: str) -> Any:
    """Return a chart with a bar per share, by its percentage."""
    values = [
        {
            "name": tr(share.name),
            "lines": "\n".join(wrap(tr(share.name), _LABEL_CHARS)),
            "rank": at,
            "share": share.count / share.of if share.of else 0,
            "percent": share.percent,
            "words": tr("{part} of {whole}", part=number(share.count), whole=number(share.of)),
        }
        for at, share in enumerate(shares)
    ]
    most_lines = max((str(value["lines"]).count("\n") + 1 for value in values), default=1)
    # Vega aligns the first line with the bar, and the next one would overlap the label below.
    offsets = [
        {"test": f"length(split(datum.label, '\\n')) == {lines}", "value": -_LINE_PX * (lines - 1) / 2}
        for lines in range(2, most_lines + 1)
    ]
    middle: Any = {"condition": offsets, "value": 0} if offsets else 0
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y(
            "lines:N",
            sort=alt.EncodingSortField("rank", op="min"),
            title=None,
            axis=alt.Axis(
                labelExpr="split(datum.label, '\\n')",
                labelLimit=190,
                labelLineHeight=_LINE_PX,
                labelOffset=middle,
                labelColor=colours.ink,
                domain=False,
                ticks=False,
                labelFontSize=13,
            ),
        ),
        x=alt.X(
            "share:Q",
            title=None,
            scale=alt.Scale(domain=[0, 1.22], nice=False),
            axis=alt.Axis(values=list(_MARKS), labelExpr=_axis_labels(), domain=False, ticks=False),
        ),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("words:N", title=tr("Events"))],
    )
    bars = base.mark_bar(color=colours.accent, height={"band": 0.72}, cornerRadiusEnd=2)
    numbers = base.mark_text(align="left", dx=5, color=colours.soft, fontSize=12).encode(text=alt.Text("percent:N"))
    return themed(
        bars + numbers,
        colours,
        description=description,
        height=max(BAR_PX, _LINE_PX * most_lines + 4) * len(values) + 40,
    )


def _axis_labels() -> str:
    """Return Vega's expression for the labels of the lines; Vega's own format can only append a percent sign."""
    first, *others = _MARKS
    words = json.dumps(percent(first))
    for mark in others:
        words = f"datum.value == {mark} ? {json.dumps(percent(mark))} : {words}"
    return words


def chart_of_coverage(coverage: Coverage, colours: Palette, *, description: str) -> Any:
    """Return a chart with one cell per country and year; an empty one is as pale as the page."""
    values = [
        {
            "country": value_in_words("countries", code),
            "rank": row,
            "year": digits(str(year)),
            "events": int(coverage.counts[row, column]),
            "looked": tr("yes") if coverage.looked[row, column] else tr("not recorded"),
            "is_looked": bool(coverage.looked[row, column]),
        }
        for row, code in enumerate(coverage.countries)
        for column, year in enumerate(coverage.years)
    ]
    x, y = _axes(colours)
    cells = (
        alt.Chart(alt.InlineData(values=values))
        .mark_rect(stroke=colours.card, strokeWidth=1)
        .encode(
            x=x,
            y=y,
            color=shade(colours),
            tooltip=[
                alt.Tooltip("country:N", title=" "),
                alt.Tooltip("year:O", title=tr("Year")),
                alt.Tooltip("events:Q", title=tr("Events"), format=","),
                alt.Tooltip("looked:N", title=tr("Looked at")),
            ],
        )
    )
    # Ink with a paper-coloured outline is visible on pale and dark cells.
    dots = (
        alt.Chart(alt.InlineData(values=[value for value in values if value["is_looked"]]))
        .mark_circle(size=26, color=colours.ink, stroke=colours.card, strokeWidth=1, opacity=1, tooltip=None)
        .encode(x=x, y=y)
    )
    chart = cells + dots if coverage.looked.any() else cells
    return themed(chart, colours, description=description, height=ROW_PX * max(1, len(coverage.countries)) + 24)


def _axes(colours: Palette) -> tuple[alt.X, alt.Y]:
    return (
        alt.X(
            "year:O",
            title=None,
            axis=alt.Axis(orient="top", labelAngle=0, labelOverlap=True, labelSeparation=6, domain=False, ticks=False),
        ),
        alt.Y(
            "country:N",
            sort=alt.EncodingSortField("rank", op="min"),
            title=None,
            axis=name_axis(colours, font_px=11, line_px=10),
        ),
    )
