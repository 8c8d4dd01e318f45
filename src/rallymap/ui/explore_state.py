"""What a visitor of Explore has chosen: period, filters, event; kept in the session and in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from rallymap.events import ID_PATTERN
from rallymap.query.filters import EventFilter
from rallymap.ui.link import hold_link, read_link, write_link
from rallymap.views.map_view import MapView

_FILTER = "explore_filter"
_EVENT = "explore_event"
_VIEW = "explore_view"
_ROWS = "explore_rows"
_COMPLAINTS = "explore_complaints"
ROWS_AT_FIRST = 20


def read_state() -> None:
    """Take over what the address says, where the visitor changed it."""
    read_link(_apply)


def write_state() -> None:
    """Write the present choice into the address."""
    write_link(link_parameters())


def link_parameters() -> dict[str, list[str]]:
    """Return the query parameters of a link to what is shown now."""
    parameters = {name: list(values) for name, values in chosen_filter().to_query_params().items()}
    if event_id := chosen_event():
        parameters["event"] = [event_id]
    return parameters | map_view().to_query_params()


def _apply(parameters: Mapping[str, Sequence[str]]) -> None:
    event_filter, complaints = EventFilter.from_query_params(parameters)
    st.session_state[_FILTER] = event_filter
    st.session_state[_COMPLAINTS] = tuple(complaints)
    wanted = parameters.get("event", [""])[-1]
    st.session_state[_EVENT] = wanted if ID_PATTERN.fullmatch(wanted) else None
    st.session_state[_VIEW] = MapView.from_query_params(parameters)
    st.session_state[_ROWS] = ROWS_AT_FIRST


def chosen_filter() -> EventFilter:
    """Return the filter in force."""
    found: EventFilter = st.session_state.get(_FILTER) or EventFilter()
    return found


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
    change_filter(chosen_filter().with_period(period))


def chosen_event() -> str | None:
    """Return the id of the open event, or None."""
    found: str | None = st.session_state.get(_EVENT)
    return found


def choose_event(event_id: str | None) -> None:
    """Open an event's panel, or close it with None."""
    hold_link()
    st.session_state[_EVENT] = event_id


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


def rows_shown() -> int:
    """Return how many rows of the list are drawn."""
    return int(st.session_state.get(_ROWS, ROWS_AT_FIRST))


def show_more_rows() -> None:
    """Draw as many rows again."""
    st.session_state[_ROWS] = rows_shown() + ROWS_AT_FIRST
