from datetime import date, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate, parse_edtf
from rallymap.errors import InvalidEventError
from rallymap.events import Event, Kind
from rallymap.workflows.recurrence import MOST, Repeat, Rule, dates_of_rule, events_of_rule

SATURDAY = parse_edtf("2024-03-02")


def starts(when: EventDate, repeat: Repeat, until: str) -> list[str]:
    return [str(found.start) for found in dates_of_rule(when, Rule(repeat, date.fromisoformat(until)))]


def test_weekly_rule_holds_both_ends() -> None:
    assert starts(SATURDAY, Repeat.WEEKLY, "2024-03-16") == ["2024-03-02", "2024-03-09", "2024-03-16"]
    assert starts(SATURDAY, Repeat.FORTNIGHTLY, "2024-03-31") == ["2024-03-02", "2024-03-16", "2024-03-30"]
    assert starts(SATURDAY, Repeat.NEVER, "2024-12-31") == ["2024-03-02"]


def test_monthly_rule_keeps_the_weekday_of_the_month() -> None:
    assert starts(SATURDAY, Repeat.MONTHLY, "2024-06-01") == ["2024-03-02", "2024-04-06", "2024-05-04", "2024-06-01"]


def test_fifth_weekday_is_left_out_where_a_month_has_four() -> None:
    assert starts(parse_edtf("2024-03-30"), Repeat.MONTHLY, "2024-12-31") == [
        "2024-03-30",
        "2024-06-29",
        "2024-08-31",
        "2024-11-30",
    ]


def test_local_time_stays_over_a_change_of_the_clocks() -> None:
    when = EventDate(date(2024, 3, 30), date(2024, 3, 30), DatePrecision.MINUTE, time(18), time(19), zone="Europe/Oslo")
    before, after = dates_of_rule(when, Rule(Repeat.WEEKLY, date(2024, 4, 6)))
    assert [found.start_time for found in (before, after)] == [time(18), time(18)]
    assert [found.starts_at().isoformat() for found in (before, after) if found.starts_at()] == [
        "2024-03-30T17:00:00+00:00",
        "2024-04-06T16:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("when", "until", "field"),
    [
        (parse_edtf("2024-03"), "2024-12-31", "repeat"),
        (EventDate.unknown(), "2024-12-31", "repeat"),
        (SATURDAY, "2024-03-01", "repeat_until"),
        (SATURDAY, "2026-12-31", "repeat_until"),
    ],
)
def test_rule_that_cannot_be_followed_says_why(when: EventDate, until: str, field: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        dates_of_rule(when, Rule(Repeat.WEEKLY, date.fromisoformat(until)))
    assert caught.value.field == field


def test_events_of_rule_are_alike_but_for_id_and_days() -> None:
    first, second = events_of_rule(
        Event("oslo-1", "Vigil", Kind.VIGIL, SATURDAY), Rule(Repeat.WEEKLY, date(2024, 3, 9))
    )
    assert (first.id, second.id) == ("oslo-1", "oslo-1-20240309")
    assert second.changed(id=first.id, when=first.when) == first


@pytest.mark.slow
@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from([Repeat.WEEKLY, Repeat.MONTHLY]), st.integers(0, 400)
)
def test_dates_of_rule_rise_and_share_the_weekday(first: date, repeat: Repeat, days: int) -> None:
    until = date.fromordinal(first.toordinal() + days)
    found = [when.start for when in dates_of_rule(EventDate(first, first, DatePrecision.DAY), Rule(repeat, until))]
    assert found[0] == first
    assert len(found) <= MOST
    assert all(earlier < later <= until for earlier, later in pairwise(found) if earlier and later)
    assert {day.weekday() for day in found if day} == {first.weekday()}
