"""Choosing a period: presets, a slider over all days there are, exact dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from rallymap.dates import EARLIEST, LATEST
from rallymap.ui.explore_state import change_period, chosen_filter

ALL = "All years"
LAST_12_MONTHS = "Last 12 months"
YEARS_AS_PILLS = 6

Period = tuple[date, date]


def render_presets(years: Sequence[int], today: date) -> None:
    """Draw the presets as pills: all, each year that has events (newest first), the last 12 months."""
    options = preset_periods(years, today)
    chosen = chosen_filter().period
    shown = [ALL, *(str(year) for year in years[:YEARS_AS_PILLS]), LAST_12_MONTHS]
    st.session_state["preset"] = next((name for name in shown if options[name] == chosen), None)

    def take() -> None:
        picked = st.session_state["preset"]
        # Pressing the pill that is on gives None: there is nothing to choose then but all.
        change_period(options[picked] if picked else None)

    st.pills("Period", shown, key="preset", on_change=take, label_visibility="collapsed")
    if len(years) > YEARS_AS_PILLS:
        _earlier_years([str(year) for year in years[YEARS_AS_PILLS:]], options)


def _earlier_years(years: list[str], options: dict[str, Period | None]) -> None:
    chosen = chosen_filter().period
    st.session_state["earlier_year"] = next((year for year in years if options[year] == chosen), None)

    def take() -> None:
        picked = st.session_state["earlier_year"]
        change_period(options[picked] if picked else None)

    with st.popover("Earlier years"):
        st.pills("Earlier years", years, key="earlier_year", on_change=take, label_visibility="collapsed")


def preset_periods(years: Sequence[int], today: date) -> dict[str, Period | None]:
    """Return the period of each preset by its label; None stands for all."""
    periods: dict[str, Period | None] = {ALL: None}
    periods |= {str(year): (date(year, 1, 1), date(year, 12, 31)) for year in years}
    periods[LAST_12_MONTHS] = (today - timedelta(days=365), today)
    return periods


def render_slider(bounds: Period) -> None:
    """Draw the slider over all days that have events, and the exact dates beside it."""
    first, last = bounds
    if first == last:
        # A slider needs two ends; one day alone is shown with the day after it.
        last = first + timedelta(days=1)
    chosen = chosen_filter().period or (first, last)
    st.session_state["period_slider"] = clamp_period(chosen, (first, last))

    def take() -> None:
        picked = st.session_state["period_slider"]
        change_period(None if picked == (first, last) else picked)

    st.slider(
        "Period",
        min_value=first,
        max_value=last,
        key="period_slider",
        on_change=take,
        format="D MMM YYYY",
        label_visibility="collapsed",
    )


def clamp_period(period: Period, bounds: Period) -> Period:
    """Bring a period within bounds, so that a slider can show it; the filter itself is not changed."""
    start, end = (min(max(day, bounds[0]), bounds[1]) for day in period)
    return start, end


def render_exact_dates(bounds: Period) -> None:
    """Draw two date inputs for those who know the days they want."""
    chosen = chosen_filter().period or bounds
    st.session_state["exact_from"], st.session_state["exact_to"] = chosen

    def take() -> None:
        start, end = st.session_state["exact_from"], st.session_state["exact_to"]
        if start is not None and end is not None:
            change_period((min(start, end), max(start, end)))

    with st.popover("Exact dates"):
        for key, label in (("exact_from", "From"), ("exact_to", "To")):
            st.date_input(label, min_value=EARLIEST, max_value=LATEST, key=key, format="YYYY-MM-DD", on_change=take)
