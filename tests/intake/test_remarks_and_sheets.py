"""Statuses and new days in remarks and names of sheets, commented rows, and values that contradict each other."""

from __future__ import annotations

from datetime import date, time

import pytest

from rallymap.events import EventStatus
from rallymap.intake.cells.crowds import read_crowd
from rallymap.intake.cells.date_columns import decide_dates
from rallymap.intake.cells.date_stamps import DateRules, Order
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.times import read_times
from rallymap.intake.cells.words import status_of_remark
from rallymap.intake.findings import RowFate
from rallymap.intake.reading import read_events
from tests.intake.tables_with_places import read
from tests.intake.workbooks import packed_ods, workbook

pytestmark = pytest.mark.slow
_HEADINGS: list[object] = ["Date", "City", "Title"]


@pytest.mark.parametrize(
    "remark",
    [
        "no pudo celebrarse", "tuvo que ser cancelada", "al final no se hizo", "n'a finalement pas eu lieu",
        "a dû être annulée", "non si è più svolta", "acabou por ser cancelada", "moest worden afgelast",
        "zostało ostatecznie odwołane", "nie mogło się odbyć", "була скасована через тривогу", "пришлось отменить",
        "в итоге не состоялась", "musste abgesagt werden", "fand letztlich nicht statt", "wurde kurzfristig abgesagt",
        "Absage durch Veranstalter", "wurde am Vortag abgesagt", "fällt wegen Sturm aus", "had to be cancelled",
        "got cancelled", "could not take place", "måtte avlyses", "fick ställas in", "polis izin vermedi",
        "valilik tarafından yasaklandı", "تم إلغاء الوقفة", "集會被警方禁止", "最終取消",
    ],
)  # fmt: skip
def test_remarks_with_auxiliary_verbs_say_that_an_event_was_cancelled(remark: str) -> None:
    assert status_of_remark(remark) is EventStatus.CANCELLED


@pytest.mark.parametrize(
    "remark",
    [
        "musste nicht abgesagt werden", "wurde nicht verboten", "no fue cancelada", "iptal edilmedi", "trotz Verbot",
        "gegen das Verbot von Demonstrationen", "one speaker cancelled", "police banned placards",
        "bus tour cancelled, rally went ahead", "wurde beinahe abgesagt", "keine Absage",
    ],
)  # fmt: skip
def test_other_remarks_do_not_cancel_an_event(remark: str) -> None:
    assert status_of_remark(remark) is None


@pytest.mark.parametrize(
    "remark",
    [
        "new date: 5 May", "neuer Termin: 5.5.", "wird am 5.5. nachgeholt", "auf den 5. Mai verlegt", "décalé au 5 mai",
        "nouvelle date : 5 mai", "se traslada al 5 de mayo", "transferida para o dia 5/5", "spostato al 5 maggio",
        "verschoven naar 5 mei", "переносится на 5 мая", "нова дата: 5 травня", "przeniesiony na 5.05",
        "5 Mayıs tarihine ertelendi", "به ۵ مه منتقل شد", "نقلت إلى 5 مايو", "ny dato: 5. mai", "改到5月5日",
    ],
)  # fmt: skip
def test_a_remark_of_words_for_a_move_and_a_day_gives_the_new_day(remark: str) -> None:
    reading = read(f"Date;City;Title;Remark\n13.04.2024;Oslo;Vigil;ok\n03.05.2024;Oslo;Rally;{remark}\n")

    assert reading.events[1].when.edtf == "2024-05-05"
    assert any("moved to this date" in note.reason for note in reading.rows[1].notes)


def test_a_remark_about_another_place_does_not_move_the_day() -> None:
    reading = read("Date;City;Title;Remark\n13.04.2024;Oslo;Vigil;ok\n03.05.2024;Oslo;Rally;moved to 5 Main Street\n")

    assert reading.events[1].when.edtf == "2024-05-03"


@pytest.mark.parametrize("heading", ["OBSERVACIÓN", "Kommentar", "Observation", "Vermerk"])
def test_a_longer_remark_below_a_usual_heading_gives_the_status(heading: str) -> None:
    reading = read(
        f"Date;City;Title;{heading}\n13.04.2024;Oslo;Vigil;ok\n03.05.2024;Lima;Rally;al final no se realizó nada\n"
    )

    assert [event.status for event in reading.events] == [EventStatus.HELD, EventStatus.CANCELLED]


def test_a_new_day_before_the_title_moves_the_day() -> None:
    reading = read("Datum;Ort;Thema\n13.04.2024;Bonn;Demo\n05.04.2024;Bonn;Verlegt auf 12.4.: Kundgebung\n")

    assert [(event.when.edtf, event.title) for event in reading.events][1] == ("2024-04-12", "Kundgebung")


