"""Rows that belong together, and values that say less, or more, than their column: groups, joined sheets, logs."""

from __future__ import annotations

import pytest

from rallymap.events import AttendanceMode, EventStatus, Kind
from rallymap.intake.findings import NoteKind, RowFate
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, read_events
from tests.intake.tables_with_places import read as read_with_places
from tests.intake.workbooks import workbook


def read(content: str | bytes, **defaults: str) -> Reading:
    source = content if isinstance(content, bytes) else content.encode()
    return read_events(source, ImportOptions(defaults), find_zone=lambda place, _: "Europe/Oslo" if place.text else "")


def places(reading: Reading) -> list[str]:
    return [event.place.text for event in reading.events]


def test_states_alone_above_their_towns_are_no_events() -> None:
    text = (
        "Estado;Cidade;Local;Hora\n19/06/2021;;;\nBAHIA;;;\n;Salvador;Farol;14h\n;Ilhéus;Praça;9h\n"
        "PARÁ;;;\n;Belém;Mercado;8h\n"
    )

    reading = read(text, title="Ato", country="BR")

    assert places(reading) == ["Salvador, BAHIA", "Ilhéus, BAHIA", "Belém, PARÁ"]
    assert {event.when.edtf[:10] for event in reading.events} == {"2021-06-19"}


def test_a_state_that_rows_of_events_name_too_is_no_heading() -> None:
    reading = read("date,state,city\n2021-06-19,Ohio,Toledo\n,Maine,\n2021-06-20,Texas,Austin\n", title="Rally")

    assert places(reading) == ["Toledo, Ohio", "Maine", "Austin, Texas"]


def test_a_country_that_is_written_once_is_that_of_the_towns_below() -> None:
    text = (
        "Country,City,Date\nIreland,Dublin,2023-02-24\n"
        ",Limerick,2023-02-25\n,Cork,2023-02-25\nPortugal,Porto,2023-02-25\n"
    )

    reading = read(text, title="One year")

    assert [event.place.country_hint for event in reading.events] == ["IE", "IE", "IE", "PT"]
    assert "This repeats the row above: Ireland." in reading.rows[1].notes[0].sentence


def test_a_column_of_countries_with_gaps_is_not_filled() -> None:
    text = (
        "Country,City,Date\nIreland,Dublin,2023-02-24\n"
        ",Oslo,2023-02-25\nIreland,Cork,2023-02-25\nPortugal,Porto,2023-02-25\n"
    )

    assert [event.place.country_hint for event in read(text, title="One year").events] == ["IE", "", "IE", "PT"]


def test_events_get_their_places_from_the_sheet_with_the_same_numbers() -> None:
    content = workbook(
        ("events", [["venue_id", "date", "title"], ["V1", "2019-10-19", "March"], ["V2", "2019-10-20", "Picket"]]),
        ("venues", [["Venue ID", "venue", "city"], ["V1", "Hermannplatz", "Berlin"], ["V2", "Consulate", "Melbourne"]]),
    )

    reading = read(content)

    assert [(event.place.venue, event.place.text) for event in reading.events] == [
        ("Hermannplatz", "Berlin"),
        ("Consulate", "Melbourne"),
    ]
    assert "The places of the rows were read from the table “venues”, by “venue_id”." in reading.remarks


def test_names_in_a_joined_list_of_places_are_venues() -> None:
    text = (
        '{"eventos": [{"lugar_id": 1, "fecha": "2022-07-11", "titulo": "Marcha 11J"},'
        ' {"lugar_id": 2, "fecha": "2022-07-12", "titulo": "Vigilia"}],'
        ' "lugares": [{"id": 1, "nombre": "Puerta del Sol", "ciudad": "Madrid"},'
        ' {"id": 2, "nombre": "Plaza de Armas", "ciudad": "Santiago"}]}'
    )

    events = read(text).events

    assert [(event.title, event.place.venue, event.place.text) for event in events] == [
        ("Marcha 11J", "Puerta del Sol", "Madrid"),
        ("Vigilia", "Plaza de Armas", "Santiago"),
    ]


