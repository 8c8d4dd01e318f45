"""The map in a page of another site, and the share sheet that gives the code for it."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, expect

from tests.browser.conftest import Site, Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that another origin serves, and its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(tmp_path))  # type: ignore[arg-type]

        def log_message(self, *_arguments: object) -> None:
            """Print nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_pasted_link_becomes_a_map_in_a_page_of_another_site(
    chromium: Browser, bundled_site: Site, other_site: tuple[Path, str]
) -> None:
    folder, address = other_site
    link = f"{bundled_site.url}/?country=DE"
    # As a program that knows oEmbed does: the page of the link names where to ask.
    page_of_link = bundled_site.get("/?country=DE")[2].decode()
    endpoint = unescape(page_of_link.partition('type="application/json+oembed" href="')[2].partition('"')[0])
    assert endpoint == f"{bundled_site.url}/oembed?url={quote(link, safe='')}"
    found = json.loads(bundled_site.get(endpoint.removeprefix(bundled_site.url))[2])
    (folder / "index.html").write_text(f"<!doctype html><title>News</title>{found['html']}", "utf-8")
    page = chromium.new_context().new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/index.html")
    frame = page.frame_locator("iframe")
    total = json.loads(bundled_site.get("/api/v1/events?country=DE&limit=1")[2])["total"]
    expect(frame.locator(".rm-count")).to_have_text(f"{total} events")
    whole = frame.get_by_role("link", name="Open on rallymap")
    expect(whole).to_have_attribute("href", link)
    with page.context.expect_page() as opened:
        whole.click()
    expect(opened.value).to_have_url(link)
    assert [text for text in trouble if "favicon" not in text and "404" not in text] == []
    page.context.close()


def test_event_pressed_in_an_embedded_map_is_named_and_linked(chromium: Browser, bundled_site: Site) -> None:
    page = chromium.new_context().new_page()
    event = json.loads(bundled_site.get("/api/v1/events?limit=1&country=NO")[2])["events"][0]
    page.goto(f"{bundled_site.url}/embed?event={event['id']}")
    opened = page.get_by_role("link", name=event["title"])
    expect(opened).to_have_attribute("href", f"{bundled_site.url}/events/{event['id']}")
    page.context.close()


def test_no_page_but_the_embedded_map_can_be_framed(
    chromium: Browser, bundled_site: Site, other_site: tuple[Path, str], start_site: Callable[..., Site]
) -> None:
    folder, address = other_site
    closed = start_site(RALLYMAP_EMBED_FROM="https://news.example")
    for target in (f"{bundled_site.url}/", f"{bundled_site.url}/events/paris-2018-06", f"{closed.url}/embed"):
        (folder / "index.html").write_text(f'<!doctype html><iframe src="{target}"></iframe>', "utf-8")
        page = chromium.new_context().new_page()
        refused: list[str] = []
        page.on("console", partial(_keep, refused))
        page.goto(f"{address}/index.html")
        expect(page.frame_locator("iframe").locator(".rm-count")).to_have_count(0)
        assert any("frame-ancestors" in text or "X-Frame-Options" in text for text in refused), target
        page.context.close()
    closed.stop()


def _keep(texts: list[str], message: ConsoleMessage) -> None:
    texts.append(message.text)


def test_share_sheet_has_link_citation_code_and_qr(visit: Callable[..., Visit], bundled_site: Site) -> None:
    page = visit(bundled_site).open("/?country=DE")
    page.get_by_role("button", name="Share this view").click()
    codes = page.locator("[data-testid=stPopoverBody] [data-testid=stCode]")
    expect(codes).to_have_count(3)
    link = f"{bundled_site.url}/?country=DE"
    expect(codes.nth(0)).to_have_text(link)
    expect(codes.nth(1)).to_contain_text("rallymap: events in Germany, version ")
    expect(codes.nth(1)).to_contain_text(link)
    expect(codes.nth(2)).to_contain_text(f'<iframe src="{bundled_site.url}/embed?country=DE&amp;lang=en"')
    expect(page.get_by_alt_text("QR code of this link")).to_be_visible()
    page.get_by_label("Colours").click()
    page.get_by_role("option", name="Dark").click()
    expect(codes.nth(2)).to_contain_text(f'{bundled_site.url}/embed?country=DE&amp;theme=dark&amp;lang=en"')
