"""Compare: Explore's filters, the subject of comparison, both sides, and their difference by city."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

import streamlit as st
from markupsafe import Markup

from rallymap.errors import InvalidEventError
from rallymap.intake.written_dates import read_date
from rallymap.language import mark_c, sentences, tr, trc, trn
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot, count_facets
from rallymap.store.coverage import list_coverage
from rallymap.trends.compared_figures import figure_of_comparison, figure_of_sides_over_time
from rallymap.trends.compared_over_time import compare_over_time
from rallymap.trends.compared_sides import (
    FACETS,
    PERIOD,
    SUBJECTS,
    NamedFilter,
    Period,
    facet_of_difference,
    period_in_words,
    read_period,
    side_of_period,
    side_of_value,
    write_period,
)
from rallymap.trends.comparing import PER_DAYS, compare
from rallymap.trends.coverage_figures import sentence_of_side
from rallymap.trends.labels import value_in_words
from rallymap.ui.compare import state
from rallymap.ui.compare.maps import render_maps
from rallymap.ui.explore import state as explore_state
from rallymap.ui.explore.filter_line import render_filters
from rallymap.ui.explore.search_spelling import render_spelling
from rallymap.ui.explore.share import render_share_button, write_share_sheet
from rallymap.ui.paragraphs import empty_list, headline, paragraph
from rallymap.ui.theme import theme_name
from rallymap.ui.trends.figure_card import render_figure
from rallymap.views.charts.drawing import Drawing
from rallymap.views.charts.sides import chart_of_sides, chart_of_sides_over_time
from rallymap.views.charts.theme import Palette, palette
from rallymap.wording import year_in_words
from rallymap.workflows.exports import describe_export
from rallymap.workflows.services import Services

MAX_VALUES: Final = 15
_SUBJECTS: Final = {
    # Translators: what is compared.
    "community": mark_c("compare", "Communities"),
    "country": mark_c("compare", "Countries"),
    "city": mark_c("compare", "Cities"),
    "organiser": mark_c("compare", "Organisers"),
    PERIOD: mark_c("compare", "Periods"),
}
_SIDES: Final = {
    # Translators: the first and the second of two sides; where one reads from right to left, "Left" is drawn on the
    # right, so use "First" and "Second" there.
    "left": mark_c("compare", "Left"),
    "right": mark_c("compare", "Right"),
}
_SIDE_PERIODS: Final = {"left": mark_c("compare", "Left period"), "right": mark_c("compare", "Right period")}
_ERRORS: Final = "compare_errors"
"""Session-state key of the parse errors by side."""


def render(services: Services) -> None:
    """Render the page."""
    state.read_state()
    snapshot = services.keeper.current()
    state.use_known_names(snapshot)
    with st.container(key="trends_page"):
        with st.container(key="headline", horizontal=True, vertical_alignment="center"):
            about = trn(
                "Two sides compared, in events per {n} day.",
                "Two sides compared, in events per {n} days.",
                PER_DAYS,
            )
            headline(tr("Compare"), about)
            sheet = render_share_button(has_map=False)
        render_filters(services, snapshot, snapshot.select(explore_state.chosen_filter()))
        for sentence in explore_state.complaints():
            st.text(sentence)
        render_spelling(services)
        _render_subject()
        sides = (
            _render_periods(snapshot, services.now().date()) if state.subject() == PERIOD else _render_values(snapshot)
        )
        if sides is None:
            empty_list(tr("Nothing to compare."), tr("Remove a filter, or choose both sides."))
        else:
            _render_difference(services, snapshot, *sides)
    if sheet is not None:
        listing = Listing(explore_state.chosen_filter())
        provenance = describe_export(services.settings, "", snapshot, listing, services.now())
        total = trn("{n} event", "{n} events", len(listing.rows(snapshot)))
        write_share_sheet(sheet, state.link_parameters(), provenance, total=total, page="compare")
    state.write_state()


def _render_subject() -> None:
    st.session_state["compare_subject"] = state.subject()
    st.pills(
        tr("Compare"),
        SUBJECTS,
        key="compare_subject",
        format_func=lambda name: trc("compare", _SUBJECTS[name]),
        on_change=lambda: state.choose_subject(st.session_state["compare_subject"] or state.subject()),
        label_visibility="collapsed",
    )


def _render_values(snapshot: Snapshot) -> tuple[NamedFilter, NamedFilter] | None:
    """Render two selectors for values of a facet, sorted by number of events."""
    facet = FACETS[state.subject()]
    base = explore_state.chosen_filter().changed(**{facet: ()})
    counts = count_facets(snapshot, base, facets=(facet,))[facet]
    options = list(counts)
    chosen = [state.side_value(side) for side in state.SIDES]
    options += [value for value in chosen if value and value not in options]
    if len(options) < 2:
        return None
    if not chosen[0]:
        chosen[0] = next(value for value in options if value != chosen[1])
    if not chosen[1]:
        chosen[1] = next(value for value in options if value != chosen[0])
    for column, side, value in zip(st.columns(2, gap="small"), state.SIDES, chosen, strict=True):
        key = f"compare_{side}_{facet}"
        st.session_state[key] = value
        with column:
            st.selectbox(
                trc("compare", _SIDES[side]),
                options,
                key=key,
                format_func=lambda value: value_in_words(facet, value),
                on_change=lambda side=side, key=key: state.choose_side(side, st.session_state[key]),
                accept_new_options=counts.values_in_all > len(counts),
                filter_mode="contains",
            )
        state.set_side(side, value)
    left, right = (side_of_value(state.subject(), value, base) for value in chosen)
    return left, right


def _render_periods(snapshot: Snapshot, today: date) -> tuple[NamedFilter, NamedFilter] | None:
    """Render two fields for periods; the defaults are the last year with events and the year before."""
    years = snapshot.years_with_events()
    if not years:
        return None
    usual = [_year(years[0] - 1, today), _year(years[0], today)]
    errors: dict[str, str] = st.session_state.get(_ERRORS, {})
    sides = []
    for column, side, default in zip(st.columns(2, gap="small"), state.SIDES, usual, strict=True):
        period = read_period(state.side_value(side)) or default
        key = f"compare_{side}_period"
        if side not in errors:
            st.session_state[key] = period_in_words(period)
        with column:
            # No date picker: Streamlit's uses the browser's language and only the Gregorian calendar.
            st.text_input(
                trc("compare", _SIDE_PERIODS[side]),
                key=key,
                placeholder=year_in_words(years[0]),
                max_chars=80,
                on_change=lambda side=side, key=key: _take_period(side, st.session_state[key]),
            )
            if side in errors:
                paragraph(errors[side], "rm-error", role="alert")
        state.set_side(side, write_period(period))
        sides.append(side_of_period(period, explore_state.chosen_filter()))
    return sides[0], sides[1]


def _year(year: int, today: date) -> Period:
    """Return the days of a year; the current year ends today."""
    last = date(year, 12, 31)
    return date(year, 1, 1), today if today.year == year else last


def _take_period(side: str, text: str) -> None:
    """Apply the typed period, parsed like dates in the form; an empty field restores the default."""
    errors: dict[str, str] = st.session_state.get(_ERRORS, {})
    st.session_state[_ERRORS] = {other: sentence for other, sentence in errors.items() if other != side}
    try:
        when = read_date("date", text)
    except InvalidEventError as err:
        st.session_state[_ERRORS] |= {side: err.user_message}
        return
    state.choose_side(side, write_period((when.start, when.end)) if when.start and when.end else "")


def _render_difference(services: Services, snapshot: Snapshot, left: NamedFilter, right: NamedFilter) -> None:
    facet = facet_of_difference(state.subject())
    comparison = compare(snapshot, left, right, facet, MAX_VALUES)
    warnings = comparison.warnings()
    if warnings:
        lines = Markup("").join(Markup("<p>{}</p>").format(sentence) for sentence in warnings)
        st.html(Markup('<div class="rm-caution" role="note">{}</div>').format(lines))
    entries = [entry for _, entry in services.db.read(list_coverage)]
    looked = sentences(sentence_of_side(name, event_filter, entries) for name, event_filter in (left, right))
    paragraph(looked, "rm-left-out")
    render_maps(services, snapshot, (left, right))
    colours = palette(dark=theme_name() == "dark")
    _render_over_time(snapshot, left, right, colours)
    figure = figure_of_comparison(comparison)
    draw = partial(chart_of_sides, comparison, colours, description=figure.sentence)
    shows = (left, right, comparison.values, figure, colours)
    chart = Drawing(shows, draw) if comparison.values else None
    heading = (
        # Translators: {left} and {right} are communities, countries, cities or periods.
        tr("{left} and {right}, by community", left=left[0], right=right[0])
        if facet == "communities"
        else tr("{left} and {right}, by city", left=left[0], right=right[0])
    )
    render_figure("difference", heading, figure, chart, csv=_csv("difference"), answers="compare")


def _render_over_time(snapshot: Snapshot, left: NamedFilter, right: NamedFilter, colours: Palette) -> None:
    compared = compare_over_time(snapshot, left[1], right[1])
    if compared is None:
        return
    names = (left[0], right[0])
    figure = figure_of_sides_over_time(compared, names)
    sides = (compared.left, compared.right)
    shows = (names, compared.unit, compared.edges, *(side.rates for side in sides), figure, colours)
    draw = partial(chart_of_sides_over_time, compared, names, colours, description=figure.sentence)
    chart = Drawing(shows, draw) if compared.counted else None
    heading = tr("{left} and {right}, over time", left=left[0], right=right[0])
    render_figure("sides_over_time", heading, figure, chart, csv=_csv("time"), answers="compare")


def _csv(figure: str) -> dict[str, list[str]]:
    """Return the query parameters of the URL of a figure's CSV file."""
    return state.link_parameters() | {"figure": [figure], "format": ["csv"]}
