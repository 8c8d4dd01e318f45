"""One figure on a page: heading, caption, chart, excluded events, table and files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st
from markupsafe import Markup

from rallymap.language import digits, number, sentences, trn
from rallymap.palette import FONT
from rallymap.templates import render
from rallymap.trends.figure_csv import figure_as_csv
from rallymap.trends.figures import Cell, Figure
from rallymap.ui.paragraphs import paragraph, subheading
from rallymap.views.charts.drawing import Drawing
from rallymap.views.charts.theme import PICK

Pick = Mapping[str, Any]
MAX_TABLE_ROWS = 400
"""Maximum number of rows on the page; the CSV file has all."""
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
"""A day, month or year as in the CSV file."""


def render_figure(
    name: str,
    heading: str,
    figure: Figure,
    chart: Drawing | None,
    *,
    csv: Mapping[str, Sequence[str]] | None = None,
    answers: str = "stats",
    take: Callable[[Pick], None] | None = None,
    draw: int = 0,
    above: Callable[[], None] | None = None,
    more: Markup = Markup(),  # noqa: B008 - it does not change
) -> None:
    """Render a figure.

    Parameters
    ----------
    name
        Name of the figure, unique on the page.
    chart
        None if there is nothing to draw.
    csv
        Query parameters of the URL of its CSV file; None if the API has none and the page provides it.
    answers
        The API route that serves this file.
    take
        Called with the clicked value.
    draw
        A number that changes after each click, so that nothing stays selected.
    above
        Renders the part between heading and caption.
    more
        Our own HTML at the end.
    """
    with st.container(key=f"figure_{name}"):
        subheading(2, heading, "rm-figure")
        if above is not None:
            above()
        paragraph(figure.sentence, "rm-says")
        if chart is not None:
            _render_chart(f"chart_{name}_{draw}", chart, take)
        if chart is not None or (csv is None and figure.rows):
            _render_files(name, heading, figure, has_chart=chart is not None, has_link=csv is not None)
        if notes := _notes(figure, csv, answers) + more:
            st.html(notes)


def _render_chart(key: str, chart: Drawing, take: Callable[[Pick], None] | None) -> None:
    spec = chart.specification()
    height = spec["height"]  # named here too: the chart has its room before the code that draws it has come
    if take is None:
        st.vega_lite_chart(spec=spec, width="stretch", height=height, theme=None, key=key)
        return

    def picked() -> None:
        points = st.session_state[key]["selection"].get(PICK) or []
        if points:
            take(points[0])

    st.vega_lite_chart(
        spec=spec, width="stretch", height=height, theme=None, key=key, on_select=picked, selection_mode=PICK
    )


def _render_files(name: str, heading: str, figure: Figure, *, has_chart: bool, has_link: bool) -> None:
    data = {
        "name": name,
        "heading": heading,
        "text": sentences((figure.sentence, figure.left_out)),
        "family": FONT.partition(",")[0].strip('"'),
        "has_chart": has_chart,
        "csv": None if has_link or not figure.rows else figure_as_csv(figure),
    }
    _file_buttons()(key=f"files_{name}", data=data)


@cache
def _file_buttons() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.figure_files", js="figure_files.js", isolate_styles=False)


def _notes(figure: Figure, csv: Mapping[str, Sequence[str]] | None, answers: str) -> Markup:
    """Render the excluded events, and the table with the URL of its file."""
    address = "" if csv is None else f"api/v1/{answers}?{urlencode(csv, doseq=True, quote_via=quote)}"
    further = len(figure.rows) - MAX_TABLE_ROWS
    return render(
        "figure_notes.html",
        left_out=figure.left_out,
        address=address,
        columns=figure.columns,
        rows=[(_in_digits(str(name)), list(map(_cell, cells))) for name, *cells in figure.rows[:MAX_TABLE_ROWS]],
        further=trn("{n} further row is in the CSV file.", "{n} further rows are in the CSV file.", further)
        if further > 0
        else "",
    )


def _cell(cell: Cell) -> tuple[str, bool]:
    """Return the text of a cell, and whether it is text: rates are strings, but are aligned like numbers."""
    if isinstance(cell, int):
        return number(cell), False
    return _in_digits(cell), any(map(str.isalpha, cell))


def _in_digits(cell: str) -> str:
    """Return a text with the reader's digits if it is a date; a year is not a quantity and has no separators."""
    return digits(cell) if _DAY.fullmatch(cell) else cell
