"""The preview of what the public sees of an event, for its organiser and for moderators."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from rallymap.events import Event
from rallymap.language import tr
from rallymap.ui.paragraphs import paragraph
from rallymap.views.public_preview import hides_anything, public_card, public_summary
from rallymap.wording import date_with_weekday


def render_public_preview(event: Event, now: datetime, *, picture_url: str = "") -> None:
    """Render what the public sees and from when; if details are withheld, add the public card in an expander.

    Parameters
    ----------
    event
        The event with all its data, whatever its review status.
    picture_url
        URL of the event's picture; "" for none.
    """
    st.html(public_summary(event, now))
    if hides_anything(event, now):
        card = public_card(event, now, picture_url=picture_url)
        fold = Markup('<details class="rm-history"><summary>{}</summary>{}</details>')
        st.html(fold.format(tr("The card as the public sees it"), card))


def render_summary(event: Event, last: Event, now: datetime) -> None:
    """Render what the public sees of an event and from when; also of a series' last date, if less of that is seen."""
    if hides_anything(event, now) == hides_anything(last, now):
        st.html(public_summary(event, now))
        return
    for one in (event, last):
        paragraph(date_with_weekday(one.when), "rm-found")
        st.html(public_summary(one, now))
