"""Tables that resemble those with a rule of their own, and must be read as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from rallymap.intake.findings import RowFate
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, read_events
from tests.intake.tables_with_places import read as read_with_places
from tests.intake.workbooks import workbook


def read(content: str | bytes, **defaults: str) -> Reading:
    source = content if isinstance(content, bytes) else content.encode()
    return read_events(source, ImportOptions(defaults), find_zone=lambda place, _: "Europe/Oslo" if place.text else "")


def crowd(written: str) -> tuple[int | None, int | None] | None:
    text = f"date;city;title;participants\n2023-03-04;Oslo;Rally;{written}\n2023-03-05;Lund;Vigil;40\n"
    claims = read(text).events[0].crowd
    return (claims[0].low, claims[0].high) if claims else None


@pytest.mark.parametrize(
    "title",
    ["No protests ban", "No strike", "No occupation", "No blockade", "Sin huelga", "Single picket", "Nein", "No war"],
)
def test_titles_that_begin_with_no_are_events(title: str) -> None:
    (row,) = read(f"date,title,city\n2023-03-04,{title},Oslo\n").rows

    assert row.event is not None
    assert row.event.title == title


def test_a_title_with_no_and_a_number_of_people_is_an_event() -> None:
    assert len(read("date,title,city,people\n2023-03-04,No march,Oslo,500\n2023-03-05,No march,Oslo,\n").events) == 1


@pytest.mark.parametrize("text", ["keine Versammlungen angemeldet", "Etkinlik yok", "no further protests planned"])
def test_days_without_events_can_say_so_with_a_state_or_behind_the_noun(text: str) -> None:
    reading = read(f"date,title,city\n2023-03-04,Walk,Oslo\n2023-03-05,{text},Oslo\n")

    assert [row.fate for row in reading.rows] == [RowFate.EVENT, RowFate.NOT_AN_EVENT]


@pytest.mark.parametrize("heading", ["id", "nr", "#", "language", "org_id", "status"])
def test_tables_with_equal_numbers_of_their_own_rows_are_not_joined(heading: str) -> None:
    content = workbook(
        ("Events", [[heading, "title", "date"], ["1", "Rally", "2023-03-04"], ["2", "Vigil", "2023-03-05"]]),
        ("Status", [[heading, "name", "city"], ["1", "Group A", "Bergen"], ["2", "Group B", "Lund"]]),
    )

    assert not any("were read from the table" in remark for remark in read(content).remarks)


def test_a_short_name_of_the_list_of_places_joins_them() -> None:
    content = workbook(
        ("Events", [["loc_id", "title", "date"], ["1", "Rally", "2023-03-04"], ["2", "Vigil", "2023-03-05"]]),
        ("Locations", [["id", "city"], ["1", "Bergen"], ["2", "Lund"]]),
    )

    assert [event.place.text for event in read(content).events] == ["Bergen", "Lund"]


def test_rows_of_a_log_with_one_number_but_another_day_and_place_are_kept() -> None:
    text = (
        "Recorded;Nr;Titel;Datum;Ort;Status\n2023-01-01 10:00;1;Demo;04.03.2023;Bonn;angemeldet\n"
        "2023-01-02 10:00;2;Demo;05.03.2023;Köln;angemeldet\n2023-01-03 10:00;1;Demo;06.03.2023;Kassel;angemeldet\n"
        "2023-01-04 10:00;3;Demo;07.03.2023;Ulm;angemeldet\n2023-01-05 10:00;2;Demo;08.03.2023;Köln;angemeldet\n"
    )

    assert [event.place.text for event in read(text).events] == ["Bonn", "Kassel", "Ulm", "Köln"]


def test_countries_are_not_repeated_for_towns_of_other_countries(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "Country,City,Date,Title\nNetherlands,Amsterdam,2023-03-04,Walk\n,Brussels,2023-03-04,Walk\n"
        "Norway,Oslo,2023-03-04,Walk\n,Bergen,2023-03-05,Walk\n"
    )

    reading = read_with_places(path)

    assert [event.place.country_hint for event in reading.events] == ["NL", "", "NO", "NO"]
    assert not reading.rows[1].notes


@pytest.mark.parametrize(
    ("written", "numbers"),
    [("500 francs-maçons", (500, 500)), ("300 try-outs", (300, 300)), ("500 EUR", None), ("100 Euro", None)],
)
def test_words_that_contain_a_currency_are_no_money(written: str, numbers: tuple[int, int] | None) -> None:
    assert crowd(written) == numbers


def test_numbers_that_are_too_high_for_ten_thousands_are_people() -> None:
    reading = read("日期,城市,人數（萬人）\n2019-06-09,台北,0.3\n2019-06-16,台北,5000\n")

    assert [event.crowd[0].high for event in reading.events] == [3000, 5000]


def test_one_person_is_a_number_of_people() -> None:
    text = "Дата;Город;Количество участников\n04.03.2022;Томск;1\n05.03.2022;Пермь;1\n06.03.2022;Казань;1\n"

    assert [event.crowd[0].low for event in read(text).events] == [1, 1, 1]


def test_people_at_a_banned_event_came_if_the_ban_is_next_to_their_number() -> None:
    (event,) = read("Datum;Ort;Teilnehmer\n06.03.2023;Trier;30 (verboten)\n").events

    assert [claim.is_expected for claim in event.crowd] == [False]


@pytest.mark.parametrize(
    "slogans",
    [
        ("Save our library", "Hands off our hospital", "Reclaim the street"),
        ("Rettet den Bahnhof", "Kein Neubau am Park", "Hände weg vom Rathaus"),
        ("Sauvons le parc", "Touche pas à mon hôpital", "Non à la fermeture de la gare"),
    ],
)
def test_slogans_about_buildings_are_titles(slogans: tuple[str, ...]) -> None:
    reading = read("".join(f"2023-03-{day:02};{text}\n" for day, text in enumerate(slogans, 14)), place="Oslo")

    assert [event.title for event in reading.events] == list(slogans)


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("partner", ("University of Oslo", "Lund University", "Church of Norway")),
        ("target", ("Iranian embassy", "Parliament", "City Hall")),
        ("funder", ("Open House", "Mission East", "Rotary Club")),
    ],
)
def test_institutions_below_an_unknown_heading_are_no_venues(heading: str, values: tuple[str, ...]) -> None:
    rows = "".join(f"2023-03-{day:02};Oslo;Walk {day};{value}\n" for day, value in enumerate(values, 14))
    reading = read(f"date;city;title;{heading}\n{rows}")

    assert {event.place.venue for event in reading.events} == {""}


@pytest.mark.parametrize(
    ("paragraph", "day"),
    [
        ("Posted by Anna, June 2024", ""),
        ("Stand: März 2024", ""),
        ("The war began in February 2022", ""),
        ("Agenda, mars 2023", "2023-06-04"),
        ("Demos in Bonn im Juni 2023", "2023-06-04"),
    ],
)
def test_a_month_in_prose_above_a_table_is_not_that_of_its_events(paragraph: str, day: str) -> None:
    page = (
        f"<html><body><p>{paragraph}</p><table><tr><th>Date</th><th>City</th><th>Title</th></tr>"
        "<tr><td>4 June</td><td>Oslo</td><td>Rally</td></tr><tr><td>12 June</td><td>Lund</td><td>Walk</td></tr>"
        "</table></body></html>"
    )

    assert str(read(page).events[0].when.start or "") == day


def test_an_offset_behind_a_time_is_not_its_end() -> None:
    (event,) = read("date,time,city\n2023-03-04,6pm UTC-5,Oslo\n").events

    assert event.when.edtf == "2023-03-05T00:00:00"


def test_a_time_that_an_offset_moves_has_a_note() -> None:
    (row,) = read("date,time,zone,city\n2023-03-04,18:00,+3,Oslo\n").rows

    assert row.event is not None
    assert row.event.when.edtf == "2023-03-04T16:00:00"
    assert any("the time zone of the place" in note.sentence for note in row.notes)
