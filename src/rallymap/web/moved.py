"""Lead from an address that is not quite right to the one that is meant."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse


def moved_to(request: Request, path: str) -> RedirectResponse:
    """Return an answer that leads to a path of the site for good, with the query of the request.

    Parameters
    ----------
    path
        Below the site's root, without a slash at its beginning.
    """
    query = f"?{request.url.query}" if request.url.query else ""
    # Of "//example" browsers make another site's address.
    return RedirectResponse(f"{request.scope.get('root_path', '')}/{path.lstrip('/')}{query}", status_code=301)
