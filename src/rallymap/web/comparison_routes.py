"""A comparison of two sides of the public events, as JSON or as a CSV table, without a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.routing import Route

from rallymap.query.snapshot import Snapshot
from rallymap.trends.compared_sides import FIGURES, ComparisonRequest
from rallymap.trends.figures import Figure
from rallymap.web.figure_routes import FigureSource, figure_route
from rallymap.workflows.services import Services


def comparison_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the route ``/api/v1/compare``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    """

    def answer(snapshot: Snapshot, wanted: ComparisonRequest) -> tuple[Mapping[str, Figure], Mapping[str, Any]]:
        sides: dict[str, Any] = {"by": wanted.by, "left": wanted.left[0], "right": wanted.right[0]}
        sides["warnings"] = wanted.warnings(snapshot)
        return wanted.answer(snapshot), sides

    source = FigureSource(
        parameter="figure",
        names=tuple(FIGURES),
        one_figure="“figure” is",
        read=ComparisonRequest.from_query_params,
        chosen=lambda wanted: wanted.figures,
        answer=answer,
    )
    return [figure_route("/api/v1/compare", services, source)]
