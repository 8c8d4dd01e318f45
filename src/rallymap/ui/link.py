"""The view in the URL, so that people can share it, reload it, and go back to it.

Streamlit sends the URL's query parameters with each run. The visitor changed them if they differ from those we wrote
last, and the run is the first one of the page, was started by Back or Forward, or its parameters are new to this
session: they become the widgets' state. Otherwise the widgets' state becomes the parameters. For a visitor can act
before the URL is updated, and such a run sends an earlier URL of this session: however late on a slow connection, and
however often the URL changed since. Only the URL without parameters can also be that of a link in the top bar to the
open page; it counts as late for :data:`ADDRESS_LAG_S`. A run that a click or a move of the map started calls
:func:`ignore_next_link`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

ADDRESS_LAG_S = 1.5
"""How long in seconds after we changed the URL a run may still send the one without parameters: until the run that
changed it has ended and the browser has answered. The previous texts of fields that we changed can arrive as long,
too."""
PLAIN_PAGES = ("about", "account", "add", "import", "mine", "quality")
"""Pages that keep no view in the URL; see :func:`note_page`."""
_MOST_KNOWN = 50
_WRITTEN, _HELD, _PAGE, _LEFT, _KNOWN = "link_written", "link_held", "link_page", "link_left", "link_known"


def read_link(
    apply: Callable[[Mapping[str, Sequence[str]]], None], *, page: str, keeps_choice_of: Collection[str] = ()
) -> None:
    """Pass the URL's query parameters to `apply` if the visitor changed them; call it before any widget.

    Parameters
    ----------
    page
        Name of the page, the same in every run.
    keeps_choice_of
        Pages that share state with this one or have none in the URL. The top bar links between pages without
        parameters; coming from one of these pages, the state is kept.
    """
    before = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = page
    if st.session_state.pop(_HELD, False):
        return
    present = _parameters()
    if not present and before in keeps_choice_of:
        return
    if st.session_state.get(_WRITTEN) == present:
        return
    if before != page or _is_by_history() or not _is_late(present):
        apply(present)
        st.session_state[_WRITTEN] = present


def note_page(page: str) -> None:
    """Remember that the visitor is on a page that reads no view from the URL now, as those of `PLAIN_PAGES`."""
    st.session_state[_PAGE] = page


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
            if not present:
                st.session_state[_LEFT] = time.monotonic()
            known = [each for each in st.session_state.get(_KNOWN, ()) if each not in (present, wanted)]
            st.session_state[_KNOWN] = [*known, present, wanted][-_MOST_KNOWN:]
    st.session_state[_WRITTEN] = wanted


def _is_late(present: Mapping[str, Sequence[str]]) -> bool:
    """Return whether a run sends an earlier URL of this session, and not that of a link in the top bar."""
    if not present:
        return time.monotonic() - st.session_state.get(_LEFT, -ADDRESS_LAG_S) < ADDRESS_LAG_S
    return present in st.session_state.get(_KNOWN, ())


def _is_by_history() -> bool:
    """Return whether Back or Forward of the browser started this run."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def _parameters() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
