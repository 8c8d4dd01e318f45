"""The public URL of this site, for links in files and feeds."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request

from rallymap.settings import Settings

_PRIVATE_PAGES: Final = ("mine", "add", "review", "import", "account")


def site_address(request: Request, settings: Settings) -> str:
    """Return scheme, host and base path, with a trailing slash."""
    address = str(request.base_url).rstrip("/") + "/"
    is_https = settings.behind_tls and not is_onion(request.headers)
    return f"https://{address.partition('://')[2]}" if is_https else address


def public_query(request: Request) -> str:
    """Return the query of a URL with its question mark; "" for private pages.

    The queries of edit links, drafts and moderators' lists contain tokens or ids that are not public.
    """
    query = request.url.query
    return f"?{query}" if query and request.url.path.rpartition("/")[2] not in _PRIVATE_PAGES else ""


def is_onion(headers: Headers) -> bool:
    """Return whether a visitor uses an onion service.

    Its address authenticates the server, and Tor encrypts the connection, so browsers use http; Tor Browser accepts
    ``Secure`` cookies there.
    """
    return headers.get("host", "").partition(":")[0].lower().endswith(".onion")
