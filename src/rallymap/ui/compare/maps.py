"""The two synchronised maps of Compare, and a link to the event selected on either of them."""

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
    """Render one map per side, each labelled with the side's name; both start at the bounds of all events of both."""
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
    """Render the maps; selecting an event reruns only this fragment.

    Streamlit keeps a fragment's arguments for as long as the page is open, so the snapshot is not one of them.
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
    """Render a link to the event selected last, if it is still public."""
    event_id = st.session_state.get(_OPENED)
    if event_id is None:
        return
    try:
        event = services.db.read(get_public_event, event_id, services.now())
    except EventNotFoundError:
        return
    link = Markup('<a href="events/{}">{}</a>').format(event.id, title_html(event))
    paragraph(link, "rm-opened", role="status")
