"""Tables of newsrooms and event platforms: two clocks for one moment, events that were called off."""

from __future__ import annotations

import json
from datetime import date, time

import pytest

from rallymap.intake.cells.date_stamps import DateRules
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.dates_in_text import date_in_text
from rallymap.intake.cells.times import read_times
from rallymap.intake.readers.days_below_months import with_days
from rallymap.intake.reading import read_events
from rallymap.intake.tables.headings import fields_of_heading
from tests.intake.tables_with_places import read

pytestmark = pytest.mark.slow


def test_start_and_end_are_read_from_the_same_clock() -> None:
    record = {
        "name": "Rally",
        "start": {"timezone": "America/Chicago", "local": "2024-03-22T19:00:00", "utc": "2024-03-23T00:00:00Z"},
        "end": {"timezone": "America/Chicago", "local": "2024-03-22T21:30:00", "utc": "2024-03-23T02:30:00Z"},
        "city": "Chicago",
    }
    (event,) = read(json.dumps([record])).events

    assert (event.when.start, event.when.start_time, event.when.end_time) == (event.when.end, time(19), time(21, 30))


@pytest.mark.parametrize("heading", ["Asistencia", "Turnout", "Participants", "Participants (police)"])
@pytest.mark.parametrize(("status", "expected"), [("cancelled", True), ("postponed", True), ("held", False)])
def test_a_number_of_people_of_a_called_off_event_was_expected(heading: str, status: str, expected: bool) -> None:
    (event,) = read(f"Date,City,Title,Status,{heading}\n2024-07-11,Madrid,Rally,{status},80\n").events

    assert [(claim.low, claim.is_expected) for claim in event.crowd] == [(80, expected)]


def test_a_remark_in_brackets_instead_of_a_title_says_that_nothing_happened() -> None:
    reading = read("Date,City,Theme\n2023-08-07,Oslo,Peace\n2023-08-14,Oslo,(no vigil)\n2023-08-21,Oslo,No to war\n")

    assert [event.title for event in reading.events] == ["Peace", "No to war"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("zo 14 april 13-15u", time(13), time(15)),
        ("do 2 mei 14u30-16u", time(14, 30), time(16)),
        ("zo 5 mei 2024 van 13 tot 15 uur", time(13), time(15)),
        ("ma 29 april, half acht 's avonds", time(19, 30), None),
    ],
)
def test_dutch_hours_after_a_day_are_no_days(text: str, start: time, end: time | None) -> None:
    read = read_date(text, DateRules(year=2024))

    assert (read.start, read.start_time, read.end_time) == (read.end, start, end)
    assert not read.approximate


def test_numbers_of_departments_place_towns_with_one_name() -> None:
    reading = read(
        "Date;Ville;Dépt;Intitulé\n14/10/2023;Saint-Denis;93;Marche\n15/10/2023;Saint-Denis;974;Marche\n"
        "16/10/2023;Bastia;2B;Marche\n"
    )

    assert [event.place.text for event in reading.events] == ["Saint-Denis, 93", "Saint-Denis, 974", "Bastia, 2B"]


def test_details_of_a_place_are_no_title() -> None:
    assert fields_of_heading("location_detail")[0] == ("venue", 1.0)
    assert fields_of_heading("신고인원") == (("crowd_registered", 1.0),)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Sabato 28 ottobre 2023 ore 15.00, concentramento Piazzale Ostiense", time(15), None),
        ("14.08.2020, godz. 18:00", time(18), None),
        ("8 de marzo de 2024, 18h-20h", time(18), time(20)),
        ("12 May 2024 at 6pm in the park", time(18), None),
        ("5 May 2023, 12 people came", None, None),
        ("On 5 May 2022 in 3 cities", None, None),
    ],
)
def test_hours_after_a_date_in_a_description_are_read(text: str, start: time | None, end: time | None) -> None:
    found = date_in_text("", text)

    assert found is not None
    assert (found[0].start_time, found[0].end_time) == (start, end)


def test_days_below_a_month_are_read_if_some_are_two_days() -> None:
    reading = read(
        "2024 EYLEM TAKVİMİ,,,\nAy,Gün,Yer,Konu\nOcak,3,Ankara,Emek\n,10,Ankara,Barış\n,20-21,İzmir,Nöbet\n"
        "Şubat,6,İzmir,Deprem\n,14,İzmir,Kadın\n"
    )

    assert [event.when.edtf for event in reading.events] == [
        "2024-01-03", "2024-01-10", "2024-01-20/2024-01-21", "2024-02-06", "2024-02-14",
    ]  # fmt: skip


def test_addresses_decide_the_order_of_day_and_month_if_there_is_no_town() -> None:
    reading = read(
        'Date,"Address (street, city, state)",Name\n3/9/2024,"Lafayette Square, Washington, DC",Rally\n'
        '4/1/2024,"City Hall, Minneapolis, MN",Vigil\n'
    )

    assert [event.when.edtf for event in reading.events] == ["2024-03-09", "2024-04-01"]
    assert any("with the month first" in remark for remark in reading.remarks)


