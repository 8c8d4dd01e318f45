"""An address as a QR code, to open it on a phone."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_code(address: str, description: str) -> Markup:
    """Draw a QR code as an HTML picture; dark on white in both themes, as readers expect it.

    Parameters
    ----------
    address
        What the code holds.
    description
        What it leads to, for those who do not see it.
    """
    drawn = segno.make(address, error="m", micro=False)
    source = drawn.svg_data_uri(scale=4, border=3, light="#ffffff")
    return Markup('<img class="rm-qr" src="{}" alt="{}">').format(source, description)
