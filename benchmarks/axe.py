"""Check every page with axe-core in every language and both themes; prints the table of docs/accessibility.md.

`python -m benchmarks.axe` serves the bundled events, creates an account, and opens each page once per language: axe
checks it in light and in dark, and the map's iframe as a page of its own. `--languages fa de` and `--pages / /add`
limit the run. A full run takes about an hour on 2 cores.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from benchmarks.map_site import FRAME, WINDOW, serve
from rallymap.dates import EventDate
from rallymap.events import Event, Kind, Place
from rallymap.language.languages import languages
from rallymap.moderation import VISITOR, Account, Decision, ReportKind, Role
from rallymap.passwords import hash_password
from rallymap.store import Database, PlaceCheck
from rallymap.store.accounts import add_account
from rallymap.store.edit_links import read_own_event
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import answer_moderators, store_own
from rallymap.workflows.reports import report_event
from rallymap.workflows.submissions import send_events
from tools.get_browser import FLAGS, get_browser

NAME, PASSWORD = "axe", "correct horse battery"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
}
"""WCAG 2.2, A and AA; the rule about target sizes is off unless named."""
EVENT, WAITING = "paris-2018-06", "hamilton-waiting"
CHANGED, DAMAGED = "oslo-changed", "oslo-damaged"
HAMILTON = {
    "label": "Hamilton, Ontario, Canada", "name": "Hamilton", "admin1": "Ontario", "country": "CA",
    "lat": 43.25, "lon": -79.85, "precision": "city", "radius_m": 12000, "confidence": 0.6,
}  # fmt: skip
PAGES = (
    "/", f"/?event={EVENT}", "/?layer=countries", "/trends", "/compare", "/compare?by=period", "/quality", "/add",
    "/about", "/review", f"/review?event={WAITING}", f"/review?view=messages&event={WAITING}",
    f"/review?view=places&event={WAITING}", f"/review?view=reports&event={EVENT}", "/review?view=changes",
    f"/review?view=changes&event={CHANGED}", f"/review?event={DAMAGED}",
    "/review?view=follow-up", "/review?view=coverage", "/review?view=figures", "/review?view=accounts",
    "/review?view=log", "/import", "/mine", "/events", f"/events/{EVENT}", "/sign-in", "/embed", "/nowhere",
)  # fmt: skip
WITH_ACCOUNT = ("/review", "/import", "/mine")
"""Pages that are checked while signed in, whatever their query."""
THEMES = ("light", "dark")
SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return !app || (app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-testid=stAppSkeleton], [data-testid=stSkeleton], [data-stale=true]'));
}"""
PATIENCE_MS = 90_000
NOT_CHECKED = "not checked"
"""Stands for the rule where a page did not load in time, so that a busy machine does not end the run."""


@dataclass(frozen=True)
class Violation:
    """A violation of a rule: the rule, the page, and the first element concerned."""

    page: str
    language: str
    theme: str
    rule: str
    element: str


def look(page: Page, url: str, path: str, language: str) -> Iterator[Violation]:
    """Open a page in a language and return the violations in it and its iframes, in light and in dark."""
    page.emulate_media(color_scheme="light")
    page.goto(f"{url}{path}{'&' if '?' in path else '?'}lang={language}", timeout=PATIENCE_MS)
    page.wait_for_function(SETTLED, timeout=PATIENCE_MS)
    if path.startswith("/?") or path == "/":
        page.locator(FRAME).wait_for(state="attached", timeout=PATIENCE_MS)
    axe = Axe()
    for theme in THEMES:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        page.wait_for_timeout(300)  # wait for the colour transition
        parts: list[Page | Frame] = [page, *(frame for frame in page.frames if "/frame/" in frame.url)]
        for part in parts:
            for found in axe.run(part, options=RULES).response["violations"]:
                for node in found["nodes"]:
                    yield Violation(path, language, theme, found["id"], str(node["target"]))


def sign_in(page: Page, url: str) -> None:
    """Sign in with the account created by :func:`main`."""
    page.goto(f"{url}/sign-in?lang=en")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "sign-in" not in address)


