"""Dates as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.dates import DatePrecision
from rallymap.errors import InvalidEventError
from rallymap.intake.page_dates import WrittenDate
from rallymap.intake.written_dates import names_season, read_date
from rallymap.intake.written_times import read_time
from rallymap.language import Language, use_language

DAY = WrittenDate(date(2018, 6, 30), date(2018, 6, 30), DatePrecision.DAY)
WEEKEND_DAYS = WrittenDate(date(2020, 2, 1), date(2020, 2, 2), DatePrecision.DAY)
JUNE = WrittenDate(date(2022, 6, 1), date(2022, 6, 30), DatePrecision.MONTH)
AROUND_JUNE = WrittenDate(date(2022, 6, 1), date(2022, 6, 30), DatePrecision.MONTH, approximate=True)


@pytest.mark.parametrize(
    "text",
    [
        "2018-06-30",
        "2018/06/30",
        "2018/6/30",
        "30 June 2018",
        "30. June 2018",
        "30th of June 2018",
        "30 jun. 2018",
        "June 30, 2018",
        "JUNE 30th 2018",
        "Saturday, 30 June 2018",
        "Sat 30 Jun 2018",
        "30.06.2018",
        "30. 6. 2018",
        "30/06/2018",
        "06/30/2018",
        "30-06-2018",
        "2018-6-30",
        "20180630",
        "2018 June 30",
        "  30   June\n2018 ",
    ],
)
def test_day_in_many_spellings(text: str) -> None:
    assert read_date("date", text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "2020-02-01/2020-02-02",
        "2020-02-01 to 2020-02-02",
        "1-2 February 2020",
        "1–2 February 2020",
        "1 and 2 February 2020",
        "February 1-2, 2020",
        "1 February 2020 – 2 February 2020",
        "01.02.2020 - 02.02.2020",
        "1.-2.2.2020",
    ],
)
def test_several_days_in_many_spellings(text: str) -> None:
    assert read_date("date", text) == WEEKEND_DAYS


@pytest.mark.parametrize("text", ["2022-06", "June 2022", "jun 2022"])
def test_month_in_many_spellings(text: str) -> None:
    assert read_date("date", text) == JUNE


@pytest.mark.parametrize(
    "text", ["2022-06~", "around June 2022", "c. June 2022", "~2022-06", "Approximately June 2022"]
)
def test_around_a_month_in_many_spellings(text: str) -> None:
    assert read_date("date", text) == AROUND_JUNE


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("spring 2019", date(2019, 3, 1), date(2019, 5, 31)),
        ("Summer of 2019", date(2019, 6, 1), date(2019, 8, 31)),
        ("fall, 2019", date(2019, 9, 1), date(2019, 11, 30)),
        ("winter 2019/20", date(2019, 12, 1), date(2020, 2, 29)),
        ("winter 2019–2020", date(2019, 12, 1), date(2020, 2, 29)),
        ("2019-21", date(2019, 3, 1), date(2019, 5, 31)),  # EDTF: spring; 25 in the north, 29 in the south
        ("2019-25", date(2019, 3, 1), date(2019, 5, 31)),
        ("2019-29", date(2019, 9, 1), date(2019, 11, 30)),
        ("2019-24", date(2019, 12, 1), date(2020, 2, 29)),
        ("2019-31", date(2019, 3, 1), date(2019, 5, 31)),
        ("2019-32", date(2019, 6, 1), date(2019, 8, 31)),
        ("spring 2019 to autumn 2019", date(2019, 3, 1), date(2019, 11, 30)),
    ],
)
def test_season_is_its_three_months(text: str, start: date, end: date) -> None:
    assert read_date("date", text) == WrittenDate(start, end, DatePrecision.MONTH)
    around = WrittenDate(start, end, DatePrecision.MONTH, approximate=True)
    assert read_date("date", f"around {text}") == around


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("winter 2019", "Which winter is meant? Write winter 2018/19 or winter 2019/20."),
        ("winter 2000", "Which winter is meant? Write winter 1999/00 or winter 2000/01."),
        (
            "spring 2019/20",
            "“spring 2019/20” is not a date that can be read here. Write it like 1 February 2020, June 2022 or 2018.",
        ),
        (
            "winter 2019/21",
            "“winter 2019/21” is not a date that can be read here. Write it like 1 February 2020, June 2022 or 2018.",
        ),
    ],
)
def test_unclear_season_is_queried(text: str, sentence: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_date("start", text)
    assert (caught.value.field, caught.value.user_message) == ("start", sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("۱۴۰۱/۰۷/۰۹", "Is this a Persian date? Write the Gregorian one: 1 October 2022."),
        ("1401-02-31", "Is this a Persian date? Write the Gregorian one: 21 May 2022."),
        ("1401.12.30", "Is this a Persian date? Write the Gregorian one."),
    ],
)
def test_persian_date_is_asked_about(text: str, sentence: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_date("start", text)
    assert (caught.value.field, caught.value.user_message) == ("start", sentence)


@pytest.mark.parametrize(
    ("text", "season"),
    [("around Spring 2019", "spring"), ("fall 2019", "autumn"), ("2019-27", "autumn"), ("2019-31", ""), ("2019", "")],
)
def test_text_that_names_a_season(text: str, season: str) -> None:
    assert names_season(text) == season


def test_year() -> None:
    assert read_date("date", "1988") == WrittenDate(date(1988, 1, 1), date(1988, 12, 31), DatePrecision.YEAR)


@pytest.mark.parametrize("text", ["2018-06-30T18:00", "2018-06-30 18:00"])
def test_day_with_a_time(text: str) -> None:
    expected = WrittenDate(date(2018, 6, 30), date(2018, 6, 30), DatePrecision.MINUTE, time(18))
    assert read_date("date", text) == expected


@pytest.mark.parametrize("text", ["", "  ", "?", "unknown", "Not known", "n/a", "undated"])
def test_no_date(text: str) -> None:
    assert read_date("date", text) == WrittenDate()


def test_ambiguous_day_and_month_are_queried() -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_date("start", "03/04/2018")
    assert caught.value.user_message == "“03/04/2018” can be 3 April or 4 March; write 2018-04-03 or 2018-03-04."
    assert caught.value.field == "start"


def test_same_number_twice_is_not_ambiguous() -> None:
    assert read_date("date", "04/04/2018").start == date(2018, 4, 4)


@pytest.mark.parametrize("text", ["30 February 2020", "2020-02-30", "31.04.2019", "13/13/2019", "June 0000"])
def test_day_that_does_not_exist(text: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_date("date", text)
    assert caught.value.user_message == f"“{text}” names a day that does not exist."


@pytest.mark.parametrize(
    "text", ["5 May", "Sat 4 May", "June", "autumn", "3.5.24", "1. Mai", "۵ خرداد", "5 травня", "5月3日", "around June"]
)
def test_date_that_lacks_only_its_year_is_refused_with_what_is_missing(text: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_date("date", text)
    assert caught.value.user_message == f"Write “{text}” with its year in four digits, such as 2026."


@pytest.mark.parametrize("text", ["soon", "next Friday", "2020-02-01, 2020-02-05", "<img onerror>"])
def test_text_without_a_date_is_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_date("date", text)
    assert caught.value.user_message == (
        f"“{text}” is not a date that can be read here. Write it like 1 February 2020, June 2022 or 2018."
    )


@pytest.mark.slow
@given(st.text() | st.from_regex(r"\d{1,4}[-/. ]\w{1,9}[-/. ,]*\d{0,4}(T\d\d:\d\d)?~?", fullmatch=True))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    try:
        when = read_date("date", text)
    except InvalidEventError as err:
        assert err.field == "date"  # noqa: PT017 - the sentence is one of the two good ends
    else:
        assert (when.start is None) == (when.precision is DatePrecision.UNKNOWN)


@pytest.mark.slow
@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back_from_its_usual_spellings(day: date) -> None:
    expected = WrittenDate(day, day, DatePrecision.DAY)
    for text in (f"{day}", f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}", f"{day:%d.%m.%Y}"):
        assert read_date("date", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:00", time(18)),
        ("18.30", time(18, 30)),
        ("18h05", time(18, 5)),
        ("18:00:00", time(18)),
        ("6 pm", time(18)),
        ("6:30 PM", time(18, 30)),
        ("12 am", time(0)),
        ("12 p.m.", time(12)),
        ("14", time(14)),
        ("23", time(23)),
        ("18 Uhr", time(18)),
        ("18h", time(18)),
        ("1830", time(18, 30)),
        ("noon", time(12)),
        ("٦ مساءً", time(18)),
        ("ساعت ۱۸:۳۰", time(18, 30)),
        ("下午6時", time(18)),
        ("6 вечера", time(18)),
        ("\u206618:00\u2069", time(18)),
        ("", None),
    ],
)
def test_time_in_many_spellings(text: str, expected: time | None) -> None:
    assert read_time("start_time", text) == expected


@pytest.mark.parametrize(
    "text", ["7", "12", "24", "25:00", "18:60", "13 pm", "0 am", "kl. 7", "-1:00", "18-20", "24:00", "1800 people"]
)
def test_text_without_a_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_time("start_time", text)
    assert caught.value.user_message == f"“{text}” is not a time of day; write it like 18:00."


@pytest.mark.parametrize(
    "text",
    [
        "۱۲ بهمن ۱۴۰۴", "12 Bahman 1404", "1 лютого 2026", "1 février 2026", "1. februar 2026", "1 de febrero de 2026",
        "١ فبراير ٢٠٢٦", "1 şubat 2026", "2026年2月1日",
    ],
)  # fmt: skip
def test_month_in_words_of_other_languages(text: str) -> None:
    day = date(2026, 2, 1)
    assert read_date("date", text) == WrittenDate(day, day, DatePrecision.DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday 1 February 2027", "Dienstag, 1. Februar 2027", "mar. 01.02.2027", "tir. 01.02.2027",
        "вторник, 1 февраля 2027",
        "سه‌شنبه ۱ فوریه ۲۰۲۷", "الثلاثاء ١ فبراير ٢٠٢٧", "2027年2月1日（二）", "Tue 2027-02-01", "2027-02-01, mar",
    ],
)  # fmt: skip
def test_day_with_the_weekday_of_another_one_is_refused(text: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_date("start", text)
    assert caught.value.user_message == (
        "The weekday does not match: by the calendar it is Monday 1 February 2027. "
        "Correct the date, or leave the weekday out."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Monday 1 February 2027", "Montag, 1.2.2027", "lun. 01.02.2027", "пн 01.02.2027", "دوشنبه ۱ فوریه ۲۰۲۷",
        "Mon 2027-02-01",
        "\u20662027-02-01\u2069", "\u202b1 فبراير 2027\u202c",
    ],
)  # fmt: skip
def test_weekday_and_invisible_characters_are_ignored(text: str) -> None:
    assert read_date("start", text) == WrittenDate(date(2027, 2, 1), date(2027, 2, 1), DatePrecision.DAY)


@pytest.mark.parametrize("text", ["1 лютого", "32 février 2026", "31 avril 2026", "bahman", "Februar oder März 2026"])
def test_other_languages_are_not_read_on_a_guess(text: str) -> None:
    with pytest.raises(InvalidEventError):
        read_date("date", text)


def test_persian_digits_are_read_on_persian_pages() -> None:
    with use_language(Language("fa", "فارسی", "rtl")):
        assert read_date("date", "۱۴۰۴/۱۱/۱۲").start == date(2026, 2, 1)
        with pytest.raises(InvalidEventError):
            read_date("date", "۱۴۰۴/۱۲/۳۰")  # not a leap year


@pytest.mark.parametrize(
    ("text", "start", "end", "precision", "approximate"),
    [
        ("early 2019", date(2019, 1, 1), date(2019, 12, 31), DatePrecision.YEAR, True),
        ("fin 2019", date(2019, 1, 1), date(2019, 12, 31), DatePrecision.YEAR, True),
        ("Q1 2023", date(2023, 1, 1), date(2023, 3, 31), DatePrecision.MONTH, False),
        ("KW 8 2023", date(2023, 2, 20), date(2023, 2, 26), DatePrecision.WEEK, False),
        ("2019-02-XX", date(2019, 2, 1), date(2019, 2, 28), DatePrecision.MONTH, False),
        ("late 1990s", date(1990, 1, 1), date(1999, 12, 31), DatePrecision.YEAR, True),
        ("199X", date(1990, 1, 1), date(1999, 12, 31), DatePrecision.YEAR, False),
    ],
)
def test_parts_of_years_and_decades(
    text: str, start: date, end: date, precision: DatePrecision, approximate: bool
) -> None:
    assert read_date("date", text) == WrittenDate(start, end, precision, approximate=approximate)


@pytest.mark.parametrize(
    "text", ["24/2/23", "24.2.23", "24022023", "2019 or 2020", "2023/24", "1990-2000s", "24 février"]
)
def test_texts_that_leave_the_date_open_are_refused(text: str) -> None:
    with pytest.raises(InvalidEventError):
        read_date("date", text)
