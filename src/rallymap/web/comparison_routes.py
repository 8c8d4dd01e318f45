"""Two sides of the public events next to each other, as JSON or as one CSV table, without a session."""

from __future__ import annotations

from collections.abc import Callable

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.errors import ListingRequestError
from rallymap.query.snapshot import Snapshot
from rallymap.trends.compared_sides import FIGURES, ComparisonRequest
from rallymap.web.api_routes import OPEN_HEADERS
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers
from rallymap.web.stats_routes import MEDIA_TYPES, figure_as_csv, figure_as_json
from rallymap.workflows.exports import describe_export
from rallymap.workflows.services import Services

Asked = tuple[ComparisonRequest, str, str]


def comparison_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the route ``/api/v1/compare``.

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
        asked = ComparisonRequest.from_query_params(parameters)
        if chosen == ["csv"] and len(asked.figures) != 1:
            raise ListingRequestError(f"A CSV file holds one figure; “figure” is one of {', '.join(FIGURES)}.")
        return asked, chosen[0], site_address(request, services().settings)

    def answer(snapshot: Snapshot, asked: Asked) -> bytes:
        wanted, chosen_format, address = asked
        figures = wanted.answer(snapshot)
        if chosen_format == "csv":
            return figure_as_csv(figures[wanted.figures[0]])
        info = describe_export(services().settings, address, snapshot, wanted.listing, services().now())
        sides = {"by": wanted.by, "left": wanted.left[0], "right": wanted.right[0]}
        shown = {name: figure_as_json(figure) for name, figure in figures.items()}
        return orjson.dumps(info.as_json() | sides | {"figures": shown})

    # A plain function runs in a thread of its own.
    def compare(request: Request) -> Response:
        headers = dict(OPEN_HEADERS)
        wanted = request.query_params.get("format", "json")
        if wanted == "csv":
            name = request.query_params.get("figure", "")
            headers["Content-Disposition"] = f'attachment; filename="{name if name in FIGURES else "figure"}.csv"'
            headers["Link"] = f'<{services().settings.licence.url}>; rel="license"'
        media_type = MEDIA_TYPES.get(wanted, MEDIA_TYPES["json"])
        return answers.send(
            request, lambda parameters: read(request, parameters), answer, media_type, by_day=True, headers=headers
        )

    return [Route("/api/v1/compare", compare)]
