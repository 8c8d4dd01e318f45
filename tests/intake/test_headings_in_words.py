"""Headings of several words, headings between rows, and tables that give the day by week or under a month."""

from __future__ import annotations

import io

import openpyxl
import pytest

from rallymap.events import AttendanceMode, Event, EventStatus, Kind, Place
from rallymap.intake.inspection import inspect_tables
from rallymap.intake.options import ImportOptions
from rallymap.intake.presets import preset_for
from rallymap.intake.reading import Reading, open_file, read_events

_TOWNS = {"Berlin", "Hamburg", "Oslo", "London", "Paris", "Jena", "Erfurt", "Göteborg", "Malmö", "Kraków"}


def _zone(place: Place, location: object) -> str:
    del location
    return "Europe/Berlin" if (place.text or place.venue).split(",")[0] in _TOWNS else ""


def _read(content: str | bytes, options: ImportOptions | None = None) -> Reading:
    return read_events(content if isinstance(content, bytes) else content.encode(), options, find_zone=_zone)


def _fields(reading: Reading) -> dict[str, str]:
    return {column.heading: column.field for table in reading.tables for column in table.columns}


def _days(reading: Reading) -> list[tuple[str, str]]:
    return [(event.when.edtf, event.place.text) for event in reading.events]


def _crowd(event: Event) -> tuple[int | None, int | None, str]:
    return event.crowd[0].low, event.crowd[0].high, event.crowd[0].by


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Час початку", "Час завершення"),
        ("Godzina od", "Godzina do"),
        ("od godz.", "do godz."),
        ("Zeit von", "Zeit bis"),
        ("Hora de comienzo", "Hora (término)"),
        ("Klockslag start", "Klockslag slut"),
        ("время (с)", "время (до)"),
    ],
)
def test_a_heading_for_a_time_says_start_or_end(first: str, last: str) -> None:
    (event,) = _read(f"Date;City;{first};{last}\n2023-01-05;Oslo;12:00;13:30\n").events

    assert event.when.edtf == "2023-01-05T12:00:00/2023-01-05T13:30:00"


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("Turnout (low)", "Turnout (high)"),
        ("Asistentes (mín.)", "Asistentes (máx.)"),
        ("Teilnehmer von", "Teilnehmer bis"),
        ("min. deelnemers", "max. deelnemers"),
    ],
)
def test_headings_for_the_lowest_and_highest_number(low: str, high: str) -> None:
    both, least = _read(f"Date,City,{low},{high}\n2022-11-12,Oslo,200,300\n2022-12-03,Oslo,40,\n").events

    assert (_crowd(both), _crowd(least)) == ((200, 300, ""), (40, None, ""))


@pytest.mark.parametrize(
    ("registered", "counted"), [("Nb déclaré", "Nb constaté"), ("Anz. angemeldet", "Anz. tatsächlich")]
)
def test_registers_omit_the_noun_of_their_counts(registered: str, counted: str) -> None:
    first, second = _read(
        f"Date;City;{registered};{counted}\n2023-02-04;Paris;2 000;1 350\n2023-02-07;Paris;80;\n"
    ).events

    assert (_crowd(first), _crowd(second)) == ((1350, 1350, ""), (80, 80, "registered"))


@pytest.mark.parametrize(
    ("record", "event"),
    [
        ("Fecha entrada", "Fecha manifestación"),
        ("Date of receipt", "Date of demonstration"),
        ("Datum Bescheid", "Datum der Kundgebung"),
        ("Data wpływu", "Data manifestacji"),
        ("Дата публикации", "Дата митинга"),
        ("posted date", "date"),
    ],
)
def test_the_date_of_a_record_is_not_that_of_the_event(record: str, event: str) -> None:
    (read,) = _read(f"{record};{event};City\n10/02/2023;25/02/2023;Oslo\n").events

    assert read.when.edtf == "2023-02-25"


def test_the_first_and_the_last_day_of_a_protest_stay_two() -> None:
    (read,) = _read("Data_de_Inicio_do_protesto,Cidade,Data_termino_do_protesto\n2014-04-03,Oslo,2014-04-17\n").events

    assert read.when.edtf == "2014-04-03/2014-04-17"


