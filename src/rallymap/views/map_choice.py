"""What the map of Explore shows, as the data that is sent to it on each run."""

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
        Of the snapshot that the page was drawn from.
    event_filter, selected_event, view
        What the visitor has chosen.
    theme
        One of `THEMES`.
    bounds
        First and last day of all dated events, days since 1970-01-01; None: there is none.
    context
        Query of ``/map/context`` for the happenings to mark under the timeline; None: there are none.
    shown
        How many events are drawn all over the world in the filter's period; None: not counted.
    follow
        Whether a list on the page holds only what the map shows, and so needs to know it.
    fit
        West, north, east and south on the unit square (:func:`rallymap.query.viewed.extent_of`) of what the map shows
        until somebody moves it; None: all events of the filter.

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
