"""The slider of the period: two thumbs on the days of the record, by a script on the page.

Streamlit's slider runs in the direction of the browser's language, whatever that of the page is, and names months in
English. This one runs as the map's timeline does, in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

import streamlit as st

from rallymap.language import current_language, script_dates, script_second_calendar, tr, trc
from rallymap.query.filters import days_since_epoch
from rallymap.ui.component_messages import is_taken, newest_message, session_token
from rallymap.wording import day_from_epoch

_KEY = "period_slider"


def render_period_slider(first: date, last: date, chosen: tuple[date, date], on_move: Callable[..., None]) -> None:
    """Render the slider.

    Parameters
    ----------
    first, last
        Ends of the track.
    chosen
        The period that it shows, within the ends.
    on_move
        Called with the first and the last day of the period to which a visitor moved it.
    """

    def take() -> None:
        message, number = newest_message(_KEY)
        if message is None or is_taken(_KEY, number):
            return
        if period := _period_of(message, days_since_epoch(first), days_since_epoch(last)):
            on_move(*period)

    language = current_language()
    _component()(
        key=_KEY,
        data={
            "session": session_token(_KEY),
            "answered": newest_message(_KEY)[1],
            "limits": [days_since_epoch(first), days_since_epoch(last)],
            "days": [days_since_epoch(day) for day in chosen],
            "label": trc("time", "Period"),
            "ends": [tr("First day"), tr("Last day")],
            "dates": script_dates(language),
            "second": script_second_calendar(language, first, last),
            "both": tr("{date} ({second})", date="{date}", second="{second}"),
        },
        on_message_change=take,
    )


@cache
def _component() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.period_slider", js="period_slider-*.js", isolate_styles=False)


def _period_of(message: Mapping[str, Any], first: int, last: int) -> tuple[date, date] | None:
    """Return the period of a message from the browser; None unless it is one between the ends."""
    match message.get("days"):
        case [int(start), int(end)] if first <= start <= end <= last:
            return day_from_epoch(start), day_from_epoch(end)
    return None
