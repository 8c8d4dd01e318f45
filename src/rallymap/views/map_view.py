"""The view of the map (centre and zoom), in Python and in links."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

LAYERS: Final = ("clusters", "heat", "countries")
COLOURINGS: Final = ("kind", "community")
MIN_ZOOM: Final = 0
MAX_ZOOM: Final = 17


@dataclass(frozen=True, slots=True)
class MapView:
    """Centre, zoom, layer and colouring of the map.

    Attributes
    ----------
    lat, lon
        Coordinates of the centre in degrees; None to fit all events.
    zoom
        Integer from `MIN_ZOOM` to `MAX_ZOOM`; None exactly if there is no centre.
    layer
        One of `LAYERS`.
    colouring
        One of `COLOURINGS`: the meaning of the markers' colours and shapes.
    """

    lat: float | None = None
    lon: float | None = None
    zoom: int | None = None
    layer: str = LAYERS[0]
    colouring: str = COLOURINGS[0]

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Parse ``at`` (``lat,lon,zoom``), ``layer`` and ``colour``; invalid values are ignored."""
        layer = _last(parameters, "layer")
        layer = layer if layer in LAYERS else LAYERS[0]
        colouring = _last(parameters, "colour")
        colouring = colouring if colouring in COLOURINGS else COLOURINGS[0]
        place = read_place(_last(parameters, "at").split(","))
        return cls(layer=layer, colouring=colouring) if place is None else cls(*place, layer, colouring)

    def to_query_params(self) -> dict[str, list[str]]:
        """Return the query parameters of this view; defaults are omitted."""
        parameters: dict[str, list[str]] = {}
        if self.lat is not None and self.lon is not None and self.zoom is not None:
            # Four decimals are 11 m, finer than a pixel at the second closest zoom.
            parameters["at"] = [f"{round(self.lat, 4)},{round(self.lon, 4)},{self.zoom}"]
        if self.layer != LAYERS[0]:
            parameters["layer"] = [self.layer]
        if self.colouring != COLOURINGS[0]:
            parameters["colour"] = [self.colouring]
        return parameters


def read_place(parts: Sequence[object]) -> tuple[float, float, int] | None:
    """Validate a centre and a zoom from outside; None unless all three are numbers within their limits."""
    if len(parts) != 3:
        return None
    try:
        lat, lon, zoom = (float(part) if isinstance(part, (str, int, float)) else math.nan for part in parts)
    except (ValueError, OverflowError):
        return None
    if not (abs(lat) <= 90 and abs(lon) <= 180 and MIN_ZOOM <= zoom <= MAX_ZOOM and zoom == int(zoom)):
        return None
    return lat, lon, int(zoom)


def _last(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name, ())
    return values[-1] if values else ""
