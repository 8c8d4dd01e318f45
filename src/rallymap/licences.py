"""Data licences: of the events on a site, and of the bundled events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rallymap.language import mark


@dataclass(frozen=True, slots=True)
class Licence:
    """A data licence.

    Attributes
    ----------
    name, url
        Short name for citation, and address of the full text.
    text
        The operator's addition, such as how to name the source; "" if none.
    """

    name: str
    url: str
    text: str = ""

    @property
    def spdx(self) -> str:
        """Its identifier in the SPDX licence list; "" if the licence is not in :data:`KNOWN`."""
        return _SPDX.get(self.name, "")


CC_BY: Final = Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
"""Licence of the bundled events, and default licence of a site."""
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
"""Credits to show with results of online place services, as their licences require."""
