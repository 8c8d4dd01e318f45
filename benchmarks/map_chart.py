"""A small SVG chart of the time from slider to drawn map by number of events."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

MEASURE = "slider_to_drawn_ms"
LIMIT_MS = 60_000
CAPTION = "events (slider moved to map drawn, milliseconds; a cross: not done in 60 s)"
COLOURS = ("#0b6e6e", "#b5521b", "#6a4fa3", "#2f6db5", "#97700a")
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 320, 56, 40, 16, 150


def growth_chart(rows: Sequence[Mapping[str, object]]) -> str:
    """Return the chart; both axes are logarithmic, a line per rival."""
    found = [row for row in rows if row["measure"] == MEASURE and row["median"] is not None]
    unfinished = [row for row in rows if row["measure"] == MEASURE and row["median"] is None]
    rivals = list(dict.fromkeys(str(row["rival"]) for row in found))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="{HEIGHT - 6}" fill="#5b6675">{CAPTION}</text>',
    ]
    for ms in (10, 100, 1_000, 10_000, LIMIT_MS):
        y = _y(ms)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#dfe3e8"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end" fill="#5b6675">{ms:,}</text>')
    parts += [
        f'<text x="{_x(count)}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{count:,.0f}</text>'
        for count in sorted({_number(row["n"]) for row in found})
    ]
    for rival, colour in zip(rivals, COLOURS, strict=False):
        points = sorted((_number(row["n"]), _number(row["median"])) for row in found if row["rival"] == rival)
        line = " ".join(f"{_x(count)},{_y(ms)}" for count, ms in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{_x(count)}" cy="{_y(ms)}" r="3.5" fill="{colour}"/>' for count, ms in points]
        for row in unfinished:
            if row["rival"] == rival:
                x, y = _x(_number(row["n"])), _y(LIMIT_MS)
                parts.append(f'<path d="M{x - 4} {y - 4}l8 8m0 -8l-8 8" stroke="{colour}" stroke-width="2"/>')
        end = points[-1]
        parts.append(f'<text x="{_x(end[0]) + 10}" y="{_y(end[1]) + 4}" fill="{colour}">{rival}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _x(count: float) -> float:
    return round(LEFT + (math.log10(max(count, 1_000)) - 3) / 3 * (WIDTH - LEFT - RIGHT), 1)


def _y(ms: float) -> float:
    part = (math.log10(max(ms, 10)) - 1) / (math.log10(LIMIT_MS) - 1)
    return round(HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP), 1)


def _number(value: object) -> float:
    return float(str(value))
