"""Licences of data: the one that a site gives its events, and the one of the events that come with rallymap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rallymap.language import mark


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence of data.

    Attributes
    ----------
    name, url
        As it is cited, and where it can be read.
    text
        What the operator adds, such as how to name the source; "" for nothing.
    """

    name: str
    url: str
    text: str = ""

    @property
    def spdx(self) -> str:
        """Its identifier in the SPDX licence list; "" for a licence that is not in :data:`KNOWN`."""
        return _SPDX.get(self.name, "")


CC_BY: Final = Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
"""The licence of the bundled events, and of a site that names no other."""
KNOWN: Final = {
    licence.name: licence
    for licence in (
        CC_BY,
        Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        Licence("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
        Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        Licence("ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    )
}
_SPDX = {name: name.replace(" ", "-") for name in KNOWN} | {"CC0 1.0": "CC0-1.0"}

SERVICE_CREDITS = {
    "nominatim": mark("Nominatim, © OpenStreetMap contributors (ODbL)"),
    "photon": mark("Photon, © OpenStreetMap contributors (ODbL)"),
    "pelias": mark("Pelias, © OpenStreetMap contributors (ODbL) and the other sources of that server"),
}
"""Credits to show with each answer of an online place service; their licences ask for them."""
