"""The address of this site as its visitor sees it, for links in files and feeds."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request

from rallymap.settings import Settings

_PRIVATE_PAGES: Final = ("mine", "add", "review", "import")


def site_address(request: Request, settings: Settings) -> str:
    """Return scheme, host and base path, with a slash at the end."""
    address = str(request.base_url).rstrip("/") + "/"
    is_https = settings.behind_tls and not is_onion(request.headers)
    return f"https://{address.partition('://')[2]}" if is_https else address


def public_query(request: Request) -> str:
    """Return the query of an address with its question mark, without that of private pages.

    Those of edit links, drafts and moderators' lists open or name what is not for everybody.
    """
    query = request.url.query
    return f"?{query}" if query and request.url.path.rpartition("/")[2] not in _PRIVATE_PAGES else ""


def is_onion(headers: Headers) -> bool:
    """Return whether a visitor came to an onion service.

    Its address proves the server, and Tor encrypts the way to it, so that browsers come by http; Tor Browser takes
    ``Secure`` cookies there.
    """
    return headers.get("host", "").partition(":")[0].lower().endswith(".onion")
