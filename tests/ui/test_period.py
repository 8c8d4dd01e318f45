from datetime import date

import pytest

from rallymap.dates import EARLIEST, LATEST
from rallymap.ui.explore.period import clamp_period, period_label, preset_periods


def test_preset_periods_hold_whole_years_and_the_last_twelve_months() -> None:
    assert preset_periods([2022, 2018], date(2026, 11, 21)) == {
        "all": None,
        "2022": (date(2022, 1, 1), date(2022, 12, 31)),
        "2018": (date(2018, 1, 1), date(2018, 12, 31)),
        "upcoming": (date(2026, 11, 21), date(2199, 12, 31)),
        "last-30-days": (date(2026, 10, 22), date(2026, 11, 21)),
        "last-12-months": (date(2025, 11, 21), date(2026, 11, 21)),
    }


def test_clamp_period_brings_both_ends_within_bounds() -> None:
    bounds = (date(2018, 6, 30), date(2022, 6, 30))
    assert clamp_period((date(2020, 1, 1), date(2020, 12, 31)), bounds) == (date(2020, 1, 1), date(2020, 12, 31))
    assert clamp_period((date(2000, 1, 1), date(2001, 1, 1)), bounds) == (date(2018, 6, 30), date(2018, 6, 30))
    assert clamp_period((date(2030, 1, 1), date(2031, 1, 1)), bounds) == (date(2022, 6, 30), date(2022, 6, 30))


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (None, "All years"),
        ((date(2020, 1, 1), date(2020, 12, 31)), "2020"),
        ((date(2025, 11, 21), date(2026, 11, 21)), "Last 12 months"),
        ((date(2020, 2, 1), date(2020, 2, 2)), "1–2 Feb 2020"),
        ((date(2019, 1, 1), date(2019, 12, 31)), "1 Jan – 31 Dec 2019"),
        ((date(2020, 2, 1), LATEST), "since 1 Feb 2020"),
        ((EARLIEST, date(2020, 2, 1)), "until 1 Feb 2020"),
    ],
)
def test_period_is_named_by_its_preset_or_its_days(period: tuple[date, date] | None, label: str) -> None:
    assert period_label(period, preset_periods([2020], date(2026, 11, 21))) == label
