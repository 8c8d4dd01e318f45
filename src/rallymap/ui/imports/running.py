"""A progress bar for long work, with the remaining time and a button that stops it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from rallymap.language import percent, tr, trn

_SHOW_AFTER_S = 3.0
_LEAST_SHARE = 0.03
_STOPPED = "import_stopped"


@contextmanager
def progress_with_cancel(
    text: str, key: str, on_cancel: Callable[[], None] | None = None
) -> Iterator[Callable[[int, int], None]]:
    """Render a bar with a Cancel button while the block runs; yield the function that updates it.

    A click on Cancel reruns the page: Streamlit then stops the running block at the next update of the bar.
    """
    space = st.empty()
    with space.container():
        bar = st.progress(0.0, text=text)
        st.button(tr("Cancel"), key=key, on_click=on_cancel)
    began = time.monotonic()

    def show(done: int, of: int) -> None:
        share = min(1.0, done / max(of, 1))
        left = time_left(share, time.monotonic() - began)
        parts = {"what": text, "share": percent(share), "left": left}
        # Translators: a bar that shows how far something is: “Reading rows: 40 %, about 20 s left”.
        said = tr("{what}: {share}, {left}", **parts) if left else tr("{what}: {share}", **parts)
        bar.progress(share, text=said)

    yield show
    space.empty()


def times_stopped() -> int:
    """Return how often this session cancelled reading rows."""
    return int(st.session_state.get(_STOPPED, 0))


def count_stop() -> None:
    """Count one cancelled reading of rows."""
    st.session_state[_STOPPED] = times_stopped() + 1


def time_left(share: float, passed_s: float) -> str:
    """Format the remaining time when `share` (0 to 1) took `passed_s` seconds; "" while it cannot be estimated."""
    if passed_s < _SHOW_AFTER_S or share < _LEAST_SHARE:
        return ""
    left_s = passed_s / share - passed_s
    if left_s < 60:
        return trn("about {n} s left", "about {n} s left", max(1, round(left_s)))
    return trn("about {n} min left", "about {n} min left", round(left_s / 60))
