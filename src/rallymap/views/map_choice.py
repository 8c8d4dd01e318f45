"""The data that Explore sends to its map on each run."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from rallymap.query.filters import EventFilter
from rallymap.views.map_view import MapView

THEMES = ("light", "dark")


def map_choice(
    *,
    version: str,
    event_filter: EventFilter,
    selected_event: str | None,
    view: MapView,
    theme: str,
    bounds: tuple[int, int] | None,
    context: str | None,
    shown: int | None = None,
    follow: bool = False,
    fit: tuple[float, float, float, float] | None = None,
) -> dict[str, Any]:
    """Return the choice for ``Card.show`` in ``assets/map/card.js``; the map fetches the events from ``/map/cube``.

    Parameters
    ----------
    version
        Version of the snapshot that the page was rendered from.
    event_filter, selected_event, view
        The visitor's current choices.
    theme
        One of `THEMES`.
    bounds
        First and last day of all dated events, days since 1970-01-01; None if there are none.
    context
        Query of ``/map/context`` for the context events to mark below the timeline; None if there are none.
    shown
        Number of events shown worldwide in the filter's period; None if not counted.
    follow
        Whether a list on the page is limited to the map's view, and so needs its bounds.
    fit
        West, north, east and south on the unit square (:func:`rallymap.query.viewed.extent_of`) of the initial view;
        None for all events of the filter.

    Raises
    ------
    ValueError
        If there is no such theme.
    """
    if theme not in THEMES:
        raise ValueError(f"theme is one of {THEMES}, not {theme!r}")
    return {
        "version": version,
        "filter": urlencode(event_filter.changed(period=None).to_query_params(), doseq=True),
        "undated": event_filter.undated,
        "period": event_filter.days,
        "selected": selected_event,
        "view": None if view.lat is None else [view.lat, view.lon, view.zoom],
        "layer": view.layer,
        "colour": view.colouring,
        "theme": theme,
        "bounds": bounds,
        "context": context,
        "shown": shown,
        "follow": follow,
        "fit": fit,
    }
