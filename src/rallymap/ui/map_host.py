"""Mount a map page in its sandboxed iframe, as a Streamlit component."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from rallymap.language import tr
from rallymap.ui.component_messages import is_taken, newest_message, session_token
from rallymap.views.map_page import TITLES, map_page_path


def mount_map(
    page: str,
    *,
    key: str,
    choice: Mapping[str, Any],
    height_px: int,
    apology: str,
    title: str = "",
    link: str = "",
) -> Mapping[str, Any] | None:
    """Mount a map page and return the visitor's newest message from it, once; None if there is no new one.

    Parameters
    ----------
    page
        A name of :data:`rallymap.views.map_page.SCRIPTS`.
    key
        Name of this map, unique within the session.
    choice
        What the map should show, as JSON values.
    height_px
        Height of the iframe.
    apology
        The message above the button "Load the map again" if the map fails to start.
    title
        Title of the iframe, if the default for `page` is not specific enough.
    link
        Name of a group of synchronised maps; "" for a single map.
    """
    message, number = newest_message(key)
    _component()(
        key=key,
        data={
            "page": map_page_path(page),
            "title": title or tr(TITLES[page]),
            "height": height_px,
            "apology": apology,
            "again": tr("Load the map again"),
            "link": link,
            "session": session_token(key),
            "answered": number,
            "choice": dict(choice),
        },
        # Streamlit keeps the state of a value only if it has a callback.
        on_message_change=_ignore,
    )
    return None if is_taken(key, number) else message


@cache
def _component() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.map_host", js="map_host.js", isolate_styles=False)


def _ignore() -> None:
    """Do nothing: the run itself reads the message."""
