"""Kill and restart the server while people fill in forms in a browser.

Each session is a separate window in Chromium: it goes through the six steps of the form key by key, sends it, and reads
the receipt, while ``rallymap serve`` is killed (``SIGKILL``) or restarted (``SIGTERM``) repeatedly at random moments:
``python -m benchmarks.form_kills --sessions 50``. A session behaves like a person: it waits while the page is greyed
out, clicks a button again if nothing happened, and sometimes reloads the page after the server stopped. A step is
complete once the page shows the next one. At the end the stored events are compared with what was typed. Faults are:

- lost: the event lacks a text of a completed step, or an event with a shown receipt does not exist;
- doubled: a form with more than one event;
- jumped: a page that shows an earlier step than the one that was reached;
- stuck: a session that could not send its form.

Not a fault, but counted as "emptied": a text in an incomplete step that disappeared from the page.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from playwright.async_api import Browser, Page, WebSocket, async_playwright
from playwright.async_api import Error as BrowserError

from benchmarks.map_site import free_port, wait_for
from rallymap.events import Event
from rallymap.store import Database
from rallymap.store.review_queue import list_queue
from tools.get_browser import FLAGS, get_browser

MAX_CONCURRENT = 5
"""Windows at the same time; fewer on a busy machine, where a page takes longer than the server runs."""
FAULTS = ("lost", "doubled", "jumped", "stuck")
STEPS = ("What", "When", "Where", "Who", "Sources", "Send")
PAUSE_S = (4.0, 20.0)
"""Time from the server's first answer to its end, if a page opens within :data:`OPENS_S`; longer on a slow machine."""
OPENS_S = 3.0
PATIENCE_MS = 12_000
"""Time before a person clicks a button again that did nothing."""
AT_ONCE_MS = 1_500
"""Time limit of the click itself."""
SESSION_S = 400.0
"""Time after which a session is stuck; only the time in which the server answered counts."""
RESTARTS, RELOADS = 0.25, 0.4
"""Share of restarts among the stops, and share of sessions that reload the page after one."""
NO_TEXTS: Mapping[str, str] = MappingProxyType({})
_CODE = re.compile(r"receipt (?:<bdi[^>]*>)?([A-Z0-9]{5}-[A-Z0-9]{5})", re.IGNORECASE)
_READ: dict[str, Callable[[Event], str]] = {
    "Title": lambda event: event.title,
    "What is it about?": lambda event: event.about,
    "Day": lambda event: event.when.edtf,
    "Place": lambda event: event.place.text,
    "Exact location (square, building)": lambda event: event.place.venue,
    "Organiser": lambda event: ", ".join(event.organisers),
    "Community": lambda event: ", ".join(event.communities),
    "Link to an announcement or report": lambda event: ", ".join(source.url for source in event.sources),
    "Its publisher": lambda event: ", ".join(source.publisher for source in event.sources),
}


@dataclass
class Session:
    """The texts that one organiser types, by step and label, and what the page showed."""

    number: int
    code: str = ""
    ends_seen: int = 0

    @property
    def typed(self) -> dict[str, dict[str, str]]:
        return {
            "What": {"Title": f"Vigil {self.number}", "What is it about?": f"Candles and songs, number {self.number}"},
            "When": {"Day": f"2024-05-{1 + self.number % 28:02}"},
            "Where": {"Place": "Oslo", "Exact location (square, building)": f"Square {self.number}"},
            "Who": {"Organiser": f"Group {self.number}", "Community": f"People {self.number}"},
            "Sources": {
                "Link to an announcement or report": f"https://example.org/{self.number}",
                "Its publisher": f"Paper {self.number}",
            },
        }


@dataclass
class Server:
    """The server, which is stopped and started repeatedly; `ends` counts the stops."""

    home: Path
    port: int = field(default_factory=free_port)
    ends: Counter[str] = field(default_factory=Counter)
    slowness: float = 1.0
    """How much slower than :data:`OPENS_S` a page opens."""
    answered_s: float = 0.0
    answers_since: float | None = None
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    async def start(self) -> None:
        command = [str(Path(sys.executable).with_name("rallymap")), "serve", "--port", str(self.port)]
        environment = os.environ | {"RALLYMAP_HOME": str(self.home), "RALLYMAP_DATA": str(self.home / "data")}
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        await asyncio.to_thread(wait_for, self.port, self.process)
        self.answers_since = time.monotonic()

    @property
    def up_s(self) -> float:
        """How long the server has answered so far, in all."""
        return self.answered_s + (0.0 if self.answers_since is None else time.monotonic() - self.answers_since)

    async def end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.answered_s, self.answers_since = self.up_s, None
            self.process.send_signal(how)
            await asyncio.to_thread(self.process.wait)
            self.ends[how.name] += 1