def test_towns_that_are_only_in_the_titles_of_the_rows_are_read_with_a_remark() -> None:
    reading = read(
        "Event,When,Where\nRally Melbourne,6 May 2023,State Library\nRally in Sydney,7 May 2023,Hyde Park North\n"
        "Public meeting Brisbane,10 May 2023,TLC Building\nSolidarity with Gaza,11 May 2023,Parliament House\n"
    )

    assert [event.place.text for event in reading.events[:3]] == ["Melbourne", "Sydney", "Brisbane"]
    assert reading.events[0].place.venue == "State Library"
    assert reading.events[3].place.text != "Gaza"
    assert "The towns of the rows were read from their titles, such as Melbourne." in reading.remarks


def test_places_that_name_their_towns_are_not_put_into_those_of_titles() -> None:
    reading = read(
        'Event,When,Where\nRally London,6 May 2023,"Union Square, New York"\n'
        'Rally Paris,7 May 2023,"City Hall, Toronto"\nVigil,8 May 2023,Chicago\n'
    )

    assert not any("from their titles" in remark for remark in reading.remarks)


@pytest.mark.parametrize(
    ("lat", "lon", "country", "point"),
    [
        ("34.6083S", "58.3712", "Argentina", (-34.6083, -58.3712)),
        ("34.6083° S", "58.3712°", "Argentina", (-34.6083, -58.3712)),
        ("34.6083S", "-58.3712", "", (-34.6083, -58.3712)),
        ("59.9139", "10.7522E", "Norway", (59.9139, 10.7522)),
        ("34.6083S", "58.3712", "", (-34.6083, -58.3712)),
        ("51.5 N", "0.9", "", None),
        ("48.8566 N", "2.3522", "Norway", None),
        ("59.9139° N", "10.7522° E", "", (59.9139, 10.7522)),
    ],
)
def test_a_missing_letter_of_a_hemisphere_is_found_by_the_country_or_the_point_is_left_out(
    lat: str, lon: str, country: str, point: tuple[float, float] | None
) -> None:
    reading = read(f"Date,Title,Latitude,Longitude,Country\n2023-03-24,March,{lat},{lon},{country}\n")
    location = reading.events[0].location

    assert (location and (location.lat, location.lon)) == point
    reasons = [str(note.reason) for note in reading.rows[0].notes]
    assert any("letter of the hemisphere" in reason for reason in reasons) is (point is None)


@pytest.mark.parametrize(("text", "start"), [("du. 4", time(16)), ("de. 10", time(10)), ("d. u. 5", time(17))])
def test_hungarian_parts_of_the_day_before_an_hour(text: str, start: time) -> None:
    assert read_times(text).start == start


def test_a_number_behind_a_status_is_kept_for_moderators() -> None:
    reading = read(
        'Date,City,Title,Status\n2024-02-03,Oslo,March,"held, about 1,200 present"\n2024-02-04,Oslo,Rally,held\n'
    )

    kept = [[note.value for note in row.notes if note.column == "Status"] for row in reading.rows]
    assert kept == [["held, about 1,200 present"], []]


def test_several_days_in_a_cell_below_a_month_are_an_event_each() -> None:
    reading = read(
        'Month,Days,Place\nJuly 2023,"3, 10, 17",Oslo\nAugust 2023,"7, 14",Oslo\nMay 2023,"6 and 20",Bergen\n'
    )

    assert [event.when.edtf for event in reading.events] == [
        "2023-07-03", "2023-07-10", "2023-07-17", "2023-08-07", "2023-08-14", "2023-05-06", "2023-05-20",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "start"), [("6 for 6.30pm", time(18, 30)), ("7.00pm for 7.30 pm", time(19, 30))])
def test_an_event_starts_after_people_arrive(text: str, start: time) -> None:
    found = read_times(text)

    assert (found.start, found.end) == (start, None)
    assert "two times" in str(found.remark)


def test_a_region_in_the_exact_place_says_which_town_is_meant() -> None:
    reading = read(
        'Date,Title,City,Venue\n2023-07-05,March,Paris,"Paris, Texas"\n2023-07-06,Rally,Paris,"Courthouse, Paris, TX"\n'
        '2023-07-07,Rally,Lyon,Place Bellecour\n2023-07-08,Rally,Oslo,"Oslo, Rådhusplassen 1"\n'
    )

    places = [(event.place.text, event.place.venue) for event in reading.events]
    assert places[:3] == [("Paris, Texas", ""), ("Paris, TX", "Courthouse"), ("Lyon", "Place Bellecour")]
    assert places[3][0] == "Oslo"


def test_the_kind_in_the_name_of_a_marker_is_no_exact_place() -> None:
    reading = read(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Rally Melbourne</name>'
        "<description>12 May 2024 at 2pm</description><Point><coordinates>144.965,-37.81</coordinates></Point>"
        "</Placemark><Placemark><name>Vigil Sydney</name><description>13 May 2024</description></Placemark>"
        "</Document></kml>"
    )

    assert [(event.title, event.place.text) for event in reading.events] == [
        ("Rally Melbourne", "Melbourne"),
        ("Vigil Sydney", "Sydney"),
    ]


