"""The part of a page that says what the public sees of an event, drawn for its organiser and for moderators alike."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from rallymap.events import Event
from rallymap.language import tr
from rallymap.views.public_preview import hides_anything, public_card, public_summary


def render_public_preview(event: Event, now: datetime, *, picture_url: str = "") -> None:
    """Draw what the public sees and from when on; where that is less than we know, with its card to unfold.

    Parameters
    ----------
    event
        With everything we know, whatever its review status.
    picture_url
        Address of its picture; "" for none.
    """
    st.html(public_summary(event, now))
    if hides_anything(event, now):
        card = public_card(event, now, picture_url=picture_url)
        fold = Markup('<details class="rm-history"><summary>{}</summary>{}</details>')
        st.html(fold.format(tr("The card as the public sees it"), card))
