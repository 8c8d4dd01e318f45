"""The small map of forms, as a fragment of a page."""

from __future__ import annotations

from collections.abc import Sequence

from rallymap.language import tr
from rallymap.ui.map_host import mount_map
from rallymap.views.pick_map import PickCandidate, PickMessage, RoutePoint, parse_pick_message, pick_choice


def render_pick_map(
    *,
    key: str,
    candidates: Sequence[tuple[float, float, str, float, str]],
    chosen: int | None,
    draggable: bool,
    theme: str,
    pin: tuple[float, float] | None = None,
    view: tuple[float, float, float] | None = None,
    route: Sequence[RoutePoint] = (),
    height_px: int = 260,
) -> PickMessage | None:
    """Render candidates on a small map and return what the visitor chose since the last run, once.

    Parameters
    ----------
    key
        Name of this map, unique within the session.
    candidates
        Latitude, longitude, label, radius in metres and precision of each.
    chosen
        Index of the chosen candidate; None if none is chosen.
    draggable
        Whether there is a pin that can be dragged, moved with the arrow keys, or placed by a click on the map.
    theme
        ``light`` or ``dark``.
    pin
        Position of the pin, if it was moved away from the chosen candidate.
    view
        Latitude, longitude and radius in metres of the initial view if there is neither a candidate nor a pin; None for
        the world.
    route
        The located points of a march, from start to end; drawn as a line, and clickable.
    height_px
        Height of the iframe.
    """
    places = [PickCandidate(*candidate) for candidate in candidates]
    message = mount_map(
        "pick",
        key=key,
        choice=pick_choice(places, chosen=chosen, pin=pin, draggable=draggable, theme=theme, view=view, route=route),
        height_px=height_px,
        apology=tr("The map has not loaded yet. You can go on without it."),
    )
    return parse_pick_message(message, places, route)
