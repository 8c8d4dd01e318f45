"""The view in the address: people can share it, reload it, and go back to it.

Streamlit sends the address's parameters with each run and reruns on back and forward. So one rule serves first
visits, reloads and history alike: when the parameters differ from those we wrote last, the visitor changed them,
and they become the widgets' state; otherwise the widgets' state becomes the parameters. There are two exceptions,
because a visitor can act before the address is written: a run that a click or a move of the map started calls
:func:`hold_link`; and the second click of a double click, on a button that is gone, comes with the earlier address
(:data:`ADDRESS_LAG_S`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st

ADDRESS_LAG_S = 1.5
"""For how long after we changed the address a run may still bring the earlier one: until the run ends that changed it,
and the browser has answered. A visitor who goes back sooner has to do it again."""

_WRITTEN, _HELD, _PAGE, _LEFT = "link_written", "link_held", "link_page", "link_left"


def read_link(
    apply: Callable[[Mapping[str, Sequence[str]]], None], *, page: str, keeps_choice_of: Collection[str] = ()
) -> None:
    """Hand the address's parameters to `apply` if the visitor changed them; call before any widget is made.

    Parameters
    ----------
    page
        Name of the page, the same in every run of it.
    keeps_choice_of
        Pages that share what is chosen with this one. The top bar leads from page to page without parameters; what
        was chosen there then stays in force.
    """
    before = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = page
    if st.session_state.pop(_HELD, False):
        return
    present = _parameters()
    if not present and before in keeps_choice_of:
        return
    if st.session_state.get(_WRITTEN) != present and not _is_of_before(present):
        apply(present)
        st.session_state[_WRITTEN] = present


def hold_link() -> None:
    """Let the next reading pass over the address: what was just chosen is newer."""
    st.session_state[_HELD] = True


def write_link(parameters: Mapping[str, Sequence[str]]) -> None:
    """Write the view into the address, as a new step of the history where it changed."""
    wanted = {name: list(values) for name, values in parameters.items() if values}
    present = _parameters()
    if wanted != present:
        st.query_params.from_dict(wanted)
        if wanted != st.session_state.get(_WRITTEN):
            st.session_state[_LEFT] = present, time.monotonic()
    st.session_state[_WRITTEN] = wanted


def _is_of_before(present: Mapping[str, Sequence[str]]) -> bool:
    left, at = st.session_state.get(_LEFT, (None, 0.0))
    return left == present and time.monotonic() - at < ADDRESS_LAG_S


def _parameters() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
