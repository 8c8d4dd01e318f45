"""Move the keyboard focus to the step that opened last."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import streamlit as st


def follow_step(step: str, *, stopped: int = 0) -> None:
    """Add the script to the page; call it after the step is rendered.

    Parameters
    ----------
    step
        Name of the step; the element with the class ``rm-step-`` and this name gets the focus when the name changes.
    stopped
        How often the step's work was cancelled or a message was shown at its top; each increase moves the focus there.
    """
    _component()(key="step_focus", data={"step": step, "stopped": stopped})


@cache
def _component() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.step_focus", js="step_focus.js", isolate_styles=False)
