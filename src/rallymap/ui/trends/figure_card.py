"""One figure on a page: heading, what it shows in a sentence, chart, what it leaves out, its table and its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st

from rallymap.language import number, trc, trn
from rallymap.palette import FONT
from rallymap.trends.figure_csv import figure_as_csv
from rallymap.trends.figures import Cell, Figure
from rallymap.views.charts.theme import PICK, specification

Pick = Mapping[str, Any]
MAX_TABLE_ROWS = 400
"""Rows shown on the page; the CSV file has all."""


def render_figure(
    name: str,
    heading: str,
    figure: Figure,
    chart: Any,
    *,
    csv: Mapping[str, Sequence[str]] | None = None,
    answers: str = "stats",
    take: Callable[[Pick], None] | None = None,
    draw: int = 0,
    above: Callable[[], None] | None = None,
    more: str = "",
) -> None:
    """Draw a figure.

    Parameters
    ----------
    name
        Of the figure within the page.
    chart
        Of Altair; None where there is nothing to draw.
    csv
        Parameters of the address of its CSV file; None where the API has none, and the page gives it.
    answers
        The part of the API that gives this file.
    take
        Called with what was clicked on.
    draw
        A number that is new after each click, so that nothing stays selected.
    above
        Draws what is between heading and sentence.
    more
        Our own HTML at the end.
    """
    with st.container(key=f"figure_{name}"):
        st.html(f'<h2 class="rm-figure">{escape(heading)}</h2>')
        if above is not None:
            above()
        st.html(f'<p class="rm-says">{escape(figure.sentence)}</p>')
        if chart is not None:
            _render_chart(f"chart_{name}_{draw}", chart, take)
        if chart is not None or (csv is None and figure.rows):
            _render_files(name, heading, figure, has_chart=chart is not None, has_link=csv is not None)
        if notes := _notes(figure, csv, answers) + more:
            st.html(notes)


def _render_chart(key: str, chart: Any, take: Callable[[Pick], None] | None) -> None:
    spec = specification(chart)
    if take is None:
        st.vega_lite_chart(spec=spec, width="stretch", theme=None, key=key)
        return

    def picked() -> None:
        points = st.session_state[key]["selection"].get(PICK) or []
        if points:
            take(points[0])

    st.vega_lite_chart(spec=spec, width="stretch", theme=None, key=key, on_select=picked, selection_mode=PICK)


def _render_files(name: str, heading: str, figure: Figure, *, has_chart: bool, has_link: bool) -> None:
    data = {
        "name": name,
        "heading": heading,
        "text": f"{figure.sentence} {figure.left_out}".strip(),
        "family": FONT.partition(",")[0].strip('"'),
        "has_chart": has_chart,
        "csv": None if has_link or not figure.rows else figure_as_csv(figure),
    }
    _file_buttons()(key=f"files_{name}", data=data)


@cache
def _file_buttons() -> Callable[..., object]:
    # Made in a run and not at import: Streamlit knows the package's files only while its server runs.
    return st.components.v2.component("rallymap.figure_files", js="figure_files.js", isolate_styles=False)


def _notes(figure: Figure, csv: Mapping[str, Sequence[str]] | None, answers: str) -> str:
    left_out = f'<p class="rm-left-out">{escape(figure.left_out)}</p>' if figure.left_out else ""
    if not figure.rows:
        return left_out
    link = ""
    if csv is not None:
        address = f"api/v1/{answers}?{urlencode(csv, doseq=True, quote_via=quote)}"
        link = f'<a href="{escape(address)}" target="_self" download>CSV</a>'
    return (
        f'{left_out}<details class="rm-table"><summary>{trc("figure", "Table")}</summary>{link}'
        f"<div>{_table(figure.columns, figure.rows)}</div></details>"
    )


def _table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    head = "".join(f"<th scope=col>{escape(column)}</th>" for column in columns)
    body = "".join(
        f"<tr>{''.join(_cell(cell, first=not at) for at, cell in enumerate(row))}</tr>" for row in rows[:MAX_TABLE_ROWS]
    )
    more = len(rows) - MAX_TABLE_ROWS
    note = ""
    if more > 0:
        words = trn("{n} further row is in the CSV file.", "{n} further rows are in the CSV file.", more)
        note = f"<p>{words}</p>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def _cell(cell: Cell, *, first: bool) -> str:
    if first:
        return f"<th scope=row>{escape(str(cell))}</th>"
    if isinstance(cell, int):
        return f"<td>{number(cell)}</td>"
    # Rates are texts, and stand below their headings as other numbers do.
    return f"<td{' class=rm-words' if any(map(str.isalpha, cell)) else ''}>{escape(cell)}</td>"
