"""Keyboard focus, accessible errors and calendars of the form, by a script on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Literal

import streamlit as st
from markupsafe import Markup

from rallymap.dates import SINGLE_DAY, DatePrecision
from rallymap.language import tr
from rallymap.ui.submit.form_state import form

_BY_DAYS = ("", *SINGLE_DAY, DatePrecision.WEEKEND, DatePrecision.WEEK)
_DAYS: Mapping[str, Callable[[str], bool]] = {
    "start": lambda precision: precision in _BY_DAYS,
    "end": lambda precision: precision in _BY_DAYS,
    "repeat_until": lambda _: True,
}
"""Fields with a date picker, and the date precisions that have it."""
STEP_BEGINS, ERRORS = "step", "errors"
"""Focus targets other than fields: the heading of the step, and that of the error list."""


def move_focus(target: str) -> None:
    """Move the keyboard focus after this run.

    Parameters
    ----------
    target
        :data:`STEP_BEGINS`, :data:`ERRORS`, or ``field:NAME``.
    """
    form().focus = target
    form().focus_turn += 1


def heading(text: str, target: str, *, level: Literal[1, 2] = 2) -> Markup:
    """Return a heading that can receive the focus."""
    drawn = Markup('<h{0} class="rm-step" tabindex="-1" data-focus="{1}" data-turn="{2}">{3}</h{0}>')
    return drawn.format(level, target, form().focus_turn, text)


def render_form_access() -> None:
    """Mount the script; it stays active while the form is rendered."""
    data = {
        "target": form().focus,
        "turn": form().focus_turn,
        "days": [name for name, holds in _DAYS.items() if holds(form().fields.get("precision", ""))],
        # Translators: the button of a calendar in a field for a day; the name of the field follows.
        "calendar": tr("Choose a day"),
    }
    _component()(key="form_access", data=data)


@cache
def _component() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.form_access", js="form_access.js", isolate_styles=False)
