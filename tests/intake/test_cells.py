"""Parse cells: dates, times, crowd sizes, kinds, statuses."""

from __future__ import annotations

from datetime import date, time
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.dates import DatePrecision
from rallymap.events import EventStatus, Kind
from rallymap.intake.cells.crowds import read_crowd
from rallymap.intake.cells.date_columns import decide_dates
from rallymap.intake.cells.date_stamps import DateRules, Order, ReadDate
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.kinds import kind_of, split_kind
from rallymap.intake.cells.times import read_times
from rallymap.intake.cells.words import status_inside, status_of, without_status

MOVED = "The event was moved to this date."


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2022-9-4", "2022-09-04", "2022-09-04", "day"),
        ("1° ottobre 2022", "2022-10-01", "2022-10-01", "day"),
        ("25 IX 2022", "2022-09-25", "2022-09-25", "day"),
        ("So, 25.09.2022 14-16 Uhr", "2022-09-25", "2022-09-25", "minute"),
        ("mid-June 2021", "2021-06-01", "2021-06-30", "month"),
        ("end of May 2020", "2020-05-01", "2020-05-31", "month"),
        ("2022-W23", "2022-06-06", "2022-06-12", "week"),
        ("2022-W23-4", "2022-06-09", "2022-06-09", "day"),
        ("KW 23/2022", "2022-06-06", "2022-06-12", "week"),
        ("Q2 2022", "2022-04-01", "2022-06-30", "month"),
        ("24/09/22 15h30", "2022-09-24", "2022-09-24", "minute"),
        ("24 tháng 9 2022", "2022-09-24", "2022-09-24", "day"),
        ("2022년 9월 24일", "2022-09-24", "2022-09-24", "day"),
        ("२४ सितंबर २०२२", "2022-09-24", "2022-09-24", "day"),
        ("Saturday, March 5, 2022", "2022-03-05", "2022-03-05", "day"),
        ("24 Sept - 2 Oct 2022", "2022-09-24", "2022-10-02", "day"),
        ("06.02.-13.02.2021", "2021-02-06", "2021-02-13", "day"),
        ("17.-19.05.22", "2022-05-17", "2022-05-19", "day"),
        ("26., 27.,+28.05.2021", "2021-05-26", "2021-05-28", "day"),
        ("1997-07-05 a 1997-07-12", "1997-07-05", "1997-07-12", "day"),
        ("30 December - 2 January 2022", "2021-12-30", "2022-01-02", "day"),
        ("Jan-Dez 2015", "2015-01-01", "2015-12-31", "month"),
        ("donnerstags 2017", "2017-01-01", "2017-12-31", "year"),
        ("3 de março de 2022", "2022-03-03", "2022-03-03", "day"),
        ("12 мая 2021 г.", "2021-05-12", "2021-05-12", "day"),
        ("16 سبتمبر 2022", "2022-09-16", "2022-09-16", "day"),
        ("2022年3月5日", "2022-03-05", "2022-03-05", "day"),
        ("۲۰۲۲-۰۹-۱۶", "2022-09-16", "2022-09-16", "day"),
        ("1401/06/25", "2022-09-16", "2022-09-16", "day"),
        ("25 شهریور 1401", "2022-09-16", "2022-09-16", "day"),
        ("1443/02/09", "2021-09-16", "2021-09-16", "day"),
        ("20.03.2019 – 25.04.2019 (37 Versammlungen)", "2019-03-20", "2019-04-25", "day"),
        ("04.04.21021", "None", "None", "unknown"),
        ("2022-02-30", "None", "None", "unknown"),
        ("05/01/2022", "None", "None", "unknown"),
    ],
)
def test_date(text: str, start: str, end: str, precision: str) -> None:
    read = read_date(text, DateRules())
    assert (str(read.start), str(read.end), read.precision.value) == (start, end, precision)
    assert read.start is not None or read.remark


def test_other_calendar_is_noted() -> None:
    assert read_date("1401/06/25", DateRules()).remark == "In our calendar this is 2022-09-16."


def test_order_of_day_and_month_is_decided_by_the_column() -> None:
    column = decide_dates(["27/11/2021", "05/01/2022"], DateRules())
    assert (column.rules.order, column.read("05/01/2022").start) == (Order.DAY_FIRST, date(2022, 1, 5))
    american = decide_dates(["11/27/2021", "05/01/2022"], DateRules())
    assert american.read("05/01/2022").start == date(2022, 5, 1)
    assert decide_dates(["05/01/2022"], DateRules()).read("05/01/2022").start is None
    assert decide_dates(["05/01/2022"], DateRules(), "US").read("05/01/2022").start == date(2022, 5, 1)


