"""Redirect from URLs that are slightly wrong to the correct ones."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse


def moved_to(request: Request, path: str) -> RedirectResponse:
    """Return a permanent redirect to a path of the site, with the query of the request.

    Parameters
    ----------
    path
        Path below the site's root, without a leading slash.
    """
    query = f"?{request.url.query}" if request.url.query else ""
    # Browsers treat "//example" as the URL of another site.
    return RedirectResponse(f"{request.scope.get('root_path', '')}/{path.lstrip('/')}{query}", status_code=301)
