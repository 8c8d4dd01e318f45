"""The route of the files that the browser loads."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import Final

import brotli
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rallymap.assets import MEDIA_TYPES, asset_files, asset_version, read_asset

PACKED_ALREADY: Final = (".png", ".woff2")
# The map's frame has an opaque origin, so even our own files are "cross-origin" to it.
OPEN_TO_FRAMES: Final = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def asset_routes() -> list[Route]:
    """Return the routes below ``/assets/``."""
    return [Route("/assets/{version}/{name:path}", send_asset)]


def send_asset(request: Request) -> Response:
    """Answer with one file; browsers keep it for good under the current version, and never under another."""
    name = request.path_params["name"]
    if name not in asset_files():
        return PlainTextResponse("There is no such file.", status_code=404, headers=OPEN_TO_FRAMES)
    current = request.path_params["version"] == asset_version()
    suffix = "." + name.rpartition(".")[2]
    encoding = "" if suffix in PACKED_ALREADY else choose_encoding(request.headers.get("accept-encoding", ""))
    headers = OPEN_TO_FRAMES | {
        "Cache-Control": "public, max-age=31536000, immutable" if current else "no-cache",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(_packed(name, encoding), media_type=MEDIA_TYPES[suffix], headers=headers)


def choose_encoding(accepted: str) -> str:
    """Return the best encoding that an ``Accept-Encoding`` header allows: ``br``, ``gzip`` or "" for none."""
    offers = {part.split(";")[0].strip(): part for part in accepted.lower().split(",")}
    for encoding in ("br", "gzip"):
        if encoding in offers and "q=0" not in offers[encoding].replace(" ", "").replace("q=0.", ""):
            return encoding
    return ""


def pack(body: bytes, encoding: str, *, quality: int) -> bytes:
    """Compress `body` with an encoding of :func:`choose_encoding`; `quality` is 1 (fast) to 9 (small)."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=quality))
    return gzip.compress(body, compresslevel=quality, mtime=0) if encoding == "gzip" else body


@lru_cache(maxsize=128)
def _packed(name: str, encoding: str) -> bytes:
    return pack(read_asset(name), encoding, quality=9)
