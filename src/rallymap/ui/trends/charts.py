"""The figures of Trends; a click on a chart filters all the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st

from rallymap.language import mark, mark_c, sentences, tr, trc
from rallymap.query.filters import EventFilter
from rallymap.trends.crowds import sum_crowds
from rallymap.trends.figures import (
    Figure,
    figure_of_crowds,
    figure_of_flows,
    figure_of_ranking,
    figure_of_weekdays,
    figure_over_time,
)
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.flows import count_flows
from rallymap.trends.over_time import OverTime, count_over_time, count_weekdays, fitting_unit, offered_units
from rallymap.trends.rankings import rank
from rallymap.trends.unit_words import unit_name
from rallymap.ui.explore import state as explore_state
from rallymap.ui.trends import state
from rallymap.ui.trends.figure_card import Pick, render_figure
from rallymap.views.charts.bars import chart_of_crowds, chart_of_ranking, chart_of_weekdays, chart_over_time
from rallymap.views.charts.drawing import Drawing
from rallymap.views.charts.grids import chart_of_days, chart_of_flows, chart_of_months
from rallymap.views.charts.theme import Palette
from rallymap.wording import day_from_epoch

Draw = Callable[[FilteredRows, Palette], None]
RANKED: Final = 12
LONG_DAYS: Final = 400
"""Longer periods have a calendar of months instead of days."""
HEADINGS: Final = {
    # Translators: headings of charts of events.
    "communities": mark("By community"),
    "countries": mark("By country"),
    "cities": mark("By city"),
    "organisers": mark("By organiser"),
    "kinds": mark("By kind"),
    "publishers": mark("By publisher of the sources"),
}
_SPLITS: Final = {
    # Translators: what the bars of a chart are divided by.
    "": mark_c("bars", "Not split"),
    "communities": mark_c("bars", "Split by community"),
    "countries": mark_c("bars", "Split by country"),
    "cities": mark_c("bars", "Split by city"),
    "kinds": mark_c("bars", "Split by kind"),
    "organisers": mark_c("bars", "Split by organiser"),
    "topics": mark_c("bars", "Split by topic"),
    "publishers": mark_c("bars", "Split by publisher"),
    "statuses": mark_c("bars", "Split by life status"),
}


def render_charts(chosen: FilteredRows, colours: Palette) -> None:
    """Render all figures of the selected events."""
    _render_over_time(chosen, colours)
    pairs: tuple[tuple[Draw, Draw], ...] = (
        (partial(_render_ranking, "communities"), partial(_render_ranking, "countries")),
        (partial(_render_ranking, "cities"), partial(_render_ranking, "organisers")),
        (partial(_render_ranking, "kinds"), _render_weekdays),
        (partial(_render_ranking, "publishers"), _render_crowds),
    )
    for pair in pairs:
        for column, draw in zip(st.columns(2, gap="small"), pair, strict=True):
            with column:
                draw(chosen, colours)
    _render_calendar(chosen, colours)
    _render_flows(chosen, colours)


def _parameters(wanted: EventFilter | None = None, /, **more: str) -> dict[str, list[str]]:
    """Return the query parameters of a figure's CSV file; `wanted` if it has another filter than the page."""
    wanted = wanted or explore_state.chosen_filter()
    return wanted.to_query_params() | {name: [value] for name, value in more.items()}


def _render_over_time(chosen: FilteredRows, colours: Palette) -> None:
    bounds = chosen.bounds()
    if bounds is None:
        return
    offered, wanted = offered_units(bounds), state.chosen_unit()
    unit = wanted if wanted in offered else fitting_unit(chosen, bounds)
    facet = state.chosen_split()
    _render_choices(offered, unit, facet)
    over_time = count_over_time(chosen, unit, facet)
    figure = figure_over_time(over_time, facet)
    chart = _drawing_over_time(chart_over_time, over_time, figure, colours, facet) if over_time else None
    split = {"split": state.SPLITS[facet]} if facet else {}
    render_figure(
        "over_time",
        tr("Events over time"),
        figure,
        chart,
        csv=_parameters(by="time", unit=unit, format="csv", **split),
        take=_take_days,
        draw=state.chart_round(),
    )


def _render_choices(offered: tuple[str, ...], unit: str, facet: str | None) -> None:
    st.session_state["trends_unit_choice"], st.session_state["trends_split_choice"] = unit, facet or ""

    with st.container(key="trends_choices", horizontal=True, vertical_alignment="center"):
        st.pills(
            # Translators: of time: day, week, month, year.
            trc("time", "Unit"),
            offered,
            key="trends_unit_choice",
            format_func=unit_name,
            on_change=lambda: state.choose_unit(st.session_state["trends_unit_choice"]),
            label_visibility="collapsed",
        )
        st.selectbox(
            trc("bars", "Split by"),
            ["", *state.SPLITS],
            key="trends_split_choice",
            format_func=lambda name: trc("bars", _SPLITS[name]),
            on_change=lambda: state.choose_split(st.session_state["trends_split_choice"] or None),
            label_visibility="collapsed",
            width=190,
            filter_mode="contains",
        )


