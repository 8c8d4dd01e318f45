"""Tables of researchers, event services and registers: parts of dates, durations, qualified headings, moved events."""

from __future__ import annotations

import pytest

from rallymap.events import Event, EventStatus, Place
from rallymap.intake.findings import NoteKind
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, read_events


def _read(content: str, **defaults: str) -> Reading:
    return read_events(content.encode(), ImportOptions(defaults), find_zone=lambda _place, _location: "Europe/Oslo")


def _when(event: Event) -> str:
    times = [f"{at:%H:%M}" for at in (event.when.start_time, event.when.end_time) if at is not None]
    return " ".join([event.when.edtf.partition("T")[0], *times])


def _fields(reading: Reading) -> dict[str, str]:
    return {column.heading: column.field for one in reading.tables for column in one.columns}


@pytest.mark.parametrize(
    ("header", "row", "when"),
    [
        ("startday,startmonth,startyear,endday,endmonth,endyear", "25,6,1990,27,6,1990", "1990-06-25/1990-06-27"),
        ("stday,stmo,styr,eday,emo,eyr", "7,7,1997,7,7,1997", "1997-07-07"),
        ("Start Day,Start Month,Start Year,End Day,End Month,End Year", "3,Jan,2014,.,.,.", "2014-01-03"),
        ("start_year,start_month,start_day", "2014,3,1", "2014-03-01"),
    ],
)
def test_columns_for_parts_of_the_first_and_last_day_are_read(header: str, row: str, when: str) -> None:
    (event,) = _read(f"city,title,{header}\nOslo,March,{row}\n").events

    assert _when(event) == when


def test_a_numeric_category_is_not_a_kind() -> None:
    reading = _read("date,location,participants_category\n2014-03-01,Oslo,50-99\n2014-03-02,Oslo,100-999\n")

    assert [(event.kind.value, [(c.low, c.high) for c in event.crowd]) for event in reading.events] == [
        ("rally", [(50, 99)]),
        ("rally", [(100, 999)]),
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "end"),
    [
        ("DURACIÓN", "2 horas", "21:30"),
        ("Durée", "1h30", "21:00"),
        ("Dauer", "90 Minuten", "21:00"),
        ("Dauer (Std.)", "1,5", "21:00"),
        ("duration", "PT1H45M", "21:15"),
        ("Czas trwania", "1 godz. 15 min", "20:45"),
        ("مدت", "۲ ساعت", "21:30"),
        ("所要時間", "2時間", "21:30"),
    ],
)
def test_a_duration_gives_the_end(heading: str, cell: str, end: str) -> None:
    (event,) = _read(f"date;start time;{heading};city;title\n2021-07-11;19:30;{cell};Oslo;Vigil\n").events

    assert _when(event) == f"2021-07-11 19:30 {end}"


@pytest.mark.parametrize("cell", ["3", "2 weeks", "48 hours", "long"])
def test_a_duration_that_says_no_time_of_one_day_is_kept(cell: str) -> None:
    reading = _read(f"date;start time;duration;city;title\n2021-07-11;19:30;{cell};Oslo;Vigil\n")

    assert [_when(event) for event in reading.events] == ["2021-07-11 19:30"]
    assert ("duration", cell) in [(n.column, n.value) for n in reading.rows[0].notes if n.kind is NoteKind.KEPT]


def test_a_word_before_town_and_country_does_not_make_them_a_venue() -> None:
    header = "Event Name,Event Date,Venue Name,Venue Address 1,Venue City,Venue State/Province,Venue Country"
    reading = _read(f"{header}\nVigil,2020-06-04,Chinese Consulate,1450 Laguna St,San Francisco,CA,US\n")

    assert _fields(reading)["Venue City"] == "city"
    (event,) = reading.events
    assert (event.place.text, event.place.country_hint) == ("San Francisco, CA", "US")
    assert event.place.venue == "Chinese Consulate, 1450 Laguna St"


def test_an_address_that_ends_with_a_country_is_the_place_of_a_named_venue() -> None:
    (event,) = _read(
        'Title,Date,Location,Address\nRally,2019-08-17,Chinese consulate,"Granville St 3380, Vancouver, Canada"\n'
    ).events

    assert (event.place.text, event.place.venue) == ("Granville St 3380, Vancouver, Canada", "Chinese consulate")


