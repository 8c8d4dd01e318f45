"""What changes on the map from run to run: filter, period, chosen event, view, theme."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import folium
from branca.element import MacroElement
from folium.template import Template

from rallymap.query.filters import EventFilter
from rallymap.views.escape import script_json
from rallymap.views.map_view import MapView

THEMES = ("light", "dark")


class TimeLayer(MacroElement):
    """Tells the map's engine what to show; it fetches the events itself from ``/map/cube``.

    No text of an event passes through here. Names in the filter are percent-encoded.

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
    with_context
        Whether there are happenings to mark under the timeline.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            window.rallymap.then((engine) => engine.show({{ this.choice }}));
        {% endmacro %}
    """)

    def __init__(
        self,
        *,
        version: str,
        event_filter: EventFilter,
        selected_event: str | None,
        view: MapView,
        theme: str,
        bounds: tuple[int, int] | None,
        with_context: bool,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TimeLayer"
        if theme not in THEMES:
            raise ValueError(f"theme is one of {THEMES}, not {theme!r}")
        place = None if view.lat is None else [view.lat, view.lon, view.zoom]
        choice: dict[str, Any] = {
            "version": version,
            "filter": urlencode(event_filter.with_period(None).to_query_params(), doseq=True),
            "undated": event_filter.undated,
            "period": event_filter.days,
            "selected": selected_event,
            "view": place,
            "layer": view.layer,
            "theme": theme,
            "bounds": bounds,
            "context": with_context,
        }
        self.choice = script_json(choice)


def changing_part(layer: MacroElement) -> folium.FeatureGroup:
    """Wrap a layer for ``st_folium``'s ``feature_group_to_add``, which exchanges it without mounting anew."""
    group = folium.FeatureGroup(control=False)
    group.add_child(layer)
    return group