@pytest.mark.parametrize("heading", ["Approx nos", "Nº estimado", "Antall deltagere", "Broj sudionika"])
def test_a_column_called_number_counts_people(heading: str) -> None:
    (read,) = _read(f"Date;City;{heading}\n2023-02-25;Oslo;250\n").events

    assert _crowd(read) == (250, 250, "")


def test_the_police_of_norway_count() -> None:
    (read,) = _read("Dato;By;Antall (politiets anslag)\n2023-02-25;Oslo;250\n").events

    assert _crowd(read) == (250, 250, "police")


def test_who_counted_is_read_in_brackets_after_each_number() -> None:
    (read,) = _read('Datum;Stad;Aantal\n10/10/2021;Oslo;"25.000 (politie), 50.000 (organisatie)"\n').events

    assert [(claim.low, claim.by) for claim in read.crowd] == [(25_000, "police"), (50_000, "organisers")]


def test_a_venue_and_a_town_qualified_by_the_same_word() -> None:
    (read,) = _read("title,start_date,location_venue,location_locality\nA,2023-02-19,City Hall,Oslo\n").events

    assert (read.place.venue, read.place.text) == ("City Hall", "Oslo")


def test_the_year_of_a_column_is_that_of_dates_without_one() -> None:
    reading = _read(
        'Year,Date,City\n2022,Sept. 24-25,Oslo\n2022,"Saturday, Oct. 1, at noon",Paris\n'
        '2021,"Dec 31, 11:30 p.m.",London\n2021,5 May 2020,Oslo\n'
    )

    assert [event.when.edtf for event in reading.events] == [
        "2022-09-24/2022-09-25",
        "2022-10-01T12:00:00",
        "2021-12-31T23:30:00",
        "2020-05-05",
    ]


def test_a_table_without_headings_has_places_and_titles() -> None:
    reading = _read(
        "12.03.2022\t14:00\tBerlin, Brandenburger Tor\tKundgebung gegen den Krieg\n"
        "13.03.2022\t15:30\tHamburg, Rathausmarkt\tFriedensgebet\n"
    )

    assert [(event.title, event.place.text) for event in reading.events] == [
        ("Kundgebung gegen den Krieg", "Berlin, Brandenburger Tor"),
        ("Friedensgebet", "Hamburg, Rathausmarkt"),
    ]


def test_a_span_of_days_or_a_month_in_words_means_day_first() -> None:
    span = _read("Date,City\n7-8/05/2022,Oslo\n3/4/2022,Paris\n")
    words = _read("Date,City\n1er mai 2022,Oslo\n3/4/2022,Paris\n")
    english = _read("Date,City\n1 May 2022,Abc\n3/4/2022,Def\n")

    assert [event.when.edtf for event in span.events] == ["2022-05-07/2022-05-08", "2022-04-03"]
    assert [event.when.edtf for event in words.events] == ["2022-05-01", "2022-04-03"]
    assert [event.when.edtf for event in english.events] == ["2022-05-01", ""]


def test_lines_with_a_day_of_their_own_below_a_title_with_the_year() -> None:
    reading = _read(
        "Anti-war actions, March 2022\n\nSat 5 March, 14:00 – Berlin, Alexanderplatz – Peace walk (ca. 1500)\n"
        "Sun 6 March, 15:00 – Hamburg, Rathausmarkt (800)\n"
    )

    assert [(event.when.edtf, event.place.text, _crowd(event)) for event in reading.events] == [
        ("2022-03-05T14:00:00", "Berlin", (1500, 1500, "")),
        ("2022-03-06T15:00:00", "Hamburg", (800, 800, "")),
    ]


@pytest.mark.parametrize("heading", ["Datum", "Fecha", "Dato", "Tarih", "Data", "Quand", "Kiedy"])
def test_a_non_english_heading_means_day_first(heading: str) -> None:
    (day,) = _read(f"{heading},City\n4-3-2023,Oslo\n").events
    (open_day,) = _read("Date,City\n4-3-2023,Abc\n").events

    assert (day.when.edtf, open_day.when.edtf) == ("2023-03-04", "")


