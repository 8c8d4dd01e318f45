"""How often, how surely and how fast places are found, beside other offline geocoders.

    python -m benchmarks.geocoding [--cases ../shared/geocoding/cases.csv] [--only-rallymap]

Right is an answer within the case's own `tol_km`; no answer is wrong. An ambiguous answer of rallymap counts by its
first candidate (its confidence is low, and it says that it is ambiguous); the stricter column counts it as no answer.
The rivals come from `benchmarks/requirements.lock`. Results go to `benchmarks/results/geocoding.json`, the
reliability diagram to `docs/geocoding-reliability.svg`.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.geocoding_diagram import draw_reliability
from benchmarks.geocoding_rivals import RIVALS, Point
from rallymap.countries import country_name
from rallymap.places import Ambiguous, Located, Resolver, default_resolver
from rallymap.places.distance import measure_km
from rallymap.places.index import GAZETTEER_FILE, Gazetteer, load_gazetteer

ROOT = Path(__file__).parents[1]
CASES = ROOT.parent / "shared" / "geocoding" / "cases.csv"
RESULTS = ROOT / "benchmarks" / "results" / "geocoding.json"
DIAGRAM = ROOT / "docs" / "geocoding-reliability.svg"
SURE = 0.8


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


class Row(NamedTuple):
    measure: str
    rival: str
    n: int
    median: float
    low: float
    high: float
    unit: str


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


def judge_rallymap(resolver: Resolver, cases: list[Case]) -> list[Verdict]:
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
    """Give the 95 % interval of a share, in percent (E. B. Wilson, 1927)."""
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
    sure = [verdict.is_right for verdict in verdicts if verdict.confidence >= SURE]
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


def measure_speed(cases: list[Case]) -> list[Row]:
    """Time new and repeated names in this process; a new resolver has an empty memory of answers."""
    texts = list(dict.fromkeys((case.text, case.country or None) for case in cases))
    rates, repeated, slow = [], [], []
    for _ in range(5):
        resolver = default_resolver()
        times = []
        started = time.perf_counter()
        for text, country in texts:
            begun = time.perf_counter()
            resolver.resolve(text, country)
            times.append(time.perf_counter() - begun)
        rates.append(len(texts) / (time.perf_counter() - started))
        slow.append(1000 * sorted(times)[int(0.99 * len(times))])
        started = time.perf_counter()
        for _ in range(20):
            for text, country in texts:
                resolver.resolve(text, country)
        repeated.append(20 * len(texts) / (time.perf_counter() - started))
    return [
        spread("new names", len(texts), rates, "1/s"),
        spread("repeated names", 20 * len(texts), repeated, "1/s"),
        spread("99th percentile of one lookup", len(texts), slow, "ms"),
    ]


_START = """
import time
t = time.perf_counter()
from rallymap.places import default_resolver
answer = default_resolver().resolve("Gothenburg, Sweden")
took = time.perf_counter() - t
kb = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS"))
print(took, int(kb) / 1024)
"""


def measure_start() -> list[Row]:
    """Time import, load and first answer in fresh processes, and what stays in memory (Linux)."""
    times, sizes = [], []
    for _ in range(7):
        done = subprocess.run([sys.executable, "-c", _START], capture_output=True, text=True, check=True)
        took, size = map(float, done.stdout.split())
        times.append(took)
        sizes.append(size)
    return [
        spread("import, load and first answer", 7, times, "s"),
        spread("resident memory after it", 7, sizes, "MB"),
        Row("shipped gazetteer", "rallymap", 1, *[GAZETTEER_FILE.stat().st_size / 1e6] * 3, "MB"),
    ]


_WATCH = """
import resource, subprocess, sys, time
t = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.perf_counter() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def measure_table() -> list[Row]:
    """Run `rallymap geocode` over 100 000 rows with 5 000 distinct places."""
    gazetteer = load_gazetteer()
    cities = [row for row in range(len(gazetteer)) if gazetteer.kind(row) == 3 and gazetteer.population(row) > 500]
    step = len(cities) // 5000
    names = [f"{gazetteer.name(row)}, {country_name(gazetteer.country(row))}" for row in cities[::step][:5000]]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.csv", Path(folder) / "out.csv"
        with source.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("id", "place"))
            writer.writerows((number, names[number * 7919 % 5000]) for number in range(100_000))
        script = Path(sys.executable).with_name("rallymap")
        command = [str(script), "geocode", str(source), "-o", str(target), "--text-column", "place"]
        # A process's peak counts that of the one it was forked from, so a small one stands between.
        done = subprocess.run(
            [sys.executable, "-c", _WATCH, *command],
            env=os.environ | {"RALLYMAP_HOME": folder}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        took, peak = map(float, done.stdout.split())
        with target.open(encoding="utf-8", newline="") as file:
            outcomes = Counter(row["outcome"] for row in csv.DictReader(file))
    print(f"\ntable of 100 000 rows: {took:.1f} s, {peak:.0f} MB at most, {dict(outcomes)}")
    return [
        Row("table of 100 000 rows, 5 000 places", "rallymap", 1, took, took, took, "s"),
        Row("memory of that, at most", "rallymap", 1, *[peak] * 3, "MB"),
    ]


def spread(measure: str, n: int, values: list[float], unit: str) -> Row:
    return Row(measure, "rallymap", n, statistics.median(values), min(values), max(values), unit)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--only-rallymap", action="store_true", help="leave the rivals and their results out")
    options = parser.parse_args()
    cases = read_cases(options.cases)
    kinds = Counter(case.kind for case in cases)

    verdicts = judge_rallymap(default_resolver(), cases)
    accuracy = share_rows("rallymap", cases, [v.is_right for v in verdicts])
    accuracy += share_rows("rallymap, strict", cases, [v.is_strictly_right for v in verdicts])
    fair = judge_rallymap(Resolver(Gazetteer(without_cldr_cities=True)), cases)
    accuracy += share_rows("without CLDR cities", cases, [v.is_right for v in fair])
    rivals: dict[str, Callable[[], Callable[[str, str], Point | None]]] = {} if options.only_rallymap else RIVALS
    for name, make in rivals.items():
        find = make()
        accuracy += share_rows(name, cases, [case.is_right(find(case.text, case.country)) for case in cases])
    print_accuracy(accuracy, kinds)
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
        "rows": [row._asdict() for row in [*accuracy, *reliability, *rest]],
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