def test_places_with_repeated_numbers_are_not_joined() -> None:
    content = workbook(
        ("events", [["venue_id", "date", "title"], ["V1", "2019-10-19", "March"], ["V1", "2019-10-20", "Picket"]]),
        ("venues", [["venue_id", "venue", "city"], ["V1", "Hermannplatz", "Berlin"], ["V1", "Consulate", "Bonn"]]),
    )

    assert not any("were read from the table" in remark for remark in read(content).remarks)


@pytest.mark.parametrize("number", ["vers_id", "ref"])
def test_later_rows_of_a_log_replace_earlier_ones_with_the_same_number(number: str) -> None:
    text = (
        "abruf,{number},tag,beginn,thema,ort,stand\n"
        "2023-09-01T06:00:02Z,a71,2023-09-09,14:00,Klimastreik,Markt,angemeldet\n"
        "2023-09-01T06:00:02Z,b02,2023-09-10,11:00,Gedenken,Markt,angemeldet\n"
        "2023-09-03T06:00:03Z,a71,2023-09-10,15:00,Klimastreik,Markt,bestätigt\n"
        "2023-09-04T06:00:01Z,c15,2023-09-16,10:00,Fahrraddemo,Bahnhof,angemeldet\n"
        "2023-09-05T06:00:02Z,b02,2023-09-10,11:00,Gedenken,Markt,zurückgezogen\n"
    )

    reading = read(text.replace("{number}", number), place="Aachen")

    assert [(event.title, event.when.edtf, event.status) for event in reading.events] == [
        ("Klimastreik", "2023-09-10T15:00:00", EventStatus.CONFIRMED),
        ("Fahrraddemo", "2023-09-16T10:00:00", EventStatus.ANNOUNCED),
        ("Gedenken", "2023-09-10T11:00:00", EventStatus.CANCELLED),
    ]
    assert "row 4" in reading.rows[0].reason


def test_a_day_without_assemblies_is_no_event() -> None:
    reading = read("Datum;Zeit;Thema\n1.6.2023;10:00;Kindertag\n2.6.2023;keine Versammlungen;\n3.6.2023;;No war\n")

    assert [row.fate for row in reading.rows] == [RowFate.EVENT, RowFate.NOT_AN_EVENT, RowFate.EVENT]


def test_a_remark_below_the_table_does_not_end_dates_that_are_written_once() -> None:
    text = (
        "Date\tTown\tCrowd\nJanuary 29, 2022\tOttawa\t8000\n\tVictoria\t1000\nFebruary 5, 2022\tToronto\t500\n"
        "\tRegina\t300\na. ^ at its peak\t\t\n"
    )

    assert [event.when.edtf for event in read(text).events] == ["2022-01-29"] * 2 + ["2022-02-05"] * 2


def test_months_with_years_complete_days() -> None:
    text = "Mês;Dia;Cidade\nJaneiro/2023;8;Natal\nJaneiro/2023;9;Ilhéus\nJaneiro/2023;20;Natal\nMaio/2023;14-15;Belém\n"

    days = [event.when.edtf for event in read(f"{text}Total;;\n", title="Ato").events]

    assert days == ["2023-01-08", "2023-01-09", "2023-01-20", "2023-05-14/2023-05-15"]


def test_zeros_and_ones_are_no_numbers_of_police() -> None:
    reading = read("data;cidade;Policia\n2012-09-15;Porto;1\n2012-10-02;Faro;0\n2012-10-03;Braga;1\n")

    assert [event.crowd for event in reading.events] == [(), (), ()]


def test_a_district_of_the_given_town_is_kept_as_venue() -> None:
    reading = read(
        "Datum;Titel;Bezirk\n2.1.2020;Mahnwache;Mitte\n3.1.2020;Demo;Altona\n", place="Hamburg", country="DE"
    )

    assert [event.place.venue for event in reading.events] == ["Bezirk Mitte", "Bezirk Altona"]


