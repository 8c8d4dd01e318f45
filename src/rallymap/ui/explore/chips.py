"""The active filters as chips; a click on a chip removes its filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from rallymap.community_names import community_name
from rallymap.language import number, tr, trn
from rallymap.query.filter_words import parts_in_words
from rallymap.query.filters import EventFilter
from rallymap.query.guided_views import LONGEST_NAME, GuidedView, view_text
from rallymap.query.value_words import within_sentence
from rallymap.ui.explore.state import change_filter, chosen_filter
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.plain import plain_label

MAX_CHIPS = 24


def render_chips(
    period: str, near: str, campaign_name: Callable[[str], str], guided: Sequence[GuidedView] = ()
) -> None:
    """Render a chip per active filter and a button that clears all; without filters, render the guided views.

    Parameters
    ----------
    period
        The chosen period, formatted.
    near
        Name of the place at the centre of the search radius; "" if unknown.
    campaign_name
        Returns the name of a campaign by its id.
    guided
        Views to start from, offered while no filter is active.
    """
    wanted = chosen_filter()
    # Always create the container: adding or removing one above the map would restart the map.
    with st.container(key="chips", horizontal=True, vertical_alignment="center"):
        if wanted == EventFilter():
            _render_guided(guided)
            return
        chips = [(period, wanted.changed(period=None))] if wanted.period is not None else []
        labels = {"communities": community_name, "campaigns": campaign_name, "crowd_by": _number_by}
        chips += list(parts_in_words(wanted, labels))
        if near and wanted.near is not None:
            chips = [(_with_name(label, wanted, without, near), without) for label, without in chips]
        _render_each(chips[:MAX_CHIPS])
        if len(chips) > MAX_CHIPS:
            # Translators: comes after a list of chosen filters that is cut.
            more = trn("and {n} more", "and {n} more", len(chips) - MAX_CHIPS)
            paragraph(more, "rm-count")
        # Translators: a button that takes all filters away.
        st.button(tr("Clear all"), key="clear_filters", type="tertiary", on_click=change_filter, args=(EventFilter(),))


def _number_by(giver: str) -> str:
    # Translators: {who} is police, organisers, publishers of the sources ...: events with a number of people by them.
    return tr("Number by: {who}", who=within_sentence("crowd_by", giver))


def _render_guided(views: Sequence[GuidedView]) -> None:
    if not views:
        return
    # Translators: comes before names of views that visitors can start from.
    paragraph(tr("Start with:"), "rm-guided")
    for at, view in enumerate(views):
        st.button(
            plain_label(view_text(view.name), max_length=LONGEST_NAME),
            key=f"guided-{at}",
            help=plain_label(_help_of(view), max_length=1000),
            on_click=change_filter,
            args=(view.wanted,),
        )


def _help_of(view: GuidedView) -> str:
    """Return the description of a view, after its name if the button shows only a part of that."""
    texts = (view_text(view.name), view_text(view.about))
    return " – ".join(filter(None, texts)) if len(texts[0]) > LONGEST_NAME else texts[1]


def render_guide(views: Sequence[GuidedView]) -> None:
    """Render the description of a guided view while its filter is active."""
    about = next((view_text(view.about) for view in views if view.about and view.wanted == chosen_filter()), "")
    with st.container(key="guide"):
        if about:
            paragraph(about, "rm-guide", is_written=True)


def _with_name(label: str, wanted: EventFilter, without: EventFilter, near: str) -> str:
    if wanted.near is None or without.near is not None:
        return label
    radius = float(wanted.near[2])
    return tr(
        "Within {radius} km of {place}", radius=number(int(radius) if radius.is_integer() else radius), place=near
    )


def _render_each(chips: Sequence[tuple[str, EventFilter]]) -> None:
    for at, (label, without) in enumerate(chips):
        st.button(
            f"{plain_label(label, max_length=60)} ✕",
            key=f"chip-{at}",
            on_click=change_filter,
            args=(without,),
        )
