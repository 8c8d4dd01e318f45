"""Tables with words, orders and layouts that were not read before: coordinates, routes, moments, regions, countries."""

from __future__ import annotations

from pathlib import Path

import pytest

from rallymap.countries import read_country_code
from rallymap.errors import IntakeError
from rallymap.events import Event, EventStatus, Kind
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading, read_events
from tests.intake.tables_with_places import read
from tests.intake.workbooks import workbook

pytestmark = pytest.mark.slow


def _point(event: Event) -> tuple[float, float] | None:
    return (event.location.lat, event.location.lon) if event.location is not None else None


def _notes(reading: Reading, row: int = 0) -> list[str]:
    return [note.reason for note in reading.rows[row].notes if note.kind is not NoteKind.KEPT]


@pytest.mark.parametrize("heading", ["coordinates", "geo", "position"])
def test_the_towns_of_a_column_decide_that_its_pairs_have_the_longitude_first(heading: str) -> None:
    reading = read(f"title;date;town;{heading}\nA;2022-03-05;Berlin;[13.405, 52.52]\nB;2022-03-06;;[2.3522, 48.8566]\n")

    assert [_point(event) for event in reading.events] == [(52.52, 13.405), (48.8566, 2.3522)]
    assert _notes(reading) == ["This is read with the longitude first. In this order the points fit the places."]


def test_pairs_that_fit_their_towns_as_given_have_no_note() -> None:
    reading = read('[{"title":"A","date":"2022-03-05","city":"Oslo","position":[59.9127,10.7461]}]')

    assert _point(reading.events[0]) == (59.9127, 10.7461)
    assert not _notes(reading)


def test_pairs_whose_rows_disagree_are_left_to_a_person() -> None:
    reading = read("title;date;town;coordinates\nA;2022-03-05;Berlin;13.405, 52.52\nB;2022-03-06;Oslo;59.91, 10.75\n")

    assert [_point(event) for event in reading.events] == [None, None]
    assert [row.doubted_point for row in reading.rows] == [(13.405, 52.52), (59.91, 10.75)]
    assert _notes(reading) == ["Latitude and longitude look swapped in these columns."]


@pytest.mark.parametrize(
    ("title", "town", "points"),
    [
        ("Corteo da Piazza Navona a Piazza del Popolo", "Roma", ["Piazza Navona", "Piazza del Popolo"]),
        ("March from Hyde Park to Trafalgar Square", "London", ["Hyde Park", "Trafalgar Square"]),
        ("Aufzug vom Heumarkt zum Rudolfplatz", "Köln", ["Heumarkt", "Rudolfplatz"]),
        ("Marche de la place de la République à la Nation", "Paris", ["place de la République", "Nation"]),
        ("Марш от Пушкинской площади до проспекта Сахарова", "Москва", ["Пушкинской площади", "проспекта Сахарова"]),
        ("Marsch vom Reden zum Handeln", "Köln", []),
        ("March from Hope to Justice", "London", []),
        ("Kundgebung vom Heumarkt zum Rudolfplatz", "Köln", []),
    ],
)
def test_a_march_with_its_way_in_the_title_gets_a_route(title: str, town: str, points: list[str]) -> None:
    reading = read(f"Date,City,Event\n2022-03-12,{town},{title}\n")

    (event,) = reading.events
    assert [point.text for point in event.route] == points
    assert event.place.venue == (points[0] if points else "")
    assert bool(_notes(reading)) == bool(points)


@pytest.mark.parametrize(
    "place", ["from Hyde Park to Trafalgar Square", "Corteo da Hyde Park a Trafalgar Square", "von Hyde Park nach Soho"]
)
def test_a_place_that_is_a_way_is_a_march_with_a_route(place: str) -> None:
    (event,) = read(f"Date,City,Place,Event\n2022-03-12,London,{place},For peace\n").events

    assert (event.kind, event.route[0].text) == (Kind.MARCH, "Hyde Park")


@pytest.mark.parametrize(
    "when",
    [
        "05.04.2023 22:00 - 06.04.2023 01:00",
        "2023-04-05T22:00/2023-04-06T01:00",
        "5 April 2023, 10pm until 6 April 2023, 1am",
        "05.04.2023, 22:00 Uhr – 06.04.2023, 01:00 Uhr",
    ],
)
def test_two_days_with_their_own_times_are_one_event_with_both(when: str) -> None:
    reading = read(f"Datum;Ort;Thema\n{when};Berlin;Nachtwache\n")

    assert reading.events[0].when.edtf == "2023-04-05T22:00:00/2023-04-06T01:00:00"
    assert not _notes(reading)


