"""The folium map that never changes: our own files, our own borders, no picture from elsewhere."""

from __future__ import annotations

import folium
from branca.element import MacroElement
from folium.template import Template

from rallymap.assets import asset_files, frame_url
from rallymap.views.map_view import MAX_ZOOM, MIN_ZOOM


class Engine(MacroElement):
    """Loads one of our scripts into the map's frame and hands it the map.

    What the script returns is kept as the promise ``window.rallymap``.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            {{ this.modules|tojson }}.forEach((href) => {
                document.head.appendChild(Object.assign(document.createElement("link"), {rel: "modulepreload", href}));
            });
            window.rallymap = import(new URL({{ this.url|tojson }}, document.baseURI))
                .then((engine) => engine.start({{ this._parent.get_name() }}));
            window.rallymap.catch((error) => {
                console.error(error);
                document.body.textContent = {{ this.apology|tojson }};
            });
        {% endmacro %}
    """)

    def __init__(self, script: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Engine"
        self.url = frame_url(script)
        # Asked for all at once: a module would otherwise be found only when the one that needs it has arrived.
        self.modules = sorted(
            frame_url(name) for name in asset_files() if name.startswith("map/") and name.endswith(".js")
        )
        self.apology = "The map could not be loaded. The list shows the same events; reload the page to try again."


def base_map(script: str = "map/main.js") -> folium.Map:
    """Return a fresh map whose script is the same each time, so that its frame is never mounted anew.

    What changes travels in a :class:`rallymap.views.time_layer.TimeLayer`.
    """
    made = folium.Map(
        location=(30.0, 0.0),
        zoom_start=2,
        tiles=None,
        min_zoom=MIN_ZOOM,
        max_zoom=MAX_ZOOM,
        zoom_control=False,
        attribution_control=False,
        world_copy_jump=True,
        max_bounds_viscosity=0.8,
        keyboard=True,
    )
    # Stock folium names eight files on five hosts here; Leaflet from our own is all that is needed.
    made.default_js = [("leaflet", frame_url("leaflet/leaflet.js"))]
    made.default_css = [("leaflet_css", frame_url("leaflet/leaflet.css"))]
    made.add_child(Engine(script))
    return made
