"""The pin of the form's map goes with the place text."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

GOTHENBURG, VIENNA = "57.69690, 11.98650", "48.2082, 16.3738"


def script() -> None:
    import streamlit as st

    from rallymap.places import default_resolver
    from rallymap.ui.submit.fields import text_field
    from rallymap.ui.submit.place_pin import drop_pin, follow_place, render_contradiction

    text = text_field("place_text", "Place", max_length=200)
    answer = default_resolver().resolve(text)
    st.text(follow_place(answer, None))
    text_field("coordinates", "Coordinates", max_length=200)
    render_contradiction(answer, None)
    if st.button("drop", key="drop"):
        drop_pin(57.6969, 11.9865)
        st.rerun()


def typed(page: AppTest, place: str) -> tuple[str, str, bool]:
    """Type a place, and return the sentence about the pin, the coordinates, and whether a contradiction is said."""
    page.text_input[0].set_value(place)
    page.run()
    assert not page.exception
    said = any("This point is" in str(element.proto.body) for element in page.get("html"))
    return page.text[0].value, page.text_input[1].value or "", said


@pytest.mark.slow
def test_pin_moves_with_the_place_and_comes_back_with_it() -> None:
    page = AppTest.from_function(script)
    page.run()
    typed(page, "Göteborg, Sverige")
    page.button("drop").click()
    page.run()
    assert page.text_input[1].value == GOTHENBURG
    assert typed(page, "Kungsportsavenyn, Göteborg") == ("", GOTHENBURG, False)
    assert typed(page, "Oslo") == ("The pin moved to the new place.", "", False)
    assert typed(page, "Göteborg") == ("", GOTHENBURG, False)


@pytest.mark.slow
def test_typed_coordinates_stay_and_the_contradiction_is_said() -> None:
    page = AppTest.from_function(script)
    page.run()
    typed(page, "Wien")
    page.text_input[1].set_value(VIENNA)
    assert typed(page, "Wien") == ("", VIENNA, False)
    assert typed(page, "Göteborg, Sverige") == ("", VIENNA, True)


@pytest.mark.slow
def test_pin_far_from_the_place_is_said_at_once() -> None:
    page = AppTest.from_function(script)
    page.run()
    typed(page, "Oslo")
    page.button("drop").click()
    page.run()
    assert typed(page, "Oslo") == ("", GOTHENBURG, True)
