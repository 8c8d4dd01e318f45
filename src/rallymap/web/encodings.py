"""Content encodings of answers: parse a request's header, and compress."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

import brotli
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

ENCODINGS = ("br", "gzip")
"""Preferred encodings, best first."""


def choose_encoding(accepted: str, offered: Sequence[str] = ENCODINGS) -> str:
    """Return the first offered encoding that an ``Accept-Encoding`` header allows, "" for none.

    A weight of 0 forbids an encoding (RFC 9110, section 12.5.3); ``*`` means those not named. Other weights are
    the browser's preference, and ours takes precedence.
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            weights[name] = float(weight)
        except ValueError:
            weights[name] = 0.0
    return next((name for name in offered if weights.get(name, weights.get("*", 0.0)) > 0), "")


def pack(body: bytes, encoding: str, *, quality: int) -> bytes:
    """Compress `body` with an encoding from :func:`choose_encoding`; `quality` is 1 (fast) to 9 (small)."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=quality))
    return gzip.compress(body, compresslevel=quality, mtime=0) if encoding == "gzip" else body


class AcceptedEncodings:
    """Pure ASGI middleware: leaves in ``Accept-Encoding`` only names of encodings that the request allows.

    Streamlit compresses if the header contains the word "gzip", which it also does where it forbids gzip.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            headers = MutableHeaders(raw=list(scope["headers"]))
            if accepted := ", ".join(headers.getlist("accept-encoding")):
                allowed = [name for name in ENCODINGS if choose_encoding(accepted, (name,))]
                del headers["accept-encoding"]
                headers["accept-encoding"] = ", ".join(allowed) or "identity"
                scope = {**scope, "headers": headers.raw}
        await self._app(scope, receive, send)
