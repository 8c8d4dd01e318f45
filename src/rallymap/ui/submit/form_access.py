"""Keyboard focus, accessible errors and calendars of the form, by a script of ours in the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import streamlit as st
from markupsafe import Markup

from rallymap.dates import DatePrecision
from rallymap.language import tr
from rallymap.ui.submit.form_state import form

_BY_DAYS = ("", DatePrecision.DAY, DatePrecision.MINUTE, DatePrecision.WEEKEND, DatePrecision.WEEK)
_DAYS: Mapping[str, Callable[[str], bool]] = {
    "start": lambda precision: precision in _BY_DAYS,
    "end": lambda precision: precision in _BY_DAYS,
    "repeat_until": lambda _: True,
}
"""The fields that hold a day, by name, and for which precision of the date they do."""
STEP_BEGINS, ERRORS = "step", "errors"
"""What can take the focus, apart from fields: the heading of the step, and that of the list of errors."""


def ask_focus(target: str) -> None:
    """Move the keyboard focus after this run.

    Parameters
    ----------
    target
        :data:`STEP_BEGINS`, :data:`ERRORS`, or ``field:NAME``.
    """
    form().focus = target
    form().focus_turn += 1


def heading(text: str, target: str) -> Markup:
    """Draw a heading that can take the focus."""
    drawn = Markup('<h2 class="rm-step" tabindex="-1" data-focus="{}" data-turn="{}">{}</h2>')
    return drawn.format(target, form().focus_turn, text)


def render_form_access() -> None:
    """Mount the script; it stays while the form is drawn."""
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
    # Made in a run and not at import: Streamlit knows the package's files only while its server runs.
    return st.components.v2.component("rallymap.form_access", js="form_access.js", isolate_styles=False)
