"""All events as dots of deck.gl, through `st.pydeck_chart`; no clusters, no base map."""

from __future__ import annotations

import pandas as pd
import pydeck
import streamlit as st

from benchmarks.rivals.columns import HEIGHT_PX, read_columns
from benchmarks.rivals.period_slider import chosen_period

lat, lon = read_columns().within(*chosen_period())
dots = pydeck.Layer(
    "ScatterplotLayer",
    pd.DataFrame({"lat": lat, "lon": lon}),
    get_position=["lon", "lat"],
    get_fill_color=[11, 110, 110],
    radius_min_pixels=3,
    radius_max_pixels=3,
)
view = pydeck.ViewState(latitude=30, longitude=0, zoom=1)
st.pydeck_chart(pydeck.Deck([dots], initial_view_state=view, map_provider=None), height=HEIGHT_PX)
