"""The visitor's language and the selector that changes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rallymap.language import (
    ENGLISH,
    Language,
    choose_language,
    current_language,
    languages,
    own_folder,
    set_language,
    set_language_source,
    tr,
)

PARAMETER: Final = "lang"
"""Name of the query parameter and of the cookie that hold the language."""
_CHOSEN: Final = "language_of_visit"


def read_language() -> None:
    """Set the language of this run; call it first in every run."""
    set_language_source(language_of_visit)
    language = language_of_visit() or ENGLISH
    st.session_state[_CHOSEN] = language.code
    set_language(language)


def language_of_visit() -> Language | None:
    """Return the language that the URL, the cookie or the browser requests; None outside a run."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return choose_language(
        languages(own_folder()),
        st.query_params.get(PARAMETER, ""),
        st.session_state.get(_CHOSEN, ""),  # the page's own URL updates drop the language parameter
        st.context.cookies.get(PARAMETER, ""),
        accepted=st.context.headers.get("Accept-Language", "") or "",
    )


def render_language_switch(page: str) -> None:
    """Render the language selector; choosing a language reloads the page with the same query parameters.

    Its script also marks `page`, the path of the current page, in the top bar on phones.
    """
    known = languages(own_folder())
    if len(known) < 2:
        return
    with st.container(key="language_switch"):
        _component()(
            key="language_switch_list",
            data={
                "label": tr("Language"),
                "parameter": PARAMETER,
                "chosen": current_language().code,
                "languages": [[each.code, each.name, each.direction] for each in known],
                "page": page,
            },
        )


@cache
def _component() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.language_switch", js="language_switch.js", isolate_styles=False)
