"""The private page of a campaign: each of its events with its status and a link to change it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from rallymap.events import Event
from rallymap.language import tr, trn
from rallymap.mail.letters import REVIEW_WORDS
from rallymap.store.edit_links import IN_CAMPAIGN
from rallymap.templates import bdi, link, one_line, render
from rallymap.ui.paragraphs import page_lead, paragraph
from rallymap.wording import date_in_words, place_in_words


def render_own_campaign(events: Sequence[Event], key: str) -> None:
    """Render the page.

    Parameters
    ----------
    events
        The events that the edit link opens, by day.
    key
        The token of the campaign's edit link.
    """
    lead = tr("Open one to change it, to answer a moderator, or to say what happened. Keep this page's address.")
    count = trn("Your {n} event", "Your {n} events", len(events))
    page_lead(count, lead)
    # Identify events in one place by date, events in several cities by city.
    is_series = len({(event.place, event.location) for event in events}) == 1
    st.html(render("own_campaign.html", rows=[_row(event, key, by_day=is_series) for event in events]))


def render_way_back(key: str) -> None:
    """Render the link from an event to its campaign's page."""
    token = key.partition(IN_CAMPAIGN)[0]
    paragraph(link(f"?key={token}", tr("All events of this campaign")), "rm-about")


def _row(event: Event, key: str, *, by_day: bool) -> tuple[str, str, Markup, str]:
    where, when = place_in_words(event.place, event.location), date_in_words(event.when)
    head, more = (when, where) if by_day else (where, when)
    own_key = f"{key}{IN_CAMPAIGN}{event.id}"
    return own_key, head, one_line((bdi(event.title), more)), tr(REVIEW_WORDS[event.review])
