"""Cells with several separate days, dates of moved events, and rows inside an unclosed quotation mark."""

from __future__ import annotations

import json

import pytest

from rallymap.events import EventStatus, Place
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading, read_events


def _zone(place: Place, location: object) -> str:
    del location
    return "Europe/Oslo" if place.text.startswith("Oslo") else ""


def _read(content: str) -> Reading:
    return read_events(content.encode(), find_zone=_zone)


def _told(content: str) -> list[str]:
    return [event.when.edtf for event in _read(content).events]


def _dates(*cells: str) -> list[str]:
    return _told(
        "\n".join(["Title\tCity\tDate", *(f"Vigil\tOslo\t{cell}" for cell in cells), "Vigil\tOslo\t31.12.2022"])
    )[:-1]


def _notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("24 Sep & 1 Oct 2022", ["2022-09-24", "2022-10-01"]),
        ("3., 10. und 17. Mai 2022", ["2022-05-03", "2022-05-10", "2022-05-17"]),
        ("2022-03-08 & 03-11", ["2022-03-08", "2022-03-11"]),
        ("7/14/21 mai 2022", ["2022-05-07", "2022-05-14", "2022-05-21"]),
        ("Saturdays 7, 14, 21 May 2022", ["2022-05-07", "2022-05-14", "2022-05-21"]),
        ("1-3 and 8-10 May 2022", ["2022-05-01/2022-05-03", "2022-05-08/2022-05-10"]),
        ("1 та 8 жовтня 2022", ["2022-10-01", "2022-10-08"]),
        ("١ و ٨ أكتوبر ٢٠٢٢", ["2022-10-01", "2022-10-08"]),
        ("۱۵ و ۲۲ مهر ۱۴۰۱", ["2022-10-07", "2022-10-14"]),
        ("2022年11月5日及12日", ["2022-11-05", "2022-11-12"]),
        ("2022年11月28至29日", ["2022-11-28/2022-11-29"]),
        ("6, 7 and 8 May 2022", ["2022-05-06/2022-05-08"]),
        ("28., 29. Mai und 1. Juni 2022", ["2022-05-28/2022-06-01"]),
        ("between 5 and 12 May 2022", ["2022-05-05/2022-05-12"]),
        ("every Saturday from 7 May to 28 May 2022", ["2022-05-07/2022-05-28"]),
        ("May 19, 2022 → May 21, 2022", ["2022-05-19/2022-05-21"]),
        ("1. januar–10. februar 2010", ["2010-01-01/2010-02-10"]),
    ],
)
def test_separate_days_are_separate_events_and_adjacent_ones_a_span(cell: str, days: list[str]) -> None:
    assert _dates(cell) == days


def test_each_of_several_days_has_its_own_time_or_the_common_one() -> None:
    reading = _read(
        "Title\tCity\tDate\nVigil\tOslo\t3 May 2022 18:00, 10 May 2022 19:00\nMarch\tOslo\t5 & 12 June 2022, 6 pm\n"
    )

    assert [event.when.edtf for event in reading.events] == [
        "2022-05-03T18:00:00", "2022-05-10T19:00:00", "2022-06-05T18:00:00", "2022-06-12T18:00:00",
    ]  # fmt: skip
    assert [row.number for row in reading.rows] == [2, 2, 3, 3]
    assert len({event.id for event in reading.events}) == 4
    assert _notes(reading)[0] == (
        "Date: “3 May 2022 18:00, 10 May 2022 19:00”. There are 2 dates. Each is an event of its own."
    )


def test_the_time_of_another_column_applies_to_each_day() -> None:
    assert _told("Title\tCity\tDate\tTime\nVigil\tOslo\t2 & 9 October 2022\t13-15\n") == [
        "2022-10-02T13:00:00/2022-10-02T15:00:00", "2022-10-09T13:00:00/2022-10-09T15:00:00",
    ]  # fmt: skip


def test_several_days_in_a_title_are_separate_events() -> None:
    assert _told("Title\tCity\nVigil on 3 and 10 May 2022\tOslo\nMarch on 4 June 2022\tOslo\n") == [
        "2022-05-03", "2022-05-10", "2022-06-04",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    [
        "12 mai 2022, reporté au 15 mai 2022", "12 mai, reporté au 15 mai 2022", "12.05.2022 verschoben auf 15.05.2022",
        "12 May 2022 (postponed to 15 May)", "moved from 12 May to 15 May 2022", "aplazado al 15 de mayo de 2022",
        "12 мая, перенесено на 15 мая 2022", "ursprünglich 12.05.2022, jetzt 15.05.2022",
    ],
)  # fmt: skip
def test_an_event_that_was_moved_is_on_its_new_day_with_a_note(cell: str) -> None:
    reading = _read(f"Title\tCity\tDate\nVigil\tOslo\t{cell}\nVigil\tOslo\t31.12.2022\n")

    assert [event.when.edtf for event in reading.events] == ["2022-05-15", "2022-12-31"]
    assert "The event was moved to this date." in _notes(reading)[0]
    assert reading.events[0].status is EventStatus.HELD


def test_one_of_two_days_is_not_a_span() -> None:
    reading = _read("Title\tCity\tDate\nVigil\tOslo\t5 or 6 May 2022\nVigil\tOslo\t12.05. statt 05.05.2022\n")

    assert [(event.when.edtf, event.when.precision) for event in reading.events] == [
        ("2022-05-02/2022-05-08", "week"), ("", "unknown"),
    ]  # fmt: skip
    assert _notes(reading)[0].endswith("There are several possible dates. Only what they share is recorded.")


