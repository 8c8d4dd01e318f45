"""Move the keyboard's focus to the step that opened last."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import streamlit as st


def follow_step(step: str, *, stopped: int = 0) -> None:
    """Add the script to the page; to be called after the step is drawn.

    Parameters
    ----------
    step
        An element with the class ``rm-step-`` and this name gets the focus when the name is another than before.
    stopped
        How often its work was stopped, or a message was shown at its beginning; each time the focus returns there.
    """
    _component()(key="step_focus", data={"step": step, "stopped": stopped})


@cache
def _component() -> Callable[..., object]:
    # Made in a run and not at import: Streamlit knows the package's files only while its server runs.
    return st.components.v2.component("rallymap.step_focus", js="step_focus.js", isolate_styles=False)
