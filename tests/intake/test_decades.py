"""Decades, halves of years, unspecified digits and other inexact or rarer dates in cells."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_stamps import UNREADABLE, DateRules
from rallymap.intake.cells.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "1990s",
        "the 1990s",
        "1990's",
        "in den 1990er Jahren",
        "1990ern",
        "les années 1990",
        "años 1990",
        "anni 1990",
        "1990-talet",
        "på 1990-tallet",
        "1990-luku",
        "lata 1990",
        "1990-е годы",
        "в 1990-х годах",
        "1990-ті роки",
        "1990'lar",
        "1990年代",
        "1990년대",
        "199x",
    ],
)
def test_decade_is_ten_years(text: str) -> None:
    read = read_date(text, DateRules())
    assert (read.start, read.end) == (date(1990, 1, 1), date(1999, 12, 31))
    assert (read.precision, read.approximate, str(read.remark)) == (DatePrecision.YEAR, False, "")


@pytest.mark.parametrize("text", ["early 1980s", "late 1980s", "Ende der 1980er Jahre", "fin des années 1980"])
def test_part_of_a_decade_is_the_decade_approximately(text: str) -> None:
    read = read_date(text, DateRules())
    assert (read.start, read.end, read.approximate) == (date(1980, 1, 1), date(1989, 12, 31), True)


def test_iranian_decade() -> None:
    read = read_date("دههٔ ۱۳۷۰", DateRules())
    assert (read.start, read.end) == (date(1991, 3, 21), date(2001, 3, 20))


def test_present_decade_ends_with_this_year() -> None:
    read = read_date("2020s", DateRules())
    assert read.start == date(2020, 1, 1)
    assert read.end is not None
    assert date(2026, 12, 31) <= read.end <= date(2029, 12, 31)


@pytest.mark.parametrize("text", ["12 May 1990s", "May 1990s", "1990-2000s"])
def test_day_or_month_of_a_decade_is_not_read(text: str) -> None:
    read = read_date(text, DateRules())
    assert (read.start, read.remark) == (None, UNREADABLE)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1990 e 1991", date(1990, 1, 1), date(1991, 12, 31)),
        ("2010-2019", date(2010, 1, 1), date(2019, 12, 31)),
        ("2019-XX-XX", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-XX", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-02-XX", date(2019, 2, 1), date(2019, 2, 28)),
        ("2019-02-??", date(2019, 2, 1), date(2019, 2, 28)),
        ("2019-00-00", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_years_that_are_no_decade_and_unspecified_digits(text: str, first: date, last: date) -> None:
    read = read_date(text, DateRules())
    assert (read.start, read.end, str(read.remark)) == (first, last, "")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("H1 2019", date(2019, 1, 1), date(2019, 6, 30)),
        ("1H 2019", date(2019, 1, 1), date(2019, 6, 30)),
        ("2019 S2", date(2019, 7, 1), date(2019, 12, 31)),
        ("1. Halbjahr 2019", date(2019, 1, 1), date(2019, 6, 30)),
        ("second half of 2019", date(2019, 7, 1), date(2019, 12, 31)),
        ("premier semestre 2019", date(2019, 1, 1), date(2019, 6, 30)),
        ("2Q2019", date(2019, 4, 1), date(2019, 6, 30)),
    ],
)
def test_halves_and_quarters_of_years(text: str, first: date, last: date) -> None:
    read = read_date(text, DateRules())
    assert (read.start, read.end, read.precision, str(read.remark)) == (first, last, DatePrecision.MONTH, "")


@pytest.mark.parametrize(
    "text",
    ["5 Μαΐου 2019", "Κυριακή 5 Μαΐου 2019", "5ης Μαΐου 2019", "٥ أيار/مايو ٢٠١٩", "مايو/أيار 5, 2019"],
)
def test_greek_may_and_months_with_both_arabic_names(text: str) -> None:
    read = read_date(text, DateRules())
    assert (read.start, read.end, str(read.remark)) == (date(2019, 5, 5), date(2019, 5, 5), "")


@pytest.mark.parametrize(
    "text", ["two weeks before 5 May 2019", "the day after 5 May 2019", "zwei Tage nach 5. Mai 2019"]
)
def test_time_before_or_after_a_date_is_not_that_date(text: str) -> None:
    read = read_date(text, DateRules())
    assert (read.start, str(read.remark)) == (None, "This says only before or after.")


@pytest.mark.parametrize("text", ["5. Mai 2019, vor dem Rathaus", "5 May 2019, after work"])
def test_other_words_for_before_and_after_leave_the_date(text: str) -> None:
    assert read_date(text, DateRules()).start == date(2019, 5, 5)


def test_plain_hour_after_at_leaves_the_day() -> None:
    read = read_date("5 May 2019 at 3", DateRules())
    assert (read.start, read.precision, read.start_time) == (date(2019, 5, 5), DatePrecision.DAY, None)
    assert str(read.remark) == "This may mean 03:00 or 15:00."
    assert read_date("5 May 2019 at 15", DateRules()).start_time == time(15)
    assert read_date("5 mai 2019, ora 15", DateRules()).start_time == time(15)


def test_output_of_ctime() -> None:
    read = read_date("Sun May 05 15:00:00 +0000 2019", DateRules())
    assert (read.start, read.moment) == (date(2019, 5, 5), datetime(2019, 5, 5, 15, tzinfo=UTC))
    assert read_date("Sun May  5 15:00:00 2019", DateRules()).start_time == time(15)


@pytest.mark.parametrize("text", ["2076-01-22 BS", "2076/1/22 B.S.", "Bikram Samvat 2076-01-22"])
def test_dates_of_nepal_are_not_taken_for_gregorian_ones(text: str) -> None:
    assert read_date(text, DateRules()).start is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("first Sunday of May 2022", date(2022, 5, 1)),
        ("1er domingo de abril 2023", date(2023, 4, 2)),
        ("letzter Samstag im Juni 2019", date(2019, 6, 29)),
        ("2e samedi de mars 2023", date(2023, 3, 11)),
    ],
)
def test_weekday_in_a_month_is_its_day(text: str, day: date) -> None:
    read = read_date(text, DateRules())
    assert (read.start, read.end, read.precision, str(read.remark)) == (day, day, DatePrecision.DAY, "")


def test_fifth_weekday_that_a_month_does_not_have_is_no_day() -> None:
    assert read_date("5th Sunday of May 2023", DateRules()).precision is not DatePrecision.DAY
