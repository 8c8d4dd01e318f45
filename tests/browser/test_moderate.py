"""Moderators and administrators at work, each as the person would do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import EventStatus, Place
from rallymap.moderation import Account, Role
from rallymap.store import Database, PlaceCheck
from rallymap.store.events import get_event
from tests.browser.conftest import PHONE, Site, Visit
from tests.browser.map_frame import drag_pin
from tests.browser.people import PASSWORD, Visits, add_people, database_of, open_review, signed_in
from tests.store.acts import account_named
from tests.workflows.moderated import HAMILTONS, MIRA, PARIS, event, publish, submit

ADA, NORA = Account("ada", Role.ADMINISTRATOR), Account("nora", Role.MODERATOR, ("NO",))
LOOK_EVERY_S = 20
"""As `rallymap.ui.main` says; importing it would run it."""


@pytest.fixture
def db(own_site: Site) -> Iterator[Database]:
    """Return the running site's database, opened beside it, with people who may sign in."""
    add_people(own_site, MIRA, ADA, NORA)
    with database_of(own_site) as opened:
        yield opened


def press(visit: Visit, name: str) -> None:
    visit.page.get_by_role("button", name=name, exact=True).click()
    visit.settle()


def box_of(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


def section(visit: Visit, name: str) -> None:
    visit.page.get_by_role("radio", name=name).click()
    visit.settle()


def test_moderator_for_norway_sees_oslo_and_not_paris(own_site: Site, db: Database, visit: Visits) -> None:
    submit(db, event("oslo-new", title="Vigil in Oslo"))
    submit(db, event("paris-new", title="March in Paris", place=Place("Paris"), location=PARIS))
    nora = signed_in(visit(own_site), NORA)
    page = open_review(nora)
    expect(page.get_by_text("1 waiting", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Vigil in Oslo")).to_be_visible()
    expect(page.get_by_text("March in Paris")).to_have_count(0)

    # On a tablet the list has the whole width until an event is open, and the bar's pages end before the languages.
    page.set_viewport_size({"width": 820, "height": 1180})
    expect(page.get_by_test_id("stTopNav")).to_be_hidden()
    expect(page.locator(".st-key-phone_nav a").first).to_be_visible()
    row = page.get_by_role("button", name="Vigil in Oslo")
    assert box_of(row)["width"] > 700
    # On a phone the words at its end are below the others.
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert (
        box_of(row.locator("p > span"))["y"] >= box_of(row.locator("em"))["y"] + box_of(row.locator("em"))["height"] - 1
    )
    page.set_viewport_size({"width": 820, "height": 1180})
    row.click()
    nora.settle()
    expect(row).to_be_hidden()
    expect(page.get_by_role("button", name="Back to the list")).to_be_visible()
    open_review(nora, "?event=paris-new")
    expect(page.get_by_text("This event is in France; your account is for Norway only.")).to_be_visible()
    expect(page.get_by_text("March in Paris")).to_have_count(0)


@pytest.mark.new_window
def test_count_follows_by_itself_and_typed_words_stay(own_site: Site, db: Database, visit: Visits) -> None:
    submit(db, event("first-new", title="First vigil"))
    mira = signed_in(visit(own_site))
    mira.page.clock.install()
    page = open_review(mira)
    page.get_by_role("button", name="First vigil").click()
    mira.settle()
    reason = page.get_by_label("Reason (required unless you publish")  # the list of common reasons is drawn before it
    reason.press_sequentially("Which squ")
    expect(reason).to_have_value("Which squ")
    submit(db, event("second-new", title="Second vigil"))
    expect(page).to_have_title("Review (1) – rallymap")
    page.clock.fast_forward(LOOK_EVERY_S * 1000)
    expect(page).to_have_title("Review (2) – rallymap")
    expect(page.locator("header").get_by_text("Review (2)").first).to_be_visible()
    # The other event, being alike, is offered for a merge too, by buttons that name it.
    expect(page.locator("[class*=st-key-row-]").get_by_role("button", name="Second vigil")).to_be_visible()
    expect(reason).to_have_value("Which squ")


def test_collected_decisions_reach_the_open_map_together(own_site: Site, db: Database, visit: Visits) -> None:
    submit(db, event("one-new", title="First vigil"))
    submit(db, event("two-new", title="Second vigil"))
    reader, mira = visit(own_site), signed_in(visit(own_site))
    reader.open("/")
    page = open_review(mira)
    page.get_by_role("button", name="First vigil").click()
    mira.settle()
    page.get_by_text("Decide later, all together").click()
    mira.settle()
    press(mira, "Publish")
    expect(page.get_by_text("1 listed for later", exact=True)).to_be_visible()
    press(mira, "Publish")
    expect(page.get_by_text("2 listed for later", exact=True)).to_be_visible()
    mira.shoot("review-collected")
    expect(reader.open("/").get_by_text("First vigil")).to_have_count(0)
    press(mira, "Apply all")
    expect(page.get_by_text("2 decisions are applied.")).to_be_visible()
    for title in ("First vigil", "Second vigil"):
        expect(reader.open("/").get_by_role("button", name=title)).to_be_visible()


def test_double_click_publishes_one_event_and_not_the_next(own_site: Site, db: Database, visit: Visits) -> None:
    for number in range(3):
        submit(db, event(f"click-{number}", title=f"Vigil {number}"))
    mira = signed_in(visit(own_site))
    page = open_review(mira)
    page.get_by_role("button", name="Vigil 0").click()
    mira.settle()
    page.get_by_role("button", name="Publish", exact=True).dblclick()
    expect(page.get_by_text("2 waiting", exact=True)).to_be_visible()
    expect(page.get_by_text("“Vigil 0” is published and on the map now.")).to_be_visible()
    mira.settle()
    reviews = [str(db.read(get_event, f"click-{number}").review) for number in range(3)]
    assert reviews == ["published", "pending", "pending"]


def test_merged_event_brings_its_source_and_leaves_no_public_address(
    own_site: Site, db: Database, visit: Visits
) -> None:
    submit(db, event("known-one", title="Rally before parliament"))
    publish(db, "known-one")
    submit(db, event("again-one", title="Parliament rally"))
    mira = signed_in(visit(own_site))
    page = open_review(mira)
    page.get_by_role("button", name="Parliament rally").click()
    mira.settle()
    expect(page.get_by_role("article", name="Rally before parliament")).to_be_visible()
    mira.shoot("review-duplicates")
    page.locator(".st-key-merge-known-one").get_by_role("button", name="Merge into this one").click()
    press(mira, "Yes, make them one")
    expect(page.get_by_text("Both are one event now: “Rally before parliament”.")).to_be_visible()
    reader = visit(own_site).open("/?event=known-one")
    expect(reader.get_by_role("article").get_by_text("https://news.example/again-one")).to_be_visible()
    # It never was public, so its address must not say that it existed.
    stranger = visit(own_site).open("/?event=again-one")
    expect(stranger.get_by_text("There is no event at this address").first).to_be_visible()
    expect(stranger.get_by_role("article", name="Rally before parliament")).to_have_count(0)


def test_changed_event_goes_back_to_an_earlier_revision(own_site: Site, db: Database, visit: Visits) -> None:
    submit(db, event("spoilt", title="Rally at noon"))
    publish(db, "spoilt")
    mira = signed_in(visit(own_site))
    page = open_review(mira, "?event=spoilt")
    section(mira, "Edit")
    page.get_by_label("Title", exact=True).fill("Spoilt words")
    press(mira, "Save the changes")
    expect(page.get_by_text("“Spoilt words” is changed.")).to_be_visible()
    section(mira, "History")
    page.get_by_text("Changed: title").click()
    expect(page.locator("del", has_text="Rally at noon")).to_be_visible()
    mira.shoot("review-history")
    press(mira, "Go back to revision 1")
    expect(page.get_by_text("“Rally at noon” is restored to revision 1.")).to_be_visible()
    expect(visit(own_site).open("/?event=spoilt").get_by_role("article", name="Rally at noon")).to_be_visible()


def test_place_is_settled_by_pressing_a_candidate_on_the_map(own_site: Site, db: Database, visit: Visits) -> None:
    submit(db, event("doubt", place=Place("Hamilton"), location=None), PlaceCheck("ambiguous", HAMILTONS))
    mira = signed_in(visit(own_site))
    page = open_review(mira, "?view=places&event=doubt")
    frame = page.frame_locator(".st-key-settle_map iframe")
    frame.get_by_label("Choose Hamilton, Ontario, Canada").click()
    expect(page.get_by_role("radio", name="Hamilton, Ontario, Canada")).to_be_checked()
    mira.settle()
    page.get_by_text("From now on, “Hamilton” means this place").click()
    mira.settle()
    mira.shoot("review-place")
    press(mira, "Save place")
    expect(page.get_by_text("The place of “Rally doubt” is settled.")).to_be_visible()
    location = db.read(get_event, "doubt").location
    assert location is not None
    assert (location.name, location.country) == ("Hamilton", "CA")
    assert "Hamilton" in (own_site.home / "place-overrides.csv").read_text("utf-8")


def test_place_is_settled_by_dragging_the_pin(own_site: Site, db: Database, visit: Visits) -> None:
    submit(db, event("doubt", place=Place("Hamilton"), location=None), PlaceCheck("ambiguous", HAMILTONS))
    mira = signed_in(visit(own_site))
    page = open_review(mira, "?view=places&event=doubt")
    page.locator("label", has_text="Hamilton, Ontario, Canada").click()
    mira.settle()
    pin = page.frame_locator(".st-key-settle_map iframe").get_by_label("Pin: Hamilton")
    drag_pin(page, pin, 14, 9)
    expect(page.get_by_label("Coordinates, or drag the pin")).not_to_have_value("")
    mira.settle()
    mira.shoot("review-pin")
    press(mira, "Save place")
    expect(page.get_by_text("The place of “Rally doubt” is settled.")).to_be_visible()
    location = db.read(get_event, "doubt").location
    assert location is not None
    assert (location.method, location.name) == ("pin", "Hamilton")
    assert 0.01 < abs(location.lat - 43.25) < 1


def test_button_stays_where_it_is_while_places_are_looked_up(own_site: Site, db: Database, visit: Visits) -> None:
    submit(db, event("doubt", place=Place("Xqzz"), location=None), PlaceCheck("no-match"))
    mira = signed_in(visit(own_site))
    page = open_review(mira, "?view=places&event=doubt")
    button = page.get_by_role("button", name="Save place")
    seen = [button.bounding_box()]
    page.get_by_label("Search again").fill("Hamilton")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Hamilton, Ontario, Canada")).to_be_visible()
    mira.settle()
    seen.append(button.bounding_box())
    # Typed and pressed at once, without leaving the field first.
    page.get_by_label("Coordinates, or drag the pin").fill("59.91301, 10.73999")
    press(mira, "Save place")
    expect(page.get_by_text("The place of “Rally doubt” is settled.")).to_be_visible()
    assert seen[0] == seen[1]
    location = db.read(get_event, "doubt").location
    assert location is not None
    assert (location.lat, location.lon) == (59.91301, 10.73999)


def test_report_of_risk_hides_the_event_until_a_moderator_shows_it_again(
    own_site: Site, db: Database, visit: Visits
) -> None:
    when = EventDate((datetime.now(UTC) + timedelta(days=9)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo")
    token = submit(db, event("risky", title="Rally with a risk", when=when, status=EventStatus.ANNOUNCED))
    publish(db, "risky")
    visitor = visit(own_site)
    page = visitor.open("/?event=risky")
    page.get_by_role("button", name="Report this event").click()
    page.get_by_label("Details (optional)").fill("A flat is named.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Choose what is wrong with this event.")).to_be_visible()
    expect(page.get_by_label("Details (optional)")).to_have_value("A flat is named.")
    page.get_by_text("it puts people at risk").click()
    visitor.settle()
    visitor.shoot("report")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Thank you. The event is hidden until a moderator has looked at it.")).to_be_visible()
    reader = visit(own_site)
    expect(reader.open("/").get_by_text("Rally with a risk")).to_have_count(0)
    organiser = visit(own_site)
    page = organiser.open(f"/mine?key={token}")
    expect(page.get_by_text("It was published and is hidden now.")).to_be_visible()
    organiser.shoot("own-hidden")
    mira = signed_in(visit(own_site))
    page = open_review(mira, "?view=reports")
    page.get_by_role("button", name="Rally with a risk").click()
    mira.settle()
    expect(page.get_by_text("A flat is named.")).to_be_visible()
    mira.shoot("review-report")
    press(mira, "Close, show the event again")
    expect(page.get_by_text("Report closed. The event is visible again.")).to_be_visible()
    expect(page.get_by_text("No report is open.")).to_be_visible()
    expect(reader.open("/").get_by_role("button", name="Rally with a risk")).to_be_visible()


def test_taken_down_event_is_gone_for_good(own_site: Site, db: Database, visit: Visits) -> None:
    submit(db, event("gone-soon", title="Words to be gone"))
    publish(db, "gone-soon")
    mira = signed_in(visit(own_site))
    page = open_review(mira, "?event=gone-soon")
    section(mira, "Merge, split, take down")
    page.get_by_label("To confirm, write: take down").fill("take down")
    page.get_by_role("button", name="Delete permanently").click()
    expect(page.get_by_text("The event is taken down; all its content is deleted.")).to_be_visible()
    reader = visit(own_site).open("/?event=gone-soon")
    expect(reader.get_by_text("Words to be gone")).to_have_count(0)
    expect(reader.get_by_text("There is no event at this address.")).to_be_visible()


def test_invited_moderator_makes_an_account_and_signs_in(own_site: Site, db: Database, visit: Visits) -> None:
    ada = signed_in(visit(own_site), ADA)
    page = open_review(ada, "?view=accounts")
    page.locator(".st-key-invite").get_by_role("combobox").fill("Norway")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    ada.settle()
    press(ada, "Make the link")
    link = page.get_by_test_id("stCode").locator("code").inner_text()
    ada.shoot("review-accounts")
    guest = visit(own_site)
    guest.page.goto(link)
    expect(guest.page.get_by_text("You are invited as moderator for Norway.")).to_be_visible()
    guest.page.get_by_label("Name").fill("sara")
    guest.page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    guest.page.get_by_label("The same password again").fill(PASSWORD)
    guest.shoot("invitation")
    guest.page.get_by_role("button", name="Make my account").click()
    guest.page.goto(f"{own_site.url}/sign-in")
    guest.page.get_by_label("Name").fill("sara")
    guest.page.get_by_label("Password").fill(PASSWORD)
    guest.page.get_by_role("button", name="Sign in").click()
    page = guest.page
    expect(page.get_by_text("moderator, for Norway")).to_be_visible()
    assert account_named(db, "sara") == Account("sara", Role.MODERATOR, ("NO",))


def test_phone_shows_the_list_or_the_open_event(own_site: Site, db: Database, visit: Visits) -> None:
    submit(db, event("on-phone", title="Vigil on a phone"))
    submit(db, event("on-phone-too", title="March on a phone"))
    mira = signed_in(visit(own_site, size=PHONE))
    page = open_review(mira)
    page.get_by_role("button", name="Vigil on a phone").click()
    expect(page.get_by_role("article", name="Vigil on a phone")).to_be_visible()
    expect(page.get_by_text("2 waiting", exact=True)).to_be_hidden()
    mira.settle()
    mira.shoot("review-event")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    press(mira, "Back to the list")
    expect(page.get_by_text("2 waiting", exact=True)).to_be_visible()
    mira.shoot("review-list")
    # A decision opens the next event: what was done, and the beginning of that event, are in sight.
    page.get_by_role("button", name="Vigil on a phone").click()
    mira.settle()
    page.get_by_role("radio", name="Merge, split, take down").scroll_into_view_if_needed()
    press(mira, "Publish")
    expect(page.get_by_role("article", name="March on a phone")).to_be_visible()
    expect(page.get_by_text("“Vigil on a phone” is published and on the map now.")).to_be_in_viewport()
    assert mira.foreign_requests == []
    assert mira.console == []
