"""What a visitor of Compare has chosen, apart from the filter: what is compared, and both sides; in the link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from rallymap.events import MAX_NAME
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.query.snapshot.known_names import known_name
from rallymap.trends.compared_sides import FACETS, SUBJECTS
from rallymap.ui.explore import state as explore_state
from rallymap.ui.link import hold_link, read_link, write_link

SIDES = ("left", "right")
_BY = "compare_by"


def read_state() -> None:
    """Take over what the address says, where the visitor changed it."""
    read_link(_apply, page="compare", keeps_choice_of=("explore", "trends"))


def write_state() -> None:
    """Write the present choice into the address."""
    write_link(link_parameters())


def link_parameters() -> dict[str, list[str]]:
    """Return the query parameters of a link to what is shown now."""
    parameters = explore_state.chosen_filter().to_query_params() | {"by": [subject()]}
    return parameters | {side: [value] for side in SIDES if (value := side_value(side))}


def _apply(parameters: Mapping[str, Sequence[str]]) -> None:
    explore_state.apply_filter(parameters)
    by = parameters.get("by", [""])[-1]
    st.session_state[_BY] = by if by in SUBJECTS else SUBJECTS[0]
    for side in SIDES:
        st.session_state[f"compare_{side}"] = _usable(subject(), parameters.get(side, [""])[-1].strip()[:MAX_NAME])


def use_known_names(snapshot: Snapshot) -> None:
    """Name sides and filter as the events do; the address may call them otherwise."""
    explore_state.use_known_names(snapshot)
    if facet := FACETS.get(subject()):
        for side in SIDES:
            set_side(side, known_name(snapshot.dictionaries, facet, side_value(side)))


def _usable(by: str, value: str) -> str:
    """Return the value of a side as a filter can have it, "" for one that it cannot."""
    facet = FACETS.get(by)
    if facet is None:
        return value
    wanted, _ = EventFilter.from_query_params({by: [value]})
    values: tuple[str, ...] = getattr(wanted, facet)
    return values[0] if values else ""


def subject() -> str:
    """Return what is compared, one of :data:`SUBJECTS`."""
    return str(st.session_state.get(_BY, SUBJECTS[0]))


def choose_subject(name: str) -> None:
    """Compare something else; both sides are chosen anew."""
    hold_link()
    st.session_state[_BY] = name
    for side in SIDES:
        st.session_state[f"compare_{side}"] = ""


def side_value(side: str) -> str:
    """Return the value of a side as the link has it; "" where none was chosen."""
    return str(st.session_state.get(f"compare_{side}", ""))


def choose_side(side: str, value: str) -> None:
    """Choose the value of a side."""
    hold_link()
    st.session_state[f"compare_{side}"] = value


def set_side(side: str, value: str) -> None:
    """Take over the value that a side has where none was chosen, so that the link names it."""
    st.session_state[f"compare_{side}"] = value
