"""The address of this site as its visitor sees it, for links in files and feeds."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import Request

from rallymap.settings import Settings


def site_address(request: Request, settings: Settings) -> str:
    """Return scheme, host and base path, with a slash at the end."""
    address = str(request.base_url).rstrip("/") + "/"
    is_https = settings.behind_tls and not is_onion(request.headers)
    return f"https://{address.partition('://')[2]}" if is_https else address


def is_onion(headers: Headers) -> bool:
    """Return whether a visitor came to an onion service.

    Its address proves the server, and Tor encrypts the way to it, so that browsers come by http; Tor Browser takes
    ``Secure`` cookies there.
    """
    return headers.get("host", "").partition(":")[0].lower().endswith(".onion")
