"""What protects the pages, seen from outside: headers, framing, the sandbox of the map, closed routes."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Frame, Page

from rallymap.views.map_page import map_page_path
from rallymap.web.headers import NO_DEVICES, PLAIN_PAGE_POLICY, frame_policy, page_policy
from rallymap.web.map_pages import map_pages_html
from rallymap.web.start_page import start_page
from tests.browser.map_frame import FRAME

pytestmark = pytest.mark.new_window
FRAME_PATH = f"/{map_page_path('explore')}"
PAGE = page_policy(start_page("rallymap"))


@pytest.mark.parametrize(
    ("path", "status", "policy"),
    [
        ("/", 200, PAGE),
        ("/about", 200, PAGE),
        ("/no-such-page", 404, PLAIN_PAGE_POLICY),
        ("/healthz", 200, PAGE),
        ("/map/cube?bad", 400, PAGE),
        ("/assets/v/no-such-file", 404, PAGE),
        ("/media/no-such-file", 404, PAGE),
        ("/_stcore/health", 200, PAGE),
        ("/_stcore/metrics", 404, PAGE),
        ("/_stcore/agent/openapi.json", 404, PAGE),
        ("/?staticAppId=x", 400, PAGE),
        ("/sign-in", 200, PLAIN_PAGE_POLICY),
        (FRAME_PATH, 200, frame_policy(map_pages_html())),
        ("/component/streamlit_folium.st_folium/index.html", 404, PAGE),
    ],
)
def test_headers_of(site, path: str, status: int, policy: str) -> None:
    found_status, headers, _ = site.get(path)
    wanted = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": NO_DEVICES,
    }
    assert (found_status, {name: headers.get(name) for name in wanted}) == (status, wanted)


def test_host_config_lets_nobody_send_messages(site) -> None:
    assert b'"allowedOrigins":[]' in site.get("/_stcore/host-config")[2]


@pytest.mark.parametrize(
    ("origin", "status"), [("https://elsewhere.example", 403), ("http://localhost:1", 403), ("own", 101)]
)
def test_socket_opens_for_our_own_pages_only(site, origin: str, status: int) -> None:
    assert site.open_socket(site.url if origin == "own" else origin) == status


def test_inline_script_in_the_page_does_not_run(desktop) -> None:
    page = desktop.open("/about")
    page.evaluate(
        "() => { window.refused = 0; document.addEventListener('securitypolicyviolation', () => window.refused++) }"
    )
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; "
        "document.head.append(s) }"
    )
    page.evaluate(
        "() => { const d = document.createElement('div'); d.innerHTML = '<img src=x onerror=window.ran=2>'; "
        "document.body.append(d) }"
    )
    page.wait_for_function("() => window.refused === 2")
    assert page.evaluate("window.ran") is None


@pytest.fixture
def foreign_page() -> Iterator[Callable[[str], str]]:
    """Return a function that serves a page of another site and returns its address."""
    html = {"page": b""}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(html["page"])

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(page: str) -> str:
        html["page"] = page.encode()
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/", "/about?embed=true", "/sign-in", FRAME_PATH])
def test_page_cannot_be_framed_by_another_site(desktop, foreign_page, path: str) -> None:
    desktop.page.goto(foreign_page(f'<iframe src="{desktop.site.url}{path}"></iframe>'))
    desktop.page.frames[1].wait_for_url("chrome-error://chromewebdata/")


def map_frame(page: Page) -> Frame:
    """Return the map's frame once it is there."""
    element = page.wait_for_selector(FRAME, timeout=30_000)
    frame = element.content_frame() if element else None
    assert frame is not None
    frame.wait_for_load_state()
    return frame


def test_map_frame_has_an_origin_of_its_own(desktop) -> None:
    assert map_frame(desktop.open("/")).evaluate("self.origin") == "null"


@pytest.mark.parametrize(
    "reach",
    ["parent.document.title", "top.document.cookie", "document.cookie", "localStorage.length", "indexedDB.open('x')"],
)
def test_map_frame_cannot_reach(desktop, reach: str) -> None:
    frame = map_frame(desktop.open("/"))
    assert (
        frame.evaluate(f"() => {{ try {{ return {reach} }} catch (error) {{ return error.name }} }}") == "SecurityError"
    )


def test_map_frame_cannot_move_the_page(desktop) -> None:
    page = desktop.open("/")
    frame = map_frame(page)
    refused = frame.evaluate(
        "() => { try { top.location = 'about:blank' } catch (error) { return [error.name, open('about:blank')] } }"
    )
    assert refused == ["SecurityError", None]
    assert (page.url.startswith(desktop.site.url), len(page.context.pages)) == (True, 1)