def test_the_month_of_a_title_is_that_of_bare_days_and_sides_alone_name_their_numbers() -> None:
    reading = _read(
        "MOBILISATIONS — MARS 2023,,,,\nJour,Ville,Selon la police,Selon les syndicats,Remarques\n"
        "mardi 7,Paris,81 000,700 000,\nmercredi 15,Oslo,3 500,10 000,reporté à plus tard par les syndicats\n"
    )

    assert [(event.when.edtf, [(claim.low, claim.by) for claim in event.crowd]) for event in reading.events] == [
        ("2023-03-07", [(81_000, "police"), (700_000, "organisers")]),
        ("2023-03-15", [(3500, "police"), (10_000, "organisers")]),
    ]
    assert [event.status for event in reading.events] == [EventStatus.HELD, EventStatus.POSTPONED]


def test_a_column_of_actual_numbers_is_a_turnout_and_one_of_words_is_not() -> None:
    numbers = _read("When,Where,Expected?,Actual\n2022-10-01,Oslo,500,350\n").events
    words = _read("When,Where,Expected?,Actual\n2022-10-01,Oslo,500,fine\n").events

    assert [_crowd(event) for event in (*numbers, *words)] == [(350, 350, ""), (500, 500, "registered")]


def test_research_data_with_parts_of_dates_and_numbers_of_countries() -> None:
    reading = _read(
        "eventid,iyear,imonth,iday,country,country_txt,city,summary\n"
        "201501010001,2015,1,10,110,Norway,Oslo,A.\n201502000002,2015,2,0,60,France,Paris,B.\n"
    )

    assert [(event.when.edtf, event.place.country_hint) for event in reading.events] == [
        ("2015-01-10", "NO"),
        ("2015-02", "FR"),
    ]


def test_a_word_for_a_town_next_to_one_for_a_place() -> None:
    swedish = _read("Datum,Plats,Ort\n2022-09-24,Gustaf Adolfs torg,Göteborg\n").events
    german = _read("Datum,Ort,Platz\n2022-09-24,Berlin,Pariser Platz\n").events

    assert [(event.place.venue, event.place.text) for event in (*swedish, *german)] == [
        ("Gustaf Adolfs torg", "Göteborg"),
        ("Pariser Platz", "Berlin"),
    ]


def test_points_in_json_have_the_longitude_first() -> None:
    (event,) = _read(
        '[{"title": "March", "date": "2021-05-05", "city": "Oslo",'
        ' "where": {"type": "Point", "coordinates": [10.7522, 59.9139]}}]'
    ).events

    assert event.location is not None
    assert (event.location.lat, event.location.lon) == (59.9139, 10.7522)


def test_a_list_below_a_heading_with_the_month_keeps_lines_with_short_forms() -> None:
    reading = _read(
        "## Protesty – marzec 2022\n\n- 5.03.2022 (sobota), 12:00, Berlin, Rynek – wiec\n"
        "- 12.03.2022 (sobota), 17:00, Hamburg, pl. Wolności – ODWOŁANE\n"
    )

    assert [(event.when.edtf, event.place.text, event.status) for event in reading.events] == [
        ("2022-03-05T12:00:00", "Berlin", EventStatus.HELD),
        ("2022-03-12T17:00:00", "Hamburg", EventStatus.CANCELLED),
    ]


def test_types_of_participants_are_not_kinds_and_zeros_are_not_years() -> None:
    reading = _read(
        "title,event_date,city_name,event_semantic_category,participant_type,participant_count,organizer_type,arrests_any\n"
        "Workers walk out,2015-06-10,Oslo,demonstration,worker,500,labor_union,0\n"
        "Students meet,2015-06-11,Oslo,march,student,20,none given,1\n"
    )

    assert [(event.kind, event.organisers, _crowd(event)[0]) for event in reading.events] == [
        (Kind.RALLY, (), 500),
        (Kind.MARCH, (), 20),
    ]
    assert _fields(reading)["arrests_any"] == "note"


def test_a_column_says_who_counted_and_rows_without_a_number_stay() -> None:
    reading = _read(
        "When,Where,How many,Said who\n"
        '2003-02-15,"London","750,000",police\n'
        "2003-02-15,Paris,,organisers\n"
        "2003-02-16,Oslo,hundreds,AFP\n"
    )

    assert [[(claim.low, claim.by, claim.words) for claim in event.crowd] for event in reading.events] == [
        [(750_000, "police", "")],
        [],
        [(None, "AFP", "hundreds")],
    ]
    assert all(not event.organisers for event in reading.events)


