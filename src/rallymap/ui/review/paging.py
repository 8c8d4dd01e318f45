"""Draw a long list in pages: one at first, and one more with each "Show more"."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from rallymap.ui.review import state

PAGE = 50


def shown_at_most() -> int:
    """Return how many rows of the list that is shown are drawn."""
    limit: int = st.session_state.get(_key(), PAGE)
    return limit


def more_rows(total: int) -> Callable[[], None] | None:
    """Return what "Show more" does; None where all rows of the list are drawn.

    `total` is the number of all rows, or of those read: one above :func:`shown_at_most` where more follow.
    """
    key, limit = _key(), shown_at_most()

    def more() -> None:
        st.session_state[key] = limit + PAGE

    return more if total > limit else None


def _key() -> str:
    return f"{state.view()}_limit"
