"""A map without scripts: the places of events as markers on country outlines, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from rallymap.distances import EQUATOR_M
from rallymap.events import Location, LocationPrecision
from rallymap.views.land import Ring, read_land

WIDTH, HEIGHT = 760, 400
_SMALLEST = 0.03
"""Minimum width of the view as a share of the world: the outlines are too coarse for less."""
_MARK_PX = 6.5


@dataclass(frozen=True, slots=True)
class Mark:
    """One marker: a public place, and its tooltip."""

    location: Location
    title: str


def still_map(marks: Sequence[Mark], *, label: str) -> Markup:
    """Render markers; of several identical markers at one point only the first.

    A place that is not known to the venue is a shaded disc with its radius.

    Parameters
    ----------
    label
        Accessible description of the map.

    Returns
    -------
    svg
        An element without links or scripts; "" without marks.
    """
    if not marks:
        return Markup()
    points = _unwrapped([_on_square(mark.location) for mark in marks])
    left, top, scale = _view(points)
    land = "".join(_path(ring, left, top, scale) for ring in read_land())
    circles: dict[tuple[str, str, str, str], str] = {}
    for mark, (x, y) in zip(marks, points, strict=True):
        circles.setdefault(_circle(mark.location, ((x - left) * scale, (y - top) * scale), scale), mark.title)
    # Markup.format would take three times as long, and a campaign may have thousands of places.
    drawn_marks = "".join(
        f'<circle class="{name}" cx="{x_px}" cy="{y_px}" r="{radius}"><title>{escape(title)}</title></circle>'
        for (name, x_px, y_px, radius), title in circles.items()
    )
    drawn = Markup(
        '<svg class="map" viewBox="0 0 {} {}" role="img" aria-label="{}"><path class="land" d="{}"/>{}</svg>'
    )
    return drawn.format(WIDTH, HEIGHT, label, land, Markup(drawn_marks))  # noqa: S704 - the titles are escaped


def _on_square(location: Location) -> tuple[float, float]:
    lat = math.radians(max(-85.0, min(85.0, location.lat)))
    return location.lon / 360 + 0.5, 0.5 - math.asinh(math.tan(lat)) / (2 * math.pi)


def _unwrapped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move points east by one world if that brings all of them closer together."""
    xs = sorted(x for x, _ in points)
    gaps = [(after - before, after) for before, after in pairwise(xs)]
    widest, begins = max(gaps, default=(0.0, 0.0))
    if widest <= 1 - (xs[-1] - xs[0]):
        return points
    return [(x + 1 if x < begins else x, y) for x, y in points]


def _view(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the north-western corner of the view, and the width of the world in pixels."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width = max((max(xs) - min(xs)) * 1.25, (max(ys) - min(ys)) * 1.35 * WIDTH / HEIGHT, _SMALLEST)
    scale = WIDTH / width
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return middle[0] - width / 2, middle[1] - HEIGHT / scale / 2, scale


def _path(ring: Ring, left: float, top: float, scale: float) -> str:
    """Return an outline in the view, once for each repetition of the world; "" outside the view."""
    drawn = ""
    for turn in (-1, 0, 1):
        points = [(round((x + turn - left) * scale, 1), round((y - top) * scale, 1)) for x, y in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
            continue
        kept = [points[0]]
        for point in points[1:]:
            if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 1:
                kept.append(point)
        drawn += "M" + "L".join(f"{x:g},{y:g}" for x, y in kept) + "Z"
    return drawn


def _circle(location: Location, at: tuple[float, float], scale: float) -> tuple[str, str, str, str]:
    """Return class, centre and radius of a marker, in whole pixels."""
    is_exact = location.precision is LocationPrecision.VENUE
    stretched = math.cosh((0.5 - _on_square(location)[1]) * 2 * math.pi)
    reach = location.radius_m / EQUATOR_M * stretched * scale
    radius = _MARK_PX if is_exact else max(_MARK_PX, min(reach, 60.0))
    return "exact" if is_exact else "about", f"{at[0]:.0f}", f"{at[1]:.0f}", f"{radius:.1f}"
