"""The moderators' page, each list and deed as they would use it; nothing below the page is faked."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.testing.v1 import AppTest

from rallymap.dates import EventDate
from rallymap.events import EventStatus, Kind, Place, ReviewStatus
from rallymap.moderation import Account, ReportKind, Role
from rallymap.settings import Settings
from rallymap.store import EventStore, PlaceToCheck
from rallymap.workflows.services import running_services, start_services, stop_services
from rallymap.workflows.sessions import COOKIE
from tests.workflows.moderated import ADA, HAMILTONS, MIRA, PARIS, RESOLVER, event, nonce, publish, submit

APP = Path(__file__).with_name("review_app.py")
Open = Callable[..., AppTest]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EventStore]:
    """The running services' store, with nothing in it but what a test puts there."""
    data = tmp_path / "data"
    shutil.copytree(Path(__file__).parents[2] / "data", data)
    (data / "events.csv").write_text((data / "events.csv").read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    start_services(Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_DATA": str(data)}))
    opened = running_services().store
    for account in (ADA, MIRA, Account("nora", Role.MODERATOR, ("NO",)), Account("omid", Role.ORGANISER)):
        opened.add_account(account.name, "no hash, nobody signs in here", account.role, account.countries)
    yield opened
    stop_services()


@pytest.fixture
def open_page(store: EventStore, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return a function that opens the page as an account (None: a visitor), with parts of the address."""

    def opened(account: Account | None = MIRA, **address: str) -> AppTest:
        # What a browser would send; everything behind it is real.
        token = store.open_session(account, lasts=timedelta(hours=1)) if account else ""
        sent = StreamlitHeaders([("Cookie", f"{COOKIE}={token}")])
        monkeypatch.setattr(ContextProxy, "headers", property(lambda _: sent))
        page = AppTest.from_file(APP, default_timeout=30)
        for name, value in address.items():
            page.query_params[name] = value
        return run(page)

    return opened


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def press(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    return run(page)


def words(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.get("html"))


def rows(page: AppTest) -> list[str]:
    return [button.label for button in page.button if str(button.key).startswith("row-")]


def test_visitor_is_led_to_the_door(open_page: Open) -> None:
    page = open_page(None)
    assert 'href="sign-in"' in words(page)
    assert list(page.button) == []


def test_organiser_is_told_that_the_page_is_for_moderators(store: EventStore, open_page: Open) -> None:
    submit(store, event("waits"))
    page = open_page(Account("omid", Role.ORGANISER))
    assert "This page is for moderators." in words(page)
    assert list(page.button) == []


def test_right_that_ends_closes_the_open_page(store: EventStore, open_page: Open) -> None:
    submit(store, event("waits"))
    page = open_page(MIRA, event="waits")
    store.deactivate("mira")
    press(page, "decide_publish_waits_1")
    assert 'href="sign-in"' in words(page)
    assert store.get("waits").review is ReviewStatus.PENDING


def test_queue_shows_age_in_words_and_counts(store: EventStore, open_page: Open) -> None:
    submit(store, event("waits", title="Vigil [in](x) Oslo", kind=Kind.VIGIL))
    page = open_page()
    assert rows(page) == ["**Vigil \\[in\\]\\(x\\) Oslo** *Oslo\\, Norway · 1 Feb 2020* :small[just now]"]
    assert "<b>1 waiting</b>" in words(page)


def test_queue_filters_by_kind_and_country(store: EventStore, open_page: Open) -> None:
    submit(store, event("rally-no"))
    submit(store, event("vigil-no", kind=Kind.VIGIL))
    submit(store, event("vigil-fr", kind=Kind.VIGIL, location=PARIS))
    page = open_page()
    page.multiselect("queue_kinds").set_value([Kind.VIGIL])
    assert len(rows(run(page))) == 2
    page.multiselect("queue_countries").set_value(["FR"])
    assert [label.split("**")[1] for label in rows(run(page))] == ["Rally vigil\\-fr"]
    page.radio("queue_age").set_value("older than a week")
    assert rows(run(page)) == []


def test_moderator_for_norway_is_shown_oslo_and_not_paris(store: EventStore, open_page: Open) -> None:
    submit(store, event("oslo"))
    submit(store, event("paris", location=PARIS))
    nora = Account("nora", Role.MODERATOR, ("NO",))
    assert [label.split("**")[1] for label in rows(open_page(nora))] == ["Rally oslo"]
    page = open_page(nora, event="paris")
    assert "This event is in FR; your account is for NO only." in words(page)
    assert "Rally paris" not in words(page)


def test_published_event_is_public_and_the_next_one_opens(store: EventStore, open_page: Open) -> None:
    submit(store, event("first"))
    submit(store, event("second"))
    page = press(open_page(), "row-rally--first")
    press(page, "decide_publish_first_1")
    assert store.get("first").review is ReviewStatus.PUBLISHED
    assert "“Rally first” is published and on the map now." in words(page)
    assert 'aria-label="Rally second"' in words(page)


def test_sending_back_asks_for_a_reason(store: EventStore, open_page: Open) -> None:
    submit(store, event("waits"))
    page = press(open_page(MIRA, event="waits"), "decide_send_back_waits_1")
    assert "Please say why in a few words" in words(page)
    page.text_area("reason_waits_1").set_value("Which square?")
    press(page, "decide_send_back_waits_1")
    assert store.get("waits").review is ReviewStatus.SENT_BACK
    assert store.history("waits")[-1].reason == "Which square?"


def test_collected_decisions_wait_until_all_are_carried_out(store: EventStore, open_page: Open) -> None:
    submit(store, event("first"))
    submit(store, event("second"))
    page = open_page(MIRA, event="first")
    page.checkbox("review_collect").set_value(True)
    run(page)
    press(page, "decide_publish_first_1")
    press(page, "decide_publish_second_1")
    assert "<b>2 collected</b>" in words(page)
    assert [store.get(name).review for name in ("first", "second")] == [ReviewStatus.PENDING] * 2
    press(page, "drop-second")
    press(page, "carry_out")
    assert [store.get(name).review for name in ("first", "second")] == [ReviewStatus.PUBLISHED, ReviewStatus.PENDING]


def test_duplicate_stands_beside_the_event_and_takes_it_in(store: EventStore, open_page: Open) -> None:
    submit(store, event("known"))
    publish(store, "known")
    submit(store, event("again"))
    page = open_page(MIRA, event="again")
    assert "Same place and days; published." in words(page)
    press(page, "merge-known@2-again@1")
    assert "Both are one event now: “Rally known”." in words(page)
    assert [source.url for source in store.get("known").sources] == [
        "https://news.example/known",
        "https://news.example/again",
    ]


def test_notes_and_questions_are_kept_apart(store: EventStore, open_page: Open) -> None:
    token = submit(store, event("waits"))
    page = open_page(MIRA, event="waits")
    page.button_group("review_sections").set_value("talk")
    run(page)
    page.text_area("note-waits-0").set_value("<b>They</b> sound sure.")
    press(page, "note-False-waits-0")
    assert "&lt;b&gt;They&lt;/b&gt; sound sure." in words(page)
    page.text_area("note-waits-1").set_value("Which square?")
    press(page, "note-True-waits-1")
    assert [note.words for note in store.own_event(token).notes] == ["Which square?"]


def test_edit_saves_what_differs_and_says_mistakes(store: EventStore, open_page: Open) -> None:
    submit(store, event("waits"))
    page = open_page(MIRA, event="waits")
    page.button_group("review_sections").set_value("edit")
    run(page)
    page.text_input("edit/waits/1/title").set_value("Rally at noon")
    page.text_input("edit/waits/1/start").set_value("soonish")
    press(page, "save-waits-1")
    assert "Nothing was changed." in words(page)
    assert page.text_input("edit/waits/1/title").value == "Rally at noon"
    page.text_input("edit/waits/1/start").set_value("2 February 2020")
    press(page, "save-waits-1")
    after = store.get("waits")
    assert (after.title, after.when.edtf, after.location) == ("Rally at noon", "2020-02-02", event("x-1").location)


def test_history_leads_back_to_what_was_said(store: EventStore, open_page: Open) -> None:
    submit(store, event("waits"))
    store.edit(store.get("waits").changed(title="Spoiled"), actor=MIRA, expected_revision=1, nonce=nonce())
    page = open_page(MIRA, event="waits")
    page.button_group("review_sections").set_value("history")
    run(page)
    assert "Changed: title" in words(page)
    press(page, "restore-waits-2-1")
    assert store.get("waits").title == "Rally waits"


def test_takedown_needs_its_words(store: EventStore, open_page: Open) -> None:
    submit(store, event("gone"))
    page = open_page(MIRA, event="gone")
    page.button_group("review_sections").set_value("more")
    run(page)
    press(page, "takedown-gone-1")
    assert "Nothing was deleted. To confirm, write “take down” in the field." in words(page)
    page.text_input("takedown-words-gone").set_value("Take down")
    press(page, "takedown-gone-1")
    assert "The event is taken down; nothing that it said is left." in words(page)
    assert [entry.verb for entry in store.history("gone")] == ["submitted", "taken down"]


def test_split_opens_the_copy(store: EventStore, open_page: Open) -> None:
    submit(store, event("two"))
    page = open_page(MIRA, event="two")
    page.button_group("review_sections").set_value("more")
    run(page)
    press(page, "split-two-1")
    [copy] = {item.event.id for item in store.review_queue()} - {"two"}
    assert store.get(copy).title == "Rally two"
    assert f"st-key-row-rally--{copy} button" in words(page)


def test_place_is_settled_by_a_candidate_and_remembered(store: EventStore, open_page: Open) -> None:
    doubtful = event("doubt", place=Place("Hamilton"), location=None)
    submit(store, doubtful, PlaceToCheck("ambiguous", HAMILTONS))
    page = open_page(MIRA, view="places", event="doubt")
    assert "Several places have this name." in words(page)
    assert page.button("settle-doubt@1").disabled
    page.radio("settle-candidate-doubt@1-").set_value(0)
    run(page)
    press(page, "settle-doubt@1")
    location = store.get("doubt").location
    assert location is not None
    assert (location.name, location.country) == ("Hamilton", "CA")
    assert "Every place is settled." in words(page)
    assert running_services().resolver.overrides.find("Hamilton", "") is not None
    assert RESOLVER.overrides.find("Hamilton", "") is None


def test_place_is_settled_by_typed_coordinates(store: EventStore, open_page: Open) -> None:
    submit(store, event("doubt", location=None), PlaceToCheck("no-match"))
    page = open_page(MIRA, view="places", event="doubt")
    page.text_input("settle-coordinates-doubt@1").set_value("here")
    assert "These coordinates cannot be read" in words(run(page))
    page.text_input("settle-coordinates-doubt@1").set_value("59.91301, 10.73999")
    run(page)
    press(page, "settle-doubt@1")
    location = store.get("doubt").location
    assert location is not None
    assert (location.lat, location.lon, location.method) == (59.91301, 10.73999, "pin")


def test_report_of_risk_is_looked_into_and_closed(store: EventStore, open_page: Open) -> None:
    submit(store, event("risky"))
    publish(store, "risky")
    store.report("risky", ReportKind.RISK, "<i>A flat</i>", nonce=nonce())
    page = open_page(MIRA, view="reports", event="risky")
    assert "Reported: puts people at risk" in words(page)
    assert "&lt;i&gt;A flat&lt;/i&gt;" in words(page)
    press(page, f"close-report-{store.open_reports()[0].id}")
    assert store.open_reports() == []
    assert store.get("risky").review is ReviewStatus.PENDING


def test_proposed_change_is_shown_field_by_field_and_accepted(store: EventStore, open_page: Open) -> None:
    token = submit(store, event("known"))
    publish(store, "known")
    own = store.own_event(token).event
    store.change_own(token, own.changed(title="<u>Better</u>"), expected_revision=2, nonce=nonce())
    page = open_page(MIRA, view="changes", event="known")
    assert "<del>Rally known</del>" in words(page)
    assert "<ins>&lt;u&gt;Better&lt;/u&gt;</ins>" in words(page)
    press(page, "proposal-True-known-2")
    assert store.get("known").title == "<u>Better</u>"
    assert "No change is proposed." in words(page)


def test_follow_up_takes_turnout_and_source(store: EventStore, open_page: Open) -> None:
    day = (running_services().now() - timedelta(days=3)).date()
    when = EventDate(day, precision="day", zone="Europe/Oslo")
    submit(store, event("over", when=when, status=EventStatus.ANNOUNCED))
    publish(store, "over")
    page = open_page(MIRA, view="follow-up", event="over")
    page.text_input("outcome/over/2/crowd_low").set_value("200")
    page.text_input("outcome/over/2/crowd_by").set_value("police")
    page.text_input("outcome/over/2/source2_url").set_value("https://paper.example/1")
    press(page, "outcome-over-2")
    after = store.get("over")
    assert (after.status, after.crowd[0].low, after.crowd[0].by) == (EventStatus.HELD, 200, "police")
    assert after.sources[1].url == "https://paper.example/1"
    assert "Nothing is to be followed up." in words(page)


def test_accounts_and_log_are_for_administrators(open_page: Open) -> None:
    page = open_page(MIRA, view="accounts")
    assert page.query_params == {}
    assert "oldest first" in words(page) or "Nothing is waiting here." in words(page)


def test_administrator_limits_and_closes_accounts(store: EventStore, open_page: Open) -> None:
    page = open_page(ADA, view="accounts")
    page.multiselect("limit-1-mira").set_value(["NO", "SE"])
    press(page, "save-role-1")
    assert store.get_account("mira") == Account("mira", Role.MODERATOR, ("NO", "SE"))
    press(page, "close-3")
    assert store.get_account("omid") is None


def test_administrator_gets_an_invitation_shown_once(store: EventStore, open_page: Open) -> None:
    page = open_page(ADA, view="accounts")
    page.radio("invite_role").set_value(Role.ORGANISER)
    press(page, "invite_make")
    [link] = [code.value for code in page.code]
    token = link.rpartition("/")[2]
    offer = store.invitation(token, running_services().now())
    assert offer is not None
    assert offer.role is Role.ORGANISER
    assert list(run(page).code) == []


def test_log_tells_what_happened_to_an_event(store: EventStore, open_page: Open) -> None:
    submit(store, event("logged"))
    publish(store, "logged")
    page = open_page(ADA, view="log")
    page.text_input("log_event").set_value("https://site.example/explore?from=2020-01-01&event=logged")
    run(page)
    assert words(page).index("<b>Published</b> by <bdi>mira</bdi>") < words(page).index("<b>Submitted</b>")
    page.text_input("log_event").set_value("unknown-one")
    assert "Nothing is logged about this id." in words(run(page))
