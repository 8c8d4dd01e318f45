"""Announcements as lines of names and values: hours, crowd sizes and statuses in several languages."""

from __future__ import annotations

from datetime import date

import pytest

from rallymap.events import Event, EventStatus, Place
from rallymap.intake.findings import NoteKind
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, read_events


def _zone(place: Place, location: object) -> str:
    del place, location
    return "Europe/Oslo"


def _read(content: str) -> Reading:
    return read_events(content.encode(), find_zone=_zone, today=date(2026, 11, 1))


def _one(content: str) -> Event:
    (event,) = _read(content).events
    return event


def _crowd(cell: str) -> list[tuple[int | None, int | None, str, bool]]:
    event = _one(f"Title\tCity\tDate\tParticipants\nVigil\tOslo\t2022-12-31\t{cell}\n")
    return [(claim.low, claim.high, claim.by, claim.is_expected) for claim in event.crowd]


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("воскресенье, 7 августа 2022 г., в 14 часов", "2022-08-07T14:00:00"),
        ("7 августа 2022 года, начало в 14.00", "2022-08-07T14:00:00"),
        ("суббота, 1 октября 2022 года, с 14 до 16 часов", "2022-10-01T14:00:00/2022-10-01T16:00:00"),
        ("24 лютого 2024 о 17 годині", "2024-02-24T17:00:00"),
        ("5 Temmuz 2023 Çarşamba, saat 14.00", "2023-07-05T14:00:00"),
        ("sábado 17 de agosto de 2024, a las 6 de la tarde", "2024-08-17T18:00:00"),
        ("۲۵ شهریور ۱۴۰۲ از ساعت ۱۴ تا ۱۶", "2023-09-16T14:00:00/2023-09-16T16:00:00"),
        ("السبت 15 أبريل 2023 الساعة 2 مساءً", "2023-04-15T14:00:00"),
        ("2022年10月1日（星期六）下午3時30分", "2022-10-01T15:30:00"),
        ("um 15 Uhr am 22. Oktober 2022", "2022-10-22T15:00:00"),
        ("5 mei 2022 om 14 uur", "2022-05-05T14:00:00"),
        ("jeudi 24 février 2022 à 18 heures 30", "2022-02-24T18:30:00"),
        ("torsdag 16. september 2021 klokka 17", "2021-09-16T17:00:00"),
        ("2021年8月1日 晚上七時半", "2021-08-01T19:30:00"),
        # A number of something else is not a second day, and an hour that may be at night is left out.
        ("7 May 2022, room 12", "2022-05-07"),
        ("5 Temmuz 2023 saat 3", "2023-07-05"),
        ("16 февраля 2024 вечером", "2024-02-16"),
    ],
)
def test_hours_in_words_after_a_day(cell: str, edtf: str) -> None:
    assert [event.when.edtf for event in _read(f"Title\tCity\tDate\nVigil\tOslo\t{cell}\n").events] == [edtf]


def test_an_ambiguous_hour_gets_a_note() -> None:
    (row,) = _read("Title\tCity\tDate\nVigil\tOslo\t9 مهر ۱۴۰۱ ساعت ۳\n").rows

    assert row.event is not None
    assert row.event.when.edtf == "2022-10-01"
    assert "This may mean 03:00 or 15:00." in row.notes[-1].sentence


@pytest.mark.parametrize(
    ("cell", "claims"),
    [
        ("organisers said 5,000, police 1,200", [(5000, 5000, "organisers"), (1200, 1200, "police")]),
        ("3,000 (police), 10,000 (organisers)", [(3000, 3000, "police"), (10000, 10000, "organisers")]),
        ("Polizei: 500–600, Veranstalter: 1.000", [(500, 600, "police"), (1000, 1000, "organisers")]),
        ("3 000 selon la police, 8 000 selon les organisateurs", [(3000, 3000, "police"), (8000, 8000, "organisers")]),
        (
            "15.000 según la Delegación del Gobierno y 40.000 según los convocantes",
            [(15000, 15000, "delegación del gobierno"), (40000, 40000, "organisers")],
        ),
        ("організатори — 10 тисяч, поліція — 5 тисяч", [(10000, 10000, "organisers"), (5000, 5000, "police")]),
        ("по данным полиции более 800", [(800, None, "police")]),
        ("enligt polisen 1 500, enligt arrangörerna 4 000", [(1500, 1500, "police"), (4000, 4000, "organisers")]),
        ("polise göre 2.000, düzenleyenlere göre 10.000", [(2000, 2000, "police"), (10000, 10000, "organisers")]),
        ("پلیس ۲۰۰۰ نفر، برگزارکنندگان ۷۰۰۰ نفر", [(2000, 2000, "police"), (7000, 7000, "organisers")]),
        ("برگزارکنندگان: ۵۰۰۰؛ پلیس: ۳۰۰۰", [(5000, 5000, "organisers"), (3000, 3000, "police")]),
        ("polis 300, düzenleyiciler 900", [(300, 300, "police"), (900, 900, "organisers")]),
        ("الشرطة 500، المنظمون 2000", [(500, 500, "police"), (2000, 2000, "organisers")]),
        ("主辦方稱5000人，警方稱1200人", [(5000, 5000, "organisers"), (1200, 1200, "police")]),
    ],
)
def test_each_giver_in_a_cell_has_an_estimate(cell: str, claims: list[tuple[int | None, int | None, str]]) -> None:
    assert _crowd(cell) == [(*claim, False) for claim in claims]


