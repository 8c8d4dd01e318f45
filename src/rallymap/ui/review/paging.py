"""Long lists in pages: one page at first, one more with each "Show more"."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from rallymap.ui.review import state

PAGE = 50


def row_limit() -> int:
    """Return how many rows of the current list are rendered."""
    limit: int = st.session_state.get(_key(), PAGE)
    return limit


def more_rows(total: int) -> Callable[[], None] | None:
    """Return the callback of "Show more"; None if all rows are rendered.

    `total` is the number of all rows, or of the rows read: one more than :func:`row_limit` if more exist.
    """
    key, limit = _key(), row_limit()

    def more() -> None:
        st.session_state[key] = limit + PAGE

    return more if total > limit else None


def _key() -> str:
    return f"{state.view()}_limit"