@pytest.mark.parametrize("cell", ["12.05.2022 abgesagt", "12.05.2022 (annulé)", "12 May 2022 - cancelled"])
def test_a_date_cell_says_that_the_event_was_called_off(cell: str) -> None:
    (event,) = _read(f"Title\tCity\tDate\nVigil\tOslo\t{cell}\n").events

    assert (event.when.edtf, event.status) == ("2022-05-12", EventStatus.CANCELLED)


@pytest.mark.parametrize("mark", ['"', '5" '])
def test_an_unclosed_quotation_mark_swallows_no_row(mark: str) -> None:
    reading = _read(
        "title,date,city,people\nVigil,2022-03-01,Oslo,20\n"
        f'{mark}March,2022-03-02,"Oslo, Sentrum",30\n"Open, again",2022-03-03,Oslo,40\n5" banner,2022-03-04,Oslo,50\n'
        '"Two\nlines",2022-03-05,Oslo,60\n'
    )

    assert [(event.title, event.when.edtf, event.crowd[0].low) for event in reading.events] == [
        ("Vigil", "2022-03-01", 20), (f"{mark}March", "2022-03-02", 30), ("Open, again", "2022-03-03", 40),
        ('5" banner', "2022-03-04", 50), ("Two lines", "2022-03-05", 60),
    ]  # fmt: skip


def test_a_day_of_registration_is_not_that_of_the_event() -> None:
    for registered, day in (
        ("Data zgłoszenia", "Data zgromadzenia"), ("Date de dépôt", "Date de la manifestation"),
        ("Fecha de solicitud", "Fecha"), ("Başvuru tarihi", "Eylem tarihi"), ("Дата подачи", "Дата проведения"),
    ):  # fmt: skip
        assert _told(f"{registered};{day};City\n2022-02-20;2022-02-24;Oslo\n2022-02-27;2022-03-01;Oslo\n") == [
            "2022-02-24", "2022-03-01",
        ]  # fmt: skip


def test_turkish_words_in_capitals_are_read() -> None:
    reading = _read(
        "ETKİNLİK;TARİH;İL;DURUM\nA;3 KASIM 2022;Oslo;İPTAL EDİLDİ\n"
        "B;4 ARALIK 2022;Oslo;YAPILDI\nC;5 EKİM 2022;Oslo;ERTELENDİ\n"
    )

    assert [(one.title, one.when.edtf, one.place.text, one.status) for one in reading.events] == [
        ("A", "2022-11-03", "Oslo", "cancelled"), ("B", "2022-12-04", "Oslo", "held"),
        ("C", "2022-10-05", "Oslo", "postponed"),
    ]  # fmt: skip


def test_police_and_organisers_give_separate_estimates() -> None:
    (event, _) = _read(
        "Date;City;Participants déclarés;Participants (préfecture)\n5 mars 2022;Oslo;10 000;16 000\n"
        "6 mars 2022;Oslo;environ 300;200 à 250\n"
    ).events

    assert [(claim.low, claim.high, claim.by) for claim in event.crowd] == [
        (10000, 10000, "registered"), (16000, 16000, "police"),
    ]  # fmt: skip


def test_a_lone_quotation_mark_may_hold_the_separator() -> None:
    reading = _read('title,date,city\n"No to war, march,2022-03-06,Oslo\nVigil "for peace",2022-03-07,Oslo\n')

    assert [(event.title, event.when.edtf) for event in reading.events] == [
        ("No to war, march", "2022-03-06"), ('Vigil "for peace"', "2022-03-07"),
    ]  # fmt: skip


def test_a_summary_gives_the_day_if_its_column_does_not() -> None:
    reading = _read(
        "title\tdate\tdescription\tcity\nA\t\t10 March 2022, 17:30. About 300 people.\tOslo\n"
        "B\t2022-03-11\tSquare\tOslo\nC\t\t12 March 2022: vigil\tOslo\n"
    )

    assert [event.when.edtf for event in reading.events] == ["2022-03-10T17:30:00", "2022-03-11", "2022-03-12"]


def test_a_short_summary_says_that_the_event_was_called_off() -> None:
    reading = _read(
        "TARİH;ŞEHİR;BAŞLIK;AÇIKLAMA\n12.03.2022;Oslo;A;İPTAL EDİLDİ\n13.03.2022;Oslo;B;Konsolosluk önünde\n"
    )

    assert [event.status for event in reading.events] == [EventStatus.CANCELLED, EventStatus.HELD]


def test_titles_of_wordpress_are_read() -> None:
    records = [
        {
            "title": {"rendered": f"Rally {day}"},
            "start_date": f"2022-03-{day} 15:00:00",
            "categories": [{"name": "Vigil"}],
        }
        for day in (11, 12)
    ]

    assert [event.title for event in _read(json.dumps(records)).events] == ["Rally 11", "Rally 12"]


def test_serial_numbers_between_written_dates_are_days_of_the_same_period() -> None:
    assert _dates("12. 3. 2022", "44622", "19.-20.3.2022") == ["2022-03-12", "2022-03-02", "2022-03-19/2022-03-20"]
    assert _dates("12. 3. 2022", "71234", "2022") == ["2022-03-12", "", "2022"]
    serials = "\n".join(f"Vigil\tOslo\t{day}" for day in (44622, 44630, 44641))
    assert _told(f"Title\tCity\tDate\n{serials}\nVigil\tOslo\t2022\n")[-1] == "2022"
