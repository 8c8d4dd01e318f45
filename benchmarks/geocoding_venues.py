"""Venue phrases: how often the town is right, and every confident wrong answer with its cause.

    python -m benchmarks.geocoding_venues [--half tune|check] [--errors] [--cases benchmarks/cases/phrases.csv]

`cases/venues.csv` contains phrases as used for rallies (embassies, streets named after other places, institutions,
landmarks, several towns, codes, territories), made by recombining real ones, each with its true town. An answer is
right if its first candidate is within `tol_km` of the town, or of any of several towns; a confident single answer to
several towns is wrong. A text that names no place (no `lat`) is right without an answer that would be shown. No answer
is not right, and an answer is only wrong at a confidence of 0.8 or more.

`cases/phrases.csv` contains phrases and names of the same kinds, and quarters of cities. Their places were written down
before the first run; then the faults that they showed were corrected.

A hash of the text divides the phrases of `venues.csv` into two halves: `tune` was used for tuning, `check` was held out
until the end.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rallymap.distances import measure_km
from rallymap.places import (
    DRAWN_CONFIDENCE,
    SURE_CONFIDENCE,
    Answer,
    Located,
    Resolver,
    candidates_of,
    default_resolver,
)

VENUES = Path(__file__).parent / "cases" / "venues.csv"


@dataclass(frozen=True)
class VenueCase:
    """A phrase with the points `(lat, lon)` of the towns that it names."""

    text: str
    country: str
    language: str
    kind: str
    city: str
    points: tuple[tuple[float, float], ...]
    tol_km: float

    @property
    def half(self) -> str:
        return "tune" if hashlib.sha256(self.text.encode()).digest()[0] % 2 else "check"


@dataclass(frozen=True)
class VenueResult:
    case: VenueCase
    answer: Answer
    is_right: bool
    confidence: float

    @property
    def is_confidently_wrong(self) -> bool:
        return not self.is_right and self.confidence >= SURE_CONFIDENCE


def read_venues(path: Path = VENUES) -> list[VenueCase]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            VenueCase(
                row["text"], row["country_hint"], row["language"], row["class"], row["city"],
                tuple(zip(_figures(row["lat"]), _figures(row["lon"]), strict=True)),
                float(row["tol_km"]),
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def _figures(text: str) -> list[float]:
    return [float(figure) for figure in text.split("; ") if figure]


def score_venue(resolver: Resolver, case: VenueCase) -> VenueResult:
    answer = resolver.resolve(case.text, case.country or None)
    found = candidates_of(answer)
    if not found:
        return VenueResult(case, answer, not case.points, 0.0)
    first = found[0]
    if not case.points:
        return VenueResult(case, answer, first.confidence < DRAWN_CONFIDENCE, first.confidence)
    right = any(measure_km(first.lat, first.lon, *point) <= case.tol_km for point in case.points)
    if len(case.points) > 1 and isinstance(answer, Located) and first.confidence >= SURE_CONFIDENCE:
        right = False
    return VenueResult(case, answer, right, first.confidence)


def print_venues(results: list[VenueResult]) -> None:
    by_class: dict[str, list[VenueResult]] = defaultdict(list)
    for result in results:
        for name in (result.case.kind, f"half: {result.case.half}", f"language: {result.case.language}", "all"):
            by_class[name].append(result)
    print(f"\n{'venue phrases':24}{'n':>5}{'right':>8}{'wrong at 0.8':>14}")
    for name, some in sorted(by_class.items()):
        right, wrong = sum(r.is_right for r in some), sum(r.is_confidently_wrong for r in some)
        print(f"{name:24}{len(some):>5}{100 * right / len(some):>8.1f}{100 * wrong / len(some):>14.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", choices=("tune", "check"), help="measure one half alone")
    parser.add_argument("--cases", type=Path, default=VENUES, help="measure the phrases of another file")
    parser.add_argument("--errors", action="store_true", help="list every phrase that is not right")
    options = parser.parse_args()
    resolver = default_resolver()
    cases = [case for case in read_venues(options.cases) if options.half in (None, case.half)]
    results = [score_venue(resolver, case) for case in cases]
    if options.errors:
        for result in results:
            if not result.is_right:
                found = candidates_of(result.answer)
                said = f"{found[0].label} {found[0].confidence:.2f}" if found else "-"
                mark = "WRONG" if result.is_confidently_wrong else "     "
                print(f"{mark} {result.case.kind:12}{result.case.text} [{result.case.country}] -> {said}")
    print_venues(results)


if __name__ == "__main__":
    main()