def test_midnight_in_every_row_is_not_a_time() -> None:
    column = decide_dates(["2022-01-05 00:00:00", "2022-01-06T00:00:00"], DateRules())
    assert (column.read("2022-01-05 00:00:00").precision.value, column.read("2022-01-05 00:00:00").start_time) == (
        "day",
        None,
    )
    mixed = decide_dates(["2022-01-05 00:00:00", "2022-01-06 18:30:00"], DateRules())
    assert mixed.read("2022-01-05 00:00:00").start_time == time(0, 0)


def test_midnight_stamps_next_to_written_hours_are_days() -> None:
    column = decide_dates(["2026-02-14 00:00:00", "14 Feb 2026, 6 pm"], DateRules())
    assert column.read("2026-02-14 00:00:00") == ReadDate(date(2026, 2, 14), date(2026, 2, 14), DatePrecision.DAY)
    assert column.read("14 Feb 2026, 6 pm").start_time == time(18)


@pytest.mark.parametrize(
    ("text", "until", "at", "remark"),
    [
        ("14 Feb 2026 – 1 Mar", date(2026, 3, 1), None, ""),
        ("mar 14 feb 2026", date(2026, 2, 14), None, "The weekday is not that of 2026-02-14."),
        ("sobota 14. února 2026 ve 14 hodin", date(2026, 2, 14), time(14), ""),
        ("14 فبراير 2026 الساعة 2 ظهرًا", date(2026, 2, 14), time(14), ""),
        ("14th February 2026 (postponed from 7th February)", date(2026, 2, 14), None, MOVED),
        ("14.02.2026 (verschoben vom 07.02.2026)", date(2026, 2, 14), None, MOVED),
        ("14.2.2026 (reporté du 7.2.2026)", date(2026, 2, 14), None, MOVED),
        ("14. 2. 2026 (přesunuto z 7. 2.)", date(2026, 2, 14), None, MOVED),
        ("7 Feb 2026, moved to 14 Feb 2026", date(2026, 2, 14), None, MOVED),
    ],
)
def test_dates_with_words_around_them(text: str, until: date, at: time | None, remark: str) -> None:
    read = read_date(text, DateRules())
    assert (read.start, read.end, read.start_time, read.remark) == (date(2026, 2, 14), until, at, remark)


def test_words_in_brackets_can_say_that_a_date_is_approximate() -> None:
    for text in ("14 Feb 2026 (date approximate)", "14 Feb 2026 (ca.)", "14.2.2026 (ungefähres Datum)"):
        assert read_date(text, DateRules()).approximate, text
    assert not read_date("14 Feb 2026 (at noon)", DateRules()).approximate


@pytest.mark.parametrize(
    ("numbers", "text"), [("44625", "44625"), ("1646438400", "1646438400"), ("1646438400000",) * 2]
)
def test_numbers_of_programs_are_days(numbers: str, text: str) -> None:
    assert decide_dates([numbers] * 3, DateRules()).read(text).start == date(2022, 3, 5)


def test_year_of_the_other_rows_is_used_and_noted() -> None:
    read = decide_dates(["Monday, May 26, 2014", "Tuesday, May 27"], DateRules()).read("Tuesday, May 27")
    assert (read.start, read.remark) == (
        date(2014, 5, 27),
        "The year is missing. It is taken from the other dates: 2014.",
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("18:00-20:00", "18:00", "20:00"),
        ("noon", "12:00", None),
        ("18-00", "18:00", None),
        ("ساعت ۵ عصر", "17:00", None),
        ("下午3時", "15:00", None),
        ("las 7 de la tarde", "19:00", None),
        ("8 Uhr abends", "20:00", None),
        ("mittags", "12:00", None),
        ("12 midnight", "00:00", None),
        ("14-16 Uhr", "14:00", "16:00"),
        ("ab 14.00 Uhr", "14:00", None),
        ("bis 14 Uhr", None, "14:00"),
        ("2130", "21:30", None),
        ("14.00-19-00", "14:00", "19:00"),
        ("21.45.22.45", "21:45", "22:45"),
        ("6-8pm", "18:00", "20:00"),
        ("18h30", "18:30", None),
        ("10.00-12.00/14.00", "10:00", None),
        ("19:30-31.30", "19:30", None),
        ("18.00-18,30", "18:00", "18:30"),
        ("24:00", "00:00", None),
        ("17.08. 04.09.21", None, None),
        ("soon", None, None),
        ("15.00 Uhr Ende", None, "15:00"),
        ("ends 5pm", None, "17:00"),
        ("14 Uhr, Ende 16 Uhr", "14:00", "16:00"),
        ("ظهراً", "12:00", None),
        ("中午12点", "12:00", None),
        ("al mediodía", "12:00", None),
        ("ora 17", "17:00", None),
        ("19 Jul (day 4)", None, None),
        ("31 Jul (day 16), evening", None, None),
        ("19 Jul 18:00", "18:00", None),
        ("July 19th, 6pm", "18:00", None),
        ("19. Juli 2026", None, None),
        ("19 липня о 18:00", "18:00", None),
    ],
)
def test_time(text: str, start: str | None, end: str | None) -> None:
    read = read_times(text)
    assert (
        f"{read.start:%H:%M}" if read.start else None,
        f"{read.end:%H:%M}" if read.end else None,
    ) == (start, end)
    assert read.start is not None or read.end is not None or read.remark


