"""Explore with all bundled events, drawn without a browser."""

from __future__ import annotations

from datetime import date, time
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind
from rallymap.events.day_order import in_order_of_time
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import count_facets
from rallymap.ui.explore import map_panel
from rallymap.views.headline import HEADLINE
from rallymap.views.map_choice import map_choice
from rallymap.workflows.services import running_services
from tests.ui import bundled_page
from tests.ui.bundled_page import html_of

pytestmark = [pytest.mark.usefixtures("bundled_services"), pytest.mark.slow]
open_page = partial(bundled_page.open_page, "explore_app.py")


def parameter(page: AppTest, name: str) -> str:
    value = page.query_params[name]
    return value if isinstance(value, str) else value[-1]


def rows(page: AppTest) -> list[str]:
    return [button.label for button in page.button if (button.key or "").startswith("row-")]


def test_first_visit_says_what_the_site_is_and_one_total() -> None:
    page = open_page()
    html = html_of(page)
    assert f"<h1>{HEADLINE}</h1>" in html
    assert "68 communities in 65 countries since 1985" in html
    assert "<b>674 events</b> · 673 dated + 1 undated" in html
    assert '<h2 class="rm-list-title">674 events</h2>' in html
    assert len(rows(page)) == 21  # twenty dated ones, and the undated one


def test_period_counts_its_events_and_names_the_undated_next_to_them() -> None:
    page = open_page(**{"from": "2020-02-01", "to": "2020-02-02"})
    assert "<b>6 events</b> · 1 undated not counted" in html_of(page)
    assert len(rows(page)) == 7


def test_open_event_is_among_those_of_its_city() -> None:
    page = open_page(event="oslo-2022-06", community="Iran")
    html = html_of(page)
    assert "in and around Oslo" in html
    assert "<b>1 of 4</b>" in html
    page.button(key="pager_older").click().run()
    assert parameter(page, "event") == "oslo-2022-02-11-iran"
    assert "<b>2 of 4</b>" in html_of(page)


def test_damaged_event_takes_neither_map_nor_list_away() -> None:
    statement, db = "UPDATE revisions SET document = ? WHERE event_id = 'oslo-2022-06'", running_services().db
    with db.writing() as tx:
        kept = tx.conn.exec_driver_sql("SELECT document FROM revisions WHERE event_id = 'oslo-2022-06'").scalar_one()
        tx.conn.exec_driver_sql(statement, ("{",))
    try:
        page = open_page(event="oslo-2022-06", country="NO")
    finally:
        with db.writing() as tx:
            tx.conn.exec_driver_sql(statement, (kept,))
    assert "is damaged, so it cannot be shown; ask the operator." in html_of(page)
    assert len(rows(page)) > 1


def test_link_to_an_event_that_is_damaged_is_read_or_said() -> None:
    page = open_page(event="Oslo-2022-06).")
    assert parameter(page, "event") == "oslo-2022-06"
    assert "rm-facts" in html_of(page)
    page = open_page(event="؟")
    said = "There is no event at this address. It may have been withdrawn, or the link is incomplete."
    assert said in [text.value for text in page.text]


def test_close_takes_the_panel_away() -> None:
    page = open_page(event="oslo-2022-06")
    page.button(key="close_event").click().run()
    assert "rm-facts" not in html_of(page)
    assert "event" not in page.query_params


def test_link_that_no_qr_code_holds_is_drawn_and_shared() -> None:
    corners = [(lon / 10 + 0.12345, lat) for lat in (40.12345, 61.98765) for lon in range(0, 500, 10)]
    area = ";".join(f"{lon:.5f},{lat}" for lon, lat in (*corners[:50], *corners[:49:-1]))
    page = open_page(q="ایران " * 30, area=area)
    page.session_state["share_view"] = True
    page.run()
    assert not page.exception
    [shared, *_] = [code.value for code in page.code]
    assert len(shared) > 3_000
    assert ("rm-share" in html_of(page), "QR code of this link" in html_of(page)) == (True, False)


