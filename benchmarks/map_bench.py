"""How fast the map is, from a thousand to a million events, beside four other ways to draw them.

    python -m benchmarks.map_bench [--events 1000 10000 ...] [--rounds 9] [--only own rivals load]

Everything runs in one Chromium, on this machine. Databases with synthetic events are made at first use, in var/bench-events.
Results go to `benchmarks/results/map.json`, a chart of how figures grow to `benchmarks/results/map.svg`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.map_chart import growth_chart
from benchmarks.map_load import measure_routes, measure_sessions
from benchmarks.map_own import Measures, measure_apply, measure_first_visit, measure_interaction
from benchmarks.map_site import running_site
from tools.get_browser import FLAGS, get_browser

RESULTS = Path(__file__).parent / "results"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
LOAD_SIZE = 100_000
Row = dict[str, object]


def rows_of(rival: str, count: int, measures: Measures) -> list[Row]:
    """Return lines of the results: median, 5th and 95th percentile where there are many values, else the extremes."""
    rows: list[Row] = []
    for measure, (values, unit) in measures.items():
        spread = statistics.quantiles(values, n=20) if len(values) >= 20 else [min(values), max(values)]
        rows.append(
            {
                "measure": measure,
                "rival": rival,
                "n": count,
                "median": round(statistics.median(values), 1),
                "low": round(spread[0], 1),
                "high": round(spread[-1], 1),
                "unit": unit,
            }
        )
        print("{rival:<18} {n:>9,} {measure:<28} {median:>10,} {unit:<9} ({low:,} to {high:,})".format(**rows[-1]))
    return rows


def main() -> None:
    """Measure, print a table, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", nargs="+", choices=("own", "load", "rivals"), default=["own", "load", "rivals"])
    given = parser.parse_args()
    load_before = os.getloadavg()[0]
    rows: list[Row] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=get_browser(), args=list(FLAGS))
        for count in given.events if "own" in given.only else ():
            with running_site(count) as site:
                rows += rows_of("rallymap", count, measure_first_visit(browser, site, given.rounds))
                rows += rows_of("rallymap", count, measure_interaction(browser, site, given.rounds))
                rows += rows_of("rallymap", count, {"server_memory_mb": ([site.memory_mb()], "MB")})
            rows += rows_of("rallymap", count, measure_apply(count, given.rounds))
        if "rivals" in given.only:
            from benchmarks.map_rivals import measure_rivals  # its packages are not among ours

            for count in given.events:
                for rival, measures in measure_rivals(browser, count, given.rounds):
                    rows += rows_of(rival, count, measures)
        browser.close()
    if "load" in given.only:
        with running_site(LOAD_SIZE) as site:
            rows += rows_of("rallymap", LOAD_SIZE, measure_routes(site))
            rows += rows_of("rallymap", LOAD_SIZE, measure_sessions(site))
    record = {
        "command": f"python -m benchmarks.map_bench --rounds {given.rounds}",
        "cores": os.cpu_count(),
        "load_before": round(load_before, 2),
        "rows": rows,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "map.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    (RESULTS / "map.svg").write_text(growth_chart(rows), "utf-8")


if __name__ == "__main__":
    main()
