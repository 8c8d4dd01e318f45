"""How many events no source lists: estimates with their assumptions, if the sources overlap enough."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from rallymap.language import mark, number, tr
from rallymap.templates import render
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.missed import MIN_IN_COMMON
from rallymap.trends.missed_by_city import estimate_by_city
from rallymap.trends.missed_figure import figure_of_missed
from rallymap.ui.explore import state as explore_state
from rallymap.ui.trends.figure_card import render_figure

_ASSUMED: Final = (
    mark(
        "The lists are independent. Papers that copy one agency, or each other, are not: the estimate is then too low."
    ),
    mark(
        "Each list was read to its end, and every event names all sources that report it. Where that was not done, the "
        "overlap looks smaller than it is, and the estimate is too high."
    ),
    mark(
        "All events are equally easy to find. Large ones are on more lists than small ones: the estimate is then too "
        "low, and “at least” still holds."
    ),
    mark("Both lists mean the same events: the same city, days and kind of gathering."),
)


def render_missed(chosen: FilteredRows) -> None:
    """Render the estimates for the selected events."""
    figure = figure_of_missed(estimate_by_city(chosen))
    csv = explore_state.chosen_filter().to_query_params() | {"by": ["missed"], "format": ["csv"]}
    render_figure("missed", tr("How many were missed?"), figure, None, csv=csv, more=_method())


def _method() -> Markup:
    """Explain the method of the estimate and its assumptions."""
    how = tr(
        "Each publisher that reports events of a city in these days is one list. If two lists were "
        "made independently, the share of the first that is also on the second says how complete the "
        "second is (Chapman, 1951; exact 95% interval). “At least” uses all lists (Chao, 1989) and is "
        "the lower end of its 95% interval."
    )
    limit = tr(
        "With fewer than {least} events in common no estimate is made, and a source with fewer events "
        "does not count as a list.",
        least=number(MIN_IN_COMMON),
    )
    return render("missed_method.html", how=how, assumed=[tr(sentence) for sentence in _ASSUMED], limit=limit)
