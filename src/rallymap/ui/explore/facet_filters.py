"""Filters by facet value: a searchable list with the number of events of each value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from rallymap.community_names import community_name
from rallymap.language import name_order, number, separator
from rallymap.query.value_words import SAY
from rallymap.ui.explore.facet_words import filter_label, search_words
from rallymap.ui.explore.state import change_filter, chosen_filter
from rallymap.ui.plain import plain_label

_FACETS = ("communities", "countries", "kinds")


def render_facets(counts: Mapping[str, Mapping[str, int]]) -> None:
    """Render one popover per facet.

    Parameters
    ----------
    counts
        Events per value for each facet ("kinds", "countries", "communities" ...), under the other filters.
    """
    for facet in _FACETS:
        chosen = [_say(facet)(value) for value in getattr(chosen_filter(), facet)]
        with st.popover(facet_label(filter_label(facet), chosen), key=f"pill_{facet}"):
            render_choice(facet, counts.get(facet, {}))


def _say(facet: str) -> Callable[[str], str]:
    return community_name if facet == "communities" else SAY.get(facet, str)


def render_choice(facet: str, counts: Mapping[str, int]) -> None:
    """Render the list of one facet.

    Parameters
    ----------
    counts
        Events per value under the other filters.
    """
    said = _say(facet)
    chosen = tuple(getattr(chosen_filter(), facet))
    key = f"facet_{facet}"
    st.session_state[key] = list(chosen)
    options = sorted({*counts, *chosen}, key=lambda value: (-counts.get(value, 0), name_order(said(value))))

    def take() -> None:
        change_filter(chosen_filter().changed(**{facet: tuple(st.session_state[key])}))

    st.multiselect(
        filter_label(facet),
        options,
        key=key,
        on_change=take,
        format_func=lambda value: f"{said(value)}{separator()}{number(counts.get(value, 0))}",
        placeholder=search_words(facet, len(options)),
        select_all=False,
    )


def facet_label(label: str, chosen: list[str]) -> str:
    """Return the label of a pill: the facet's name, or the chosen values in bold."""
    if not chosen:
        return label
    more = f" \\+ {number(len(chosen) - 1)}" if len(chosen) > 1 else ""
    return f"**{plain_label(chosen[0], max_length=30)}{more}**"
