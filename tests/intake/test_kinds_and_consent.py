"""Kinds in titles and columns, days in headings, and answers about consent to publication."""

from __future__ import annotations

from datetime import date

import pytest

from rallymap.events import Event, EventStatus, Kind, Place
from rallymap.intake.cells.bounds import Bound, bound_of
from rallymap.intake.cells.crowds import read_crowd
from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, read_events
from rallymap.intake.tables.headings import fields_of_heading


def _zone(place: Place, location: object) -> str:
    del location
    return "" if place.text == "Nowhere" else "Europe/Oslo"


def _read(content: str, options: ImportOptions | None = None) -> Reading:
    return read_events(content.encode(), options, find_zone=_zone, today=date(2026, 11, 1))


def _one(content: str) -> Event:
    (event,) = _read(content).events
    return event


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Mahnwache für den Frieden", Kind.VIGIL),
        ("Hands Off! Atlanta march", Kind.MARCH),
        ("La marcha más grande", Kind.MARCH),
        ("Klimaatmars", Kind.MARCH),
        ("六四34周年燭光悼念", Kind.VIGIL),
        ("صعدة: مسيرة سلمية", Kind.MARCH),
        ("צעדה", Kind.MARCH),
        ("Πορεία για τα Τέμπη", Kind.MARCH),
        ("Békemenet", Kind.MARCH),
        ("Oturma eylemi", Kind.PICKET),
        ("Protest march", Kind.MARCH),
        ("Infostand Tierrechte", Kind.EXHIBITION),
        # The words are a cause, another event, or a month.
        ("End the occupation", Kind.RALLY),
        ("Gegen die Parade", Kind.RALLY),
        ("Kundgebung nach dem Marsch", Kind.RALLY),
        ("Rally on 8 March", Kind.RALLY),
        ("Streik im Nahverkehr", Kind.RALLY),
        ("Solidarity with Iran", Kind.RALLY),
    ],
)
def test_a_title_gives_the_kind_if_no_column_does(title: str, kind: Kind) -> None:
    assert _one(f"title\tcity\tdate\n{title}\tOslo\t2024-03-05\n").kind is kind


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        ("Veranstaltung;Motto", [Kind.MARCH, Kind.RALLY, Kind.VIGIL]),
        ("Formát;Název akce", [Kind.MARCH, Kind.RALLY, Kind.VIGIL]),
        ("Naßäla;Motto", [Kind.MARCH, Kind.RALLY, Kind.VIGIL]),
    ],
)
def test_a_column_of_kinds_is_recognised_whatever_its_heading(header: str, kinds: list[Kind]) -> None:
    rows = "Aufzug;Frieden;Oslo;5.3.2024\nKundgebung;Brot;Oslo;6.3.2024\nMahnwache;Klima;Oslo;7.3.2024\n"
    reading = _read(f"{header};Ort;Datum\n{rows}")

    assert [(event.title, event.kind) for event in reading.events] == list(
        zip(["Frieden", "Brot", "Klima"], kinds, strict=True)
    )


def test_kinds_are_the_titles_of_a_table_without_others() -> None:
    reading = _read("Fecha;Acto;Ciudad\n5/3/2024;Concentración;Oslo\n16/3/2024;Acampada;Oslo\n")

    assert [(event.title, event.kind) for event in reading.events] == [
        ("Concentración", Kind.RALLY),
        ("Acampada", Kind.PICKET),
    ]


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Demo abgesagt", EventStatus.CANCELLED),
        ("Rally cancelled", EventStatus.CANCELLED),
        ("Concentración aplazada", EventStatus.POSTPONED),
        ("Ban the bomb", EventStatus.HELD),
        ("Gegen das Verbot", EventStatus.HELD),
    ],
)
def test_a_title_of_a_kind_and_a_status_gives_both(title: str, status: EventStatus) -> None:
    assert _one(f"title\tcity\tdate\n{title}\tOslo\t2024-03-05\n").status is status


