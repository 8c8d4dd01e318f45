"""A URL as a QR code, to open it on a phone."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_code(address: str, description: str) -> Markup:
    """Render a QR code as an HTML image; dark on white in both themes, as scanners expect.

    Parameters
    ----------
    address
        The encoded URL.
    description
        Accessible description of its target.
    """
    drawn = segno.make(address, error="m", micro=False)
    source = drawn.svg_data_uri(scale=4, border=3, light="#ffffff")
    return Markup('<img class="rm-qr" src="{}" alt="{}">').format(source, description)
