"""Compare with all bundled events, drawn without a browser."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.trends.compared_sides import read_period, write_period
from tests.ui import bundled_page
from tests.ui.bundled_page import html_of

open_page = partial(bundled_page.open_page, "compare_app.py")


def link(page: AppTest) -> dict[str, str]:
    return {
        name: page.query_params[name][-1] if isinstance(page.query_params[name], list) else page.query_params[name]
        for name in page.query_params
    }


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_services")
def test_first_visit_compares_the_two_largest_communities_and_links_to_both() -> None:
    page = open_page()
    html = html_of(page)
    assert "Iran: 60 events in 14,801 days, 0.41 in 100 days. Ukraine: 38 events in 14,801 days, 0.26 in 100" in html
    assert "Iran: 51 of 53 events with a known publisher are reported only by publishers" in html
    assert (
        '<th scope="row">London, United Kingdom</th><td>5</td><td>3</td><td>0.034</td><td>0.020</td><td>-0.014</td>'
        in html
    )
    assert "No period is chosen: days and rates are those of the whole record (1 Sept 1985 – 10 Mar 2026), also" in html
    assert (
        'href="api/v1/compare?by=community&amp;left=Iran&amp;right=Ukraine&amp;figure=difference&amp;format=csv"'
        in html
    )
    assert link(page) == {"by": "community", "left": "Iran", "right": "Ukraine"}
    assert "Furthest apart: 2022. " in html


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_services")
def test_names_that_only_the_link_uses_become_those_of_the_events() -> None:
    page = open_page(by="community", left="Iranian", right="українці", city="Göteborg", publisher="iran HRS")
    assert link(page) == {
        "by": "community",
        "left": "Iran",
        "right": "Ukraine",
        "city": "Gothenburg, SE",
        "publisher": "iran HRS",  # no event has one like it
    }
    assert page.selectbox(key="compare_left_communities").value == "Iran"


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_services")
def test_link_opens_both_sides_and_a_side_can_be_changed() -> None:
    page = open_page(by="country", left="DE", right="FR", kind="march")
    assert page.selectbox(key="compare_left_countries").value == "DE"
    page.selectbox(key="compare_right_countries").set_value("GB").run()
    assert link(page) == {"by": "country", "left": "DE", "right": "GB", "kind": "march"}
    # No country has this code: the largest takes its place.
    assert link(open_page(by="country", left="ZZ", right="no")) == {"by": "country", "left": "US", "right": "NO"}
    assert "Germany: 16 events" in html_of(page)


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_services")
def test_periods_are_compared_by_their_lengths() -> None:
    page = open_page(by="period", left="2019-01-01/2019-12-31", right="2020-02-01/2020-02-02")
    html = html_of(page)
    assert '<h2 class="rm-figure">2019 and 1–2 Feb 2020, by city</h2>' in html
    assert "1–2 Feb 2020: 6 events in 2 days, 300.00 in 100 days." in html
    assert "Small numbers: 1–2 Feb 2020 has 6 events." in html
    assert '<h2 class="rm-figure">2019 and 1–2 Feb 2020, over time</h2>' in html
    assert '<th scope="row">days 1 to 7</th>' in html


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_services")
def test_filter_that_leaves_one_value_has_nothing_to_compare() -> None:
    assert "<b>Nothing to compare.</b>" in html_of(open_page(by="city", country="MT", kind="vigil"))


@pytest.mark.slow
def test_value_of_no_event_is_a_side_without_events(bundled_services: None) -> None:
    html = html_of(open_page(by="community", left="Nobody <b>", right="Iran"))
    assert "Nobody &lt;b&gt;: 0 events" in html


@pytest.mark.parametrize("text", ["", "2020", "2020-01-01", "2020-01-01/soon", "0001-01-01/2020-01-01", "/"])
def test_text_that_is_no_period_is_none(text: str) -> None:
    assert read_period(text) is None


def test_period_is_read_as_it_is_written() -> None:
    period = (date(2019, 1, 1), date(2020, 2, 29))
    assert write_period(period) == "2019-01-01/2020-02-29"
    assert read_period("2019-01-01/2020-02-29") == read_period("2020-02-29/2019-01-01") == period


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_services")
def test_periods_are_typed_as_people_write_dates() -> None:
    page = open_page(by="period", left="2019-01-01/2019-12-31", right="2020-02-01/2020-02-02")
    fields = [page.text_input(key=f"compare_{side}_period") for side in ("left", "right")]
    assert [field.value for field in fields] == ["2019", "1–2 Feb 2020"]
    fields[0].set_value("March 2019 to 2 April 2019").run()
    assert link(page)["left"] == "2019-03-01/2019-04-02"
    assert page.text_input(key="compare_left_period").value == "1 Mar – 2 Apr 2019"
    page.text_input(key="compare_left_period").set_value("soon").run()
    assert '<p class="rm-error" role="alert">“soon” is not a date' in html_of(page)
    assert page.text_input(key="compare_left_period").value == "soon"
    assert link(page)["left"] == "2019-03-01/2019-04-02"


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_services")
def test_period_in_persian_is_said_and_read_in_persian() -> None:
    page = open_page(by="period", left="2019-01-01/2019-12-31", right="2020-02-01/2020-02-02", lang="fa")
    assert page.text_input(key="compare_right_period").value == "۱ تا ۲ فوریه ۲۰۲۰"
    page.text_input(key="compare_right_period").set_value("۱۲ بهمن ۱۴۰۴").run()
    assert link(page)["right"] == "2026-02-01/2026-02-01"
