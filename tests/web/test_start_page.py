"""Streamlit's page with our own head."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import brotli
import pytest
import streamlit
from starlette.applications import Starlette

from rallymap import ui
from rallymap.language import choose_language, languages, use_language
from rallymap.web.assets import asset_routes
from rallymap.web.headers import inline_script_hashes
from rallymap.web.open_pages import OpenPages
from rallymap.web.start_page import AWAY, EXPLORE, FULL, MISSING, PAGES, start_page, start_page_routes


def test_page_has_the_site_s_name_and_none_of_the_library_s() -> None:
    html = start_page("Rallies & <b>")
    assert "<title>Rallies &amp; &lt;b&gt;</title>" in html
    assert "<title>Streamlit</title>" not in html
    assert "service-desc" not in html


def test_style_sheet_has_the_site_s_name_from_the_start() -> None:
    assert '--site-name: "\\000026\\000022\\00003c" }' in start_page('&"<')


def test_page_has_eight_inline_scripts() -> None:
    assert len(inline_script_hashes(start_page("rallymap"))) == 8


def test_scripts_of_the_app_come_after_the_map_of_the_first_view() -> None:
    links = re.findall(r'<link\s+rel="(?:modulepreload|preload)"[^>]*>', start_page("rallymap"))
    assert len(links) > 40
    assert all('fetchpriority="low"' in link for link in links)


def test_page_says_in_the_visitors_language_what_is_away_or_missing(ask) -> None:
    html = "<html><head></head></html>"
    app = Starlette(routes=start_page_routes(html, "Rallies", OpenPages(10)))
    meta = f'<meta name="rallymap-away" content="{AWAY}"><meta name="rallymap-missing" content="{MISSING}">'
    copy = '<style>html { --word-copy: "\\000043\\00006f\\000070\\000079" }</style>'
    assert ask(app, "/add").text == f"<html><head>{meta}{copy}</head></html>"


def test_page_has_the_words_of_the_library_in_the_language_of_the_visitor(ask) -> None:
    app = Starlette(routes=start_page_routes("<html><head></head></html>", "Rallies", OpenPages(10)))
    assert "rm-words" not in ask(app, "/trends").text
    with use_language(choose_language(languages(), "fa")):
        words = ask(app, "/trends").text.partition('<script type="application/json" id="rm-words">')[2]
    said = json.loads(words.partition("</script>")[0])
    assert said["Skip to main content"] == "پرش به محتوای اصلی"
    assert said["0123456789."] == "۰۱۲۳۴۵۶۷۸۹٫"  # of the sizes of files


def pages_app(pages: OpenPages | None = None) -> Starlette:
    return Starlette(routes=start_page_routes("<p>page</p>", "Rallies", pages or OpenPages(10)))


@pytest.mark.parametrize("path", ["/", *(f"/{name}" for name in PAGES if name != EXPLORE)])
def test_page_answers_at_every_page_name(ask, path: str) -> None:
    answer = ask(pages_app(), path)
    assert (answer.status, answer.text) == (200, "<p>page</p>")


def test_charts_library_is_loaded_with_the_pages_that_have_charts(ask) -> None:
    app = Starlette(routes=start_page_routes("<head></head>", "Rallies", OpenPages(10)))
    for path in ("/", "/trends", "/compare", "/quality", "/about"):
        files = re.findall(r'rel="modulepreload"[^>]* href="./(static/js/[^"]+)"', ask(app, path).text)
        assert len(files) == (path not in ("/", "/about")), path
        assert all((Path(streamlit.__file__).parent / "static" / file).is_file() for file in files)


def test_name_of_explore_leads_to_the_start_page_with_its_view(ask) -> None:
    for root in ("", "/rallies"):
        for query in ("", "?country=NO&from=2020-01-01"):
            answer = ask(pages_app(), f"/{EXPLORE}{query}", root_path=root)
            assert (answer.status, answer.headers["location"]) == (301, f"{root}/{query}")


@pytest.mark.parametrize("path", ["/places-to-check", "/favicon.png", "/_stcore", "/a/b", "/oauth2callback", "/Review"])
def test_page_answers_nowhere_else(ask, path: str) -> None:
    assert ask(pages_app(), path).status == 404


def test_page_names_are_those_of_the_script() -> None:
    script = (Path(ui.__file__).parent / "main.py").read_text("utf-8")
    named = [
        keyword.value.value
        for node in ast.walk(ast.parse(script))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Page"
        for keyword in node.keywords
        if keyword.arg == "url_path"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
    ]
    assert sorted(named) == sorted(PAGES)


def test_page_says_so_while_all_places_are_taken(ask) -> None:
    pages = OpenPages(4)
    for _ in range(4):
        assert pages.enter("")
    answer = ask(pages_app(pages), "/review", headers={"if-none-match": '"anything"'})
    assert (answer.status, answer.headers["retry-after"], FULL in answer.text) == (503, "60", True)
    pages.leave("")
    assert ask(pages_app(pages), "/review").status == 200


def test_page_is_not_sent_twice(ask) -> None:
    app = pages_app()
    first = ask(app, "/")
    again = ask(app, "/review", headers={"if-none-match": first.headers["etag"]})
    assert (first.text, again.status, again.body) == ("<p>page</p>", 304, b"")


def test_page_is_compressed_for_browsers(ask) -> None:
    html = start_page("rallymap")
    app = Starlette(routes=start_page_routes(html, "rallymap", OpenPages(10)))
    answer = ask(app, "/", headers={"accept-encoding": "gzip, br"})
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("br", "Accept-Encoding")
    assert len(answer.body) < len(html) / 2
    assert brotli.decompress(answer.body).decode() == ask(app, "/").text
    assert "content-encoding" not in ask(app, "/").headers


def test_style_sheet_comes_before_the_app_and_after_the_head(ask) -> None:
    """Styles that arrive with the first run move what Streamlit has drawn by then."""
    html = start_page("rallymap")
    address = re.findall(r'<link rel="stylesheet" href="\./([^"]+page\.css)" />', html)
    assert len(address) == 1
    assert html.index("</head>") < html.index(address[0]) < html.index('<div id="root">')
    assert html.index("--accent:") < html.index(address[0])
    answer = ask(Starlette(routes=asset_routes()), f"/{address[0]}")
    assert (answer.status, "immutable" in answer.headers["cache-control"]) == (200, True)
    assert "#rm-first" not in answer.text
    assert ".rm-kind" in answer.text
