"""Sums of crowd estimates by who made them, never averages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rallymap.events import CrowdGiver, Event, counted_claims, giver_of
from rallymap.language import number, percent, tr, trc, trn
from rallymap.query.snapshot.columns import NO_CROWD
from rallymap.query.snapshot.selection import Rows
from rallymap.query.value_words import CROWD_GIVER_LABELS
from rallymap.trends.figures import Figure
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.labels import range_in_words

MAX_EVENTS: Final = 2_000
"""Maximum number of events with numbers whose documents are read for one figure."""


@dataclass(slots=True)
class ClaimSum:
    """Estimates of one kind of giver: the number of events, and the sums of lowest and highest numbers."""

    events: int = 0
    low: int = 0
    high: int = 0


def sum_claims(events: Iterable[Event]) -> dict[CrowdGiver, ClaimSum]:
    """Sum the estimates by kind of giver; each event counts once per kind.

    If one kind has several estimates of an event, the lowest and the highest number count. An estimate without an upper
    or a lower limit adds its only number to both sums. Numbers expected before the event do not count.
    """
    sums = {giver: ClaimSum() for giver in CrowdGiver}
    for event in events:
        ranges: dict[CrowdGiver, tuple[int, int]] = {}
        for claim in counted_claims(event):
            numbers = [number for number in (claim.low, claim.high) if number is not None]
            name = giver_of(claim, event)
            known = (*ranges.get(name, ()), *numbers)
            ranges[name] = (min(known), max(known))
        for name, (low, high) in ranges.items():
            sums[name].events += 1
            sums[name].low += low
            sums[name].high += high
    return sums


def rows_with_numbers(chosen: FilteredRows) -> Rows:
    """Return the rows of the selected events with a numeric estimate."""
    rows: Rows = chosen.rows[chosen.column("crowd_low") != NO_CROWD]
    return rows


def figure_of_claims(sums: Mapping[CrowdGiver, ClaimSum] | None, total: int) -> Figure:
    """Describe the estimates by kind of giver.

    Parameters
    ----------
    sums
        None if there were too many events to read.
    total
        Number of events with estimates.
    """
    if sums is None:
        return Figure(
            (), (), tr("Choose fewer than {n} events with numbers to see who gave them.", n=number(MAX_EVENTS))
        )
    if not total:
        return Figure((), (), tr("No event gives the size of its crowd in numbers."))
    columns = (
        trc("who counts", "Who says so"),
        tr("Events"),
        trc("crowds", "Lowest, summed"),
        trc("crowds", "Highest, summed"),
    )
    rows = tuple(
        (trc("who counts", CROWD_GIVER_LABELS[name]), one.events, one.low, one.high) for name, one in sums.items()
    )
    police = sums[CrowdGiver.POLICE]
    sentence = trn(
        # Translators: {part} of {n} events with numbers have one by the police; {people} is "800 to 1,000".
        "Numbers by the police are known for {part} of {n} event with numbers ({percent}): together {people} people.",
        "Numbers by the police are known for {part} of {n} events with numbers ({percent}): together {people} people.",
        total,
        part=number(police.events),
        percent=percent(police.events / total),
        people=range_in_words(police.low, police.high),
    )
    left_out = tr("An event counts in each row that has a number of it; rows cannot be compared where events differ.")
    return Figure(columns, rows, sentence, left_out)
