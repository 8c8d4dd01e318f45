"""Reads what a server reads at its start and at its first visit; :mod:`tests.browser.ready_server` forks from it."""

import altair  # noqa: F401
import folium  # noqa: F401
import uvicorn.protocols.websockets.auto  # noqa: F401

import rallymap.cli  # noqa: F401
import rallymap.web.serve  # noqa: F401
from rallymap.assets import asset_files
from rallymap.language import languages
from rallymap.language.catalogue import catalogue_of
from rallymap.ui import about, compare, explore, imports, quality, review, trends  # noqa: F401
from rallymap.ui.submit import edit_link, new_event  # noqa: F401
from rallymap.views.map_page import SCRIPTS, map_page
from rallymap.web.assets import PACKED_ALREADY, compressed
from rallymap.workflows.city_names import city_names

for language in languages():
    catalogue_of(language)
for name in SCRIPTS:
    map_page(name)
for name in asset_files():
    if not name.endswith(PACKED_ALREADY):
        compressed(name, "br")
city_names()
