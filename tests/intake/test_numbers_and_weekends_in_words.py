"""Numbers of people in words, weekends named by a day, and words of a language that decide how a value is read."""

from __future__ import annotations

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
        ("du hezar", 2000, 2000),
    ],
)  # fmt: skip
def test_number_of_people_in_words_is_read(cell: str, low: int, high: int | None) -> None:
    event, notes = _event("Participants", cell)

    assert [(claim.low, claim.high) for claim in event.crowd] == [(low, high)]
    assert event.crowd[0].words in ("", cell)  # none next to a plain number
    assert notes == []


@pytest.mark.parametrize(
    "cell", ["several thousand", "a couple of hundred", "two to three hundred", "une centaine", "Million Mask March",
             "einige tausend", "hundreds"],
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
        ("01/10/2022 ore 14", "2022-10-01T14:00"), ("01/10/2022 в 14:00", "2022-10-01T14:00"), ("01/10/2022", ""),
        ("2022-10-01 24:00", "2022-10-02T00:00"),
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
        ("6pm-ish", "18:00", "These words are left out: about."),
    ],
)  # fmt: skip
def test_end_alone_and_hour_without_half_of_day_are_no_start(cell: str, start: str, sentence: str) -> None:
    event, notes = _event("Time", cell)

    assert ("" if event.when.start_time is None else f"{event.when.start_time:%H:%M}") == start
    assert notes[:1] == ([f"Time: “{cell}”. {sentence}"] if sentence else [])
