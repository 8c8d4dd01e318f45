"""Routes with figures of the public events: all requested ones as JSON, or one as a CSV table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.errors import ListingRequestError
from rallymap.exports.formats import CSV
from rallymap.language import unisolated
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.trends.figure_csv import figure_as_csv
from rallymap.trends.figures import Figure
from rallymap.web.api_routes import OPEN_HEADERS
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers
from rallymap.workflows.exports import describe_export
from rallymap.workflows.services import Services

MEDIA_TYPES: Final = {"json": "application/json", "csv": CSV}


class Wanted(Protocol):
    """What an address asks for; equal requests are equal."""

    @property
    def listing(self) -> Listing:
        """Which events the figures are about."""

    def __hash__(self) -> int: ...


T = TypeVar("T", bound=Wanted)


@dataclass(frozen=True, slots=True)
class FigureSource(Generic[T]):
    """What one route gives.

    Attributes
    ----------
    parameter
        The parameter that names figures.
    names
        All figures that there are.
    one_figure
        The second half of the sentence that refuses a CSV file of several figures.
    read
        Reads the other parameters of an address, or raises ListingRequestError.
    chosen
        Gives the names of the figures that are asked for.
    answer
        Makes the figures by their names, and what the JSON answer says besides.
    """

    parameter: str
    names: Sequence[str]
    one_figure: str
    read: Callable[[dict[str, list[str]]], T]
    chosen: Callable[[T], Sequence[str]]
    answer: Callable[[Snapshot, T], tuple[Mapping[str, Figure], Mapping[str, Any]]]


def figure_route(path: str, services: Callable[[], Services], source: FigureSource[T]) -> Route:
    """Return the route of some figures.

    Parameters
    ----------
    services
        Gives what the process shares, or raises a RallymapError while it cannot be opened.
    """
    answers = SnapshotAnswers(services)

    def read(request: Request, parameters: dict[str, list[str]]) -> tuple[T, str, str]:
        chosen = parameters.pop("format", ["json"])
        if chosen not in ([name] for name in MEDIA_TYPES):
            raise ListingRequestError(f"“format” is one of {', '.join(MEDIA_TYPES)}.")
        wanted = source.read(parameters)
        if chosen == ["csv"] and len(source.chosen(wanted)) != 1:
            raise ListingRequestError(
                f"A CSV file holds one figure; {source.one_figure} one of {', '.join(source.names)}."
            )
        return wanted, chosen[0], site_address(request, services().settings)

    def answer(snapshot: Snapshot, asked: tuple[T, str, str]) -> bytes:
        wanted, chosen_format, address = asked
        figures, besides = source.answer(snapshot, wanted)
        if chosen_format == "csv":
            return figure_as_csv(figures[source.chosen(wanted)[0]]).encode()
        provenance = describe_export(services().settings, address, snapshot, wanted.listing, services().now())
        shown = {name: _as_json(figure) for name, figure in figures.items()}
        return orjson.dumps(provenance.as_json() | dict(besides) | {"figures": shown})

    # A plain function runs in a thread of its own.
    def send(request: Request) -> Response:
        headers = dict(OPEN_HEADERS)
        wanted = request.query_params.get("format", "json")
        if wanted == "csv":
            name = request.query_params.get(source.parameter, "")
            headers["Content-Disposition"] = f'attachment; filename="{name if name in source.names else "figure"}.csv"'
            headers["Link"] = f'<{services().settings.licence.url}>; rel="license"'
        media_type = MEDIA_TYPES.get(wanted, MEDIA_TYPES["json"])
        return answers.send(
            request, lambda parameters: read(request, parameters), answer, media_type, by_day=True, headers=headers
        )

    return Route(path, send)


def _as_json(figure: Figure) -> dict[str, Any]:
    return {
        "columns": list(map(unisolated, figure.columns)),
        "rows": [[unisolated(cell) if isinstance(cell, str) else cell for cell in row] for row in figure.rows],
        "says": figure.sentence,
        "leaves_out": figure.left_out,
    }