def test_numbers_in_ten_thousands_by_their_heading() -> None:
    reading = read("日期,縣市,人數(萬)\n2014-03-30,台北市,50\n2014-05-01,高雄市,0.3\n")

    assert [(event.crowd[0].low, event.crowd[0].high) for event in reading.events] == [(500000, 500000), (3000, 3000)]


def test_two_and_three_thousand_with_a_stroke_stay_words() -> None:
    (row,) = read("date,city,people\n2022-11-18,Oslo,2/3000\n").rows

    assert row.event is not None
    assert (row.event.crowd[0].low, row.event.crowd[0].words) == (None, "2/3000")
    assert "This may mean 2-3000 or 2000-3000." in row.notes[0].sentence


def test_a_word_for_cancelled_instead_of_the_turnout_keeps_the_registered_number() -> None:
    (event,) = read("datum;stad;verwacht aantal;werkelijk aantal\n2023-03-11;Oslo;25;afgelast\n").events

    assert event.status is EventStatus.CANCELLED
    assert [(claim.low, claim.by) for claim in event.crowd] == [(25, "registered")]


def test_words_in_the_columns_for_the_bounds_are_kept() -> None:
    (event,) = read("date,city,Turnout (low),Turnout (high)\n2018-06-30,Oslo,dozens,\n").events

    assert [claim.words for claim in event.crowd] == ["dozens"]


def test_vehicles_in_short_are_no_people() -> None:
    (event,) = read("Datum;Ort;Teilnehmer\n6.1.2020;Oslo;ca. 140 Fzg.\n").events

    assert (event.crowd[0].low, event.crowd[0].words) == (None, "ca. 140 Fzg.")


def test_opinions_of_a_prefecture_are_statuses() -> None:
    text = "Objet;Date;Avis\nA;22/04/2023;récépissé\nB;24/04/2023;INTERDIT\nC;01/05/2023;en cours d'instruction\n"

    assert [event.status for event in read(text, place="Paris").events] == [
        EventStatus.CONFIRMED,
        EventStatus.CANCELLED,
        EventStatus.ANNOUNCED,
    ]


def test_the_title_gives_the_kind_of_an_event_that_only_stands() -> None:
    text = "Datum;Ort;Form;Thema\n18.1.2023;Oslo;stationär;Mahnwache\n4.2.2023;Oslo;stationär;Marsch der Tiere\n"

    assert [event.kind for event in read(text).events] == [Kind.VIGIL, Kind.RALLY]


@pytest.mark.parametrize(
    ("time", "written", "zone"),
    [
        ("20:00 CET", "20:00", "Europe/Brussels"),
        ("7 pm EST", "19:00", "America/New_York"),
        ("16:00 UTC", "16:00", "UTC"),
    ],
)
def test_a_named_zone_is_that_of_an_online_event(time: str, written: str, zone: str) -> None:
    (event,) = read(f"date,time,city\n2023-02-24,{time},Zoom\n").events

    assert event.attendance_mode is AttendanceMode.ONLINE
    assert event.when.start_time is not None
    assert (f"{event.when.start_time:%H:%M}", event.when.zone) == (written, zone)


def test_an_ambiguous_zone_of_an_online_event_leaves_the_time_a_note() -> None:
    (row,) = read("date,time,city\n2023-02-24,20:00 CST,Zoom\n").rows

    assert row.event is not None
    assert row.event.when.start_time is None
    assert any(note.kind is NoteKind.LEFT_OUT and note.field == "time" for note in row.notes)


@pytest.mark.parametrize("place", ["Od Nového roku do Náměstí Míru", "from Christmas to City Hall Square"])
def test_parts_of_the_year_are_no_ends_of_a_route(place: str) -> None:
    (event,) = read(f"date,city,place,title\n2018-11-17,Oslo,{place},Pochod\n").events

    assert event.route == ()


