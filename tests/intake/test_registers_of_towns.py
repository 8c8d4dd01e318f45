"""Lists from towns, activists and newsrooms in several languages: headings, statuses, footnote marks."""

from __future__ import annotations

import pytest

from rallymap.events import AttendanceMode, Event, EventStatus
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading, read_events


def read(content: str) -> Reading:
    return read_events(content.encode(), find_zone=lambda _place, _location: "Europe/Oslo")


def fields(content: str) -> dict[str, str]:
    (table,) = read(content).tables
    return {column.heading: column.field for column in table.columns}


def notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


def crowds(events: tuple[Event, ...]) -> list[tuple[int | None, int | None, str]]:
    return [(claim.low, claim.high, claim.by) for event in events for claim in event.crowd]


@pytest.mark.parametrize(
    ("registered", "actual"),
    [
        ("angem. TN", "tats. TN"),
        ("Anz. Teilnehmer (gemeldet)", "Anz. Teilnehmer (tatsächlich)"),
        ("Aantal verwacht", "Aantal werkelijk"),
        ("Antal förväntat", "Antal faktiskt"),
        ("Participants prévus", "Participants réels"),
        ("Очікувана кількість", "Фактична кількість учасників"),
    ],
)
def test_expected_and_counted_people_are_distinguished(registered: str, actual: str) -> None:
    reading = read(f"Date;City;{registered};{actual}\n2022-10-01;Oslo;1.000;2.500\n2022-10-08;Oslo;300;\n")

    assert crowds(reading.events) == [(2500, 2500, ""), (300, 300, "registered")]


def test_bilingual_headings_are_decided_by_their_values() -> None:
    text = (
        "Date / Datum,Heure / Uur,Lieu / Plaats,Objet / Onderwerp,Nombre / Aantal\n"
        "03/02/2024,14h00-17h00,Schumanplein,Manifestation / Betoging,4.000\n"
        "13/02/2024,9h,Schumanplein,Rassemblement,± 150\n"
        "17/02/2024,18h30,Schumanplein,Veillée,60 à 80\n"
    )

    assert list(fields(text).values()) == ["date", "time", "place", "title", "crowd"]
    assert crowds(read(text).events) == [(4000, 4000, ""), (150, 150, ""), (60, 80, "")]


def test_a_danish_list_is_read() -> None:
    text = "Dato;Kl.;Sted;Arrangement;Anslået deltagerantal\n24.02.2023;17.00;Nytorv;Fakkeltog;2-300\n"

    (event,) = read(text).events

    assert list(fields(text).values()) == ["date", "time", "place", "title", "crowd"]
    assert (event.crowd[0].low, event.crowd[0].high, event.crowd[0].words) == (200, 300, "2-300")


@pytest.mark.parametrize(("cell", "low", "high"), [("3-4000", 3000, 4000), ("5-100", 5, 100), ("12-300", 12, 300)])
def test_hundreds_apply_to_both_numbers_only_if_the_first_is_smaller(cell: str, low: int, high: int) -> None:
    (event,) = read(f"date,city,people\n2022-10-01,Oslo,{cell}\n").events

    assert (event.crowd[0].low, event.crowd[0].high) == (low, high)


@pytest.mark.parametrize("heading", ["Entscheid", "Sachstand", "state of play", "Beslut"])
def test_a_status_column_is_recognised_whatever_its_heading(heading: str) -> None:
    rows = ["bewilligt", "abgelehnt", "fällt leider aus", "Avslag", "Återkallad", "n'a pas eu lieu"]
    text = "\n".join(
        [f"date,city,title,{heading}", *(f"2022-10-01,Oslo,{number},{word}" for number, word in enumerate(rows))]
    )

    statuses = [event.status for event in read(text).events]

    assert statuses == [EventStatus.CONFIRMED, *[EventStatus.CANCELLED] * 5]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("se suspendió por lluvia", "cancelled"),
        ("გაუქმდა", "cancelled"),
        ("չեղարկված է", "cancelled"),
        ("تم إلغاؤه", "cancelled"),
        ("Tillstånd", "confirmed"),
        ("відбулась", "held"),
        ("تمت", "held"),
        ("nicht bewilligt", "cancelled"),
        ("na żal odwołana", "cancelled"),
        ("se aplazó", "postponed"),
    ],
)
def test_words_for_the_status_of_an_event_are_known(word: str, status: str) -> None:
    reading = read(f"date,city,title,status\n2022-10-01,Oslo,A,{word.replace('na żal', 'niestety')}\n")

    assert [event.status.value for event in reading.events] == [status]
    assert notes(reading) == []


