"""The language of the pages for a visitor, and the switch that changes it."""

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
"""Name of the part of an address, and of the cookie, that name the language."""
_CHOSEN: Final = "language_of_visit"


def read_language() -> None:
    """Say everything in the visitor's language from here on; to be called first in every run."""
    set_language_source(language_of_visit)
    language = language_of_visit() or ENGLISH
    st.session_state[_CHOSEN] = language.code
    set_language(language)


def language_of_visit() -> Language | None:
    """Return the language that the address, the cookie or the browser asks for; None outside of a run."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return choose_language(
        languages(own_folder()),
        st.query_params.get(PARAMETER, ""),
        st.session_state.get(_CHOSEN, ""),  # pages rewrite their address
        st.context.cookies.get(PARAMETER, ""),
        accepted=st.context.headers.get("Accept-Language", "") or "",
    )


def render_language_switch(page: str) -> None:
    """Draw the list of languages; choosing one loads the page anew in it, with all that the address holds.

    Its script also marks the open `page`, named by its path, in the top bar of phones.
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
    # Made in a run and not at import: Streamlit knows the package's files only while its server runs.
    return st.components.v2.component("rallymap.language_switch", js="language_switch.js", isolate_styles=False)
