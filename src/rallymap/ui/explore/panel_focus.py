"""Move the keyboard focus into the event panel when it opens, and back when it closes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import streamlit as st

from rallymap.language import trc


def follow_focus(event_id: str, *, move_in: bool) -> None:
    """Add the script to the panel of an event; call it within the panel's container.

    Parameters
    ----------
    move_in
        Whether the visitor opened the event on this page. If a link opened it, the focus stays at the top.
    """
    # Translators: read to those who do not see the page: the part of it that shows one event.
    label = trc("part of the page", "Event")
    _component()(key="panel_focus", data={"event": event_id, "move_in": move_in, "label": label})


@cache
def _component() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.panel_focus", js="panel_focus.js", isolate_styles=False)