@pytest.mark.parametrize("heading", ["nb_declares", "Hur många räknar ni med?", "Ilm. osallistujamäärä"])
def test_headings_of_expected_numbers(heading: str) -> None:
    assert fields_of_heading(heading)[0][0] == "crowd_registered"


def test_days_below_the_line_of_a_month_are_read_in_a_plain_list() -> None:
    reading = read(
        "July 2023\n3 – Union Square, New York – vigil for Gaza\n10 – Union Square, New York – vigil for Sudan\n"
        "August 2023\nMon 7: Union Square, New York – vigil for Ukraine\n"
    )

    assert [(event.when.edtf, event.title) for event in reading.events] == [
        ("2023-07-03", "vigil for Gaza"),
        ("2023-07-10", "vigil for Sudan"),
        ("2023-08-07", "vigil for Ukraine"),
    ]


def test_the_year_of_months_in_a_plain_list_is_in_its_first_line() -> None:
    reading = read(
        "Mahnwachen 2024\n\nMärz\n2. Leipzig, Augustusplatz, 17 Uhr: Mahnwache für Tibet\n"
        "16. Dresden, Altmarkt, 18 Uhr: Mahnwache\nApril\n6. Halle (Saale), Markt, 17 Uhr: Mahnwache\n"
    )

    found = [(event.when.start, event.when.start_time, event.place.text) for event in reading.events]
    assert found[:2] == [(date(2024, 3, 2), time(17), "Leipzig"), (date(2024, 3, 16), time(18), "Dresden")]
    assert found[2][0] == date(2024, 4, 6)


@pytest.mark.parametrize(
    ("title", "start"),
    [
        ("Rally on 5 May 2023 um 6 Uhr 30", "2023-05-05T06:30:00"),
        ("Rally 5 mai 2023 à 15 h 30, Paris", "2023-05-05T15:30:00"),
        ("Rally 5. Mai 2023, 18 Uhr 20 Leute", "2023-05-05T18:00:00"),
    ],
)
def test_minutes_after_the_unit_of_a_time_in_a_title(title: str, start: str) -> None:
    assert read(f'title,city\n"{title}",Oslo\n').events[0].when.edtf == start


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (
            ("3", "12", "20-21", "3, 10"),
            ["2023-05-03", "2023-05-12", "2023-05-20/2023-05-21", "2023-05-03", "2023-05-10"],
        ),
        (("3, 10", "12"), ["2023-05-03", "2023-05-10", "2023-05-12"]),
    ],
)
def test_lists_of_days_among_single_days_are_no_hours(days: tuple[str, ...], found: list[str]) -> None:
    rows = "".join(f'A{number},Oslo,2023,5,"{text}"\n' for number, text in enumerate(days))

    assert [event.when.edtf for event in read(f"title,city,year,month,day\n{rows}").events] == found


def test_day_that_cannot_be_read_next_to_its_month_has_a_note() -> None:
    reading = read('title,city,year,month,day\nA,Oslo,2023,5,3\nB,Oslo,2023,6,4\nC,Oslo,2023,7,"31, 1"\n')

    assert reading.events[2].when.edtf == "2023-07"
    assert [note.value for note in reading.rows[2].notes] == ["31, 1"]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("December 2023\n30 – Oslo\nJanuary\n3 – Moss\nApril\n2 – Hamar\n", ["2023-12-30", "2024-01-03", "2024-04-02"]),
        ("Rallies 2022\nMarch 2023\n3 – Oslo\nMay\n4 – Moss\n", ["2023-03-03", "2023-05-04"]),
        ("2023\nDecember\n3 – Oslo\nNovember\n3 – Moss\nMay\n8 – Oslo\n", ["2023-12-03", "2023-11-03", "2023-05-08"]),
    ],
)
def test_month_without_a_year_below_another_is_in_its_year_or_the_next(lines: str, days: list[str]) -> None:
    assert [event.when.edtf for event in read(lines).events] == days


@pytest.mark.parametrize(
    "lines",
    [
        ["July 2023", "10 – Oslo", "3 – Bergen"],
        ["July 2023", "3 pm – Oslo", "4 pm – Bergen"],
        ["July 2023", "3 July – Oslo", "4 July – Bergen"],
        ["3 July 2023 – Oslo", "4 July 2023 – Bergen"],
    ],
)
def test_other_numbers_below_a_month_are_no_days(lines: list[str]) -> None:
    numbered = list(enumerate(lines, 1))

    assert with_days(numbered) == numbered


@pytest.mark.parametrize("header", ["Ngày,Giờ,Thành phố", "Datum,Vreme,Mesto", "Tanggal,Jam,Kota", "Tarih,Saat,Şehir"])
def test_headings_of_languages_that_write_the_day_first_decide_the_order(header: str) -> None:
    reading = read_events(f"{header},X\n04/06/2023,14:30,Paris,a\n10/12/2023,13:00,Oslo,b\n".encode())

    assert [str(event.when.start) for event in reading.events] == ["2023-06-04", "2023-12-10"]
