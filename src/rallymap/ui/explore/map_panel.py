"""The map with its timeline, as a fragment of a page."""

from __future__ import annotations

from rallymap.language import tr
from rallymap.query.filters import EventFilter
from rallymap.ui.map_host import mount_map
from rallymap.views.map_choice import map_choice
from rallymap.views.map_messages import MapMessage, parse_map_message
from rallymap.views.map_view import MapView

HEIGHT_PX = 640
"""Initial height, until the page's style sheet sets the real one."""


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
    """Render the map and return the visitor's newest message from it, once; None if there is none.

    Call it within an ``st.fragment``: the map reports its view after each move to keep the link current, and such a
    report should rerun only the fragment. For any other message the caller reruns the page.

    Parameters
    ----------
    key
        Name of this map, unique within the session.
    snapshot_version
        Version of the snapshot that the rest of the page shows.
    event_filter, selected_event, view
        Current state of the page; the map is updated to match.
    theme
        ``light`` or ``dark``.
    bounds
        First and last day of all dated events, for the timeline's axis before the first answer; None if there are none.
    context
        Query for the context events above the timeline, which the browser fetches itself; None if there are none.
    shown
        Number of events that the map shows worldwide in the filter's period.
    follow
        Whether a list on the page is limited to the map's view.
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
