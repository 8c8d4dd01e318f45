"""The security headers of every response, by path."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

NO_DEVICES = (
    "camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()"
)
PLAIN_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""For our own small pages, which have no scripts."""

_OPEN = ("/map/", "/assets/", "/api/", "/export/", "/feeds/", "/events/", "/campaigns/", "/reconcile/")
_OPEN_ALONE = ("/oembed", "/events", "/reconcile", "/sitemap.xml")
_HOST = re.compile(r"(\*\.)?[a-zA-Z0-9.-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?")
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def inline_script_hashes(html: str) -> tuple[str, ...]:
    """Return the hashes of each inline script of a page, as in a Content-Security-Policy.

    Returns
    -------
    hashes
        ``sha256-...`` in page order; scripts with a ``src`` are skipped.
    """
    return tuple(
        "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in _INLINE_SCRIPT.findall(html)
    )


def page_policy(html: str) -> str:
    """Return the Content-Security-Policy of the main page, which allows the inline scripts in `html`."""
    scripts = " ".join(["'self'", *(f"'{digest}'" for digest in inline_script_hashes(html))])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; frame-src 'self'; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def frame_policy(html: str, tile_url: str = "", *, embed_from: Sequence[str] | None = None) -> str:
    """Return the Content-Security-Policy of the map's iframe: its own scripts run in an opaque origin.

    Parameters
    ----------
    html
        The concatenated map pages; only their inline scripts may run.
    tile_url
        URL template of the operator's street tiles; images may also come from its host, nothing else changes.
    embed_from
        Sites that may embed the page; None for our own pages only. An embedded map may open links in new windows.
    """
    scripts = " ".join(["'self'", *(f"'{digest}'" for digest in inline_script_hashes(html))])
    host = tile_host(tile_url)
    images = " ".join(["'self'", "data:", "blob:", *([host] if host else [])])
    ancestors, base, also = "'self'", "'none'", ""
    if embed_from is not None:
        ancestors, base = " ".join(embed_from) or "'none'", "'self'"
        also = " allow-popups allow-popups-to-escape-sandbox"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        f"img-src {images}; font-src 'self' data:; connect-src 'self'; base-uri {base}; form-action 'none'; "
        f"frame-ancestors {ancestors}; sandbox allow-scripts{also}"
    )


def tile_host(tile_url: str) -> str:
    """Return the source for a tile URL in a Content-Security-Policy, "" for our own host.

    ``{s}``, Leaflet's placeholder for a subdomain, becomes ``*``.
    """
    parts = urlsplit(tile_url.replace("{s}", "*"))
    # A space or semicolon would end the directive and start another one; such tiles are not allowed at all.
    return f"{parts.scheme}://{parts.netloc}" if _HOST.fullmatch(parts.netloc) else ""


class HeaderPolicy:
    """The headers for each path; built once at startup.

    Parameters
    ----------
    html
        The main page; only its inline scripts may run.
    map_html
        The concatenated map pages; only their inline scripts may run.
    tile_url
        URL template of the operator's street tiles, or "".
    embed_from
        Sites that may embed ``/embed``, as sources of ``frame-ancestors``.
    """

    def __init__(self, html: str, map_html: str, tile_url: str = "", embed_from: Sequence[str] = ("*",)) -> None:
        every = {
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": NO_DEVICES,
        }
        page = every | {"content-security-policy": page_policy(html), "x-frame-options": "DENY"}
        self._page = _encoded(page)
        self._frame = _encoded(every | {"content-security-policy": frame_policy(map_html, tile_url)})
        embedded = frame_policy(map_html, tile_url, embed_from=embed_from)
        self._embed = _encoded(every | {"content-security-policy": embedded})
        # The sandboxed iframe has an opaque origin, so its requests need open CORS; all of their data is public.
        self._open = _encoded(page | {"access-control-allow-origin": "*"})

    def for_path(self, path: str) -> list[tuple[bytes, bytes]]:
        """Return the headers for a path below the app's root, names in lower case."""
        if path.startswith("/frame/"):
            return self._frame
        if path == "/embed":
            return self._embed
        return self._open if is_open(path) else self._page


def is_open(path: str) -> bool:
    """Return whether scripts of other sites may read a path: only if all of its data is public."""
    return path.startswith(_OPEN) or path in _OPEN_ALONE


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
