"""Figures: a chart's numbers as a table, a sentence that summarises them, and what they exclude."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rallymap.language import digits, mark, number, percent, sentences, tr, trc, trn, weekday_names
from rallymap.query.value_words import SAY, within_sentence
from rallymap.trends.crowds import Crowds, CrowdSum
from rallymap.trends.facet_words import (
    column_heading,
    events_with_several,
    events_without_value,
    nothing_known,
    values_not_shown,
)
from rallymap.trends.flows import Flows
from rallymap.trends.labels import share_in_words, value_in_words
from rallymap.trends.over_time import OverTime, Weekdays
from rallymap.trends.rankings import Ranking
from rallymap.trends.unit_words import events_without_bar, fullest_bar, unit_name
from rallymap.wording import day_from_epoch

Cell = str | int
_MOST_ON: Final = (
    # Translators: {share} is "12 of 40 (30 %)".
    mark("Most events began on a Monday: {share}."),
    mark("Most events began on a Tuesday: {share}."),
    mark("Most events began on a Wednesday: {share}."),
    mark("Most events began on a Thursday: {share}."),
    mark("Most events began on a Friday: {share}."),
    mark("Most events began on a Saturday: {share}."),
    mark("Most events began on a Sunday: {share}."),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """The numbers of one chart.

    Attributes
    ----------
    columns, rows
        The table: headings, then cells; numbers are integers.
    sentence
        A plain-text summary of the numbers.
    left_out
        Sentences about excluded events; "" for none.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sentence: str
    left_out: str = ""


def figure_over_time(over_time: OverTime | None, facet: str | None) -> Figure:
    """Describe events over time; `facet` splits the bars."""
    if over_time is None or not over_time.counted:
        left_out = (
            "" if over_time is None else events_without_bar(over_time.bins.unit, over_time.coarse, over_time.undated)
        )
        return Figure((tr("Time"), tr("Events")), (), tr("No event fits into a bar."), left_out)
    unit, edges = over_time.bins.unit, over_time.bins.edges
    totals = over_time.counts.sum(axis=1)
    top = int(totals.argmax())
    groups = [_group_heading(facet, name) for name in over_time.groups] if facet else []
    rows = tuple(
        (
            _iso(unit, int(edges[at])),
            *([int(totals[at])] if not facet else map(int, [totals[at], *over_time.counts[at]])),
        )
        for at in range(len(totals))
    )
    shown = trn("The chart shows {n} event.", "The chart shows {n} events.", over_time.counted)
    return Figure(
        (unit_name(unit), tr("Events"), *groups),
        rows,
        sentences((fullest_bar(unit, int(totals[top]), int(edges[top])), shown)),
        events_without_bar(unit, over_time.coarse, over_time.undated),
    )


def _group_heading(facet: str, name: str) -> str:
    if not name:
        return tr("All others")
    return SAY["statuses"](name) if facet == "statuses" else value_in_words(facet, name)


def figure_of_ranking(ranking: Ranking) -> Figure:
    """Describe the values of a facet with most events."""
    facet = ranking.facet
    names = [value_in_words(ranking.facet, value) for value, _ in ranking.counts]
    rows = tuple(
        (name, *((value,) if ranking.facet == "countries" else ()), count)
        for name, (value, count) in zip(names, ranking.counts, strict=True)
    )
    # Translators: the code of a country, "NO".
    columns = (column_heading(facet), *((tr("Code"),) if facet == "countries" else ()), tr("Events"))
    left_out = []
    if ranking.more_values:
        left_out.append(values_not_shown(facet, ranking.more_values))
    if ranking.without:
        left_out.append(events_without_value(facet, ranking.without))
    if ranking.several:
        left_out.append(events_with_several(facet, ranking.several))
    if not rows:
        return Figure(columns, (), nothing_known(facet), sentences(left_out))
    return Figure(columns, rows, _most_events(ranking), sentences(left_out))


def _most_events(ranking: Ranking) -> str:
    """Say which values have most events; do not name one of several with as many."""
    counts = [count for _, count in ranking.counts]
    share = share_in_words(counts[0], ranking.total)
    value, *others = (within_sentence(ranking.facet, value) for value, _ in ranking.counts[:2])
    if not others:
        # Translators: {value} is a city, a country, an organiser ...; {share} is "12 of 40 (30 %)".
        return tr("Most events: {value}, {share}.", value=value, share=share)
    if counts[1] in counts[2:3]:
        if counts[0] == counts[1]:
            # Translators: {value} is a city, a country, an organiser ...; several have the same number of events.
            return tr("Most events: {value}, {share}, and others with as many.", value=value, share=share)
        # Translators: {value} is a city, a country, an organiser ...; {events} is a number.
        return tr(
            "Most events: {value}, {share}, then several with {events} each.",
            value=value,
            share=share,
            events=number(counts[1]),
        )
    # Translators: {value} and {second} are cities, countries, organisers ...; {events} is a number.
    return tr(
        "Most events: {value}, {share}, then {second} with {events}.",
        value=value,
        share=share,
        second=others[0],
        events=number(counts[1]),
    )


