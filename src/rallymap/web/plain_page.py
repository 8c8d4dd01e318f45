"""Small pages without Streamlit: one template, no scripts, all text escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse

from rallymap.palette import page_style_sheet
from rallymap.templates import render
from rallymap.web.headers import PLAIN_PAGE_POLICY


def plain_page(
    request: Request,
    *,
    site: str,
    title: str,
    body: str = "",
    error: str = "",
    status_code: int = 200,
    **texts: str | int,
) -> HTMLResponse:
    """Render a page in the site's theme that works without scripts.

    Parameters
    ----------
    request
        The request; links on the page are relative to its URL.
    site
        The site's name.
    title
        Heading, and start of the window title.
    body
        Name of a template in this package, or "" for a page with only an error.
    error
        An error message, shown as an alert; "" for none.
    texts
        Further values for the body's template; escaped, except Markup.
    """
    root = f"{request.scope.get('root_path', '')}/"
    html = render(
        "plain_page.html",
        title=title,
        site=site,
        error=error,
        root=root,
        font=font_address(),
        colours=page_style_sheet(),
        # Its values were escaped when it was rendered.
        body=render(body, root=root, **texts) if body else "",
    )
    return HTMLResponse(
        html,
        status_code=status_code,
        headers={"content-security-policy": PLAIN_PAGE_POLICY, "cache-control": "no-store"},
    )


@cache
def font_address() -> str:
    """Return the URL of the font that Streamlit ships, so that all pages look alike; "" if it was moved."""
    static = Path(streamlit.__file__).parent / "static"
    found = sorted(static.glob("static/media/SourceSansVF-Upright*.woff2"))
    return found[0].relative_to(static).as_posix() if found else ""