def test_a_time_of_several_days_stays_a_note() -> None:
    reading = read("Datum;Ort;Thema\n05.-06.04.2023 14:00 - 18:00;Berlin;Camp\n")

    assert reading.events[0].when.edtf == "2023-04-05/2023-04-06"
    assert _notes(reading) == ["A time of day needs a date of one day."]


@pytest.mark.parametrize(
    ("headings", "first", "last", "edtf"),
    [
        ("Zeitraum von;Zeitraum bis", "März 2022", "Mai 2022", "2022-03/2022-05"),
        ("Date from;Date to", "March 2021", "summer 2021", "2021-03/2021-08"),
        ("Data dal;Data al", "05/03/2022", "13/03/2022", "2022-03-05/2022-03-13"),
        ("Дата с;Дата по", "05.03.2022", "06.03.2022", "2022-03-05/2022-03-06"),
    ],
)
def test_columns_of_first_and_last_days_are_read_by_words_for_from_and_to(
    headings: str, first: str, last: str, edtf: str
) -> None:
    (event,) = read(f"{headings};City;Title\n{first};{last};Bonn;Camp\n").events

    assert event.when.edtf == edtf


def test_an_unknown_region_is_left_out_with_a_note_if_the_town_is_known() -> None:
    reading = read(
        "Date,Title,City,Region,Country\n2022-03-05,A,Lyon,Zone Sud-Est,France\n2022-03-06,B,Toledo,Ohio,Spain\n"
        "2022-03-06,C,Mannheim,Baden-Württemberg,Germany\n"
    )

    assert [event.place.text for event in reading.events] == ["Lyon", "Toledo, Ohio", "Mannheim, Baden-Württemberg"]
    assert [_notes(reading, row) for row in range(3)] == [
        ["This region is not known. Only the town is kept."],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Republik Korea", "KR"), ("Nordirland", "GB"), ("Tschechei", "CZ"), ("ČR", "CZ"), ("VR China", "CN"),
        ("Republik China", "TW"), ("DVRK", "KP"), ("Pays de Galles", "GB"), ("Российская Федерация", "RU"),
        ("Confédération suisse", "CH"), ("Persien", "IR"), ("スコットランド", "GB"),
        ("ЗША", "US"), ("Santa Sede", "VA"),
    ],
)  # fmt: skip
def test_everyday_and_official_names_of_countries(name: str, code: str) -> None:
    assert read_country_code(name) == code


def test_markdown_signs_and_text_formulas_are_no_part_of_texts() -> None:
    markdown = read(
        "| Datum | Ort | Titel |\n|---|---|---|\n| **05.03.2022** | _Bonn_ | **Mahnwache** für `Frieden` |\n"
        "| 06.03.2022 | Bonn | Demo der Schüler*innen und Lehrer*innen |\n"
    )
    formulas = read('"=""Date""","=""City""","=""Event"""\n="05.03.2022",="Köln","=""Demo """"jetzt"""""""\n')

    assert [(event.title, event.place.text) for event in (*markdown.events, *formulas.events)] == [
        ("Mahnwache für Frieden", "Bonn"),
        ("Demo der Schüler*innen und Lehrer*innen", "Bonn"),
        ('Demo "jetzt"', "Köln"),
    ]


def test_flag_templates_before_towns_give_their_country() -> None:
    reading = read(
        '{| class="wikitable"\n! Date !! Place !! Title\n|-\n| 24 February 2022 || {{flag|Norway}} [[Oslo]] || A\n|-\n'
        "| 27 February 2022 || {{NOR}} [[Bergen]] || B\n|-\n| 28 February 2022 || {{flag|Norway}} || C\n|}\n"
    )

    assert [(event.place.text, event.place.country_hint) for event in reading.events] == [
        ("Oslo", "NO"), ("Bergen", "NO"), ("Norway", ""),
    ]  # fmt: skip


def test_columns_of_hours_and_minutes_are_one_time_and_no_number_of_people() -> None:
    reading = read("Day,Month,Year,Hour,Min,Town,Event,Crowd\n5,3,2022,14,0,Vienna,Rally,500\n6,3,2022,9,30,Graz,B,\n")

    assert [(event.when.edtf, [one.low for one in event.crowd]) for event in reading.events] == [
        ("2022-03-05T14:00:00", [500]),
        ("2022-03-06T09:30:00", []),
    ]