@pytest.mark.parametrize(
    ("text", "low", "high", "words"),
    [
        ("1500.0", 1500, 1500, ""),
        ("10-15 thousand", 10_000, 15_000, ""),
        ("entre 200 et 300", 200, 300, "entre 200 et 300"),
        ("100s", None, None, "100s"),
        ("10s of 1000s", None, None, "10s of 1000s"),
        ("10.5", 10, 11, "10.5"),
        ("12,34", 12, 13, "12,34"),
        ("200?", 200, 200, "200?"),
        ("±250", 250, 250, "±250"),
        ("-1", None, None, ""),
        ("true", None, None, ""),
        ("01:00", None, None, ""),
        ("1.500,00", 1500, 1500, ""),
        ("1,500.00", 1500, 1500, ""),
        ("ca. 200", 200, 200, "ca. 200"),
        ("500+", 500, None, "500+"),
        ("bis zu 500", None, 500, "bis zu 500"),
        ("500-1.000", 500, 1000, ""),
        ("12–24,000", 12000, 24000, ""),
        ("100-2.000", 100, 2000, ""),
        ("8e3", 8000, 8000, ""),
        ("5 тыс.", 5000, 5000, ""),
        ("hundreds", None, None, "hundreds"),
        ("420 Fahrzeuge", None, None, "420 Fahrzeuge"),
        ("250 in 90 KFZ", 250, 250, "250 in 90 KFZ"),
        ("15- 25 Traktoren, 180 Personen", 180, 180, "15- 25 Traktoren, 180 Personen"),
        ("unbekannt (voriges Mal etwa 80)", None, None, "unbekannt (voriges Mal etwa 80)"),
        ("2020-01-29", None, None, ""),
        ("peste 10.000", 10_000, None, "peste 10.000"),
        ("više od 20.000", 20_000, None, "više od 20.000"),
        ("יותר מ 300", 300, None, "יותר מ 300"),
        ("sub 500", None, 500, "sub 500"),
        ("300多人", 300, None, "300多人"),
        ("500명 이상", 500, None, "500명 이상"),
        ("500名超", 500, None, "500名超"),
        ("einige 100", None, None, "einige 100"),
        ("несколько 1000 человек", None, None, "несколько 1000 человек"),
        ("1/2 million", None, None, "1/2 million"),
    ],
)
def test_crowd(text: str, low: int | None, high: int | None, words: str) -> None:
    read = read_crowd(text)
    assert (read.low, read.high, read.words) == (low, high, words)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("Doberaner Platz/Aufzug", "Doberaner Platz", "Aufzug"),
        ("Aufzug, Menschenkette", "", "Aufzug; Menschenkette"),
        ("Dierkow (Aufzug)", "Dierkow", "Aufzug"),
        ("Camp Neuer Markt", "Neuer Markt", "Camp"),
        ("Place de la Manifestation", "Place de la Manifestation", ""),
    ],
)
def test_kind_is_removed_from_a_place(text: str, place: str, words: str) -> None:
    assert split_kind(text) == (place, words)


def test_kinds_and_statuses_in_other_languages() -> None:
    assert [kind_of(text) for text in ("Passeata/Marcha/Ato", "Mahnwache", "пикет", "تجمع", "annulation")] == [
        Kind.MARCH,
        Kind.VIGIL,
        Kind.PICKET,
        Kind.RALLY,
        None,
    ]
    assert [status_of(text) for text in ("abgesagt", "annulé", "CANCELLED", "beschieden", "verschoben auf 19.2")] == [
        EventStatus.CANCELLED,
        EventStatus.CANCELLED,
        EventStatus.CANCELLED,
        EventStatus.CONFIRMED,
        EventStatus.POSTPONED,
    ]


