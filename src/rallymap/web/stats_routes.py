"""Counts of the public events that a filter leaves, as JSON or as one CSV table, without a session."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.errors import ListingRequestError
from rallymap.formulas import guard_cell
from rallymap.query.snapshot import Snapshot
from rallymap.store.coverage import list_coverage
from rallymap.trends.chosen import Chosen
from rallymap.trends.figures import Figure
from rallymap.trends.request import FIGURES, StatsRequest
from rallymap.web.api_routes import OPEN_HEADERS
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers
from rallymap.workflows.exports import describe_export
from rallymap.workflows.services import Services

MEDIA_TYPES: Final = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
Asked = tuple[StatsRequest, str, str]


def stats_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the route ``/api/v1/stats``.

    Parameters
    ----------
    services
        Gives what the process shares, or raises a RallymapError while it cannot be opened.
    """
    answers = SnapshotAnswers(services)

    def read(request: Request, parameters: dict[str, list[str]]) -> Asked:
        chosen = parameters.pop("format", ["json"])
        if chosen not in ([name] for name in MEDIA_TYPES):
            raise ListingRequestError(f"“format” is one of {', '.join(MEDIA_TYPES)}.")
        asked = StatsRequest.from_query_params(parameters)
        if chosen == ["csv"] and len(asked.by) != 1:
            raise ListingRequestError(f"A CSV file holds one figure; name it by “by”, one of {', '.join(FIGURES)}.")
        return asked, chosen[0], site_address(request, services().settings)

    def answer(snapshot: Snapshot, asked: Asked) -> bytes:
        wanted, chosen_format, address = asked
        chosen = Chosen.of(snapshot, wanted.listing.event_filter)
        asks_coverage = not {"coverage", "looked"}.isdisjoint(wanted.by)
        entries = [entry for _, entry in services().db.read(list_coverage)] if asks_coverage else []
        figures = wanted.figures(chosen, entries)
        if chosen_format == "csv":
            return figure_as_csv(figures[wanted.by[0]])
        info = describe_export(services().settings, address, snapshot, wanted.listing, services().now())
        body: dict[str, Any] = info.as_json() | {
            "total": len(chosen),
            "undated": chosen.undated,
            "undated_left_out": chosen.undated_left_out,
        }
        return orjson.dumps(body | {"figures": {name: figure_as_json(figure) for name, figure in figures.items()}})

    # A plain function runs in a thread of its own.
    def stats(request: Request) -> Response:
        headers = dict(OPEN_HEADERS)
        wanted = request.query_params.get("format", "json")
        if wanted == "csv":
            name = request.query_params.get("by", "")
            headers["Content-Disposition"] = f'attachment; filename="{name if name in FIGURES else "figure"}.csv"'
            headers["Link"] = f'<{services().settings.licence.url}>; rel="license"'
        media_type = MEDIA_TYPES.get(wanted, MEDIA_TYPES["json"])
        return answers.send(
            request, lambda parameters: read(request, parameters), answer, media_type, by_day=True, headers=headers
        )

    return [Route("/api/v1/stats", stats)]


def figure_as_json(figure: Figure) -> dict[str, Any]:
    """Return a figure as JSON answers have it."""
    return {
        "columns": figure.columns,
        "rows": figure.rows,
        "says": figure.sentence,
        "leaves_out": figure.left_out,
    }


def figure_as_csv(figure: Figure) -> bytes:
    """Write a figure's table as CSV (RFC 4180, UTF-8); cells that a spreadsheet would run begin with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (figure.columns, *figure.rows):
        writer.writerow([guard_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()
