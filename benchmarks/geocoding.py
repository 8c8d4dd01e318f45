"""Accuracy, confidence and speed of geocoding, compared with other offline geocoders.

    python -m benchmarks.geocoding [--cases ../shared/geocoding/cases.csv] [--only-rallymap]

An answer is right if it is within the case's `tol_km`; no answer is wrong. An ambiguous answer of rallymap counts by
its first candidate (its confidence is low, and it is marked as ambiguous); the stricter column counts it as no answer.
Besides the cases, it measures the venue phrases of `cases/venues.csv` (`benchmarks/geocoding_venues.py`) and lists
every answer of both with a confidence of 0.8 or more that is over 50 km off, by its likely cause. The rivals come from
`benchmarks/requirements.lock`. Results are written to `benchmarks/results/geocoding.json`, the reliability diagram to
`docs/geocoding-reliability.svg`.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.geocoding_audit import WrongAnswer, audit_answer, print_audit
from benchmarks.geocoding_diagram import draw_reliability
from benchmarks.geocoding_fair import load_without_cldr_cities
from benchmarks.geocoding_rivals import RIVALS, Point
from benchmarks.geocoding_speed import Row, measure_speed, measure_start, measure_table
from benchmarks.geocoding_venues import print_venues, read_venues, score_venue
from rallymap.distances import measure_km
from rallymap.places import SURE_CONFIDENCE, Ambiguous, Located, Resolver, candidates_of, default_resolver

ROOT = Path(__file__).parents[1]
CASES = ROOT.parent / "shared" / "geocoding" / "cases.csv"
RESULTS = ROOT / "benchmarks" / "results" / "geocoding.json"
DIAGRAM = ROOT / "docs" / "geocoding-reliability.svg"


@dataclass(frozen=True)
class Case:
    text: str
    country: str
    lat: float
    lon: float
    tol_km: float
    kind: str

    def is_right(self, point: Point | None) -> bool:
        return point is not None and measure_km(*point, self.lat, self.lon) <= self.tol_km


class Verdict(NamedTuple):
    is_right: bool
    is_strictly_right: bool
    confidence: float


def read_cases(path: Path) -> list[Case]:
    if not path.exists():
        raise SystemExit(f"{path} is not there: it holds the cases to measure with; name another by --cases.")
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Case(
                row["text"], row["country_hint"], float(row["lat"]), float(row["lon"]), float(row["tol_km"]),
                row["class"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def score_rallymap(resolver: Resolver, cases: list[Case]) -> list[Verdict]:
    verdicts = []
    for case in cases:
        answer = resolver.resolve(case.text, case.country or None)
        if isinstance(answer, Located):
            right = case.is_right((answer.candidate.lat, answer.candidate.lon))
            verdicts.append(Verdict(right, right, answer.candidate.confidence))
        elif isinstance(answer, Ambiguous):
            first = answer.candidates[0]
            verdicts.append(Verdict(case.is_right((first.lat, first.lon)), False, first.confidence))
        else:
            verdicts.append(Verdict(False, False, 0.0))
    return verdicts


def share_rows(rival: str, cases: list[Case], rights: list[bool]) -> list[Row]:
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for case, right in zip(cases, rights, strict=True):
        by_kind[case.kind].append(right)
        by_kind["all"].append(right)
    rows = []
    for kind, found in sorted(by_kind.items()):
        share = 100 * sum(found) / len(found)
        low, high = wilson(sum(found), len(found))
        rows.append(Row(f"accuracy {kind}", rival, len(found), share, low, high, "%"))
    return rows


def wilson(right: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, in percent (E. B. Wilson, 1927)."""
    z = 1.96
    p = right / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5 / (1 + z * z / n)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def print_accuracy(rows: list[Row], kinds: Counter[str]) -> None:
    rivals = list(dict.fromkeys(row.rival for row in rows))
    value = {(row.measure, row.rival): row.median for row in rows}
    print(f"\n{'class':32}{'n':>5}", *(f"{rival:>20}" for rival in rivals))
    for kind in [*sorted(kinds), "all"]:
        n = kinds[kind] if kind != "all" else sum(kinds.values())
        print(f"{kind:32}{n:>5}", *(f"{value[f'accuracy {kind}', rival]:>20.1f}" for rival in rivals))


def measure_reliability(verdicts: list[Verdict]) -> tuple[list[Row], list[tuple[int, float, float]]]:
    sure = [verdict.is_right for verdict in verdicts if verdict.confidence >= SURE_CONFIDENCE]
    low, high = wilson(sum(sure), len(sure))
    covered = wilson(len(sure), len(verdicts))
    rows = [
        Row("covered at confidence 0.8", "rallymap", len(verdicts), 100 * len(sure) / len(verdicts), *covered, "%"),
        Row("right at confidence 0.8", "rallymap", len(sure), 100 * sum(sure) / len(sure), low, high, "%"),
    ]
    bins = []
    for tenth in range(10):
        inside = [v for v in verdicts if min(9, int(v.confidence * 10)) == tenth]
        said = sum(v.confidence for v in inside) / len(inside) if inside else 0.0
        right = sum(v.is_right for v in inside) / len(inside) if inside else 0.0
        bins.append((len(inside), said, right))
    return rows, bins