def test_names_of_sheets_give_the_status_and_the_cancelled_row_replaces_the_planned_one() -> None:
    both: list[object] = [date(2025, 2, 24), "Dublin", "Rally"]
    reading = read_events(
        workbook(
            ("Planned rallies", [_HEADINGS, both, [date(2025, 2, 25), "Oslo", "Vigil"]]),
            ("Cancelled", [_HEADINGS, both]),
            ("Verschobene", [_HEADINGS, [date(2025, 2, 26), "Bonn", "March"]]),
        )
    )

    assert [(row.sheet, row.fate, row.event.status) for row in reading.rows if row.event is not None] == [
        ("Planned rallies", RowFate.REPEATED, EventStatus.ANNOUNCED),
        ("Planned rallies", RowFate.EVENT, EventStatus.ANNOUNCED),
        ("Cancelled", RowFate.EVENT, EventStatus.CANCELLED),
        ("Verschobene", RowFate.EVENT, EventStatus.POSTPONED),
    ]
    assert reading.rows[0].reason == "This row is the same as row 2 (Cancelled) and is left out."
    assert any("“Cancelled” was read as “status”" in remark for remark in reading.remarks)


def test_a_status_column_has_priority_over_the_name_of_its_sheet() -> None:
    rows: list[list[object]] = [["Date", "City", "Title", "Status"], [date(2025, 2, 24), "Oslo", "Rally", "held"]]
    reading = read_events(workbook(("Cancelled", rows)))

    assert reading.events[0].status is EventStatus.HELD


def test_towns_of_sheets_apply_to_meeting_points_with_names_like_small_towns() -> None:
    rows: list[list[object]] = [["Wann", "Thema", "Treffpunkt"], ["Sa, 12.11.22, 14 Uhr", "Demo", "Dom"]]
    other: list[list[object]] = [["Wann", "Thema", "Treffpunkt"], ["Fr, 18.11.22, 17 Uhr", "Lichterkette", "Neumarkt"]]
    reading = read(workbook(("Köln", rows), ("Bonn", other)))

    assert [(event.place.text, event.place.venue) for event in reading.events] == [
        ("Köln", "Dom"),
        ("Bonn", "Neumarkt"),
    ]


def test_rows_that_are_commented_out_are_not_events() -> None:
    reading = read(
        "date,city,country,title\n2023-07-05,Munich,Germany,Rally\n# 2023-07-05,Paris,France,to be checked\n"
        "#2023-07-06,Bern,Switzerland,Twice\n2023-07-07,Oslo,Norway,#StandWithUyghurs\n"
    )

    assert [(row.number, row.fate) for row in reading.rows] == [
        (2, RowFate.EVENT),
        (3, RowFate.NOT_AN_EVENT),
        (4, RowFate.NOT_AN_EVENT),
        (5, RowFate.EVENT),
    ]


def test_hashes_before_titles_and_numbers_are_no_comments() -> None:
    reading = read("No.,Title,Date,City\n#1,#MahsaAmini,2023-07-05,Munich\n#2,Vigil,2023-07-06,Oslo\n")

    assert [row.fate for row in reading.rows] == [RowFate.EVENT, RowFate.EVENT]


def test_a_year_that_contradicts_the_date_gets_a_note() -> None:
    reading = read("Year,Date,City,Event\n2020,2020-06-04,Oslo,Vigil\n2021,2020-06-04,Oslo,Drive\n")

    notes = [[note.reason for note in row.notes if note.reason] for row in reading.rows]
    assert notes == [[], ["The year is not that of 2020-06-04."]]


def test_a_table_with_numbered_records_next_to_each_other_is_transposed() -> None:
    reading = read(
        "Feld;Aktion 1;Aktion 2\nTitel;Vigil;Rally\nDatum;10.03.2022;12.06.2022\nUhrzeit;17 Uhr;15 Uhr\n"
        "Stadt;Bern;Genf\n"
    )

    assert [(event.title, event.when.edtf, event.place.text) for event in reading.events] == [
        ("Vigil", "2022-03-10T17:00:00", "Bern"),
        ("Rally", "2022-06-12T15:00:00", "Genf"),
    ]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("TN (angezeigt) / TN (tatsächlich)", "10 / 7"), ("人數估計（警方／主辦方）", "10／7")],
)
def test_two_numbers_under_a_heading_of_two_parts_are_read_separately(heading: str, cell: str) -> None:
    reading = read(f"Datum;Stadt;Thema;{heading}\n02.01.2021;Bonn;Demo;{cell}\n03.01.2021;Bonn;Vigil;20 / 5\n")

    assert 7 in {claim.low for claim in reading.events[0].crowd}
    assert not any(note.field.startswith("crowd") for note in reading.rows[0].notes)