def test_status_inside_a_text_counts_only_if_marked() -> None:
    assert status_inside("Marktplatz (abgesagt)", only_marked=False) is EventStatus.CANCELLED
    assert without_status("Marktplatz (abgesagt)") == "Marktplatz"
    assert status_inside("Cancelled: Rally for peace", only_marked=True) is EventStatus.CANCELLED
    assert status_inside("Rally for the teachers whose lessons were cancelled", only_marked=True) is None


@pytest.mark.slow
@given(st.text(max_size=60))
def test_no_text_breaks_a_reader(text: str) -> None:
    read_date(text, DateRules(Order.DAY_FIRST, 2022))
    read_times(text)
    read_crowd(text)
    split_kind(text)
    status_inside(text, only_marked=False)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("خرداد ۱۴۰۱", date(2022, 5, 22), date(2022, 6, 21)),
        ("esfand 1402", date(2024, 2, 20), date(2024, 3, 19)),
        ("رمضان 1443", date(2022, 4, 2), date(2022, 5, 1)),
    ],
)
def test_month_of_another_calendar_is_all_of_its_days(text: str, first: date, last: date) -> None:
    read = read_date(text, DateRules())
    assert (read.start, read.end, read.precision) == (first, last, DatePrecision.MONTH)
    assert read.remark == f"In our calendar this is {first}/{last}."


@pytest.mark.parametrize("blank", [" ", "\n"])
def test_long_blank_text_is_read_fast(blank: str) -> None:
    start = process_time()
    assert status_inside(blank * 6000, only_marked=True) is None
    assert process_time() - start < 1  # quadratic run time would take several seconds


@pytest.mark.parametrize(
    ("text", "day", "start", "end"),
    [
        ("Mi, 5.10.22 18.00-19.00 Uhr", "2022-10-05", "18:00", "19:00"),
        ("5.10. 18.00", "2022-10-05", "18:00", ""),
        ("5.10. 18.00-19.00 Uhr", "2022-10-05", "18:00", "19:00"),
        ("5. Oktober 18.00-19.00", "2022-10-05", "18:00", "19:00"),
        ("5.10.22 18.15 bis 19.45", "2022-10-05", "18:15", "19:45"),
        ("5.10.22 18 bis 19.30 Uhr", "2022-10-05", "18:00", "19:30"),
        ("5.10.22 ab 18.00", "2022-10-05", "18:00", ""),
        ("5.10.2022 18.10 Uhr", "2022-10-05", "18:10", ""),
        ("12/03/2022 ore 15.30-17.30", "2022-03-12", "15:30", "17:30"),
        ("2022-03-12 15.30-17.00", "2022-03-12", "15:30", "17:00"),
        ("2022-03-12 14:00-17:00", "2022-03-12", "14:00", "17:00"),
        ("8 oktober 2022, 13.00 uur verzamelen", "2022-10-08", "13:00", ""),
        ("5.10.2022, 15.00 Uhr, Ende 17.00 Uhr", "2022-10-05", "15:00", "17:00"),
        ("5.10.22 15.00 Uhr Ende", "2022-10-05", "", "15:00"),
        ("05.10-06.10.2022", "2022-10-05/2022-10-06", "", ""),
        ("5.10.-6.10.22", "2022-10-05/2022-10-06", "", ""),
        ("28.02.2023 – 2.03", "2023-02-28/2023-03-02", "", ""),
        ("14.04.21 – 19-04.21", "2021-04-14/2021-04-19", "", ""),
    ],
)
def test_full_stops_in_days_and_in_hours_are_distinguished(text: str, day: str, start: str, end: str) -> None:
    read = read_date(text, DateRules(order=Order.DAY_FIRST, year=2022))

    days = f"{read.start}" if read.start == read.end else f"{read.start}/{read.end}"
    times = [f"{at:%H:%M}" if at is not None else "" for at in (read.start_time, read.end_time)]
    assert (days, times, read.approximate, read.each) == (day, [start, end], False, ())


def test_a_utc_offset_after_a_time_is_kept() -> None:
    read = read_date("2022-09-24 18:00-04:00", DateRules(order=Order.DAY_FIRST))

    assert read.moment is not None
    assert f"{read.moment:%Y-%m-%d %H:%M}" == "2022-09-24 22:00"


@pytest.mark.parametrize("text", ["31.02.2022", "2022-02-31", "31.4.2019"])
def test_a_day_that_does_not_exist_is_rejected(text: str) -> None:
    read = read_date(text, DateRules(order=Order.DAY_FIRST))

    assert (read.start, read.remark) == (None, "This day does not exist.")
