"""Updates for organisers without a visit to the site: a private feed, and e-mail."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st

from rallymap.language import current_language, tr
from rallymap.store.own_feed import own_feed_name
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.reader_language import PARAMETER
from rallymap.ui.submit.mail_wish import render_mail_wish
from rallymap.workflows.services import Services


def render_news(services: Services, edit_token: str) -> None:
    """Render the feed and the e-mail section."""
    render_mail_wish(services, [edit_token])
    said = tr(
        "For a feed reader (Atom). It says that something was decided or asked, without a word of the event, and opens "
        "nothing else; it ends with the edit link."
    )
    paragraph(tr("Private feed of this event"), "rm-section")
    paragraph(said, "rm-found")
    name = services.db.read(own_feed_name, edit_token)
    st.code(
        urljoin(st.context.url or "", f"feeds/mine/{name}?{PARAMETER}={current_language().code}"),
        language=None,
        wrap_lines=True,
    )