def fill(db: Database) -> None:
    """Add an account and entries for Review: events with a message, a report, a proposed change, and one damaged."""
    db.write(add_account, NAME, hash_password(PASSWORD), Role.ADMINISTRATOR)
    waiting = Event(WAITING, "Vigil in Hamilton", Kind.VIGIL, EventDate.month(2020, 2), place=Place("Hamilton"))
    check = PlaceCheck("ambiguous", (HAMILTON,))
    [receipt] = send_events(db, [waiting], idempotency_key="axe-waiting-event", place_checks={WAITING: check})
    answer_moderators(db, receipt.edit_token, "Hamilton in Canada.", idempotency_key="axe-waiting-words")
    words = "It was in Lyon."
    report_event(
        db, EVENT, ReportKind.WRONG_PLACE, words,
        idempotency_key="axe-report-of-paris", account=VISITOR, address="", now=db.now(),
    )  # fmt: skip
    account = Account(NAME, Role.ADMINISTRATOR)
    for event_id in (CHANGED, DAMAGED):
        sent = Event(event_id, "Vigil in Oslo", Kind.VIGIL, EventDate.month(2020, 2), place=Place("Oslo"))
        [receipt] = send_events(db, [sent], idempotency_key=f"axe-event-{event_id}")
        key = f"axe-{event_id}-public"
        decide(db, event_id, Decision.PUBLISH, account=account, expected_revision=1, idempotency_key=key)
        change = db.read(read_own_event, receipt.edit_token).event.changed(title="Vigil", about="For the teachers.")
        store_own(db, receipt.edit_token, change, expected_revision=2, idempotency_key=f"axe-change-of-{event_id}")
    with db.writing() as tx:
        spoil = "UPDATE revisions SET document = '{' WHERE event_id = ? AND revision = 2"
        tx.conn.exec_driver_sql(spoil, (DAMAGED,))


def look_at_all(browser: Browser, url: str, languages: list[str], pages: list[str]) -> list[Violation]:
    """Return the violations on the pages in the languages; print a line per language."""
    found: list[Violation] = []
    for language in languages:
        for signed_in in (False, True):
            # The pages' policies block other scripts, including axe.
            context = browser.new_context(viewport=WINDOW, bypass_csp=True)
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            if signed_in:
                sign_in(page, url)
            for path in pages:
                if (path.partition("?")[0] in WITH_ACCOUNT) != signed_in:
                    continue
                try:
                    found += list(look(page, url, path, language))
                except PlaywrightTimeoutError:
                    found += [Violation(path, language, theme, NOT_CHECKED, "") for theme in THEMES]
            context.close()
        print(language, *Counter(v for v in found if v.language == language).items(), sep="\n   ", flush=True)
    return found


def table(found: list[Violation], languages: list[str], pages: list[str]) -> str:
    """Return the table in Markdown: violations per page, light / dark, in each language."""
    counts: dict[tuple[str, str, str], int | str] = {}
    counts |= Counter((one.page, one.language, one.theme) for one in found)
    counts |= {(one.page, one.language, one.theme): NOT_CHECKED for one in found if one.rule == NOT_CHECKED}
    lines = ["| Page | " + " | ".join(languages) + " |", "|---" * (len(languages) + 1) + "|"]
    for path in pages:
        cells = (" / ".join(str(counts.get((path, language, theme), 0)) for theme in THEMES) for language in languages)
        lines.append(f"| `{path}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Check all pages and print the table."""
    codes = [language.code for language in languages()]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--languages", nargs="*", default=codes, choices=codes)
    parser.add_argument("--pages", nargs="*", default=list(PAGES))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, serve(Path(home)) as site, sync_playwright() as playwright:
        db = Database.open(f"sqlite:///{home}/rallymap.db")
        fill(db)
        db.close()
        browser = playwright.chromium.launch(executable_path=get_browser(for_tests=True), args=list(FLAGS))
        found = look_at_all(browser, site.url, chosen.languages, chosen.pages)
        browser.close()
    print(table(found, chosen.languages, chosen.pages))


if __name__ == "__main__":
    main()
