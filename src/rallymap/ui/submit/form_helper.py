"""Keyboard focus and accessible errors of the form, by a script of ours in the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape

import streamlit as st

from rallymap.ui.submit.form_state import form

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


def heading(text: str, target: str) -> str:
    """Draw a heading that can take the focus."""
    return (
        f'<h2 class="rm-step" tabindex="-1" data-focus="{target}" data-turn="{form().focus_turn}">{escape(text)}</h2>'
    )


def render_form_helper() -> None:
    """Mount the script; it stays while the form is drawn."""
    _component()(key="form_helper", data={"target": form().focus, "turn": form().focus_turn})


@cache
def _component() -> Callable[..., object]:
    # Made in a run and not at import: Streamlit knows the package's files only while its server runs.
    return st.components.v2.component("rallymap.form_helper", js="form_helper.js", isolate_styles=False)
