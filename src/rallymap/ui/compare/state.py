"""State of Compare besides the filter: the subject of comparison and both sides; also stored in the URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from rallymap.events import MAX_NAME
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.query.snapshot.known_names import canonical_name
from rallymap.trends.compared_sides import FACETS, SUBJECTS
from rallymap.ui.explore import state as explore_state
from rallymap.ui.link import PLAIN_PAGES, ignore_next_link, read_link, write_link

SIDES = ("left", "right")
_BY = "compare_by"


def read_state() -> None:
    """Restore the state from the URL if the visitor changed it."""
    read_link(_apply, page="compare", keeps_choice_of=("explore", "trends", "review", *PLAIN_PAGES))


def write_state() -> None:
    """Write the current state to the URL."""
    write_link(link_parameters())


def link_parameters() -> dict[str, list[str]]:
    """Return the query parameters that link to the current view."""
    parameters = explore_state.chosen_filter().to_query_params() | {"by": [subject()]}
    return parameters | {side: [value] for side in SIDES if (value := side_value(side))}


def _apply(parameters: Mapping[str, Sequence[str]]) -> None:
    explore_state.apply_filter(parameters)
    by = parameters.get("by", [""])[-1]
    st.session_state[_BY] = by if by in SUBJECTS else SUBJECTS[0]
    for side in SIDES:
        st.session_state[f"compare_{side}"] = _usable(subject(), parameters.get(side, [""])[-1].strip()[:MAX_NAME])


def use_known_names(snapshot: Snapshot) -> None:
    """Replace names in the filter and on both sides with the spelling that events use."""
    explore_state.use_known_names(snapshot)
    if facet := FACETS.get(subject()):
        for side in SIDES:
            set_side(side, canonical_name(snapshot.dictionaries, facet, side_value(side)))


def _usable(by: str, value: str) -> str:
    """Return the value of a side if a filter accepts it, else ""."""
    facet = FACETS.get(by)
    if facet is None:
        return value
    wanted, _ = EventFilter.from_query_params({by: [value]})
    values: tuple[str, ...] = getattr(wanted, facet)
    return values[0] if values else ""


def subject() -> str:
    """Return the subject of comparison, one of :data:`SUBJECTS`."""
    return str(st.session_state.get(_BY, SUBJECTS[0]))


def choose_subject(name: str) -> None:
    """Change the subject of comparison and reset both sides."""
    ignore_next_link()
    st.session_state[_BY] = name
    for side in SIDES:
        st.session_state[f"compare_{side}"] = ""


def side_value(side: str) -> str:
    """Return the value of a side as in the URL; "" if none was chosen."""
    return str(st.session_state.get(f"compare_{side}", ""))


def choose_side(side: str, value: str) -> None:
    """Choose the value of a side."""
    ignore_next_link()
    st.session_state[f"compare_{side}"] = value


def set_side(side: str, value: str) -> None:
    """Store the default value of a side, so that the link contains it."""
    st.session_state[f"compare_{side}"] = value
