"""The routes for the map in the browser: public data only, answered from the snapshot in memory."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.errors import MapRequestError, RallymapError
from rallymap.intake.context import marks_for
from rallymap.query.cell_list import list_cells
from rallymap.query.cube import answer_cube, answer_period
from rallymap.query.filter_links import MAX_VALUES
from rallymap.query.map_request import CubeRequest, ListRequest, NamesRequest, PeriodRequest
from rallymap.query.snapshot import Snapshot
from rallymap.store.events import get_public_events
from rallymap.views.map_labels import label_of
from rallymap.web.snapshot_answers import SnapshotAnswers, json_answer, refusal
from rallymap.workflows.city_names import city_names
from rallymap.workflows.exports import moment_of
from rallymap.workflows.services import Services


def map_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the routes below ``/map/``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    """
    answers = MapAnswers(services)
    return [
        Route("/map/cube", answers.cube),
        Route("/map/period", answers.period),
        Route("/map/events", answers.events),
        Route("/map/place-names", answers.place_names),
        Route("/map/context", answers.context),
        Route("/map/tiles", answers.tiles),
        Route("/map/version", answers.version),
    ]


class MapAnswers:
    """Answers the map's requests; as plain functions, Starlette runs each endpoint in a thread."""

    def __init__(self, services: Callable[[], Services]) -> None:
        self._services = services
        self._answers = SnapshotAnswers(services)

    def cube(self, request: Request) -> Response:
        """Return one view: see :func:`rallymap.query.cube.answer_cube`."""
        return self._answers.send(request, CubeRequest.from_query_params, answer_cube, "application/octet-stream")

    def period(self, request: Request) -> Response:
        """Count one period in a view: see :func:`rallymap.query.cube.answer_period`."""
        return self._answers.send(request, PeriodRequest.from_query_params, answer_period, "application/octet-stream")

    def events(self, request: Request) -> Response:
        """List events with their label data: ``{total, events: [{id, title, kind, when, where, name, at}]}``."""

        def answer(snapshot: Snapshot, asked: ListRequest) -> bytes:
            ids, total = (list(asked.ids), len(asked.ids)) if asked.ids else list_cells(snapshot, asked)
            services = self._services()
            # The answer is cached under the snapshot's version, so it shows no more than the snapshot does.
            found = services.db.read(get_public_events, ids, moment_of(snapshot, services.now()))
            return orjson.dumps({"total": total, "events": [label_of(event) for event in found]})

        return self._answers.send(request, ListRequest.from_query_params, answer, "application/json")

    def place_names(self, request: Request) -> Response:
        """Return the cities of a view: ``[[name, x, y], ...]``, the largest first, x and y as in the cube."""

        def answer(_snapshot: Snapshot, asked: NamesRequest) -> bytes:
            names, name_of = city_names()
            return orjson.dumps([(name_of(city), x, y) for city, x, y in names.in_view(asked.grid)])

        return self._answers.send(request, NamesRequest.from_query_params, answer, "application/json")

    def context(self, request: Request) -> Response:
        """List the context events above the timeline: ``[{start, end, title}]``, days since 1970-01-01.

        With ``community``, only those of these communities and those of all; "" names none.
        """

        def answer(_snapshot: Snapshot, asked: tuple[str, ...] | None) -> bytes:
            marks = self._services().context
            chosen = marks if asked is None else marks_for(marks, asked)
            return orjson.dumps([{"start": m.start_day, "end": m.end_day, "title": m.title} for m in chosen])

        def read(parameters: dict[str, list[str]]) -> tuple[str, ...] | None:
            given = parameters.get("community")
            if given is not None and len(given) > MAX_VALUES:
                raise MapRequestError(f"At most {MAX_VALUES} communities can be asked for at once.")
            return None if given is None else tuple(sorted(set(given)))

        return self._answers.send(
            request, read, answer, "application/json", made_from=lambda services: services.context
        )

    def tiles(self, _request: Request) -> Response:
        """Return the street tiles that a visitor may enable: ``{url, credit, host}``, or ``{}`` for none."""
        try:
            settings = self._services().settings
        except RallymapError as err:
            return refusal(err, 503)
        if not settings.tile_url:
            return json_answer({}, 200)
        host = urlsplit(settings.tile_url).netloc or "this site"
        return json_answer({"url": settings.tile_url, "credit": settings.tile_attribution, "host": host}, 200)

    def version(self, _request: Request) -> Response:
        """Return the public dataset version."""
        try:
            body = {"version": self._services().keeper.current().version}
        except RallymapError as err:
            return refusal(err, 503)
        return json_answer(body, 200)
