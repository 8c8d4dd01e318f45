"""Move the keyboard focus into popovers, which Streamlit appends to the end of the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import streamlit as st


def follow_popovers() -> None:
    """Add the script to the page; call once in every run."""
    with st.container(key="popover_focus"):
        _component()(key="popover_focus_script")


@cache
def _component() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.popover_focus", js="popover_focus.js", isolate_styles=False)
