"""A `folium.Marker` for each event, in a `MarkerCluster`, through `st_folium`."""

from __future__ import annotations

import folium
from folium.plugins import MarkerCluster

from benchmarks.rivals.columns import read_columns
from benchmarks.rivals.folium_page import bare_map, draw
from benchmarks.rivals.period_slider import chosen_period

cluster = MarkerCluster()
for lat, lon in zip(*read_columns().within(*chosen_period()), strict=True):
    folium.Marker((float(lat), float(lon))).add_to(cluster)
draw(bare_map(), cluster)