def test_a_column_of_attendance_modes_is_recognised_whatever_its_heading() -> None:
    reading = _read(
        "Date,City,Format,Event\n2022-11-12,Oslo,In person,A\n2022-11-13,,Online,B\n2022-11-14,Paris,Hybrid,C\n"
    )

    assert [event.attendance_mode for event in reading.events] == [
        AttendanceMode.IN_PERSON,
        AttendanceMode.ONLINE,
        AttendanceMode.HYBRID,
    ]


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("захід не відбувся", EventStatus.CANCELLED),
        ("не состоялся (дождь)", EventStatus.CANCELLED),
        ("die Kundgebung fand nicht statt", EventStatus.CANCELLED),
        ("de betoging ging niet door", EventStatus.CANCELLED),
        ("wie geplant", EventStatus.HELD),
        ("fand trotz Regen statt", EventStatus.HELD),
    ],
)
def test_a_remark_says_that_an_event_did_not_take_place(cell: str, status: EventStatus) -> None:
    (event,) = _read(f"date;city;title;remarks\n2024-03-09;Oslo;Picket;{cell}\n").events

    assert event.status is status


@pytest.mark.parametrize("word", ["Went ahead", "Doorgegaan", "as planned", "gaat door", "maintenue"])
def test_words_for_an_event_as_planned_are_known(word: str) -> None:
    reading = _read(f"Date,City,Status\n2022-11-12,Oslo,{word}\n2022-11-13,Oslo,cancelled\n")

    assert [event.status for event in reading.events] == [EventStatus.HELD, EventStatus.CANCELLED]
    assert not [note for note in reading.rows[0].notes if note.field == "status"]


def test_rows_below_the_heading_of_a_town_are_in_that_town() -> None:
    reading = _read(
        "Demonstrationen 2022;;;\nBerlin;;;\nTag;Zeit;Ort;Thema\n12.03.;14:00;Brandenburger Tor;Frieden\n"
        ";;;\nHamburg;;;\nTag;Zeit;Ort;Thema\n13.03.;12:00;Rathausmarkt;Mieten\n"
    )

    assert [(event.when.edtf, event.place.venue, event.place.text) for event in reading.events] == [
        ("2022-03-12T14:00:00", "Brandenburger Tor", "Berlin"),
        ("2022-03-13T12:00:00", "Rathausmarkt", "Hamburg"),
    ]


def test_a_town_without_a_date_in_a_column_of_places_is_not_a_heading() -> None:
    reading = _read("Place,Date,Title\nOslo,2022-03-05,A\nLondon,,\nParis,2022-03-06,B\n")

    assert [event.place.text for event in reading.events] == ["Oslo", "London", "Paris"]


@pytest.mark.slow
def test_a_total_below_the_heading_of_a_month_is_not_an_event() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Lp.", "Data", "Miejsce", "Cel", "Liczba uczestników"],
        ["LUTY 2023", None, None, None, None],
        [1, "24.02.2023 r.", "Rynek Główny", "Rocznica", 1000],
        ["Razem:", None, None, None, 1000],
    ):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)

    assert _days(_read(content.getvalue(), ImportOptions({"place": "Kraków"}))) == [("2023-02-24", "Kraków")]


def test_days_by_week_and_weekday() -> None:
    swedish = _read("År;Vecka;Dag;Tid;Ort;Manifestation\n2023;8;fredag;17.00;Göteborg;A\n2023;v. 9;lör;kl 13;Malmö;B\n")
    german = _read("Demos 2022;;\nKW;Wochentag;Ort\n12;Mo;Jena\n12;Do;Erfurt\n13;So;Jena\n53;Di;Jena\n")
    weeks = _read("Year,Week no.,City\n2022,12,Oslo\n")

    assert _days(swedish) == [("2023-02-24T17:00:00", "Göteborg"), ("2023-03-04T13:00:00", "Malmö")]
    assert _days(german)[:3] == [("2022-03-21", "Jena"), ("2022-03-24", "Erfurt"), ("2022-04-03", "Jena")]
    assert not german.events[3].when.is_known
    assert [(str(event.when.start), event.when.precision) for event in weeks.events] == [("2022-03-21", "week")]


