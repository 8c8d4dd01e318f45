"""Importing as people do it: a register from a spreadsheet, two sheets of a workbook, and the moderators' decision."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from rallymap.moderation import Account, Role
from rallymap.store import Database
from rallymap.store.events import get_event, get_events
from rallymap.store.imports import list_import_events, list_imports
from tests.browser.conftest import PHONE, Site, Visit
from tests.browser.people import PASSWORD, Visits, add_people, database_of, signed_in
from tests.workflows.moderated import MIRA

ADA = Account("ada", Role.ADMINISTRATOR)
REGISTER = (
    "Register of assemblies 2022\t\t\t\t\n"
    "Datum\tUhrzeit\tThema\tOrt\tTN\n"
    "05.03.2022\t14.00-17.30 Uhr\tFreiheit für alle\tFrankfurt\tca. 120\n"
    "06.03.2022\tab 11 Uhr\tStille Mahnwache\tHalle (abgesagt)\t15\n"
    "soon\t\tOffene Demo\tHalle\tviele\n"
    "Summe\t\t\t\t135\n"
)

_PAGE = (
    "<html><body><table><tr><th>Date</th><th>Event</th><th>City</th></tr>"
    "<tr><td>2022-09-24</td><td>Vigil</td><td>Oslo</td></tr></table></body></html>"
)


@pytest.fixture
def db(own_site: Site) -> Iterator[Database]:
    """Return the running site's database, opened beside it, with people who may sign in."""
    add_people(own_site, MIRA, ADA, Account("omar", Role.ORGANISER))
    with database_of(own_site) as opened:
        yield opened


def press(visit: Visit, name: str) -> None:
    visit.page.get_by_role("button", name=name, exact=True).click()
    visit.settle()


def choose(visit: Visit, box: str, option: str) -> None:
    """Choose from a list; wait until the page no longer moves, as scrolling closes the list."""
    field = visit.page.get_by_role("combobox", name=box)
    field.scroll_into_view_if_needed()
    field.focus()
    field.press("ArrowDown")
    visit.page.get_by_role("option", name=option).click()
    visit.settle()


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "2022"
    for row in (["Published by a group"], ["Date", "City", "Event"], ["2022-09-24", "Oslo", "Vigil"]):
        first.append(row)
    second = book.create_sheet("2023")
    for row in (["Date", "City", "Event"], ["2023-09-24", "Bergen, Norway", "March"]):
        second.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_administrator_pastes_a_register_settles_a_place_reads_the_report_and_undoes(
    own_site: Site, db: Database, visit: Visits, tmp_path: Path
) -> None:
    ada = signed_in(visit(own_site), ADA)
    page = ada.open("/import")
    page.get_by_label("Or paste a table from a spreadsheet").fill(REGISTER)
    page.get_by_role("heading", name="Import").click()
    press(ada, "Read the table")
    expect(page.get_by_text("pasted table", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Meaning of “Thema”")).to_be_visible()
    page.get_by_label("Country of rows that name none").fill("DE")
    page.get_by_label("Title of the source").fill("Register of assemblies")
    page.get_by_label("Title of the source").press("Tab")
    ada.settle()
    press(ada, "Check the rows")
    summary = page.locator(".rm-receipt")
    expect(summary).to_contain_text("4 rows read.")
    expect(summary).to_contain_text("2 events with a place to check")
    expect(summary).to_contain_text("1 row that is not an event")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the rows with notes").click()
    report = tmp_path / "report.csv"
    download.value.save_as(report)
    assert download.value.suggested_filename == "pasted table-report.csv"
    assert "“soon”. This is not a date that can be read" in report.read_text("utf-8-sig")
    choose(ada, "Halle DE", "Halle (Saale)")
    ada.settle()
    ada.shoot("import-check")
    press(ada, "Import 3 events")
    expect(page.get_by_text("3 events imported. See them on the map.")).to_be_visible()
    (batch,) = db.read(list_imports)
    events = {event.title: event for event in db.read(get_events, db.read(list_import_events, batch.id))}
    assert {title: (event.status.value, event.review.value) for title, event in events.items()} == {
        "Freiheit für alle": ("held", "published"),
        "Stille Mahnwache": ("cancelled", "published"),
        "Offene Demo": ("held", "published"),
    }
    places = [event.location.admin1 for event in events.values() if event.location and event.place.text == "Halle"]
    assert places == ["Sachsen-Anhalt", "Sachsen-Anhalt"]
    assert own_site.get(f"/import-report/{Path(download.value.url).name}")[0] == 404
    press(ada, "Undo pasted table")
    press(ada, "Undo this import")
    expect(page.get_by_text("3 events removed.")).to_be_visible()
    assert db.read(get_events, list(events)) == []
    assert ada.foreign_requests == []
    assert ada.console == []


def test_organiser_uploads_sheets_on_a_phone_and_a_moderator_decides_about_all(
    own_site: Site, db: Database, visit: Visits
) -> None:
    omar = visit(own_site, size=PHONE)
    page = omar.page
    page.goto(f"{own_site.url}/sign-in?next=import")
    page.get_by_label("Name").fill("omar")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{own_site.url}/import")
    omar.settle()
    kinds = page.get_by_text("GEOJSON")
    expect(kinds).to_have_css("white-space", "normal")  # the list is long, and is read whole
    page.locator("input[type=file]").set_input_files(
        {"name": "events.xlsx", "mimeType": "application/octet-stream", "buffer": _workbook()}
    )
    expect(page.get_by_text("Sheet “2023”: columns as above")).to_be_visible()
    choose(omar, "Sheets to read", "2022")
    page.keyboard.press("Escape")
    choose(omar, "Row with the headings", "Row 2: Date | City | Event")
    press(omar, "Check the rows")
    expect(page.locator(".rm-receipt")).to_contain_text("1 row read.")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    omar.shoot("import-check")
    press(omar, "Import 1 event")
    expect(page.get_by_text("1 event imported. A moderator decides before anybody else sees them.")).to_be_visible()
    expect(page.get_by_role("button", name="Decide all at once")).to_have_count(0)
    (batch,) = db.read(list_imports)
    (event_id,) = db.read(list_import_events, batch.id)

    mira = signed_in(visit(own_site, dark=True))
    mira.open("/import")
    press(mira, "Decide all at once events.xlsx")
    press(mira, "Reject 1 event")
    expect(mira.page.get_by_role("alert")).to_contain_text("Please give a reason")
    mira.shoot("import-decide")
    press(mira, "Publish 1 event")
    expect(mira.page.get_by_text("1 event published.")).to_be_visible()
    assert db.read(get_event, event_id).review.value == "published"
    assert mira.console == []


def test_the_keyboard_s_focus_goes_to_the_step_that_opened(own_site: Site, db: Database, visit: Visits) -> None:
    ada = signed_in(visit(own_site), ADA)
    page = ada.open("/import")
    page.locator("input[type=file]").set_input_files(
        {"name": "page.html", "mimeType": "text/html", "buffer": _PAGE.encode()}
    )
    expect(page.locator(":focus")).to_have_text("2. Columns")
    page.get_by_role("button", name="Check the rows").press("Enter")
    expect(page.locator(":focus")).to_have_text("4. Check")
    expect(page.locator(".rm-receipt")).to_be_in_viewport()
    page.get_by_role("button", name="Import 1 event").press("Enter")
    expect(page.locator(":focus")).to_contain_text("1 event imported.")
    (batch,) = db.read(list_imports)
    assert [event.title for event in db.read(get_events, db.read(list_import_events, batch.id))] == ["Vigil"]
