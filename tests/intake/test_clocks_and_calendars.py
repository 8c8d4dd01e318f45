"""UTC times that cross midnight, dates of other calendars, and words of other languages in date and time columns."""

from __future__ import annotations

import pytest

from rallymap.events import Place
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading, read_events

_ZONES = {
    "Berlin": "Europe/Berlin",
    "Los Angeles": "America/Los_Angeles",
    "London": "Europe/London",
    "Tokyo": "Asia/Tokyo",
}


def read(content: str) -> Reading:
    return read_events(content.encode(), find_zone=lambda place, location: _zone(place))


def _zone(place: Place) -> str:
    return _ZONES.get(place.text, "")


def notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


def whens(content: str) -> list[str]:
    return [event.when.edtf for event in read(content).events]


@pytest.mark.parametrize(
    ("city", "times", "when"),
    [
        ("Berlin", "22:00-02:00", "2022-10-02T00:00:00/2022-10-02T04:00:00"),
        ("Berlin", "21:00-23:30", "2022-10-01T23:00:00/2022-10-02T01:30:00"),
        ("London", "23:30 - 00:30", "2022-10-02T00:30:00/2022-10-02T01:30:00"),
        ("Los Angeles", "05:00–08:00", "2022-09-30T22:00:00/2022-10-01T01:00:00"),
        ("Tokyo", "16:00", "2022-10-02T01:00:00"),
    ],
)
def test_times_of_utc_go_over_midnight_as_their_place_does(city: str, times: str, when: str) -> None:
    in_one = read(f"title,date,Time (UTC),city\nA,2022-10-01,{times},{city}\n")
    start, _, end = times.replace("–", "-").replace(" ", "").partition("-")
    in_two = read(f"title,date,Start time (UTC),End time (UTC),city\nA,2022-10-01,{start},{end},{city}\n")

    for reading in (in_one, in_two):
        assert [event.when.edtf for event in reading.events] == [when]
        assert notes(reading) == []


def test_a_time_of_another_zone_may_go_over_midnight_at_its_place() -> None:
    reading = read("title,date,start time,end time,zone,city\nA,2022-10-01,18:00,23:00,Europe/London,Berlin\n")

    assert [event.when.edtf for event in reading.events] == ["2022-10-01T19:00:00/2022-10-02T00:00:00"]
    remark = "The time is recorded in Europe/Berlin, the time zone of the place."
    assert notes(reading) == [f"zone: “Europe/London”. {remark}"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("令和4年10月15日", "2022-10-15"),
        ("平成31年4月1日(月)", "2019-04-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("R5.1.8", "2023-01-08"),
        ("H30/3/21", "2018-03-21"),
    ],
)
def test_years_of_japanese_eras_are_read(cell: str, day: str) -> None:
    assert whens(f"日付,都市,内容\n{cell},東京,集会\n2022-10-01,東京,デモ\n") == [day, "2022-10-01"]


@pytest.mark.parametrize("month", ["ربيع الآخر", "ربيع الثاني", "ربیع الثانی"])
def test_months_of_the_islamic_calendar_have_several_names(month: str) -> None:
    assert whens(f"الفعالية,التاريخ,المدينة\nوقفة,٦ {month} ١٤٤٥,برلين\n") == ["2023-10-21"]


@pytest.mark.parametrize("day", ["ma 24 okt 2022", "ma. 24.10.2022", "man 24.10.2022", "lu 24/10/2022"])
def test_a_short_weekday_is_accepted_if_it_fits_in_one_language(day: str) -> None:
    reading = read(f"Datum,Plaats,Onderwerp\n{day},Berlin,Protest\n13-02-2022,Berlin,Protest\n")

    assert reading.events[0].when.edtf == "2022-10-24"
    assert notes(reading) == []


def test_a_wrong_weekday_is_still_noted() -> None:
    reading = read("Datum,Plaats,Onderwerp\nwo 24 okt 2022,Berlin,Protest\n")

    assert notes(reading) == ["Datum: “wo 24 okt 2022”. The weekday is not that of 2022-10-24."]


def test_a_two_digit_year_before_a_time_is_recognised() -> None:
    reading = read('Wann,Wo,Was\n"So 02.10.22, 15 Uhr bis 17 Uhr",Berlin,Demo\n01.10.2022,Berlin,Demo\n')

    assert reading.events[0].when.edtf == "2022-10-02T15:00:00/2022-10-02T17:00:00"
    assert notes(reading) == []


