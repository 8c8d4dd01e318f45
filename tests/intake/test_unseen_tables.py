"""Tables of kinds that were not seen before: order of dates by places, split numbers, towns of files, causes."""

from __future__ import annotations

from pathlib import Path

import pytest

from rallymap.events import EventStatus
from rallymap.intake.cells.date_stamps import DateRules
from rallymap.intake.cells.dates import read_date
from rallymap.intake.reading import read_events
from rallymap.intake.tables.titled_towns import main_town
from rallymap.workflows.town_names import town_finder
from tests.intake.tables_with_places import read, resolver

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("towns", "day", "remark"),
    [
        (("Hamburg", "Porto"), "2023-04-03", "with the day first, as in the countries of the places"),
        (("Chicago", "Denver"), "2023-03-04", "with the month first, as in the country of the places"),
        (("Chicago", "Porto"), "", ""),
        (("Toronto", "Porto"), "", ""),
    ],
)
def test_places_decide_the_order_of_day_and_month_if_nothing_else_does(
    towns: tuple[str, str], day: str, remark: str
) -> None:
    reading = read(f"Date,City,Event\n03/04/2023,{towns[0]},Rally\n05/06/2023,{towns[1]},Vigil\n")

    assert reading.events[0].when.edtf == day
    assert any(remark in text for text in reading.remarks) if remark else not reading.remarks


def test_time_stamps_of_a_form_decide_before_the_countries() -> None:
    reading = read("Timestamp,Date,City\n10/20/2022 14:03:11,10/1/2022,Berlin\n10/21/2022 9:00:00,10/2/2022,Porto\n")

    assert [event.when.edtf for event in reading.events] == ["2022-10-01", "2022-10-02"]


def test_numbers_divided_by_a_thousands_separator_are_joined_with_a_remark() -> None:
    reading = read(
        "Date,Event,City,Size,Source\n2024-01-13,March,Oslo,approx. 100,000,https://example.org/1\n"
        "2024-01-20,Vigil,Bergen,500,https://example.org/2\n2024-01-27,Rally,Oslo,1,200,https://example.org/3\n"
    )

    assert [(event.crowd[0].low, event.sources[0].url) for event in reading.events] == [
        (100_000, "https://example.org/1"),
        (500, "https://example.org/2"),
        (1200, "https://example.org/3"),
    ]
    assert any("A comma inside a number" in text and "2, 4" in text for text in reading.remarks)


def test_rows_with_more_cells_for_another_reason_are_not_joined() -> None:
    reading = read("Date,Event,City\n2024-01-13,March,Oslo,12,extra\n2024-01-20,Vigil,Bergen\n")

    assert not any("A comma inside a number" in text for text in reading.remarks)


def test_the_previous_day_of_a_moved_event_is_no_new_date() -> None:
    reading = read("When,Where,What\nSat 11 Nov 2023,Nottingham,Rally (rescheduled from 29th)\n")

    assert [(event.when.edtf, event.status) for event in reading.events] == [("2023-11-11", EventStatus.HELD)]
    assert any("moved to this date" in note.reason for note in reading.rows[0].notes)


@pytest.mark.parametrize("text", ["August, 9, 1970", "9, August 1970", "August 9, 1970"])
def test_a_comma_between_day_and_month_does_not_lose_the_day(text: str) -> None:
    assert str(read_date(text, DateRules()).start) == "1970-08-09"


def test_the_town_in_the_name_of_a_file_is_used_with_a_remark(tmp_path: Path) -> None:
    file = tmp_path / "versammlungen_bonn_2023.csv"
    file.write_text("Datum;Thema;Ort\n14.01.2023;Frieden;Marktplatz\n15.01.2023;Freiheit;Münsterplatz\n")
    reading = read(file)

    assert [(event.place.text, event.place.venue) for event in reading.events] == [
        ("Bonn", "Marktplatz"),
        ("Bonn", "Münsterplatz"),
    ]
    assert "The town of the rows was read from the title or the name of the file: Bonn." in reading.remarks


@pytest.mark.parametrize(
    ("name", "town"),
    [
        ("Versammlungen_Frankfurt_am_Main_2022.xlsx", "Frankfurt am Main"),
        ("new york rallies.csv", "New York"),
        ("protests_list.csv", ""),
        ("export (3).csv", ""),
        ("berlin_hamburg.csv", ""),
        ("women march.csv", ""),
    ],
)
def test_towns_in_names_of_files(name: str, town: str) -> None:
    assert main_town(name, town_finder(resolver())) == town


def test_counts_by_week_are_not_events() -> None:
    reading = read("week,n_events,treatment\n2018-01-01,1,0\n2018-01-08,4,0\n2018-01-15,12,1\n")

    assert not reading.events
    assert any("counts events" in text for text in reading.remarks)


def test_a_first_row_with_a_day_in_words_is_no_header() -> None:
    reading = read("12 Nov 2023\tGlasgow\tVigil\t~200\n19 Nov 2023\tEdinburgh\tCeasefire march\t5,000\n")

    assert [(event.when.edtf, event.place.text) for event in reading.events] == [
        ("2023-11-12", "Glasgow"),
        ("2023-11-19", "Edinburgh"),
    ]


def test_causes_below_an_unknown_heading_are_titles_and_names_are_not() -> None:
    table = "Tag;Stadt;{}\n14.01.2023;Bonn;{}\n15.01.2023;Köln;{}\n"
    causes = read(table.format("Kurzbez.", "Freiheit für alle", "Nein zum Krieg"))
    names = read(table.format("Kurzbez.", "Anna Beispiel", "Verein Lindenhof"))

    assert [event.title for event in causes.events] == ["Freiheit für alle", "Nein zum Krieg"]
    assert any("“Kurzbez.” is not known" in text for text in causes.remarks)
    assert "Anna Beispiel" not in [event.title for event in names.events]


