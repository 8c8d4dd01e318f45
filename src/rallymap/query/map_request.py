"""Requests of the map, validated strictly from URL parameters before any work is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from rallymap.errors import MapRequestError
from rallymap.events import ID_PATTERN
from rallymap.query.filter_links import PARAMETERS
from rallymap.query.filters import EventFilter

MAX_GRID_ZOOM = 22
MAX_CELLS = 40_000
"""Maximum number of grid cells in one view; a 4K screen with a margin has about 12 000."""
BIN_CHOICES = (60, 120, 250, 500)
"""Maximum numbers of timeline bins that can be requested; few choices, so that visitors share answers."""
MAX_IDS = 100
MAX_LIST_CELLS = 64
PAGE = 50


@dataclass(frozen=True, slots=True)
class Grid:
    """A half-open rectangle of grid cells; at grid zoom `z` the world is ``2**z`` cells wide.

    The map wraps around: `x0` can be negative and `x1` can exceed the world's width, but the rectangle is at most one
    world wide. `y0` and `y1` are within the world.
    """

    z: int
    x0: int
    y0: int
    x1: int
    y1: int


@dataclass(frozen=True, slots=True)
class CubeRequest:
    """One view of the map: its area, the filter, and the maximum number of time bins.

    Attributes
    ----------
    grid
        The cells of the view; None requests one cell per country, for the whole world.
    event_filter
        Filter without a period: the answer covers all periods.
    bins
        One of `BIN_CHOICES`.
    colouring
        What the counts are split by, one of :data:`rallymap.query.colouring.COLOURINGS`.
    """

    grid: Grid | None
    event_filter: EventFilter
    bins: int
    colouring: str = "kind"

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Parse ``z x0 y0 x1 y1`` (or ``by=country``), ``bins``, ``colour`` and a filter's parameters without a period.

        Raises
        ------
        MapRequestError
            If a name is unknown, repeated although only one value is allowed, or has a value out of range.
        """
        grid, names = _groups(parameters)
        event_filter = _filter(parameters, allowed={*names, "bins", "colour", "v"}, with_period=False)
        bins = _integer(parameters, "bins", minimum=min(BIN_CHOICES), maximum=max(BIN_CHOICES))
        if bins not in BIN_CHOICES:
            raise MapRequestError(f"“bins” is one of {', '.join(map(str, BIN_CHOICES))}.")
        return cls(grid, event_filter, bins, _colouring(parameters))


@dataclass(frozen=True, slots=True)
class PeriodRequest:
    """Request for the exact counts of one period in a view; the browser knows the groups from the view's cube.

    Attributes
    ----------
    grid
        See :class:`CubeRequest`.
    event_filter
        Filter without a period, see :class:`CubeRequest`.
    days
        First and last day, inclusive, in days since 1970-01-01.
    colouring
        See :class:`CubeRequest`.
    """

    grid: Grid | None
    event_filter: EventFilter
    days: tuple[int, int]
    colouring: str = "kind"

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Parse the parameters of a cube request except ``bins``, and ``from`` and ``to``.

        Raises
        ------
        MapRequestError
            See :class:`CubeRequest`; also if the period is missing.
        """
        grid, names = _groups(parameters)
        event_filter = _filter(parameters, allowed={*names, "colour", "v"})
        if event_filter.days is None:
            raise MapRequestError("“from” and “to” are missing.")
        return cls(grid, event_filter.changed(period=None), event_filter.days, _colouring(parameters))


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Request for the events in some cells or with some ids, newest first, `PAGE` at a time.

    Attributes
    ----------
    ids
        Ids of the events; if given, `z`, `cells` and `event_filter` are ignored.
    z, cells
        Grid zoom, and x y of each cell.
    offset
        Number of events to skip.
    """

    ids: tuple[str, ...]
    z: int
    cells: tuple[tuple[int, int], ...]
    event_filter: EventFilter
    offset: int

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Parse either ``ids`` (joined by commas), or ``z``, ``cells`` (``x.y`` joined by commas) and a filter.

        Raises
        ------
        MapRequestError
            If a name is unknown, a value is malformed, or too many ids or cells are requested.
        """
        text = _one(parameters, "ids", "")
        if text:
            _filter(parameters, allowed={"ids", "v"})
            ids = tuple(dict.fromkeys(text.split(",")))
            if len(ids) > MAX_IDS:
                raise MapRequestError(f"At most {MAX_IDS} events can be asked for at once.")
            if not all(ID_PATTERN.fullmatch(id_) for id_ in ids):
                raise MapRequestError("One of the ids is not an id.")
            return cls(ids, 0, (), EventFilter(), 0)
        event_filter = _filter(parameters, allowed={"z", "cells", "offset", "v"})
        z = _integer(parameters, "z", minimum=0, maximum=MAX_GRID_ZOOM)
        offset = _integer(parameters, "offset", minimum=0, maximum=10_000_000) if "offset" in parameters else 0
        return cls((), z, _cells(_one(parameters, "cells", ""), z), event_filter, offset)


@dataclass(frozen=True, slots=True)
class NamesRequest:
    """Request for the place names to show in a view: a rectangle of cells."""

    grid: Grid

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Parse ``z x0 y0 x1 y1``.

        Raises
        ------
        MapRequestError
            See :class:`CubeRequest`.
        """
        _filter(parameters, allowed={"z", "x0", "y0", "x1", "y1", "v"})
        return cls(_grid(parameters))


