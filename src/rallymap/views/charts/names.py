"""Build the name axis of a chart with rows: long names take two lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import altair as alt

from rallymap.views.charts.theme import Palette

LINE_CHARS: Final = 24
"""Maximum number of characters per line; longer names break at a space."""
LINE_PX: Final = 168
LINE_HEIGHT_PX: Final = 14
_HEAD: Final = f"slice(datum.label, 0, {LINE_CHARS + 1})"
_SPACE: Final = f"lastindexof({_HEAD}, ' ')"
_COMMA: Final = f"max(lastindexof({_HEAD}, ', '), lastindexof({_HEAD}, '، ')) + 1"
_HYPHEN: Final = f"lastindexof({_HEAD}, '-')"
_DASHED: Final = (
    f"({_HYPHEN} > {_SPACE} && length(datum.label) - {_SPACE} > {LINE_CHARS + 1} ? {_HYPHEN} + 1 : {_SPACE})"
)
# A country is on a separate line if it fits. A name whose second line would be cut breaks after a hyphen.
_BREAK: Final = f"({_COMMA} > 1 && length(datum.label) - ({_COMMA}) <= {LINE_CHARS + 1} ? {_COMMA} : {_DASHED})"
_IS_LONG: Final = f"length(datum.label) > {LINE_CHARS} && {_SPACE} > 0"
# The isolate at the start of a right-to-left name ends with the line, so the second line repeats it.
_ISOLATE: Final = "(slice(datum.label, 0, 1) == '\\u2067' ? '\\u2067' : '')"
_LINES: Final = f"[slice(datum.label, 0, {_BREAK}), {_ISOLATE} + trim(slice(datum.label, {_BREAK}))]"


def name_axis(colours: Palette, *, font_px: int = 13, line_px: int = LINE_HEIGHT_PX) -> alt.Axis:
    """Return the axis for the names of rows; a constant expression breaks the names, so they remain data."""
    middle: Any = {"condition": {"test": _IS_LONG, "value": -line_px / 2}, "value": 0}
    return alt.Axis(
        labelExpr=f"{_IS_LONG} ? {_LINES} : datum.label",
        labelOffset=middle,
        labelLimit=LINE_PX,
        labelLineHeight=line_px,
        labelFontSize=font_px,
        labelColor=colours.ink,
        domain=False,
        ticks=False,
    )


def row_height(names: Iterable[str], px: int) -> int:
    """Return the height of each row in pixels: `px`, or more if a name takes two lines."""
    is_long = any(len(name) > LINE_CHARS and " " in name[: LINE_CHARS + 1] for name in names)
    return max(px, 2 * LINE_HEIGHT_PX + 6) if is_long else px
