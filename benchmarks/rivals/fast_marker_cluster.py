"""All events in one `FastMarkerCluster`, whose markers the browser makes, through `st_folium`."""

from __future__ import annotations

import numpy as np
from folium.plugins import FastMarkerCluster

from benchmarks.rivals.columns import read_columns
from benchmarks.rivals.folium_page import bare_map, draw
from benchmarks.rivals.period_slider import chosen_period

# Folium's own callback makes icons of one more library.
MAKE_MARKER = "function (row) { return L.marker([row[0], row[1]]); }"
points = np.column_stack(read_columns().within(*chosen_period()))
draw(bare_map(), FastMarkerCluster(points.tolist(), callback=MAKE_MARKER))