def _groups(parameters: Mapping[str, Sequence[str]]) -> tuple[Grid | None, set[str]]:
    """Return the grid (None for countries) and the names of the parameters that define it."""
    by = _one(parameters, "by", "cell")
    if by not in ("cell", "country"):
        raise MapRequestError("“by” is either cell or country.")
    return (None, {"by"}) if by == "country" else (_grid(parameters), {"by", "z", "x0", "y0", "x1", "y1"})


def _colouring(parameters: Mapping[str, Sequence[str]]) -> str:
    colouring = _one(parameters, "colour", "kind")
    if colouring not in ("kind", "community"):
        raise MapRequestError("“colour” is either kind or community.")
    return colouring


def _filter(parameters: Mapping[str, Sequence[str]], *, allowed: set[str], with_period: bool = True) -> EventFilter:
    names = PARAMETERS if with_period else PARAMETERS - {"from", "to"}
    unknown = set(parameters) - allowed - names
    if unknown:
        raise MapRequestError(f"“{min(unknown)[:40]}” is not a part of this address.")
    event_filter, complaints = EventFilter.from_query_params(parameters)
    if complaints:
        raise MapRequestError(complaints[0])
    return event_filter


def _one(parameters: Mapping[str, Sequence[str]], name: str, default: str) -> str:
    values = parameters.get(name, (default,))
    if len(values) != 1:
        raise MapRequestError(f"“{name}” may be in the address once.")
    return values[0]


def _integer(parameters: Mapping[str, Sequence[str]], name: str, *, minimum: int, maximum: int) -> int:
    text = _one(parameters, name, "")
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and minimum <= int(text) <= maximum):
        raise MapRequestError(f"“{name}” is a whole number from {minimum} to {maximum}.")
    return int(text)


def _grid(parameters: Mapping[str, Sequence[str]]) -> Grid:
    z = _integer(parameters, "z", minimum=0, maximum=MAX_GRID_ZOOM)
    world = 1 << z
    x0, x1 = (_integer(parameters, name, minimum=-4 * world, maximum=5 * world) for name in ("x0", "x1"))
    y0, y1 = (_integer(parameters, name, minimum=0, maximum=world) for name in ("y0", "y1"))
    if not (x0 < x1 <= x0 + world and y0 < y1):
        raise MapRequestError("The view must be at least one cell and at most one world wide.")
    if (x1 - x0) * (y1 - y0) > MAX_CELLS:
        raise MapRequestError(f"The view has more than {MAX_CELLS} cells; zoom in or make it smaller.")
    return Grid(z, x0, y0, x1, y1)


def _cells(text: str, z: int) -> tuple[tuple[int, int], ...]:
    parts = text.split(",")
    if len(parts) > MAX_LIST_CELLS:
        raise MapRequestError(f"At most {MAX_LIST_CELLS} cells can be asked for at once.")
    cells = []
    for part in parts:
        x, dot, y = part.partition(".")
        if not (dot and x.isascii() and y.isascii() and x.isdigit() and y.isdigit() and len(part) <= 20):
            raise MapRequestError("“cells” are written x.y and joined by commas.")
        if max(int(x), int(y)) >= 1 << z:
            raise MapRequestError("One of the cells is outside the world.")
        cells.append((int(x), int(y)))
    return tuple(cells)
