"""State of Explore: period, filters, open event, order of the list; in the session and in the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from rallymap.events import read_id
from rallymap.language import tr
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot, ViewBox
from rallymap.query.snapshot.known_names import with_known_names
from rallymap.ui.link import PLAIN_PAGES, ignore_next_link, read_link, write_link
from rallymap.views.map_view import MapView

_FILTER = "explore_filter"
_EVENT = "explore_event"
_OPENED_HERE = "explore_opened_here"
_VIEW = "explore_view"
_BOX = "explore_box"
_ROWS = "explore_rows"
_FOLLOWS = "explore_follows"
_ORDER = "explore_order"
NEWEST, OLDEST, BEST = "newest", "oldest", "best"
_COMPLAINTS = "explore_complaints"
FACET_ERRORS, DATE_ERRORS, PLACE_ERROR = "facet_errors", "exact_errors", "near_error"
"""Keys of what is wrong with the texts typed into filters."""
ROWS_AT_FIRST = 20
MORE_ROWS = 40


def read_state() -> None:
    """Restore the state from the URL if the visitor changed it."""
    read_link(_apply, page="explore", keeps_choice_of=("trends", "compare", "review", *PLAIN_PAGES))


def write_state() -> None:
    """Write the current state to the URL."""
    write_link(link_parameters())


def link_parameters() -> dict[str, list[str]]:
    """Return the query parameters that link to the current view."""
    parameters = {name: list(values) for name, values in chosen_filter().to_query_params().items()}
    if event_id := chosen_event():
        parameters["event"] = [event_id]
    if follows_map():
        parameters["list"] = ["view"]
    if order() != _usual_order():
        parameters["sort"] = [order()]
    return parameters | map_view().to_query_params()


def apply_filter(parameters: Mapping[str, Sequence[str]]) -> None:
    """Apply the filter from the query parameters of a URL."""
    event_filter, complaints = EventFilter.from_query_params(parameters)
    st.session_state[_FILTER] = event_filter
    st.session_state[_COMPLAINTS] = tuple(complaints)


def _apply(parameters: Mapping[str, Sequence[str]]) -> None:
    apply_filter(parameters)
    wanted = parameters.get("event", [""])[-1]
    st.session_state[_EVENT] = read_id(wanted) or None
    if wanted and chosen_event() is None:
        gone = tr("There is no event at this address. It may have been withdrawn, or the link is incomplete.")
        st.session_state[_COMPLAINTS] = (*complaints(), gone)
    st.session_state[_VIEW] = MapView.from_query_params(parameters)
    st.session_state[_FOLLOWS] = parameters.get("list", [""])[-1] == "view"
    st.session_state[_ORDER] = parameters.get("sort", [""])[-1]
    st.session_state[_ROWS] = ROWS_AT_FIRST


def chosen_filter() -> EventFilter:
    """Return the current filter."""
    found: EventFilter = st.session_state.get(_FILTER) or EventFilter()
    return found


def use_known_names(snapshot: Snapshot) -> None:
    """Replace names in the filter with the spelling that events use."""
    st.session_state[_FILTER] = with_known_names(snapshot.dictionaries, chosen_filter())


def complaints() -> tuple[str, ...]:
    """Return error messages about query parameters that could not be parsed."""
    return tuple(st.session_state.get(_COMPLAINTS, ()))


def change_filter(event_filter: EventFilter) -> None:
    """Apply another filter, reset the list to its first rows, and forget texts that could not be read."""
    ignore_next_link()
    for name in (FACET_ERRORS, DATE_ERRORS, PLACE_ERROR):
        st.session_state.pop(name, None)
    st.session_state[_FILTER] = event_filter
    st.session_state[_COMPLAINTS] = ()
    st.session_state[_ROWS] = ROWS_AT_FIRST


def change_period(period: tuple[date, date] | None) -> None:
    """Filter by a period of days, both inclusive; None removes the filter."""
    change_filter(chosen_filter().changed(period=period))


def chosen_event() -> str | None:
    """Return the id of the open event, or None."""
    found: str | None = st.session_state.get(_EVENT)
    return found


def choose_event(event_id: str | None) -> None:
    """Open an event's panel; None closes it."""
    ignore_next_link()
    st.session_state[_EVENT] = event_id
    st.session_state[_OPENED_HERE] = event_id is not None


def is_opened_here() -> bool:
    """Return whether the visitor opened the event on this page; False if a link opened it."""
    return bool(st.session_state.get(_OPENED_HERE))


def follow_event(event_id: str) -> None:
    """Replace the id of the open event with that of the event it was merged into."""
    st.session_state[_EVENT] = event_id


def map_view() -> MapView:
    """Return the centre and zoom of the map."""
    found: MapView = st.session_state.get(_VIEW) or MapView()
    return found


def change_map_view(view: MapView) -> None:
    """Store the centre and zoom after the visitor moved the map."""
    st.session_state[_VIEW] = view


def change_map_box(box: ViewBox) -> None:
    """Store the map's visible area; reset the list to its first rows."""
    ignore_next_link()
    st.session_state[_BOX] = box
    st.session_state[_ROWS] = ROWS_AT_FIRST


def map_box() -> ViewBox | None:
    """Return the map's visible area; None before the map has reported it."""
    found: ViewBox | None = st.session_state.get(_BOX)
    return found


def follows_map() -> bool:
    """Return whether the list is limited to the map's visible area."""
    return bool(st.session_state.get(_FOLLOWS))


def follow_map(*, follow: bool) -> None:
    """Limit the list to the map's visible area, or list all events again."""
    ignore_next_link()
    st.session_state[_FOLLOWS] = follow
    st.session_state[_ROWS] = ROWS_AT_FIRST


def order() -> str:
    """Return the order of the list: `NEWEST`, `OLDEST`, or `BEST` (match) during a text search."""
    wanted = st.session_state.get(_ORDER)
    return wanted if wanted in _orders() else _usual_order()


def next_order() -> None:
    """Switch the list to the next order."""
    ignore_next_link()
    orders = _orders()
    st.session_state[_ORDER] = orders[(orders.index(order()) + 1) % len(orders)]
    st.session_state[_ROWS] = ROWS_AT_FIRST


def _orders() -> tuple[str, ...]:
    return (BEST, NEWEST, OLDEST) if chosen_filter().text else (NEWEST, OLDEST)


def _usual_order() -> str:
    return _orders()[0]


def rows_shown() -> int:
    """Return how many rows of the list are shown."""
    return int(st.session_state.get(_ROWS, ROWS_AT_FIRST))


def show_more_rows() -> None:
    """Show more rows."""
    st.session_state[_ROWS] = rows_shown() + MORE_ROWS
