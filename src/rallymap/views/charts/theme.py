"""Colours, type and lines of all charts, in a light and a dark set; the same colours as in ui/page.css."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

FONT: Final = '"Source Sans", "Source Sans 3", sans-serif'
PICK: Final = "pick"
"""Name of the selection that a click makes."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme; `groups` are those of a split, in the order of its groups, without the rest."""

    ink: str
    soft: str
    line: str
    card: str
    paper: str
    accent: str
    tint: str
    rest: str
    groups: tuple[str, ...]


LIGHT: Final = Palette(
    ink="#1d2430",
    soft="#5b6675",
    line="#dfe3e8",
    card="#ffffff",
    paper="#f4f3ef",
    accent="#0b6e6e",
    tint="#d9ecea",
    rest="#b4bcc6",
    groups=("#0b6e6e", "#b5521b", "#6a4fa3", "#2f6db5", "#97700a", "#a02c5a"),
)
DARK: Final = Palette(
    ink="#e8ebef",
    soft="#9aa5b3",
    line="#2b333d",
    card="#1a2027",
    paper="#151a20",
    accent="#58c2bd",
    tint="#173534",
    rest="#5b6675",
    groups=("#58c2bd", "#f0924f", "#b49be8", "#7fb0f0", "#e0b64a", "#ee8db4"),
)


def palette(*, dark: bool) -> Palette:
    """Return the colours of a theme."""
    return DARK if dark else LIGHT


def group_colours(colours: Palette, groups: Sequence[str]) -> list[str]:
    """Return one colour for each group of a split; "" is the rest."""
    return [colours.rest if not name else colours.groups[at % len(colours.groups)] for at, name in enumerate(groups)]


def dressed(
    chart: alt.Chart | alt.LayerChart | alt.FacetChart, colours: Palette, *, description: str, height: int
) -> Any:
    """Return a chart with our look, as wide as the page gives it.

    Parameters
    ----------
    description
        What a screen reader says of it.
    height
        In pixels.
    """
    return (
        chart.properties(
            width="container",
            height=height,
            description=description,
            background=colours.card,
            usermeta={"embedOptions": {"renderer": "svg"}},
        )
        .configure(font=FONT, padding={"left": 0, "right": 4, "top": 4, "bottom": 0})
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=colours.soft,
            titleColor=colours.soft,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            domainColor=colours.line,
            tickColor=colours.line,
            gridColor=colours.line,
            labelPadding=6,
        )
        .configure_legend(
            labelColor=colours.ink,
            titleColor=colours.soft,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            orient="top",
            direction="horizontal",
            columns=3,
            labelLimit=150,
            symbolType="square",
            symbolSize=90,
            title=None,
        )
    )
