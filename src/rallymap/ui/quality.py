"""Data quality: completeness of public events, and coverage by country and year."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from rallymap.language import tr
from rallymap.query.filters import EventFilter
from rallymap.store.coverage import list_coverage
from rallymap.store.imports import list_row_counts
from rallymap.trends.coverage_figures import figure_of_entries
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.quality import measure_coverage, rate_quality
from rallymap.trends.quality_figures import figure_of_coverage, figure_of_quality
from rallymap.ui.paragraphs import headline
from rallymap.ui.theme import theme_name
from rallymap.ui.trends.figure_card import render_figure
from rallymap.views.charts.drawing import Drawing
from rallymap.views.charts.quality import chart_of_coverage, chart_of_shares
from rallymap.views.charts.theme import palette
from rallymap.workflows.imported_rows import figure_of_imported_rows
from rallymap.workflows.services import Services

MAX_COUNTRIES: Final = 40


def render(services: Services) -> None:
    """Render the page."""
    chosen = FilteredRows.of(services.keeper.current(), EventFilter())
    colours = palette(dark=theme_name() == "dark")
    with st.container(key="trends_page"):
        about = tr("How much is known of the public events, and what the record covers.")
        headline(tr("Data quality"), about)
        shares = rate_quality(chosen)
        figure = figure_of_quality(shares)
        draw = partial(chart_of_shares, shares, colours, description=figure.sentence)
        chart = Drawing((tuple(shares), figure, colours), draw) if figure.rows else None
        render_figure("quality", tr("What is known"), figure, chart, csv={"by": ["quality"], "format": ["csv"]})
        entries = [entry for _, entry in services.db.read(list_coverage)]
        coverage = measure_coverage(chosen, MAX_COUNTRIES, entries)
        figure = figure_of_coverage(coverage)
        draw = partial(chart_of_coverage, coverage, colours, description=figure.sentence)
        chart = (
            Drawing((coverage.counts.tobytes(), coverage.looked.tobytes(), coverage.years, figure, colours), draw)
            if coverage.counts.size
            else None
        )
        render_figure("coverage", tr("Coverage"), figure, chart, csv={"by": ["coverage"], "format": ["csv"]})
        looked = {"by": ["looked"], "format": ["csv"]} if entries else None
        render_figure("looked", tr("Who looked where"), figure_of_entries(entries), None, csv=looked)
        imported = figure_of_imported_rows(services.db.read(list_row_counts))
        if imported is not None:
            render_figure("imported", tr("Imported rows"), imported, None)
