"""Requests of the map in the browser, read strictly from a URL's parameters before any work is done."""

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
"""Grid cells in one view; a 4K screen with a margin has about 12 000."""
BIN_CHOICES = (60, 120, 250, 500)
"""Most bars that a timeline may ask for; few choices, so that viewers share answers."""
MAX_IDS = 100
MAX_LIST_CELLS = 64
PAGE = 50


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangle of grid cells, half-open; at grid zoom `z` the world is ``2**z`` cells wide.

    `x0` may be negative and `x1` may lie past the world's width: the map goes round. It never spans more than one
    world; `y0` and `y1` lie within it.
    """

    z: int
    x0: int
    y0: int
    x1: int
    y1: int


@dataclass(frozen=True, slots=True)
class CubeRequest:
    """One view of the map: where, which events, and into how many bars of time at most.

    Attributes
    ----------
    grid
        The cells of the view; None asks for one cell per country, all over the world.
    event_filter
        Without a period: the answer serves all of them.
    bins
        One of `BIN_CHOICES`.
    colouring
        One of :data:`rallymap.query.colouring.COLOURINGS`: by what the counts of events are split.
    """

    grid: Grid | None
    event_filter: EventFilter
    bins: int
    colouring: str = "kind"

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Read ``z x0 y0 x1 y1`` (or ``by=country``), ``bins``, ``colour`` and a filter's link but its period.

        Raises
        ------
        MapRequestError
            If a name is unknown, given twice where it may not be, or has a value out of range.
        """
        grid, names = _groups(parameters)
        event_filter = _filter(parameters, allowed={*names, "bins", "colour", "v"}, with_period=False)
        bins = _integer(parameters, "bins", least=min(BIN_CHOICES), most=max(BIN_CHOICES))
        if bins not in BIN_CHOICES:
            raise MapRequestError(f"“bins” is one of {', '.join(map(str, BIN_CHOICES))}.")
        return cls(grid, event_filter, bins, _colouring(parameters))


@dataclass(frozen=True, slots=True)
class PeriodRequest:
    """The exact numbers of one period in a view, whose groups the browser knows from its cube.

    Attributes
    ----------
    grid
        As in the cube's request.
    event_filter
        As in the cube's request, without a period.
    days
        First and last day, both inclusive, since 1970-01-01.
    colouring
        As in the cube's request.
    """

    grid: Grid | None
    event_filter: EventFilter
    days: tuple[int, int]
    colouring: str = "kind"

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Read what a cube's request has but ``bins``, and ``from`` and ``to``.

        Raises
        ------
        MapRequestError
            As for a :class:`CubeRequest`, or if there is no period.
        """
        grid, names = _groups(parameters)
        event_filter = _filter(parameters, allowed={*names, "colour", "v"})
        if event_filter.days is None:
            raise MapRequestError("“from” and “to” are missing.")
        return cls(grid, event_filter.changed(period=None), event_filter.days, _colouring(parameters))


@dataclass(frozen=True, slots=True)
class ListRequest:
    """The events of some cells or with some ids, newest first, `PAGE` at a time.

    Attributes
    ----------
    ids
        Events asked for by name; then `z`, `cells` and `event_filter` play no part.
    z, cells
        Grid zoom, and x y of each cell.
    offset
        How many events to pass over.
    """

    ids: tuple[str, ...]
    z: int
    cells: tuple[tuple[int, int], ...]
    event_filter: EventFilter
    offset: int

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Read either ``ids`` (joined by commas), or ``z``, ``cells`` (``x.y`` joined by commas) and a filter.

        Raises
        ------
        MapRequestError
            If a name is unknown or a value malformed, or too many are asked for.
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
        z = _integer(parameters, "z", least=0, most=MAX_GRID_ZOOM)
        offset = _integer(parameters, "offset", least=0, most=10_000_000) if "offset" in parameters else 0
        return cls((), z, _cells(_one(parameters, "cells", ""), z), event_filter, offset)


@dataclass(frozen=True, slots=True)
class NamesRequest:
    """The place names worth showing in a view: a rectangle of cells."""

    grid: Grid

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Read ``z x0 y0 x1 y1``.

        Raises
        ------
        MapRequestError
            As for a :class:`CubeRequest`.
        """
        _filter(parameters, allowed={"z", "x0", "y0", "x1", "y1", "v"})
        return cls(_grid(parameters))


def _groups(parameters: Mapping[str, Sequence[str]]) -> tuple[Grid | None, set[str]]:
    """Return the grid (None: countries) and the names of the parameters that say so."""
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


def _integer(parameters: Mapping[str, Sequence[str]], name: str, *, least: int, most: int) -> int:
    text = _one(parameters, name, "")
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and least <= int(text) <= most):
        raise MapRequestError(f"“{name}” is a whole number from {least} to {most}.")
    return int(text)


def _grid(parameters: Mapping[str, Sequence[str]]) -> Grid:
    z = _integer(parameters, "z", least=0, most=MAX_GRID_ZOOM)
    world = 1 << z
    x0, x1 = (_integer(parameters, name, least=-4 * world, most=5 * world) for name in ("x0", "x1"))
    y0, y1 = (_integer(parameters, name, least=0, most=world) for name in ("y0", "y1"))
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