@pytest.mark.parametrize(
    ("remark", "status"),
    [
        ("Verplaatst van Spui", "held"),
        ("Verlegt auf den Marktplatz", "held"),
        ("Déplacé à la place Bellecour", "held"),
        ("перенесено на площу Ринок", "held"),
        ("Moved indoors", "held"),
        ("Verplaatst naar volgende week", "postponed"),
        ("Verlegt auf den 12. März", "postponed"),
        ("перенесено на травень", "postponed"),
        ("verplaatst", "postponed"),
        ("Niet doorgegaan", "cancelled"),
        ("zakazane", "cancelled"),
        ("не согласовано", "cancelled"),
        ("адменена", "cancelled"),
        ("não se realizou", "cancelled"),
    ],
)
def test_remarks_tell_another_place_from_another_day(remark: str, status: str) -> None:
    (event,) = _read(f"date;city;title;remarks\n2022-03-16;Oslo;Vigil;{remark}\n").events

    assert event.status is EventStatus(status)


@pytest.mark.parametrize(
    "row", ["Vigil,Oslo,12,скасовано через сніг", "Vigil,Oslo,0 (desconvocada),Aftenposten", "Vigil,Oslo,abgesagt,x"]
)
def test_an_event_is_cancelled_by_words_in_source_and_number_columns(row: str) -> None:
    (event,) = _read(f"title,city,participants,source,date\n{row},2023-02-26\nMarch,Oslo,5,x,2023-02-27\n").events[:1]

    assert event.status is EventStatus.CANCELLED


@pytest.mark.parametrize(
    "header",
    [
        "Назва акцыі;Дата;Час;Горад;Краіна;Месца збору;Колькасць людзей;Арганізатар;Спасылка",
        "აქცია;თარიღი;დრო;ქალაქი;ქვეყანა;ადგილი;მონაწილეთა რაოდენობა;ორგანიზატორი;ბმული",
        "Միջոցառում;Ամսաթիվ;Ժամ;Քաղաք;Երկիր;Վայր;Մասնակիցների թիվը;Կազմակերպիչ;Հղում",
        "Renginys;Data;Laikas;Miestas;Šalis;Vieta;Dalyvių skaičius;Organizatorius;Nuoroda",
        "Pasākums;Datums;Laiks;Pilsēta;Valsts;Vieta;Dalībnieku skaits;Organizators;Saite",
        "Üritus;Kuupäev;Kellaaeg;Linn;Riik;Koht;Osalejate arv;Korraldaja;Allikas",
        "Acte;Data;Hora d'inici;Ciutat;País;Lloc;Assistents;Organitza;Enllaç",
        "Скуп;Датум;Време;Град;Држава;Место;Број учесника;Организатор;Линк",
    ],
)
def test_headings_of_more_languages_are_read(header: str) -> None:
    text = f"{header}\nVigil;2021-08-09;18:00;Oslo;NO;Torget;600;Group;https://example.org/1\n"
    (event,) = _read(text).events

    assert (event.title, _when(event), event.place.text, event.place.country_hint, event.place.venue) == (
        "Vigil", "2021-08-09 18:00", "Oslo", "NO", "Torget",
    )  # fmt: skip
    assert ([c.low for c in event.crowd], event.organisers) == ([600], ("Group",))
    assert [source.url for source in event.sources] == ["https://example.org/1"]


def test_the_social_conflict_database_names_towns_in_a_separate_column() -> None:
    from rallymap.intake.presets import preset_for

    header = "eventid,countryname,startdate,enddate,etype,npart,elocal,issuenote,nsource,latitude,longitude"
    preset = preset_for(header.split(","))
    assert preset is not None
    row = "1,Nigeria,1990-04-10,1990-04-12,1,4,Lagos,Protest against fees,AP,6.45,3.39"
    (event,) = read_events(f"{header}\n{row}\n".encode(), preset[1]).events

    assert (event.title, event.when.edtf, event.place.text) == (
        "Protest against fees", "1990-04-10/1990-04-12", "Lagos",
    )  # fmt: skip
    assert (event.place.country_hint, event.crowd) == ("NG", ())


