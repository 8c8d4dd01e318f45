"""The site below a path, `https://rallies.example/rallies/`: routes, links, redirects, cookies. And onion services."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.types import Message, Scope

from rallymap.store import Database
from rallymap.web.base_path import BasePath
from rallymap.workflows.sessions import COOKIE
from tests.web.conftest import Answer, Ask, exchange, request_for
from tests.web.test_two_worlds import CASES, site_of
from tests.web.two_worlds import Secret, Secrets, World, opened_world, shown

HOST, PATH = "rallies.example", "/rallies"
SITE = f"https://{HOST}{PATH}/"
ONION = "http://abcdefghijklmnop.onion"
_LINK = re.compile(r'\b(?:href|src|action|content)="([^"]*)"')
_ABSOLUTE = re.compile(rf"https?://{re.escape(HOST)}[^\s\"'<>()\\]*")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A site that is told to be at :data:`SITE`."""
    folder = tmp_path_factory.mktemp("base-path")
    template = folder / "rallymap.db"
    Database.open(f"sqlite:///{template}").close()
    secrets = Secrets(tuple(Secret(has_picture=True) for _ in shown()))
    with opened_world(template, folder / "world", secrets) as made:
        yield made


@pytest.fixture(scope="module")
def site(world: World) -> Starlette:
    return site_with(world, address=SITE, behind_tls=True)


def site_with(world: World, *, address: str, behind_tls: bool) -> Starlette:
    before = world.services
    settings = dataclasses.replace(before.settings, address=address, behind_tls=behind_tls)
    world.services = dataclasses.replace(before, settings=settings)
    try:
        return site_of(world)
    finally:
        world.services = before


def request(site: Starlette, method: str, target: str, headers: dict[str, str], body: bytes) -> Answer:
    return asyncio.run(exchange(site, request_for(method, target, {"host": HOST, **headers}, body)))


def stray_links(answer: Answer) -> list[str]:
    """Return what an answer links to on its own host, and outside the site's path."""
    kind = answer.headers.get("content-type", "")
    if not kind.startswith(
        ("text/", "application/json", "application/geo+json", "application/atom", "application/xml")
    ):
        return []
    text = answer.body.decode("utf-8", "replace")
    absolute = [link for link in _ABSOLUTE.findall(text) if not f"{unescape(link)}/".startswith(SITE)]
    from_root = [link for link in _LINK.findall(text) if link.startswith("/") and not link.startswith(f"{PATH}/")]
    location = answer.headers.get("location", f"{PATH}/")
    return [*absolute, *from_root, *([] if location.startswith((SITE, f"{PATH}/")) else [location])]


@pytest.mark.slow
def test_every_route_answers_below_the_path_and_links_below_it(world: World, site: Starlette) -> None:
    """Also through a proxy that takes the path off: the answer is then the same."""
    links = 0
    for (method, _), make in CASES.items():
        for _, target, headers, body in make(world)[:2]:
            kept = request(site, method, PATH + target, dict(headers), body)
            taken_off = request(site, method, target, dict(headers), body)
            assert (kept.status, kept.body) == (taken_off.status, taken_off.body), target
            assert not stray_links(kept), target
            links += len(_ABSOLUTE.findall(kept.body.decode("utf-8", "replace")))
            assert kept.status != 405, target
    assert links > 300  # in feeds, exports, API, sitemap, event pages


@pytest.mark.parametrize(
    ("target", "status", "leads_to"),
    [
        ("/rallies", 308, "/rallies/"),
        ("/rallies?country=NO", 308, "/rallies/?country=NO"),
        ("/rallies/about/?event=a", 301, "/rallies/about?event=a"),
        ("/about/", 301, "/rallies/about"),
        ("/ralliesx", 404, ""),
        ("/rallies/nothing", 404, ""),
        ("/rallies/rallies/about", 404, ""),
    ],
)
def test_redirects_stay_below_the_path(site: Starlette, target: str, status: int, leads_to: str) -> None:
    answer = request(site, "GET", target, {}, b"")
    assert (answer.status, answer.headers.get("location", "")) == (status, leads_to)


