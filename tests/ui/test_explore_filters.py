"""Search, filters and chips of Explore, drawn without a browser from all bundled events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.language import choose_language, languages
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import count_facets
from rallymap.settings import Settings
from rallymap.ui.explore import facet_filters, more_filters
from rallymap.ui.explore.period import UPCOMING, preset_periods, year_before
from rallymap.workflows.services import running_services, start_services, stop_services
from tests.ui.conftest import by_history

PAGE = str(Path(__file__).with_name("explore_app.py"))
MORE = "more_filters"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    start_services(Settings.from_env({"RALLYMAP_HOME": str(tmp_path_factory.mktemp("home"))}))
    yield
    stop_services()


def open_page(*popovers: str, **parameters: str | list[str]) -> AppTest:
    """Open the page, with these popovers open."""
    page = AppTest.from_file(PAGE, default_timeout=90)
    for key in popovers:
        page.session_state[key] = True
    for name, value in parameters.items():
        page.query_params[name] = value
    return run(page)


def run(page: AppTest) -> AppTest:
    page.run()
    assert [error.value for error in page.exception] == []
    return page


def link(page: AppTest) -> dict[str, list[str]]:
    return {
        name: value if isinstance(value, list) else [value]
        for name in page.query_params
        for value in [page.query_params[name]]
    }


def counted(page: AppTest) -> str:
    return next(
        element.proto.body.split("<b>")[1].split("</b>")[0]
        for element in page.get("html")
        if "rm-count" in element.proto.body
    )


def chips(page: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in page.button if (button.key or "").startswith("chip-")]


def test_search_is_in_the_link_and_a_fresh_visit_shows_the_same() -> None:
    page = open_page()
    page.text_input(key="search_text").input("تجمعات ايرانيان")
    assert counted(run(page)) == "4 events"
    assert link(page) == {"q": ["تجمعات ايرانيان"]}
    fresh = open_page(q="تجمعات ايرانيان")
    assert (counted(fresh), fresh.text_input(key="search_text").value) == ("4 events", "تجمعات ايرانيان")
    assert chips(fresh) == ["“تجمعات ايرانيان” ✕"]


def test_search_with_a_typing_error_shows_similar_words_and_says_so() -> None:
    said = "No event has your words as typed. These events have a similar word: solidarity."
    page = open_page(q="solidarety")
    assert (counted(page), [text.value for text in page.text]) == (counted(open_page(q="solidarity")), [said])
    assert [text.value for text in open_page(q="solidarity").text] == []


def test_search_lists_the_best_matches_first_and_the_order_is_kept_in_the_link() -> None:
    page = open_page(q="bookstand")
    assert page.button(key="turn_list").label == "Best match"
    first = next(button.label for button in page.button if (button.key or "").startswith("row-"))
    assert "Bookstand" in first
    page.button(key="turn_list").click()
    run(page)
    assert (page.button(key="turn_list").label, link(page)["sort"]) == ("Newest first", ["newest"])
    page.button(key="clear_filters").click()
    run(page)
    assert (page.button(key="turn_list").label, link(page)) == ("Newest first", {})


def test_each_chip_takes_one_thing_away_and_clear_all_everything() -> None:
    page = open_page(q="women", country=["NO", "SE"], status="held", crowd="none", has_source="yes")
    assert chips(page) == [
        "“women” ✕",
        "Norway ✕",
        "Sweden ✕",
        "Held ✕",
        "Without a number of people ✕",
        "With a source ✕",
    ]
    page.button(key="chip-1").click()
    run(page)
    assert link(page) == {
        "q": ["women"],
        "country": ["SE"],
        "status": ["held"],
        "crowd": ["none"],
        "has_source": ["yes"],
    }
    page.button(key="chip-0").click()
    run(page)
    assert "q" not in link(page)
    assert page.text_input(key="search_text").value == ""
    page.button(key="clear_filters").click()
    run(page)
    assert (link(page), chips(page)) == ({}, [])


def test_place_is_looked_up_offline_and_one_that_is_not_found_is_said() -> None:
    page = open_page(MORE)
    page.number_input(key="near_radius").set_value(30.0)
    page.text_input(key="near_place").input("Oslo, Norway")
    run(page)
    run(page)
    assert link(page)["near"] == ["59.91273,10.74609"]
    assert chips(page)[0].startswith("Within ")
    assert "of Oslo, Norway" in chips(page)[0]
    page.text_input(key="near_place").input("Xqzzvw")
    run(page)
    assert errors(page) == ["“Xqzzvw” is not found. Write a city, such as Oslo, Norway."]
    page.session_state[MORE] = False
    run(page)
    page.session_state[MORE] = True
    run(page)
    assert (page.text_input(key="near_place").value, page.number_input(key="near_radius").value) == ("Xqzzvw", 30.0)
    assert errors(page) == ["“Xqzzvw” is not found. Write a city, such as Oslo, Norway."]


def test_counts_next_to_choices_follow_the_other_filters() -> None:
    page = open_page(MORE, country="NO")
    cities = page.multiselect(key="facet_cities").options
    assert cities[0].startswith("Oslo, Norway · ")
    assert all(", Norway · " in option for option in cities)
    venues = next(o for o in page.multiselect(key="facet_place_precisions").options if o.startswith("Venue known"))
    page.multiselect(key="facet_place_precisions").set_value(["venue"])
    run(page)
    assert link(page) == {"country": ["NO"], "place_precision": ["venue"]}
    assert counted(page).split()[0] == venues.split(" · ")[1]


def test_period_goes_to_the_same_days_a_year_before() -> None:
    page = open_page("period", **{"from": "2020-02-01", "to": "2020-02-29"})
    assert chips(page) == ["1–29 Feb 2020 ✕"]
    page.button(key="year_before").click()
    run(page)
    assert (link(page)["from"], link(page)["to"]) == (["2019-02-01"], ["2019-02-28"])
    page.button(key="chip-0").click()
    run(page)
    assert link(page) == {}


def test_year_before_of_days_that_end_on_a_leap_day() -> None:
    assert year_before((date(2019, 3, 1), date(2020, 2, 29))) == (date(2018, 3, 1), date(2019, 2, 28))


def test_upcoming_has_no_end() -> None:
    assert preset_periods((), date(2026, 6, 1))[UPCOMING] == (date(2026, 6, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "parameters",
    [
        {"near": "59.91,10.75", "radius_km": "20"},
        {"bbox": "10,59,11,60"},
        {"area": "10,59;11,59;11,60;10,60"},
        {"city": "Oslo, NO"},
        {"topic": "Iran protests 2019–2020"},
        {"publisher": "Iran Focus"},
        {"date_precision": "weekend"},
        {"place_precision": "venue"},
        {"crowd_min": "1000"},
        {"crowd_by": "police"},
    ],
)
def test_link_to_a_filter_opens_it_and_keeps_it(parameters: dict[str, str]) -> None:
    page = open_page(**parameters)
    assert link(page) == {name: [value] for name, value in parameters.items()}
    assert len(chips(page)) == 1
    assert 0 < int(counted(page).split()[0]) < 674


def type_name(page: AppTest, text: str) -> None:
    """Type a value that is not listed; the browser sends listed ones as they are written in the list."""
    organisers = page.multiselect(key="facet_organisers")
    values = [*organisers.values, text]
    organisers.__class__ = type("Typed", (type(organisers),), {"values": values})
    organisers.set_value([*organisers.value, text])
    run(page)


def errors(page: AppTest) -> list[str]:
    return [e.proto.body.split(">")[1].split("<")[0] for e in page.get("html") if "rm-error" in e.proto.body]


def test_value_that_a_long_list_leaves_out_can_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (facet_filters, more_filters):
        monkeypatch.setattr(module, "count_facets", partial(count_facets, limit=2))
    page = open_page(MORE, "pill_kinds")
    everything = count_facets(running_services().keeper.current(), EventFilter(), limit=None)["organisers"]
    listed, last = list(everything)[:2], list(everything)[-1]
    organisers = page.multiselect(key="facet_organisers")
    assert [option.rpartition(" · ")[0] for option in organisers.options] == listed
    assert organisers.proto.placeholder == f"Search {len(everything)} organisers"
    assert [page.multiselect(key=f"facet_{name}").proto.accept_new_options for name in ("organisers", "kinds")] == [
        True,
        False,
    ]
    type_name(page, last.upper())
    assert link(page) == {"organiser": [last]}
    type_name(page, "qqq")
    assert (link(page), errors(page)) == ({"organiser": [last]}, ["No name in the list contains “qqq”."])
    type_name(page, "e")
    assert link(page) == {"organiser": [last]}
    assert [error.startswith("Several names contain “e”, such as ") for error in errors(page)] == [True]


@pytest.mark.parametrize(
    ("lag_s", "period"), [(60.0, ("2020-01-01", "2020-12-31")), (0.0, ("2018-03-01", "2020-12-31"))]
)
def test_text_that_a_choice_replaced_does_not_come_back_as_typed(
    monkeypatch: pytest.MonkeyPatch, lag_s: float, period: tuple[str, str]
) -> None:
    """A run that begins before the browser has drawn the one before sends the texts that its fields had."""
    monkeypatch.setattr("rallymap.ui.explore.period.ADDRESS_LAG_S", lag_s)
    page = open_page("period", **{"from": "2018-03-01", "to": "2018-12-31"})
    page.button_group(key="preset").set_value("2020")
    run(page)
    assert (page.text_input(key="exact_From").value, page.text_input(key="exact_To").value) == (
        "2020-01-01",
        "2020-12-31",
    )
    page.text_input(key="exact_From").input("2018-03-01")
    run(page)
    assert (link(page)["from"], link(page)["to"]) == ([period[0]], [period[1]])


def test_address_that_arrives_late_changes_nothing_however_often_it_changed_since() -> None:
    """A run that nobody's choice started sends the address that the browser had, which a slow server changed since."""
    page = open_page("period", **{"from": "2018-03-01", "to": "2018-12-31"})
    for year in ("2019", "2020"):
        page.button_group(key="preset").set_value(year)
        run(page)
    wanted = {"from": ["2020-01-01"], "to": ["2020-12-31"]}
    for begin, end in (("2018-03-01", "2018-12-31"), ("2019-01-01", "2019-12-31")):
        page.query_params["from"], page.query_params["to"] = begin, end
        assert link(run(page)) == wanted


