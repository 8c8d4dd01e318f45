"""The map for frames of other sites, and oEmbed."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from rallymap.web.embed_routes import embed_routes
from rallymap.web.reader_language import ReaderLanguage
from tests.web.conftest import Ask

HERE = "http://localhost:8501/"


@pytest.fixture
def site() -> Starlette:
    settings: Any = SimpleNamespace(site_name="Rallies </script>", behind_tls=False)
    snapshot = SimpleNamespace(version="12", bounds=lambda: (10, 20))
    services: Any = SimpleNamespace(keeper=SimpleNamespace(current=lambda: snapshot), settings=settings)
    return Starlette(routes=embed_routes(lambda: services, settings))


def embedded(page: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/json" id="embedded">(.*?)</script>', page)
    assert len(found) == 1
    data: dict[str, Any] = json.loads(found[0])
    return data


def test_embedded_map_is_preset_and_leads_to_the_same_view_here(site: Starlette, ask: Ask) -> None:
    answer = ask(
        site, "/embed?country=NO&from=2020-01-01&to=2020-12-31&at=59.9,10.7,8&layer=heat&theme=dark&event=oslo-1"
    )
    assert answer.status == 200
    data = embedded(answer.text)
    choice = data["choice"]
    assert (choice["filter"], choice["period"], choice["view"]) == ("country=NO", [18262, 18627], [59.9, 10.7, 8])
    assert (choice["layer"], choice["theme"], choice["selected"], choice["version"]) == ("heat", "dark", "oslo-1", "12")
    assert (data["site"], data["address"]) == ("Rallies </script>", HERE)
    assert data["link"] == f"{HERE}?country=NO&from=2020-01-01&to=2020-12-31&at=59.9%2C10.7%2C8&layer=heat&event=oslo-1"
    assert embedded(ask(site, "/embed").text)["choice"]["theme"] == ""


def test_frame_without_scripts_leads_to_the_list(site: Starlette, ask: Ask) -> None:
    [text] = re.findall("<noscript>(.*?)</noscript>", ask(site, "/embed?country=NO").text)
    assert text == (
        "<p>The map and the forms need JavaScript. Please allow it for this site and load the page again. "
        f'<a href="{HERE}?country=NO" target="_blank">Rallies &lt;/script&gt;</a></p>'
    )


def test_pasted_link_may_have_what_programs_added_to_it(site: Starlette, ask: Ask) -> None:
    link = f"{HERE}?country=NO&fbclid=abc&utm_source=mail"
    answer = ask(site, f"/oembed?{urlencode({'url': link})}")
    assert (answer.status, "country=NO" in answer.text, "fbclid" in answer.text) == (200, True, False)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("from=soon", "“soon” is not a day; write 2020-02-01, 2020-02"), ("theme=pink", "“theme” is one of light, dark"),
     ("event=%3Cimg%3E", "“event” is the id of an event."), ("x=1", "“x” is not a parameter here")],
)  # fmt: skip
def test_bad_address_of_an_embedded_map_is_one_sentence(site: Starlette, ask: Ask, query: str, sentence: str) -> None:
    answer = ask(site, f"/embed?{query}")
    assert answer.status == 400
    assert sentence in answer.text
    assert "content-security-policy" not in answer.headers  # the security middleware gives the one for frames


@pytest.mark.parametrize(
    ("target", "query"),
    [
        ("", ""),
        ("?country=NO&at=59.9,10.7,8", "country=NO&amp;at=59.9%2C10.7%2C8"),
        ("explore?kind=march", "kind=march"),
        ("embed?kind=march", "kind=march"),
        ("events/oslo-1", "event=oslo-1"),
        ("events/oslo-1?lang=fa", "event=oslo-1&amp;lang=fa"),
        ("?kind=march&lang=zh-TW", "kind=march&amp;lang=zh-Hant"),
        ("?kind=march&lang=xx", "kind=march"),
    ],
)
def test_oembed_gives_the_frame_of_a_link_to_this_site(site: Starlette, ask: Ask, target: str, query: str) -> None:
    found = json.loads(ask(site, f"/oembed?format=json&maxwidth=500&url={quoted(HERE + target)}").body)
    assert (found["type"], found["version"], found["width"], found["height"]) == ("rich", "1.0", 500, 600)
    embed = f"{HERE}embed?{query}" if query else f"{HERE}embed"
    assert found["html"].startswith(f'<iframe src="{embed}" title="Rallies &lt;/script&gt;: ')


def test_a_frame_is_in_its_language_and_leaves_that_of_the_site_alone(site: Starlette, ask: Ask) -> None:
    answer = ask(ReaderLanguage(site), "/embed?lang=fa", headers={"cookie": "lang=de"})
    assert '<html lang="fa" dir="rtl">' in answer.text
    assert embedded(answer.text)["link"] == f"{HERE}?lang=fa"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("url=https://other.example/", 404),
        (f"url={HERE}review", 404),
        (f"url={HERE}&format=xml", 501),
        (f"url={HERE}&maxwidth=wide", 400),
        (f"url={HERE}&maxwidth=000000200{'9' * 5000}", 400),
        (f"url={HERE}&x=1", 400),
        ("url=javascript:alert(1)", 404),
        ("url=http://[::1", 404),
        ("url=http://localhost:8501%E2%84%80/", 404),
        ("", 404),
    ],
)
def test_oembed_refuses_what_is_no_map_of_this_site(site: Starlette, ask: Ask, query: str, status: int) -> None:
    answer = ask(site, f"/oembed?{query}")
    assert answer.status == status
    assert json.loads(answer.body)["error"].endswith(".")


def quoted(text: str) -> str:
    return text.replace("&", "%26").replace("=", "%3D").replace("?", "%3F")
