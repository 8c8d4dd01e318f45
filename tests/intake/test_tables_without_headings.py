"""Tables without headings, with a column for each town, decades and weeks, and names of private persons."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_stamps import DateRules, Order
from rallymap.intake.cells.dates import read_date
from rallymap.intake.reading import Reading, read_events
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.places import country_of_towns, default_resolver
from rallymap.workflows.imports import WITHHELD, notes_to_keep
from rallymap.workflows.zones import zone_finder


def _read(text: str) -> Reading:
    resolver = default_resolver()
    find_country = partial(country_of_towns, resolver)
    return read_events(text.encode(), find_zone=zone_finder(resolver), find_country=find_country)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("early 1990s", 1990, 1999),
        ("80er Jahre", 1980, 1989),
        ("z.d. [jaren '90]", 1990, 1999),
        ("1970-tallet", 1970, 1979),
        ("1980-е годы", 1980, 1989),
        ("[198-]", 1980, 1989),
        ("2010年代", 2010, 2019),
    ],
)
def test_a_decade_is_not_its_first_year(text: str, first: int, last: int) -> None:
    read = read_date(text, DateRules(order=Order.DAY_FIRST))

    assert (read.start, read.end, read.precision) == (date(first, 1, 1), date(last, 12, 31), DatePrecision.YEAR)


def test_a_decimal_number_is_not_a_pair_of_years() -> None:
    assert read_date("2023.2110", DateRules(order=Order.DAY_FIRST)).start is None


@pytest.mark.parametrize(
    "text", ["w/c 3 Oct 2022", "week commencing 3 October 2022", "Woche vom 3.10.2022", "week van 3 oktober 2022"]
)
def test_a_week_named_by_its_first_day_is_a_week(text: str) -> None:
    read = read_date(text, DateRules(order=Order.DAY_FIRST))

    assert (read.start, read.precision) == (date(2022, 10, 3), DatePrecision.WEEK)


def test_fractions_of_a_day_with_decimal_commas_are_times() -> None:
    reading = _read("Aktivitet;By;Dato;Start;Slut\nMarch;København;43709;0,583333333;0,666666667\n")

    (event,) = reading.events
    assert event.when.edtf == "2019-09-01T14:00:00/2019-09-01T16:00:00"


def test_rows_below_towns_need_no_headings() -> None:
    reading = _read(
        "Mahnwachen 2021;;;\nHamburg;;;\nDi 17.08.;18:00;Rathausmarkt;Evakuiert Kabul!\n"
        "Sa 21.08.;14:00-16:00 Uhr;Jungfernstieg;Luftbrücke jetzt\nKöln;;;\n"
        "Mi 18.08.;19 Uhr;Domplatte;Evakuiert Kabul!\n"
    )

    assert [(e.title, e.place.text, e.place.venue, e.when.edtf[:16]) for e in reading.events] == [
        ("Evakuiert Kabul!", "Hamburg", "Rathausmarkt", "2021-08-17T18:00"),
        ("Luftbrücke jetzt", "Hamburg", "Jungfernstieg", "2021-08-21T14:00"),
        ("Evakuiert Kabul!", "Köln", "Domplatte", "2021-08-18T19:00"),
    ]


def test_cells_below_towns_have_a_time_and_a_place() -> None:
    reading = _read(
        "Data;Barcelona;Girona;Lleida\n24/02/2022;18.00 h Pl. Universitat;19h Pl. del Vi;\n"
        "06/03/2022;12:00 Arc de Triomf;;11.30 Pl. Sant Joan\n01/10/2022;SUSPESA: 17h Pl. Sant Jaume;;\n"
    )

    assert [(e.place.text, e.place.venue, e.when.edtf[11:16], e.status) for e in reading.events] == [
        ("Barcelona", "Pl. Universitat", "18:00", "held"),
        ("Girona", "Pl. del Vi", "19:00", "held"),
        ("Barcelona", "Arc de Triomf", "12:00", "held"),
        ("Lleida", "Pl. Sant Joan", "11:30", "held"),
        ("Barcelona", "Pl. Sant Jaume", "17:00", "cancelled"),
    ]


def test_codes_that_contradict_the_addresses_next_to_them_are_not_countries() -> None:
    reading = _read(
        "SQLDATE,FractionDate,ActionGeo_FullName,ActionGeo_CountryCode\n"
        '20230318,2023.2110,"Vienna, Wien, Austria",AU\n20230320,2023.2164,"Bern, Bern, Switzerland",SZ\n'
    )

    assert [(e.when.edtf, e.place.text, e.place.country_hint) for e in reading.events] == [
        ("2023-03-18", "Vienna, Wien, Austria", ""),
        ("2023-03-20", "Bern, Bern, Switzerland", ""),
    ]


def test_the_number_of_a_record_is_not_a_title_in_indonesian() -> None:
    assert fields_of_heading("event_id_cnty") == (("id", 1.0),)


def test_private_persons_who_registered_an_event_are_not_stored() -> None:
    reading = _read(
        "Datum;Ort;Thema;Anmelder/in;E-Mail\n05.03.2022;Kiel;Frieden;Müller, Hans-Peter;a@example.org\n"
        "06.03.2022;Kiel;Frieden;Frau Dr. Kowalenko;b@example.org\n07.03.2022;Kiel;Frieden;Amnesty International;\n"
        "08.03.2022;Kiel;Frieden;Kurdische Gemeinde;\n"
    )

    assert [event.organisers for event in reading.events] == [
        (), (), ("Amnesty International",), ("Kurdische Gemeinde",),
    ]  # fmt: skip
    kept = [(note.column, note.value) for row in reading.rows for note in notes_to_keep(row.notes)]
    assert kept.count(("Anmelder/in", WITHHELD)) == 2
    assert kept.count(("E-Mail", WITHHELD)) == 2
    assert "Müller" not in str(kept)


def test_the_town_of_a_title_is_that_of_venues_without_a_town() -> None:
    reading = _read(
        "Allmänna sammankomster, Malmö kommun, hösten 2022;;;;\nAnkomstdatum;Datum för sammankomst;Kl.;Plats;Ändamål\n"
        "2022-09-20;24 sept 2022;14–16;Stortorget;Manifestation för Mahsa Amini\n"
        "2022-09-27;1 okt 2022;13.00;Gustav Adolfs torg;Solidaritet med uigurerna\n"
    )

    assert [(e.when.edtf[:16], e.place.text, e.place.venue) for e in reading.events] == [
        ("2022-09-24T14:00", "Malmö", "Stortorget"),
        ("2022-10-01T13:00", "Malmö", "Gustav Adolfs torg"),
    ]


@pytest.mark.parametrize(
    "title", ["Solidarity with Gaza, rallies 2022", "Gaza – rallies in Malmö 2022", "Paris, Lyon and other towns 2022"]
)
def test_a_title_without_a_single_town_gives_no_town(title: str) -> None:
    reading = _read(f"{title};;\nDate;Place;Title\n24 Sep 2022;Main Square;March\n25 Sep 2022;Old Market;Vigil\n")

    assert {event.place.text for event in reading.events} == {"Main Square", "Old Market"}


def test_a_weekday_and_a_day_below_a_month_are_a_date() -> None:
    reading = _read(
        "LYON – 2023;;\nJANVIER;;\nDate;Lieu;Objet\nsam. 7;Place Bellecour;Rassemblement\n"
        "FÉVRIER;;\nDate;Lieu;Objet\nven. 24;Place de la Comédie;Un an de guerre\n"
    )

    assert [(e.title, e.when.edtf) for e in reading.events] == [
        ("Rassemblement", "2023-01-07"),
        ("Un an de guerre", "2023-02-24"),
    ]


def test_cells_below_months_are_events() -> None:
    reading = _read(
        "Ciudad,enero 2022,marzo 2022\nMadrid,8: Concentración por Cuba,26: Marcha por Ucrania; 27: Vigilia\n"
        "Sevilla,,Marcha sin fecha\n"
    )

    assert [(e.place.text, e.when.edtf, e.title) for e in reading.events] == [
        ("Madrid", "2022-01-08", "Concentración por Cuba"),
        ("Madrid", "2022-03-26", "Marcha por Ucrania"),
        ("Madrid", "2022-03-27", "Vigilia"),
        ("Sevilla", "2022-03", "Marcha sin fecha"),
    ]


def test_towns_of_a_transposed_table_need_no_heading() -> None:
    reading = _read(
        ";Warszawa;Kraków\nWydarzenie;Marsz;Pikieta\nData;9.08.2021;24.02.2022\nMiejsce;Pl. Zamkowy;ul. Biskupia 7\n"
        "Godzina;18:00;17.00\n"
    )

    assert [(e.title, e.place.text, e.place.venue) for e in reading.events] == [
        ("Marsz", "Warszawa", "Pl. Zamkowy"),
        ("Pikieta", "Kraków", "ul. Biskupia 7"),
    ]


def test_descriptions_as_kinds_are_titles_with_their_status() -> None:
    reading = _read(
        "Date,Nature of event,Location\n2022-01-08,Hong Kong community rally,Manchester\n"
        "2022-02-26,Stand with Ukraine,Manchester\n2022-03-05,Women's day event - CANCELLED BY ORGANISER,Bolton\n"
    )

    assert [(e.title, e.status) for e in reading.events][1:] == [
        ("Stand with Ukraine", "held"),
        ("Women's day event - CANCELLED BY ORGANISER", "cancelled"),
    ]


def test_texts_below_an_unknown_heading_are_titles_if_they_name_events() -> None:
    reading = _read(
        "Date,City,Xyzzy,Qwert\n2022-01-08,Oslo,March for Tibet,Ola Nordmann\n2022-02-26,Oslo,Peace vigil,Kari Hansen\n"
    )

    assert [event.title for event in reading.events] == ["March for Tibet", "Peace vigil"]


def test_the_year_is_that_in_which_the_rows_of_a_form_were_sent() -> None:
    text = "Timestamp,City,When\n10/18/2022 22:14:05,Oslo,Sat Oct 22 at 2pm\n10/19/2022 8:02:11,Paris,{}\n"

    assert [e.when.edtf[:10] for e in _read(text.format("Sun Oct 23 at 3pm")).events] == ["2022-10-22", "2022-10-23"]
    assert [e.when.edtf[:10] for e in _read(text.format("Fri Oct 23 at 3pm")).events] == ["2022-10-22", ""]


def test_a_second_number_in_brackets_is_that_of_the_police() -> None:
    (event,) = _read("Fecha,Ciudad,Asistencia\n17/08/2024,Santiago,5.000 (Carabineros: 2.000)\n").events

    assert [(claim.low, claim.by) for claim in event.crowd] == [(5000, ""), (2000, "police")]


def test_a_labelled_year_between_the_rows_is_that_of_the_rows_below_it() -> None:
    reading = _read(
        "Year: 2009;;\nDate;Town;What\n31 Jan;London;March\nYear: 2010;;\nDate;Town;What\n18 May;Geneva;Remembrance\n"
    )

    assert [(e.title, e.when.edtf) for e in reading.events] == [("March", "2009-01-31"), ("Remembrance", "2010-05-18")]


def test_a_weekday_and_a_day_next_to_a_month_are_a_date() -> None:
    reading = _read(
        "Presìdi 2022;;;\nMese;Giorno;Città;Iniziativa\nSettembre;sab 24;Roma;Presidio\n"
        "Ottobre;29-30;Firenze;Presidio permanente\n"
    )

    assert [event.when.edtf for event in reading.events] == ["2022-09-24", "2022-10-29/2022-10-30"]


def test_a_month_has_another_meaning_in_croatian_than_in_polish() -> None:
    rules = DateRules(order=Order.DAY_FIRST)

    assert read_date("1. listopada 2022.", rules).start == date(2022, 10, 1)
    assert read_date("1 listopada 2022", rules).start == date(2022, 11, 1)


def test_numbered_groups_of_columns_are_events() -> None:
    reading = _read(
        "City,Rally 1 date,Rally 1 size,Rally 2 date,Rally 2 size\nSydney,2 Oct 2022,2000,29 Oct 2022,800\n"
        "Perth,,,30 Oct 2022,~150\n"
    )

    assert [(e.place.text, e.when.edtf, e.crowd[0].low) for e in reading.events] == [
        ("Sydney", "2022-10-02", 2000),
        ("Sydney", "2022-10-29", 800),
        ("Perth", "2022-10-30", 150),
    ]


def test_a_table_without_headings_has_places_and_numbers_of_people() -> None:
    reading = _read(
        "2022-03-05;14:00;Kiel;Rathausplatz;Kundgebung für die Ukraine;400\n"
        "2022-03-12;15:00;Lübeck;Markt der Stadt;Lichterkette gegen den Krieg;250\n"
        "2022-03-13;11:30;Flensburg;Südermarkt;Schweigemarsch durch die Stadt;ca. 80\n"
    )

    assert [(e.place.text, e.place.venue, e.crowd[0].low) for e in reading.events] == [
        ("Kiel", "Rathausplatz", 400),
        ("Lübeck", "Markt der Stadt", 250),
        ("Flensburg", "Südermarkt", 80),
    ]


def test_headings_of_parts_of_a_city_are_not_events() -> None:
    reading = _read(
        "Versammlungen in Berlin, August 2020;;;\nTag;Beginn;Ort;Thema\nMitte;;;\n09.;19:30 Uhr;Pariser Platz;Wahlen\n"
        "Treptow-Köpenick;;;\n16.;15-17 Uhr;Am Treptower Park 32;Menschenkette\n"
    )

    assert [(e.title, e.place.text, e.when.edtf[:10]) for e in reading.events] == [
        ("Wahlen", "Berlin", "2020-08-09"),
        ("Menschenkette", "Berlin", "2020-08-16"),
    ]


def test_names_in_a_column_of_organisers_with_private_persons_are_left_out() -> None:
    reading = _read(
        "Data;Miasto;Cel;Organizator\n20.02.2022;Gdynia;Pokój;Fundacja Pokój\n24.02.2022;Gdynia;Pokój;osoba fizyczna\n"
        "13.03.2022;Gdynia;Marsz;Jan Wiśniewski\n14.03.2022;Gdynia;Marsz;Dña. María López\n"
    )

    assert [event.organisers for event in reading.events] == [("Fundacja Pokój",), (), (), ()]


def test_an_end_with_its_day_is_not_read_as_the_year() -> None:
    reading = _read("Date/heure début;Date/heure fin;Ville;Motif\n2022-02-27 13h00;2022-02-27 15h30;Montréal;Marche\n")

    (event,) = reading.events
    assert event.when.edtf == "2022-02-27T13:00:00/2022-02-27T15:30:00"


def test_a_bare_count_is_the_number_of_people() -> None:
    (event,) = _read("Datum;Ort;Aktion;Anzahl\n09.10.2021;Bonn;Mahnwache;45\n").events

    assert [claim.low for claim in event.crowd] == [45]
