"""What a visitor of Explore has chosen: period, filters, event, order of the list; in the session and the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from rallymap.events import ID_PATTERN
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot, ViewBox
from rallymap.query.snapshot.known_names import with_known_names
from rallymap.ui.link import hold_link, read_link, write_link
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
ROWS_AT_FIRST = 20
MORE_ROWS = 40


def read_state() -> None:
    """Take over what the address says, where the visitor changed it."""
    read_link(_apply, page="explore", keeps_choice_of=("trends", "compare"))


def write_state() -> None:
    """Write the present choice into the address."""
    write_link(link_parameters())


def link_parameters() -> dict[str, list[str]]:
    """Return the query parameters of a link to what is shown now."""
    parameters = {name: list(values) for name, values in chosen_filter().to_query_params().items()}
    if event_id := chosen_event():
        parameters["event"] = [event_id]
    if follows_map():
        parameters["list"] = ["view"]
    if order() != _usual_order():
        parameters["sort"] = [order()]
    return parameters | map_view().to_query_params()


def apply_filter(parameters: Mapping[str, Sequence[str]]) -> None:
    """Put the filter of an address in force."""
    event_filter, complaints = EventFilter.from_query_params(parameters)
    st.session_state[_FILTER] = event_filter
    st.session_state[_COMPLAINTS] = tuple(complaints)


def _apply(parameters: Mapping[str, Sequence[str]]) -> None:
    apply_filter(parameters)
    wanted = parameters.get("event", [""])[-1]
    st.session_state[_EVENT] = wanted if ID_PATTERN.fullmatch(wanted) else None
    st.session_state[_VIEW] = MapView.from_query_params(parameters)
    st.session_state[_FOLLOWS] = parameters.get("list", [""])[-1] == "view"
    st.session_state[_ORDER] = parameters.get("sort", [""])[-1]
    st.session_state[_ROWS] = ROWS_AT_FIRST


def chosen_filter() -> EventFilter:
    """Return the filter in force."""
    found: EventFilter = st.session_state.get(_FILTER) or EventFilter()
    return found


def use_known_names(snapshot: Snapshot) -> None:
    """Name what the filter asks for as the events do; the address may call it otherwise."""
    st.session_state[_FILTER] = with_known_names(snapshot.dictionaries, chosen_filter())


def complaints() -> tuple[str, ...]:
    """Return sentences about parts of the address that could not be read."""
    return tuple(st.session_state.get(_COMPLAINTS, ()))


def change_filter(event_filter: EventFilter) -> None:
    """Put another filter in force; the list starts from its top again."""
    hold_link()
    st.session_state[_FILTER] = event_filter
    st.session_state[_COMPLAINTS] = ()
    st.session_state[_ROWS] = ROWS_AT_FIRST


def change_period(period: tuple[date, date] | None) -> None:
    """Choose a period of days, both inclusive; None for all there is."""
    change_filter(chosen_filter().changed(period=period))


def chosen_event() -> str | None:
    """Return the id of the open event, or None."""
    found: str | None = st.session_state.get(_EVENT)
    return found


def choose_event(event_id: str | None) -> None:
    """Open an event's panel, or close it with None."""
    hold_link()
    st.session_state[_EVENT] = event_id
    st.session_state[_OPENED_HERE] = event_id is not None


def is_opened_here() -> bool:
    """Return whether the visitor opened the event on this page; False where the link did."""
    return bool(st.session_state.get(_OPENED_HERE))


def follow_event(event_id: str) -> None:
    """Take over the id of the event that the open one was merged into."""
    st.session_state[_EVENT] = event_id


def map_view() -> MapView:
    """Return where the map looks."""
    found: MapView = st.session_state.get(_VIEW) or MapView()
    return found


def change_map_view(view: MapView) -> None:
    """Keep where the visitor moved the map."""
    st.session_state[_VIEW] = view


def change_map_box(box: ViewBox) -> None:
    """Keep what the map shows; a list that follows it starts from its top again."""
    hold_link()
    st.session_state[_BOX] = box
    st.session_state[_ROWS] = ROWS_AT_FIRST


def map_box() -> ViewBox | None:
    """Return what the map shows; None before it has reported that."""
    found: ViewBox | None = st.session_state.get(_BOX)
    return found


def follows_map() -> bool:
    """Return whether the list holds only what the map shows."""
    return bool(st.session_state.get(_FOLLOWS))


def follow_map(*, follow: bool) -> None:
    """Let the list hold only what the map shows, or all events again."""
    hold_link()
    st.session_state[_FOLLOWS] = follow
    st.session_state[_ROWS] = ROWS_AT_FIRST


def order() -> str:
    """Return the order of the list: `NEWEST` or `OLDEST` first, or while a text is searched for also `BEST` matches."""
    wanted = st.session_state.get(_ORDER)
    return wanted if wanted in _orders() else _usual_order()


def turn_list() -> None:
    """Put the list into the next order there is."""
    hold_link()
    orders = _orders()
    st.session_state[_ORDER] = orders[(orders.index(order()) + 1) % len(orders)]
    st.session_state[_ROWS] = ROWS_AT_FIRST


def _orders() -> tuple[str, ...]:
    return (BEST, NEWEST, OLDEST) if chosen_filter().text else (NEWEST, OLDEST)


def _usual_order() -> str:
    return _orders()[0]


def rows_shown() -> int:
    """Return how many rows of the list are drawn."""
    return int(st.session_state.get(_ROWS, ROWS_AT_FIRST))


def show_more_rows() -> None:
    """Draw some more rows."""
    st.session_state[_ROWS] = rows_shown() + MORE_ROWS
