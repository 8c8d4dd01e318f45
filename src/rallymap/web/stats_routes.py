"""Statistics of the public events that match a filter, as JSON or as a CSV table, without a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.routing import Route

from rallymap.query.snapshot import Snapshot
from rallymap.store.coverage import list_coverage
from rallymap.trends.figures import Figure
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.request import FIGURES, StatsRequest
from rallymap.web.figure_routes import FigureSource, figure_route
from rallymap.workflows.crowd_claims import read_claims
from rallymap.workflows.services import Services


def stats_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the route ``/api/v1/stats``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    """

    def answer(snapshot: Snapshot, wanted: StatsRequest) -> tuple[Mapping[str, Figure], Mapping[str, Any]]:
        chosen = FilteredRows.of(snapshot, wanted.listing.event_filter)
        asks_coverage = not {"coverage", "looked"}.isdisjoint(wanted.by)
        entries = [entry for _, entry in services().db.read(list_coverage)] if asks_coverage else []
        claims = read_claims(services().db, chosen, services().now()) if "claims" in wanted.by else None
        totals = {"total": len(chosen), "undated": chosen.undated, "undated_left_out": chosen.undated_left_out}
        return wanted.figures(chosen, entries, claims), totals

    source = FigureSource(
        parameter="by",
        names=tuple(FIGURES),
        one_figure="name it by “by”,",
        read=StatsRequest.from_query_params,
        chosen=lambda wanted: wanted.by,
        answer=answer,
    )
    return [figure_route("/api/v1/stats", services, source)]
