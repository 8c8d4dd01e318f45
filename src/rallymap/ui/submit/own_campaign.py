"""The private page of a campaign: each of its events, its status, and the link that changes it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from rallymap.events import Event
from rallymap.language import separator, tr, trn
from rallymap.mail.letters import REVIEW_WORDS
from rallymap.store.edit_links import IN_CAMPAIGN
from rallymap.wording import date_in_words, place_in_words


def render_own_campaign(events: Sequence[Event], key: str) -> None:
    """Draw the page.

    Parameters
    ----------
    events
        As the edit link opens them, by day.
    key
        The token of the campaign's edit link.
    """
    lead = tr("Open one to change it, to answer a moderator, or to say what happened. Keep this page's address.")
    count = trn("Your {n} event", "Your {n} events", len(events))
    st.html(f'<div class="rm-lead"><h1>{escape(count)}</h1><p>{escape(lead)}</p></div>')
    # Dates of one place are told apart by their day, cities by their name.
    is_series = len({(event.place, event.location) for event in events}) == 1
    items = "".join(_item(event, key, by_day=is_series) for event in events)
    st.html(f'<ol class="rm-cities">{items}</ol>')


def render_way_back(key: str) -> None:
    """Draw the link from one event to the page of its campaign."""
    token = key.partition(IN_CAMPAIGN)[0]
    words = escape(tr("All events of this campaign"))
    st.html(f'<p class="rm-about"><a href="?key={escape(token)}" target="_self">{words}</a></p>')


def _item(event: Event, key: str, *, by_day: bool) -> str:
    where, when = escape(place_in_words(event.place, event.location)), escape(date_in_words(event.when))
    head, more = (when, where) if by_day else (where, when)
    link = f'<a href="?key={escape(key)}{IN_CAMPAIGN}{event.id}" target="_self">{head}</a>'
    status = escape(tr(REVIEW_WORDS[event.review]))
    return (
        f"<li><b>{link}</b><small><bdi>{escape(event.title)}</bdi>{separator()}{more}</small>"
        f'<span class="rm-city-state">{status}</span></li>'
    )