@pytest.mark.parametrize(
    ("cell", "at"),
    [("5:30 p", "17:30"), ("9:15 a", "09:15"), ("下午六點半", "18:30"), ("晚上十一点", "23:00"), ("午前十時", "10:00")],
)
def test_half_a_day_and_hours_in_characters_are_read(cell: str, at: str) -> None:
    (event,) = read(f"date,time,city,title\n2022-10-01,{cell},Berlin,A\n").events

    assert f"{event.when.start_time:%H:%M}" == at


def test_a_time_column_can_be_unix_seconds_and_0_is_not_a_date() -> None:
    reading = read("title,time,city\nA,1665849600,Berlin\nB,1665936000,London\nC,0,London\n")

    assert [event.when.edtf for event in reading.events] == ["2022-10-15T18:00:00", "2022-10-16T17:00:00", ""]
    assert notes(reading) == ["time: “0”. This is not a date that can be read."]


@pytest.mark.parametrize("footnote", ["[1] The strike began on Sept. 16.", "Note: 16 September is a holiday"])
def test_a_footnote_with_a_date_is_not_an_event(footnote: str) -> None:
    reading = read(f'When,Where,What happened\n"Sept. 19, 2022",Berlin,Vigil\n{footnote},,\n')

    assert [event.title for event in reading.events] == ["Vigil"]
    assert reading.rows[1].reason == "This row is a remark or a heading between other rows."


@pytest.mark.parametrize(
    ("cell", "at", "until"),
    [
        ("de 2 a 5 de la tarde", "14:00", "17:00"),
        ("de 10 de la mañana a 2 de la tarde", "10:00", "14:00"),
        ("7.30 de la tarde", "19:30", ""),
        ("من ٢ م إلى ٥ م", "14:00", "17:00"),
        ("ساعت ۲ تا ۵ عصر", "14:00", "17:00"),
        ("오후 2시~5시", "14:00", "17:00"),
        ("下午2點至5點", "14:00", "17:00"),
        ("上午10点到下午2点", "10:00", "14:00"),
        ("14時から17時まで", "14:00", "17:00"),
        ("από 14:00 έως 17:00", "14:00", "17:00"),
        ("2 bis 5 Uhr nachmittags", "14:00", "17:00"),
    ],
)
def test_from_one_hour_to_another_in_a_part_of_the_day(cell: str, at: str, until: str) -> None:
    reading = read(f"date,time,city,title\n2022-10-01,{cell},Berlin,A\n")
    when = reading.events[0].when

    assert f"{when.start_time:%H:%M}" == at
    assert (f"{when.end_time:%H:%M}" if when.end_time else "") == until
    assert notes(reading) == []


def test_twelve_at_night_is_not_noon() -> None:
    (event,) = read("date,time,city,title\n2022-10-01,ساعت ۱۲ شب,Berlin,A\n").events

    assert event.when.edtf == "2022-10-01T00:00:00"


def test_parts_of_a_day_with_a_decimal_comma_are_times() -> None:
    reading = read("Date;Time;City;Title\n44828;0,5833333;Berlin;A\n44835;0,625;Berlin;B\n")

    assert [event.when.edtf for event in reading.events] == ["2022-09-24T14:00:00", "2022-10-01T15:00:00"]
    assert notes(reading) == []


def test_an_end_equal_to_the_start_is_not_a_day_later() -> None:
    reading = read("Datum;von;bis;Ort;Thema\n09.10.2022;12:00;12:00;Berlin;A\n10.10.2022;00:00;24:00;Berlin;B\n")

    assert [event.when.edtf for event in reading.events] == [
        "2022-10-09T12:00:00",
        "2022-10-10T00:00:00/2022-10-11T00:00:00",
    ]
    assert "bis: “12:00”. The end is not known." in notes(reading)


def test_two_times_after_a_date_are_start_and_end_without_a_note() -> None:
    reading = read("Datum/Uhrzeit;Ort;Thema\n24.02.2023 17:00 - 19:00 Uhr;Berlin;A\n")

    assert [event.when.edtf for event in reading.events] == ["2023-02-24T17:00:00/2023-02-24T19:00:00"]
    assert notes(reading) == []


@pytest.mark.parametrize(
    "cell",
    ["2023-01-21 14.00-16.00", "21.01.2023, 14.00 - 16.00", "21 januari 2023 14.00-16.00", "21 januari 2023 kl. 14-16"],
)
def test_times_with_full_stops_after_a_date_are_not_dates(cell: str) -> None:
    (event,) = read(f"Tid;Plats;Ändamål\n{cell};Berlin;A\n").events

    assert event.when.edtf == "2023-01-21T14:00:00/2023-01-21T16:00:00"


