"""Confident wrong answers: the answer, its distance, and the likely cause."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from rallymap.distances import measure_km
from rallymap.events import LocationPrecision
from rallymap.places import Answer, candidates_of
from rallymap.places.normalize import fold_key
from rallymap.places.parse import split_segments


class WrongAnswer(NamedTuple):
    """One confident wrong answer; `km` is the distance to the nearest true point, 0 if there is none."""

    text: str
    country: str
    answer: str
    confidence: float
    km: float
    cause: str


def audit_answer(text: str, country: str, answer: Answer, points: tuple[tuple[float, float], ...]) -> WrongAnswer:
    """Describe a wrong answer and guess its cause from the method."""
    first = candidates_of(answer)[0]
    km = min((measure_km(first.lat, first.lon, *point) for point in points), default=0.0)
    names = {fold_key(segment.text) for segment in split_segments(text)}
    if not points:
        cause = "the text names no place"
    elif len(points) > 1:
        cause = "one of several towns"
    elif first.precision in (LocationPrecision.REGION, LocationPrecision.COUNTRY):
        cause = "a region or country for a town"
    elif first.method == "well-known":
        cause = "a landmark elsewhere"
    elif fold_key(first.name) in names:
        cause = "a namesake"
    elif any(fold_key(first.name).startswith(name[:3]) for name in names if name):
        cause = "a similar spelling"
    else:
        cause = "an alias"
    return WrongAnswer(text, country, first.label, round(first.confidence, 2), round(km), cause)


def print_audit(wrong: list[WrongAnswer]) -> None:
    """Print the answers by cause."""
    print(f"\nwrong at 0.8 or more, more than 50 km off: {len(wrong)}")
    for cause, number in Counter(answer.cause for answer in wrong).most_common():
        print(f"  {cause}: {number}")
        for answer in wrong:
            if answer.cause == cause:
                where = f"{answer.answer} {answer.confidence}, {answer.km:.0f} km off"
                print(f"    {answer.text} [{answer.country}] -> {where}")
