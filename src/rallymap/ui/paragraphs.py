"""Lines of text that many pages have: titles, headings, paragraphs, heads of lists. Every text is escaped."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from markupsafe import Markup

from rallymap.templates import bold, render


def page_lead(title: str, text: str, *, step: str = "", sign_in: str = "") -> None:
    """Draw the title of a page, and below it what the page is for.

    Parameters
    ----------
    step
        A class by which :mod:`rallymap.ui.step_focus` finds the title, to give it the focus; "" for none.
    sign_in
        Address of a button that signs in; "" for none.
    """
    st.html(render("page_lead.html", title=title, text=text, step=step, sign_in=sign_in))


def headline(title: str, text: str) -> None:
    """Draw the title of a page of figures or of the map, and next to it what the page shows."""
    st.html(Markup('<header class="rm-headline"><h1>{}</h1><p>{}</p></header>').format(title, text))


def section(title: str, text: str, *, is_first: bool = False) -> None:
    """Draw the title of a part of a page and what the part is for; the first part has no line above it."""
    st.html(render("section.html", title=title, text=text, is_first=is_first))


def subheading(level: Literal[2, 3], text: str, name: str) -> None:
    """Draw a heading; `name` is its class in ``page.css``."""
    st.html(Markup('<h{0} class="{1}">{2}</h{0}>').format(level, name, text))


def paragraph(
    text: str,
    name: str,
    *,
    role: Literal["", "alert", "status"] = "",
    head: str = "",
    anchor: str = "",
    is_written: bool = False,
) -> None:
    """Draw a paragraph.

    Parameters
    ----------
    name
        Class in ``page.css``.
    role
        How screen readers say it when it appears: "alert" at once, "status" when they have ended; "" not at all.
    head
        Words in bold before the text; "" for none.
    anchor
        Id of the element; "" for none.
    is_written
        Whether people wrote the text; it then runs in the direction of its own script.
    """
    html = render("paragraph.html", text=text, name=name, role=role, head=head, anchor=anchor, is_written=is_written)
    st.html(html)


def list_head(title: str, note: str) -> None:
    """Draw the head of a list, with a short note at its end."""
    st.html(Markup('<p class="rm-list-head">{}<span>{}</span></p>').format(bold(title), note))


def empty_list(title: str, text: str) -> None:
    """Draw what is shown in place of a list that has nothing in it."""
    paragraph(text, "rm-empty", head=title)
