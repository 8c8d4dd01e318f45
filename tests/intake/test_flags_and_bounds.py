"""Flags before towns, bounds of crowd sizes in many languages, bilingual headings, a second calendar."""

from __future__ import annotations

import json

import pytest

from rallymap.errors import IntakeError
from rallymap.events import Place
from rallymap.intake.cells.crowds import read_crowd
from rallymap.intake.reading import Reading, open_file, read_events

_ZONES = {
    ("London", ""): "Europe/London", ("London", "CA"): "America/Toronto", ("Köln", "DE"): "Europe/Berlin",
    ("Berlin", ""): "Europe/Berlin", ("Tbilisi", "GE"): "Asia/Tbilisi", ("Oslo", ""): "Europe/Oslo",
}  # fmt: skip


def _zone(place: Place, location: object) -> str:
    del location
    return _ZONES.get((place.text, place.country_hint), "")


def _read(content: str) -> Reading:
    return read_events(content.encode(), find_zone=_zone)


def test_flags_that_agree_with_the_towns_are_their_countries() -> None:
    reading = _read(
        "| Where | When |\n|:-:|:--|\n| 🇨🇦 London | 1.10.2022 |\n"
        "| 🇩🇪 **Köln** | 2.10.2022 |\n| 🇬🇪 Tbilisi | 3.10.2022 |\n"
    )

    assert [(event.place.text, event.place.country_hint) for event in reading.events] == [
        ("London", "CA"), ("Köln", "DE"), ("Tbilisi", "GE"),
    ]  # fmt: skip


def test_flags_of_the_people_do_not_determine_the_country() -> None:
    reading = _read("Where,When\n🇺🇦 London,1.10.2022\n🇮🇷 Berlin,2.10.2022\n🇧🇾 Oslo,15.10.2022\n")

    assert [(event.place.text, event.place.country_hint) for event in reading.events] == [
        ("London", ""), ("Berlin", ""), ("Oslo", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    "не менее 50;більше 50;más de 50;al menos 50;pas moins de 50;nicht weniger als 50;no less than 50;co najmniej 50;"
    "بیش از 50;حداقل 50;أكثر من 50;en az 50;50'den fazla;超过50人;50人以上;50 und mehr;50 ou plus;"
    "50 people or more;50+;+ de 50;>50".split(";"),
)
def test_lower_bounds(cell: str) -> None:
    read = read_crowd(cell)
    assert (read.low, read.high, read.remark) == (50, None, "")


@pytest.mark.parametrize(
    "cell",
    "менее 50;не более 50;не більше 50;meno di 50;no más de 50;moins de 50;pas plus de 50;weniger als 50;"
    "nicht mehr als 50;mindre än 50;nie więcej niż 50;not more than 50;fewer than 50;کمتر از 50;"
    "حداکثر 50;أقل من 50;en fazla 50;50'den az;"
    "不到50人;50人以下;au plus 50;up to 50;<50".split(";"),
)
def test_upper_bounds(cell: str) -> None:
    read = read_crowd(cell)
    assert (read.low, read.high, read.remark) == (None, 50, "")


def test_words_that_are_not_bounds() -> None:
    cells = ("más o menos 50", "+/- 50", "50 +/-", "3 тысячи")
    assert [(read_crowd(cell).low, read_crowd(cell).high) for cell in cells] == [
        (50, 50), (50, 50), (50, 50), (3000, 3000),
    ]  # fmt: skip
    assert (read_crowd("10,000s").low, read_crowd("10,000s").words) == (None, "10,000s")


def test_a_bilingual_heading_has_the_common_meaning() -> None:
    (event, _) = _read(
        "Date / Datum;Thème / Thema;Ville / Stad;Nombre / Aantal\n27/02/2022;Manifestation;Oslo;3.000\n"
        "28/02/2022;Wake;Oslo;plusieurs centaines\n"
    ).events

    assert (event.title, event.place.text, event.crowd[0].low) == ("Manifestation", "Oslo", 3000)


def test_the_islamic_date_is_used_if_the_gregorian_one_is_empty() -> None:
    reading = _read("العنوان,التاريخ الهجري,التاريخ الميلادي\nوقفة,12 رمضان 1444,03/04/2023\nمسيرة,1445/03/15,\n")

    assert [event.when.edtf for event in reading.events] == ["2023-04-03", "2023-09-30"]


def test_messages_of_a_channel_are_refused() -> None:
    message = {"id": 1, "type": "message", "date": "2022-08-09T10:00:00", "from": "X", "text": "Rally at 18:00"}
    with pytest.raises(IntakeError, match="export of a chat"):
        open_file(json.dumps({"name": "Channel", "messages": [message]}).encode())


def test_numbers_and_tags_of_a_record_are_not_titles() -> None:
    tags = [{"name": "country:SE"}, {"name": "iran"}]
    records = [
        {"Event": {"id": str(day), "info": f"Rally {day}", "date": f"2022-12-{day}", "Tag": tags}} for day in (11, 12)
    ]
    reading = _read(json.dumps({"response": records}))

    assert all(not column.field.startswith("title:") for table in reading.tables for column in table.columns)
    assert [(event.title, event.when.edtf) for event in reading.events] == [
        ("Rally 11", "2022-12-11"), ("Rally 12", "2022-12-12"),
    ]  # fmt: skip
    assert [event.topics for event in reading.events] == [("country:SE", "iran")] * 2
