"""The frame that all pages share: title and icon. The start page has their style sheet and the site's name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import streamlit as st


def set_theme() -> None:
    """Apply the site's icon and the layout; call it first in every run."""
    st.set_page_config(page_icon=_icon(), layout="wide")


def set_title(part: str, site_name: str) -> None:
    """Set the window title to a page or an event; the last call in a run wins."""
    st.set_page_config(page_title=f"{part} – {site_name}")


def theme_name() -> str:
    """Return "dark" or "light", the current theme of the visitor's page."""
    return "dark" if st.context.theme.type == "dark" else "light"


@cache
def _icon() -> str:
    # Plain SVG text: some browsers would fetch emoji and Material icons from font hosts.
    return files("rallymap.ui").joinpath("icon.svg").read_text("utf-8")
