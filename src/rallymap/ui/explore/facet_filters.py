"""Filters by facet value: a searchable list with the number of events of each value.

A list of very many values has those with most events; the others can be typed. So can names that the list does not
show, because it is in one language: "Göteborg", "Iranians".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from rallymap.community_names import community_name
from rallymap.language import list_in_words, name_order, number, separator, tr
from rallymap.query.snapshot import Snapshot, count_facets
from rallymap.query.snapshot.facets import ValueCounts, find_names
from rallymap.query.value_words import SAY
from rallymap.ui.explore.facet_words import filter_label, search_words
from rallymap.ui.explore.state import FACET_ERRORS, change_filter, chosen_filter
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.pill_marks import mark_popover
from rallymap.ui.plain import shortened
from rallymap.ui.popover_on_demand import popover_on_demand
from rallymap.workflows.services import Services

FACETS_IN_BAR = ("communities", "countries", "kinds")
"""Facets that have a popover each; the others are in "More filters"."""
_TYPED = frozenset(("communities", "countries", "cities", "organisers", "topics", "publishers"))
"""Facets whose values are names; those of the others are few, and all are listed."""
_NAMED_IN_ERROR = 5


def render_facets(services: Services, snapshot: Snapshot) -> None:
    """Render one popover per facet of :data:`FACETS_IN_BAR`; its choices only while it is open."""
    for facet in FACETS_IN_BAR:
        chosen = [_say(facet)(value) for value in getattr(chosen_filter(), facet)]
        key = f"pill_{facet}"
        mark_popover(key, facet_mark(chosen), replaces_label=True)
        popover = popover_on_demand(filter_label(facet), key=key)
        if popover is None:
            st.session_state.get(FACET_ERRORS, {}).pop(facet, None)  # its text is gone when the list opens again
        else:
            with popover:
                render_choice(services, facet, count_facets(snapshot, chosen_filter(), facets=(facet,))[facet])


def _say(facet: str) -> Callable[[str], str]:
    return community_name if facet == "communities" else SAY.get(facet, str)


def render_choice(services: Services, facet: str, counts: ValueCounts) -> None:
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

    left_out = counts.values_in_all - len(counts)

    def take() -> None:
        picked = [value for value in st.session_state[key] if value in options or facet in _TYPED]
        typed = next((value for value in picked if value not in options), "")
        # A page that stays open keeps this function, and must not keep a snapshot that is replaced.
        found = find_names(services.keeper.current(), facet, typed) if typed else ()
        values = [value for value in picked if value != typed] + list(found if len(found) == 1 else ())
        change_filter(chosen_filter().changed(**{facet: tuple(values)}))
        if typed and len(found) != 1:
            st.session_state[FACET_ERRORS] = {facet: _error(typed, found)}

    st.multiselect(
        filter_label(facet),
        options,
        key=key,
        on_change=take,
        format_func=lambda value: f"{said(value)}{separator()}{number(counts.get(value, 0))}",
        placeholder=search_words(facet, len(options) + left_out),
        select_all=False,
        accept_new_options=facet in _TYPED,
        filter_mode="contains",
    )
    if sentence := st.session_state.get(FACET_ERRORS, {}).get(facet):
        paragraph(sentence, "rm-error", role="alert")


def _error(text: str, found: Sequence[str]) -> str:
    """Say that a typed text is no name, or is part of several."""
    if not found:
        return tr("No name in the list contains “{text}”.", text=text[:60])
    names = list_in_words(found[:_NAMED_IN_ERROR])
    return tr(
        "Several names contain “{text}”, such as {names}. Write one of them in full.", text=text[:60], names=names
    )


def facet_mark(chosen: Sequence[str]) -> str:
    """Return the text of a pill whose filter is active: the first chosen value, and how many more there are."""
    if not chosen:
        return ""
    more = f" + {number(len(chosen) - 1)}" if len(chosen) > 1 else ""
    return f"{shortened(chosen[0], 30)}{more}"
