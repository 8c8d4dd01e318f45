"""Figures for moderators: what waits, and how long decisions took."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import streamlit as st

from rallymap.language import number, separator, tr, trc
from rallymap.moderation import Account
from rallymap.ui.review.words import age_in_words
from rallymap.wording import day_in_words
from rallymap.workflows.figures import Week, read_figures
from rallymap.workflows.services import Services

_MINUTE = timedelta(minutes=1)


def render_figures(services: Services, account: Account) -> None:
    """Draw what waits now and a row for each of the last weeks."""
    figures, now = read_figures(services.db, account), services.now()
    waiting = trc("{n} is how many events, as “12” or “50+”", "{n} waiting", n=number(figures.waiting))
    if figures.waiting_since is not None:
        # Translators: {age} is for how long: “3 days”, “< 1 minute”.
        waiting += separator() + tr("the longest for {age}", age=_long(now - figures.waiting_since, services))
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
    took = "–" if week.median_time is None else _long(week.median_time, services)
    return (
        f'<tr><th scope="row">{escape(day_in_words(week.monday))}</th>'
        f"<td>{number(week.decided)}</td><td>{escape(took)}</td></tr>"
    )


def _long(time: timedelta, services: Services) -> str:
    now = services.now()
    if time < _MINUTE:
        return f"<\u00a0{age_in_words(now - _MINUTE, now)}"
    return age_in_words(now - time, now)