def test_codes_of_countries_below_a_place_are_countries() -> None:
    (event, _) = read("date,where.city,where.cc\n2024-02-24,Berlin,DE\n2024-02-25,Dublin,IE\n").events

    assert (event.place.text, event.place.country_hint) == ("Berlin", "DE")


def test_a_number_of_people_involved_is_a_crowd() -> None:
    (event,) = read("Date,City,Number of prisoners involved\n2024-02-24,Oslo,900\n").events

    assert event.crowd[0].low == 900


def test_a_title_that_only_says_cancelled_gives_the_status() -> None:
    reading = read("Date,City,Title\n2023-03-11,Oslo,ANNULÉE\n2023-03-12,Oslo,Vigil\n")

    assert [event.status for event in reading.events] == [EventStatus.CANCELLED, EventStatus.HELD]


def test_a_town_with_a_part_in_brackets_is_one_town() -> None:
    reading = read(
        "Versammlungen der Stadt Halle (Saale);;\nDatum;Thema;Ort\n14.01.2023;Frieden;Markt\n15.01.2023;Brot;Steintor\n"
    )

    assert [event.place.text for event in reading.events] == ["Halle (Saale)", "Halle (Saale)"]


def test_dotted_hours_below_dalle_and_alle_are_times() -> None:
    (event,) = read("DATA;COMUNE;DALLE;ALLE;OGGETTO\n21/01/2023;Bologna;16.00;19.00;Presidio\n").events

    assert event.when.edtf == "2023-01-21T16:00:00/2023-01-21T19:00:00"


def test_years_below_an_unknown_heading_belong_to_days_and_months() -> None:
    (first, _) = read("jour;mois;xyzzy;ville\n12;3;2011;Oslo\n19;3;2012;Oslo\n").events

    assert first.when.edtf == "2011-03-12"


def test_an_end_at_one_is_not_an_answer_to_a_question() -> None:
    (event,) = read("Date,Town,Start,End\n3/2/2024,Ithaca,12:00 PM,1:00 PM\n").events

    assert event.when.end_time is not None
    assert event.when.end_time.hour == 13


def test_rounded_numbers_that_could_be_years_are_crowds_among_others() -> None:
    reading = read("日期,城市,xyzzy\n2014/03/30,Oslo,50萬\n2014/03/29,Bergen,2000\n2014/03/28,Oslo,300\n")

    assert [event.crowd[0].low for event in reading.events] == [500_000, 2000, 300]


def test_noon_is_a_time_below_an_unknown_heading() -> None:
    reading = read("Loc,Dt,Xyzzy\nSeattle,4/30/2022,2pm\nPortland,5/1/2022,noon\nSpokane,5/7/2022,11am\n")

    assert [event.when.start_time.hour for event in reading.events if event.when.start_time] == [14, 12, 11]


def test_the_day_of_the_registration_in_romanian_is_not_that_of_the_event() -> None:
    (event,) = read("Data înregistrării;Data adunării;Localitatea\n10.01.2022;24.02.2022;Cluj-Napoca\n").events

    assert event.when.edtf == "2022-02-24"


def test_a_town_of_a_file_that_exists_twice_is_used_for_its_spots(tmp_path: Path) -> None:
    file = tmp_path / "aksjoner_bergen.csv"
    file.write_text("Dato;Hvor;Tema\n7.1.2023;Torgallmenningen;Iran\n8.1.2023;Festplassen;Fred\n")

    assert [event.place.text for event in read(file).events] == ["Bergen", "Bergen"]


def test_names_of_groups_below_an_unknown_heading_are_no_titles() -> None:
    reading = read("Data;Cidade;Xyzzy\n30/09/2018;Porto;Grupo Andorinha\n29/09/2018;Lisboa;Fórum da Resistência\n")

    assert "title" not in [column.field for column in reading.tables[0].columns]


@pytest.mark.parametrize(
    ("name", "day"), [("rallies_2023.csv", "2023-02-24"), ("export-2024-05-01.csv", ""), ("rallies.csv", "")]
)
def test_the_year_in_the_name_of_a_file_is_that_of_dates_without_one(tmp_path: Path, name: str, day: str) -> None:
    file = tmp_path / name
    file.write_text("Dato;By;Hva\n24.02.;Oslo;Fakkeltog\n25.02.;Bergen;Markering\n")
    reading = read(file)

    assert reading.events[0].when.edtf == day
    assert any("The year of the dates was read" in text for text in reading.remarks) == bool(day)


def test_rounded_numbers_below_an_unknown_heading_are_crowds() -> None:
    reading = read("Pvm;Kaupunki;Xyzzy\n24.2.2024;Helsinki;3000\n25.2.2024;Tampere;n. 200\n8.3.2024;Oulu;60\n")

    assert [event.crowd[0].low for event in reading.events] == [3000, 200, 60]
    assert any("“Xyzzy” is not known" in text for text in reading.remarks)


def test_numbers_that_are_not_rounded_are_no_crowds() -> None:
    reading = read("Pvm;Kaupunki;Xyzzy\n24.2.2024;Helsinki;3001\n25.2.2024;Tampere;217\n8.3.2024;Oulu;63\n")

    assert not any(event.crowd for event in reading.events)


def test_numbered_titles_are_no_towns_even_if_the_gazetteer_knows_the_word() -> None:
    table = "title,date,country\n" + "".join(f"Rally {n},2023-01-0{n},DE\n" for n in range(1, 6))
    reading = read_events(table.encode(), find_zone=lambda _place, _location: "Europe/Berlin")
    assert [event.title for event in reading.events] == [f"Rally {n}" for n in range(1, 6)]
