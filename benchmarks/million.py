"""Time every public route, filter and page at a million events: ``python -m benchmarks.million [--events N]``.

The database has every field filled (`benchmarks/million_data.py`). Each row is one request: the first column of times
is processor time right after the data changed, with empty caches; the second that of an equal request to a server that
caches no answer. The last column counts SQL statements. `--only TEXT` times the rows whose name contains the text;
`--plans` also prints each statement that scans a whole table.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import importlib
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from benchmarks.export_speed import memory_mb
from benchmarks.million_data import full_home
from benchmarks.statements import collect_statements
from rallymap.exports.csv_file import write_csv
from rallymap.exports.provenance import Provenance
from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot, count_facets
from rallymap.settings import Settings
from rallymap.web.api_routes import api_routes
from rallymap.web.campaign_pages import campaign_page_routes
from rallymap.web.comparison_routes import comparison_routes
from rallymap.web.deleted_routes import deleted_routes
from rallymap.web.embed_routes import embed_routes
from rallymap.web.event_indexes import event_index_routes
from rallymap.web.event_pages import event_page_routes
from rallymap.web.export_routes import export_routes
from rallymap.web.feed_routes import feed_routes
from rallymap.web.first_view import FirstView
from rallymap.web.map_routes import map_routes
from rallymap.web.preview_routes import preview_routes
from rallymap.web.stats_routes import stats_routes
from rallymap.workflows.exports import export_cells
from rallymap.workflows.services import Services, start_services, stop_services

ROOT = Path(__file__).parents[1]
REQUESTS = 100
AN_EVENT = "copy7-synthetic-0000105"
FILTERS = {
    "period": "from=2012-01-01&to=2012-12-31",
    "kind": "kind=march",
    "country": "country=DE",
    "city": "city=Berlin, DE",
    "community": "community=Tibet",
    "organiser": "organiser=Committee 1",
    "topic": "topic=topic 7",
    "publisher": "publisher=Paper 1",
    "status": "status=announced",
    "attendance_mode": "attendance_mode=online",
    "date_precision": "date_precision=month",
    "place_precision": "place_precision=unknown",
    "campaign": "campaign=campaign-1",
    "crowd_by": "crowd_by=police",
    "crowd": "crowd=known",
    "crowd_min": "crowd_min=500&crowd_max=5000",
    "has_source": "has_source=no",
    "near": "near=51.5,-0.12&radius_km=300",
    "bbox": "bbox=-10,35,30,60",
    "area": "area=-5,40;10,40;15,50;5,55;-8,48",
    "undated": "undated=0",
    "q rare": "q=77",
    "q many": "q=march",
    "q all": "q=number",
    "q Persian": "q=زندگی",
    "q city in another language": "q=Londres",
}
FIGURES = (
    "time", "time&unit=month&split=community", "time&unit=year&split=city", "time&unit=year&split=organiser",
    "time&unit=day&from=2012-01-01&to=2012-12-31", "community", "country", "city", "organiser", "kind", "status",
    "topic", "publisher", "weekday", "crowd", "claims", "flow", "missed", "quality", "coverage", "looked",
)  # fmt: skip
ROUTES = {
    "/api/v1/events": "/api/v1/events",
    "/api/v1/events, a page of 500": "/api/v1/events?limit=500",
    "/api/v1/events, GeoJSON": "/api/v1/events?format=geojson",
    "/api/v1/events, updated since the latest": "/api/v1/events?updated_since={version}",
    "/api/v1/events, updated since the first": "/api/v1/events?updated_since=1",
    "/api/v1/events/ID": f"/api/v1/events/{AN_EVENT}",
    "/api/v1/deleted": "/api/v1/deleted",
    "/feeds/events.ics": "/feeds/events.ics",
    "/feeds/events.ics of a country": "/feeds/events.ics?country=DE",
    "/feeds/events.atom": "/feeds/events.atom",
    "/feeds/events.atom of a country": "/feeds/events.atom?country=NO",
    "/feeds/events.atom of no event": "/feeds/events.atom?organiser=Nobody",
    "/events/ID": f"/events/{AN_EVENT}",
    "/events/ID in the largest city": "/events/{london}",
    "/events/ID of nothing": "/events/nothing-at-all",
    "/events/ID.ics": f"/events/{AN_EVENT}.ics",
    "/events/ID/preview.png": f"/events/{AN_EVENT}/preview.png",
    "/campaigns/ID": "/campaigns/campaign-1",
    "/events": "/events",
    "/events/country/US": "/events/country/US",
    "/events/country/US, its last page": "/events/country/US?page={last}",
    "/events/community/Iran": "/events/community/Iran",
    "/events/year/2012": "/events/year/2012",
    "/sitemap.xml": "/sitemap.xml",
    "/sitemap.xml, first part": "/sitemap.xml?page=1",
    "/sitemap.xml, a later part": "/sitemap.xml?page=9",
    "/embed": "/embed?country=DE",
    "/oembed": f"/oembed?url=http%3A%2F%2Flocalhost%2Fevents%2F{AN_EVENT}",
    "/map/cube": "/map/cube?z=5&x0=0&y0=0&x1=32&y1=32&bins=250",
    "/map/cube by country, of a kind": "/map/cube?by=country&bins=250&kind=march",
    "/map/period": "/map/period?z=5&x0=0&y0=0&x1=32&y1=32&from=2012-01-01&to=2012-12-31",
    "/map/events": f"/map/events?ids={AN_EVENT}",
    "first view of Explore": "first view",
    **{f"/api/v1/stats?by={name}": f"/api/v1/stats?by={name}" for name in FIGURES},
    "/api/v1/compare, communities": "/api/v1/compare?by=community&left=Iran&right=Ukraine",
    "/api/v1/compare, countries": "/api/v1/compare?by=country&left=DE&right=US",
    "/api/v1/compare, cities": "/api/v1/compare?by=city&left=Berlin, DE&right=London, GB",
    "/api/v1/compare, periods": (
        "/api/v1/compare?by=period&left=2011-01-01/2011-12-31&right=2012-01-01/2012-12-31"
    ),
    **{f"filter {name}": f"/api/v1/events?limit=20&{query}" for name, query in FILTERS.items()},
    "CSV of a country": "/export/events.csv?country=NO",
}  # fmt: skip
PAGES = {
    "Explore": ("explore_app.py", ""),
    "Explore, Germany": ("explore_app.py", "country=DE"),
    "Explore, a word": ("explore_app.py", "q=march"),
    "Trends": ("trends_app.py", ""),
    "Trends, Germany": ("trends_app.py", "country=DE"),
    "Trends, few events": ("trends_app.py", "organiser=Committee 700"),
    "Compare": ("compare_app.py", ""),
    "Data quality": ("quality_app.py", ""),
}


class Renewed:
    """Keeps a snapshot whose caches are emptied at each renewal."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def renew(self) -> None:
        """Drop everything that was computed from the columns."""
        self._snapshot = dataclasses.replace(self._snapshot)

    def current(self) -> Snapshot:
        """Return the snapshot."""
        return self._snapshot


