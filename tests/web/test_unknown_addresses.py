"""Addresses that lead nowhere."""

from __future__ import annotations

import json

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from rallymap.web.headers import PLAIN_PAGE_POLICY
from rallymap.web.unknown_addresses import NoPageForFiles, unknown_address_routes


def streamlit_double(request: Request) -> Response:
    """Answer as Streamlit does: its page for everything that is not a file."""
    if request.url.path.endswith("real.js"):
        return Response("code", media_type="text/javascript")
    if request.url.path.endswith("health"):
        return PlainTextResponse("ok")
    return HTMLResponse("<p>Streamlit's page</p>")


@pytest.fixture
def app() -> Starlette:
    about = Route("/about", lambda _request: PlainTextResponse("about"))
    return Starlette(
        routes=[
            about,
            *unknown_address_routes("Rallies", [about]),
            Mount("/", app=Starlette(routes=[Route("/{path:path}", streamlit_double)])),
        ],
        middleware=[Middleware(NoPageForFiles)],
    )


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/wp-login.php",
        "/favicon.ico",
        "/x/y",
        "/x/about",
        "/about/more",
        "/staticfiles",
        "/_stcorex",
        "/%00",
        "/..%2f..%2fetc/passwd",
        "/\u0639",
        "//evil.example",
        "//evil.example/",
        "//about/",
        "/x/y/",
        "/static/nothing.js",
        "/static/",
        "/_stcore/anything",
        "/media/nothing",
    ],
)
def test_unknown_address_is_not_found(ask, app: Starlette, path: str) -> None:
    answer = ask(app, path)
    assert (answer.status, "Streamlit's page" in answer.text) == (404, False)


def test_not_found_is_a_page_of_ours(ask, app: Starlette) -> None:
    answer = ask(app, "/x/y")
    assert answer.headers["content-security-policy"] == PLAIN_PAGE_POLICY
    assert "There is no page at this address." in answer.text
    assert '<p class="after"><a href="/">Go to the start page</a></p>' in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_unknown_address_is_not_found_by_any_method(ask, app: Starlette, method: str) -> None:
    assert ask(app, "/x/y", method=method).status == 404


@pytest.mark.parametrize("path", ["/static/js/real.js", "/_stcore/health"])
def test_files_and_routes_of_streamlit_are_left_alone(ask, app: Starlette, path: str) -> None:
    assert ask(app, path).status == 200


def test_page_with_a_slash_at_its_end_leads_to_the_page(ask, app: Starlette) -> None:
    answer = ask(app, "/about/?event=abc", root_path="/rallies")
    assert (answer.status, answer.headers["location"]) == (301, "/rallies/about?event=abc")


@pytest.mark.parametrize(
    "path", ["/api", "/api/v1/nothing", "/api/v2/events", "/feeds/events.rss", "/export/", "/export"]
)
def test_program_reads_a_sentence_where_the_api_has_nothing(ask, app: Starlette, path: str) -> None:
    answer = ask(app, path)
    assert answer.status == 404
    assert json.loads(answer.body)["error"].startswith("There is nothing at this address; /api/v1/openapi.json ")
