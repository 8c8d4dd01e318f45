"""A link to a map with streets: our own has none, and whoever puts a pin wants to see the square."""

from __future__ import annotations

from html import escape

import streamlit as st

from rallymap.language import tr

_ZOOM = 17


def render_street_link(lat: float, lon: float) -> None:
    """Draw the link, and that the other site learns what is looked at; nothing is asked of it before."""
    address = f"https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}#map={_ZOOM}/{lat:.5f}/{lon:.5f}"
    link = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">OpenStreetMap</a>'
    said = escape(tr("Streets around this point: {site}, another site; it then knows which point you look at."))
    st.html(f'<p class="rm-found">{said.replace("{site}", link)}</p>')
