"""The small map of forms, as one part of a page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit_folium import st_folium

from rallymap.views.basemap import base_map
from rallymap.views.map_messages import message_number
from rallymap.views.pick_map import PickCandidate, PickLayer, PickMessage, parse_pick_message
from rallymap.views.time_layer import changing_part


def render_pick_map(
    *,
    key: str,
    candidates: Sequence[tuple[float, float, str, float, str]],
    chosen: int | None,
    draggable: bool,
    theme: str,
    pin: tuple[float, float] | None = None,
    view: tuple[float, float, float] | None = None,
    height_px: int = 260,
) -> PickMessage | None:
    """Draw candidates on a small map and return what was chosen since the last run, once.

    Parameters
    ----------
    key
        Names this map within the session.
    candidates
        Latitude, longitude, label, radius in metres and precision of each.
    chosen
        Index of the chosen one, or None while none is.
    draggable
        Whether there is a pin that can be dragged (or moved with the arrow keys), or placed by a click on the map.
    theme
        ``light`` or ``dark``.
    pin
        Where the pin stands, if it was moved away from the chosen candidate.
    view
        Latitude, longitude and radius in metres of what is shown where there is neither a candidate nor a pin; None
        for the world.
    height_px
        Of the frame.
    """
    places = [PickCandidate(*candidate) for candidate in candidates]
    value = st_folium(
        base_map("map/pick.js"),
        key=key,
        height=height_px,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=changing_part(
            PickLayer(places, chosen=chosen, pin=pin, draggable=draggable, theme=theme, view=view)
        ),
    )
    number = message_number(value)
    if number == st.session_state.get(f"{key}_message", 0):
        return None
    st.session_state[f"{key}_message"] = number
    return parse_pick_message(value, places)
