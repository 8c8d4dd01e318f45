"""Decades and unspecified digits in cells for dates."""

from __future__ import annotations

from datetime import date

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