class Organiser:
    """One session in its window."""

    def __init__(self, session: Session, server: Server, page: Page, counts: Counter[str], chance: random.Random):
        self.session, self.server, self.page, self.counts, self.chance = session, server, page, counts, chance
        self.ends = server.ends.total()
        self.reached = 0

    async def fill_and_send(self) -> None:
        """Go through the form and read the receipt."""
        await self._open(f"{self.server.url}/add")
        while self.reached < len(STEPS) - 1:
            step = STEPS[self.reached]
            if not await self._type_all(self.session.typed[step]):
                continue  # the page was reloaded
            await self._press("Next", lambda: self._is_at(self.reached + 1), self.session.typed[step])
            self.reached += 1
        await self._press("Submit for review", lambda: self._sees("Sent. A moderator will review your event."))
        self.session.code = await self._read_code()
        self.session.ends_seen += self.server.ends.total() - self.ends

    async def _read_code(self) -> str:
        """Return the receipt's code; if the server stopped before it was shown, reload the page."""
        while True:
            end = time.monotonic() + PATIENCE_MS / 1000
            while time.monotonic() < end:
                found = _CODE.search(await self.page.locator("[data-testid=stMain]").inner_text())
                if found:
                    return found[1]
                await asyncio.sleep(0.2)
            self.counts["reloads"] += 1
            with contextlib.suppress(BrowserError):
                await self.page.goto(self.page.url, timeout=60_000)
                await self.page.get_by_text("Sent.").wait_for(timeout=60_000)

    async def _type_all(self, texts: dict[str, str]) -> bool:
        """Type the texts of a step; return whether the page stayed."""
        for label, text in texts.items():
            if await self._reload_perhaps():
                return False
            tries = await self._type(label, text)
            self.counts["typed again"] += max(0, tries - 1)
        return True

    async def _type(self, label: str, text: str) -> int:
        """Type a text until its field shows it, and return the number of attempts."""
        box, tries = self.page.get_by_label(label, exact=True), 0
        while await self._shown(label) != text:
            # A greyed-out field accepts no keys, even in the middle of a word.
            with contextlib.suppress(BrowserError):
                await box.fill("", timeout=PATIENCE_MS)
                await box.press_sequentially(text, delay=15)
                tries += 1
        return tries

    async def _shown(self, label: str) -> str | None:
        """Return the text of a field; None if the page has no such field."""
        try:
            return await self.page.get_by_label(label, exact=True).input_value(timeout=PATIENCE_MS)
        except BrowserError:
            return None

    async def _press(
        self, name: str, is_done: Callable[[], Awaitable[bool]], texts: Mapping[str, str] = NO_TEXTS
    ) -> None:
        """Click a button until the page has moved on; retype and count texts that disappeared meanwhile."""
        presses = 0
        while not await is_done():
            with contextlib.suppress(BrowserError):
                if not await self._has_all(texts, is_done):
                    continue  # nobody clicks a button on a page that is not rendered
                # At once, or not at all: a page that is rendered again meanwhile must be checked first.
                await self.page.get_by_role("button", name=name, exact=True).click(timeout=AT_ONCE_MS)
                presses += 1
            end = time.monotonic() + PATIENCE_MS / 1000
            while time.monotonic() < end and not await is_done():
                await asyncio.sleep(0.1)
        self.counts["pressed again"] += max(0, presses - 1)

    async def _has_all(self, texts: Mapping[str, str], is_done: Callable[[], Awaitable[bool]]) -> bool:
        """Retype the texts that fields lost; return whether all of them are on the page and it has not moved on."""
        for label, text in texts.items():
            shown = await self._shown(label)
            if shown is None or await is_done():
                return False
            if shown != text:
                self.counts["emptied"] += 1
                await self._type(label, text)
        return True

    async def _reload_perhaps(self) -> bool:
        """Reload the page with some probability, if the server stopped since the last time."""
        ended = self.server.ends.total() - self.ends
        self.session.ends_seen += ended
        self.ends += ended
        if not ended or self.chance.random() > RELOADS:
            return False
        self.counts["reloads"] += 1
        await self._open(self.page.url)
        shown = STEPS.index(await self.page.locator(".st-key-add_step [aria-checked=true]").inner_text())
        if shown < self.reached:
            self.counts["jumped"] += 1
        self.reached = shown
        return True

    async def _open(self, url: str) -> None:
        """Open a page, retrying until the server is back."""
        while True:
            with contextlib.suppress(BrowserError):
                began = time.monotonic()
                await self.page.goto(url, timeout=60_000)
                await self.page.locator(".st-key-add_step [aria-checked=true]").wait_for(timeout=60_000)
                self.server.slowness = max(1.0, (time.monotonic() - began) / OPENS_S)
                return
            await asyncio.sleep(0.5)

    async def _is_at(self, step: int) -> bool:
        return await self.page.get_by_role("heading", name=STEPS[step], exact=True, level=2).is_visible()

    async def _sees(self, text: str) -> bool:
        return await self.page.get_by_text(text).is_visible()


