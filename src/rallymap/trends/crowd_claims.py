"""Whose numbers of people: crowd estimates added up by who made them, never averaged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rallymap.events import CrowdClaim, Event
from rallymap.language import mark_c, number, percent, tr, trc, trn
from rallymap.trends.figures import Figure
from rallymap.trends.labels import range_in_words

MAX_EVENTS: Final = 2_000
"""Events with numbers whose texts are read for one figure."""
POLICE, ORGANISERS, PRESS, OTHERS, NOBODY = "police", "organisers", "press", "others", "nobody"
_NAMES: Final = {
    # Translators: who estimated how many people came.
    POLICE: mark_c("who counts", "Police"),
    ORGANISERS: mark_c("who counts", "Organisers"),
    PRESS: mark_c("who counts", "Publishers of the sources"),
    OTHERS: mark_c("who counts", "Others who are named"),
    NOBODY: mark_c("who counts", "Not said who"),
}
_ORGANISERS_WORDS: Final = frozenset({"the organisers", "organisers", "the organizers", "organizers"})


@dataclass(slots=True)
class ClaimSum:
    """Estimates of one sort of people: of how many events, and the sums of their lowest and highest numbers."""

    events: int = 0
    low: int = 0
    high: int = 0


def sum_claims(events: Iterable[Event]) -> dict[str, ClaimSum]:
    """Add up the estimates by who made them, each event once for each sort of people.

    Of several estimates of one sort about one event the lowest and the highest number count. An estimate without an
    upper limit adds its lowest number to both sums. Numbers that were expected before an event do not count.
    """
    sums = {name: ClaimSum() for name in _NAMES}
    for event in events:
        ranges: dict[str, tuple[int, int]] = {}
        for claim in event.crowd:
            if claim.is_expected or (claim.low is None and claim.high is None):
                continue
            low = claim.low or 0
            high = low if claim.high is None else claim.high
            name = _whose(claim, event)
            known = ranges.get(name, (low, high))
            ranges[name] = (min(known[0], low), max(known[1], high))
        for name, (low, high) in ranges.items():
            sums[name].events += 1
            sums[name].low += low
            sums[name].high += high
    return sums


def _whose(claim: CrowdClaim, event: Event) -> str:
    by = claim.by.casefold()
    if not by:
        return NOBODY
    if "police" in by.split():
        return POLICE
    if by in _ORGANISERS_WORDS or by in {name.casefold() for name in event.organisers}:
        return ORGANISERS
    if by in {source.publisher.casefold() for source in event.sources if source.publisher}:
        return PRESS
    return OTHERS


def figure_of_claims(sums: dict[str, ClaimSum], total: int) -> Figure:
    """Describe whose numbers there are; `total` is the number of events that have any."""
    columns = (
        trc("who counts", "Who says so"),
        tr("Events"),
        trc("crowds", "Lowest, summed"),
        trc("crowds", "Highest, summed"),
    )
    rows = tuple((trc("who counts", _NAMES[name]), one.events, one.low, one.high) for name, one in sums.items())
    police = sums[POLICE]
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