@dataclasses.dataclass
class Site:
    """The routes without a session, over services whose snapshot can be renewed."""

    services: Services
    kept: Renewed

    def app(self) -> Starlette:
        """Return the routes with empty caches."""
        services, settings = lambda: self.services, self.services.settings
        return Starlette(
            routes=[
                *map_routes(services),
                *stats_routes(services),
                *comparison_routes(services),
                *api_routes(services),
                *deleted_routes(services),
                *export_routes(services, settings),
                *feed_routes(services),
                *embed_routes(services, settings),
                *preview_routes(services, settings),
                *event_index_routes(services, settings),
                *event_page_routes(services, settings),
                *campaign_page_routes(services, settings),
            ]
        )

    def ask(self, target: str) -> Callable[[], int]:
        """Return a function that sends one request to routes with empty caches, and returns the status."""
        if target == "first view":
            request: Any = SimpleNamespace(url=httpx.URL("http://localhost/"))
            request.url = SimpleNamespace(query="")
            first = FirstView(lambda: self.services, "site")
            return lambda: 200 if first(request) else 0
        app = self.app()
        return lambda: asyncio.run(_status(app, target))


async def _status(app: Starlette, target: str) -> int:
    # One thread serves all requests, because a thread's first request opens a database connection.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        answer = await client.get(target)
    return answer.status_code


def whole_tables(services: Services, statements: Sequence[tuple[str, Any]]) -> list[str]:
    """Return the plan steps that scan a whole table of events, with the start of their statement."""
    found = []
    with services.db.reading() as tx:
        for statement, parameters in {one[0]: one for one in statements}.values():
            if not statement.startswith("SELECT"):
                continue
            plan = tx.conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            steps = [row[3] for row in plan if row[3].startswith("SCAN") or "TEMP B-TREE" in row[3]]
            found += [f"{step}: {' '.join(statement.split())[:160]}" for step in steps]
    return found


def timed_ms(ask: Callable[[], int]) -> tuple[float, int]:
    """Return the processor time of a call in all threads, in ms, and its result."""
    begun = time.process_time()
    answer = ask()
    return (time.process_time() - begun) * 1000, answer


