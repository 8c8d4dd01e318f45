"""The route for files that the browser loads."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rallymap.assets import MEDIA_TYPES, asset_files, asset_version, read_asset
from rallymap.web.encodings import choose_encoding, pack

PACKED_ALREADY: Final = (".png", ".woff2")
# The map's iframe has an opaque origin, so our own files are cross-origin for it.
OPEN_TO_FRAMES: Final = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def asset_routes() -> list[Route]:
    """Return the routes below ``/assets/``."""
    return [Route("/assets/{version}/{name:path}", send_asset)]


def send_asset(request: Request) -> Response:
    """Return one file; immutable for browsers under the current version, not cached under another."""
    name = request.path_params["name"]
    if name not in asset_files():
        return PlainTextResponse("There is no such file.", status_code=404, headers=OPEN_TO_FRAMES)
    current = request.path_params["version"] == asset_version()
    suffix = "." + name.rpartition(".")[2]
    encoding = "" if suffix in PACKED_ALREADY else choose_encoding(request.headers.get("accept-encoding", ""))
    headers = OPEN_TO_FRAMES | {
        "Cache-Control": cache_control(is_current=current),
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(compressed(name, encoding), media_type=MEDIA_TYPES[suffix], headers=headers)


def cache_control(*, is_current: bool) -> str:
    """Return the Cache-Control header of a versioned URL: immutable for the current version."""
    return "public, max-age=31536000, immutable" if is_current else "no-cache"


@lru_cache(maxsize=128)
def compressed(name: str, encoding: str) -> bytes:
    """Return a file's bytes in an encoding of :func:`rallymap.web.encodings.pack`, compressed once per process."""
    return pack(read_asset(name), encoding, quality=9)
