"""Small pages without Streamlit: one template, no script, every text escaped on its way in."""

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
    """Draw a page in the site's look that works without script.

    Parameters
    ----------
    request
        What is answered; links on the page are made for the address it came by.
    site
        The site's name.
    title
        Heading, and first words of the window's title.
    body
        Name of a template in this package, or "" for a page that has only its error.
    error
        One sentence, shown as an alert; "" for none.
    texts
        Further texts and numbers that the body's template names; escaped, but for Markup.
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
        # Its texts were escaped when it was filled.
        body=render(body, root=root, **texts) if body else "",
    )
    return HTMLResponse(
        html,
        status_code=status_code,
        headers={"content-security-policy": PLAIN_PAGE_POLICY, "cache-control": "no-store"},
    )


@cache
def font_address() -> str:
    """Return the address of the font that Streamlit ships, so that all pages look alike; "" where it moved."""
    static = Path(streamlit.__file__).parent / "static"
    found = sorted(static.glob("static/media/SourceSansVF-Upright*.woff2"))
    return found[0].relative_to(static).as_posix() if found else ""
