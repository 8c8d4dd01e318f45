"""Streamlit's page with our own head."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette

from rallymap.web.headers import inline_script_hashes
from rallymap.web.start_page import start_page, start_page_routes


def test_page_has_the_site_s_name_and_none_of_the_library_s() -> None:
    html = start_page("Rallies & <b>")
    assert "<title>Rallies &amp; &lt;b&gt;</title>" in html
    assert "<title>Streamlit</title>" not in html
    assert "service-desc" not in html


def test_page_has_two_inline_scripts() -> None:
    assert len(inline_script_hashes(start_page("rallymap"))) == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/review", 200),
        ("/places-to-check", 200),
        ("/favicon.png", 404),
        ("/_stcore", 404),
        ("/a/b", 404),
        ("/oauth2callback", 404),
    ],
)
def test_page_answers_page_names_only(ask, path: str, status: int) -> None:
    assert ask(Starlette(routes=start_page_routes("<p>page</p>")), path).status == status


def test_page_is_not_sent_twice(ask) -> None:
    app = Starlette(routes=start_page_routes("<p>page</p>"))
    first = ask(app, "/")
    again = ask(app, "/review", headers={"if-none-match": first.headers["etag"]})
    assert (first.text, again.status, again.body) == ("<p>page</p>", 304, b"")
