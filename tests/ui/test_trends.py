"""Trends with all bundled events, drawn without a browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.trends.request import FACET_OF
from rallymap.ui.trends import state
from rallymap.workflows.services import running_services
from tests.ui import bundled_page
from tests.ui.bundled_page import html_of

open_page = partial(bundled_page.open_page, "trends_app.py")
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("bundled_services")]


def charts(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in page.get("vega_lite_chart")]


def test_each_figure_has_a_sentence_a_chart_and_a_table() -> None:
    page = open_page()
    html = html_of(page)
    headings = [
        "Events over time",
        "By community",
        "By country",
        "By city",
        "By organiser",
        "By kind",
        "By publisher of the sources",
        "By weekday",
        "Crowd sizes",
        "Calendar",
        "Which communities rally where",
        "Before and after a happening",
        "How many were missed?",
    ]
    for heading in headings:
        assert f'<h2 class="rm-figure">{heading}</h2>' in html
    drawn = len(headings) - 1  # nothing is estimated
    assert len(charts(page)) == drawn
    assert html.count("<summary>Table</summary>") == drawn + 1  # whose numbers there are is a table alone
    assert '<h2 class="rm-figure">Whose numbers</h2>' in html
    assert re.search(r"<th scope=.row.>Police</th><td>\d+</td><td>[\d,]+</td><td>[\d,]+</td>", html)
    assert "Most events: Iran, 61 of 674 (9%), then Ukraine with 38." in html
    assert '<th scope="row">Iran</th><td>61</td>' in html
    assert "Numbers are known for 244 of 674 events (36%)" in html


def test_link_chooses_filter_unit_and_split() -> None:
    page = open_page(country="DE", unit="month", split="kind")
    html = html_of(page)
    assert "<b>51 events</b>" in html
    assert page.button_group(key="trends_unit_choice").value == "month"
    assert page.selectbox(key="trends_split_choice").value == "kinds"
    assert 'href="api/v1/stats?country=DE&amp;by=time&amp;unit=month&amp;format=csv&amp;split=kind"' in html
    assert '<th scope="col">March</th>' in html
    page.selectbox(key="trends_split_choice").set_value("").run()
    assert page.query_params.get("split") is None
    assert page.query_params["unit"] in ("month", ["month"])


def test_chosen_country_is_among_the_others() -> None:
    page = open_page(country="DE")
    assert "Most events: United States, 122 of 674 (18%), then United Kingdom with 101." in html_of(page)
    # The figure of the chosen facet ignores the choice, and so do its sentence and its file.
    assert "Your choice is highlighted; the other bars are there to compare it with." in html_of(page)
    assert 'href="api/v1/stats?by=country&amp;format=csv"' in html_of(page)
    assert 'href="api/v1/stats?country=DE&amp;by=kind&amp;format=csv"' in html_of(page)
    assert "Most events: rally, 28 of 51 (55%), then march with 16." in html_of(page)


def test_unit_that_is_too_fine_is_not_offered() -> None:
    page = open_page(unit="day")
    assert page.button_group(key="trends_unit_choice").options == ["Month", "Year"]
    assert page.button_group(key="trends_unit_choice").value == "year"
    page = open_page(**{"unit": "day", "from": "2020-02-01", "to": "2020-02-29"})
    assert page.button_group(key="trends_unit_choice").value == "day"


def test_happening_is_chosen_in_the_link_and_by_hand() -> None:
    page = open_page(community="Iran", happening="2022-05")
    assert page.selectbox(key="trends_happening_choice").value == 8
    sentence = "Events of Iran: 0 in the 30 days before, 0 in the 30 days after. Counts alone"
    assert sentence in html_of(page)
    page.selectbox(key="trends_happening_choice").set_value(6).run()
    assert "Events of Iran: 0 in the 30 days before, 6 in the 30 days after" in html_of(page)
    assert page.query_params["happening"] in ("2020-01", ["2020-01"])


def test_happenings_of_one_date_have_links_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    services = running_services()
    last = services.context[-1]
    twins = (*services.context, replace(last, title="Another one of that time"))
    with_twins = replace(services, context=twins)
    monkeypatch.setattr("rallymap.workflows.services.running_services", lambda: with_twins)
    for at in (len(twins) - 2, len(twins) - 1):
        page = open_page(community="Iran", happening="2019-11-15")
        page.selectbox(key="trends_happening_choice").set_value(at).run()
        name = str(page.query_params["happening"]).strip("[]'")
        assert open_page(community="Iran", happening=name).selectbox(key="trends_happening_choice").value == at


def test_communities_without_a_happening_have_no_such_figure() -> None:
    assert "Before and after a happening" not in html_of(open_page(community="Ukraine"))


def test_estimate_says_why_there_is_none_and_what_it_assumes() -> None:
    html = html_of(open_page(community="Iran"))
    assert "No estimate for any city here. For Paris, France, with most events: an estimate needs two" in html
    assert "The lists are independent." in html


def test_nothing_that_fits_says_so() -> None:
    page = open_page(community="Nobody")
    assert "<b>No event fits these filters.</b>" in html_of(page)
    assert charts(page) == []


def test_bars_can_be_split_by_each_facet_of_the_api() -> None:
    assert {name: facet for facet, name in state.SPLITS.items()} == FACET_OF
    page = open_page(country="NO", unit="year", split="publisher")
    assert page.selectbox(key="trends_split_choice").options == [
        "Not split",
        "Split by community",
        "Split by country",
        "Split by city",
        "Split by kind",
        "Split by organiser",
        "Split by topic",
        "Split by publisher",
        "Split by life status",
    ]
    assert page.selectbox(key="trends_split_choice").value == "publishers"
