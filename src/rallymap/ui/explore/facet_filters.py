"""Filters by community, country, kind and organiser: a pill each, with a list that narrows as one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from rallymap.countries import country_name
from rallymap.events import Kind
from rallymap.intake.communities import Vocabulary
from rallymap.query.filters import EventFilter
from rallymap.ui.explore.state import change_filter, chosen_filter
from rallymap.ui.plain import plain_label
from rallymap.wording import KIND_LABELS

_FACETS = (
    ("communities", "Community", "communities"),
    ("countries", "Country", "countries"),
    ("kinds", "Kind", "kinds"),
    ("organisers", "Organiser", "organisers"),
)
_SAY: dict[str, Callable[[str], str]] = {
    "countries": lambda value: country_name(value) or "not known",
    "kinds": lambda value: KIND_LABELS[Kind(value)],
}


def render_facets(counts: Mapping[str, Mapping[str, int]], vocabulary: Vocabulary) -> None:
    """Draw one popover per facet.

    Parameters
    ----------
    counts
        By facet ("kinds", "countries", "organisers", "communities"): events per value under the other filters.
    vocabulary
        Labels of communities.
    """
    say_of = _SAY | {"communities": vocabulary.label}
    for facet, label, noun in _FACETS:
        say = say_of.get(facet, str)
        _render_facet(facet, label, noun, say, counts.get(facet, {}))


def render_clear() -> None:
    """Draw the button that removes all filters, where there is any."""
    if chosen_filter() != EventFilter():
        st.button("Clear", key="clear_filters", type="tertiary", on_click=change_filter, args=(EventFilter(),))


def _render_facet(facet: str, label: str, noun: str, say: Callable[[str], str], counts: Mapping[str, int]) -> None:
    chosen = tuple(getattr(chosen_filter(), facet))
    key = f"facet_{facet}"
    st.session_state[key] = list(chosen)
    options = sorted({*counts, *chosen}, key=lambda value: (-counts.get(value, 0), say(value)))

    def take() -> None:
        change_filter(chosen_filter().replaced(**{facet: tuple(st.session_state[key])}))

    with st.popover(facet_label(label, [say(value) for value in chosen]), key=f"pill_{facet}"):
        st.multiselect(
            label,
            options,
            key=key,
            on_change=take,
            format_func=lambda value: f"{say(value)} · {counts.get(value, 0):,}",
            placeholder=f"Search {len(options):,} {noun}",
            select_all=False,
        )


def facet_label(label: str, chosen: list[str]) -> str:
    """Write the label of a pill: its name, or in bold what is chosen."""
    if not chosen:
        return label
    more = f" + {len(chosen) - 1}" if len(chosen) > 1 else ""
    return f"**{plain_label(chosen[0], most=30)}{plain_label(more)}**"
