from __future__ import annotations

import json
import re
from datetime import date

import folium
import pytest
from streamlit_folium import generate_leaflet_string

from rallymap.query.filters import EventFilter
from rallymap.views.basemap import base_map
from rallymap.views.escape import script_json
from rallymap.views.map_view import MapView
from rallymap.views.pick_map import PickCandidate, PickLayer
from rallymap.views.time_layer import TimeLayer, changing_part

PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "${alert(1)}",
    "{{ 7 * 7 }} {% raw %}",
    "`back` \\ C:\\users \\x3cimg",
    "quote \" ' &amp; \u2028 \u202e",
    "ایران",
]


def layer(**changes: object) -> TimeLayer:
    parts = {
        "version": "1",
        "event_filter": EventFilter(),
        "selected_event": None,
        "view": MapView(),
        "theme": "light",
        "bounds": (0, 10),
        "with_context": False,
    }
    return TimeLayer(**(parts | changes))  # type: ignore[arg-type]


def script_of(made: TimeLayer | PickLayer) -> str:
    map_ = folium.Map(tiles=None)
    changing_part(made).add_to(map_)
    return str(generate_leaflet_string(map_))


def test_base_map_is_the_same_script_each_time() -> None:
    assert generate_leaflet_string(base_map()) == generate_leaflet_string(base_map())


def test_base_map_names_no_address_but_our_own() -> None:
    made = base_map()
    made.get_root().render()
    urls = [url for _, url in [*made.default_js, *made.default_css]]
    assert all(url.startswith("../../assets/") for url in urls)
    assert len(urls) == 2
    assert "http" not in generate_leaflet_string(made)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_in_the_filter_reach_the_script_as_plain_signs(payload: str) -> None:
    script = script_of(layer(event_filter=EventFilter(organisers=(payload,), communities=(payload,))))
    choice = re.search(r'JSON\.parse\("(.*)"\)', script)
    assert choice is not None
    assert not re.search(r"[<>&'`$\"\u2028\u2029]|\{|\}", choice[1])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_labels_of_candidates_reach_the_script_as_plain_signs(payload: str) -> None:
    candidates = [PickCandidate(59.9, 10.7, payload, 5000.0, "city")]
    script = script_of(PickLayer(candidates, chosen=0, pin=None, draggable=True, theme="dark"))
    choice = re.search(r'JSON\.parse\("(.*)"\)', script)
    assert choice is not None
    assert not re.search(r"[<>&'`$\"\u2028\u2029]|\{|\}", choice[1])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_script_json_means_what_was_given(payload: str) -> None:
    inner = re.fullmatch(r'JSON\.parse\("(.*)"\)', script_json([payload]))
    assert inner is not None
    assert json.loads(json.loads(f'"{inner[1]}"')) == [payload]


def test_period_travels_as_days_and_not_in_the_filter() -> None:
    made = layer(event_filter=EventFilter(period=(date(2020, 2, 1), date(2020, 2, 2)), kinds=("march",)))
    assert "[18293,18294]" in made.choice
    assert "from" not in made.choice
    assert "kind=march" in made.choice


def test_unknown_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="theme is one of"):
        layer(theme="sepia")