def test_a_remark_that_says_cancelled_in_spanish_cancels() -> None:
    (event,) = read("Fecha,Ciudad,Acto,Observaciones\n2024-08-03,Oslo,Acto,se suspendió por lluvia\n").events

    assert event.status is EventStatus.CANCELLED


@pytest.mark.parametrize(("heading", "yes"), [("online", "1"), ("is_online", "true"), ("Virtual?", "yes")])
def test_an_online_flag_column_gives_the_attendance_mode(heading: str, yes: str) -> None:
    no = {"1": "0", "true": "false", "yes": "no"}[yes]
    events = read(f"date,city,title,{heading}\n2022-10-01,Oslo,A,{no}\n2022-10-02,,B,{yes}\n").events

    assert [event.attendance_mode for event in events] == [AttendanceMode.IN_PERSON, AttendanceMode.ONLINE]
    assert all(event.status is EventStatus.HELD for event in events)


def test_the_second_of_two_equal_headings_is_a_note() -> None:
    text = "Date,Place,Date,Place,Remarks\n2022-10-01,Berlin,2022-10-02,Hamburg,big\n2022-10-08,Paris,,,\n"

    events = read(text).events

    assert [(event.place.text, event.place.venue) for event in events] == [("Berlin", ""), ("Paris", "")]
    assert list(fields(text).values()) == ["date", "place", "note", "note", "note"]


def test_marks_of_footnotes_and_links_of_html_are_taken_out_of_cells() -> None:
    text = (
        "Date,City,Title,Attendance\n"
        '2022-02-24,Berlin[12],"<a href=""https://ex.org/1"">March [of mothers]</a>",hundreds[3][a]\n'
    )

    (event,) = read(text).events

    assert (event.place.text, event.title, event.crowd[0].words) == ("Berlin", "March (of mothers)", "hundreds")
    assert [source.url for source in event.sources] == ["https://ex.org/1"]


def test_towns_below_each_other_in_a_cell_stay_apart() -> None:
    events = read('date,city\n2022-02-27,"Tbilisi\nBatumi"\n2022-02-28,"Frankfurt\nam Main"\n').events

    assert [event.place.text for event in events] == ["Tbilisi; Batumi", "Frankfurt am Main"]


def test_zero_bytes_at_the_end_of_cells_are_dropped() -> None:
    reading = read_events(b"date,city,country,title\n2022-10-01,Berlin\x00,DE,Rally\x00\n2022-10-02,Paris,FR,Rally\n")

    assert [(event.place.text, event.title) for event in reading.events] == [("Berlin", "Rally"), ("Paris", "Rally")]


def test_private_applicants_are_not_named() -> None:
    (event,) = read("Datum;Ort;Anlass;Gesuchsteller\n11.03.2023;Oslo;Standaktion;privat\n").events

    assert event.organisers == ()


@pytest.mark.parametrize(("cell", "people"), [("1,00,000", 100_000), ("12,50,000", 1_250_000), ("1万2000人", 12_000)])
def test_numbers_are_grouped_as_in_india_and_east_asia(cell: str, people: int) -> None:
    (event,) = read(f"date\tcity\tparticipants\n2022-10-01\tOslo\t{cell}\n").events

    assert (event.crowd[0].low, event.crowd[0].high) == (people, people)


def test_a_map_link_is_not_contact_data() -> None:
    link = "https://www.google.com/maps/place/Gate/@52.5162746,13.3755154,17z/data=!3d52.5162746!4d13.3777041"
    reading = read(f"date\tcity\tcoordinates\n2022-10-01\tBerlin\t{link}\n")

    location = reading.events[0].location
    assert location is not None
    assert (location.lat, location.lon) == (52.5162746, 13.3777041)
    assert notes(reading) == []


def test_a_link_whose_text_is_a_number_keeps_its_address() -> None:
    (event,) = read("Date\tCity\tAttendance\n2022-02-24\tOslo\t<a href='https://ex.org/1'>120</a>\n").events

    assert [(claim.low, claim.high) for claim in event.crowd] == [(120, 120)]
    assert [source.url for source in event.sources] == ["https://ex.org/1"]


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("1 milhão", 1_000_000),
        ("2 milhões de pessoas", 2_000_000),
        ("1,5 millones", 1_500_000),
        ("1 млн", 1_000_000),
        ("2 миллиона", 2_000_000),
        ("1 miljoen", 1_000_000),
        ("1.2 million", 1_200_000),
        ("۲ میلیون", 2_000_000),
        ("15 mil", 15_000),
        ("https://ex.org/1 120", 120),
    ],
)
def test_millions_are_counted_in_many_languages_and_addresses_are_not(cell: str, people: int) -> None:
    (event,) = read(f"date\tcity\tattendance\n2022-10-01\tOslo\t{cell}\n").events

    assert (event.crowd[0].low, event.crowd[0].high) == (people, people)
