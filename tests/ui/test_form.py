"""The organiser's form, step by step, without a browser; nothing below the page is faked."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from rallymap.dates import DatePrecision, EventDate, parse_edtf
from rallymap.errors import StoreUnavailableError
from rallymap.events import (
    Claim,
    ClaimKind,
    CrowdClaim,
    Event,
    EventStatus,
    Location,
    LocationPrecision,
    Place,
    Source,
    Translation,
)
from rallymap.intake.city_table import CityRow, write_cities
from rallymap.settings import Settings
from rallymap.store import Database, new_draft_token
from rallymap.store.drafts import Draft, form_key, get_draft, save_draft
from rallymap.store.events import get_event
from rallymap.store.proposals import proposed_event
from rallymap.store.review_queue import list_queue
from rallymap.ui.submit import draft as draft_module
from rallymap.workflows.rate_limits import check_rate
from rallymap.workflows.services import running_services, start_services, stop_services
from rallymap.workflows.submissions import send_events
from tests.ui.conftest import parts
from tests.workflows.moderated import OSLO, event, new_key, publish

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

APP = Path(__file__).with_name("form_app.py")
STEPS = ("What", "When", "Where", "Who", "Sources", "Send")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """The running services' store, with nothing in it but what a test puts there."""
    data = tmp_path / "data"
    shutil.copytree(Path(__file__).parents[2] / "data", data)
    (data / "events.csv").write_text((data / "events.csv").read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    start_services(Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_DATA": str(data)}))
    yield running_services().db
    stop_services()


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def open_form(**address: str) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=60)
    for name, value in address.items():
        page.query_params[name] = value
    return run(page)


def press(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    return run(page)


def type_into(page: AppTest, name: str, text: str) -> AppTest:
    page.text_input(f"field_{name}").set_value(text)
    return run(page)


def pills(page: AppTest) -> ButtonGroup[str]:
    [steps] = [group for group in page.button_group if str(group.key).startswith("add_step")]
    return steps


def steps_that_need_attention(page: AppTest) -> list[int]:
    """Return the positions of the marked steps; their labels never change, or a press would be undone."""
    assert [option.content for option in pills(page).proto.options] == [
        "What",
        "When",
        "Where",
        "Who",
        "Sources",
        "Send",
    ]
    assert not pills(page).proto.set_value
    marked = r'st-key-add_step_\d+ button:nth-of-type\((\d)\) p::after { content: " – needs attention"; }'
    return [int(position) for position in re.findall(marked, words(page))]


def step_of(page: AppTest) -> str:
    return str(pills(page).value)


def go_in_history(page: AppTest, step: str, *known: str, number: int = 1, late: WidgetState | None = None) -> None:
    """Run the page as Back or Forward of the browser does, which may still have pills that were replaced."""
    sent = page._tree.get_widget_states()
    [script] = [each.proto for each in page.get("bidi_component") if each.proto.component_name.endswith("step_history")]
    message = {"session": json.loads(script.json)["session"], "seq": number, "step": step, "known": known}
    sent.widgets.add(id=script.id, json_value=json.dumps({"message": message}))
    if late is not None:
        sent.widgets.append(late)
    page._run(sent)
    assert not page.exception


def words(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.get("html"))


def map_of(page: AppTest) -> dict[str, Any]:
    [found] = parts(page, "map_host")
    return dict(found["choice"])


def focus_of(page: AppTest) -> str:
    [found] = parts(page, "form_access")
    return str(found["target"])


def token_of(page: AppTest) -> str:
    token = page.query_params["draft"]
    return token if isinstance(token, str) else token[0]


def kept(db: Database, page: AppTest) -> Draft:
    found = db.read(get_draft, token_of(page))
    assert found is not None
    return found


def draft_of(db: Database, page: AppTest) -> dict[str, str]:
    return dict(kept(db, page).fields)


def test_back_opens_its_step_though_the_browser_still_has_pills_that_were_replaced(db: Database) -> None:
    page = open_form()
    pills(page).set_value("When")
    late = pills(run(page))._widget_state
    go_in_history(page, "What", "When")
    run(page)  # Streamlit has forgotten the pills of "When"
    assert step_of(page) == "What"
    go_in_history(page, "When", "What", number=2, late=late)
    assert step_of(page) == "When"


@pytest.mark.parametrize(
    ("opened", "known", "expected"),
    [
        pytest.param("When", ["When"], "What", id="the step before"),
        pytest.param("Where", ["When"], "When", id="a click that the browser had not drawn yet is undone"),
        pytest.param("Who", ["Sources", "Who"], "What", id="Back twice, and the first one has arrived"),
        pytest.param("Where", [], "What", id="a script of the version before"),
    ],
)
def test_back_leaves_the_step_that_is_open(db: Database, opened: str, known: list[str], expected: str) -> None:
    page = open_form()
    pills(page).set_value(opened)
    run(page)
    go_in_history(page, "What", *known)
    assert step_of(page) == expected


def test_press_of_next_holds_though_the_browser_sends_more_before_it_has_drawn_the_next_step(db: Database) -> None:
    page = type_into(open_form(), "title", "Vigil")
    before = page._tree.get_widget_states()
    assert step_of(press(page, "step_next")) == "When"
    page._run(before)  # as a key typed just before the press, whose message comes after it
    assert step_of(page) == "When"
    pills(page).set_value("What")
    assert step_of(run(page)) == "What"
    assert page.text_input("field_title").value == "Vigil"


def test_next_stays_at_a_step_with_an_error_until_it_is_corrected(db: Database) -> None:
    page = press(open_form(), "step_next")
    assert step_of(page) == "What"
    assert 'id="error-title"' in words(page)
    page = type_into(page, "title", "Vigil")
    assert 'id="error-title"' not in words(page)
    assert step_of(press(page, "step_next")) == "When"
    page = press(type_into(page, "start", "soonish"), "step_next")
    assert (step_of(page), 'id="error-start"' in words(page)) == ("When", True)
    page = press(type_into(page, "start", "3 May 2024"), "step_next")
    assert step_of(page) == "Where"
    assert draft_of(db, page)["start"] == "3 May 2024"


def test_time_of_day_is_no_error_before_the_place_was_asked(db: Database) -> None:
    token = new_draft_token()
    fields = {"title": "Vigil", "precision": "minute", "start": "2024-05-03", "start_time": "18:00"}
    db.write(save_draft, token, fields | {"form_step": "When"}, expected_revision=0)
    page = press(open_form(draft=token), "step_next")
    assert (step_of(page), "error-zone" in words(page)) == ("Where", False)
    page = press(page, "step_next")  # the place, too, leaves the zone open: that is said before going on
    assert (step_of(page), "A time needs its time zone" in page.button("fix_zone").label) == ("Where", True)
    page = press(page, "fix_zone")
    assert (step_of(page), focus_of(page)) == ("When", "field:zone")
    type_into(page, "start_time", "22:00")
    page = type_into(page, "end_time", "1:30 am")
    assert '<p class="rm-echo" role="status">Friday 3 May 2024, 22:00 – Saturday 4 May 2024, 01:30</p>' in words(page)


def test_next_says_what_contradicts_an_earlier_step_and_waits_for_what_a_later_one_completes(db: Database) -> None:
    page = press(type_into(open_form(), "title", "Vigil"), "step_next")
    page = press(type_into(page, "start", "2199-05-03"), "step_back")
    page = press(page.selectbox("field_status").select("held").run(), "step_next")  # by hand, though it is to come
    assert (step_of(page), 'id="error-status"' in words(page)) == ("What", True)
    assert steps_that_need_attention(page) == [1, 2]
    pills(page).set_value("When")
    page = press(run(page), "fix_status")
    assert (step_of(page), focus_of(page)) == ("What", "field:status")
    page = page.selectbox("field_status").select("announced").run()
    assert steps_that_need_attention(page) == []

    fields = {"title": "Vigil", "status": "announced", "start": "2199-05-03", "form_step": "Where"}
    fields |= {"place_text": "Oslo", "disclosure": "public"}
    token = new_draft_token()
    db.write(save_draft, token, fields, expected_revision=0)
    page = press(open_form(draft=token), "step_next")
    assert (step_of(page), "error-disclosure" in words(page)) == ("Who", False)
    page = press(press(page, "step_next"), "step_next")
    assert (step_of(page), page.button("fix_disclosure").label[:17]) == ("Sources", "To show the exact")
    page = type_into(page, "source_url", "www.example.org/1")
    assert '<p class="rm-echo" role="status"><bdi dir="ltr">https://www.example.org/1</bdi></p>' in words(page)
    page = press(page, "step_next")
    assert (step_of(page), '<a href="https://www.example.org/1"' in words(page)) == ("Send", True)


def test_date_to_come_answers_when_it_is_until_somebody_does(db: Database) -> None:
    to_come = "This date is still to come, so “When is it?” is answered with “It is announced” now."
    page = press(type_into(open_form(), "title", "Vigil"), "step_next")
    page = type_into(page, "start", "2199-05-03")
    assert to_come in words(page)
    assert draft_of(db, page)["status"] == "announced"
    page = type_into(page, "start", "2020-05-03")
    assert to_come not in words(page)
    assert draft_of(db, page)["status"] == "held"
    page.text_input("field_start").set_value("2199-05-03")
    assert step_of(press(page, "step_next")) == "Where"  # typed and pressed at once
    assert draft_of(db, page)["status"] == "announced"


def test_series_that_began_in_the_past_is_announced_from_now_on(db: Database) -> None:
    token = new_draft_token()
    first = db.now().date() - timedelta(days=8)
    fields = {"title": "Vigil", "start": first.isoformat(), "repeat": "weekly", "repeat_end": "times"}
    fields |= {"repeat_times": "4", "place_text": "Oslo", "form_step": "When"}
    db.write(save_draft, token, fields, expected_revision=0)
    page = open_form(draft=token)
    assert "The dates that are still to come are sent as announced." in words(page)
    page = press(page, "step_next")
    assert page.radio("field_disclosure").value == "city"
    page = type_into(page, "venue", "Spikersuppa")
    for _ in range(3):
        page = press(page, "step_next")
    assert "Once published, the public sees all of this at once." in words(page)
    assert "Once published, the public sees the city only (Oslo, Norway)" in words(page)  # of the last date


def test_fields_that_hold_a_day_have_a_calendar(db: Database) -> None:
    page = press(type_into(open_form(), "title", "Vigil"), "step_next")
    found = {}
    for precision in ("day", "minute", "month", "year"):
        page.selectbox("field_precision").set_value(precision)
        [script] = parts(run(page), "form_access")
        found[precision] = [name for name in script["days"] if name != "repeat_until"]
    both = ["start", "end"]
    assert found == {"day": both, "minute": both, "month": [], "year": []}


def test_point_is_shown_with_streets_by_a_link_alone(db: Database) -> None:
    token = new_draft_token()
    fields = {"place_text": "Oslo", "coordinates": "59.9130, 10.7402", "form_step": "Where"}
    db.write(save_draft, token, fields, expected_revision=0)
    address = "https://www.openstreetmap.org/?mlat=59.91300&amp;mlon=10.74020#map=17/59.91300/10.74020"
    assert f'<a href="{address}" target="_blank" rel="noopener noreferrer">' in words(open_form(draft=token))
    assert "openstreetmap" not in words(open_form())


def test_next_says_at_the_place_that_its_clocks_do_not_show_the_time(db: Database) -> None:
    token = new_draft_token()
    fields = {"title": "Vigil", "status": "announced", "precision": "minute", "start_time": "02:30"}
    fields |= {"start": "2031-03-30", "place_text": "Berlin", "form_step": "Where"}
    db.write(save_draft, token, fields, expected_revision=0)
    page = press(open_form(draft=token), "step_next")
    assert step_of(page) == "Where"
    assert page.button("fix_start_time").label.startswith("There is no 02")


def test_errors_are_listed_in_the_order_of_the_steps(db: Database) -> None:
    token = new_draft_token()
    fields = {"source_url": "javascript:x", "start": "soonish", "crowd_low": "many", "form_step": "Send"}
    db.write(save_draft, token, fields, expected_revision=0)
    listed = [str(button.key) for button in open_form(draft=token).button if str(button.key).startswith("fix_")]
    assert listed == ["fix_title", "fix_start", "fix_crowd_low", "fix_source_url"]


def test_buttons_and_fields_that_are_there_several_times_have_names_of_their_own(db: Database) -> None:
    token = new_draft_token()
    fields = {"kind": "march", "route_text": "A", "route2_text": "B", "route3_text": "C", "form_step": "Where"}
    db.write(save_draft, token, fields, expected_revision=0)
    page = open_form(draft=token)
    names = [button.label for button in page.button if str(button.key).startswith("route_")]
    assert len(names) == len(set(names)) == 9
    assert names[:3] == [f"{word} *Start of the route*" for word in ("Move up", "Move down", "Remove")]
    for step, more in (("Who", "more_crowd"), ("Sources", "more_source")):
        pills(page).set_value(step)
        page = press(run(page), more)
        labels = [field.label for field in page.text_input]
        assert len(labels) == len(set(labels))
        assert sum(label.endswith(" (2)") for label in labels) >= 3
        assert step != "Who" or {"or in words", "or in words (2)"} < set(labels)  # errors name this field


def test_events_that_may_be_the_same_are_those_of_each_form_and_an_offer_can_be_tried_again(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ContextProxy, "ip_address", "192.0.2.7")
    send_events(db, [event("known")], idempotency_key=new_key())
    publish(db, "known")
    fields = {"precision": "day", "start": "2020-02-01", "place_text": "Oslo", "source_url": "https://mine.example/"}
    tokens = [new_draft_token(), new_draft_token()]
    for token in tokens:
        db.write(save_draft, token, fields | {"form_step": "What"}, expected_revision=0)
    for _ in range(db.limits.report):
        check_rate(db, "report", "192.0.2.7", db.now())
    page = press(open_form(draft=tokens[0]), "offer-known")
    assert 'role="alert">20 reports were sent from your network within an hour' in words(page)
    db.attempts.purge(db.now().timestamp() + 4_000)
    page = press(page, "offer-known")
    assert "Thank you. A moderator looks at your source." in words(page)
    assert [source.url for source in db.read(proposed_event, db.read(get_event, "known")).sources] == [
        "https://news.example/known",
        "https://mine.example/",
    ]
    page.query_params["draft"] = tokens[1]
    page = run(page)
    assert "offer-known" in [button.key for button in page.button]
    page = press(page, "other-known")
    assert "Already listed?" not in words(page)


def test_draft_that_is_gone_says_how_long_drafts_are_kept(db: Database) -> None:
    page = open_form(draft=new_draft_token())
    assert "This draft is gone: nobody changed it for 30 days, or its event was taken down." in words(page)


def test_events_that_are_sent_are_counted_and_listed_with_that_of_the_form_itself(db: Database) -> None:
    cities = write_cities([CityRow("Berlin"), CityRow("Paris", venue="City hall")])
    fields = {"title": "Vigil", "precision": "day", "start": "2024-05-03", "place_text": "Oslo", "cities": cities}
    token = new_draft_token()
    db.write(save_draft, token, fields | {"form_step": "Send"}, expected_revision=0)
    text = words(open_form(draft=token))
    assert "This form sends 3 events." in text
    listed = re.findall(r"<li[^>]*><b>(.*?)</b>", text.partition("This form sends")[2])
    assert listed == ["Oslo, Norway", "Berlin, Germany", "Paris, France"]


def test_table_of_other_cities_opens_without_a_row(db: Database) -> None:
    token = new_draft_token()
    db.write(save_draft, token, {"title": "Vigil", "form_step": "Where"}, expected_revision=0)
    page = press(open_form(draft=token), "more_cities")
    assert page.button("cities_add")


def test_dates_times_cities_are_counted_while_the_cities_are_typed(db: Database) -> None:
    rows = [CityRow("Bergen, Norway", "", "", "", ""), CityRow("Oslo, Norway", "", "", "", "")]
    fields = {
        "title": "Vigil",
        "precision": "day",
        "start": "2024-05-03",
        "repeat": "weekly",
        "repeat_end": "times",
        "repeat_times": "10",
        "place_text": "Oslo, Norway",
        "cities": write_cities(rows),
        "form_step": "Where",
    }
    token = new_draft_token()
    db.write(save_draft, token, fields, expected_revision=0)
    page = open_form(draft=token)
    assert '<p class="rm-echo" role="status">This form sends 20 events.</p>' in words(page)


def test_repetition_that_cannot_be_is_said_on_leaving_the_step(db: Database) -> None:
    token = new_draft_token()
    fields = {"title": "Vigil", "precision": "day", "start": "2024-05-03", "repeat": "weekly", "form_step": "When"}
    db.write(save_draft, token, fields, expected_revision=0)
    page = press(open_form(draft=token), "step_next")
    assert (step_of(page), 'id="error-repeat_until"' in words(page)) == ("When", True)


def test_hidden_field_that_a_program_filled_is_named_and_emptied(db: Database) -> None:
    token = new_draft_token()
    fields = {"title": "Vigil", "start": "2024-05-03", "place_text": "Oslo, Norway", "form_step": "Send"}
    db.write(save_draft, token, fields, expected_revision=0)
    page = open_form(draft=token)
    page.text_input("field_website").set_value("https://example.org/")
    page = press(page, "submit_event")
    assert "filled in a hidden field that has to be empty" in words(page)
    assert page.text_input("field_website").value == ""
    assert db.read(list_queue) == []


def test_picture_is_kept_with_the_draft_as_soon_as_that_is_possible(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise StoreUnavailableError("The disk of the database is full.")

    file = BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "PNG")
    page = type_into(open_form(), "title", "Vigil")
    pills(page).set_value("Sources")
    page = run(page)
    with monkeypatch.context() as full:
        full.setattr(draft_module, "save_draft_picture", fail)
        page.file_uploader[0].set_value(("crowd.png", file.getvalue(), "image/png"))
        page = run(page)
        assert "Your draft is not saved. The disk of the database is full." in words(page)
    page = run(page)
    assert "Your draft is not saved." not in words(page)
    assert "<img" in words(open_form(draft=token_of(page)))

    # A form that is made of one that was sent has the picture, too.
    sent = open_form(draft=token_of(page))
    db.write(save_draft, token_of(page), {"title": "Vigil of another tab"}, expected_revision=kept(db, page).revision)
    page = press(type_into(page, "source_title", "Leaflet"), "draft_keep")
    assert kept(db, page).picture is not None
    send_events(db, [event("known")], idempotency_key=form_key(db.secret, token_of(page)))
    page = press(type_into(sent, "source_title", "Poster"), "draft_anew")
    assert (kept(db, page).fields["source_title"], kept(db, page).picture is not None) == ("Poster", True)


def test_open_form_alone_keeps_no_draft(db: Database) -> None:
    assert "draft" not in open_form().query_params


def test_focus_moves_to_the_receipt_and_to_the_next_form(db: Database) -> None:
    fields = {"title": "Vigil", "precision": "day", "start": "2020-02-01", "place_text": "Oslo", "form_step": "Send"}
    token = new_draft_token()
    db.write(save_draft, token, fields | {"source_url": "https://mine.example/"}, expected_revision=0)
    page = open_form(draft=token)
    page.session_state["forms"]["new"].opened -= timedelta(minutes=1)  # a quick sender counts as a robot
    page = press(page, "submit_event")
    heading = re.search(r'<h1 [^>]*data-focus="step" data-turn="(\d+)">Sent\. A moderator will review', words(page))
    assert heading is not None
    [script] = parts(page, "form_access")
    assert (script["target"], script["turn"]) == ("step", int(heading[1]))

    page = press(page, "add_another")
    [script] = parts(page, "form_access")
    assert (script["target"], step_of(page)) == ("step", "What")
    assert f'data-focus="step" data-turn="{script["turn"]}">What</h2>' in words(page)
    assert script["turn"] > 0


def test_language_and_a_translation_are_chosen_seen_in_the_preview_and_sent(db: Database) -> None:
    page = type_into(open_form(), "title", "Rally for prisoners, Oslo")
    assert page.selectbox("field_language").value == "en"
    page.selectbox("field_language").select("nb")
    page = press(run(page), "more_translation")
    page = press(type_into(page, "translation_title", "تجمع"), "step_next")
    assert (step_of(page), "Choose the language of this translation." in words(page)) == ("What", True)
    page.selectbox("field_translation_language").select("nb")
    page = press(run(page), "step_next")
    assert "There are two texts in one language (Norwegian Bokmål); keep one of them." in words(page)
    page.selectbox("field_translation_language").select("fa")
    page = type_into(press(run(page), "step_next"), "start", "2020-02-01")
    page = type_into(press(page, "step_next"), "place_text", "Oslo")
    for _ in range(3):
        page = press(page, "step_next")
    assert step_of(page) == "Send"
    assert 'lang="nb">Rally for prisoners, Oslo</h2><p class="rm-written-in"' in words(page)
    assert "<h3>In other languages</h3>" in words(page)
    assert '<bdi lang="fa">تجمع</bdi><small>Persian</small>' in words(page)


PIN = Location(59.913, 10.74, LocationPrecision.CITY, 700, 0.7, "given", "Oslo", "Oslo", "NO")
FULL = event(
    "oslo-1",
    organisers=("Women, Life; Freedom", 'The "Voice"'),
    communities=("Iran", "Kurdistan"),
    topics=("prisons",),
    language="en",
    translations=(Translation("fa", "تجمع", "دو\nخط"), Translation("nb", about="Sammendrag")),
    claims=tuple(Claim(ClaimKind.BANNER, f"Words {number}", "a speaker", 0) for number in range(8)),
    crowd=(CrowdClaim(10, 20, "dozens", "police", 0), CrowdClaim(words="many")),
    sources=tuple(Source(f"https://news.example/{number}", archived_url="https://a.example/") for number in range(8)),
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [
        FULL,
        event("oslo-1", place=Place("Hamilton"), location=OSLO),
        event("oslo-1", place=Place("Springfield", "the square", "US"), location=None),
        event("oslo-1", place=Place("Oslo", "", "ZZ"), location=PIN),
        event("oslo-1", place=Place(), location=None, status=EventStatus.MOVED_ONLINE),
        event("oslo-1", when=parse_edtf("2019-03/2019-05", "month", "Europe/Oslo")),
        event("oslo-1", when=parse_edtf("2018~")),
        event("oslo-1", when=EventDate.unknown()),
        event("oslo-1", when=parse_edtf("2024-05-03T18:00/2024-05-04T02:00", "minute", "Asia/Tehran")),
        event("oslo-1", when=EventDate(FULL.when.start, precision=DatePrecision.WEEK)),
        event("oslo-1", when=parse_edtf("2199-05-03"), status=EventStatus.ANNOUNCED),
    ],
    ids=["full", "chosen", "ambiguous", "given", "online", "months", "around", "undated", "time", "week", "ahead"],
)
def test_own_event_opened_looked_through_and_sent_changes_nothing(db: Database, sent: Event) -> None:
    receipt = send_events(db, [sent], idempotency_key=new_key())[0]
    before = db.read(get_event, receipt.event_id)
    page = press(open_form(key=receipt.edit_token), "own_change")
    for expected in STEPS[1:]:
        page = press(page, "step_next")
        assert step_of(page) == expected
    page = press(page, "submit_event")
    assert "Nothing was changed." in words(page)
    assert db.read(get_event, receipt.event_id) == before


def test_route_of_a_march_is_added_moved_and_removed_without_the_map(db: Database) -> None:
    page = open_form()
    page.selectbox("field_kind").set_value("march")
    run(page)
    pills(page).set_value("Where")
    page = run(page)
    page = press(page, "more_route")
    assert [field.label for field in page.text_input if "route" in str(field.key)] == [
        "Start of the route",
        "End of the route",
    ]
    page = type_into(type_into(page, "route_text", "Stortinget"), "route2_text", "Slottet")
    page = press(press(page, "more_route"), "route_up_2")
    page = type_into(page, "route2_text", "Youngstorget")
    names = ("route_text", "route2_text", "route3_text")
    assert [page.text_input(f"field_{name}").value for name in names] == ["Stortinget", "Youngstorget", "Slottet"]
    page = press(press(page, "route_up_1"), "route_remove_2")
    assert [page.text_input(f"field_{name}").value for name in names[:2]] == ["Youngstorget", "Stortinget"]
    kept = draft_of(db, page)
    assert [kept.get(name, "") for name in names] == ["Youngstorget", "Stortinget", ""]
    page = press(page, "route_down_0")
    assert [page.text_input(f"field_{name}").value for name in names[:2]] == ["Stortinget", "Youngstorget"]
    assert page.button("route_down_1").disabled
    assert focus_of(page) == "field:route2_text"


def test_route_is_a_line_on_the_map_as_far_as_its_points_are_known(db: Database) -> None:
    page = open_form()
    page.selectbox("field_kind").set_value("march")
    run(page)
    pills(page).set_value("Where")
    page = press(type_into(run(page), "place_text", "Oslo, Norway"), "more_route")
    page = press(page, "more_route")
    page = type_into(type_into(page, "route_text", "Stortinget"), "route2_text", "the corner where we met")
    assert map_of(page)["route"] == [
        {"lat": 59.913, "lon": 10.7402, "label": "Start of the route: Stortinget", "number": 1}
    ]
    page = type_into(page, "route3_text", "59.9149, 10.7505")
    assert [(point["number"], point["label"]) for point in map_of(page)["route"]] == [
        (1, "Start of the route: Stortinget"),
        (3, "End of the route: 59.9149, 10.7505"),
    ]
    assert words(page).count("This point is not on the map; its words are kept.") == 1
