"""The HTML pages of the maps, built by folium once per process.

A map page is the same for every visitor, so it is served as a plain file and runs in a sandboxed iframe. What changes
from run to run (filter, period, pins) reaches it as data in messages and never as code:
:mod:`rallymap.views.map_choice` and :mod:`rallymap.views.pick_map` say what is sent.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from typing import Any, Final

import folium
from branca.element import MacroElement
from folium.template import Template
from markupsafe import Markup, escape

from rallymap.assets import TYPEFACE, bundle_name, frame_url, typeface_rule
from rallymap.countries import country_names
from rallymap.language import (
    ENGLISH,
    Language,
    current_language,
    mark,
    number_separators,
    script_dates,
    script_messages,
    script_plurals,
    tr,
    use_language,
    wording_version,
)
from rallymap.templates import json_in_script
from rallymap.views.map_view import MAX_ZOOM, MIN_ZOOM

SCRIPTS: Final = {"explore": "explore.js", "pick": "pick.js", "embed": "embed.js", "side": "side.js"}
"""The bundle that each map page starts, by the page's name."""

LANDS: Final = ("land/land-110m.bin", "land/land-50m.bin")
"""Files of borders: coarse ones, which are drawn first, and fine ones."""

TITLES: Final = {
    "explore": mark("Map of events"),
    "pick": mark("Map of places"),
    "embed": mark("Map of events"),
    "side": mark("Map of events"),
}

_HTML: Final = '<html lang="en">'
# folium's page forbids enlarging it and names no language, both barriers for people, and has a script after its body.
_MENDED: Final = (
    (re.compile(r"<html>"), _HTML),
    (re.compile(r'<meta name="viewport".*?/>', re.DOTALL), '<meta name="viewport" content="width=device-width" />'),
    (re.compile(r"</body>(.*)</html>", re.DOTALL), r"\1</body>\n</html>"),
)


class Engine(MacroElement):
    """Start one of our scripts with the folium map.

    What the script returns is kept as the promise ``window.rallymap``.
    """

    _template = Template("""
        {% macro header(this, kwargs) %}
            <script>
                function reportFailure() {
                    parent.postMessage({ rallymap: "failed" }, "*");
                }
                addEventListener("error", reportFailure, true); // also of scripts that cannot be loaded
            </script>
            <link rel="stylesheet" href="{{ this.style }}" />
            <link rel="modulepreload" href="{{ this.script }}" />
            {% if this.fetches_files %}
            <link rel="preload" href="{{ this.land }}" as="fetch" crossorigin />
            <link rel="preload" href="{{ this.font }}" as="font" type="font/woff2" crossorigin />
            <style>{{ this.typeface }}</style>
            {% endif %}
        {% endmacro %}

        {% macro script(this, kwargs) %}
            window.rallymap = import(new URL({{ this.script|tojson }}, document.baseURI))
                .then((script) => script.start({{ this._parent.get_name() }}));
            window.rallymap.catch((error) => {
                console.error(error);
                reportFailure();
            });
        {% endmacro %}
    """)

    def __init__(self, script: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Engine"
        # Requested all at once, with the page: none of them waits for another.
        self.script = frame_url(bundle_name(script))
        self.style = frame_url(bundle_name("map.css"))
        self.land = frame_url(LANDS[0])
        self.font = frame_url(TYPEFACE)
        self.typeface = typeface_rule(self.font)
        # In a frame of our own pages, the page around it hands them over (assets/page/map_files.js).
        self.fetches_files = script == SCRIPTS["embed"]


LEAFLET_OPTIONS: Final[dict[str, Any]] = {
    "worldCopyJump": True,
    "maxBoundsViscosity": 0.8,
    "keyboard": True,
    "trackResize": False,  # our script follows the size of its stage
    "fadeAnimation": False,  # tiles are drawn at once; fading them in costs a dozen frames after each zoom
    "bounceAtZoomLimits": False,
    # folium gives its own min_zoom and max_zoom to tile layers, and to nothing where there are none.
    "minZoom": MIN_ZOOM,
    "maxZoom": MAX_ZOOM,
    "attributionControl": False,
}
"""Of every map of ours, by Leaflet's names."""
CENTRE: Final = (30.0, 0.0)
"""Latitude and longitude of the middle of a map before it is known where the events are."""
ZOOM: Final = 2


class _NamedMap(folium.Map):
    """A map with a fixed name: folium numbers its maps at random, and the page is the same in every process."""

    def get_name(self) -> str:
        """Return the name of the map's variable and element."""
        return "map"


def base_map(name: str) -> folium.Map:
    """Build the folium map of a page: our own files, our own borders, no picture from elsewhere.

    Parameters
    ----------
    name
        One of `SCRIPTS`.
    """
    made = _NamedMap(location=CENTRE, zoom_start=ZOOM, tiles=None, zoom_control=False, **LEAFLET_OPTIONS)
    # folium names eight files on five hosts here; Leaflet from our own server is all that is needed.
    made.default_js = [("leaflet", frame_url("leaflet/leaflet.js"))]
    made.default_css = [("leaflet_css", frame_url("leaflet/leaflet.css"))]
    folium.Figure(title=TITLES[name]).add_child(made)
    made.add_child(Engine(SCRIPTS[name]))
    return made


@cache
def map_page(name: str) -> str:
    """Return the HTML of a map page.

    Raises
    ------
    KeyError
        If there is no such page.
    AssetError
        If a file of the map is missing.
    """
    html: str = base_map(name).get_root().render()
    for pattern, replacement in _MENDED:
        html = pattern.sub(replacement, html, count=1)
    return html


def map_page_in(language: Language, name: str) -> str:
    """Return the HTML of a map page in a language, with what its script says."""
    html = map_page(name)
    with use_language(language):
        html = html.replace(f"<title>{TITLES[name]}</title>", f"<title>{escape(tr(TITLES[name]))}</title>", 1)
    html = html.replace(_HTML, f'<html lang="{language.code}" dir="{language.direction}">', 1)
    return html.replace("</head>", f"{messages_element(language)}</head>", 1)


def messages_element(language: Language) -> Markup:
    """Return the element that a page's script reads its language and sentences from (``assets/map/words.js``)."""
    return _messages_element(language, wording_version(language))


@lru_cache(maxsize=64)
def _messages_element(language: Language, _wording: str) -> Markup:
    # Countries, plural forms and separators are ours: browsers lack languages, and call some countries otherwise.
    with use_language(language):
        said = {
            "lang": language.script_locale,
            "messages": script_messages(language),
            "plurals": script_plurals(language),
            "separators": number_separators(),
            "countries": country_names(),
            "dates": script_dates(language),
        }
    return Markup('<script type="application/json" id="messages">{}</script>').format(json_in_script(said))


def map_page_path(name: str) -> str:
    """Return the path of a map page below the site's root, in the present language, with a hash of its content."""
    language = current_language()
    digest = hashlib.sha256(map_page_in(language, name).encode()).hexdigest()[:12]
    return f"frame/{digest}/{name}" + ("" if language.code == ENGLISH.code else f"?lang={language.code}")
