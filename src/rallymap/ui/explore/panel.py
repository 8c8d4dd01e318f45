"""The open event next to the map: its card, and a link to the other events in its city."""

from __future__ import annotations

import streamlit as st

from rallymap.countries import city_name
from rallymap.errors import DamagedEventError, EventNotFoundError
from rallymap.event_wording import words_of
from rallymap.events import Event
from rallymap.language import isolated, number, tr, trc
from rallymap.query.snapshot import Snapshot
from rallymap.store.events import get_public_event
from rallymap.templates import bold, fill
from rallymap.ui.explore import state
from rallymap.ui.explore.event_history import render_history
from rallymap.ui.explore.panel_focus import follow_focus
from rallymap.ui.explore.report_event import render_report
from rallymap.ui.paragraphs import empty_list, paragraph
from rallymap.ui.theme import set_title
from rallymap.views.cards import event_card, public_picture_url
from rallymap.workflows.services import Services

CITY_M = 20_000.0
"""Events within this distance in metres form one pager group: about a large city."""


def render_panel(services: Services, snapshot: Snapshot) -> None:
    """Render the open event, if there is one, and set the window title to its title."""
    site_name = services.settings.site_name
    event_id = state.chosen_event()
    if event_id is None:
        set_title(tr("Explore"), site_name)
        return
    try:
        event = services.db.read(get_public_event, event_id, services.now())
    except EventNotFoundError as err:
        set_title(tr("Explore"), site_name)
        empty_list(err.user_message, tr("It may have been withdrawn, or the link is incomplete."))
        return
    except DamagedEventError as err:
        set_title(tr("Explore"), site_name)
        empty_list(tr("This did not work."), err.user_message)
        return
    # A merged event resolves to the event that it was merged into; update the URL to match.
    state.follow_event(event.id)
    set_title(words_of(event).title, site_name)
    with st.container(key="event_panel"):
        # Escape clicks it, through panel_focus.js: Streamlit's own shortcut would also fire when Escape closes a menu.
        st.button(trc("button", "Close"), key="close_event", on_click=state.choose_event, args=(None,), type="tertiary")
        _render_pager(snapshot, event)
        campaign = f"campaigns/{event.campaign.id}" if event.campaign else ""
        picture = public_picture_url(event)
        st.html(event_card(event, link=f"?event={event.id}", picture_url=picture, campaign_link=campaign))
        with st.container(key="event_more", horizontal=True):
            render_history(services, event)
            render_report(services, event)
        follow_focus(event.id, move_in=state.is_opened_here())


def _render_pager(snapshot: Snapshot, event: Event) -> None:
    """Render the position of the event among nearby events, with buttons to the previous and the next one."""
    ids = snapshot.nearby(state.chosen_filter(), event.id, CITY_M)
    if len(ids) < 2:
        return
    at = ids.index(event.id)
    name = city_name(event.location.name, event.location.country) if event.location else ""
    # Translators: {position} is "3 of 12", events that are close to each other.
    position = bold(tr("{at} of {total}", at=number(at + 1), total=number(len(ids))))
    said = tr("{position} in and around {city}") if name else tr("{position} near here")
    where = fill(said, position=position, city=isolated(name))
    with st.container(key="pager", horizontal=True, vertical_alignment="center"):
        for name, label, to in (("newer", trc("events", "Newer"), at - 1), ("older", trc("events", "Older"), at + 1)):
            st.button(
                label,
                key=f"pager_{name}",
                disabled=not 0 <= to < len(ids),
                on_click=state.choose_event,
                args=(ids[to % len(ids)],),
            )
        paragraph(where, "rm-pager", role="status")
