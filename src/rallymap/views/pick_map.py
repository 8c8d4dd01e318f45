"""A small map in a form: candidates to choose from, and a pin to drag."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from branca.element import MacroElement
from folium.template import Template

from rallymap.views.escape import script_json
from rallymap.views.time_layer import THEMES


class PickCandidate(NamedTuple):
    """A place to choose: degrees, words, metres around it, and a value of ``LocationPrecision``."""

    lat: float
    lon: float
    label: str
    radius_m: float
    precision: str


@dataclass(frozen=True, slots=True)
class PickMessage:
    """What someone did: pressed a candidate (its index), or dropped the pin (then `candidate` is None)."""

    candidate: int | None
    lat: float
    lon: float


class PickLayer(MacroElement):
    """Tells the small map what to offer; labels are set as text by the script that draws them.

    Parameters
    ----------
    candidates
        In the order of their numbers on the map.
    chosen
        Index of the one that is chosen, or None.
    pin
        Latitude and longitude of the pin where it was dragged already, or None: at the chosen candidate.
    draggable
        Whether there is a pin, which is dragged, or placed by a click on the map.
    view
        Latitude, longitude and radius in metres of what is shown where there is neither a candidate nor a pin; None
        for the world.
    theme
        ``light`` or ``dark``.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            window.rallymap.then((engine) => engine.show({{ this.choice }}));
        {% endmacro %}
    """)

    def __init__(
        self,
        candidates: Sequence[PickCandidate],
        *,
        chosen: int | None,
        pin: tuple[float, float] | None,
        draggable: bool,
        theme: str,
        view: tuple[float, float, float] | None = None,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "PickLayer"
        if theme not in THEMES:
            raise ValueError(f"theme is one of {THEMES}, not {theme!r}")
        self.choice = script_json(
            {
                "candidates": [candidate._asdict() for candidate in candidates],
                "chosen": chosen,
                "pin": pin,
                "draggable": draggable,
                "view": view,
                "theme": theme,
            }
        )


def parse_pick_message(value: object, candidates: Sequence[PickCandidate]) -> PickMessage | None:
    """Read what ``st_folium`` returned; None where it names no candidate of these and no point on Earth."""
    drawing = value.get("last_active_drawing") if isinstance(value, Mapping) else None
    properties: Any = drawing.get("properties") if isinstance(drawing, Mapping) else None
    if not isinstance(properties, Mapping):
        return None
    index = properties.get("candidate")
    if isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(candidates):
        return PickMessage(index, candidates[index].lat, candidates[index].lon)
    pin = properties.get("pin")
    if not isinstance(pin, list) or len(pin) != 2:
        return None
    lat, lon = (float(part) if isinstance(part, (int, float)) else math.nan for part in pin)
    return PickMessage(None, lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None