def test_headings_with_a_day_and_a_number_of_people_are_events() -> None:
    reading = _read(
        'Town,Attendance 7 March 2023,Attendance 23 March 2023,Meeting point\nLeeds,800,"1,200",Square\nHull,,50,Gate\n'
    )

    found = [(event.place.text, event.when.edtf, event.crowd[0].low, event.place.venue) for event in reading.events]
    assert found == [
        ("Leeds", "2023-03-07", 800, "Square"),
        ("Leeds", "2023-03-23", 1200, "Square"),
        ("Hull", "2023-03-23", 50, "Gate"),
    ]


def test_two_sides_of_one_day_are_one_event() -> None:
    (event,) = _read("Ville;19/01/2023 (préfecture);19/01/2023 (syndicats)\nNantes;25 000;55 000\n").events

    assert (event.when.edtf, [(claim.low, claim.by) for claim in event.crowd]) == (
        "2023-01-19",
        [(25_000, "police"), (55_000, "organisers")],
    )


def test_the_day_of_a_list_status_is_not_the_day_of_its_events() -> None:
    (event,) = _read("Town,Date,Attendance as of 7 March 2023\nLeeds,2023-03-04,800\n").events

    assert event.when.edtf == "2023-03-04"


def test_hours_and_venues_below_days_are_not_numbers_of_people() -> None:
    reading = _read(
        "City\tSaturday 24 Feb 2024\tSunday 25 Feb 2024\nCork\t2pm, GPO\t\nOslo\t12 noon, Square\t3pm, Arch\n"
    )

    found = [(e.place.text, e.when.edtf, e.place.venue, e.crowd) for e in reading.events]
    assert found == [
        ("Cork", "2024-02-24T14:00:00", "GPO", ()),
        ("Oslo", "2024-02-24T12:00:00", "Square", ()),
        ("Oslo", "2024-02-25T15:00:00", "Arch", ()),
    ]


@pytest.mark.parametrize(
    "question",
    [
        "May we show this on the public map?",
        "Dürfen wir das veröffentlichen?",
        "Peut-on publier cet événement ?",
        "¿Autorizas su publicación?",
        "Zgoda na publikację",
        "Можно ли публиковать?",
        "آیا اجازه انتشار می‌دهید؟",
        "هل توافق على النشر؟",
        "Yayınlayabilir miyiz?",
        "是否同意公开？",
    ],
)
def test_event_without_consent_to_publication_is_not_imported(question: str) -> None:
    rows = "A,2024-03-05,Oslo,Yes\nB,2024-03-06,Oslo,No\nC,2024-03-07,Oslo,\nD,2024-03-08,Oslo,Ask me first\n"
    reading = _read(f"title,date,city,{question}\n{rows}")

    assert [event.title for event in reading.events] == ["A", "C"]
    assert [row.reason for row in reading.rows if row.event is None] == [
        f"The answer to “{question}” is “No”, so this is not imported.",
        f"The answer to “{question}” is “Ask me first”, so this is not imported.",
    ]


def test_a_sender_can_consent_to_the_town_only() -> None:
    (row,) = _read('title,date,city,venue,OK to publish?\nA,2024-03-05,Oslo,Square,"Yes, but only the city"\n').rows

    assert row.event is not None
    assert (row.event.place.text, row.event.place.venue) == ("Oslo", "")
    assert [note.reason for note in row.notes if note.kind != "kept"] == [
        "Only the town may be published, so the exact place is left out."
    ]


@pytest.mark.parametrize("heading", ["May we publish your name?", "Can the public attend?", "Published?", "Permit"])
def test_answers_to_other_questions_exclude_no_event(heading: str) -> None:
    assert len(_read(f"title,date,city,{heading}\nA,2024-03-05,Oslo,No\n").events) == 1


@pytest.mark.parametrize(
    ("before", "bound"),
    [
        ("až ", Bound.MOST),
        ("έως ", Bound.MOST),
        ("עד ", Bound.MOST),
        ("zêdetir ji ", Bound.LEAST),
        ("upwards of ", Bound.LEAST),
        ("jopa ", Bound.MOST),
    ],
)
def test_bounds_in_further_languages(before: str, bound: Bound) -> None:
    assert bound_of(before, "") is bound


