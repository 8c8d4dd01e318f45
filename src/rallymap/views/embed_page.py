"""The page of the map that other sites show in a frame: the map alone, preset to a view and a filter."""

from __future__ import annotations

from typing import Any, Final

from markupsafe import Markup

from rallymap.language import current_language
from rallymap.templates import json_in_script
from rallymap.views.map_page import map_page_in

EMBED: Final = "embed"
"""The name of the map page."""
WIDTH: Final = 800
HEIGHT: Final = 600
"""Pixels of a frame, unless something else is asked for."""


def embed_page(choice: dict[str, Any], *, site: str, address: str, link: str) -> str:
    """Return the page's HTML, to be served one level below the site's address.

    Parameters
    ----------
    choice
        As :func:`rallymap.views.map_choice.map_choice` gives it; `theme` may be "": that of the visitor.
    site, address
        Name and address of this site; the address has a slash at its end.
    link
        The same view on this site.
    """
    data = json_in_script({"choice": choice, "site": site, "address": address, "link": link})
    # The map page names its files as seen from its own folder.
    html = map_page_in(current_language(), EMBED).replace("<head>", '<head><base href="frame/map/" />', 1)
    embedded = f'<script type="application/json" id="embedded">{data}</script>'
    # Before the script that reads it.
    return html.replace("<body>", f"<body>{embedded}", 1)


def embed_code(address: str, query: str, *, width: int | str, height: int, title: str) -> Markup:
    """Return the HTML that shows a map of this site in a page of another one.

    Parameters
    ----------
    address
        Of this site, with a slash at its end.
    query
        Of the map; "" shows all events.
    width
        Pixels, or a share such as "100%".
    """
    target = f"{address}embed?{query}" if query else f"{address}embed"
    frame = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" '
        'style="border:0;max-width:100%" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )
    return frame.format(target, title, width, height)