def test_back_and_a_link_that_was_not_opened_here_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page("period", **{"from": "2018-03-01", "to": "2018-12-31"})
    page.button_group(key="preset").set_value("2020")
    run(page)
    page.query_params["from"] = "2019-01-01"
    assert link(run(page)) == {"from": ["2019-01-01"], "to": ["2020-12-31"]}
    page.query_params["from"], page.query_params["to"] = "2018-03-01", "2018-12-31"
    by_history(monkeypatch)
    run(page)
    assert page.text_input(key="exact_From").value == "2018-03-01"


def test_link_of_the_top_bar_to_the_open_page_shows_all(monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page("period")
    page.button_group(key="preset").set_value("2020")
    run(page)
    page.query_params.clear()
    assert link(run(page)) == {"from": ["2020-01-01"], "to": ["2020-12-31"]}  # late
    monkeypatch.setattr("rallymap.ui.link.ADDRESS_LAG_S", 0)
    page.query_params.clear()
    assert link(run(page)) == {}


def test_exact_dates_are_shown_with_the_digits_of_the_reader_and_read_with_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    persian = choose_language(languages(), "fa")
    monkeypatch.setattr("rallymap.language.speech._sources", [lambda: persian])  # the page runs in a thread of its own
    page = open_page("period", **{"from": "2018-03-01", "to": "2018-12-31"})
    fields = [page.text_input(key=key) for key in ("exact_From", "exact_To")]
    assert [field.value for field in fields] == ["۲۰۱۸-۰۳-۰۱", "۲۰۱۸-۱۲-۳۱"]
    assert {field.placeholder for field in fields} == {"۲۰۲۰-۰۲-۰۱"}
    fields[0].input("۲۰۱۹-۰۴-۰۵")
    run(page)
    page.text_input(key="exact_To").input("2020-02-03")
    run(page)
    assert (link(page)["from"], link(page)["to"]) == (["2019-04-05"], ["2020-02-03"])


def test_text_that_could_not_be_read_is_forgotten_with_the_next_choice() -> None:
    page = open_page(MORE, "period", "pill_countries")
    page.text_input(key="near_place").input("Xqzzvw")
    run(page)
    page.text_input(key="exact_From").input("soon")
    run(page)
    assert len(errors(page)) == 2
    page.multiselect(key="facet_countries").set_value(["NO"])
    run(page)
    assert errors(page) == []
    assert page.text_input(key="near_place").value == ""
    assert page.text_input(key="exact_From").value != "soon"


def test_closed_filters_are_not_drawn_and_keep_what_was_chosen() -> None:
    wanted = {"country": ["NO"], "status": ["held"], "crowd_min": ["10"], "has_source": ["yes"], "city": ["Oslo, NO"]}
    page = open_page(MORE, "pill_countries")
    page.multiselect(key="facet_countries").set_value(["NO"])
    page.multiselect(key="facet_statuses").set_value(["held"])
    run(page)
    page.number_input(key="crowd_least").set_value(10)
    page.button_group(key="part_has_source").set_value(True)
    run(page)
    page.multiselect(key="facet_cities").set_value(["Oslo, NO"])
    run(page)
    shown = counted(page), chips(page)
    assert link(page) == wanted
    page.session_state[MORE] = False
    run(page)
    assert not [each for each in (*page.multiselect, *page.number_input) if each.key in ("facet_cities", "crowd_least")]
    run(page)
    assert ((counted(page), chips(page)), link(page)) == (shown, wanted)
    assert "· 4" in next(e.proto.body for e in page.get("html") if f".st-key-{MORE} " in e.proto.body)
    page.session_state[MORE] = True
    run(page)
    assert page.multiselect(key="facet_cities").value == ["Oslo, NO"]
    assert page.number_input(key="crowd_least").value == 10
    assert page.button_group(key="part_has_source").value is True
    assert link(page) == wanted


def mark_of(page: AppTest, key: str) -> str:
    """Return the text that a pill shows besides or instead of its label, "" for none."""
    found = [e.proto.body for e in page.get("html") if f".st-key-{key} " in e.proto.body]
    return found[0].split('content: "')[1].split('"')[0] if found else ""


def test_pills_show_what_is_chosen_while_they_are_closed() -> None:
    page = open_page()
    assert [mark_of(page, key) for key in ("period", "pill_communities", MORE)] == ["All years", "", ""]
    page = open_page(**{"from": "2020-01-01", "to": "2020-12-31"}, community=["Iran", "Tibet"], status="held")
    marks = [mark_of(page, key) for key in ("period", "pill_communities", "pill_countries", MORE)]
    assert marks == ["2020", r"Iran \2b  1", "", " · 1"]
    assert not page.multiselect


def test_payload_is_a_text_in_the_style_of_a_pill() -> None:
    page = open_page(community='"} </style><img src=x>')
    assert "<img" not in "".join(e.proto.body for e in page.get("html") if ".st-key-pill_communities " in e.proto.body)


def test_choices_for_the_embedded_map_stay_when_the_share_sheet_is_closed() -> None:
    page = open_page("share_view")
    page.selectbox(key="share_size").set_value("small")
    page.selectbox(key="share_theme").set_value("dark")
    run(page)
    code = page.code[2].value
    assert ('width="480"' in code, "theme=dark" in code) == (True, True)
    page.session_state["share_view"] = False
    run(page)
    assert len(page.code) == 0
    run(page)
    page.session_state["share_view"] = True
    run(page)
    assert page.code[2].value == code


def test_downloads_are_drawn_when_they_are_opened() -> None:
    assert not [e for e in open_page(country="NO").get("html") if "rm-download" in e.proto.body]
    page = open_page("download_view", country="NO")
    [html] = [e.proto.body for e in page.get("html") if "rm-download" in e.proto.body]
    assert "export/events.csv?country=NO" in html
    assert page.code[0].value.endswith("feeds/events.ics?country=NO")


def test_page_is_drawn_with_few_messages() -> None:
    """Each message takes time in the server and in the browser, whenever anybody changes anything."""
    page = open_page(country="NO")
    drawn = sum(1 for _ in page._tree)
    assert drawn < 90


def test_undated_events_that_a_filter_leaves_out_are_not_counted_or_listed() -> None:
    page = open_page(undated="0")
    html = "".join(element.proto.body for element in page.get("html"))
    assert counted(page) == "673 events"
    assert "1 undated not counted" in html
    assert ">673 events<" in html  # above the list
    assert "Date not known" not in html
    assert "Date not known" in "".join(element.proto.body for element in open_page().get("html"))
