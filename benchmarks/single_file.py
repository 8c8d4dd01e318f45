"""Measure the map in one file: ``python -m benchmarks.single_file [--events 10000] [-o FILE]``.

The events are those of the million benchmark (:func:`benchmarks.million_data.full_events`): 40 words of real text each,
sources, crowd sizes, organisers, claims, translations. The file is written twice, which must produce the same bytes,
and opened in Chromium from disk without a network; the counts of some filters are compared with those of the server's
snapshot. axe checks the list and an open event. FILE can be opened in another browser.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.million_data import full_events
from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.bulk import add_many, mark_seeded
from rallymap.workflows.data_frames import snapshot_of
from rallymap.workflows.exports import describe_export
from rallymap.workflows.single_file import export_single_file
from tools.get_browser import FLAGS, get_browser

READY_MS = 120_000


def write(db: Database, snapshot: Snapshot, settings: Settings) -> tuple[bytes, float]:
    """Return the file and its processor time in seconds."""
    begun, now = time.process_time(), db.now()
    provenance = describe_export(settings, "https://rallies.example/", snapshot, Listing(), now)
    made = b"".join(export_single_file(db, snapshot, Listing(), now, provenance, ()))
    return made, time.process_time() - begun


def compare_counts(page: Page, snapshot: Snapshot) -> int:
    """Choose countries, communities and kinds one by one; return how many counts match the server's."""
    said = page.locator("#side .count")

    def expect_count(event_filter: EventFilter) -> None:
        found = snapshot.select(event_filter)
        for where, count in ((said, found.total), (page.locator(".rm-count"), found.on_map)):
            expect(where).to_have_text(f"{count:,} event" + ("s" if count != 1 else ""), timeout=READY_MS)

    expect_count(EventFilter())
    compared = 1
    for label, field, values in (
        ("Country", "countries", snapshot.countries[:10]),
        ("Community", "communities", snapshot.communities),
        ("Kind", "kinds", ("rally", "march", "vigil")),
    ):
        for value in values:
            page.get_by_label(label).select_option(value)
            expect_count(EventFilter(**{field: (value,)}))  # type: ignore[arg-type]
            compared += 1
        page.get_by_role("button", name="Clear all").click()
    return compared


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("-o", "--output", type=Path, help="keep the file here")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_env({"RALLYMAP_HOME": folder})
        db = Database.open(settings.database_url)
        db.write(mark_seeded)
        # Every fortieth event is pending and others are rejected: add enough to compensate.
        add_many(db, full_events(round(chosen.events * 40 / 39)), actor="benchmark")
        snapshot = snapshot_of(db)
        made, seconds = write(db, snapshot, settings)
        same = made == write(db, snapshot, settings)[0]
        path = (chosen.output or Path(folder) / "map.html").resolve()
        path.write_bytes(made)
        print(f"{len(snapshot):,} events: {len(made) / 1e6:.2f} MB, {seconds:.1f} s of processor time to write")
        print(f"written again: {'the same bytes' if same else 'OTHER BYTES'}")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=get_browser(for_tests=True), args=list(FLAGS))
            context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True, bypass_csp=True)
            page = context.new_page()
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
            begun = time.perf_counter()
            page.goto(path.as_uri())
            page.wait_for_selector("html[data-ready]", timeout=READY_MS)
            print(f"ready in Chromium after {time.perf_counter() - begun:.1f} s; requests: {len(asked)}")
            print(f"{compare_counts(page, snapshot)} counts, all as the server's")
            found = len(Axe().run(page).response["violations"])
            page.locator("#side .rm-rows button").first.click()
            found += len(Axe().run(page).response["violations"])
            print(f"axe: {found} violations")
            browser.close()
        db.close()
        sys.exit(not same or found > 0 or bool(asked))


if __name__ == "__main__":
    main()
