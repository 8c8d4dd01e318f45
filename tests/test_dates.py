"""Dates keep their precision; EDTF is parsed and written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rallymap.dates import EARLIEST, LATEST, DatePrecision, EventDate, parse_edtf
from rallymap.errors import InvalidEventError

SAT, SUN = date(2020, 2, 1), date(2020, 2, 2)


def complaint(**parts: Any) -> tuple[str, str]:
    with pytest.raises(InvalidEventError) as caught:
        EventDate(**parts)
    return caught.value.field, caught.value.user_message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", EventDate.unknown()),
        ("2018-06-30", EventDate(date(2018, 6, 30), precision=DatePrecision.DAY)),
        ("2020-02-01/2020-02-02", EventDate(SAT, SUN, DatePrecision.DAY)),
        ("2018-06", EventDate.month(2018, 6)),
        ("2022-06~", EventDate.month(2022, 6, approximate=True)),
        ("2018", EventDate.year(2018)),
        ("2020-02-01~", EventDate(SAT, precision=DatePrecision.DAY, approximate=True)),
        ("2019-12/2020-02", EventDate(date(2019, 12, 1), date(2020, 2, 29), DatePrecision.MONTH)),
        (
            "2020-02-01T18:00:00",
            EventDate(SAT, precision=DatePrecision.MINUTE, start_time=time(18), zone="Europe/Oslo"),
        ),
        (
            "2020-02-01T22:00/2020-02-02T02:00",
            EventDate(SAT, SUN, DatePrecision.MINUTE, time(22), time(2), "Europe/Oslo"),
        ),
    ],
)
def test_edtf_text(text: str, expected: EventDate) -> None:
    zone = "Europe/Oslo" if "T" in text else ""
    assert parse_edtf(text, zone=zone) == expected


def test_edtf_text_with_a_separate_precision() -> None:
    assert parse_edtf("2020-02-01/2020-02-02", "weekend") == EventDate(SAT, SUN, DatePrecision.WEEKEND)
    assert parse_edtf("", "unknown") == EventDate.unknown()


@pytest.mark.parametrize("text", ["soon", "2020-2-1", "30.06.2018", "2020?", "../2020", "2020-02-01T1"])
def test_text_that_is_not_edtf(text: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        parse_edtf(text)
    assert caught.value.user_message == (
        f"“{text}” is not a date; write 2020-02-01, 2020-02-01/2020-02-02, 2022-06~ or 2018."
    )


@pytest.mark.parametrize("text", ["2019-02-29", "2020-13", "2020-00", "2020-01-01T25:00", "0000"])
def test_day_that_does_not_exist(text: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        parse_edtf(text, zone="UTC")
    assert caught.value.user_message == f"“{text}” names a day that does not exist."


def test_precision_without_a_date() -> None:
    with pytest.raises(InvalidEventError) as caught:
        parse_edtf("", "day")
    assert caught.value.user_message == "The precision is “day”, but no date is given."


def test_invalid_precision() -> None:
    with pytest.raises(InvalidEventError) as caught:
        parse_edtf("2020", "fortnight")
    assert caught.value.field == "precision"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {"start": SUN, "end": SAT, "precision": "day"},
            ("end", "The end (2020-02-01) is before the start (2020-02-02); change one of them."),
        ),
        ({"start": SAT}, ("date", "A date that is not known has no day; choose a precision.")),
        ({"precision": "day"}, ("date", "Please give the day it starts, or choose “not known”.")),
        (
            {"start": date(1799, 12, 31), "precision": "day"},
            ("date", "Dates from 1800 to 2199 can be recorded."),
        ),
        (
            {"start": SAT, "end": date(2200, 1, 1), "precision": "day"},
            ("date", "Dates from 1800 to 2199 can be recorded."),
        ),
        (
            {"start": SAT, "precision": "minute", "zone": "UTC"},
            ("start_time", "Please give the time it starts, or choose “a day, or several days”."),
        ),
        (
            {"start": SAT, "precision": "minute", "start_time": time(18)},
            ("zone", "A time needs its time zone, such as Europe/Oslo."),
        ),
        (
            {"start": SAT, "precision": "day", "zone": "Mars/Olympus"},
            ("zone", "This time zone is not known; use an IANA name such as Europe/Oslo."),
        ),
        (
            {"start": SAT, "precision": "day", "zone": "../etc"},
            ("zone", "This time zone is not known; use an IANA name such as Europe/Oslo."),
        ),
        (
            {"start": SAT, "precision": "day", "zone": "1" + "1/" * 10_000},
            ("zone", "This time zone is not known; use an IANA name such as Europe/Oslo."),
        ),
        (
            {"start": SAT, "precision": "minute", "start_time": time(18), "end_time": time(17), "zone": "UTC"},
            ("end", "It ends before it starts; for an event past midnight choose the next day as its end."),
        ),
        (
            {"start": SAT, "precision": "day", "start_time": time(18)},
            ("start_time", "Times belong to the precision “a day with the exact time” only."),
        ),
    ],
)
def test_invalid_date(parts: dict[str, object], expected: tuple[str, str]) -> None:
    assert complaint(**parts) == expected


def test_one_day_is_its_own_end() -> None:
    assert EventDate(SAT, precision=DatePrecision.DAY).end == SAT


def test_24_hours_end_at_the_same_time_the_next_day() -> None:
    when = EventDate(SAT, SUN, DatePrecision.MINUTE, time(12), time(12), "Europe/Oslo")
    assert (when.starts_at(), when.ends_at()) == (
        datetime(2020, 2, 1, 11, tzinfo=UTC),
        datetime(2020, 2, 2, 11, tzinfo=UTC),
    )


def test_day_with_a_zone_lasts_from_midnight_to_midnight_there() -> None:
    when = EventDate(SAT, precision=DatePrecision.DAY, zone="America/Toronto")
    assert (when.starts_at(), when.ends_at()) == (
        datetime(2020, 2, 1, 5, tzinfo=UTC),
        datetime(2020, 2, 2, 5, tzinfo=UTC),
    )


@pytest.mark.parametrize(("day", "hours"), [(date(2020, 3, 29), 23), (date(2020, 10, 25), 25)])
def test_day_of_a_clock_change_has_23_or_25_hours(day: date, hours: int) -> None:
    when = EventDate(day, precision=DatePrecision.DAY, zone="Europe/Oslo")
    began, ended = when.starts_at(), when.ends_at()
    assert began is not None
    assert ended is not None
    assert (ended - began).total_seconds() == hours * 3600


def test_day_without_a_time_zone_can_be_anywhere_on_earth() -> None:
    when = EventDate(SAT, precision=DatePrecision.DAY)
    assert (when.starts_at(), when.ends_at()) == (
        datetime(2020, 1, 31, 10, tzinfo=UTC),
        datetime(2020, 2, 2, 12, tzinfo=UTC),
    )


def test_unknown_date_has_no_moments() -> None:
    unknown = EventDate.unknown()
    assert (unknown.starts_at(), unknown.ends_at(), unknown.is_known, unknown.edtf) == (None, None, False, "")


def test_coarse_dates_bound_a_time() -> None:
    assert [
        precision for precision in DatePrecision if precision is not DatePrecision.UNKNOWN and _of(precision).is_coarse
    ] == [
        DatePrecision.WEEK,
        DatePrecision.MONTH,
        DatePrecision.YEAR,
    ]


def _of(precision: DatePrecision) -> EventDate:
    minute = precision is DatePrecision.MINUTE
    return EventDate(SAT, SUN, precision, time(18) if minute else None, zone="UTC" if minute else "")


DAYS = st.dates(EARLIEST, LATEST)
MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@st.composite
def event_dates(draw: st.DrawFn) -> EventDate:
    precision = draw(st.sampled_from(DatePrecision))
    if precision is DatePrecision.UNKNOWN:
        return EventDate.unknown()
    start, end = sorted((draw(DAYS), draw(DAYS)))
    if precision is DatePrecision.MINUTE:
        assume(start < end)
        end_time = draw(st.none() | MINUTES)
        return EventDate(start, end, precision, draw(MINUTES), end_time, "Asia/Tehran", draw(st.booleans()))
    return EventDate(start, end, precision, approximate=draw(st.booleans()))


@pytest.mark.slow
@given(event_dates())
def test_edtf_text_is_read_back_as_the_same_date(when: EventDate) -> None:
    assert parse_edtf(when.edtf, when.precision, when.zone) == when


@pytest.mark.slow
@given(event_dates())
def test_it_begins_before_it_ends(when: EventDate) -> None:
    began, ended = when.starts_at(), when.ends_at()
    assume(began is not None and ended is not None)
    assert began is not None
    assert ended is not None
    assert began < ended


@pytest.mark.slow
@given(st.text(max_size=40) | st.from_regex(r"\d{4}(-\d\d){0,2}(T\d\d:\d\d)?~?(/\d{4}(-\d\d){0,2}~?)?", fullmatch=True))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    try:
        when = parse_edtf(text, zone="UTC")
    except InvalidEventError as err:
        assert err.user_message  # noqa: PT017 - the sentence is one of the two good ends
    else:
        assert when.is_known == bool(text.strip())