def figure_of_weekdays(weekdays: Weekdays) -> Figure:
    """Describe events by weekday."""
    total = sum(weekdays.counts)
    rows = tuple((day, count) for day, count in zip(weekday_names(), weekdays.counts, strict=True))
    left_out = events_without_bar("day", weekdays.coarse, weekdays.undated)
    columns = (tr("Weekday"), tr("Events"))
    if not total:
        return Figure(columns, rows, tr("No event has a known day."), left_out)
    top = max(range(7), key=weekdays.counts.__getitem__)
    return Figure(columns, rows, tr(_MOST_ON[top], share=share_in_words(weekdays.counts[top], total)), left_out)


def figure_of_crowds(crowds: Crowds) -> Figure:
    """Describe crowd sizes by year."""
    columns = (
        unit_name("year"),
        tr("Events"),
        # Translators: columns about crowds: events whose crowd is given in numbers, sums of the lowest and of the
        # highest numbers, events of which a source says "at least", and "at most".
        trc("crowds", "With numbers"),
        trc("crowds", "Lowest, summed"),
        trc("crowds", "Highest, summed"),
        trc("crowds", "Without an upper limit"),
        trc("crowds", "Without a lower limit"),
    )
    rows = tuple(
        (digits(one.name), one.events, one.with_numbers, one.low, one.high, one.open_above, one.open_below)
        for one in crowds.by_year
    )
    return Figure(columns, rows, crowd_sentence(crowds.total), _without_numbers(crowds.total))


def crowd_sentence(crowd: CrowdSum) -> str:
    """Summarise the total crowd of some events, as far as there are estimates."""
    if not crowd.with_numbers:
        return tr("No event gives the size of its crowd in numbers.")
    if crowd.low == crowd.high:
        people = trn("{n} person", "{n} people", crowd.low)
    else:
        people = trn("{low} to {n} person", "{low} to {n} people", crowd.high, low=number(crowd.low))
    # Translators: {known} of all {n} events say how many people there were; {people} is "2,500 people".
    return trn(
        "Numbers are known for {known} of {n} event ({percent}): together {people}.",
        "Numbers are known for {known} of {n} events ({percent}): together {people}.",
        crowd.events,
        known=number(crowd.with_numbers),
        percent=percent(crowd.with_numbers / crowd.events),
        people=people,
    )


def figure_of_flows(flows: Flows) -> Figure:
    """Describe the communities by host city."""
    cities = [value_in_words("cities", city) for city in flows.cities]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            value_in_words("communities", community),
            *(int(count) for count in flows.counts[at]),
            int(flows.elsewhere[at]),
        )
        for at, community in enumerate(flows.communities)
    )
    # Translators: heads a column next to columns of cities.
    columns = (column_heading("communities"), *cities, tr("Elsewhere or unknown"))
    if not flows.counts.size or not flows.counts.any():
        return Figure(columns, rows, tr("No event has both a known community and a known city."))
    row, column = divmod(int(flows.counts.argmax()), len(cities))
    sentence = tr(
        "Most events of one community in one city: {events}, {community} in {city}.",
        events=number(int(flows.counts[row, column])),
        community=rows[row][0],
        city=cities[column],
    )
    left_out = tr("The communities and cities with most events; the table counts the others.")
    return Figure(columns, rows, sentence, left_out)


def _without_numbers(crowd: CrowdSum) -> str:
    silent = crowd.events - crowd.with_numbers
    parts = []
    if silent:
        parts.append(
            trn(
                "{n} event without a number, which add nothing.",
                "{n} events without a number, which add nothing.",
                silent,
            )
        )
    return sentences((*parts, *missing_limits(crowd)))


def missing_limits(crowd: CrowdSum) -> Iterator[str]:
    """Yield how many events have an estimate without an upper limit, and how many have one without a lower limit."""
    if crowd.open_above:
        yield trn(
            "{n} event without an upper limit, which may have been larger.",
            "{n} events without an upper limit, which may have been larger.",
            crowd.open_above,
        )
    if crowd.open_below:
        yield trn(
            "{n} event without a lower limit, which may have been smaller.",
            "{n} events without a lower limit, which may have been smaller.",
            crowd.open_below,
        )


def _iso(unit: str, first_day: int) -> str:
    """Return a bar's time as EDTF text; a week as its first day."""
    day = day_from_epoch(first_day).isoformat()
    return {"year": day[:4], "month": day[:7]}.get(unit, day)
