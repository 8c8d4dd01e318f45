"""Values in words, weekends named by a day, and cells of tables that were lost or misread."""

from __future__ import annotations

import io

import openpyxl
import pytest

from rallymap.events import Event
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import read_events


def _event(heading: str, cell: str) -> tuple[Event, list[str]]:
    """Return the event of a table with one row, and the sentences of its notes."""
    values = {"Title": "Rally", "Date": "2023-03-05", "City": "Oslo"} | {heading: cell}
    content = ";".join(values) + "\n" + ";".join(values.values()) + "\n"
    reading = read_events(content.encode(), find_zone=lambda place, location: "Europe/Oslo")
    notes = [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]
    return reading.events[0], notes


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("over a thousand", 1000, None), ("more than two hundred", 200, None), ("half a million", 500_000, 500_000),
        ("fifty", 50, 50), ("two hundred and", 200, 200), ("zweihundert", 200, 200), ("über tausend", 1000, None),
        ("eine halbe Million", 500_000, 500_000), ("plus d'une centaine", 100, None), ("trois mille", 3000, 3000),
        ("más de mil", 1000, None), ("entre mil y dos mil", 1000, 2000), ("duemila", 2000, 2000),
        ("mais de duzentos", 200, None), ("meer dan duizend", 1000, None), ("över tusen", 1000, None),
        ("ponad tysiąc", 1000, None), ("полмиллиона", 500_000, 500_000), ("понад тисячу", 1000, None),
        ("أكثر من ألف", 1000, None), ("دو هزار نفر", 2000, 2000), ("binden fazla", 1000, None),
        ("du hezar", 2000, 2000), ("пять тысяч", 5000, 5000), ("более тысячи", 1000, None), ("300-nál több", 300, None),
        ("ji 300 kesan zêdetir", 300, None),
        ("200-nál kevesebb", None, 200),
    ],
)  # fmt: skip
def test_number_of_people_in_words_is_read(cell: str, low: int | None, high: int | None) -> None:
    event, notes = _event("Participants", cell)

    assert [(claim.low, claim.high) for claim in event.crowd] == [(low, high)]
    assert event.crowd[0].words in ("", cell)  # none next to a plain number
    assert notes == []


@pytest.mark.parametrize(
    "cell", ["several thousand", "a couple of hundred", "two to three hundred", "une centaine", "Million Mask March",
             "einige tausend", "hundreds", "tysiące", "тысячи",
             "zwei bis drei hundert", "ده ها هزار نفر", "صد ها نفر"],
)  # fmt: skip
def test_vague_number_of_people_stays_in_words(cell: str) -> None:
    event, _ = _event("Participants", cell)

    assert [(claim.low, claim.high, claim.words) for claim in event.crowd] == [(None, None, cell)]


@pytest.mark.parametrize(
    ("cell", "edtf", "precision"),
    [
        ("weekend of 1 October 2022", "2022-10-01/2022-10-02", "weekend"),
        ("Week-end du dimanche 2 octobre 2022", "2022-10-02", "day"),
        ("Wochenende vom 2. Oktober 2022", "2022-10-01/2022-10-02", "weekend"),
        ("fin de semana del 30 de septiembre de 2022", "2022-09-30/2022-10-02", "weekend"),
        ("helgen 1 oktober 2022", "2022-10-01/2022-10-02", "weekend"),
        ("weekend of 8 March 2023", "2023-03-06/2023-03-12", "week"),
        ("weekend of 8-9 October 2022", "2022-10-08/2022-10-09", "weekend"),
    ],
)
def test_weekend_named_by_a_day_is_the_weekend(cell: str, edtf: str, precision: str) -> None:
    event, _ = _event("Date", cell)

    assert (event.when.edtf, event.when.precision.value) == (edtf, precision)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("am Abend des 24. Februar 2022", "2022-02-24"), ("24. des. 2022", "2022-12-24"), ("8/out/22", "2022-10-08"),
        ("den 1/10 2022", "2022-10-01"), ("01/10/2022 à 14h30", "2022-10-01T14:30"),
        ("01/10/2022 ore 14", "2022-10-01T14:00"), ("01/10/2022 в 14:00", "2022-10-01T14:00"),
        ("2022-10-01 24:00", "2022-10-02T00:00"), ("3月3日(五) 2023", "2023-03-03"),
    ],
)  # fmt: skip
def test_words_of_a_language_decide_the_order_of_day_and_month(cell: str, day: str) -> None:
    event, _ = _event("Date", cell)

    at = event.when.start_time
    assert f"{event.when.start or ''}" + (f"T{at:%H:%M}" if at else "") == day


@pytest.mark.parametrize(
    ("cell", "start", "sentence"),
    [
        ("half acht 's avonds", "19:30", ""), ("18:00-tól 20:00-ig", "18:00", ""),
        ("18:00-ig", "", "This gives only an end."),
        ("18:00'e kadar", "", "This gives only an end."), ("18時まで", "", "This gives only an end."),
        ("6ish", "", "This may mean 06:00 or 18:00."), ("about 6", "", "This may mean 06:00 or 18:00."),
        ("18 Uhr 30", "18:30", ""), ("entre 18h et 20h", "18:00", ""), ("ganztägig", "", ""),
        ("midnight to 2am", "00:00", ""),
        ("6pm-ish", "18:00", "These words are left out: about."),
    ],
)  # fmt: skip
def test_end_alone_and_hour_without_half_of_day_are_no_start(cell: str, start: str, sentence: str) -> None:
    event, notes = _event("Time", cell)

    assert ("" if event.when.start_time is None else f"{event.when.start_time:%H:%M}") == start
    assert notes[:1] == ([f"Time: “{cell}”. {sentence}"] if sentence else [])


@pytest.mark.parametrize("cell", ["20:00 bis Mitternacht", "8pm till midnight", "20h à minuit", "kl. 20 til midnatt"])
def test_midnight_in_words_is_the_end_of_the_day(cell: str) -> None:
    event, notes = _event("Time", cell)

    assert (event.when.edtf, notes) == ("2023-03-05T20:00:00/2023-03-06T00:00:00", [])


def test_escaped_pipe_in_a_markdown_table_belongs_to_its_cell() -> None:
    lines = (
        "| Date | Place | Title | Participants |",
        "|---|---|---|---|",
        r"| 2022-09-17 | Oslo | Walk \| Run | 300 |",
    )
    event = read_events("\n".join(lines).encode()).events[0]

    assert (event.title, [claim.low for claim in event.crowd]) == ("Walk | Run", [300])


@pytest.mark.slow
def test_formula_without_a_stored_value_is_left_out_and_said() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["title", "date", "place", "crowd"])
    sheet.append(["Vigil", "2022-09-16", "Oslo, Norway", "=5*100"])
    sheet.append(["March", "=DATE(2022,9,17)", "Bergen, Norway", 40])
    sheet.append(["Rally", "2022-09-16", "Bodø, Norway", 50])
    content = io.BytesIO()
    book.save(content)

    reading = read_events(content.getvalue())

    assert [(event.title, event.when.edtf, [claim.low for claim in event.crowd]) for event in reading.events] == [
        ("Vigil", "2022-09-16", []),
        ("March", "", [40]),  # not the day of the rows around it
        ("Rally", "2022-09-16", [50]),
    ]
    (remark,) = reading.remarks
    assert str(remark).startswith("Cells with a formula but no stored value: 2, such as D2.")