@pytest.mark.slow
def test_titles_of_a_map_that_are_towns_are_also_their_places() -> None:
    text = "name,description,latitude,longitude\n" + "".join(
        f'{town},"Jeudi 19/01/2023 à {hour}h, sur la grande place, 1000 pers.",{lat},{lon}\n'
        for town, hour, lat, lon in (
            ("Angers", 10, 47.4712, -0.5518),
            ("Foix", 14, 42.9655, 1.6053),
            ("Tours - annulé", 10, 47.3758, 0.6889),
        )
    )

    events = read_with_places(text).events

    assert [event.place.text for event in events] == ["Angers", "Foix", "Tours"]
    assert [event.title for event in events] == ["Angers", "Foix", "Tours - annulé"]
    assert {event.when.edtf[:10] for event in events} == {"2023-01-19"}
    assert events[2].status is EventStatus.CANCELLED


def test_days_over_the_whole_width_of_a_page_without_headings_apply_to_the_rows_below() -> None:
    page = (
        "<html><body><p>Agenda militant, novembre 2022</p><table>"
        "<tr><td colspan=3>Samedi 5 novembre</td></tr>"
        "<tr><td>14h</td><td>Place Bellecour, Lyon</td><td>Rassemblement pour le Tibet</td></tr>"
        "<tr><td>15h30</td><td>Place Kléber, Strasbourg</td><td>Marche pour le Tibet</td></tr>"
        "<tr><td colspan=3>Jeudi 10 novembre</td></tr>"
        "<tr><td>10h</td><td>Vieux-Port, Marseille</td><td>Manifestation</td></tr></table></body></html>"
    )

    events = read(page).events

    assert [event.when.edtf for event in events] == [
        "2022-11-05T14:00:00",
        "2022-11-05T15:30:00",
        "2022-11-10T10:00:00",
    ]


def test_venues_are_found_by_their_words_and_titles_beside_them() -> None:
    text = (
        "10:00 – 14:00;1.-Mai-Umzug;Helvetiaplatz – Sechseläutenplatz;12'000\n"
        "14:00;Kundgebung für Tibet;Rathausbrücke;ca. 80\n16:30 – 18:00;Velodemo;Bürkliplatz;1'500\n"
    )

    (table,) = read(text, place="Zürich", date="2022-05-01").tables

    assert [column.field for column in table.columns] == ["time", "title", "venue", "crowd"]


def test_an_unknown_heading_above_venues_is_read_by_their_words() -> None:
    text = (
        "Ciudad,Día,Punto\nBogotá,2022-01-28,Parque Nacional\nArmenia,2022-01-29,Plaza Bolívar\nCali,2022-01-30,Torre\n"
    )

    assert [event.place.venue for event in read(text).events] == ["Parque Nacional", "Plaza Bolívar", "Torre"]


def test_days_of_a_wall_calendar_without_events_and_remarks_below_it_are_no_events() -> None:
    text = (
        "Mai;Art;Ort;Veranstalter / TN\n1;Demo;Altmarkt;DGB / 500\n;Kundg.;Postplatz;ca. 20\n2;;;\n"
        "3;Mahnw.;Markt;Verein\nBemerkung: 4.5. Polizei anwesend;;;\n"
    )

    reading = read(text, year="2023", place="Dresden")

    assert [(event.when.edtf, event.kind, event.organisers) for event in reading.events] == [
        ("2023-05-01", Kind.RALLY, ("DGB",)),
        ("2023-05-01", Kind.RALLY, ()),
        ("2023-05-03", Kind.VIGIL, ("Verein",)),
    ]
    assert [event.crowd[0].low for event in reading.events if event.crowd] == [500, 20]


@pytest.mark.parametrize(("status", "expected"), [("abgesagt", True), ("angemeldet", True), ("durchgeführt", False)])
def test_people_of_events_that_were_not_held_are_expected(status: str, expected: bool) -> None:
    (event,) = read(f"Datum;Ort;Teilnehmerzahl;Status\n17.2.2024;Oslo;250;{status}\n").events

    assert [claim.is_expected for claim in event.crowd] == [expected]
