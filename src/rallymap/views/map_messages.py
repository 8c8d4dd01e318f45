"""Messages from the map to Streamlit, validated like any other input: scripts in the iframe write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from rallymap.dates import EARLIEST, LATEST
from rallymap.events import ID_PATTERN
from rallymap.query.areas import Box, Ring, is_ring
from rallymap.query.snapshot import ViewBox
from rallymap.views.map_view import COLOURINGS, LAYERS, MapView, read_place

_EPOCH = 719_163  # the ordinal of 1970-01-01
_FIRST_DAY, _LAST_DAY = EARLIEST.toordinal() - _EPOCH, LATEST.toordinal() - _EPOCH


@dataclass(frozen=True, slots=True)
class EventChosen:
    """A visitor clicked the marker or the row of an event."""

    event_id: str


@dataclass(frozen=True, slots=True)
class PeriodChosen:
    """A visitor changed the timeline's period; days since 1970-01-01, both inclusive."""

    start_day: int
    end_day: int


@dataclass(frozen=True, slots=True)
class PeriodCleared:
    """A visitor extended the timeline's period to all days."""


@dataclass(frozen=True, slots=True)
class ViewChanged:
    """A visitor moved the map, reset it to all events, or chose another layer or colouring."""

    view: MapView


@dataclass(frozen=True, slots=True)
class BoxShown:
    """The map's visible area; sent while a list on the page follows it."""

    box: ViewBox


@dataclass(frozen=True, slots=True)
class AreaDrawn:
    """A visitor drew a rectangle on the map: south, west, north, east in decimal degrees, as in filters."""

    box: Box


@dataclass(frozen=True, slots=True)
class RingDrawn:
    """A visitor drew a polygon: latitudes and longitudes in decimal degrees, as in filters."""

    ring: Ring


@dataclass(frozen=True, slots=True)
class DataChanged:
    """The public events have changed since the page was rendered."""


MapMessage: TypeAlias = (
    EventChosen | PeriodChosen | PeriodCleared | ViewChanged | BoxShown | AreaDrawn | RingDrawn | DataChanged
)


def parse_map_message(value: object) -> MapMessage | None:
    """Parse a message from the map; None if it is not valid.

    Parameters
    ----------
    value
        A mapping with one of ``event`` (an id), ``period`` (``[first day, last day]`` or None), ``view``
        (``[lat, lon, zoom]``, or None: all events; with ``layer`` and ``colour``), ``box``
        (``[west, north, east, south]`` on the unit square), ``area`` (``[west, south, east, north]`` in degrees),
        ``ring`` (``[[lon, lat], ...]`` in degrees), ``data``.
    """
    properties: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    if "event" in properties:
        event_id = properties["event"]
        return EventChosen(event_id) if isinstance(event_id, str) and ID_PATTERN.fullmatch(event_id) else None
    if "period" in properties:
        return _period(properties["period"])
    if "view" in properties:
        return _view(properties)
    if "box" in properties:
        box = ViewBox.from_numbers(properties["box"]) if isinstance(properties["box"], list) else None
        return None if box is None else BoxShown(box)
    if "area" in properties:
        return _area(properties["area"])
    if "ring" in properties:
        return _ring(properties["ring"])
    return DataChanged() if "data" in properties else None


def _period(period: object) -> MapMessage | None:
    if period is None:
        return PeriodCleared()
    if not isinstance(period, list) or len(period) != 2:
        return None
    start, end = period
    if not (_is_int(start) and _is_int(end) and _FIRST_DAY <= start <= end <= _LAST_DAY):
        return None
    return PeriodChosen(start, end)


def _area(edges: object) -> MapMessage | None:
    if not isinstance(edges, list) or len(edges) != 4 or not all(_is_number(edge) for edge in edges):
        return None
    west, south, east, north = (float(edge) for edge in edges)
    is_box = -90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180
    return AreaDrawn((south, west, north, east)) if is_box else None


def _ring(corners: object) -> MapMessage | None:
    if not isinstance(corners, list) or not all(_is_corner(corner) for corner in corners):
        return None
    ring = tuple((float(lat), float(lon)) for lon, lat in corners)
    return RingDrawn(ring) if is_ring(ring) else None


def _is_corner(corner: object) -> bool:
    return isinstance(corner, list) and len(corner) == 2 and all(_is_number(degrees) for degrees in corner)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _view(properties: Mapping[str, Any]) -> MapMessage | None:
    layer = properties.get("layer")
    colouring = properties.get("colour", COLOURINGS[0])
    parts = properties["view"]
    if layer not in LAYERS or colouring not in COLOURINGS:
        return None
    if parts is None:
        return ViewChanged(MapView(layer=layer, colouring=colouring))
    place = read_place(parts) if isinstance(parts, list) else None
    return None if place is None else ViewChanged(MapView(*place, layer, colouring))


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