def print_reliability(rows: list[Row], bins: list[tuple[int, float, float]]) -> None:
    print()
    for row in rows:
        print(f"{row.measure:32}{row.n:>5} {row.median:.1f} % ({row.low:.1f}-{row.high:.1f})")
    print(f"\n{'said confidence':18}{'n':>5}{'mean said':>12}{'share right':>12}{'deviation':>12}")
    for tenth, (n, said, right) in enumerate(bins):
        deviation = f"{right - said:+12.3f}" if n else ""
        print(f"{tenth / 10:.1f}-{(tenth + 1) / 10:.1f}{n:>15}{said:>12.3f}{right:>12.3f}{deviation}")
    filled = [(n, abs(right - said)) for n, said, right in bins if n]
    total = sum(n for n, _ in filled)
    print(f"largest deviation {max(d for _, d in filled):.3f} (in bins of ten and more "
          f"{max((d for n, d in filled if n >= 10), default=0.0):.3f}); "
          f"expected calibration error {sum(n * d for n, d in filled) / total:.4f}")  # fmt: skip


def measure_venues(resolver: Resolver) -> tuple[list[Row], list[WrongAnswer]]:
    """Measure the venue phrases; return shares, also for the held-out half, and the wrong answers."""
    results = [score_venue(resolver, case) for case in read_venues()]
    print_venues(results)
    rows = []
    for name, some in (("", results), (" (half not tuned on)", [r for r in results if r.case.half == "check"])):
        for measure, n in (
            ("venue phrases right", sum(result.is_right for result in some)),
            ("venue phrases wrong at confidence 0.8", sum(result.is_confidently_wrong for result in some)),
        ):
            low, high = wilson(n, len(some))
            rows.append(Row(measure + name, "rallymap", len(some), 100 * n / len(some), low, high, "%"))
    wrong = [
        audit_answer(result.case.text, result.case.country, result.answer, result.case.points)
        for result in results
        if result.is_confidently_wrong
    ]
    return rows, wrong


def audit_cases(resolver: Resolver, cases: list[Case]) -> list[WrongAnswer]:
    """List the cases answered at 0.8 or more that are over 50 km off."""
    wrong = []
    for case in cases:
        answer = resolver.resolve(case.text, case.country or None)
        found = candidates_of(answer)
        if (
            found
            and found[0].confidence >= SURE_CONFIDENCE
            and measure_km(found[0].lat, found[0].lon, case.lat, case.lon) > 50
        ):
            wrong.append(audit_answer(case.text, case.country, answer, ((case.lat, case.lon),)))
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--only-rallymap", action="store_true", help="leave the rivals and their results out")
    options = parser.parse_args()
    cases = read_cases(options.cases)
    kinds = Counter(case.kind for case in cases)

    verdicts = score_rallymap(default_resolver(), cases)
    accuracy = share_rows("rallymap", cases, [v.is_right for v in verdicts])
    accuracy += share_rows("rallymap, strict", cases, [v.is_strictly_right for v in verdicts])
    fair = score_rallymap(Resolver(load_without_cldr_cities()), cases)
    accuracy += share_rows("without CLDR cities", cases, [v.is_right for v in fair])
    rivals: dict[str, Callable[[], Callable[[str, str], Point | None]]] = {} if options.only_rallymap else RIVALS
    for name, make in rivals.items():
        find = make()
        accuracy += share_rows(name, cases, [case.is_right(find(case.text, case.country)) for case in cases])
    print_accuracy(accuracy, kinds)
    venues, wrong = measure_venues(default_resolver())
    wrong = [*audit_cases(default_resolver(), cases), *wrong]
    print_audit(wrong)
    reliability, bins = measure_reliability(verdicts)
    print_reliability(reliability, bins)
    DIAGRAM.parent.mkdir(exist_ok=True)
    DIAGRAM.write_text(draw_reliability(bins), encoding="utf-8")
    rest = [*measure_start(), *measure_speed(cases)]
    print()
    for row in rest:
        print(f"{row.measure:36}{row.median:>12.2f} {row.unit}  ({row.low:.2f}-{row.high:.2f})")
    rest += measure_table()
    found = {
        "command": "python -m benchmarks.geocoding" + (" --only-rallymap" if options.only_rallymap else ""),
        "cores": os.cpu_count(),
        "rows": [row._asdict() for row in [*accuracy, *venues, *reliability, *rest]],
        "wrong_at_0.8": [answer._asdict() for answer in wrong],
        "reliability": [
            {"from": tenth / 10, "n": n, "said": round(said, 4), "right": round(right, 4)}
            for tenth, (n, said, right) in enumerate(bins)
        ],
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(f"\nWritten: {RESULTS.relative_to(ROOT)}, {DIAGRAM.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
