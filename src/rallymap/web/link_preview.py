"""Title and description of an app page for link previews (Open Graph) and search engines."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request

from rallymap.errors import MapRequestError
from rallymap.events import read_id
from rallymap.language import tr
from rallymap.query.filter_words import selection_in_words
from rallymap.query.filters import EventFilter
from rallymap.settings import Settings
from rallymap.views.headline import HEADLINE
from rallymap.web.site_address import public_query, site_address
from rallymap.web.snapshot_answers import read_query


def link_preview(request: Request, settings: Settings) -> Markup:
    """Return head elements that describe the link's events; with an open event, also its preview picture.

    Parameters that the page ignores are ignored here, too. The database is not read.
    """
    try:
        parameters = read_query(request)
    except MapRequestError:
        parameters = {}
    wanted, _ = EventFilter.from_query_params(parameters)
    address, title = site_address(request, settings), settings.site_name
    if wanted != EventFilter():
        title = f"{title}: {selection_in_words(wanted)}"
    below = request.url.path.removeprefix(f"{request.scope.get('root_path', '')}/")
    said = {
        "og:type": "website",
        "og:site_name": settings.site_name,
        "og:title": title,
        "og:description": tr(HEADLINE),
        "og:url": f"{address}{below}{public_query(request)}",
    }
    if event_id := read_id(parameters.get("event", [""])[-1]):
        said["og:image"] = f"{address}events/{event_id}/preview.png"
    element = Markup('<meta property="{}" content="{}">\n')
    elements = Markup("").join(element.format(name, text) for name, text in said.items())
    return Markup('<meta name="description" content="{}">\n{}').format(tr(HEADLINE), elements)
