from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from rallymap.query.filters import EventFilter
from rallymap.views.map_choice import map_choice
from rallymap.views.map_view import MapView
from rallymap.views.pick_map import PickCandidate, RoutePoint, pick_choice


def choice(**changes: Any) -> dict[str, Any]:
    parts = {
        "version": "1",
        "event_filter": EventFilter(),
        "selected_event": None,
        "view": MapView(),
        "theme": "light",
        "bounds": (0, 10),
        "context": None,
    }
    return map_choice(**(parts | changes))  # type: ignore[arg-type]


def test_choice_of_a_first_visit() -> None:
    assert json.loads(json.dumps(choice())) == {
        "version": "1",
        "filter": "",
        "undated": True,
        "period": None,
        "selected": None,
        "view": None,
        "layer": "clusters",
        "colour": "kind",
        "theme": "light",
        "bounds": [0, 10],
        "context": None,
        "shown": None,
        "follow": False,
        "fit": None,
    }


def test_period_travels_as_days_and_not_in_the_filter() -> None:
    event_filter = EventFilter(period=(date(2020, 2, 1), date(2020, 2, 2)), kinds=("march",))
    made = choice(event_filter=event_filter)
    assert (list(made["period"]), made["filter"]) == ([18293, 18294], "kind=march")


def test_names_in_the_filter_are_percent_encoded() -> None:
    made = choice(event_filter=EventFilter(organisers=("</script>&kind=march",)))
    assert made["filter"] == "organiser=%3C%2Fscript%3E%26kind%3Dmarch"


def test_view_is_centre_and_zoom() -> None:
    assert choice(view=MapView(59.9, 10.7, 7, "heat"))["view"] == [59.9, 10.7, 7]


def test_unknown_theme_is_refused() -> None:
    with pytest.raises(ValueError, match="theme is one of"):
        choice(theme="sepia")
    with pytest.raises(ValueError, match="theme is one of"):
        pick_choice([], chosen=None, pin=None, draggable=False, theme="sepia")


def test_small_map_gets_its_candidates_by_name() -> None:
    candidates = [PickCandidate(59.9, 10.7, "Oslo", 5000.0, "city")]
    route = [RoutePoint(59.913, 10.7402, "Stortinget", 1)]
    assert pick_choice(candidates, chosen=0, pin=(60.0, 11.0), draggable=True, theme="dark", route=route) == {
        "candidates": [{"lat": 59.9, "lon": 10.7, "label": "Oslo", "radius_m": 5000.0, "precision": "city"}],
        "chosen": 0,
        "pin": (60.0, 11.0),
        "draggable": True,
        "view": None,
        "route": [{"lat": 59.913, "lon": 10.7402, "label": "Stortinget", "number": 1}],
        "theme": "dark",
    }