@pytest.mark.parametrize(
    ("cell", "claims"),
    [
        ("12 arrested, 500 attended", [(500, 500, "", False)]),
        ("52 injured", [(None, None, "", False)]),
        ("40 police officers, 300 people", [(300, 300, "", False)]),
        ("300 Teilnehmende, 40 Polizisten", [(300, 300, "", False)]),
        ("200人，3人被捕", [(200, 200, "", False)]),
        ("около 200 человек, 15 задержаны", [(200, 200, "", False)]),
        ("20 000 attendus", [(20000, 20000, "", True)]),
        ("expected 500", [(500, 500, "", True)]),
        ("1000 expected, 500 came", [(None, None, "", False)]),
        ("500, more than expected", [(500, 500, "", False)]),
        ("50 personer, tre ganger så mange som ventet", [(50, 50, "", False)]),
        ("500 (erwartet 1000)", [(500, 500, "", False)]),
        ("60 автомобілів", [(None, None, "", False)]),
    ],
)
def test_people_outside_the_crowd_and_expected_crowds(
    cell: str, claims: list[tuple[int | None, int | None, str, bool]]
) -> None:
    assert _crowd(cell) == claims


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("vom Gericht verboten", EventStatus.CANCELLED),
        ("не согласовано", EventStatus.CANCELLED),
        ("wegen Regens abgesagt", EventStatus.CANCELLED),
        ("trotz Verbot", EventStatus.HELD),
        ("wurde nicht abgesagt", EventStatus.HELD),
    ],
)
def test_a_status_after_its_reason(status: str, expected: EventStatus) -> None:
    assert _one(f"Title\tCity\tDate\tStatus\nVigil\tOslo\t2022-12-31\t{status}\n").status is expected


def test_an_announcement_whose_first_line_has_words_of_headings() -> None:
    event = _one(
        "Title: Stand with Ukraine\nDate: last Saturday\nLocation: Trafalgar Square, London\nAttendance: hundreds\n"
    )

    assert (event.title, event.place.text) == ("Stand with Ukraine", "Trafalgar Square, London")
    assert (event.when.start, event.crowd[0].words) == (None, "hundreds")


def test_a_state_that_is_a_status() -> None:
    event = _one("Evento: Marcha\nFecha: 18 de abril de 2023\nCiudad: Oslo\nEstado: suspendida\n")

    assert (event.place.text, event.status) == ("Oslo", EventStatus.CANCELLED)


def test_a_line_of_a_list_that_says_only_that_it_was_called_off() -> None:
    reading = _read("Sat 1 October 2022\nToronto – 2pm, Queen's Park\nVancouver – cancelled\nOttawa – 3pm, the Hill\n")

    assert [(event.place.text, event.when.edtf, event.status) for event in reading.events] == [
        ("Toronto", "2022-10-01T14:00:00", EventStatus.HELD),
        ("Vancouver", "2022-10-01", EventStatus.CANCELLED),
        ("Ottawa", "2022-10-01T15:00:00", EventStatus.HELD),
    ]
    assert [note.kind for row in reading.rows for note in row.notes] == [NoteKind.READ_AS]


def test_a_list_whose_lines_have_a_comma_before_their_dash() -> None:
    reading = _read(
        "Sunday 27 February 2022\nLondon, Trafalgar Square - 2pm\nLeeds, City Square - postponed\n"
        "Cardiff, Senedd - 1pm\n"
    )

    assert [(event.place.text, event.place.venue, event.when.edtf, event.status) for event in reading.events] == [
        ("London", "Trafalgar Square", "2022-02-27T14:00:00", EventStatus.HELD),
        ("Leeds", "City Square", "2022-02-27", EventStatus.POSTPONED),
        ("Cardiff", "Senedd", "2022-02-27T13:00:00", EventStatus.HELD),
    ]


def test_an_unknown_named_value_is_not_part_of_the_line_above() -> None:
    (row,) = _read("What: Vigil\nWhen: 4 June 2022\nWhere: Oslo\nDress code: black\n").rows

    assert row.event is not None
    assert row.event.place.text == "Oslo"
    assert [note.value for note in row.notes if note.kind is NoteKind.KEPT] == ["black"]


def test_people_who_said_they_would_come_are_expected() -> None:
    event = _one("Title\tCity\tDate\tExpected attendance\nVigil\tOslo\t2022-12-31\tup to 20,000\n")

    assert [(claim.low, claim.high, claim.is_expected) for claim in event.crowd] == [(None, 20000, True)]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Sat 7 May 2022, assemble 1pm, march off at 2pm", "2022-05-07T13:00:00"),
        ("7 May 2022, 13:00 meeting, 14:00 march", "2022-05-07T13:00:00"),
        ("March 5, 2022 march at 2 pm", "2022-03-05T14:00:00"),
        ("7 May 2022 march", "2022-05-07"),
        ("March 2022", "2022-03"),
        ("7 mai 2022, rendez-vous à 13h, départ à 14h", "2022-05-07T13:00:00"),
        ("7 mai 2022 de 13h à 15h", "2022-05-07T13:00:00/2022-05-07T15:00:00"),
        ("7 mai 2022 13h jusqu'à 15h", "2022-05-07T13:00:00/2022-05-07T15:00:00"),
        ("7 мая 2022, сбор в 13:00, шествие в 14:00", "2022-05-07T13:00:00"),
        ("7 May 2022, gathering at 1pm, speeches at 2 pm, ends at 4pm", "2022-05-07T13:00:00/2022-05-07T16:00:00"),
        ("7 May 2022 between 1pm and 5pm", "2022-05-07T13:00:00/2022-05-07T17:00:00"),
        ("2022-05-07 13:00 & 15:00", "2022-05-07T13:00:00"),
    ],
)
def test_second_time_is_the_end_only_if_words_say_so(text: str, when: str) -> None:
    table = f'date,city,title\n"{text}",Oslo,Vigil\n'
    (event,) = read_events(table.encode(), ImportOptions(), find_zone=lambda *_: "Europe/Oslo").events
    assert event.when.edtf == when
