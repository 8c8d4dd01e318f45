"""A link to a street map: our map has no streets, and people who set a pin want to see them."""

from __future__ import annotations

from rallymap.language import tr
from rallymap.templates import fill, link_out
from rallymap.ui.paragraphs import paragraph

_ZOOM = 17


def render_street_link(lat: float, lon: float) -> None:
    """Render the link, and a note that the other site sees the location; no request is sent before the click."""
    address = f"https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}#map={_ZOOM}/{lat:.5f}/{lon:.5f}"
    said = tr("Streets around this point: {site}, another site; it then knows which point you look at.")
    paragraph(fill(said, site=link_out(address, "OpenStreetMap")), "rm-found")
