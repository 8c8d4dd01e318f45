"""The Import page: a German register is pasted, mapped, checked, imported and undone."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.intake.coordinates import PointOrder
from rallymap.intake.tables.columns import FIELDS
from rallymap.moderation import Account, Role
from rallymap.store import Database
from rallymap.store.accounts import close_account
from rallymap.store.events import get_events
from rallymap.store.imports import list_import_events, list_imported_notes, list_imports
from rallymap.store.place_checks import list_place_checks
from rallymap.ui.imports.labels import CHOICES
from rallymap.ui.imports.running import time_left
from tests.ui.conftest import press, run
from tests.workflows.moderated import ADA, MIRA

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Open = Callable[..., AppTest]
OMID = Account("omid", Role.ORGANISER)
REGISTER = (
    "Datum\tUhrzeit\tThema\tÖrtlichkeit\tTN\tFarbe\n"
    "05.03.2022\t14.00-17.30 Uhr\tFreiheit für alle\tRathausplatz\tca. 120\trot\n"
    "06.03.2022\tab 11 Uhr\tStille Mahnwache\tAlter Markt (abgesagt)\t15\t\n"
    "soon\t\tOffen\tAm Ufer\tviele\t\n"
)


@pytest.fixture
def open_import(open_script: Open) -> Callable[..., AppTest]:
    def opened(account: Account | None = ADA) -> AppTest:
        return open_script("import_app.py", account)

    return opened


def pasted(page: AppTest, text: str) -> AppTest:
    page.text_area[0].set_value(text)
    run(page)
    return press(page, "import_read")


_POINTS = {
    "find out": PointOrder.FIND_OUT,
    "take as given": PointOrder.AS_GIVEN,
    "swap in all rows": PointOrder.SWAPPED,
    "leave coordinates out": PointOrder.LEAVE_OUT,
}


def htmls(page: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in page.get("html"))


def shown_rows(page: AppTest, column: str) -> list[str]:
    """Return the texts of a column of the checked rows."""
    body = next(e.proto.body for e in page.get("html") if "rm-checked" in e.proto.body)
    columns = re.findall(r"<th [^>]*>(.*?)</th>", body)
    cells = re.findall(r"<td [^>]*>(?:<bdi>)?(.*?)(?:</bdi>)?</td>", body)
    return [html.unescape(cell) for cell in cells[columns.index(column) :: len(columns)]]


def test_visitor_is_asked_to_sign_in(open_import: Open) -> None:
    page = open_import(None)
    assert "Importing needs an account." in htmls(page)
    assert len(page.text_area) == 0


def test_register_is_checked_imported_and_undone(open_import: Open, db: Database) -> None:
    page = pasted(open_import(), REGISTER)
    assert [box.value for box in page.selectbox][1:] == ["date", "time", "title", "place", "crowd", "note"]
    page.text_input(key="import_default_place").set_value("Kiel, Germany")
    page.text_input(key="import_default_source_title").set_value("Register of assemblies")
    run(page)
    press(page, "import_check")
    assert "<b>3 rows read.</b>" in htmls(page)
    assert "<li><b>3</b> new events</li>" in htmls(page)
    assert shown_rows(page, "Title") == ["Stille Mahnwache", "Offen", "Freiheit für alle"]
    body = next(e.proto.body for e in page.get("html") if "rm-checked" in e.proto.body)
    assert '<td class="rm-words"><bdi>Stille Mahnwache</bdi></td>' in body  # what the file says, in its own direction
    press(page, "import_go")
    assert "<b>3 events imported.</b>" in htmls(page)
    (batch,) = db.read(list_imports)
    events = {event.title: event for event in db.read(get_events, db.read(list_import_events, batch.id))}
    first = events["Freiheit für alle"]
    assert (first.when.edtf, first.when.zone) == ("2022-03-05T14:00:00/2022-03-05T17:30:00", "Europe/Berlin")
    assert (first.place.text, first.place.venue, first.review.value) == ("Kiel", "Rathausplatz", "published")
    assert (events["Stille Mahnwache"].status.value, events["Offen"].when.is_known) == ("cancelled", False)
    assert [(note.column, note.value) for note in db.read(list_imported_notes, first.id)] == [("Farbe", "rot")]
    press(page, f"import_undo_{batch.id}")
    press(page, f"import_undo_yes_{batch.id}")
    assert "3 events removed.</p>" in htmls(page)
    assert "place to check" not in htmls(page).partition("Imports so far")[2]
    assert db.read(get_events, events) == []


def test_column_can_be_given_another_meaning(open_import: Open, db: Database) -> None:
    page = pasted(open_import(), REGISTER)
    page.selectbox[6].select("topics")
    page.text_input(key="import_default_place").set_value("Kiel")
    run(page)
    press(page, "import_check")
    press(page, "import_go")
    (batch,) = db.read(list_imports)
    assert {event.topics for event in db.read(get_events, db.read(list_import_events, batch.id))} == {
        ("rot",),
        (),
    }


def test_ambiguous_place_is_settled_once_for_all_its_rows(open_import: Open, db: Database) -> None:
    page = pasted(
        open_import(),
        "title\tdate\tplace\tsource_title\n"
        "Rally A\t2022-03-05\tSpringfield\tPaper\nRally B\t2022-03-06\tSpringfield\tPaper\n",
    )
    press(page, "import_check")
    assert "<li><b>2</b> events with a place to check</li>" in htmls(page)
    box = page.selectbox(key="import_place_1")
    box.select(0)
    run(page)
    press(page, "import_go")
    (batch,) = db.read(list_imports)
    located = [event.location for event in db.read(get_events, db.read(list_import_events, batch.id))]
    assert [place is not None and place.name for place in located] == ["Springfield", "Springfield"]
    assert db.read(list_place_checks) == []


def test_organiser_fills_the_queue_and_sees_only_own_imports(open_import: Open, db: Database) -> None:
    page = pasted(open_import(), REGISTER)
    press(page, "import_check")
    press(page, "import_go")
    mine = pasted(open_import(OMID), REGISTER.replace("Freiheit", "Ruhe"))
    press(mine, "import_check")
    press(mine, "import_go")
    batches = {batch.actor: batch for batch in db.read(list_imports)}
    assert set(batches) == {"ada", "omid"}
    events = db.read(get_events, db.read(list_import_events, batches["omid"].id))
    assert {event.review.value for event in events} == {"pending"}
    assert "import_undo_" + batches["ada"].id not in [button.key for button in mine.button]
    [known, *_] = db.read(list_import_events, batches["ada"].id)
    asked = pasted(open_import(OMID), f"id\ttitle\n{known}\tAnother\n")
    press(asked, "import_check")
    assert shown_rows(asked, "Place") == [""]
    assert shown_rows(asked, "Notes") == ["Only administrators may change events by import."]


def test_file_without_events_says_so(open_import: Open, db: Database) -> None:
    page = pasted(open_import(), "colour\tweight\nred\t12\nblue\t13\n")
    assert "No column of this file says when or where" in htmls(page)
    press(page, "import_check")
    assert "<b>0 rows read.</b>" in htmls(page)
    assert db.read(list_imports) == []


def test_columns_with_unknown_headings_are_named_by_hand(open_import: Open) -> None:
    page = pasted(open_import(), "alpha\tbeta\nVigil\tweird\nMarch\tstrange\n")
    page.selectbox[1].select("title")
    page.selectbox[2].select("venue")
    page.text_input(key="import_default_place").set_value("Oslo, Norway")
    run(page)
    press(page, "import_check")
    assert shown_rows(page, "Place") == ["weird, Oslo", "strange, Oslo"]


def test_coordinates_that_look_swapped_are_swapped_or_left_out_on_request(open_import: Open) -> None:
    table = "Title\tDate\tCity\tlatitude\tlongitude\nA\t2022-10-01\tBerlin\t13.405\t52.52\n"
    page = pasted(open_import(), table + "B\t2022-10-02\tParis\t2.3522\t48.8566\n")
    assert "Latitude and longitude look swapped in these columns." in htmls(page)

    found = {}
    for choice in page.radio(key="import_points").options:
        page.radio(key="import_points").set_value(_POINTS[choice])
        run(page)
        press(page, "import_check")
        plan = page.session_state["import_plan"]
        locations = [row.event.location for row in plan.rows]
        found[choice] = [(round(one.lat), round(one.lon), one.method) if one else None for one in locations]

    assert found == {
        "find out": [None, None],
        "take as given": [None, None],
        "swap in all rows": [(53, 13, "given"), (49, 2, "given")],
        "leave coordinates out": [(53, 13, "gazetteer"), (49, 2, "gazetteer")],
    }


def test_tables_without_coordinates_ask_nothing_of_them(open_import: Open) -> None:
    assert "import_points" not in [box.key for box in pasted(open_import(), REGISTER).radio]


def test_row_with_the_headings_and_sheets_are_chosen(open_import: Open) -> None:
    page = pasted(open_import(), "title\tdate\tcity\nKind\tWhen\tWhere\nVigil\t2022-09-24\tOslo\n")
    page.selectbox(key="import_header").select(2)
    run(page)
    assert [box.value for box in page.selectbox][1:] == ["kind", "date", "place"]


def test_moderator_publishes_an_import_and_undoes_it_whole(open_import: Open, db: Database) -> None:
    omid = pasted(open_import(OMID), REGISTER)
    press(omid, "import_check")
    press(omid, "import_go")
    (batch,) = db.read(list_imports)
    mira = open_import(MIRA)
    press(mira, f"import_decide_{batch.id}")
    press(mira, f"import_publish_all_{batch.id}")
    events = db.read(get_events, db.read(list_import_events, batch.id))
    assert {event.review.value for event in events} == {"published"}
    assert "3 events published." in htmls(mira)
    again = open_import(OMID)
    press(again, f"import_undo_{batch.id}")
    press(again, f"import_undo_yes_{batch.id}")
    assert "0 events removed. Changed since, and left as it is: " in htmls(again)
    assert len(db.read(get_events, [event.id for event in events])) == 3


def test_page_that_was_open_undoes_nothing_once_its_account_is_closed(open_import: Open, db: Database) -> None:
    page = pasted(open_import(OMID), REGISTER)
    press(page, "import_check")
    press(page, "import_go")
    (batch,) = db.read(list_imports)
    press(page, f"import_undo_{batch.id}")
    db.write(close_account, "omid")
    press(page, f"import_undo_yes_{batch.id}")
    assert [len(db.read(list_import_events, batch.id)), db.read(list_imports)[0].state] == [3, "done"]


def test_work_says_how_long_it_still_takes() -> None:
    assert time_left(0.5, 1.0) == ""
    assert time_left(0.25, 10.0) == "about 30 s left"
    assert time_left(0.1, 60.0) == "about 9 min left"


def test_text_of_the_file_is_no_markup(open_import: Open) -> None:
    page = pasted(open_import(), "title\tdate\tplace\n<img src=x onerror=alert(1)>\t2022-03-05\tOslo\n")
    press(page, "import_check")
    assert "<img" not in htmls(page)


def test_moderators_see_what_the_table_said_beyond_the_event(open_import: Open, open_page: Open, db: Database) -> None:
    page = pasted(open_import(OMID), "title\tdate\tplace\tcolour\nRally\t2022-03-05\tOslo\t<b>red</b>\n")
    press(page, "import_check")
    press(page, "import_go")
    (batch,) = db.read(list_imports)
    (event_id,) = db.read(list_import_events, batch.id)
    review = open_page(event=event_id)
    review.button_group("review_sections").set_value("messages")
    run(review)
    assert "<b><bdi>colour</bdi></b>: <bdi>&lt;b&gt;red&lt;/b&gt;</bdi>" in htmls(review)


def test_every_meaning_of_a_column_is_offered_by_a_name() -> None:
    assert set(CHOICES) >= FIELDS
