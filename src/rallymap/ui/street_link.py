"""A link to a map with streets. Our map has none, and people who set a pin want to see the streets around it."""

from __future__ import annotations

from rallymap.language import tr
from rallymap.templates import fill, link_out
from rallymap.ui.paragraphs import paragraph

_ZOOM = 17


def render_street_link(lat: float, lon: float) -> None:
    """Draw the link, and that the other site learns what is looked at; nothing is asked of it before."""
    address = f"https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}#map={_ZOOM}/{lat:.5f}/{lon:.5f}"
    said = tr("Streets around this point: {site}, another site; it then knows which point you look at.")
    paragraph(fill(said, site=link_out(address, "OpenStreetMap")), "rm-found")
