"""The map pages that folium builds: the same in every process, ours alone, open to everyone."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys

import pytest

from rallymap.assets import bundle_name
from rallymap.countries import country_name
from rallymap.errors import AssetError
from rallymap.language import ENGLISH, languages, number, use_language
from rallymap.views.map_page import SCRIPTS, map_page, map_page_in, map_page_path
from rallymap.views.map_view import MAX_ZOOM, MIN_ZOOM


@pytest.mark.parametrize("name", SCRIPTS)
def test_page_names_no_address_but_our_own(name: str) -> None:
    addresses = re.findall(r'(?:src|href)="([^"]*)"', map_page(name))
    # In a frame of our own pages, the page hands over borders and typeface: that is what the browser keeps.
    assert len(addresses) == (6 if name == "embed" else 4)
    assert ("@font-face" in map_page(name)) == (name == "embed")
    assert all(address.startswith("../../assets/") for address in addresses)
    assert "http:" not in map_page(name)
    assert "https:" not in map_page(name)


@pytest.mark.parametrize("name", SCRIPTS)
def test_path_holds_a_hash_of_the_page(name: str) -> None:
    page = map_page_in(ENGLISH, name)
    assert map_page_path(name) == f"frame/{hashlib.sha256(page.encode()).hexdigest()[:12]}/{name}"


@pytest.mark.slow
def test_page_is_the_same_in_another_process() -> None:
    code = "from rallymap.views.map_page import map_page_path; print(map_page_path('explore'))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == map_page_path("explore")


@pytest.mark.parametrize("name", SCRIPTS)
def test_map_has_its_zoom_limits(name: str) -> None:
    assert f'"minZoom": {MIN_ZOOM},\n  "maxZoom": {MAX_ZOOM},' in map_page(name)


@pytest.mark.parametrize("name", SCRIPTS)
def test_page_has_a_language_a_title_and_may_be_enlarged(name: str) -> None:
    page = map_page(name)
    assert '<html lang="en">' in page
    assert re.search(r"<title>Map of \w+</title>", page)
    assert re.findall(r'<meta name="viewport"[^>]*>', page) == ['<meta name="viewport" content="width=device-width" />']


@pytest.mark.parametrize("name", SCRIPTS)
def test_page_asks_for_one_script_and_one_style_of_ours_at_once(name: str) -> None:
    bundles = re.findall(
        r'<link rel="(\w+)" href="../../assets/\w{12}/bundle/(\w+)-[A-Z0-9]{8}\.(\w+)" />', map_page(name)
    )
    assert bundles == [("stylesheet", "map", "css"), ("modulepreload", name, "js")]


def test_bundle_that_was_never_built_is_named() -> None:
    with pytest.raises(AssetError) as caught:
        bundle_name("other.js")
    assert caught.value.user_message == "A file of the map is missing; reinstall rallymap to repair it."


def test_unknown_page_is_refused() -> None:
    with pytest.raises(KeyError):
        map_page("satellite")


def test_page_brings_what_a_browser_may_not_know_of_its_language() -> None:
    for language in languages():
        page = map_page_in(language, "explore")
        said = json.loads(page.partition('id="messages">')[2].partition("</script>")[0])
        with use_language(language):
            assert said["countries"]["HK"] == country_name("HK")
            assert said["separators"]["group"] in number(12_345)
        if language.code == "ku":
            assert [said["countries"][code] for code in ("NO", "DE", "PS")] == ["Norwêc", "Almanya", "Filistîn"]
            assert (said["separators"]["group"], said["plurals"][:4]) == (".", "1011")
