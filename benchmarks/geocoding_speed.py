"""Speed of geocoding, and the startup cost of the gazetteer."""

from __future__ import annotations

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from rallymap.countries import country_name
from rallymap.places import default_resolver
from rallymap.places.gazetteer import GAZETTEER_FILE, load_gazetteer


class Row(NamedTuple):
    measure: str
    rival: str
    n: int
    median: float
    low: float
    high: float
    unit: str


def _once(measure: str, value: float, unit: str) -> Row:
    """Return the row of a single measurement."""
    return Row(measure, "rallymap", 1, value, value, value, unit)


class Named(Protocol):
    """A case: a text, and a known country or ""."""

    @property
    def text(self) -> str: ...

    @property
    def country(self) -> str: ...


def spread(measure: str, n: int, values: list[float], unit: str) -> Row:
    return Row(measure, "rallymap", n, statistics.median(values), min(values), max(values), unit)


def measure_speed(cases: Sequence[Named]) -> list[Row]:
    """Time new and repeated names in this process; a new resolver has an empty cache."""
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
    """Time import, load and first answer in new processes, and measure resident memory (Linux).

    Python writes its byte code before the first measured process, as `pip install` does.
    """
    times, sizes = [], []
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", _START]
    subprocess.run(command, env=environment, capture_output=True, check=True)
    for _ in range(7):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        took, size = map(float, done.stdout.split())
        times.append(took)
        sizes.append(size)
    return [
        spread("import, load and first answer", 7, times, "s"),
        spread("resident memory after it", 7, sizes, "MB"),
        _once("shipped gazetteer", GAZETTEER_FILE.stat().st_size / 1e6, "MB"),
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
        # A process inherits the peak memory of the one it was forked from, so fork from a small one.
        done = subprocess.run(
            [sys.executable, "-c", _WATCH, *command],
            env=os.environ | {"RALLYMAP_HOME": folder}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        took, peak = map(float, done.stdout.split())
        with target.open(encoding="utf-8", newline="") as file:
            outcomes = Counter(row["outcome"] for row in csv.DictReader(file))
    print(f"\ntable of 100 000 rows: {took:.1f} s, {peak:.0f} MB at most, {dict(outcomes)}")
    return [
        _once("table of 100 000 rows, 5 000 places", took, "s"),
        _once("memory of that, at most", peak, "MB"),
    ]
