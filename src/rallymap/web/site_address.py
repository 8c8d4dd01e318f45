"""The address of this site as its visitor sees it, for links in files and feeds."""

from __future__ import annotations

from starlette.requests import Request

from rallymap.settings import Settings


def site_address(request: Request, settings: Settings) -> str:
    """Return scheme, host and base path, with a slash at the end."""
    address = str(request.base_url).rstrip("/") + "/"
    return f"https://{address.partition('://')[2]}" if settings.behind_tls else address
