"""Shared code of the two Folium rivals: a bare map, and Leaflet from this machine instead of five hosts."""

from __future__ import annotations

import os

import folium
from folium.plugins import MarkerCluster
from streamlit_folium import st_folium

from benchmarks.rivals.columns import HEIGHT_PX


def bare_map() -> folium.Map:
    """Return a map without tiles and without libraries that markers do not need."""
    made = folium.Map(location=(30.0, 0.0), zoom_start=2, tiles=None, maxZoom=18)
    made.default_js = [("leaflet", _url("leaflet.js"))]
    made.default_css = [("leaflet_css", _url("leaflet.css"))]
    return made


def draw(made: folium.Map, cluster: MarkerCluster) -> None:
    """Add the cluster to the map and the map to the page; interactions do not rerun the script."""
    cluster.default_js = [("markercluster", _url("leaflet.markercluster.js"))]
    cluster.default_css = [(name, _url(f"{name}.css")) for name in ("MarkerCluster", "MarkerCluster.Default")]
    cluster.add_to(made)
    st_folium(made, key="map", height=HEIGHT_PX, use_container_width=True, returned_objects=[])


def _url(name: str) -> str:
    return f"{os.environ['RIVAL_FILES']}/{name}"