def test_links_for_machines_name_the_whole_address(site: Starlette) -> None:
    def read(target: str) -> str:
        return request(site, "GET", PATH + target, {}, b"").text

    page = read("/events/past-oslo-0")
    assert f'<link rel="canonical" href="{SITE}events/past-oslo-0">' in page
    assert f'content="{SITE}events/past-oslo-0/preview.png"' in page
    assert f"Sitemap: {SITE}sitemap.xml" in read("/robots.txt")
    assert f"<loc>{SITE}events/past-oslo-0</loc>" in read("/sitemap.xml")
    assert json.loads(read("/reconcile"))["extend"]["propose_properties"]["service_url"] == f"{SITE}reconcile"
    assert json.loads(read("/api/v1/openapi.json"))["servers"] == [{"url": SITE.rstrip("/")}]
    frame = json.loads(read(f"/oembed?url={quote(f'{SITE}events/past-oslo-0')}"))["html"]
    assert f'src="{SITE}embed?event=past-oslo-0"' in frame
    assert (
        read(f"/oembed?url=https://{HOST}/events/past-oslo-0")
        == '{"error":"There is no map of this site at that address."}'
    )


def test_cookies_of_language_and_sign_in(world: World, site: Starlette) -> None:
    chosen = request(site, "GET", f"{PATH}/about?lang=de", {}, b"")
    assert chosen.headers["set-cookie"] == f"lang=de; Path={PATH}; Max-Age=31536000; SameSite=Lax; Secure"
    headers = {
        "sec-fetch-site": "same-origin",
        "cookie": f"{COOKIE}=x",
        "content-type": "application/x-www-form-urlencoded",
    }
    left = request(site, "POST", f"{PATH}/sign-out", headers, b"")
    assert (left.status, left.headers["location"]) == (303, f"{PATH}/")
    # A cookie whose name begins with __Host- is for the whole host, or browsers refuse it.
    assert COOKIE.startswith("__Host-")
    assert "; Path=/;" in left.headers["set-cookie"]


def test_onion_service_next_to_https(site: Starlette) -> None:
    """Whoever comes by Tor stays there, by http, without a promise of https that could not be kept."""
    host = {"host": ONION.removeprefix("http://")}
    page = request(site, "GET", f"{PATH}/events/past-oslo-0?lang=de", host, b"")
    assert f'<link rel="canonical" href="{ONION}{PATH}/events/past-oslo-0' in page.text
    assert HOST not in page.text
    assert "strict-transport-security" not in page.headers
    assert page.headers["set-cookie"] == f"lang=de; Path={PATH}; Max-Age=31536000; SameSite=Lax"
    by_tls = request(site, "GET", f"{PATH}/events/past-oslo-0", {}, b"")
    assert by_tls.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(("host", "is_refused"), [(ONION[7:], False), (HOST, True), (f"{ONION[7:]}.example", True)])
def test_sign_in_over_plain_http_is_for_onion_services_alone(
    world: World, ask: Ask, host: str, is_refused: bool
) -> None:
    plain = site_with(world, address=f"{ONION}/", behind_tls=False)
    answer = ask(plain, "/sign-in", headers={"host": host})
    assert ("needs an https address" in answer.text) is is_refused


@pytest.mark.parametrize(
    ("given", "path", "root_path"),
    [
        (
            {"type": "websocket", "path": "/_stcore/stream", "raw_path": b"/_stcore/stream"},
            "/rallies/_stcore/stream",
            PATH,
        ),
        ({"type": "websocket", "path": "/rallies/_stcore/stream"}, "/rallies/_stcore/stream", PATH),
        ({"type": "http", "path": "/x/about", "root_path": "/x"}, "/x/about", "/x"),
        ({"type": "lifespan"}, None, None),
    ],
)
def test_path_of_sockets_and_of_servers_that_know_it(given: Scope, path: str | None, root_path: str | None) -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: object, _send: object) -> None:
        seen.append(scope)

    async def receive() -> Message:
        raise AssertionError

    async def send(_message: Message) -> None:
        raise AssertionError

    asyncio.run(BasePath(app, PATH)(given, receive, send))
    assert (seen[0].get("path"), seen[0].get("root_path")) == (path, root_path)