def test_two_numbers_of_vehicles_are_no_people() -> None:
    assert (read_crowd("50 PKW / 38 PKW").low, read_crowd("250 in 90 cars").low) == (None, 250)


def test_a_number_that_is_not_known_yet_is_no_status() -> None:
    reading = read(
        "Date,City,Title,Numbers,Status\n2023-10-14,Oslo,Rally,tbc,went ahead\n2023-10-15,Oslo,Vigil,5,held\n"
    )

    assert reading.events[0].status is EventStatus.HELD


def test_parts_of_the_police_are_no_numbers_of_people() -> None:
    reading = read("date,city,title,police_precinct\n2023-05-20,Oslo,Rally,13\n2023-05-21,Oslo,Vigil,78\n")

    assert not any(event.crowd for event in reading.events)


def test_columns_named_by_short_words_for_day_month_and_year_behind_a_prefix() -> None:
    reading = read("datum_tt,datum_mm,datum_jj,ort,thema\n15,2,2003,London,Rally\n99,3,2003,Rom,Vigil\n")

    assert [event.when.edtf for event in reading.events] == ["2003-02-15", "2003-03"]


def test_do_is_thursday_in_a_column_of_german_weekdays_and_until_elsewhere() -> None:
    column = decide_dates(["Mo 04.01.2021", "Do 07.01.2021"], DateRules(Order.DAY_FIRST))

    assert (column.read("Do 07.01.2021").start, column.read("Do 07.01.2021").remark) == (date(2021, 1, 7), "")
    assert read_date("Do., 07.01.2021", DateRules(Order.DAY_FIRST)).remark == ""
    assert read_date("do 07.01.2021", DateRules(Order.DAY_FIRST)).remark == "This gives only an end."


def test_short_weekdays_that_end_in_s_are_no_series() -> None:
    assert read_date("Weds 11 Sept 2024", DateRules()).remark == ""
    assert "repeats" in read_date("Fridays 6 Sept 2024", DateRules()).remark


@pytest.mark.parametrize("text", ["from noon", "ab mittags", "à partir de midi", "desde el mediodía", "с полудня"])
def test_noon_behind_a_word(text: str) -> None:
    assert (read_times(text).start, read_times(text).remark) == (time(12), "")


def test_five_to_twelve_is_not_at_night() -> None:
    assert (read_times("5 vor 12 bis 12.30 Uhr").start, read_times("5 vor 12 bis 12.30 Uhr").end) == (
        time(11, 55),
        time(12, 30),
    )


def test_the_day_of_the_title_applies_below_each_country_and_a_closing_sentence_is_no_event() -> None:
    reading = read(
        "Actions – 15 April 2024,,,\n,,,\nGERMANY,,,\nBerlin,14:00,Brandenburg Gate,~400\n"
        "Munich,15:00,Marienplatz,100\n"
        "NORWAY,,,\nOslo,17:00,Stortinget,100+\nCompiled by some volunteers; corrections welcome!,,,\n"
    )

    assert [event.when.edtf for event in reading.events] == [
        "2024-04-15T14:00:00",
        "2024-04-15T15:00:00",
        "2024-04-15T17:00:00",
    ]


def test_months_and_struck_cells_of_ods() -> None:
    reading = read(_ods())

    assert [(event.when.edtf, event.status) for event in reading.events] == [
        ("2023-04", EventStatus.HELD),
        ("2023-05-06", EventStatus.CANCELLED),
        ("2023-05-01", EventStatus.HELD),
    ]


def _ods() -> bytes:
    def cell(text: str, style: str = "", day: str = "") -> str:
        value = f'office:value-type="date" office:date-value="{day}"' if day else 'office:value-type="string"'
        named = f'table:style-name="{style}"' if style else ""
        return f"<table:table-cell {value} {named}><text:p>{text}</text:p></table:table-cell>"

    rows = (
        (cell("Datum"), cell("Stadt"), cell("Thema")),
        (cell("April 2023", day="2023-04-01"), cell("Ulm"), cell("Infotage")),
        (cell("06.05.23", "gone", "2023-05-06"), cell("Ulm", "gone"), cell("Demo", "gone")),
        (cell("01.05.23", "day", "2023-05-01"), cell("Ulm"), cell("Kundgebung")),
    )
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
        for name, path in (
            ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
        )
    )  # fmt: skip
    styles = (
        '<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>'
        '<number:date-style style:name="N2"><number:day/><number:month/><number:year/></number:date-style>'
        '<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>'
        '<style:style style:name="gone" style:family="table-cell" style:data-style-name="N2">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    return packed_ods(
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        '<office:spreadsheet><table:table table:name="A"><table:table-column table:default-cell-style-name="month"/>'
        f"{body}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
