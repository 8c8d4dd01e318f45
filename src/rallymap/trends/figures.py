"""Figures: a chart's numbers as a table, one sentence that says what they show, and what they leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rallymap.language import decimal, digits, list_in_words, mark, number, percent, tr, trc, trn, weekday_names
from rallymap.query.filter_words import SAY
from rallymap.trends.comparing import PER_DAYS, Comparison
from rallymap.trends.crowds import Crowds, CrowdSum
from rallymap.trends.facet_words import (
    column_heading,
    events_with_several,
    events_without_value,
    nothing_known,
    values_not_shown,
)
from rallymap.trends.flows import Flows
from rallymap.trends.happenings import DAYS, Around
from rallymap.trends.labels import range_in_words, share_in_words, value_in_words
from rallymap.trends.missed import Missed
from rallymap.trends.missed_by_city import MissedByCity
from rallymap.trends.over_time import OverTime, Weekdays
from rallymap.trends.rankings import Ranking
from rallymap.trends.unit_words import fullest_bar, unit_name, without_a_bar
from rallymap.wording import day_from_epoch

Cell = str | int
NO_CAUSE: Final = mark("Counts alone: they do not say that one led to the other.")
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
        The table: headings, then cells; numbers are whole.
    sentence
        What the numbers show, in plain text.
    left_out
        What they leave out, as sentences; "" for nothing.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sentence: str
    left_out: str = ""


def figure_over_time(over_time: OverTime | None, facet: str | None) -> Figure:
    """Describe events over time; `facet` is what the bars are split by."""
    if over_time is None or not over_time.counted:
        left_out = "" if over_time is None else without_a_bar(over_time.bins.unit, over_time.coarse, over_time.undated)
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
    shown = trn("The chart holds {n} event.", "The chart holds {n} events.", over_time.counted)
    return Figure(
        (unit_name(unit), tr("Events"), *groups),
        rows,
        f"{fullest_bar(unit, int(totals[top]), int(edges[top]))} {shown}",
        without_a_bar(unit, over_time.coarse, over_time.undated),
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
        return Figure(columns, (), nothing_known(facet), " ".join(left_out))
    share = share_in_words(ranking.counts[0][1], ranking.total)
    if len(names) == 1:
        # Translators: {value} is a city, a country, an organiser ...; {share} is "12 of 40 (30 %)".
        sentence = tr("Most events: {value}, {share}.", value=names[0], share=share)
    else:
        sentence = tr(
            # Translators: {value} and {second} are cities, countries, organisers ...; {events} is a number.
            "Most events: {value}, {share}, then {second} with {events}.",
            value=names[0],
            share=share,
            second=names[1],
            events=number(ranking.counts[1][1]),
        )
    return Figure(columns, rows, sentence, " ".join(left_out))


def figure_of_weekdays(weekdays: Weekdays) -> Figure:
    """Describe events by weekday."""
    total = sum(weekdays.counts)
    rows = tuple((day, count) for day, count in zip(weekday_names(), weekdays.counts, strict=True))
    left_out = without_a_bar("day", weekdays.coarse, weekdays.undated)
    columns = (tr("Weekday"), tr("Events"))
    if not total:
        return Figure(columns, rows, tr("No event has a known day."), left_out)
    top = max(range(7), key=weekdays.counts.__getitem__)
    return Figure(columns, rows, tr(_MOST_ON[top], share=share_in_words(weekdays.counts[top], total)), left_out)


def figure_of_crowds(crowds: Crowds) -> Figure:
    """Describe sizes of crowds by year."""
    columns = (
        unit_name("year"),
        tr("Events"),
        # Translators: columns about crowds: events whose crowd is given in numbers, sums of the lowest and of the
        # highest numbers, events of which a source says "at least".
        trc("crowds", "With numbers"),
        trc("crowds", "Lowest, summed"),
        trc("crowds", "Highest, summed"),
        trc("crowds", "Without an upper limit"),
    )
    rows = tuple(
        (digits(one.name), one.events, one.with_numbers, one.low, one.high, one.open_ended) for one in crowds.by_year
    )
    return Figure(columns, rows, crowd_sentence(crowds.total), _without_numbers(crowds.total))


def crowd_sentence(crowd: CrowdSum) -> str:
    """Say how many people some events had together, as far as anybody says."""
    if not crowd.with_numbers:
        return tr("No event gives the size of its crowd in numbers.")
    people = number(crowd.low) if crowd.low == crowd.high else range_in_words(crowd.low, crowd.high)
    return trn(
        # Translators: {known} of all {n} events say how many people there were; {people} is "2,500" or "800 to 1,000".
        "{known} of {n} event ({percent}) give numbers: together {people} people.",
        "{known} of {n} events ({percent}) give numbers: together {people} people.",
        crowd.events,
        known=number(crowd.with_numbers),
        percent=percent(crowd.with_numbers / crowd.events),
        people=people,
    )


def figure_of_flows(flows: Flows) -> Figure:
    """Describe which communities rally in which cities."""
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


def figure_of_missed(missed: MissedByCity) -> Figure:
    """Describe how many events no source lists, by city."""
    columns = (
        column_heading("cities"),
        # Translators: columns about events that sources list and that no source lists. Each source is a list; an
        # estimate of how many events there were in all has a 95 % interval, from and to.
        trc("missed", "Listed"),
        trc("missed", "Longest list"),
        trc("missed", "Second longest"),
        trc("missed", "On both"),
        trc("missed", "Estimated in all"),
        trc("missed", "95 % from"),
        trc("missed", "95 % to"),
        trc("missed", "At least"),
    )
    rows = tuple((value_in_words("cities", city), *_estimate_cells(one)) for city, one in missed.cities)
    if not missed.looked_at:
        return Figure(columns, (), tr("No event has a known city, so nothing is estimated."))
    if not rows:
        most = value_in_words("cities", missed.most_events)
        # Translators: {reason} is a sentence of its own: "an estimate needs two independent sources ..."
        none = tr(
            "No estimate for any city here. For {city}, with most events: {reason}", city=most, reason=missed.reason
        )
        return Figure(columns, (), none)
    overlap = trn("Sources overlap enough in {n} city.", "Sources overlap enough in {n} cities.", len(rows))
    silent = missed.looked_at - len(rows)
    left_out = trn("Nothing can be said of {n} further city.", "Nothing can be said of {n} further cities.", silent)
    return Figure(columns, rows, f"{overlap} {_missed_sentence(*missed.cities[0])}", left_out if silent else "")


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
    return trn(
        # Translators: {all}, {low} and {high} are numbers of events, most of them on no list.
        "{city}: {n} event listed, about {all} in all (95 % interval {low} to {high}).",
        "{city}: {n} events listed, about {all} in all (95 % interval {low} to {high}).",
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


def figure_of_comparison(comparison: Comparison) -> Figure:
    """Describe two sides by the values of a facet."""
    left, right = comparison.left, comparison.right
    rows = tuple(
        (
            value_in_words(comparison.facet, value),
            on_left,
            on_right,
            _rate(on_left * PER_DAYS / left.days),
            _rate(on_right * PER_DAYS / right.days),
            _difference(on_right * PER_DAYS / right.days - on_left * PER_DAYS / left.days),
        )
        for value, on_left, on_right in comparison.values
    )
    sides = " ".join(
        tr(
            # Translators: {events} is "12 events", {days} is "365 days", {span} is 100.
            "{side}: {events} in {days}, {rate} in {span} days.",
            side=side.name,
            events=trn("{n} event", "{n} events", side.total),
            days=trn("{n} day", "{n} days", side.days),
            rate=_rate(side.rate),
            span=number(PER_DAYS),
        )
        for side in (left, right)
    )
    # Translators: heads a column of numbers of events.
    rates = (tr("{side}, in {days} days", side=side.name, days=number(PER_DAYS)) for side in (left, right))
    left_out = []
    if comparison.more_values:
        left_out.append(values_not_shown(comparison.facet, comparison.more_values))
    left_out += [
        trn(
            "{side}: {n} event without any date not counted.",
            "{side}: {n} events without any date not counted.",
            side.undated,
            side=side.name,
        )
        for side in (left, right)
        if side.undated
    ]
    columns = (column_heading(comparison.facet), left.name, right.name, *rates, tr("Difference"))
    return Figure(columns, rows, sides, " ".join(left_out))


def _rate(rate: float) -> str:
    return decimal(rate, places=2)


def _difference(rate: float) -> str:
    return decimal(rate, places=2, signed=True)


def figure_of_around(around: Around, communities: Sequence[str]) -> Figure:
    """Describe events before and after a happening; `communities` says whose events, nothing means all."""
    rows = tuple(around.by_day)
    left_out = ""
    if around.coarse:
        left_out = trn(
            "{n} event left out: not dated closely enough.",
            "{n} events left out: not dated closely enough.",
            around.coarse,
        )
    columns = (tr("Days from the happening"), tr("Events"))
    return Figure(columns, rows, f"{_around_sentence(around, communities)} {tr(NO_CAUSE)}", left_out)


def _around_sentence(around: Around, communities: Sequence[str]) -> str:
    names = list_in_words(value_in_words("communities", name) for name in communities)
    before, after, during, days = map(number, (around.before, around.after, around.during, DAYS))
    numbers = {"before": before, "after": after, "days": days}
    if not communities:
        if not around.during:
            return tr("Events: {before} in the {days} days before, {after} in the {days} days after.", **numbers)
        return tr(
            "Events: {before} in the {days} days before, {after} in the {days} days after, {during} meanwhile.",
            **numbers,
            during=during,
        )
    if not around.during:
        return tr(
            "Events of {communities}: {before} in the {days} days before, {after} in the {days} days after.",
            **numbers,
            communities=names,
        )
    return tr(
        # Translators: numbers of events before, after and during something that happened in a homeland.
        "Events of {communities}: {before} in the {days} days before, {after} in the {days} days after, {during} "
        "meanwhile.",
        **numbers,
        communities=names,
        during=during,
    )


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
    if crowd.open_ended:
        parts.append(
            trn(
                "{n} event without an upper limit, which may have been larger.",
                "{n} events without an upper limit, which may have been larger.",
                crowd.open_ended,
            )
        )
    return " ".join(parts)


def _iso(unit: str, first_day: int) -> str:
    """Return a bar's time as EDTF text, a week as the day on which it begins."""
    day = day_from_epoch(first_day).isoformat()
    return {"year": day[:4], "month": day[:7]}.get(unit, day)
