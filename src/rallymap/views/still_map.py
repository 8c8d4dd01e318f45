"""A map that needs no script: events as marks on the outlines of countries, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from rallymap.distances import EQUATOR_M
from rallymap.events import Event, Location, LocationPrecision
from rallymap.views.land import Ring, read_land
from rallymap.wording import date_in_words, place_in_words

WIDTH, HEIGHT = 760, 400
_SMALLEST = 0.03
"""Width of the smallest part of the world that is shown: the outlines are too coarse for less."""
_MARK_PX = 6.5


def still_map(events: Sequence[Event], *, label: str) -> Markup:
    """Draw public events where the public may see them; those without a location are left out.

    A place that is not known to the venue is a soft disc as wide as what is known of it.

    Parameters
    ----------
    events
        As :func:`rallymap.query.public_view.public_view` gives them.
    label
        What the map is, for those who do not see it.

    Returns
    -------
    svg
        An element without links or scripts; "" where no event has a location.
    """
    placed = [(event, event.location) for event in events if event.location is not None]
    if not placed:
        return Markup()
    points = _beside_each_other([_on_square(location) for _, location in placed])
    left, top, scale = _view(points)
    land = "".join(_path(ring, left, top, scale) for ring in read_land())
    marks = Markup("").join(
        _mark(event, location, ((x - left) * scale, (y - top) * scale), scale)
        for (event, location), (x, y) in zip(placed, points, strict=True)
    )
    drawn = Markup(
        '<svg class="map" viewBox="0 0 {} {}" role="img" aria-label="{}"><path class="land" d="{}"/>{}</svg>'
    )
    return drawn.format(WIDTH, HEIGHT, label, land, marks)


def _on_square(location: Location) -> tuple[float, float]:
    lat = math.radians(max(-85.0, min(85.0, location.lat)))
    return location.lon / 360 + 0.5, 0.5 - math.asinh(math.tan(lat)) / (2 * math.pi)


def _beside_each_other(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move points by one world to the east where that brings all of them closer together."""
    xs = sorted(x for x, _ in points)
    gaps = [(after - before, after) for before, after in pairwise(xs)]
    widest, begins = max(gaps, default=(0.0, 0.0))
    if widest <= 1 - (xs[-1] - xs[0]):
        return points
    return [(x + 1 if x < begins else x, y) for x, y in points]


def _view(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the north-western corner of what is shown, and how many pixels the world is wide."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width = max((max(xs) - min(xs)) * 1.25, (max(ys) - min(ys)) * 1.35 * WIDTH / HEIGHT, _SMALLEST)
    scale = WIDTH / width
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return middle[0] - width / 2, middle[1] - HEIGHT / scale / 2, scale


def _path(ring: Ring, left: float, top: float, scale: float) -> str:
    """Return an outline in the view, once for each time the world comes round; "" outside of it."""
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


def _mark(event: Event, location: Location, at: tuple[float, float], scale: float) -> Markup:
    is_exact = location.precision is LocationPrecision.VENUE
    stretched = math.cosh((0.5 - _on_square(location)[1]) * 2 * math.pi)
    reach = location.radius_m / EQUATOR_M * stretched * scale
    radius = _MARK_PX if is_exact else max(_MARK_PX, min(reach, 60.0))
    title = f"{place_in_words(event.place, event.location)}, {date_in_words(event.when)}"
    mark = Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"><title>{}</title></circle>')
    return mark.format("exact" if is_exact else "about", *at, radius, title)
