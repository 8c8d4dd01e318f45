"""The figure of events that no source lists."""

from __future__ import annotations

from rallymap.language import number, sentences, tr, trc, trn
from rallymap.trends.facet_words import column_heading
from rallymap.trends.figures import Cell, Figure
from rallymap.trends.labels import value_in_words
from rallymap.trends.missed import Missed
from rallymap.trends.missed_by_city import MissedByCity


def figure_of_missed(missed: MissedByCity) -> Figure:
    """Describe the estimated number of events that no source lists, by city."""
    columns = (
        column_heading("cities"),
        # Translators: columns about events that sources list and that no source lists. Each source is a list; an
        # estimate of how many events there were in all has a 95 % interval, from and to.
        trc("missed", "Listed"),
        trc("missed", "Longest list"),
        trc("missed", "Second longest"),
        trc("missed", "On both"),
        trc("missed", "Estimated in all"),
        trc("missed", "95% from"),
        trc("missed", "95% to"),
        trc("missed", "At least"),
    )
    rows = tuple((value_in_words("cities", city), *_estimate_cells(one)) for city, one in missed.cities)
    if not missed.cities_examined:
        return Figure(columns, (), tr("No event has a known city, so nothing is estimated."))
    if not rows:
        most = value_in_words("cities", missed.most_events)
        # Translators: {reason} is a sentence of its own: "an estimate needs two independent sources ..."
        none = tr(
            "No estimate for any city here. For {city}, with most events: {reason}", city=most, reason=missed.reason
        )
        return Figure(columns, (), none)
    overlap = trn("Sources overlap enough in {n} city.", "Sources overlap enough in {n} cities.", len(rows))
    silent = missed.cities_examined - len(rows)
    left_out = trn("Nothing can be said of {n} further city.", "Nothing can be said of {n} further cities.", silent)
    return Figure(columns, rows, sentences((overlap, _missed_sentence(*missed.cities[0]))), left_out if silent else "")


def _missed_sentence(city: str, missed: Missed) -> str:
    name = value_in_words("cities", city)
    if missed.estimate is None:
        return trn(
            "{city}: {n} event listed, at least {all} in all.",
            "{city}: {n} events listed, at least {all} in all.",
            missed.listed,
            city=name,
            all=number(missed.at_least or missed.listed),
        )
    one = missed.estimate
    # Translators: {all}, {low} and {high} are numbers of events, most of them on no list.
    return trn(
        "{city}: {n} event listed, about {all} in all (95% interval {low} to {high}).",
        "{city}: {n} events listed, about {all} in all (95% interval {low} to {high}).",
        missed.listed,
        city=name,
        all=number(round(one.total)),
        low=number(one.low),
        high=number(one.high),
    )


def _estimate_cells(missed: Missed) -> tuple[Cell, ...]:
    one, unknown = missed.estimate, trc("estimate", "not known")
    # Translators: the name of a newspaper or site, and how many events it reports.
    lists = (tr("{publisher}: {events}", publisher=name, events=number(count)) for name, count in missed.lists)
    interval: tuple[Cell, ...] = (round(one.total), one.low, one.high) if one else (unknown, unknown, unknown)
    return missed.listed, *lists, missed.in_common, *interval, unknown if missed.at_least is None else missed.at_least
