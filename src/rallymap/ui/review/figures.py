"""Figures for moderators: the number of pending events, and the duration of decisions."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from rallymap.language import number, separator, tr, trc
from rallymap.moderation import Account
from rallymap.templates import render
from rallymap.ui.paragraphs import page_lead, paragraph
from rallymap.ui.review.words import age_in_words
from rallymap.wording import day_in_words
from rallymap.workflows.figures import Week, read_figures
from rallymap.workflows.services import Services

_MINUTE = timedelta(minutes=1)


def render_figures(services: Services, account: Account) -> None:
    """Render what is pending now, and a row for each of the last weeks."""
    figures, now = read_figures(services.db, account), services.now()
    waiting = trc("{n} is how many events, as “12” or “50+”", "{n} waiting", n=number(figures.waiting))
    if figures.waiting_since is not None:
        # Translators: {age} is for how long: “3 days”, “< 1 minute”.
        waiting += separator() + tr("the longest for {age}", age=_long(now - figures.waiting_since, services))
    note = tr(
        "Each event sent through the form counts once, by the first decision about it. Imported events and events "
        "taken down are left out."
    )
    with st.container(key="page"):
        page_lead(tr("Figures"), waiting)
        st.html(render("weeks.html", rows=[_row(week, services) for week in figures.weeks]))
        paragraph(note, "rm-found")


def _row(week: Week, services: Services) -> tuple[str, str, str]:
    """Return the Monday of a week, the number of decided events, and how long the decisions took."""
    took = "–" if week.median_time is None else _long(week.median_time, services)
    return day_in_words(week.monday), number(week.decided), took


def _long(time: timedelta, services: Services) -> str:
    now = services.now()
    if time < _MINUTE:
        return f"<\u00a0{age_in_words(now - _MINUTE, now)}"
    return age_in_words(now - time, now)
