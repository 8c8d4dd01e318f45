"""The view in the URL, so that people can share it, reload it, and go back to it.

Streamlit sends the URL's query parameters with each run, and reruns on back and forward. One rule therefore serves
first visits, reloads and history: if the parameters differ from those we wrote last, the visitor changed them, and they
become the widgets' state; otherwise the widgets' state becomes the parameters. There are two exceptions, because a
visitor can act before the URL is updated: a run that a click or a move of the map started calls
:func:`ignore_next_link`; and the second click of a double click, on a button that no longer exists, arrives with the
previous URL (:data:`ADDRESS_LAG_S`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st

ADDRESS_LAG_S = 1.5
"""How long in seconds after we changed the URL a run may still send the previous one: until the run that changed it has
ended and the browser has answered. Visitors who go back sooner have to do so again. The previous texts of fields that
we changed can arrive as long, too."""

_WRITTEN, _HELD, _PAGE, _LEFT = "link_written", "link_held", "link_page", "link_left"


def read_link(
    apply: Callable[[Mapping[str, Sequence[str]]], None], *, page: str, keeps_choice_of: Collection[str] = ()
) -> None:
    """Pass the URL's query parameters to `apply` if the visitor changed them; call it before any widget.

    Parameters
    ----------
    page
        Name of the page, the same in every run.
    keeps_choice_of
        Pages that share state with this one. The top bar links between pages without parameters; coming from one of
        these pages, the state is kept.
    """
    before = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = page
    if st.session_state.pop(_HELD, False):
        return
    present = _parameters()
    if not present and before in keeps_choice_of:
        return
    if st.session_state.get(_WRITTEN) != present and not _is_previous(present):
        apply(present)
        st.session_state[_WRITTEN] = present


def ignore_next_link() -> None:
    """Ignore the URL at the next `read_link`: the visitor's latest choice is newer."""
    st.session_state[_HELD] = True


def write_link(parameters: Mapping[str, Sequence[str]]) -> None:
    """Write the view to the URL; add an entry to the browser's history if it changed."""
    wanted = {name: list(values) for name, values in parameters.items() if values}
    present = _parameters()
    if wanted != present:
        st.query_params.from_dict(wanted)
        if wanted != st.session_state.get(_WRITTEN):
            st.session_state[_LEFT] = present, time.monotonic()
    st.session_state[_WRITTEN] = wanted


def _is_previous(present: Mapping[str, Sequence[str]]) -> bool:
    left, at = st.session_state.get(_LEFT, (None, 0.0))
    return left == present and time.monotonic() - at < ADDRESS_LAG_S


def _parameters() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
