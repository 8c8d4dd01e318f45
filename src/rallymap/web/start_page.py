"""The HTML page of every app URL: Streamlit's page with the site's name, icon and colours from the start.

Streamlit's own page shows "Streamlit" until its scripts have run, is white at first even in dark mode, and first tries
the wrong server URL if a visitor opens another page than the first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import streamlit
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from rallymap.assets import STYLE, asset_version
from rallymap.errors import AssetError
from rallymap.file_faults import shipped_file_fault
from rallymap.language import current_language, mark, tr, trc
from rallymap.palette import COLOURS, theme_style_sheet
from rallymap.store.faults import OVERLOADED
from rallymap.web.encodings import choose_encoding, pack
from rallymap.web.entity_tags import is_not_modified
from rallymap.web.moved import moved_to
from rallymap.web.open_pages import OpenPages
from rallymap.web.plain_page import plain_page
from rallymap.web.snapshot_answers import PACKING_QUALITY
from rallymap.web.streamlit_words import streamlit_words

LIGHT, DARK = COLOURS["paper"]
ICON = Path(__file__).resolve().parents[1] / "ui" / "icon.svg"
SCRIPTS = Path(__file__).resolve().parents[1] / "assets" / "page"

PAGE_SCRIPTS = ("server_away", "icon_font", "map_files", "first_view", "streamlit_words", "page_history")

HEAD = """\
<title>{site}</title>
    <link rel="icon" type="image/svg+xml" href="./icon.svg" />
    <meta name="color-scheme" content="light dark" />
    <style>
      html {{ background: {light} }}
      @media (prefers-color-scheme: dark) {{ html {{ background: {dark} }} }}
      /* From the start, or the browser loads 376 kB of icons for them. */
      html [data-testid=stExpandSidebarButton],
      :is([data-testid=stPopoverButton], [data-testid=stTextInputIcon]) [data-testid=stIconMaterial] {{ display: none }}
    </style>
    <script>
      window.__streamlit = {{ BACKEND_BASE_URL: new URL("./", window.location.href).href }};
      // Streamlit's parts are of React Aria: their keys and words are those of this language, else of the browser's.
      window[Symbol.for("react-aria.i18n.locale")] = document.documentElement.lang;
    </script>
    <script>
{server_away}    </script>
    <script>
{icon_font}    </script>
    <script>
{map_files}    </script>
    <script>
{first_view}    </script>
    <script>
{streamlit_words}    </script>
    <script>
{page_history}    </script>"""

NEEDS_SCRIPT = mark("The map and the forms need JavaScript. Please allow it for this site and load the page again.")
AWAY = mark("The site does not answer just now. Leave this page open: it connects again by itself.")
MISSING = mark("A part of this page did not load. If it does not appear by itself, please load the page again.")
# Before the app, so that nothing moves when the style sheet arrives; in the body, so that it comes after Streamlit's
# own rules, which are added to the head. Popovers are outside the app.
STYLE_SHEET = """\
<style>{colours} html {{ --site-name: {name} }}</style>
    <link rel="stylesheet" href="./assets/{version}/{style}" />
    <div id="root"></div>"""
NOSCRIPT = f"<noscript><p>{NEEDS_SCRIPT}</p></noscript>"
HTML = '<html lang="en">'

# The app has many scripts; that of the first view's map is small and needed earlier.
_LATER = re.compile(r'<link\s+rel="(?:modulepreload|preload)"')
_COMMENTS = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_REPLACED = (
    (re.compile(r"<title>.*?</title>", re.DOTALL), HEAD),
    (re.compile(r"<noscript>.*?</noscript>", re.DOTALL), NOSCRIPT),
    (re.compile(r'<div id="root"></div>'), STYLE_SHEET),
    (re.compile(r'<link rel="shortcut icon"[^>]*>\s*'), ""),
    # It points to a second way to run the pages, which is disabled here.
    (re.compile(r'<link rel="service-desc"[^>]*>\s*'), ""),
)


EXPLORE = "explore"
"""Path that redirects to "/", where Explore is: Streamlit would show an English error page."""
PAGES = (EXPLORE, "trends", "compare", "quality", "add", "review", "about", "mine", "import", "account")
"""Names of the pages, as in :mod:`rallymap.ui.main`."""
CHART_PAGES = ("trends", "compare", "quality")
"""Pages with charts: their library is loaded together with the app, not after its first answer."""
FULL = mark("This site is very busy: all its places for visitors are taken just now. Please try again in a minute.")


def start_page(site: str) -> str:
    """Return the page's HTML.

    Parameters
    ----------
    site
        The site's name, for the window title.

    Raises
    ------
    AssetError
        If our own script is missing, or the installed Streamlit has no such page or a different build than this code
        supports.
    """
    path = Path(streamlit.__file__).parent / "static" / "index.html"
    try:
        html = _COMMENTS.sub("", path.read_text("utf-8"))
        scripts = {name: (SCRIPTS / f"{name}.js").read_text("utf-8") for name in PAGE_SCRIPTS}
    except OSError as err:
        raise AssetError(shipped_file_fault("The page of Streamlit", err, path), detail=str(err)) from err
    parts = {"site": escape(site), "light": LIGHT, "dark": DARK, "style": STYLE, "version": asset_version()} | scripts
    parts["name"] = _css_text(site)
    parts["colours"] = theme_style_sheet('.stApp, [data-testid="stPopoverBody"]')
    for pattern, replacement in _REPLACED:
        text = replacement.format(**parts) if replacement else ""
        # A site name must not be interpreted as a group reference.
        html, count = pattern.subn(text.replace("\\", r"\\"), html)
        if count != 1:
            raise AssetError("Streamlit's page is of another version; reinstall rallymap.", detail=pattern.pattern)
    return _LATER.sub(r'\g<0> fetchpriority="low"', html)


def start_page_routes(
    html: str,
    site: str,
    open_pages: OpenPages,
    *,
    is_overloaded: Callable[[], bool] = lambda: False,
    links: Callable[[Request], str] = lambda _request: "",
    first_view: Callable[[Request], str] = lambda _request: "",
) -> list[Route]:
    """Return the routes of the page, for every page name, and of its icon.

    Parameters
    ----------
    html
        The page.
    site
        The site's name.
    open_pages
        If the limit is reached, the answer is a message instead of a page that could not connect.
    is_overloaded
        Returns whether open pages wait so long that no others should be opened; they then get a message, too.
    links
        Returns the link elements of the head that depend on the URL.
    first_view
        Returns what Explore shows until its own list is rendered.
    """

    def page(request: Request) -> Response:
        if (is_full := open_pages.is_full()) or is_overloaded():
            error = tr(FULL) if is_full else tr(OVERLOADED)
            answer = plain_page(request, site=site, title=tr("Please wait"), error=error, status_code=503)
            answer.headers["retry-after"] = "60"
            return answer
        language = current_language()
        own = html.replace(HTML, f'<html lang="{language.code}" dir="{language.direction}">', 1)
        own = own.replace(NEEDS_SCRIPT, escape(tr(NEEDS_SCRIPT)), 1)
        element = Markup('<meta name="rallymap-{}" content="{}">')
        said = Markup("").join(
            element.format(name, tr(sentence)) for name, sentence in (("away", AWAY), ("missing", MISSING))
        )
        # Translators: a button that copies what is next to it.
        words = f"<style>html {{ --word-copy: {_css_text(trc('button', 'Copy'))} }}</style>"
        own = own.replace("</head>", f"{said}{words}{streamlit_words()}{links(request)}</head>", 1)
        if request.url.path.endswith("/"):  # Explore
            own = own.replace("<body>", f"<body>{first_view(request)}", 1)
        if request.url.path.rpartition("/")[2] in CHART_PAGES:
            own = own.replace("</head>", f"{_chart_library()}</head>", 1)
        headers = {
            "cache-control": "no-cache",
            "etag": f'"{hashlib.sha256(own.encode()).hexdigest()[:16]}"',
            "vary": "Accept-Encoding",
        }
        if is_not_modified(request, headers["etag"]):
            return Response(status_code=304, headers=headers)
        encoding = choose_encoding(request.headers.get("accept-encoding", ""))
        if encoding:
            headers["content-encoding"] = encoding
        return Response(_packed(own, encoding), media_type="text/html", headers=headers)

    def icon(_request: Request) -> Response:
        return FileResponse(ICON, media_type="image/svg+xml", headers={"cache-control": "max-age=3600"})

    return [
        Route("/", page),
        Route("/icon.svg", icon),
        Route(f"/{EXPLORE}", lambda request: moved_to(request, "")),
        *(Route(f"/{name}", page) for name in PAGES if name != EXPLORE),
    ]


@lru_cache(maxsize=1)
def _chart_library() -> Markup:
    """Return the link that loads Vega, 240 kB; "" if the installed Streamlit keeps it elsewhere."""
    files = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("embed.*.js")
    link = Markup('<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{}" />')
    return Markup("").join(link.format(file.name) for file in files)


@lru_cache(maxsize=64)  # visitors who read the same language get the same page
def _packed(html: str, encoding: str) -> bytes:
    return pack(html.encode(), encoding, quality=PACKING_QUALITY)


def _css_text(text: str) -> str:
    """Return a text as a CSS string with every character escaped, so that none ends it."""
    return '"' + "".join(f"\\{ord(char):06x}" for char in text) + '"'