async def _end_again_and_again(server: Server, chance: random.Random) -> None:
    while True:
        await asyncio.sleep(chance.uniform(*PAUSE_S) * server.slowness)
        await server.end(signal.SIGTERM if chance.random() < RESTARTS else signal.SIGKILL)
        await server.start()


async def _run_session(
    session: Session, server: Server, browser: Browser, counts: Counter[str], chance: random.Random
) -> None:
    context = await browser.new_context(viewport={"width": 1400, "height": 900})
    page, timeline = await context.new_page(), list[str]()

    def note(said: str) -> None:
        timeline.append(f"{datetime.now(UTC):%H:%M:%S} {said}")

    def note_socket(socket: WebSocket) -> None:
        note("socket opens")
        socket.on("close", lambda _: note("socket is closed"))

    page.on("console", lambda message: note(message.text[:200]))
    page.on("framenavigated", lambda frame: note(f"navigated {frame.url[:80]}"))
    page.on("websocket", note_socket)
    try:
        task = asyncio.create_task(Organiser(session, server, page, counts, chance).fill_and_send())
        began_s = server.up_s
        while not task.done() and server.up_s - began_s < SESSION_S:
            await asyncio.wait([task], timeout=1.0)
        if task.done():
            await task
            return
        task.cancel()
        await asyncio.wait([task])
        counts["stuck"] += 1
        with contextlib.suppress(BrowserError):
            stuck = server.home / f"stuck-{session.number}"
            shown = await page.locator("[data-testid=stMain]").inner_text()
            stuck.with_suffix(".txt").write_text("\n".join([page.url, *timeline, shown]), "utf-8")
            await page.screenshot(path=stuck.with_suffix(".png"), full_page=True)
    finally:
        await context.close()


async def run(sessions: list[Session], home: Path, *, seed: int, windows: int = MAX_CONCURRENT) -> Counter[str]:
    """Let people fill in forms while the server stops and restarts; return the counts."""
    counts, chance = Counter[str](), random.Random(seed)
    server, places = Server(home), asyncio.Semaphore(windows)
    await server.start()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=get_browser(for_tests=True), args=list(FLAGS))

        async def take_place(session: Session) -> None:
            async with places:
                await _run_session(session, server, browser, counts, chance)
                sys.stderr.write(
                    f"{session.number}: {session.code}, {session.ends_seen} ends, {datetime.now(UTC):%H:%M:%S}\n"
                )

        ending = asyncio.create_task(_end_again_and_again(server, chance))
        try:
            await asyncio.gather(*map(take_place, sessions))
        finally:
            ending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await ending
            if server.process is not None:
                server.process.kill()
                server.process.wait(timeout=30)
            await browser.close()
    return counts + Counter({how.lower(): many for how, many in server.ends.items()})


def compare(sessions: list[Session], db: Database) -> Counter[str]:
    """Count differences between the database and what people typed and were shown."""
    counts = Counter[str]()
    stored: dict[str, list[Event]] = {}
    for item in db.read(list_queue, limit=10_000):
        stored.setdefault(item.event.title, []).append(item.event)
    for session in sessions:
        if not session.code:
            continue
        events = stored.pop(f"Vigil {session.number}", [])
        counts["doubled"] += max(0, len(events) - 1)
        for texts in session.typed.values():
            for label, text in texts.items():
                counts["texts"] += 1
                if not events or _READ[label](events[0]) != text:
                    counts["lost"] += 1
                    sys.stderr.write(f"{session.number}: {label}: {[_READ[label](event) for event in events]}\n")
    return counts


def measure(sessions: int, folder: Path, *, seed: int, windows: int = MAX_CONCURRENT) -> Counter[str]:
    """Run sessions over a new database in `folder` and return the counts."""
    data = folder / "data"
    data.mkdir(parents=True)
    bundled = Path(__file__).parents[1] / "data" / "events.csv"
    (data / "events.csv").write_text(bundled.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    people = [Session(number) for number in range(1, sessions + 1)]
    counts = asyncio.run(run(people, folder, seed=seed, windows=windows))
    db = Database.open(f"sqlite:///{folder / 'rallymap.db'}")
    counts += compare(people, db)
    db.close()
    counts["sessions"] = len(people)
    counts["receipts"] = sum(bool(one.code) for one in people)
    counts["sessions with an end"] = sum(one.ends_seen > 0 for one in people)
    return counts


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--windows", type=int, default=MAX_CONCURRENT, help="windows at the same time")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="rallymap-form-kills-"))
    counts = measure(chosen.sessions, folder, seed=chosen.seed, windows=chosen.windows)
    shown = ("sessions", "sigkill", "sigterm", "sessions with an end", "receipts", "texts", "reloads")
    for name in (*shown, "pressed again", "typed again", "emptied", *FAULTS):
        sys.stdout.write(f"{name:>20} {counts[name]:>7}\n")
    if any(counts[name] for name in FAULTS):
        raise SystemExit(f"Something was lost, doubled or not sent; see {folder}.")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
