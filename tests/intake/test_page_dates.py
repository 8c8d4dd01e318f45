"""Forms and tables parse every date that the pages write, in every language."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import InvalidEventError
from rallymap.intake.cells.date_stamps import DateRules
from rallymap.intake.cells.dates import read_date as read_cell
from rallymap.intake.cells.seasons import SEASONS, season_in_words
from rallymap.intake.field_errors import FieldErrors
from rallymap.intake.when import read_when
from rallymap.intake.written_dates import names_season, read_date
from rallymap.language import Language, languages, tr, use_language
from rallymap.wording import date_in_words, date_with_weekday

EVERY_LANGUAGE = pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def some_dates(draw: st.DrawFn) -> EventDate:
    """Generate a date of any precision that a form supports, with all parts shown on pages."""
    start = draw(DAYS)
    approximate = draw(st.booleans())
    kind = draw(st.sampled_from(list(DatePrecision)))
    later = timedelta(days=draw(st.integers(0, 400)))
    match kind:
        case DatePrecision.UNKNOWN:
            return EventDate.unknown()
        case DatePrecision.YEAR:
            end = date(start.year + draw(st.integers(0, 3)), 12, 31)
            return EventDate(start.replace(month=1, day=1), end, kind, approximate=approximate)
        case DatePrecision.MONTH:
            first = start.replace(day=1)
            last = ((first + later).replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            return EventDate(first, last, kind, approximate=approximate)
        case DatePrecision.WEEK:
            monday = start - timedelta(days=start.weekday())
            return EventDate(monday, monday + timedelta(days=6), kind, approximate=approximate)
        case DatePrecision.WEEKEND:
            saturday = start + timedelta(days=5 - start.weekday())
            return EventDate(saturday, saturday + timedelta(days=1), kind, approximate=approximate)
        case DatePrecision.DAY:
            return EventDate(start, start + later, kind, approximate=approximate)
    at = draw(st.times()).replace(second=0, microsecond=0)
    until = draw(st.none() | st.just(time.min) | st.times().map(lambda found: found.replace(second=0, microsecond=0)))
    days = draw(st.integers(0, 2)) + (until is not None and until < at)
    zone = draw(st.sampled_from(["Europe/Oslo", "America/Argentina/Buenos_Aires", "Etc/GMT+3", "UTC"]))
    if days == 0 and until == time.min:
        days = 1  # no event lasts from 00:00 to 00:00
    return EventDate(start, start + timedelta(days=days), kind, at, until, zone, approximate)


@EVERY_LANGUAGE
@given(when=some_dates())
@settings(max_examples=40, deadline=None)
@pytest.mark.slow
def test_a_date_in_words_is_read_as_that_date(language: Language, when: EventDate) -> None:
    with use_language(language):
        errors = FieldErrors()
        assert read_when({"date": date_in_words(when)}, errors) == when
        assert read_when({"date": date_with_weekday(when)}, errors, when.zone) == when
        assert errors.found == []
        if when.start_time is not None:
            return  # short forms omit times
        short = read_date("date", date_in_words(when, short=True))
        assert (short.start, short.end, short.approximate) == (when.start, when.last_day, when.approximate)


@EVERY_LANGUAGE
@given(when=some_dates())
@settings(max_examples=40, deadline=None)
@pytest.mark.slow
def test_a_table_reads_it_as_well_or_notes_what_is_left_out(language: Language, when: EventDate) -> None:
    with use_language(language):
        written = date_in_words(when)
    read = read_cell(written, DateRules())
    if read.remark or not when.is_known:
        return
    assert (read.start, read.precision, read.approximate) == (when.start, when.precision, when.approximate)
    assert read.end == when.end or (read.end_time is not None and read.end == when.start)  # overnight, see rows/when.py
    assert (read.start_time, read.end_time) == (when.start_time, when.end_time)


@EVERY_LANGUAGE
def test_no_page_reads_the_dates_of_another_language_as_other_days(language: Language) -> None:
    for month in range(1, 13):
        when = EventDate(date(2020, month, 3), date(2020, month, 9), DatePrecision.DAY)
        with use_language(language):
            written = date_in_words(when)
        for code in ("en", "fa", "ku"):
            with use_language(next(other for other in languages() if other.code == code)):
                assert read_when({"date": written}, FieldErrors()) == when


@EVERY_LANGUAGE
@pytest.mark.parametrize(("season", "months"), list(zip(SEASONS, ("03", "06", "09", "12"), strict=True)))
def test_a_season_in_words_is_its_three_months(language: Language, season: str, months: str) -> None:
    with use_language(language):
        written = season_in_words(season, 2019)
        around = tr("around {date}", date=written)
        found, about = read_date("date", written), read_date("date", around)
    assert (f"{found.start:%Y-%m}", found.precision, found.approximate) == (f"2019-{months}", "month", False)
    assert (about.start, about.end, about.approximate) == (found.start, found.end, True)
    assert (names_season(written), names_season(around)) == (season, season)
    cell = read_cell(written, DateRules())
    assert (cell.start, cell.end, cell.precision) == (found.start, found.end, "month")
    assert cell.remark == "This is read as the season of the northern hemisphere."


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("навесні 2019 року", date(2019, 3, 1), date(2019, 5, 31)),
        ("primavera del año 2019", date(2019, 3, 1), date(2019, 5, 31)),
        ("2019年秋季", date(2019, 9, 1), date(2019, 11, 30)),
        ("Herbst 2019", date(2019, 9, 1), date(2019, 11, 30)),
        ("2019 yazında", date(2019, 6, 1), date(2019, 8, 31)),
        ("bihara 2019an", date(2019, 3, 1), date(2019, 5, 31)),
        ("زمستان ۲۰۱۹/۲۰", date(2019, 12, 1), date(2020, 2, 29)),
        ("بهار ۱۳۹۸", date(2019, 3, 21), date(2019, 6, 21)),
        ("زمستان ۱۳۹۸", date(2019, 12, 22), date(2020, 3, 19)),
    ],
)
def test_seasons_as_people_write_them(text: str, start: date, end: date) -> None:
    found = read_date("date", text)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "before June 2022", "after 3 May 2020", "vor Juni 2022", "après juin 2022", "antes de junio de 2022",
        "перед 1 лютого 2020", "после 1 февраля 2020", "قبل يونيو 2022", "پس از ژوئن ۲۰۲۲", "2022年6月之前",
        "Haziran 2022'den önce", "piştî hezîrana 2022an", "før juni 2022", "efter juni 2022",
    ],
)  # fmt: skip
def test_before_and_after_are_not_a_date(text: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_date("date", text)
    assert caught.value.user_message == (
        f"“{text}” says only before or after. Write the month or the year in which it was, as well as it is known."
    )
    cell = read_cell(text, DateRules())
    assert (cell.start, cell.remark) == (None, "This says only before or after.")


@pytest.mark.parametrize("text", ["until June 2022", "bis Juni 2022", "до червня 2022", "تا ژوئن ۲۰۲۲"])
def test_an_end_alone_is_refused_by_the_form_and_noted_in_a_table(text: str) -> None:
    with pytest.raises(InvalidEventError):
        read_date("date", text)
    assert read_cell(text, DateRules()).remark == "This gives only an end."


def test_month_with_another_meaning_in_a_neighbouring_language_is_queried() -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_date("start", "3 listopada 2020")
    assert caught.value.user_message == (
        "“3 listopada 2020” can be 3 November or 3 October; write 2020-11-03 or 2020-10-03."
    )


def test_winter_is_queried_in_the_language_of_the_reader() -> None:
    for language in languages():
        with use_language(language):
            first, second = season_in_words("winter", 2018), season_in_words("winter", 2019)
            with pytest.raises(InvalidEventError) as caught:
                read_date("start", tr("winter {year}", year="2019"))
            assert first in caught.value.user_message
            assert second in caught.value.user_message
            assert read_date("start", second).end == date(2020, 2, 29)


def test_persian_digits_are_read_in_every_form() -> None:
    assert read_date("date", "۲۰۱۸-۰۶-۳۰").start == date(2018, 6, 30)
    assert read_date("date", "۲۰۱۸").precision is DatePrecision.YEAR
