"""State of Trends besides Explore's filter: time unit and split; also stored in the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from rallymap.events import MAX_NAME
from rallymap.trends.over_time import UNITS
from rallymap.ui.explore import state as explore_state
from rallymap.ui.link import PLAIN_PAGES, ignore_next_link, read_link, write_link

SPLITS = {
    "communities": "community",
    "countries": "country",
    "cities": "city",
    "kinds": "kind",
    "organisers": "organiser",
    "topics": "topic",
    "publishers": "publisher",
    "statuses": "status",
}
"""Facets by which bars over time can be split, with their names in links."""
FIGURES = {
    "communities": "community",
    "countries": "country",
    "cities": "city",
    "organisers": "organiser",
    "kinds": "kind",
    "publishers": "publisher",
}
"""Facets with their own figure, with their names in links."""
_UNIT, _SPLIT, _CONTEXT_EVENT, _ROUND = "trends_unit", "trends_split", "trends_happening", "trends_round"


def read_state() -> None:
    """Restore the state from the URL if the visitor changed it."""
    read_link(_apply, page="trends", keeps_choice_of=("explore", "compare", "review", *PLAIN_PAGES))


def write_state() -> None:
    """Write the current state to the URL."""
    write_link(link_parameters())


def link_parameters() -> dict[str, list[str]]:
    """Return the query parameters that link to the current view."""
    parameters = explore_state.chosen_filter().to_query_params()
    if unit := chosen_unit():
        parameters["unit"] = [unit]
    if facet := chosen_split():
        parameters["split"] = [SPLITS[facet]]
    if context_event := chosen_context_event():
        parameters["happening"] = [context_event]
    return parameters


def _apply(parameters: Mapping[str, Sequence[str]]) -> None:
    explore_state.apply_filter(parameters)
    unit, split, context_event = (parameters.get(name, [""])[-1] for name in ("unit", "split", "happening"))
    st.session_state[_UNIT] = unit if unit in UNITS else None
    st.session_state[_SPLIT] = next((facet for facet, name in SPLITS.items() if name == split), None)
    st.session_state[_CONTEXT_EVENT] = context_event[:MAX_NAME] or None


def chosen_unit() -> str | None:
    """Return the chosen time unit; None to derive it from the period."""
    found: str | None = st.session_state.get(_UNIT)
    return found


def choose_unit(unit: str | None) -> None:
    """Choose a time unit."""
    ignore_next_link()
    st.session_state[_UNIT] = unit


def chosen_split() -> str | None:
    """Return the facet by which the bars over time are split, or None."""
    found: str | None = st.session_state.get(_SPLIT)
    return found


def choose_split(facet: str | None) -> None:
    """Split the bars over time by a facet; None removes the split."""
    ignore_next_link()
    st.session_state[_SPLIT] = facet


def chosen_context_event() -> str | None:
    """Return the EDTF date of the chosen context event, or None."""
    found: str | None = st.session_state.get(_CONTEXT_EVENT)
    return found


def choose_context_event(date_text: str) -> None:
    """Choose the context event around which events are counted, by its date."""
    ignore_next_link()
    st.session_state[_CONTEXT_EVENT] = date_text


def chart_round() -> int:
    """Return a number that grows with each click on a chart: a chart with a new key has nothing selected."""
    return int(st.session_state.get(_ROUND, 0))


def next_round() -> None:
    """Recreate the charts without a selection."""
    st.session_state[_ROUND] = chart_round() + 1
