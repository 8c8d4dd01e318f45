"""Lines of text that many pages have: a page's title and lead, a paragraph, an empty list. Every text is escaped."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from markupsafe import Markup


def page_lead(title: str, text: str, *, step: str = "") -> None:
    """Draw the title of a page, and below it what the page is for.

    `step` is a class by which :mod:`rallymap.ui.step_focus` finds the title, to give it the focus; "" for none.
    """
    heading = Markup('<h1 class="{}">{}</h1>').format(step, title) if step else Markup("<h1>{}</h1>").format(title)
    st.html(Markup('<div class="rm-lead">{}<p>{}</p></div>').format(heading, text))


def paragraph(text: str, name: str, *, role: Literal["", "alert", "status"] = "", is_written: bool = False) -> None:
    """Draw a paragraph.

    Parameters
    ----------
    name
        Class in ``page.css``.
    role
        How screen readers say it when it appears: "alert" at once, "status" when they have ended; "" not at all.
    is_written
        Whether people wrote the text; it then runs in the direction of its own script.
    """
    spoken = Markup(' role="{}"').format(role) if role else ""
    direction = Markup(' dir="auto"') if is_written else ""
    st.html(Markup('<p class="{}"{}{}>{}</p>').format(name, spoken, direction, text))


def empty_list(title: str, text: str) -> None:
    """Draw what is shown in place of a list that has nothing in it."""
    st.html(Markup('<p class="rm-empty"><b>{}</b> {}</p>').format(title, text))
