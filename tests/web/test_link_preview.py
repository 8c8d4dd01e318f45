"""What programs read of a link to the app: title, description, picture."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette

from rallymap.settings import Settings
from rallymap.web.embed_routes import oembed_link
from rallymap.web.link_preview import link_preview
from rallymap.web.open_pages import OpenPages
from rallymap.web.start_page import start_page_routes
from tests.web.conftest import Ask


@pytest.fixture
def app(tmp_path: Path) -> Starlette:
    settings = replace(Settings.from_env({"RALLYMAP_HOME": str(tmp_path)}), site_name='Rallies "of" <North>')
    html = "<html><head></head></html>"
    links = start_page_routes(html, "x", OpenPages(10), links=lambda request: link_preview(request, settings))
    return Starlette(routes=links)


def said(ask: Ask, app: Starlette, path: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([a-z_:]+)" content="([^"]*)">', ask(app, path).text))


SITE = "Rallies &#34;of&#34; &lt;North&gt;"


@pytest.mark.parametrize(
    ("path", "title", "picture"),
    [
        ("/", SITE, None),
        ("/?country=NO&q=%3Cb%3E", f"{SITE}: events that match “&lt;b&gt;”, in Norway", None),
        ("/trends?kind=march&unit=year", f"{SITE}: events of the kind march", None),
        ("/?country=ZZ&from=soon", SITE, None),
        ("/?event=oslo-2020", SITE, "/events/oslo-2020/preview.png"),
        ("/?event=..%2F%22", SITE, None),
        ("/?q=" + "x" * 9000, SITE, None),
    ],
)
def test_link_says_what_it_opens(ask: Ask, app: Starlette, path: str, title: str, picture: str | None) -> None:
    found = said(ask, app, path)
    assert found["og:description"] == found["description"] == "Diaspora rallies around the world"
    assert found["og:title"] == title
    assert found.get("og:image", "").partition("/events")[1:] == (picture or "").partition("/events")[1:]
    assert re.fullmatch(r"https?://[^/]+/(trends)?(\?.*)?", found["og:url"])


@pytest.mark.parametrize(
    "path", ["/mine?key=T0KEN", "/add?draft=T0KEN", "/review?event=T0KEN", "/import?batch=T0KEN", "/account?x=T0KEN"]
)
def test_page_repeats_no_edit_link(ask: Ask, tmp_path: Path, path: str) -> None:
    settings = Settings.from_env({"RALLYMAP_HOME": str(tmp_path)})
    links = start_page_routes(
        "<html><head></head></html>",
        "x",
        OpenPages(10),
        links=lambda request: oembed_link(request, settings) + link_preview(request, settings),
    )
    page = ask(Starlette(routes=links), path)
    assert f'{path.partition("?")[0]}">' in page.text
    assert "T0KEN" not in page.text
