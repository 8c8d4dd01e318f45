"""Wait in the queue of page runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from rallymap.run_queue import RunQueue

_TICKET = "run_ticket"


@contextmanager
def run_slot(queue: RunQueue) -> Iterator[None]:
    """Wait until this run of the page may start, and count it during the block.

    A click during the wait ends this run and starts another one, which takes its place in the queue.
    """
    ticket = st.session_state[_TICKET] = queue.ticket(st.session_state.get(_TICKET))
    # Streamlit ends an unwanted run when it reads the session.
    with queue.slot(ticket, lambda: _TICKET in st.session_state):
        yield
    st.session_state.pop(_TICKET, None)  # a newer run can have removed it