def test_hours_and_minutes_around_an_apostrophe_are_one_time() -> None:
    (event,) = _read("fecha;hora;ciudad;título\n17/07/2021;12'30;Oslo;Acto\n").events

    assert _when(event) == "2021-07-17 12:30"


@pytest.mark.parametrize(
    ("cell", "low"),
    [
        ("20 אלף", 20_000), ("כ-3 אלף", 3000), ("5 พัน", 5000), ("2 แสน", 200_000), ("5 हज़ार", 5000),
        ("5 ہزار", 5000), ("5 ათასი", 5000), ("5 հազար", 5000), ("5 хиљада", 5000), ("5 milers", 5000),
        ("5 tis.", 5000), ("5 T", None), ("5 ကျော်", None),
    ],
)  # fmt: skip
def test_thousands_of_more_languages_are_counted(cell: str, low: int | None) -> None:
    (event,) = _read(f"date;city;title;participants\n2023-01-07;Oslo;Vigil;{cell}\n").events

    assert [claim.low for claim in event.crowd] == [low]


def test_days_of_reception_are_not_those_of_the_events() -> None:
    reading = _read(
        "Date de réception;Manifestation du;De;À;Lieu;Thème;Participants annoncés;Participants (police);Préavis\n"
        "10.01.2023;sa 21.01.2023;14h00;16h30;Oslo;Femmes;300;env. 450;Favorable\n"
        "12.01.2023;di 22.01.2023;11h00;12h00;Oslo;Afrin;50;;Retirée par le requérant\n"
    )

    assert [(_when(event), event.status.value, [c.low for c in event.crowd]) for event in reading.events] == [
        ("2023-01-21 14:00 16:30", "confirmed", [300, 450]),
        ("2023-01-22 11:00 12:00", "cancelled", [50]),
    ]


def test_time_stamps_of_start_and_end_are_dates() -> None:
    text = '[{"name": "A", "start_timestamp": 1565967600, "end_timestamp": 1565978400, "create_timestamp": 1565000000},'
    text += ' {"name": "B", "start_timestamp": 1567389600, "end_timestamp": 0, "create_timestamp": 1566000000}]'

    assert [_when(event) for event in _read(text, place="Oslo, Norway").events] == [
        "2019-08-16 17:00 20:00",
        "2019-09-02 04:00",
    ]


def test_towns_and_countries_below_a_strange_heading_are_the_towns() -> None:
    text = "Regional SFT chapter;Assembly point;March to\nZürich, Switzerland;Helvetiaplatz;Bürkliplatz\n"
    reading = _read(f"{text}Toronto, Canada;Queen's Park;\n", date="2024-03-10")

    assert [(event.place.text, event.place.venue) for event in reading.events] == [
        ("Zürich, Switzerland", "Helvetiaplatz"),
        ("Toronto, Canada", "Queen's Park"),
    ]


def test_headings_of_japanese_registers_are_read() -> None:
    text = "開催日,イベント,会場,参加者（主催者発表）,参加者（警察発表）\n2022-03-06,平和行進,Oslo,300名,200名\n"
    (event,) = _read(text).events

    assert event.title == "平和行進"
    assert [(claim.low, claim.by) for claim in event.crowd] == [(200, "police"), (300, "organisers")]


def test_the_venue_gives_the_time_zone_if_the_town_is_unknown() -> None:
    def zone_of(place: Place, _location: object) -> str:
        return "America/Chicago" if "St. Paul" in place.venue else ""

    text = 'date,city,venue,time\n2024-03-10,"Minnesota, USA","State Capitol, St. Paul",9:30 AM\n'
    (event,) = read_events(text.encode(), find_zone=zone_of).events

    assert (_when(event), event.when.zone) == ("2024-03-10 09:30", "America/Chicago")


def test_a_row_for_a_year_without_a_protest_is_not_an_event() -> None:
    head = "country,year,protest,startday,startmonth,startyear,location,participants\n"
    reading = _read(f"{head}Norway,1990,1,15,1,1990,Oslo,100\nNorway,1991,0,,,,,\nNorway,1992,0,.,.,.,.,.\n")
    assert [_when(event) for event in reading.events] == ["1990-01-15"]
    assert [row.reason for row in reading.rows[1:]] == ["This row says that nothing happened."] * 2