def test_days_below_months() -> None:
    reading = _read("Mahnwachen 2023;;\nOrt;Januar;Februar\nJena;14., 28.;11.\nErfurt;;4. und 18.\n")
    figures = _read('City,01/2023,02/2023\nJena,"3, 14",5\n')
    chinese = _read('城市,2023年1月,2023年2月\nJena,"3, 14",5\n')
    counts = _read("City,Jan 2023,Feb 2023\nOslo,3,5\nParis,1,0\n")

    assert _days(reading) == [
        ("2023-01-14", "Jena"),
        ("2023-01-28", "Jena"),
        ("2023-02-11", "Jena"),
        ("2023-02-04", "Erfurt"),
        ("2023-02-18", "Erfurt"),
    ]
    days = [("2023-01-03", "Jena"), ("2023-01-14", "Jena"), ("2023-02-05", "Jena")]
    assert (_days(figures), _days(chinese)) == (days, days)
    assert not any(event.when.is_known for event in counts.events)


def test_a_record_with_a_stamp_of_its_own_does_not_take_the_date_of_the_row_above() -> None:
    reading = _read(
        "posted_at,event_date,city,message\n2022-09-20,2022-09-24,Berlin,A\n2022-09-21,2022-09-25,Paris,B\n"
        "2022-09-22,,Oslo,the date follows\n"
    )

    assert [event.when.edtf for event in reading.events] == ["2022-09-24", "2022-09-25", ""]


def test_exports_of_acled_say_how_exact_a_date_is_and_how_many_people_came() -> None:
    text = (
        "event_id_cnty,event_date,time_precision,sub_event_type,country,location,latitude,longitude,notes,tags\n"
        "XXX1,26 February 2022,1,Peaceful protest,Germany,Berlin,52.5170,13.3889,One.,crowd size=about 2000\n"
        "XXX2,02 March 2022,2,Peaceful protest,Germany,Berlin,52.5170,13.3889,Two.,crowd size=no report\n"
        "XXX3,15 March 2022,3,Peaceful protest,Germany,Berlin,52.5170,13.3889,Three.,women; crowd size=hundreds\n"
    )
    preset = preset_for(inspect_tables(open_file(text.encode()), ImportOptions())[0].table.header)
    assert preset is not None

    first, second, third = _read(text, preset[1]).events

    assert [event.when.precision for event in (first, second, third)] == ["day", "week", "month"]
    assert _crowd(first) == (2000, 2000, "")
    assert second.crowd == ()
    assert (third.crowd[0].words, third.topics) == ("hundreds", ("women",))


def test_words_in_columns_of_numbers_are_bounds_or_a_status() -> None:
    bounds = _read("Date,City,Turnout (low),Turnout (high)\n2021-01-23,Oslo,up to 3000,\n2021-01-24,Oslo,,300\n").events
    called_off = _read("Datum;Ort;Anzahl TN (Polizei)\n21.05.21;Oslo;nicht stattgefunden\n22.05.21;Oslo;40\n").events
    sides = _read(
        "Datum,Grad,Procena broja (organizator),Procena broja (policija)\n27.11.2021.,Oslo,oko 3.000,500\n"
    ).events

    assert [_crowd(event) for event in bounds] == [(None, 3000, ""), (None, 300, "")]
    assert [event.status for event in called_off] == [EventStatus.CANCELLED, EventStatus.HELD]
    assert [(claim.low, claim.by) for claim in sides[0].crowd] == [(500, "police"), (3000, "organisers")]


@pytest.mark.parametrize("heading", ["Sündmus", "Dogodek", "Podujatie", "Událost", "Esdeveniment", "Ngjarje", "Настан"])
def test_title_in_languages_that_the_pages_do_not_have(heading: str) -> None:
    reading = _read(f"date,{heading},city\n2022-10-01,Tibet Day,Oslo\n")

    assert [event.title for event in reading.events] == ["Tibet Day"]
