"""All events as GeoJSON that dash-leaflet clusters in the browser (supercluster), in a Dash app.

python -m benchmarks.rivals.dash_geojson PORT
"""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any

import dash_leaflet as dl
import dash_leaflet.express as dlx
from dash import Dash, Input, Output, callback, dcc, html

from benchmarks.rivals.columns import EPOCH, HEIGHT_PX, STEP_DAYS, read_columns

app = Dash(__name__, serve_locally=True)
first, last = ((day - EPOCH).days for day in read_columns().bounds())
app.layout = html.Div(
    [
        dcc.RangeSlider(first, last, step=STEP_DAYS, value=[first, last], marks=None, id="period"),
        dl.Map(
            dl.GeoJSON(id="events", cluster=True, zoomToBoundsOnClick=True),
            center=(30, 0),
            zoom=2,
            style={"height": f"{HEIGHT_PX}px"},
        ),
    ]
)


@callback(Output("events", "data"), Input("period", "value"))  # type: ignore[untyped-decorator]
def show(period: list[int]) -> dict[str, Any]:
    """Send the events of a period."""
    start, end = (EPOCH + timedelta(days=day) for day in period)
    lat, lon = read_columns().within(start, end)
    points = zip(lat.tolist(), lon.tolist(), strict=True)
    return dlx.dicts_to_geojson([{"lat": a, "lon": b} for a, b in points])


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
