"""The page of the map for embedding on other sites: only the map, preset to a view and a filter."""

from __future__ import annotations

from typing import Any, Final

from markupsafe import Markup

from rallymap.language import current_language, tr
from rallymap.templates import json_in_script
from rallymap.views.map_page import map_page_in

EMBED: Final = "embed"
"""Name of the map page."""
WIDTH: Final = 800
HEIGHT: Final = 600
"""Default height of the iframe in pixels."""


def embed_page(choice: dict[str, Any], *, site: str, address: str, link: str) -> str:
    """Return the page's HTML, to be served one level below the site's URL.

    Parameters
    ----------
    choice
        Choice from :func:`rallymap.views.map_choice.map_choice`; `theme` may be "" for the visitor's own.
    site, address
        Name and URL of this site; the URL has a trailing slash.
    link
        URL of the same view on this site.
    """
    data = json_in_script({"choice": choice, "site": site, "address": address, "link": link})
    # The map page's file paths are relative to its own folder.
    html = map_page_in(current_language(), EMBED).replace("<head>", '<head><base href="frame/map/" />', 1)
    embedded = f'<script type="application/json" id="embedded">{data}</script>'
    needed = tr("The map and the forms need JavaScript. Please allow it for this site and load the page again.")
    other = Markup('<noscript><p>{} <a href="{}" target="_blank">{}</a></p></noscript>').format(needed, link, site)
    # Before the script that reads it.
    return html.replace("<body>", f"<body>{other}{embedded}", 1)


def embed_code(address: str, query: str, *, width: int | str, height: int, title: str) -> Markup:
    """Return the HTML that embeds a map of this site in another site's page.

    Parameters
    ----------
    address
        URL of this site, with a trailing slash.
    query
        Query of the map; "" shows all events.
    width
        Width in pixels, or a share such as "100%".
    """
    target = f"{address}embed?{query}" if query else f"{address}embed"
    frame = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" '
        'style="border:0;max-width:100%" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )
    return frame.format(target, title, width, height)
