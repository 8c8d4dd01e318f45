"""Time each view of Review at 5 000 pending events: ``python -m benchmarks.moderators --events 5000``.

As many further events have a message, an open place check, a report and a proposal, or await a follow-up. Each view is
rendered completely by Streamlit's ``AppTest``, five times; the fastest one counts, in wall time and in processor time,
with the number of SQL statements. The first row is the query for a moderator's top bar on every page.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.testing.v1 import AppTest

from benchmarks.statements import collect_statements
from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, EventStatus, Place, ReviewStatus
from rallymap.moderation import ReportKind
from rallymap.settings import Settings
from rallymap.store import Database, PlaceCheck
from rallymap.store.accounts import add_account
from rallymap.store.audit import AuditEntry, record
from rallymap.store.bulk import add_many
from rallymap.store.case_values import ORGANISER
from rallymap.store.messages import add_note
from rallymap.store.proposals import put_proposal
from rallymap.store.reports import add_report
from rallymap.store.sessions import open_session
from rallymap.workflows.services import running_services, start_services, stop_services
from rallymap.workflows.sessions import COOKIE
from rallymap.workflows.waiting import count_for_top_bar
from tests.workflows.moderated import ADA, HAMILTONS, OSLO, event

ROOT = Path(__file__).parents[1]
VIEWS = ("queue", "messages", "places", "reports", "changes", "follow-up", "figures", "log")
TIMES = 5


@dataclass(frozen=True, slots=True)
class Drawn:
    """Measurements of one view; times in milliseconds."""

    view: str
    statements: int
    clock_ms: float
    processor_ms: float


def fill(db: Database, many: int) -> None:
    """Add `many` events to each list of Review."""
    day = date(2020, 1, 1)

    def made(name: str, number: int, **changes: object) -> Event:
        when = EventDate(day + timedelta(days=number % 1800), precision=DatePrecision.DAY, zone="Europe/Oslo")
        return event(f"{name}-{number}", title=f"Vigil {number} of {name}", when=when, **changes)

    pending = [made("waits", number, review=ReviewStatus.PENDING) for number in range(many)]
    unsure = {"place": Place("Hamilton"), "location": None, "review": ReviewStatus.PUBLISHED}
    places = [made("place", number, **unsure) for number in range(many)]
    public = [made("public", number, review=ReviewStatus.PUBLISHED, location=OSLO) for number in range(many)]
    lately = EventDate((db.now() - timedelta(days=9)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo")
    over = [
        one.changed(when=lately, status=EventStatus.ANNOUNCED)
        for one in (made("over", number, review=ReviewStatus.PUBLISHED) for number in range(many))
    ]
    checks = {one.id: PlaceCheck("ambiguous", HAMILTONS) for one in places}
    add_many(db, [*pending, *places, *public, *over], actor="ada", place_checks=checks)
    with db.writing() as tx:
        for one in public:
            add_note(tx, one.id, ORGANISER, "It was in Bergen.", for_organiser=False)
            add_report(tx, one.id, ReportKind.OTHER, "It was in Bergen.", network="")
            put_proposal(tx, one, one.changed(title=f"{one.title}, better"))
            record(tx, AuditEntry("ada", "published"), one)
    db.refresh_statistics()


def draw(db: Database, view: str, *, times: int = TIMES, **address: str) -> Drawn:
    """Render one view and return its fastest run; the first run is not timed."""
    page = AppTest.from_file(ROOT / "tests" / "ui" / "review_app.py", default_timeout=120)
    for name, value in ({"view": view} | address).items():
        page.query_params[name] = value
    page.run()
    name = f"{view}, event open" if "event" in address else view
    drawn = _quickest(db, name, times, page.run)
    if page.exception:
        raise SystemExit(str(page.exception))
    return drawn


def count_top_bar(db: Database, *, times: int = TIMES) -> Drawn:
    """Count the pending events, as for the top bar of every page."""
    return _quickest(db, "top bar", times, lambda: count_for_top_bar(db, ADA))


def _quickest(db: Database, name: str, times: int, act: Callable[[], object]) -> Drawn:
    best_s, best_cpu_s, statements = float("inf"), float("inf"), 0
    for _ in range(times):
        with collect_statements() as found:
            began, began_cpu = time.perf_counter(), time.process_time()
            act()
            best_cpu_s = min(best_cpu_s, time.process_time() - began_cpu)
            best_s = min(best_s, time.perf_counter() - began)
        statements = len(found)
    return Drawn(name, statements, best_s * 1000, best_cpu_s * 1000)


@contextmanager
def review_of(many: int) -> Iterator[Database]:
    """Run the services over a new site with `many` events in each list, with a signed-in administrator."""
    home = Path(tempfile.mkdtemp(prefix="rallymap-moderators-"))
    shutil.copytree(ROOT / "data", home / "data")
    (home / "data" / "events.csv").write_text((ROOT / "data" / "events.csv").read_text("utf-8").splitlines()[0] + "\n")
    (home / "data" / "rallies.csv").unlink()
    environment = {"RALLYMAP_HOME": str(home), "RALLYMAP_DATA": str(home / "data")}
    start_services(Settings.from_env(environment))
    db = running_services().db
    try:
        db.write(add_account, ADA.name, "no hash, nobody signs in here", ADA.role)
        fill(db, many)
        running_services().keeper.current()
        token = db.write(open_session, ADA, lasts=timedelta(hours=1))
        sent, before = StreamlitHeaders([("Cookie", f"{COOKIE}={token}")]), ContextProxy.headers
        ContextProxy.headers = property(lambda _: sent)  # type: ignore[method-assign,assignment]
        yield db
        ContextProxy.headers = before  # type: ignore[method-assign]
    finally:
        stop_services()
        shutil.rmtree(home)


def measure(many: int, *, times: int = TIMES) -> list[Drawn]:
    """Render each view with `many` events in each list, and one with an event open."""
    with review_of(many) as db:
        drawn = [count_top_bar(db, times=times), *(draw(db, view, times=times) for view in VIEWS)]
        opened = (("queue", "waits-1"), ("reports", "public-1"))
        return [*drawn, *(draw(db, view, times=times, event=event_id) for view, event_id in opened)]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=5000)
    chosen = parser.parse_args()
    few, drawn = measure(60, times=1), measure(chosen.events)
    load = os.getloadavg()[0]
    sys.stdout.write(f"{chosen.events} events in each list; load {load:.1f}\n\n")
    sys.stdout.write("| View | statements | of 60 events | by the clock, ms | processor, ms |\n|---|--:|--:|--:|--:|\n")
    for one, small in zip(drawn, few, strict=True):
        times = f"{one.clock_ms:.0f} | {one.processor_ms:.0f}"
        sys.stdout.write(f"| {one.view} | {one.statements} | {small.statements} | {times} |\n")
    if any(one.statements != small.statements for one, small in zip(drawn, few, strict=True)):
        raise SystemExit("A view needs more statements for more events.")


if __name__ == "__main__":
    main()