@pytest.mark.parametrize(
    ("cell", "either"),
    [
        ("2 o'clock", "02:00 or 14:00"),
        ("2h", "02:00 or 14:00"),
        ("a las 5", "05:00 or 17:00"),
        ("around 2", "02:00 or 14:00"),
        ("2시 30분", "02:30 or 14:30"),
        ("11-1", "11:00–13:00 or 23:00–01:00"),
        ("12 to 3", "12:00–15:00 or 00:00–03:00"),
    ],
)
def test_plain_hours_that_may_be_at_night_are_no_time(cell: str, either: str) -> None:
    reading = read(f"title,date,time,city\nA,2022-10-01,{cell},Berlin\n")

    assert [event.when.edtf for event in reading.events] == ["2022-10-01"]
    assert notes(reading) == [f"time: “{cell}”. This may mean {either}."]


def test_plain_hours_over_noon_in_a_column_with_pm() -> None:
    reading = read("title,date,time,city\nA,2022-10-01,11-1,Berlin\nB,2022-10-02,2 pm,Berlin\n")

    assert [event.when.edtf for event in reading.events] == [
        "2022-10-01T11:00:00/2022-10-01T13:00:00",
        "2022-10-02T14:00:00",
    ]
    assert notes(reading) == ["time: “11-1”. This is read as 11:00–13:00. It may mean 23:00–01:00."]


@pytest.mark.parametrize("cell", ["14 часов 30 минут", "14 год. 30 хв.", "14 Uhr 30 Min.", "14 heures et 30 minutes"])
def test_hours_and_minutes_in_words(cell: str) -> None:
    reading = read(f"title,date,time,city\nA,2022-10-01,{cell},Berlin\n")

    assert [event.when.edtf for event in reading.events] == ["2022-10-01T14:30:00"]
    assert notes(reading) == []


@pytest.mark.parametrize("cell", ["2 Stunden", "90 min", "ca. 3 hours"])
def test_duration_in_a_column_of_times_is_no_time(cell: str) -> None:
    reading = read(f"title,date,time,city\nA,2022-10-01,{cell},Berlin\nB,2022-10-02,14:00,Berlin\n")

    assert [event.when.edtf for event in reading.events] == ["2022-10-01", "2022-10-02T14:00:00"]
    assert notes(reading) == [f"time: “{cell}”. This is not a time of day that can be read."]


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("4.6.22 ab 18", "2022-06-04T18:00:00"),
        ("4.6.2022 ab 18 bis 20", "2022-06-04T18:00:00/2022-06-04T20:00:00"),
        ("2022-06-04 om 18", "2022-06-04T18:00:00"),
        ("4 June 2022 from 18 to 20", "2022-06-04T18:00:00/2022-06-04T20:00:00"),
        ("5.6.22 в 18", "2022-06-05T18:00:00"),
        ("April 22nd 2023, noon to 3", "2023-04-22T12:00:00/2023-04-22T15:00:00"),
        ("2022-06-04/06-05", "2022-06-04/2022-06-05"),
    ],
)
def test_hour_after_a_whole_date_is_no_second_day(cell: str, when: str) -> None:
    reading = read(f'title,date,city\nA,"{cell}",Berlin\n')

    assert [event.when.edtf for event in reading.events] == [when]
    assert notes(reading) == []


@pytest.mark.parametrize(
    ("cell", "words"),
    [("4.6.22, 18", "18"), ("4 June 2022, 18", "18"), ("4 June 2022 | 3", "3"), ("4 June 2022, 6 to 8", "6 to 8")],
)
def test_numbers_after_a_whole_date_are_left_out(cell: str, words: str) -> None:
    reading = read(f'title,date,city\nA,"{cell}",Berlin\n')

    assert [event.when.edtf for event in reading.events] == ["2022-06-04"]
    assert notes(reading) == [f"date: “{cell}”. These words are left out: {words}."]


@pytest.mark.parametrize(
    ("heading", "when"),
    [
        ("Date (DD/MM/YY)", "2023-03-05"),
        ("date dd/mm/yyyy", "2023-03-05"),
        ("Date (JJ/MM/AAAA)", "2023-03-05"),
        ("Date (MM/DD/YYYY)", "2023-05-03"),
        ("Datum (TT.MM.JJ)", "2023-03-05"),
    ],
)
def test_heading_states_the_order_of_day_and_month(heading: str, when: str) -> None:
    reading = read(f"title,{heading},city\nA,05/03/23,Berlin\n")

    assert [event.when.edtf for event in reading.events] == [when]
    assert notes(reading) == []
