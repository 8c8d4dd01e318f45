"""Text elements that many pages use: titles, headings, paragraphs, list headers. All text is escaped."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from markupsafe import Markup

from rallymap.templates import bold, render


def page_lead(title: str, text: str, *, step: str = "", sign_in: str = "") -> None:
    """Render the title of a page and its introduction.

    Parameters
    ----------
    step
        CSS class by which :mod:`rallymap.ui.step_focus` finds and focuses the title; "" for none.
    sign_in
        URL of a sign-in button; "" for none.
    """
    st.html(render("page_lead.html", title=title, text=text, step=step, sign_in=sign_in))


def headline(title: str, text: str) -> None:
    """Render the title of a page with figures or the map, with its description next to it."""
    st.html(Markup('<header class="rm-headline"><h1>{}</h1><p>{}</p></header>').format(title, text))


def section(title: str, text: str, *, is_first: bool = False) -> None:
    """Render the heading and introduction of a section; the first section has no rule above it."""
    st.html(render("section.html", title=title, text=text, is_first=is_first))


def subheading(level: Literal[2, 3], text: str, name: str) -> None:
    """Render a heading; `name` is its class in ``page.css``."""
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
    """Render a paragraph.

    Parameters
    ----------
    name
        Class in ``page.css``.
    role
        ARIA role: "alert" interrupts a screen reader, "status" waits; "" for none.
    head
        Bold text before the paragraph; "" for none.
    anchor
        Id of the element; "" for none.
    is_written
        Whether people wrote the text; its direction then follows its own script.
    """
    html = render("paragraph.html", text=text, name=name, role=role, head=head, anchor=anchor, is_written=is_written)
    st.html(html)


def list_head(title: str, note: str) -> None:
    """Render the header of a list, with a short note at its end."""
    st.html(Markup('<p class="rm-list-head">{}<span>{}</span></p>').format(bold(title), note))


def empty_list(title: str, text: str) -> None:
    """Render the message of an empty list."""
    paragraph(text, "rm-empty", head=title)
