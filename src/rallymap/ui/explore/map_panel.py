"""The map with its timeline, as one part of a page."""

from __future__ import annotations

from rallymap.language import tr
from rallymap.query.filters import EventFilter
from rallymap.ui.map_host import mount_map
from rallymap.views.map_choice import map_choice
from rallymap.views.map_messages import MapMessage, parse_map_message
from rallymap.views.map_view import MapView

HEIGHT_PX = 640
"""Before the page's style sheet gives the frame its true height."""


def render_map(
    *,
    key: str,
    snapshot_version: str,
    event_filter: EventFilter,
    selected_event: str | None,
    view: MapView,
    theme: str,
    bounds: tuple[int, int] | None,
    context: str | None = None,
    shown: int | None = None,
    follow: bool = False,
) -> MapMessage | None:
    """Draw the map and return what the visitor did on it since the last run, once; None where that is nothing.

    Call it within an ``st.fragment``: the map reports where it came to rest so that the link stays true, and such a
    report should rerun nothing else. For any other message the caller reruns the page.

    Parameters
    ----------
    key
        Names this map within the session.
    snapshot_version
        Of the snapshot that the rest of the page shows.
    event_filter, selected_event, view
        What the page shows now; the map follows.
    theme
        ``light`` or ``dark``.
    bounds
        First and last day of all dated events, for the timeline's axis before the first answer; None: there is none.
    context
        Query for the context events above the timeline, which the browser fetches itself; None: there are none.
    shown
        How many events the map draws all over the world in the filter's period.
    follow
        Whether a list on the page holds only what the map shows.
    """
    choice = map_choice(
        version=snapshot_version,
        event_filter=event_filter,
        selected_event=selected_event,
        view=view,
        theme=theme,
        bounds=bounds,
        context=context,
        shown=shown,
        follow=follow,
    )
    message = mount_map(
        "explore",
        key=key,
        choice=choice,
        height_px=HEIGHT_PX,
        apology=tr("The map has not loaded yet. The list shows the same events."),
    )
    return parse_map_message(message)
