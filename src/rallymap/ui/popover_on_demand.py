"""Popovers whose content is rendered only while they are open.

The content of Streamlit's popovers is otherwise a part of every run, although most visitors never open them: it was
half of all messages of Explore. Choices in such a popover must not be kept by its widgets alone, because a widget that
is not rendered loses its value.
"""

from __future__ import annotations

from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rallymap.ui.link import ignore_next_link


def popover_on_demand(label: str, *, key: str) -> DeltaGenerator | None:
    """Render the button of a popover; return its container while it is open, else None.

    Parameters
    ----------
    label
        Text of the button; it must not change while the page is open, because a popover with a new label is closed.
    key
        Key of the popover, unique on the page.
    """
    popover = st.popover(label, key=key, on_change=ignore_next_link)
    return cast(DeltaGenerator, popover) if popover.open else None
