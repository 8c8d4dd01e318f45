"""An entry in the browser's history for each step of a form: Back opens the step before, and Forward the next one.

The script adds an entry when the step changes. When the visitor goes back or forward, it sends what was typed together
with the step of that entry, and Streamlit does not see the change of the entry. So no run can take an address that the
browser has not yet updated for a wish to go back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import streamlit as st

from rallymap.ui.component_messages import is_taken, newest_message, session_token
from rallymap.ui.submit.draft import DRAFT
from rallymap.ui.submit.form_state import form

_KEY = "step_history"
_MOST_STEPS = 6
"""How many steps that were opened before the script was loaded get an entry."""


def step_of_history(current: str) -> str:
    """Return the step that Back or Forward asks for since the last run, once; "" for none.

    Parameters
    ----------
    current
        The step that is open. If the browser did not know it when Back was pressed, a click opened it just before:
        Back then means the step where that click was.
    """
    message, number = newest_message(_KEY)
    if message is None or is_taken(_KEY, number):
        return ""
    known = message.get("known")
    if isinstance(known, list) and known and current not in known:
        return str(known[-1])
    return str(message.get("step", ""))


def follow_history(step: str, *, page: str) -> None:
    """Mount the script; it stays active while the form is rendered.

    Parameters
    ----------
    step
        The step that this run renders.
    page
        Path of the page, such as "add".
    """
    state = form()
    if state.opened_steps[-1:] != [step]:
        state.opened_steps = [*state.opened_steps, step][-_MOST_STEPS:]
    _component()(
        key=_KEY,
        data={
            "page": page,
            "form": state.token,
            "step": step,
            "opened": state.opened_steps,
            "address": {DRAFT: state.token} if state.revision else {},
            "session": session_token(_KEY),
            "answered": newest_message(_KEY)[1],
        },
        # Streamlit keeps the state of a value only if it has a callback.
        on_message_change=_ignore,
    )


def _ignore() -> None:
    """Do nothing: the message is read by the run itself."""


@cache
def _component() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.step_history", js="step_history.js", isolate_styles=False)