def test_order_of_the_list_is_turned_round_and_kept_in_the_link() -> None:
    page = open_page()
    page.button(key="turn_list").click().run()
    assert rows(page)[0].startswith("**Protest in New York during the visit of General Jaruzelski**")
    assert parameter(page, "sort") == "oldest"


def test_events_of_one_day_are_in_order_of_time_those_without_last() -> None:
    def event(event_id: str, hour: int | None, on: int = 1) -> Event:
        when = EventDate(date(2023, 8, on), precision=DatePrecision.DAY)
        if hour is not None:
            when = EventDate(
                date(2023, 8, on), precision=DatePrecision.MINUTE, start_time=time(hour), zone="Europe/Oslo"
            )
        return Event(id=event_id, title=event_id, kind=Kind.RALLY, when=when)

    events = [event("next", None, 2), event("none", None), event("noon", 14), event("late", 19), event("early", 9)]
    newest = [found.id for found in in_order_of_time(events, oldest_first=False)]
    assert newest == ["next", "late", "noon", "early", "none"]
    oldest = [found.id for found in in_order_of_time(events[1:], oldest_first=True)]
    assert oldest == ["early", "noon", "late", "none"]


def test_show_more_adds_rows() -> None:
    page = open_page()
    button = page.button(key="more-dated")
    assert button.label == "Show more (653 left)"
    button.click().run()
    assert page.button(key="more-dated").label == "Show more (613 left)"


def test_clear_removes_all_filters() -> None:
    page = open_page(community="Kurds", country="DE")
    assert "<b>674 events</b>" not in html_of(page)
    page.button(key="clear_filters").click().run()
    assert "<b>674 events</b>" in html_of(page)
    assert "community" not in page.query_params


def test_date_that_cannot_be_read_is_said_and_kept() -> None:
    page = open_page()
    page.session_state["period"] = True
    page.run()
    page.text_input(key="exact_To").set_value("next week").run()
    assert page.text_input(key="exact_To").value == "next week"
    assert "“next week” is not a date" in html_of(page)
    for is_open in (False, True):
        page.session_state["period"] = is_open
        page.run()
    assert page.text_input(key="exact_To").value == "next week"
    assert "<b>674 events</b>" in html_of(page)
    page.text_input(key="exact_To").set_value("2020").run()
    assert parameter(page, "to") == "2020-12-31"
    assert "is not a date" not in html_of(page)


@pytest.mark.parametrize(
    ("community", "query"), [(None, None), ("Ukraine", None), ("Iran", "community=Iran"), ("Nobody we know", None)]
)
def test_happenings_are_marked_for_the_chosen_community(
    monkeypatch: pytest.MonkeyPatch, community: str | None, query: str | None
) -> None:
    told: list[str | None] = []
    choice_of = map_choice
    monkeypatch.setattr(map_panel, "map_choice", lambda **said: told.append(said["context"]) or choice_of(**said))
    open_page(**({} if community is None else {"community": community}))
    assert told == [query]


def test_filters_name_the_communities_of_the_record_and_their_numbers() -> None:
    page = open_page()
    page.session_state["pill_communities"] = True
    page.run()
    options = page.multiselect(key="facet_communities").options
    counts = count_facets(running_services().keeper.current(), EventFilter())["communities"]
    assert (len(options), options[0]) == (68, f"Iran · {counts['Iran']}")


def test_guided_view_shows_its_events_and_says_what_it_is_about() -> None:
    page = open_page()
    names = [button.label for button in page.button if (button.key or "").startswith("guided-")]
    assert names[2] == "Tibetans on 10 March"
    assert len(names) == 6
    page.button("guided-2").click().run()
    shown = html_of(page)
    assert "<b>14 events</b>" in shown
    assert "Tibetans recall the uprising in Lhasa of 10 March 1959" in shown
    assert not [button for button in page.button if (button.key or "").startswith("guided-")]
    page.button("clear_filters").click().run()
    assert "Tibetans recall" not in html_of(page)
