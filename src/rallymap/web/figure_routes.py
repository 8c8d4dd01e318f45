"""Routes for figures of the public events: all requested ones as JSON, or one as a CSV table."""

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


class FigureRequest(Protocol):
    """A parsed request; equal requests compare equal."""

    @property
    def listing(self) -> Listing:
        """The events that the figures describe."""

    def __hash__(self) -> int: ...


T = TypeVar("T", bound=FigureRequest)


@dataclass(frozen=True, slots=True)
class FigureSource(Generic[T]):
    """Definition of one figure route.

    Attributes
    ----------
    parameter
        The query parameter that selects figures.
    names
        Names of all figures.
    one_figure
        The second half of the message that rejects a CSV file with several figures.
    read
        Parses the other query parameters, or raises ListingRequestError.
    chosen
        Returns the names of the requested figures.
    answer
        Computes figures by name, and the other members of the JSON answer.
    """

    parameter: str
    names: Sequence[str]
    one_figure: str
    read: Callable[[dict[str, list[str]]], T]
    chosen: Callable[[T], Sequence[str]]
    answer: Callable[[Snapshot, T], tuple[Mapping[str, Figure], Mapping[str, Any]]]


def figure_route(path: str, services: Callable[[], Services], source: FigureSource[T]) -> Route:
    """Return a route for figures.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
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

    # Starlette runs a plain function in a thread.
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
