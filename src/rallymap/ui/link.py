"""The view in the address: what is shown can be shared, reloaded, and left and come back to.

Streamlit sends the address's parameters with each run and reruns on back and forward. So one rule serves first
visits, reloads and history alike: when the parameters differ from those we wrote last, the visitor changed them,
and they become the widgets' state; otherwise the widgets' state becomes the parameters. One exception: in a run that
a press or a move began, the address may still be the one of before, as quick people are faster than it; such a run
says :func:`hold_link`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st

_WRITTEN, _HELD, _PAGE = "link_written", "link_held", "link_page"


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
    if st.session_state.get(_WRITTEN) != present:
        apply(present)
        st.session_state[_WRITTEN] = present


def hold_link() -> None:
    """Let the next reading pass over the address: what was just chosen is newer."""
    st.session_state[_HELD] = True


def write_link(parameters: Mapping[str, Sequence[str]]) -> None:
    """Write the view into the address, as a new step of the history where it changed."""
    wanted = {name: list(values) for name, values in parameters.items() if values}
    if wanted != _parameters():
        st.query_params.from_dict(wanted)
    st.session_state[_WRITTEN] = wanted


def _parameters() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