def _render_ranking(facet: str, chosen: FilteredRows, colours: Palette) -> None:
    """Render a facet's values without its own filter, so that one can switch from one value to another."""
    picked: tuple[str, ...] = getattr(chosen.event_filter, facet)
    if picked:
        chosen = FilteredRows.of(chosen.snapshot, chosen.event_filter.changed(**{facet: ()}))
    ranking = rank(chosen, facet, RANKED)
    figure = figure_of_ranking(ranking)
    if picked:
        compared = tr("Your choice is highlighted; the other bars are there to compare it with.")
        figure = replace(figure, left_out=sentences((compared, figure.left_out)))

    def take(pick: Pick) -> None:
        value = str(pick["value"])
        values = tuple(one for one in picked if one != value) if value in picked else (value,)
        _narrow(**{facet: values})

    draw = partial(chart_of_ranking, ranking, picked, colours, description=figure.sentence)
    chart = Drawing((facet, tuple(ranking.counts), picked, figure, colours), draw) if ranking.counts else None
    csv = _parameters(chosen.event_filter, by=state.FIGURES[facet], format="csv")
    render_figure(facet, tr(HEADINGS[facet]), figure, chart, csv=csv, take=take, draw=state.chart_round())


def _render_weekdays(chosen: FilteredRows, colours: Palette) -> None:
    weekdays = count_weekdays(chosen)
    figure = figure_of_weekdays(weekdays)
    draw = partial(chart_of_weekdays, weekdays, colours, description=figure.sentence)
    chart = Drawing(("weekdays", figure, colours), draw)
    render_figure("weekdays", tr("By weekday"), figure, chart, csv=_parameters(by="weekday", format="csv"))


def _render_crowds(chosen: FilteredRows, colours: Palette) -> None:
    crowds = sum_crowds(chosen)
    figure = figure_of_crowds(crowds)
    draw = partial(chart_of_crowds, crowds, colours, description=figure.sentence)
    chart = Drawing(("crowds", figure, colours), draw) if crowds.total.with_numbers else None
    render_figure("crowds", tr("Crowd sizes"), figure, chart, csv=_parameters(by="crowd", format="csv"))


def _render_calendar(chosen: FilteredRows, colours: Palette) -> None:
    bounds = chosen.bounds()
    if bounds is None:
        return
    is_long = bounds[1] - bounds[0] > LONG_DAYS
    over_time = count_over_time(chosen, "month" if is_long else "day")
    if over_time is None or not over_time.counted:
        return
    figure = figure_over_time(over_time, None)
    chart = chart_of_months if is_long else chart_of_days
    render_figure(
        "calendar",
        tr("Calendar"),
        figure,
        _drawing_over_time(chart, over_time, figure, colours),
        csv=_parameters(by="time", unit=over_time.bins.unit, format="csv"),
        take=_take_days,
        draw=state.chart_round(),
    )


def _render_flows(chosen: FilteredRows, colours: Palette) -> None:
    flows = count_flows(chosen, 10, 10)
    if not flows.counts.any():
        return
    figure = figure_of_flows(flows)

    def take(pick: Pick) -> None:
        _narrow(communities=(str(pick["community"]),), cities=(str(pick["city"]),))

    render_figure(
        "flows",
        tr("Which communities rally where"),
        figure,
        Drawing(
            (tuple(flows.communities), tuple(flows.cities), figure, colours),
            partial(chart_of_flows, flows, colours, description=figure.sentence),
        ),
        csv=_parameters(by="flow", format="csv"),
        take=take,
        draw=state.chart_round(),
    )


def _drawing_over_time(
    chart: Callable[..., Any], over_time: OverTime, figure: Figure, colours: Palette, *facet: str | None
) -> Drawing:
    draw = partial(chart, over_time, *facet, colours, description=figure.sentence)
    return Drawing((chart.__name__, tuple(over_time.groups), *facet, figure, colours), draw)


def _take_days(pick: Pick) -> None:
    explore_state.change_period((day_from_epoch(int(pick["from"])), day_from_epoch(int(pick["to"]))))
    state.choose_unit(None)
    state.next_round()


def _narrow(**parts: Any) -> None:
    explore_state.change_filter(explore_state.chosen_filter().changed(**parts))
    state.next_round()
