"""The private page of a campaign: each of its events, its status, and the link that changes it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from rallymap.events import Event
from rallymap.language import tr, trn
from rallymap.mail.letters import REVIEW_WORDS
from rallymap.store.edit_links import IN_CAMPAIGN
from rallymap.templates import bdi, one_line
from rallymap.ui.paragraphs import page_lead, paragraph
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
    page_lead(count, lead)
    # Dates of one place are named by their day, cities by their name.
    is_series = len({(event.place, event.location) for event in events}) == 1
    items = Markup("").join(_item(event, key, by_day=is_series) for event in events)
    st.html(Markup('<ol class="rm-cities">{}</ol>').format(items))


def render_way_back(key: str) -> None:
    """Draw the link from one event to the page of its campaign."""
    token = key.partition(IN_CAMPAIGN)[0]
    link = Markup('<a href="?key={}" target="_self">{}</a>').format(token, tr("All events of this campaign"))
    paragraph(link, "rm-about")


def _item(event: Event, key: str, *, by_day: bool) -> Markup:
    where, when = place_in_words(event.place, event.location), date_in_words(event.when)
    head, more = (when, where) if by_day else (where, when)
    link = Markup('<a href="?key={}" target="_self">{}</a>').format(f"{key}{IN_CAMPAIGN}{event.id}", head)
    item = Markup('<li><b>{}</b><small>{}</small><span class="rm-city-state">{}</span></li>')
    return item.format(link, one_line((bdi(event.title), more)), tr(REVIEW_WORDS[event.review]))