def measure_routes(site: Site, only: str, *, plans: bool) -> None:
    """Print a row for each route."""
    snapshot = site.kept.current()
    london = snapshot.select(EventFilter(cities=("London, GB",))).whole_days(1)
    last = -(-count_facets(snapshot, EventFilter())["countries"].get("US", 1) // 100)
    names = {"version": snapshot.version, "london": london[0] if london else AN_EVENT, "last": str(last)}
    site.ask("/api/v1/events/none")()  # modules, threads and connections of the first request of a process
    print("| Request | first, ms | again, ms | statements |\n|---|--:|--:|--:|")
    for name, target in ROUTES.items():
        if only not in name:
            continue
        path = target
        for key, value in names.items():
            path = path.replace(f"{{{key}}}", value)
        site.kept.renew()
        with collect_statements() as statements:
            first, status = timed_ms(site.ask(path))
        again = sorted(timed_ms(site.ask(path))[0] for _ in range(3))[1]
        problem = "" if status in (200, 404) else f" answered {status}"
        print(f"| {name}{problem} | {first:.0f} | {again:.0f} | {len(statements)} |", flush=True)
        if plans:
            for step in whole_tables(site.services, statements):
                print(f"    {step}", flush=True)


def measure_facets(site: Site, only: str) -> None:
    """Print how long each filter takes to all its counts, with empty caches."""
    if only not in "filter to counts":
        return
    print("\n| Filter to counts | ms |\n|---|--:|")
    for name, query in {"none": "", **FILTERS}.items():
        parameters = httpx.QueryParams(query)
        wanted, _ = EventFilter.from_query_params({key: parameters.get_list(key) for key in parameters})

        def count(wanted: EventFilter = wanted) -> int:
            site.kept.renew()
            fresh = site.kept.current()
            count_facets(fresh, wanted)
            return fresh.select(wanted).total

        print(f"| {name} | {sorted(timed_ms(count)[0] for _ in range(3))[1]:.0f} |", flush=True)


def measure_pages(only: str) -> None:
    """Print how long each page takes: its first run in a session, and a second one without a change."""
    for module in ("compare", "explore", "quality", "trends"):  # the server imports them when it starts
        importlib.import_module(f"rallymap.ui.{module}")
    print("\n| Page | first, ms | again, ms | statements |\n|---|--:|--:|--:|")
    for name, (script, query) in PAGES.items():
        if only not in name:
            continue
        page = AppTest.from_file(str(ROOT / "tests" / "ui" / script), default_timeout=600)
        for key, value in httpx.QueryParams(query).multi_items():
            page.query_params[key] = value

        def run(page: AppTest = page) -> int:
            return len(page.run().exception)

        with collect_statements() as statements:
            first, _ = timed_ms(run)
        again, problems = timed_ms(run)
        print(f"| {name}{' fails' if problems else ''} | {first:.0f} | {again:.0f} | {len(statements)} |", flush=True)


def measure_readers(site: Site, only: str) -> None:
    """Print processor time per request for readers with distinct requests, on a warm server."""
    if only not in "readers":
        return
    draw = random.Random(4)
    snapshot = site.kept.current()
    asked: dict[str, list[str]] = {
        "event pages": [f"/events/{event_id}" for event_id in snapshot.ids_of(_some(draw, len(snapshot)))],
        "API pages": [f"/api/v1/events?{_some_filter(draw)}" for _ in range(REQUESTS)],
        "counts": [f"/api/v1/stats?by={draw.choice(FIGURES[5:])}&{_some_filter(draw)}" for _ in range(REQUESTS)],
        "Atom feeds": [f"/feeds/events.atom?{_some_filter(draw)}" for _ in range(REQUESTS)],
        "calendars": [f"/feeds/events.ics?{_some_filter(draw)}" for _ in range(REQUESTS // 10)],
    }
    print(f"\n| Readers, {REQUESTS} requests each | median, ms | 95th percentile, ms |\n|---|--:|--:|")
    for name, targets in asked.items():
        times = sorted(timed_ms(site.ask(target))[0] for target in targets)
        print(f"| {name} | {times[len(times) // 2]:.0f} | {times[len(times) * 95 // 100]:.0f} |", flush=True)


def _some(draw: random.Random, count: int) -> list[int]:
    return [draw.randrange(count) for _ in range(REQUESTS)]


def _some_filter(draw: random.Random) -> str:
    parts = draw.sample(list(FILTERS), 1 + draw.randrange(2))
    return "&".join(FILTERS[part] for part in parts)


def measure_export(site: Site, only: str) -> None:
    """Print the speed of writing all events as CSV, and the additional memory."""
    if only not in "CSV of all":
        return
    snapshot, now = site.kept.current(), site.services.now()
    before, begun, size = memory_mb(), time.process_time(), 0
    for piece in write_csv(export_cells(site.services.db, snapshot, Listing(), now), Provenance(now.date())):
        size += len(piece)
    seconds = time.process_time() - begun
    print(
        f"\nCSV of {len(snapshot):,} events: {len(snapshot) / seconds:,.0f} in a second of processor time, "
        f"{size / 1e6:,.0f} MB; memory {before:.0f} MB before, {memory_mb():.0f} MB at most",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--plans", action="store_true")
    options = parser.parse_args()
    home = full_home(options.events)
    os.environ["RALLYMAP_HOME"] = str(home)
    begun = time.process_time()
    services = start_services(Settings.from_env({"RALLYMAP_HOME": str(home)}))
    print(f"opened in {time.process_time() - begun:.1f} s of processor time", file=sys.stderr)
    kept = Renewed(services.keeper.current())
    site = Site(dataclasses.replace(services, keeper=kept), kept)  # type: ignore[arg-type]
    measure_routes(site, options.only, plans=options.plans)
    measure_facets(site, options.only)
    measure_readers(site, options.only)
    measure_pages(options.only)
    measure_export(site, options.only)
    stop_services()


if __name__ == "__main__":
    main()
