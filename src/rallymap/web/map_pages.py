"""The route for the map pages, which run in sandboxed iframes."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rallymap.language import current_language
from rallymap.views.embed_page import EMBED
from rallymap.views.map_page import SCRIPTS, map_page, map_page_in, map_page_path
from rallymap.web.assets import cache_control
from rallymap.web.encodings import choose_encoding, pack

QUALITY: Final = 9


def map_page_routes() -> list[Route]:
    """Return the route below ``/frame/``."""
    return [Route("/frame/{version}/{name}", send_map_page)]


def map_pages_html() -> str:
    """Return the concatenated HTML of all map pages."""
    return "".join(map(map_page, SCRIPTS))


def send_map_page(request: Request) -> Response:
    """Return a map page; immutable for browsers under its current version, not cached under another."""
    name = request.path_params["name"]
    if name not in SCRIPTS or name == EMBED:  # it has its own URL
        return PlainTextResponse("There is no such map.", status_code=404)
    language = current_language()
    current = request.path_params["version"] in map_page_path(name).split("/")
    encoding = choose_encoding(request.headers.get("accept-encoding", ""))
    headers = {
        "Cache-Control": cache_control(is_current=current),
        "Vary": "Accept-Encoding",
    }
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(_packed(map_page_in(language, name), encoding), media_type="text/html", headers=headers)


@lru_cache(maxsize=128)
def _packed(html: str, encoding: str) -> bytes:
    return pack(html.encode(), encoding, quality=QUALITY)
