"""The frame that all pages share: title, icon, the site's name in the top bar. The start page has their style sheet."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import streamlit as st

from rallymap.language import trc


def set_theme(site_name: str) -> None:
    """Apply the site's icon, and the words of its style sheet; call it first in every run."""
    st.set_page_config(page_icon=_icon(), layout="wide")
    # Translators: a button that copies what is next to it.
    copy = trc("button", "Copy")
    words = f"--site-name: {_css_text(site_name)}; --word-copy: {_css_text(copy)};"
    # Popovers are outside the app and do not inherit its custom properties.
    st.html(f'<style>.stApp, [data-testid="stPopoverBody"] {{ {words} }}</style>')


def set_title(part: str, site_name: str) -> None:
    """Set the window title to a page or an event; the last call in a run wins."""
    st.set_page_config(page_title=f"{part} – {site_name}")


def theme_name() -> str:
    """Return "dark" or "light", the current theme of the visitor's page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _css_text(text: str) -> str:
    """Return a text as a CSS string with every character escaped, so that none ends it."""
    return '"' + "".join(f"\\{ord(char):06x}" for char in text) + '"'


@cache
def _icon() -> str:
    # Plain SVG text: some browsers would fetch emoji and Material icons from font hosts.
    return files("rallymap.ui").joinpath("icon.svg").read_text("utf-8")
