"""The Import page: a German register is pasted, mapped, checked, imported and undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.moderation import Account, Role
from rallymap.store import EventStore
from tests.ui.conftest import press, run
from tests.workflows.moderated import ADA

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


def htmls(page: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in page.get("html"))


def test_visitor_is_asked_to_sign_in(open_import: Open) -> None:
    page = open_import(None)
    assert "Please sign in on the Review page" in htmls(page)
    assert len(page.text_area) == 0


def test_register_is_checked_imported_and_undone(open_import: Open, store: EventStore) -> None:
    page = pasted(open_import(), REGISTER)
    assert [box.value for box in page.selectbox] == ["date", "time", "title", "place", "crowd", "note"]
    page.text_input(key="import_default_place").set_value("Kiel, Germany")
    page.text_input(key="import_default_source_title").set_value("Register of assemblies")
    run(page)
    press(page, "import_check")
    assert "3 rows: 3 new." in htmls(page)
    assert list(page.dataframe[0].value["title"]) == ["Stille Mahnwache", "Offen", "Freiheit für alle"]
    press(page, "import_go")
    assert "3 events imported." in htmls(page)
    (batch,) = store.import_batches()
    events = {event.title: event for event in store.get_many(store.events_of_import(batch.id))}
    first = events["Freiheit für alle"]
    assert (first.when.edtf, first.when.zone) == ("2022-03-05T14:00:00/2022-03-05T17:30:00", "Europe/Berlin")
    assert (first.place.text, first.place.venue, first.review.value) == ("Kiel", "Rathausplatz", "published")
    assert (events["Stille Mahnwache"].status.value, events["Offen"].when.is_known) == ("cancelled", False)
    assert [(note.column, note.value) for note in store.imported_notes(first.id)] == [("Farbe", "rot")]
    press(page, f"import_undo_{batch.id}")
    assert "3 events removed, 0 restored." in htmls(page)
    assert store.get_many(events) == []


def test_column_can_be_given_another_meaning(open_import: Open, store: EventStore) -> None:
    page = pasted(open_import(), REGISTER)
    page.selectbox[5].select("topics")
    page.text_input(key="import_default_place").set_value("Kiel")
    run(page)
    press(page, "import_check")
    press(page, "import_go")
    (batch,) = store.import_batches()
    assert {event.topics for event in store.get_many(store.events_of_import(batch.id))} == {("rot",), ()}


def test_ambiguous_place_is_settled_once_for_all_its_rows(open_import: Open, store: EventStore) -> None:
    page = pasted(
        open_import(),
        "title\tdate\tplace\tsource_title\n"
        "Rally A\t2022-03-05\tSpringfield\tPaper\nRally B\t2022-03-06\tSpringfield\tPaper\n",
    )
    press(page, "import_check")
    assert "2 rows: 2 place to check." in htmls(page)
    box = page.selectbox(key="import_place_1")
    chosen = box.options[1]
    box.select(chosen)
    run(page)
    press(page, "import_go")
    (batch,) = store.import_batches()
    located = [event.location for event in store.get_many(store.events_of_import(batch.id))]
    assert [place is not None and place.name for place in located] == ["Springfield", "Springfield"]
    assert store.places_to_check() == []


def test_organiser_fills_the_queue_and_sees_only_own_imports(open_import: Open, store: EventStore) -> None:
    page = pasted(open_import(), REGISTER)
    press(page, "import_check")
    press(page, "import_go")
    mine = pasted(open_import(OMID), REGISTER.replace("Freiheit", "Ruhe"))
    press(mine, "import_check")
    press(mine, "import_go")
    batches = {batch.actor: batch for batch in store.import_batches()}
    assert set(batches) == {"ada", "omid"}
    events = store.get_many(store.events_of_import(batches["omid"].id))
    assert {event.review.value for event in events} == {"pending"}
    assert "import_undo_" + batches["ada"].id not in [button.key for button in mine.button]


def test_file_without_events_says_so(open_import: Open, store: EventStore) -> None:
    page = pasted(open_import(), "colour\tweight\nred\t12\nblue\t13\n")
    assert "holds no dates, places or titles" in htmls(page)
    press(page, "import_check")
    assert "0 rows: none." in htmls(page)
    assert store.import_batches() == []


def test_text_of_the_file_is_no_markup(open_import: Open) -> None:
    page = pasted(open_import(), "title\tdate\tplace\n<img src=x onerror=alert(1)>\t2022-03-05\tOslo\n")
    press(page, "import_check")
    assert "<img" not in htmls(page)


def test_moderators_see_what_the_table_said_beyond_the_event(
    open_import: Open, open_page: Open, store: EventStore
) -> None:
    page = pasted(open_import(OMID), "title\tdate\tplace\tcolour\nRally\t2022-03-05\tOslo\t<b>red</b>\n")
    press(page, "import_check")
    press(page, "import_go")
    (batch,) = store.import_batches()
    (event_id,) = store.events_of_import(batch.id)
    review = open_page(event=event_id)
    review.button_group("review_sections").set_value("talk")
    run(review)
    assert "<b>colour</b>: &lt;b&gt;red&lt;/b&gt;" in htmls(review)