def test_venues_that_many_towns_have_do_not_keep_the_town_of_the_file_away(tmp_path: Path) -> None:
    file = tmp_path / "freiburg_2021.csv"
    file.write_text("Datum,Bez.,Str.,Teiln.\n01.05.,Tag der Arbeit,Rathausplatz,1.200\n08.05.,Frieden,Ring,60\n")
    reading = read(file)

    assert [(event.place.text, event.place.venue, event.title) for event in reading.events] == [
        ("Freiburg", "Rathausplatz", "Tag der Arbeit"),
        ("Freiburg", "Ring", "Frieden"),
    ]


def test_lines_of_text_that_begin_with_a_day_and_an_hour_are_events() -> None:
    reading = read(
        "Termine im März 2022\n\nSa 05.03. 14 Uhr Berlin, Brandenburger Tor: Großdemo\n"
        "So 06.03. 15 Uhr Köln, Chlodwigplatz: Mahnwache\n"
    )

    assert [(event.when.edtf, event.place.text) for event in reading.events] == [
        ("2022-03-05T14:00:00", "Berlin"),
        ("2022-03-06T15:00:00", "Köln"),
    ]


@pytest.mark.parametrize(
    ("table", "kind", "status"),
    [
        ("Dátum;Város;Jelleg;Állapot\n2022. március 5.;Szeged;felvonulás;megtartották", Kind.MARCH, EventStatus.HELD),
        ("Päivä;Kaupunki;Muoto;Tila\n5.3.2022;Turku;kulkue;peruuntui", Kind.MARCH, EventStatus.CANCELLED),
        ("Ημ/νία;Πόλη;Είδος;Κατάσταση\n5/3/2022;Αθήνα;αγρυπνία;ματαιώθηκε", Kind.VIGIL, EventStatus.CANCELLED),
        ("날짜;도시;형태;상태\n2022년 3월 5일;서울;추모제;개최됨", Kind.VIGIL, EventStatus.HELD),
        ("日付;都市;形態;状況\n2022年3月5日;東京;パレード;延期になった", Kind.MARCH, EventStatus.POSTPONED),
        ("Дата;Горад;Від;Стан\n5 сакавіка 2022;Вільня;шэсце;адменена", Kind.MARCH, EventStatus.CANCELLED),
        ("Data;Orașul;Tip;Stadiu\n5 martie 2022;Cluj-Napoca;veghe;s-a desfășurat", Kind.VIGIL, EventStatus.HELD),
        ("Roj;Bajar;Cure;Rewş\n05/03/2022;Berlîn;meş;hat paşxistin", Kind.MARCH, EventStatus.POSTPONED),
        ("תאריך;עיר;סוג;סטטוס\n5.3.2022;חיפה;תהלוכה;נדחתה", Kind.MARCH, EventStatus.POSTPONED),
        ("Datum;Město;Druh akce;Stav\n5. 3. 2022;Brno;lampionový průvod;neproběhlo", Kind.MARCH, EventStatus.CANCELLED),
    ],
)
def test_kinds_and_statuses_in_more_languages(table: str, kind: Kind, status: EventStatus) -> None:
    (event,) = read(table + "\n").events

    assert (event.kind, event.status, event.when.edtf) == (kind, status, "2022-03-05")


@pytest.mark.parametrize("heading", ["Police deployed", "Polizei im Einsatz", "Policiers mobilisés", "Arrests"])
def test_numbers_of_police_and_of_arrested_people_are_no_crowd(heading: str) -> None:
    reading = read(f"Date,City,Event,{heading}\n2024-05-01,Paris,March,500\n2024-05-02,Lyon,Rally,300\n")

    assert [event.crowd for event in reading.events] == [(), ()]


def test_a_number_by_the_organiser_in_brackets_of_a_heading_names_who_gave_it() -> None:
    (event,) = read("Dato;By;Demo;Antal (politi);Antal (arrangør)\n5/3-2022;Aarhus;A;ca. 3000;5-6000\n").events

    assert {(one.by, one.low, one.high) for one in event.crowd} == {
        ("police", 3000, 3000),
        ("organisers", 5000, 6000),
    }


def test_ends_of_chinese_headings_give_their_meaning() -> None:
    (event,) = read("活動日期,縣市,集合地點,預估人數\n2022/03/06,臺北市,自由廣場,約1000人\n").events

    assert (event.place.text, event.place.venue, event.crowd[0].low) == ("臺北市", "自由廣場", 1000)


