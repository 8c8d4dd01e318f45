"""The maps of both sides of Compare, which move together, and the event that was pressed on one of them."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from rallymap.errors import EventNotFoundError
from rallymap.language import tr
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.query.viewed import extent_of
from rallymap.store.events import get_public_event
from rallymap.ui.compare.state import SIDES
from rallymap.ui.map_host import mount_map
from rallymap.ui.paragraphs import paragraph, subheading
from rallymap.ui.theme import theme_name
from rallymap.views.event_words import title_html
from rallymap.views.map_choice import map_choice
from rallymap.views.map_messages import EventChosen, parse_map_message
from rallymap.views.map_view import MapView
from rallymap.workflows.services import Services

HEIGHT_PX: Final = 340
_OPENED: Final = "compare_opened"


def render_maps(services: Services, snapshot: Snapshot, sides: tuple[tuple[str, EventFilter], ...]) -> None:
    """Draw a map of each side, given with its name in words; both begin with the events of both."""
    fit = extent_of(snapshot, [event_filter for _, event_filter in sides])
    with st.container(key="compare_maps"):
        _draw(services, sides, version=snapshot.version, bounds=snapshot.bounds(), fit=fit)


@st.fragment
def _draw(
    services: Services,
    sides: tuple[tuple[str, EventFilter], ...],
    *,
    version: str,
    bounds: tuple[int, int] | None,
    fit: tuple[float, float, float, float] | None,
) -> None:
    """Draw the maps; a press on an event reruns this part alone.

    Its arguments are kept for as long as the page is open, so the snapshot is none of them.
    """
    for column, side, (name, event_filter) in zip(st.columns(2, gap="small"), SIDES, sides, strict=True):
        choice = map_choice(
            version=version,
            event_filter=event_filter,
            selected_event=None,
            view=MapView(),
            theme=theme_name(),
            bounds=bounds,
            context=None,
            fit=fit,
        )
        with column:
            subheading(2, name, f"rm-figure rm-side-name rm-side-{side}")
            message = parse_map_message(
                mount_map(
                    "side",
                    key=f"compare_map_{side}",
                    choice=choice,
                    height_px=HEIGHT_PX,
                    apology=tr("The map has not loaded yet. The figures below count the same events."),
                    title=tr("Map of events: {side}", side=name),
                    link="compare",
                )
            )
        if isinstance(message, EventChosen):
            st.session_state[_OPENED] = message.event_id
    _render_opened(services)


def _render_opened(services: Services) -> None:
    """Draw a link to the page of the event that was pressed last, as long as it is public."""
    event_id = st.session_state.get(_OPENED)
    if event_id is None:
        return
    try:
        event = services.db.read(get_public_event, event_id, services.now())
    except EventNotFoundError:
        return
    link = Markup('<a href="events/{}">{}</a>').format(event.id, title_html(event))
    paragraph(link, "rm-opened", role="status")
