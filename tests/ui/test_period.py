from datetime import date

from rallymap.ui.period import clamp_period, preset_periods


def test_preset_periods_hold_whole_years_and_the_last_twelve_months() -> None:
    assert preset_periods([2022, 2018], date(2026, 11, 21)) == {
        "All years": None,
        "2022": (date(2022, 1, 1), date(2022, 12, 31)),
        "2018": (date(2018, 1, 1), date(2018, 12, 31)),
        "Last 12 months": (date(2025, 11, 21), date(2026, 11, 21)),
    }


def test_clamp_period_brings_both_ends_within_bounds() -> None:
    bounds = (date(2018, 6, 30), date(2022, 6, 30))
    assert clamp_period((date(2020, 1, 1), date(2020, 12, 31)), bounds) == (date(2020, 1, 1), date(2020, 12, 31))
    assert clamp_period((date(2000, 1, 1), date(2001, 1, 1)), bounds) == (date(2018, 6, 30), date(2018, 6, 30))
    assert clamp_period((date(2030, 1, 1), date(2031, 1, 1)), bounds) == (date(2022, 6, 30), date(2022, 6, 30))
