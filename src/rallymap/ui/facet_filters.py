"""Filters by kind, country, organiser and community, each a popover with its counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from rallymap.countries import country_name
from rallymap.events import Kind
from rallymap.ui.explore_state import change_filter, chosen_filter
from rallymap.wording import KIND_LABELS

_FACETS: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("kinds", "Kind", lambda value: KIND_LABELS[Kind(value)]),
    ("countries", "Country", lambda value: country_name(value) or "not known"),
    ("organisers", "Organiser", str),
    ("communities", "Community", str),
)


def render_facets(counts: Mapping[str, Mapping[str, int]]) -> None:
    """Draw one popover per facet.

    Parameters
    ----------
    counts
        By facet ("kinds", "countries", "organisers", "communities"): events per value under the other filters.
    """
    for facet, label, say in _FACETS:
        _render_facet(facet, label, say, counts.get(facet, {}))


def _render_facet(facet: str, label: str, say: Callable[[str], str], counts: Mapping[str, int]) -> None:
    chosen = tuple(getattr(chosen_filter(), facet))
    key = f"facet_{facet}"
    st.session_state[key] = list(chosen)
    options = sorted({*counts, *chosen}, key=lambda value: (-counts.get(value, 0), say(value)))

    def take() -> None:
        change_filter(chosen_filter().replaced(**{facet: tuple(st.session_state[key])}))

    with st.popover(f"{label} ({len(chosen)})" if chosen else label):
        st.multiselect(
            label,
            options,
            key=key,
            on_change=take,
            format_func=lambda value: f"{say(value)} · {counts.get(value, 0)}",
            placeholder="All",
            select_all=False,
        )
