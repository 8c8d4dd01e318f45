"""Figures for moderators: what waits, and how long decisions took."""

from __future__ import annotations

from html import escape

import streamlit as st

from rallymap.language import number, separator, tr, trc
from rallymap.moderation import Account
from rallymap.ui.review.words import age_in_words
from rallymap.wording import day_in_words
from rallymap.workflows.figures import Week, read_figures
from rallymap.workflows.services import Services


def render_figures(services: Services, account: Account) -> None:
    """Draw what waits now and a row for each of the last weeks."""
    figures, now = read_figures(services.db, account), services.now()
    waiting = trc("{n} is how many events, as “12” or “50+”", "{n} waiting", n=number(figures.waiting))
    if figures.waiting_since is not None:
        # Translators: {age} is for how long: “3 days”, “just now”.
        waiting += separator() + tr("the longest for {age}", age=age_in_words(figures.waiting_since, now))
    heads = "".join(
        f'<th scope="col">{escape(words)}</th>'
        for words in (
            trc("column of a table", "Week from"),
            trc("column of a table", "Decided"),
            trc("column of a table", "Median time to the decision"),
        )
    )
    rows = "".join(_row(week, services) for week in figures.weeks)
    note = tr(
        "Each event sent through the form counts once, by the first decision about it. Imported events and events "
        "taken down are left out."
    )
    with st.container(key="page"):
        st.html(
            f'<div class="rm-lead"><h1>{escape(tr("Figures"))}</h1><p>{escape(waiting)}</p></div>'
            f'<div class="rm-table"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
            f'<p class="rm-found">{escape(note)}</p>'
        )


def _row(week: Week, services: Services) -> str:
    now = services.now()
    took = "–" if week.median_time is None else age_in_words(now - week.median_time, now)
    return (
        f"<tr><td>{escape(day_in_words(week.monday))}</td><td>{number(week.decided)}</td><td>{escape(took)}</td></tr>"
    )
