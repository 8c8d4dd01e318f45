"""Dates from separate fields of a form or table."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate
from rallymap.intake.field_errors import FieldErrors
from rallymap.intake.when import has_time, read_when

SAT, SUN = date(2020, 2, 1), date(2020, 2, 2)


def read(**fields: str) -> EventDate:
    errors = FieldErrors()
    when = read_when(fields, errors)
    assert [err.user_message for err in errors.found] == []
    return when


def complaint(**fields: str) -> tuple[str, str]:
    errors = FieldErrors()
    assert read_when(fields, errors) == EventDate.unknown()
    (only,) = errors.found
    return only.field, only.user_message


def test_nothing_given() -> None:
    assert read() == EventDate.unknown()
    assert read(precision="unknown") == EventDate.unknown()


def test_one_field_with_the_whole_date() -> None:
    assert read(date="2020-02-01/2020-02-02") == EventDate(SAT, SUN, DatePrecision.DAY)
    assert read(date="2020-02-01/2020-02-02", precision="weekend") == EventDate(SAT, SUN, DatePrecision.WEEKEND)
    assert read(date="2022-06~") == EventDate.month(2022, 6, approximate=True)


def test_start_and_end() -> None:
    assert read(start="2020-02-01", end="2020-02-02") == EventDate(SAT, SUN, DatePrecision.DAY)


def test_start_alone_is_one_day() -> None:
    assert read(start="2020-02-01") == EventDate(SAT, SAT, DatePrecision.DAY)


@pytest.mark.parametrize("day", ["2020-02-01", "2020-02-02"])
def test_weekend_from_either_day(day: str) -> None:
    assert read(start=day, precision="weekend") == EventDate(SAT, SUN, DatePrecision.WEEKEND)


def test_weekend_on_a_working_day() -> None:
    assert complaint(start="2020-02-05", precision="weekend") == (
        "start",
        "2020-02-05 is a Wednesday; for a weekend give its Saturday, or both its days.",
    )


def test_weekend_of_friday_and_saturday_is_taken_as_given() -> None:
    friday = date(2020, 1, 31)
    assert read(start="2020-01-31", end="2020-02-01", precision="weekend") == EventDate(
        friday, SAT, DatePrecision.WEEKEND
    )


def test_weekend_of_eight_days() -> None:
    assert complaint(start="2020-02-01", end="2020-02-08", precision="weekend") == (
        "end",
        "2020-02-01 to 2020-02-08 is longer than a weekend; choose “a day, or several days” or “a week”.",
    )


def test_week_around_a_day() -> None:
    assert read(start="2020-02-05", precision="week") == EventDate(
        date(2020, 2, 3), date(2020, 2, 9), DatePrecision.WEEK
    )


def test_week_of_eight_days() -> None:
    field, _ = complaint(start="2020-02-01", end="2020-02-08", precision="week")
    assert field == "end"


def test_month_and_year_around_a_day() -> None:
    assert read(start="2020-02-05", precision="month") == EventDate.month(2020, 2)
    assert read(start="2020-02-05", precision="year") == EventDate.year(2020)


def test_approximate_by_separate_field() -> None:
    assert read(start="2020-02-05", precision="month", approximate="yes") == EventDate.month(2020, 2, approximate=True)


def test_time_makes_the_precision_a_minute() -> None:
    expected = EventDate(SAT, SAT, DatePrecision.MINUTE, time(18), time(20), "Europe/Oslo")
    assert read(start="2020-02-01", start_time="18:00", end_time="8 pm", zone="Europe/Oslo") == expected
    assert read(date="2020-02-01 18:00", end_time="20:00", zone="Europe/Oslo") == expected


@pytest.mark.parametrize(
    ("fields", "edtf"),
    [
        (
            {"start": "2020-02-01", "start_time": "22:00", "end_time": "01:30"},
            "2020-02-01T22:00:00/2020-02-02T01:30:00",
        ),
        ({"start": "2020-12-31", "start_time": "8 pm", "end_time": "0:00"}, "2020-12-31T20:00:00/2021-01-01T00:00:00"),
        ({"start": "2020-02-01", "start_time": "18:00", "end_time": "6:00"}, "2020-02-01T18:00:00/2020-02-02T06:00:00"),
        (
            {"start": "2020-02-01", "start_time": "10:00", "end_time": "24:00"},
            "2020-02-01T10:00:00/2020-02-02T00:00:00",
        ),
        (
            {"start": "2020-02-01", "start_time": "10:00", "end": "2020-02-02", "end_time": "24 Uhr"},
            "2020-02-01T10:00:00/2020-02-03T00:00:00",
        ),
        ({"start": "1 Feb 2020 22:00-01:30"}, "2020-02-01T22:00:00/2020-02-02T01:30:00"),
    ],
)
def test_end_before_the_start_is_of_the_next_day(fields: dict[str, str], edtf: str) -> None:
    assert read(**fields, zone="Europe/Oslo").edtf == edtf


@pytest.mark.parametrize(
    "fields",
    [
        {"start_time": "10:00", "end_time": "1:00"},  # one o'clock in the afternoon is equally likely
        {"start_time": "22:00", "end_time": "01:30", "end": "2020-02-01"},
    ],
)
def test_end_before_the_start_is_queried_if_it_may_be_an_error(fields: dict[str, str]) -> None:
    assert complaint(start="2020-02-01", zone="Europe/Oslo", **fields) == (
        "end",
        "It ends before it starts; for an event past midnight choose the next day as its end.",
    )


def test_24_hours() -> None:
    when = read(start="2020-02-01", end="2020-02-02", start_time="12:00", end_time="12:00", zone="Europe/Oslo")
    assert (when.start, when.end, when.start_time, when.end_time) == (SAT, SUN, time(12), time(12))


def test_time_zone_comes_from_the_caller_if_the_field_is_empty() -> None:
    errors = FieldErrors()
    assert read_when({"start": "2020-02-01", "start_time": "18:00"}, errors, "Europe/Oslo").zone == "Europe/Oslo"
    assert read_when({"start": "2020-02-01", "zone": "Asia/Tehran"}, errors, "Europe/Oslo").zone == "Asia/Tehran"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"start": "2020-02-02", "end": "2020-02-01"},
            ("end", "The end (2020-02-01) is before the start (2020-02-02); change one of them."),
        ),
        ({"end": "2020-02-01"}, ("start", "There is a last day but no first day; give both, or neither.")),
        ({"precision": "day"}, ("start", "Please give the day it starts, or choose “not known”.")),
        (
            {"start": "2020-02-01", "precision": "unknown"},
            ("precision", "You chose “not known” but gave a date. Change one of them."),
        ),
        (
            {"start": "2020-02-01", "precision": "minute"},
            ("start_time", "Please give the time it starts, or choose “a day, or several days”."),
        ),
        (
            {"start": "2020", "precision": "day"},
            (
                "precision",
                "You chose “a day, or several days”, but the date gives only this: a year. Change one of them.",
            ),
        ),
        ({"start": "2020-02-01", "start_time": "18:00"}, ("zone", "A time needs its time zone, such as Europe/Oslo.")),
        (
            {"start": "2020-02-01", "start_time": "18:00", "zone": "Oslo"},
            ("zone", "This time zone is not known; use an IANA name such as Europe/Oslo."),
        ),
        ({"start_time": "18:00"}, ("start_time", "There is a time of day but no day; give the day too.")),
        (
            {"start": "2020-02-01", "start_time": "18:00", "precision": "day", "zone": "Europe/Oslo"},
            ("start_time", "Times belong to the precision “a day with the exact time” only."),
        ),
        ({"start": "9999-12-31", "precision": "week"}, ("start", "Dates from 1800 to 2199 can be recorded.")),
        (
            {"start": "2020-02-01", "precision": "fortnight"},
            (
                "precision",
                "“fortnight” is not known here; one of: minute, day, weekend, week, month, year, unknown.",
            ),
        ),
        (
            {"date": "2020-02-01", "start": "2020-02-01"},
            ("start", "The day is in two fields, “date” and “start”; keep one of them."),
        ),
    ],
)
def test_error_has_its_field(fields: dict[str, str], expected: tuple[str, str]) -> None:
    assert complaint(**fields) == expected


def test_all_errors_are_found_at_once() -> None:
    errors = FieldErrors()
    read_when({"start": "soon", "end": "later", "start_time": "late", "precision": "exactly"}, errors)
    assert [err.field for err in errors.found] == ["start", "end", "start_time", "precision"]


def test_has_time() -> None:
    assert has_time({"start_time": "18:00"})
    assert has_time({"date": "2020-02-01T18:00"})
    assert not has_time({"date": "2020-02-01", "start_time": ""})


NAMES = ("date", "start", "end", "precision", "start_time", "end_time", "zone", "approximate")
TEXTS = st.sampled_from(["", "2020-02-01", "2020-02", "2020", "18:00", "weekend", "week", "month", "minute", "9999"])


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(NAMES), TEXTS | st.text(max_size=12)))
def test_any_fields_give_a_date_or_errors(fields: dict[str, str]) -> None:
    errors = FieldErrors()
    when = read_when(fields, errors)
    assert not (errors.found and when.is_known)