def test_a_meeting_point_next_to_a_destination_is_the_start_of_the_route() -> None:
    (event,) = read("Fecha,Ciudad,Punto de reunión,Destino\n08/03/2023,Madrid,Atocha,Sol\n").events

    assert [point.text for point in event.route] == ["Atocha", "Sol"]


def test_the_first_row_of_a_table_without_headings_is_an_event() -> None:
    reading = read(
        "<table><tr><td>ore 15, 5 marzo 2022</td><td>Torino, Piazza Castello</td><td>Presidio</td></tr>"
        "<tr><td>ore 18, 6 marzo 2022</td><td>Milano, Arco della Pace</td><td>Fiaccolata</td></tr></table>"
    )

    assert [(event.title, event.when.edtf) for event in reading.events] == [
        ("Presidio", "2022-03-05T15:00:00"),
        ("Fiaccolata", "2022-03-06T18:00:00"),
    ]


def test_towns_in_two_languages_are_not_replaced_by_the_town_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "brussels.csv"
    file.write_text("Date,Lieu,Manifestation\n06/03/2022,Brussel/Bruxelles,A\n13/03/2022,Antwerpen/Anvers,B\n")

    assert [event.place.text.partition("/")[0] for event in read(file).events] == ["Brussel", "Antwerpen"]


def test_an_address_with_its_town_is_the_place_of_a_named_venue() -> None:
    (event,) = read(
        '[{"title":"A","start":"2022-03-05","place":{"name":"XM24","address":"Via Fioravanti 24, Bologna"}}]'
    ).events

    assert (event.place.text, event.place.venue) == ("Via Fioravanti 24, Bologna", "XM24")


def test_a_record_with_too_many_days_is_refused() -> None:
    days = '{"value":"2023-04-01","end_value":"2023-04-02"},' * 1001

    with pytest.raises(IntakeError, match="more than 1000 dates"):
        read(f'[{{"title":"x","field_when":[{days[:-1]}]}}]')


def test_days_below_a_sheet_named_after_an_iranian_month_are_converted_with_a_note() -> None:
    content = workbook(("آبان ۱۴۰۱", [["روز", "شهر", "عنوان"], ["۷", "لندن", "تجمع"], ["۸", "برلین", "راهپیمایی"]]))
    reading = read_events(content)

    assert [event.when.edtf for event in reading.events] == ["2022-10-29", "2022-10-30"]
    assert _notes(reading) == ["In our calendar this is 2022-10-29."]


def test_kinds_below_a_heading_for_the_way_to_take_part_are_kinds() -> None:
    reading = read("Fecha,Ciudad,Modalidad\n08/03/2023,Madrid,Marcha\n09/03/2023,Sevilla,Vigilia\n")

    assert [event.kind for event in reading.events] == [Kind.MARCH, Kind.VIGIL]


def test_short_words_for_from_and_to_in_paths_are_start_and_end() -> None:
    (event,) = read(
        '[{"nazwa":"A","termin":{"od":"2023-05-14T12:00:00+02:00","do":"2023-05-14T15:00:00+02:00"},"miasto":"Kraków"}]'
    ).events

    assert event.when.edtf == "2023-05-14T12:00:00/2023-05-14T15:00:00"


def test_a_second_heading_without_meaning_of_its_own_belongs_to_the_group_before_it() -> None:
    content = workbook(
        (
            "Liste",
            [
                ["Nr.", "Versammlung", "", "Ort", "Teilnehmende", ""],
                ["", "Datum", "Thema", "Gemeinde", "angemeldet", "geschätzt"],
                [1, "05.03.2022", "Frieden", "Jena", 100, 150],
            ],
        )
    )

    assert [(one.low, one.is_expected) for one in read_events(content).events[0].crowd] == [(150, False)]


def test_the_day_in_the_title_of_a_list_applies_to_its_lines() -> None:
    reading = read(
        "GLOBAL RALLY FOR UKRAINE – Saturday 24 February 2024\n\n🇦🇺 Sydney – 11:30am – Martin Place\n"
        "🇨🇦 Toronto – 1:00 PM – Nathan Phillips Square\n"
    )

    assert [(event.when.edtf, event.place.text) for event in reading.events] == [
        ("2024-02-24T11:30:00", "Sydney"),
        ("2024-02-24T13:00:00", "Toronto"),
    ]
