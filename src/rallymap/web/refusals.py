"""Error responses with a one-sentence message: JSON for programs, a page in the site's theme for people."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from rallymap.web.plain_page import plain_page
from rallymap.web.security_middleware import path_below_root
from rallymap.web.snapshot_answers import FOR_PROGRAMS, json_answer

_LINKED_ON_PAGES = "/export/"
"""Its URLs are links on our pages, too."""


def refused(request: Request, *, site: str, title: str, error: str, status_code: int) -> Response:
    """Return an error response; programs read its member "error".

    Parameters
    ----------
    site
        The site's name, for the page.
    title
        Heading of the page.
    error
        The error message.
    """
    if is_program(request):
        return json_answer({"error": error}, status_code)
    return plain_page(request, site=site, title=title, error=error, status_code=status_code)


def is_program(request: Request) -> bool:
    """Return whether a program sends this request: for the API, a feed or a file, but not by a click in a browser."""
    path = f"{path_below_root(request.scope)}/"
    is_visitor = path.startswith(_LINKED_ON_PAGES) and "text/html" in request.headers.get("accept", "")
    return path.startswith(FOR_PROGRAMS) and not is_visitor
