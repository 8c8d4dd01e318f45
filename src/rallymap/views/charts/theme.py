"""Colours, fonts and lines of all charts in a light and a dark theme, with the colours of the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
from altair.utils import schemapi

from rallymap.palette import FONT, colour
from rallymap.views.charts.locale import chart_locale

# Altair validates each part of a chart against Vega-Lite's schema, half of a page's time; the tests do this instead.
schemapi.DEBUG_MODE = False

PICK: Final = "pick"
"""Name of the selection made by a click."""
MS_PER_DAY: Final = 86_400_000
TIME_TICKS: Final = alt.ExprRef("max(2, width / 90)")
"""Number of ticks on a time axis."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme; `groups` are those of a split, in order, without the rest."""

    ink: str
    soft: str
    line: str
    card: str
    paper: str
    accent: str
    tint: str
    context: str
    rest: str
    groups: tuple[str, ...]


_GROUPS: Final = ("rally", "march", "vigil", "exhibition", "conference", "picket")
"""Colours of the groups, chosen to be easily distinguished."""


def _palette(paper: str, rest: str, *, dark: bool) -> Palette:
    names = ("ink", "soft", "line", "card", "accent", "tint", "context")
    groups = tuple(colour(name, dark=dark) for name in _GROUPS)
    return Palette(**{name: colour(name, dark=dark) for name in names}, paper=paper, rest=rest, groups=groups)


LIGHT: Final = _palette("#f4f3ef", "#b4bcc6", dark=False)
DARK: Final = _palette("#151a20", colour("soft", dark=False), dark=True)


def palette(*, dark: bool) -> Palette:
    """Return the colours of a theme."""
    return DARK if dark else LIGHT


def group_colours(colours: Palette, groups: Sequence[str]) -> list[str]:
    """Return one colour per group of a split; "" is the rest."""
    return [colours.rest if not name else colours.groups[at % len(colours.groups)] for at, name in enumerate(groups)]


def specification(chart: Any) -> dict[str, Any]:
    """Return a chart as a Vega-Lite specification, without validating it again."""
    made: dict[str, Any] = chart.to_dict(validate=False)
    return made


def colour_if(test: str, then: str | dict[str, Any], otherwise: str) -> alt.ColorValue:
    """Return a colour that depends on a Vega expression; `alt.condition` takes ten times as long, as it is validated.

    Parameters
    ----------
    then
        A colour, or the definition of a field with a scale.
    """
    wanted = {"value": then} if isinstance(then, str) else then
    return alt.ColorValue(otherwise, condition={"test": test, **wanted})


def themed(
    chart: alt.Chart | alt.LayerChart | alt.FacetChart, colours: Palette, *, description: str, height: int
) -> Any:
    """Return a chart in the pages' theme, as wide as its container.

    Parameters
    ----------
    description
        Accessible description for screen readers.
    height
        In pixels.
    """
    locale = chart_locale()
    own: dict[str, Any] = {} if locale is None else {"locale": locale}
    words: dict[str, Any] = {
        "aria": False,
        "titleColor": colours.soft,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    axis = alt.AxisConfig(
        **words,
        labelColor=colours.soft,
        domainColor=colours.line,
        tickColor=colours.line,
        gridColor=colours.line,
        labelPadding=6,
        labelSeparation=8,
    )
    legend = alt.LegendConfig(
        **words,
        labelColor=colours.ink,
        orient="top",
        direction="horizontal",
        columns=3,
        labelLimit=150,
        symbolType="square",
        symbolSize=90,
        title=None,
    )
    # Set on the chart itself, which nobody else has: `properties` and `configure` copy it, and validate each value.
    chart.width, chart.height, chart.description = "container", height, description
    chart.background = colours.card
    chart.usermeta = {"embedOptions": {"renderer": "svg"}}
    chart.config = alt.Config(
        **own,
        font=FONT,
        padding={"left": 0, "right": 10, "top": 4, "bottom": 0},
        view=alt.ViewConfig(stroke=None),
        # The description and the table have all the information; Vega's own labels for marks and axes are English.
        mark=alt.MarkConfig(aria=False),
        axis=axis,
        legend=legend,
    )
    return chart
