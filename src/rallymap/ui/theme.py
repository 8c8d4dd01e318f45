"""The page frame that all pages share: title, our style sheet, the site's name in the top bar."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import streamlit as st

from rallymap.language import trc
from rallymap.palette import theme_style_sheet


def set_theme(site_name: str) -> None:
    """Apply the site's icon and style sheet; to be called first in every run."""
    st.set_page_config(page_icon=_icon(), layout="wide")
    # Translators: a button that copies what is next to it.
    copy = trc("button", "Copy")
    words = f"--site-name: {_css_text(site_name)}; --word-copy: {_css_text(copy)};"
    # Popovers are outside the app and inherit nothing from it.
    st.html(f'<style>{_style_sheet()}\n.stApp, [data-testid="stPopoverBody"] {{ {words} }}</style>')


def set_title(part: str, site_name: str) -> None:
    """Name the browser's window after a page or an event; the last call in a run holds."""
    st.set_page_config(page_title=f"{part} – {site_name}")


def theme_name() -> str:
    """Return "dark" or "light", as the visitor's page is drawn now."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _css_text(text: str) -> str:
    """Write a text as a string of CSS, each character as an escape, so that no sign ends it."""
    return '"' + "".join(f"\\{ord(char):06x}" for char in text) + '"'


@cache
def _style_sheet() -> str:
    colours = theme_style_sheet('.stApp, [data-testid="stPopoverBody"]')
    return colours + files("rallymap.ui").joinpath("page.css").read_text("utf-8")


@cache
def _icon() -> str:
    # An SVG's text; emoji and material icons would be fetched from font hosts by some browsers.
    return files("rallymap.ui").joinpath("icon.svg").read_text("utf-8")