@pytest.mark.parametrize(
    ("cell", "low", "high"), [("约3-5百人", 300, 500), ("10 až 12 tisíc", 10_000, 12_000), ("až 500", None, 500)]
)
def test_ranges_with_one_unit(cell: str, low: int | None, high: int) -> None:
    read = read_crowd(cell)

    assert (read.low, read.high) == (low, high)


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("2022年11月27日晚上8点", "2022-11-27T20:00:00"),
        ("2023/6/4（周日）下午2點至4點", "2023-06-04T14:00:00/2023-06-04T16:00:00"),
        ("4/mar/2023", "2023-03-04"),
        ("11ê Sibata 2023", "2023-02-11"),
        ("ke 6.12.2023", "2023-12-06"),
        ("сб 24.02.24 о 15-й", "2024-02-24"),
    ],
)
def test_days_with_signs_around_them(cell: str, edtf: str) -> None:
    assert _one(f"title\tcity\tdate\nA\tOslo\t{cell}\n").when.edtf == edtf


def test_an_hour_without_am_or_pm_is_pm_in_a_column_with_pm() -> None:
    reading = _read("title\tcity\twhen\nA\tOslo\tFeb. 26, 2022, 2 p.m.\nB\tOslo\tFeb. 27, 2022 at 1:30\n")

    assert [event.when.edtf for event in reading.events] == ["2022-02-26T14:00:00", "2022-02-27T13:30:00"]
    assert [note.reason for note in reading.rows[1].notes] == ["This is read as 13:30. It may mean 01:30."]


def test_an_end_equal_to_its_start_is_not_the_next_day() -> None:
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;"
        "TZID=Europe/Oslo:20240309T143000\r\n"
        "DTEND;TZID=Europe/Oslo:20240309T143000\r\nSUMMARY:A\r\nLOCATION:Oslo\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    assert _one(calendar).when.edtf == "2024-03-09T14:30:00"


def test_the_day_of_fetching_a_record_is_not_the_day_of_its_event() -> None:
    event = _one(
        '{"fetched_at": "2024-05-20T10:00:00Z", "event": {"name": "A", "starts": "2024-05-23 17:30"}, "city": "Oslo"}\n'
    )

    assert event.when.edtf == "2024-05-23T17:30:00"


@pytest.mark.parametrize(
    ("heading", "cell", "low", "by", "expected"),
    [
        ("Przewidywana liczba uczestników", "100", 100, "registered", True),
        ("Várható létszám", "100", 100, "registered", True),
        ("Sindacati", "2.000", 2000, "organisers", False),
        ("Presentes (PSP)", "20 000", 20_000, "police", False),
        ("Počet ľudí (polícia)", "8 000", 8000, "police", False),
        ("Εκτίμηση πλήθους", "έως 300", 300, "", False),
    ],
)
def test_who_gives_a_number_by_the_heading(heading: str, cell: str, low: int, by: str, expected: bool) -> None:
    event = _one(f"Titel\tStadt\tDatum\t{heading}\nA\tOslo\t5.3.2024\t{cell}\n")

    assert [(c.low or c.high, c.by, c.is_expected) for c in event.crowd] == [(low, by, expected)]


def test_the_name_of_a_call_is_a_title() -> None:
    assert (
        _one("Nombre de la convocatoria;Ciudad;Fecha\nMujer, vida, libertad;Oslo;5/3/2024\n").title
        == "Mujer, vida, libertad"
    )


def test_headings_in_other_european_languages_mean_day_first() -> None:
    reading = _read("Dia;Município;Horário\n07/09/2022;Oslo;9h\n11/08/2022;Oslo;11h\n")

    assert [event.when.edtf for event in reading.events] == ["2022-09-07T09:00:00", "2022-08-11T11:00:00"]


