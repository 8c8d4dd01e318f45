"""The HTML pages of the maps, built by folium once per process.

A map page is the same for every visitor, so it is served as a static file and runs in a sandboxed iframe. Values that
change between runs (filter, period, pins) are sent as data in messages and never as code:
:mod:`rallymap.views.map_choice` and :mod:`rallymap.views.pick_map` define them.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
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
    script_second_calendar,
    tr,
    use_language,
    wording_version,
)
from rallymap.templates import json_in_script
from rallymap.views.map_view import MAX_ZOOM, MIN_ZOOM

SCRIPTS: Final = {"explore": "explore.js", "pick": "pick.js", "embed": "embed.js", "side": "side.js"}
"""Bundle of each map page, by the page's name."""

LANDS: Final = ("land/land-110m.bin", "land/land-50m.bin")
"""Files of borders: coarse ones, which are drawn first, and fine ones."""

TITLES: Final = {
    "explore": mark("Map of events"),
    "pick": mark("Map of places"),
    "embed": mark("Map of events"),
    "side": mark("Map of events"),
}

_SECOND_CALENDAR: Final = (date(1900, 1, 1), date(2099, 12, 31))
"""Days that the timeline shows in the second calendar of a language too."""

_HTML: Final = '<html lang="en">'
# folium's page forbids zooming and sets no language, both accessibility barriers, and has a script after its body.
_MENDED: Final = (
    (re.compile(r"<html>"), _HTML),
    (re.compile(r'<meta name="viewport".*?/>', re.DOTALL), '<meta name="viewport" content="width=device-width" />'),
    (re.compile(r"</body>(.*)</html>", re.DOTALL), r"\1</body>\n</html>"),
)


class Engine(MacroElement):
    """Start one of our scripts with the folium map.

    The script's return value is stored as the promise ``window.rallymap``.
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
        # All requested in parallel with the page.
        self.script = frame_url(bundle_name(script))
        self.style = frame_url(bundle_name("map.css"))
        self.land = frame_url(LANDS[0])
        self.font = frame_url(TYPEFACE)
        self.typeface = typeface_rule(self.font)
        # In an iframe of our own pages, the parent page provides them (assets/page/map_files.js).
        self.fetches_files = script == SCRIPTS["embed"]


LEAFLET_OPTIONS: Final[dict[str, Any]] = {
    "worldCopyJump": True,
    "maxBoundsViscosity": 0.8,
    "keyboard": True,
    "trackResize": False,  # our script handles size changes
    "fadeAnimation": False,  # fading tiles in costs a dozen frames after each zoom
    "bounceAtZoomLimits": False,
    # folium passes its own min_zoom and max_zoom only to tile layers, which we do not have.
    "minZoom": MIN_ZOOM,
    "maxZoom": MAX_ZOOM,
    "attributionControl": False,
}
"""Leaflet options of all our maps."""
CENTRE: Final = (30.0, 0.0)
"""Latitude and longitude of the map's centre before the events' locations are known."""
ZOOM: Final = 2


class _NamedMap(folium.Map):
    """A map with a fixed name: folium uses random names, but the page must be the same in every process."""

    def get_name(self) -> str:
        """Return the name of the map's variable and element."""
        return "map"


def base_map(name: str) -> folium.Map:
    """Build the folium map of a page with only our own files and borders, and no external tiles.

    Parameters
    ----------
    name
        A name from `SCRIPTS`.
    """
    made = _NamedMap(location=CENTRE, zoom_start=ZOOM, tiles=None, zoom_control=False, **LEAFLET_OPTIONS)
    # folium refers to eight files on five hosts here; Leaflet from our own server is all that is needed.
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
    """Return the HTML of a map page in a language, with the messages of its script."""
    html = map_page(name)
    with use_language(language):
        html = html.replace(f"<title>{TITLES[name]}</title>", f"<title>{escape(tr(TITLES[name]))}</title>", 1)
    html = html.replace(_HTML, f'<html lang="{language.code}" dir="{language.direction}">', 1)
    return html.replace("</head>", f"{messages_element(language)}</head>", 1)


def messages_element(language: Language) -> Markup:
    """Return the element with the language and messages for a page's script (``assets/map/words.js``)."""
    return _messages_element(language, wording_version(language))


@lru_cache(maxsize=64)
def _messages_element(language: Language, _wording: str) -> Markup:
    # Country names, plural forms and separators are ours: browsers lack languages, and name some countries differently.
    with use_language(language):
        said = {
            "lang": language.script_locale,
            "messages": script_messages(language),
            "plurals": script_plurals(language),
            "separators": number_separators(),
            "countries": country_names(),
            "dates": script_dates(language),
            "second": script_second_calendar(language, *_SECOND_CALENDAR),
        }
    return Markup('<script type="application/json" id="messages">{}</script>').format(json_in_script(said))


def map_page_path(name: str) -> str:
    """Return the path of a map page below the site's root, in the current language, with a hash of its content."""
    language = current_language()
    digest = hashlib.sha256(map_page_in(language, name).encode()).hexdigest()[:12]
    return f"frame/{digest}/{name}" + ("" if language.code == ENGLISH.code else f"?lang={language.code}")
