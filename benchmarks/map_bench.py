"""Speed of the map from a thousand to a million events, compared with four other ways to draw them.

    python -m benchmarks.map_bench [--events 1000 10000 ...] [--rounds 7] [--only own rivals load]

Everything runs in one Chromium, on this machine. Databases with synthetic events are created at first use, in
`var/bench-events`. Results are written to `benchmarks/results/map.json`, tables of them to `docs/measured.md`, and a
chart of the slider's time by number of events to `docs/map-growth.svg`. An omitted part keeps the rows of the last run.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.map_chart import growth_chart
from benchmarks.map_load import measure_routes, measure_sessions
from benchmarks.map_own import Measures, measure_apply, measure_first_visit, measure_interaction
from benchmarks.map_report import write_report
from benchmarks.map_site import running_site
from tools.get_browser import FLAGS, get_browser

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "map.json"
CHART = ROOT / "docs" / "map-growth.svg"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
LOAD_SIZE = 100_000
RIVAL_ROUNDS = 3
PARTS = ("own", "load", "rivals")
Row = dict[str, object]


def main() -> None:
    """Measure, print a table, and write it to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    given = parser.parse_args()
    record = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {"parts": {}}
    record |= {"command": "python -m benchmarks.map_bench", "cores": os.cpu_count()}
    measure = {
        "own": lambda: _own_rows(given.events, given.rounds),
        "load": _load_rows,
        "rivals": lambda: _rival_rows(given.events, min(given.rounds, RIVAL_ROUNDS)),
    }
    for part in given.only:
        # Figures from a busy machine are unreliable; the load makes this visible.
        load_before, begun = round(os.getloadavg()[0], 2), time.monotonic()
        rows = list(measure[part]())
        record["parts"][part] = {
            "rounds": given.rounds,
            "load_before": load_before,
            "seconds": round(time.monotonic() - begun),
            "measured_at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        }
        record["rows"] = [row for row in record.get("rows", ()) if row["part"] != part] + [
            {"part": part, **row} for row in rows
        ]
        RESULTS.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
        CHART.write_text(growth_chart(record["rows"]), "utf-8")
        write_report(record)


def launch() -> Iterator[Browser]:
    """Yield a fresh browser, so that no rival affects another."""
    with sync_playwright() as playwright:
        # Without a graphics card, deck.gl needs software rendering.
        flags = [*FLAGS, "--enable-unsafe-swiftshader"]
        browser = playwright.chromium.launch(executable_path=get_browser(), args=flags)
        yield browser
        browser.close()


def _own_rows(sizes: list[int], rounds: int) -> Iterator[Row]:
    for count in sizes:
        for browser in launch():
            with running_site(count) as site:
                yield from rows_of("rallymap", count, measure_first_visit(browser, site, rounds))
                yield from rows_of("rallymap", count, measure_interaction(browser, site, rounds))
                yield from rows_of("rallymap", count, {"resident_mb": ([site.memory_mb()], "MB")})
        yield from rows_of("rallymap", count, measure_apply(count, rounds))


def _load_rows() -> Iterator[Row]:
    with running_site(LOAD_SIZE) as site:
        yield from rows_of("rallymap", LOAD_SIZE, measure_routes(site))
        yield from rows_of("rallymap", LOAD_SIZE, measure_sessions(site))


def _rival_rows(sizes: list[int], rounds: int) -> Iterator[Row]:
    from benchmarks.rivals.in_browser import RIVALS, measure_rival  # its packages are not among ours

    for count in sizes:
        for rival in RIVALS:
            for browser in launch():
                found, trouble = measure_rival(browser, rival, count, rounds)
            for measure, times in found.items():
                if times:
                    yield from rows_of(rival.name, count, {measure: (times, "ms")})
                else:
                    yield _row_without(rival.name, count, measure, trouble)


def rows_of(rival: str, count: int, measures: Measures) -> Iterator[Row]:
    """Yield lines of the results: median, with 5th and 95th percentile for many values, else the extremes."""
    for measure, (values, unit) in measures.items():
        if not values:
            continue
        many = len(values) >= 20
        spread = statistics.quantiles(values, n=20) if many else [min(values), max(values)]
        row = {
            "measure": measure,
            "rival": rival,
            "n": count,
            "median": round(statistics.median(values), 1),
            "low": round(spread[0], 1),
            "high": round(spread[-1], 1),
            "unit": unit,
        }
        print(
            "{rival:<18} {n:>9,} {measure:<34} {median:>11,} {unit:<9} ({low:,} to {high:,})".format(**row), flush=True
        )
        yield row


def _row_without(rival: str, count: int, measure: str, note: str) -> Row:
    print(f"{rival:<18} {count:>9,} {measure:<34} {note}", flush=True)
    return {
        "measure": measure,
        "rival": rival,
        "n": count,
        "median": None,
        "low": None,
        "high": None,
        "unit": "ms",
        "note": note,
    }


if __name__ == "__main__":
    main()