def test_a_column_of_states_by_their_codes_is_part_of_the_place() -> None:
    reading = _read("Datum;Ort;Xy;Thema\n5.3.2024;Halle;ST;A\n6.3.2024;Gera;TH;B\n")

    assert [event.place.text for event in reading.events] == ["Halle, ST", "Gera, TH"]


def test_a_community_may_be_a_town() -> None:
    reading = _read("Community,Prov,When,Title\nHalifax,NS,2022-02-26,A\nHamilton,ON,2022-02-27,B\n")

    assert [(e.place.text, e.communities) for e in reading.events] == [("Halifax, NS", ()), ("Hamilton, ON", ())]


def test_yes_and_no_are_not_countries() -> None:
    reading = _read("Fecha;Ciudad;Título;Comunicada\n5/3/2024;Oslo;A;SÍ\n16/3/2024;Oslo;B;NO\n")

    assert [event.place.country_hint for event in reading.events] == ["", ""]


def test_a_region_called_grand_is_neither_a_total_nor_a_country() -> None:
    reading = _read("Région,Ville,Titre\nNormandie,Caen,A\nGrand Est,Metz,B\n", ImportOptions({"date": "2023-02-11"}))

    assert [(event.place.text, event.place.country_hint) for event in reading.events] == [
        ("Caen, Normandie", ""),
        ("Metz, Grand Est", ""),
    ]


def test_an_unknown_kind_is_that_of_its_last_word() -> None:
    (event,) = _read("title,date,city,kind\nA,2024-03-08,Oslo,Großer Klimamarsch\n").events

    assert event.kind is Kind.MARCH


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Versammlungsanlass", "title"),
        ("Demonstrationsform", "kind"),
        ("Demozeit", "time"),
        ("Demostart", "start_time"),
        ("Deltagarantal", "crowd"),
        ("Gesamtlaufzeit", "duration"),
        ("Plattform", "note"),
        # Endings that are not words.
        ("postid", ""),
        ("Zielgruppe", ""),
        ("Jahreszahl", ""),
    ],
)
def test_compounds_have_the_meaning_of_their_last_part(heading: str, field: str) -> None:
    assert next((name for name, _ in fields_of_heading(heading)), "") == field


def test_chinese_headings_say_who_counted() -> None:
    (event,) = _read("日期,地點,活動,主辦方數字,警方數字\n2019年6月9日,Oslo,遊行,103萬,24萬\n").events

    assert [(claim.low, claim.by) for claim in event.crowd] == [(240_000, "police"), (1_030_000, "organisers")]
    assert event.kind is Kind.MARCH


def test_meeting_point_is_a_place_unless_it_is_a_time() -> None:
    (spot,) = _read("Town,Assemble,Time,Date,Title\nOslo,Parnell Square,1pm,2022-11-26,A\n").events
    two = _read("Town,Meet,Date,Title\nOslo,1pm,2022-11-26,A\nOslo,2pm,2022-11-27,B\n").events

    assert (spot.place.venue, spot.when.edtf) == ("Parnell Square", "2022-11-26T13:00:00")
    assert [event.when.edtf for event in two] == ["2022-11-26T13:00:00", "2022-11-27T14:00:00"]


def test_german_day_is_no_swedish_procession() -> None:
    assert [
        kind_in_title(title) for title in ("Tibet-Tag", "Tag der Menschenrechte", "Demonstrationståg genom Malmö")
    ] == [
        None,
        None,
        Kind.MARCH,
    ]


def test_heading_with_two_numbers_splits_each_cell_that_has_two() -> None:
    rows = "".join(f"{title},2022-10-0{day},Oslo,{crowd}\n" for title, day, crowd in
                   (("A", 1, "100/140"), ("B", 2, "ca. 300"), ("C", 3, "50"), ("D", 4, "20")))  # fmt: skip
    reading = _read(f"title,date,city,Teilnehmer (angem./tats.)\n{rows}")

    assert [(event.crowd[0].low, event.crowd[0].high) for event in reading.events] == [
        (140, 140),
        (300, 300),
        (50, 50),
        (20, 20),
    ]
