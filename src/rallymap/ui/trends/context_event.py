"""Events before and after a context event in a homeland."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import partial
from itertools import chain

import streamlit as st

from rallymap.intake.context import ContextMark, marks_for
from rallymap.language import tr
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.trends.compared_figures import figure_of_around
from rallymap.trends.context_events import Around, count_around
from rallymap.ui.explore import state as explore_state
from rallymap.ui.plain import plain_label
from rallymap.ui.trends import state
from rallymap.ui.trends.figure_card import render_figure
from rallymap.views.charts.bars import chart_around
from rallymap.views.charts.drawing import Drawing
from rallymap.views.charts.theme import Palette
from rallymap.wording import day_from_epoch, days_in_words

KEY = "trends_happening_choice"


def render_context_event(context: Sequence[ContextMark], snapshot: Snapshot, colours: Palette) -> None:
    """Render a selector of context events, and the events around the chosen one."""
    event_filter = explore_state.chosen_filter()
    marks = marks_for(context, event_filter.communities) if event_filter.communities else list(context)
    if not marks:
        return
    names, wanted = _names_in_links(context), state.chosen_context_event()
    named = {mark for mark in marks if names[mark] == wanted}
    chosen, communities, around = _choose(snapshot, event_filter, marks, named)
    figure = figure_of_around(around, communities)
    st.session_state[KEY] = marks.index(chosen)

    def choose() -> None:
        st.selectbox(
            # Translators: something that happened in a homeland, such as an election or an attack.
            tr("Happening"),
            range(len(marks)),
            key=KEY,
            format_func=lambda at: tr(
                "{date}: {title}", date=_days(marks[at]), title=plain_label(marks[at].title, max_length=90)
            ),
            on_change=lambda: state.choose_context_event(names[marks[st.session_state[KEY]]]),
            label_visibility="collapsed",
            filter_mode="contains",
        )
        if chosen.note:
            # Translators: {note} is a quotation, {source} the newspaper or site that it is from.
            st.text(tr("{note} Source: {source}.", note=chosen.note, source=chosen.source))

    draw = partial(chart_around, around, colours, description=figure.sentence)
    chart = Drawing(("around", tuple(around.by_day), figure, colours), draw) if around.by_day else None
    render_figure("happening", tr("Before and after a happening"), figure, chart, above=choose)


def _choose(
    snapshot: Snapshot, event_filter: EventFilter, marks: Sequence[ContextMark], wanted: Collection[ContextMark]
) -> tuple[ContextMark, list[str], Around]:
    """Return the requested context event, or the latest one that has events around it, as recent ones have few.

    Returns
    -------
    mark, communities, around
        The context event, those of its communities that match the filter, and their events around it.
    """

    def count(mark: ContextMark) -> tuple[ContextMark, list[str], Around]:
        communities = [name for name in mark.communities if name in (event_filter.communities or mark.communities)]
        chosen = event_filter.changed(communities=tuple(communities))
        return mark, communities, count_around(snapshot, chosen, mark.start_day, mark.end_day)

    counted = map(count, reversed([mark for mark in marks if not wanted or mark in wanted]))
    first = next(counted)
    return next((one for one in chain([first], counted) if wanted or one[2].by_day), first)


def _names_in_links(context: Sequence[ContextMark]) -> dict[ContextMark, str]:
    """Return the link value of each context event: its EDTF date, with a number if several share a date."""
    names: dict[ContextMark, str] = {}
    seen: Counter[str] = Counter()
    for mark in context:
        seen[mark.date_text] += 1
        number = seen[mark.date_text]
        names[mark] = mark.date_text if number == 1 else f"{mark.date_text} {number}"
    return names


def _days(mark: ContextMark) -> str:
    return days_in_words(day_from_epoch(mark.start_day), day_from_epoch(mark.end_day), short=True)
