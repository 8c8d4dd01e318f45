"""What the map calls an event."""

from __future__ import annotations

from rallymap.events import Translation, Waypoint
from rallymap.language import find_language, languages, use_language
from rallymap.views.cards import event_card
from rallymap.views.map_labels import label_of
from tests.workflows.moderated import OSLO, PARIS, event


def test_label_has_the_line_of_a_route_and_the_card_its_points() -> None:
    march = event("march", route=(Waypoint("Stortinget", OSLO), Waypoint("a corner"), Waypoint("", PARIS)))
    assert label_of(march)["route"] == [(OSLO.lat, OSLO.lon), (PARIS.lat, PARIS.lon)]
    assert "<dt>Route</dt><dd>\u2068Stortinget\u2069 – \u2068a corner\u2069 – " in event_card(march) or (
        "<dt>Route</dt><dd>Stortinget – a corner – 48.85341,\N{NO-BREAK SPACE}2.34880</dd>" in event_card(march)
    )


def test_label_is_in_the_readers_language_or_says_in_which() -> None:
    rally = event("rally", language="de", translations=(Translation("fa", "تجمع"),))
    persian = find_language("fa", languages())
    assert persian is not None
    assert (label_of(rally)["title"], label_of(rally)["lang"]) == ("Rally rally", "de")
    with use_language(persian):
        assert label_of(rally)["title"] == "تجمع"
        assert label_of(event("march", location=PARIS))["name"] == "پاریس"
        assert "lang" not in label_of(rally)


def test_label_of_an_event_without_a_line_has_none() -> None:
    march = event("march", route=(Waypoint("Stortinget", OSLO), Waypoint("a corner")))
    assert "route" not in label_of(march)
    assert "route" not in label_of(event("rally"))
