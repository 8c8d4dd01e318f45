"""What happens when the script of a page fails: the page runs again, or says so in a sentence."""

from __future__ import annotations

import logging
import secrets
import time
import traceback

import streamlit as st
from markupsafe import Markup
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

from rallymap.errors import RallymapError
from rallymap.language import mark, tr
from rallymap.templates import link
from rallymap.web.failures import UNKNOWN

logger = logging.getLogger(__name__)

MOST_RERUNS = 2
WITHIN_S = 60.0
"""Seconds in which a page runs again by itself at most `MOST_RERUNS` times."""
AGAIN = mark("Load this page again")
_RERUNS = "reruns_after_failures"


def show_script_failure(error: Exception) -> bool:
    """Run the page again if Streamlit itself failed, else show a message; True stops Streamlit from showing its own.

    Two threads can use one session at once while its page runs again and the run before has not ended, and one of them
    then fails inside Streamlit. The next run finds the session as it should be. After another unexpected error,
    ``assets/page/server_away.js`` follows the link some seconds later: the cause can be over by then.
    """
    if is_of_streamlit(error) and _run_again():
        logger.warning("Streamlit failed in its own code (%s); the page runs again.", type(error).__name__)
        return True
    st.error(tr("This page could not be drawn."))
    if isinstance(error, RallymapError):
        st.text(error.user_message)
        return True
    st.text(tr(UNKNOWN))
    # Each failure has its own keys: two parts of one page can fail in one run.
    name = secrets.token_hex(4)
    with st.container(key=f"page_failed-{name}"):
        # No button: to make one can fail, too.
        st.html(Markup('<p class="rm-prose">{}</p>').format(link("", tr(AGAIN))))
    return True


def is_of_streamlit(error: Exception) -> bool:
    """Return whether an error arose in Streamlit's own code, and is not its answer to a wrong call of ours."""
    if isinstance(error, (RallymapError, StreamlitAPIException)):
        return False
    modules = [str(frame.f_globals.get("__name__", "")) for frame, _ in traceback.walk_tb(error.__traceback__)]
    packages = [name.partition(".")[0] for name in reversed(modules)]
    # The page's script itself is __main__.
    return (
        next((package for package in packages if package in ("rallymap", "__main__", "streamlit")), "") == "streamlit"
    )


def _run_again() -> bool:
    """Request another run of this page; return whether there will be one."""
    context = get_script_run_ctx()
    if context is None or context.script_requests is None:
        return False
    now = time.monotonic()
    lately = [at for at in st.session_state.get(_RERUNS, ()) if now - at < WITHIN_S]
    if len(lately) >= MOST_RERUNS:
        return False
    st.session_state[_RERUNS] = [*lately, now]
    # Not st.rerun, which raises: Streamlit takes that for a failure of this function.
    return context.script_requests.request_rerun(
        RerunData(
            query_string=context.query_string,
            page_script_hash=context.page_script_hash,
            cached_message_hashes=context.cached_message_hashes,
            context_info=context.context_info,
        )
    )
