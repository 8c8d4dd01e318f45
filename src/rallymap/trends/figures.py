"""Figures: a chart's numbers as a table, one sentence that says what they show, and what they leave out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rallymap.trends.comparing import PER_DAYS, Comparison
from rallymap.trends.crowds import Crowds, CrowdSum
from rallymap.trends.flows import Flows
from rallymap.trends.happenings import DAYS, Around
from rallymap.trends.labels import NOUNS, WEEKDAYS, bar_in_words, share_in_words, value_in_words
from rallymap.trends.missed import Missed
from rallymap.trends.missed_by_city import MissedByCity
from rallymap.trends.over_time import OverTime, Weekdays
from rallymap.trends.rankings import Ranking
from rallymap.wording import count_in_words, day_from_epoch

Cell = str | int
NO_CAUSE: Final = "Counts alone: they do not say that one led to the other."


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
        left_out = "" if over_time is None else _without_a_bar(over_time.coarse, over_time.undated, over_time.bins.unit)
        return Figure(("Time", "Events"), (), "No event fits into a bar.", left_out)
    unit, edges = over_time.bins.unit, over_time.bins.edges
    totals = over_time.counts.sum(axis=1)
    top = int(totals.argmax())
    groups = [value_in_words(facet, name) for name in over_time.groups] if facet else []
    rows = tuple(
        (
            _iso(unit, int(edges[at])),
            *([int(totals[at])] if not facet else map(int, [totals[at], *over_time.counts[at]])),
        )
        for at in range(len(totals))
    )
    most = f"Most events in one {unit}: {int(totals[top]):,}, {_in(unit, int(edges[top]))}."
    shown = f" The chart holds {count_in_words(over_time.counted, 'event')}."
    return Figure(
        (unit.capitalize(), "Events", *(f"{group[0].upper()}{group[1:]}" for group in groups)),
        rows,
        most + shown,
        _without_a_bar(over_time.coarse, over_time.undated, unit),
    )


def figure_of_ranking(ranking: Ranking) -> Figure:
    """Describe the values of a facet with most events."""
    noun, plural = NOUNS[ranking.facet]
    names = [value_in_words(ranking.facet, value) for value, _ in ranking.counts]
    rows = tuple(
        (name, *((value,) if ranking.facet == "countries" else ()), count)
        for name, (value, count) in zip(names, ranking.counts, strict=True)
    )
    columns = (noun.capitalize(), *(("Code",) if ranking.facet == "countries" else ()), "Events")
    left_out = []
    if ranking.more_values:
        left_out.append(f"{count_in_words(ranking.more_values, f'further {noun}', f'further {plural}')} not shown.")
    if ranking.without:
        left_out.append(f"{count_in_words(ranking.without, 'event')} without a known {noun}.")
    if ranking.several:
        left_out.append(f"{count_in_words(ranking.several, 'event')} with several {plural}, counted for each.")
    if not rows:
        return Figure(columns, (), f"No event has a known {noun}.", " ".join(left_out))
    sentence = f"Most events: {names[0]}, {share_in_words(ranking.counts[0][1], ranking.total)}"
    if len(names) > 1:
        sentence += f", then {names[1]} with {ranking.counts[1][1]:,}"
    return Figure(columns, rows, f"{sentence}.", " ".join(left_out))


def figure_of_weekdays(weekdays: Weekdays) -> Figure:
    """Describe events by weekday."""
    total = sum(weekdays.counts)
    rows = tuple((day, count) for day, count in zip(WEEKDAYS, weekdays.counts, strict=True))
    left_out = _without_a_bar(weekdays.coarse, weekdays.undated, "day")
    if not total:
        return Figure(("Weekday", "Events"), rows, "No event has a known day.", left_out)
    top = max(range(7), key=weekdays.counts.__getitem__)
    sentence = f"Most events began on a {WEEKDAYS[top]}: {share_in_words(weekdays.counts[top], total)}."
    return Figure(("Weekday", "Events"), rows, sentence, left_out)


def figure_of_crowds(crowds: Crowds) -> Figure:
    """Describe sizes of crowds by year."""
    columns = ("Year", "Events", "With numbers", "Lowest, summed", "Highest, summed", "Without an upper limit")
    rows = tuple((one.name, one.events, one.with_numbers, one.low, one.high, one.open_ended) for one in crowds.by_year)
    return Figure(columns, rows, crowd_sentence(crowds.total), _without_numbers(crowds.total))


def crowd_sentence(crowd: CrowdSum) -> str:
    """Say how many people some events had together, as far as anybody says."""
    if not crowd.with_numbers:
        return "No event gives the size of its crowd in numbers."
    people = f"{crowd.low:,}" if crowd.low == crowd.high else f"{crowd.low:,} to {crowd.high:,}"
    share = f"{crowd.with_numbers:,} of {count_in_words(crowd.events, 'event')}"
    return f"{share} ({100 * crowd.with_numbers / crowd.events:.0f} %) give numbers: together {people} people."


def figure_of_flows(flows: Flows) -> Figure:
    """Describe which communities rally in which cities."""
    cities = [value_in_words("cities", city) for city in flows.cities]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (community, *(int(count) for count in flows.counts[at]), int(flows.elsewhere[at]))
        for at, community in enumerate(flows.communities)
    )
    columns = ("Community", *cities, "Elsewhere or unknown")
    if not flows.counts.size or not flows.counts.any():
        return Figure(columns, rows, "No event has both a known community and a known city.")
    row, column = divmod(int(flows.counts.argmax()), len(cities))
    sentence = (
        f"Most events of one community in one city: {int(flows.counts[row, column]):,}, "
        f"{flows.communities[row]} in {cities[column]}."
    )
    return Figure(columns, rows, sentence, "The communities and cities with most events; the table counts the others.")


def figure_of_missed(missed: MissedByCity) -> Figure:
    """Describe how many events no source lists, by city."""
    columns = (
        "City",
        "Listed",
        "Longest list",
        "Second longest",
        "On both",
        "Estimated in all",
        "95 % from",
        "95 % to",
        "At least",
    )
    rows = tuple((value_in_words("cities", city), *_estimate_cells(one)) for city, one in missed.cities)
    if not missed.looked_at:
        return Figure(columns, (), "No event has a known city, so nothing is estimated.")
    if not rows:
        most = value_in_words("cities", missed.most_events)
        reason = f"{missed.reason[0].lower()}{missed.reason[1:]}"
        return Figure(columns, (), f"No estimate for any city here. For {most}, with most events: {reason}")
    where = count_in_words(len(rows), "city", "cities")
    sentence = f"Sources overlap enough in {where}. {_missed_sentence(*missed.cities[0])}"
    silent = missed.looked_at - len(rows)
    left_out = f"Nothing can be said of {count_in_words(silent, 'further city', 'further cities')}." if silent else ""
    return Figure(columns, rows, sentence, left_out)


def _missed_sentence(city: str, missed: Missed) -> str:
    name, listed = value_in_words("cities", city), count_in_words(missed.listed, "event")
    if missed.estimate is None:
        return f"{name}: {listed} listed, at least {missed.at_least:,} in all."
    one = missed.estimate
    return f"{name}: {listed} listed, about {one.total:,.0f} in all (95 % interval {one.low:,} to {one.high:,})."


def _estimate_cells(missed: Missed) -> tuple[Cell, ...]:
    one, unknown = missed.estimate, "not known"
    lists = (f"{name}: {count:,}" for name, count in missed.lists)
    interval: tuple[Cell, ...] = (round(one.total), one.low, one.high) if one else (unknown, unknown, unknown)
    return missed.listed, *lists, missed.in_common, *interval, unknown if missed.at_least is None else missed.at_least


def figure_of_comparison(comparison: Comparison) -> Figure:
    """Describe two sides by the values of a facet."""
    left, right = comparison.left, comparison.right
    noun, plural = NOUNS[comparison.facet]
    rows = tuple(
        (
            value_in_words(comparison.facet, value),
            on_left,
            on_right,
            _rate(on_left * PER_DAYS / left.days),
            _rate(on_right * PER_DAYS / right.days),
            f"{on_right * PER_DAYS / right.days - on_left * PER_DAYS / left.days:+.2f}",
        )
        for value, on_left, on_right in comparison.values
    )
    sides = " ".join(
        f"{side.name}: {count_in_words(side.total, 'event')} in {count_in_words(side.days, 'day')}, "
        f"{_rate(side.rate)} in {PER_DAYS} days."
        for side in (left, right)
    )
    rates = (f"{side.name}, in {PER_DAYS} days" for side in (left, right))
    left_out = []
    if comparison.more_values:
        left_out.append(f"{count_in_words(comparison.more_values, f'further {noun}', f'further {plural}')} not shown.")
    left_out += [
        f"{side.name}: {count_in_words(side.undated, 'event')} without any date not counted."
        for side in (left, right)
        if side.undated
    ]
    return Figure((noun.capitalize(), left.name, right.name, *rates, "Difference"), rows, sides, " ".join(left_out))


def _rate(rate: float) -> str:
    return f"{rate:,.2f}"


def figure_of_around(around: Around, whose: str) -> Figure:
    """Describe events before and after a happening; `whose` says which events: "events of Iran"."""
    rows = tuple(around.by_day)
    sentence = (
        f"{whose[0].upper()}{whose[1:]}: {around.before:,} in the {DAYS} days before, {around.after:,} in the {DAYS} "
        f"days after{f', {around.during:,} meanwhile' if around.during else ''}. {NO_CAUSE}"
    )
    left_out = ""
    if around.coarse:
        left_out = f"{count_in_words(around.coarse, 'event')} left out: not dated closely enough."
    return Figure(("Days from the happening", "Events"), rows, sentence, left_out)


def _without_numbers(crowd: CrowdSum) -> str:
    silent = crowd.events - crowd.with_numbers
    parts = [f"{count_in_words(silent, 'event')} without a number, which add nothing."] if silent else []
    if crowd.open_ended:
        parts.append(f"{count_in_words(crowd.open_ended, 'event')} without an upper limit, which may have been larger.")
    return " ".join(parts)


def _without_a_bar(coarse: int, undated: int, unit: str) -> str:
    parts = []
    if coarse:
        parts.append(f"{count_in_words(coarse, 'event')} left out: not dated closely enough for one {unit}.")
    if undated:
        parts.append(f"{count_in_words(undated, 'event')} without any date.")
    return " ".join(parts)


def _in(unit: str, first_day: int) -> str:
    words = bar_in_words(unit, first_day)
    return f"on {words}" if unit == "day" else f"in the {words}" if unit == "week" else f"in {words}"


def _iso(unit: str, first_day: int) -> str:
    """Return a bar's time as EDTF text, a week as the day on which it begins."""
    day = day_from_epoch(first_day).isoformat()
    return {"year": day[:4], "month": day[:7]}.get(unit, day)
