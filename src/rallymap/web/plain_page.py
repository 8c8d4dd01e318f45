"""Small pages without Streamlit: one template, no script, every text escaped on its way in."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse

from rallymap.palette import page_style_sheet
from rallymap.web.headers import PLAIN_PAGE_POLICY


def plain_page(
    request: Request,
    *,
    site: str,
    title: str,
    body: str = "",
    error: str = "",
    status_code: int = 200,
    **texts: str,
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
        Further texts that the body's template names.
    """
    root = f"{request.scope.get('root_path', '')}/"
    # Only the body's own markup goes in unescaped, and its texts were escaped when it was filled.
    filled = _fill(body, root=root, **texts) if body else ""
    html = _template("plain_page.html").substitute(
        title=escape(title),
        site=escape(site),
        error=escape(error),
        root=escape(root),
        font=font_address(),
        colours=page_style_sheet(),
        body=filled,
    )
    return HTMLResponse(
        html,
        status_code=status_code,
        headers={"content-security-policy": PLAIN_PAGE_POLICY, "cache-control": "no-store"},
    )


def _fill(template: str, **texts: str) -> str:
    return _template(template).substitute({key: escape(text) for key, text in texts.items()})


@cache
def _template(name: str) -> Template:
    return Template(files("rallymap.web").joinpath(name).read_text("utf-8"))


@cache
def font_address() -> str:
    """Return the address of the font that Streamlit ships, so that all pages look alike; "" where it moved."""
    static = Path(streamlit.__file__).parent / "static"
    found = sorted(static.glob("static/media/SourceSansVF-Upright*.woff2"))
    return found[0].relative_to(static).as_posix() if found else ""
