"""The period filter: presets, a slider over all days, exact dates."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from rallymap.dates import EARLIEST, LATEST
from rallymap.errors import InvalidEventError
from rallymap.intake.written_dates import read_date
from rallymap.language import digits, mark_c, tr, trc
from rallymap.ui.explore.period_slider import render_period_slider
from rallymap.ui.explore.state import DATE_ERRORS, change_period, chosen_filter
from rallymap.ui.link import ADDRESS_LAG_S
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.pill_marks import mark_popover
from rallymap.ui.plain import shortened
from rallymap.wording import days_in_words, year_in_words

ALL, LAST_30_DAYS, LAST_12_MONTHS, UPCOMING = "all", "last-30-days", "last-12-months", "upcoming"
_NAMES = {
    # Translators: periods of time to choose from.
    ALL: mark_c("period", "All years"),
    LAST_30_DAYS: mark_c("period", "Last 30 days"),
    LAST_12_MONTHS: mark_c("period", "Last 12 months"),
    UPCOMING: mark_c("period", "Upcoming"),
}
_FROM, _TO = "From", "To"
_END_NAMES = {
    # Translators: labels of the first and of the last day of a period.
    _FROM: mark_c("period", "From"),
    _TO: mark_c("period", "To"),
}
"""Session-state key of what was typed and is no date, with its sentence, by field."""

Period = tuple[date, date]


def render_period(years: Sequence[int], bounds: Period, today: date) -> str:
    """Render the pill that shows the period, with its choices; return the formatted period."""
    options = preset_periods(years, today)
    said = period_label(chosen_filter().period, options)
    mark_popover("period", shortened(said, 200), limits=chosen_filter().period is not None, replaces_label=True)
    # Always rendered, unlike the other popovers: a choice in it changes its other fields, and closing it right after
    # that would be another run of the page before the browser has the new texts of these fields.
    with st.popover(trc("time", "Period"), key="period"):
        _render_presets(options)
        _render_slider(bounds)
        _render_exact_dates(bounds)
        _render_year_before()
    return said


def period_label(chosen: Period | None, options: dict[str, Period | None]) -> str:
    """Format a period: the name of its preset, or its days."""
    name = next((name for name, period in options.items() if period == chosen), None)
    if name is not None or chosen is None:
        return preset_name(name or ALL)
    if chosen[1] == LATEST:
        # Translators: a period without an end.
        return tr("since {date}", date=days_in_words(chosen[0], chosen[0], short=True))
    if chosen[0] == EARLIEST:
        # Translators: a period without a beginning.
        return tr("until {date}", date=days_in_words(chosen[1], chosen[1], short=True))
    return days_in_words(*chosen, short=True)


def preset_periods(years: Sequence[int], today: date) -> dict[str, Period | None]:
    """Return the period of each preset by its code; None means all dates."""
    periods: dict[str, Period | None] = {ALL: None}
    for code, days in ((LAST_30_DAYS, 30), (LAST_12_MONTHS, 365)):
        periods[code] = (today - timedelta(days=days), today)
    periods[UPCOMING] = (today, LATEST)
    return periods | {str(year): (date(year, 1, 1), date(year, 12, 31)) for year in years}


def preset_name(code: str) -> str:
    """Return the name of a preset; a year's is its number."""
    return trc("period", _NAMES[code]) if code in _NAMES else year_in_words(int(code))


def _show(key: str, value: str | None) -> None:
    """Set the value of a field, and keep the one that it replaces."""
    if st.session_state.get(key, value) != value:
        st.session_state[f"{key}_before"] = st.session_state[key], time.monotonic()
    st.session_state[key] = value


def _is_late(key: str) -> bool:
    """Return whether a run sent the value that the page replaced: the browser did not have the new one yet."""
    before, at = st.session_state.get(f"{key}_before", (None, -ADDRESS_LAG_S))
    return bool(st.session_state[key] == before and time.monotonic() - at < ADDRESS_LAG_S)


def _render_presets(options: dict[str, Period | None]) -> None:
    chosen = chosen_filter().period
    _show("preset", next((name for name, period in options.items() if period == chosen), None))

    def take() -> None:
        if _is_late("preset"):
            return
        picked = st.session_state["preset"]
        # Clicking the selected pill gives None; select "all dates" then.
        change_period(options[picked] if picked else None)

    st.pills(
        trc("time", "Period"),
        list(options),
        key="preset",
        format_func=preset_name,
        on_change=take,
        label_visibility="collapsed",
    )


def _render_slider(bounds: Period) -> None:
    first, last = bounds
    if first == last:
        # A slider needs two different ends; extend a single day by one.
        last = first + timedelta(days=1)
    chosen = clamp_period(chosen_filter().period or (first, last), (first, last))

    def take(start: date, end: date) -> None:
        change_period(None if (start, end) == (first, last) else (start, end))

    render_period_slider(first, last, chosen, take)


def clamp_period(period: Period, bounds: Period) -> Period:
    """Clamp a period to bounds so that a slider can show it; the filter itself is not changed."""
    start, end = (min(max(day, bounds[0]), bounds[1]) for day in period)
    return start, end


def _render_year_before() -> None:
    """Render the button that moves the period back one year, if it has both ends."""
    period = chosen_filter().period
    if period is None or period[0].year == EARLIEST.year or period[1] == LATEST:
        return
    before = year_before(period)
    st.button(
        tr("Same days a year before: {period}", period=days_in_words(*before, short=True)),
        key="year_before",
        type="tertiary",
        on_click=change_period,
        args=(before,),
    )


def year_before(period: Period) -> Period:
    """Return the same days of the year before; 29 February becomes 28 February."""
    start, end = (
        day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day) for day in period
    )
    return start, end


def _render_exact_dates(bounds: Period) -> None:
    """Render two fields for exact dates; a month or a year is accepted too."""
    chosen = chosen_filter().period or bounds
    errors: dict[str, tuple[str, str]] = st.session_state.get(DATE_ERRORS, {})
    for column, name, day in zip(st.columns(2), _END_NAMES, chosen, strict=True):
        key = f"exact_{name}"
        # A text that is not a date stays in the field, also after the popover was closed.
        _show(key, errors[name][0] if name in errors else digits(day.isoformat()))
        with column:
            st.text_input(
                trc("period", _END_NAMES[name]),
                key=key,
                placeholder=digits("2020-02-01"),
                max_chars=40,
                on_change=_take_exact,
                args=(name, bounds),
            )
    for _, sentence in errors.values():
        paragraph(sentence, "rm-error", role="alert")


def _take_exact(name: str, bounds: Period) -> None:
    errors = {other: said for other, said in st.session_state.get(DATE_ERRORS, {}).items() if other != name}
    text = str(st.session_state[f"exact_{name}"] or "")
    if _is_late(f"exact_{name}"):
        return
    start, end = chosen_filter().period or bounds
    try:
        when = read_date("date", text)
    except InvalidEventError as err:
        st.session_state[DATE_ERRORS] = errors | {name: (text, err.user_message)}
        return
    if name == _FROM:
        start = when.start or bounds[0]
    else:
        end = when.end or bounds[1]
    # If the days are in the wrong order, keep the one typed last and move the other to it.
    moved = (start, max(start, end)) if name == _FROM else (min(start, end), end)
    change_period(None if moved == bounds else moved)
    st.session_state[DATE_ERRORS] = errors
