"""Filters by values that events have: a list that narrows as one types, with the number of events of each value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from rallymap.intake.communities import Vocabulary
from rallymap.query.filter_words import SAY
from rallymap.ui.explore.state import change_filter, chosen_filter
from rallymap.ui.plain import plain_label

_FACETS = (
    ("communities", "Community", "communities"),
    ("countries", "Country", "countries"),
    ("kinds", "Kind", "kinds"),
)


def render_facets(counts: Mapping[str, Mapping[str, int]], vocabulary: Vocabulary) -> None:
    """Draw one popover per facet.

    Parameters
    ----------
    counts
        By facet ("kinds", "countries", "communities" ...): events per value under the other filters.
    vocabulary
        Labels of communities.
    """
    for facet, label, noun in _FACETS:
        say = vocabulary.label if facet == "communities" else SAY.get(facet, str)
        chosen = [say(value) for value in getattr(chosen_filter(), facet)]
        with st.popover(facet_label(label, chosen), key=f"pill_{facet}"):
            render_choice(facet, label, noun, counts.get(facet, {}), say)


def render_choice(
    facet: str, label: str, noun: str, counts: Mapping[str, int], say: Callable[[str], str] = str
) -> None:
    """Draw the list of one facet.

    Parameters
    ----------
    noun
        What the values are called, in the plural.
    counts
        Events per value under the other filters.
    say
        How values are said; where it is left out, as :data:`~rallymap.query.filter_words.SAY` has it.
    """
    said = SAY.get(facet, say)
    chosen = tuple(getattr(chosen_filter(), facet))
    key = f"facet_{facet}"
    st.session_state[key] = list(chosen)
    options = sorted({*counts, *chosen}, key=lambda value: (-counts.get(value, 0), said(value)))

    def take() -> None:
        change_filter(chosen_filter().replaced(**{facet: tuple(st.session_state[key])}))

    st.multiselect(
        label,
        options,
        key=key,
        on_change=take,
        format_func=lambda value: f"{said(value)} · {counts.get(value, 0):,}",
        placeholder=f"Search {len(options):,} {noun}" if len(options) > 1 else "Search",
        select_all=False,
    )


def facet_label(label: str, chosen: list[str]) -> str:
    """Write the label of a pill: its name, or in bold what is chosen."""
    if not chosen:
        return label
    more = f" \\+ {len(chosen) - 1}" if len(chosen) > 1 else ""
    return f"**{plain_label(chosen[0], most=30)}{more}**"
