"""The running app and a real Chromium for the browser tests.

A test takes `desktop` or `phone`, a :class:`Visit` of a fresh visitor to the app that serves the nine events of the
five articles, and reads the requests and errors of the page from it. Tests that change events take `own_site`
instead of `site`: a server of their own with a fresh database. `bundled_site` serves all bundled events.
"""

from __future__ import annotations

import http.client
import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from rallymap.places import default_resolver
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.transaction import put_meta
from rallymap.workflows.bundled_events import seed_if_empty
from tests.browser.ready_server import ReadyServer
from tools.get_browser import FLAGS, get_browser

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
# A machine that runs other things beside the tests may take its time; what never comes fails all the same.
expect.set_options(timeout=30_000)
ACTION_TIMEOUT_MS = 60_000
SHOTS = Path(__file__).parent / "shots"
DESKTOP = (1400, 900)
PHONE = (390, 844)
START_TIMEOUT_S = 180.0
PAGES = pytest.StashKey[list[Page]]()
"""The windows that a test has opened."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not browser"` leaves them out, and run them after all others.

    The quick tests then fail first; and Playwright keeps an event loop running in this thread once it has started, in
    which no other test could run one of its own.
    """
    here = Path(__file__).parent
    browser = [item for item in items if here in item.path.parents]
    for item in browser:
        item.add_marker(pytest.mark.browser)
        # Once more, as a browser on a busy machine may miss its turn; the summary names each such test.
        item.add_marker(pytest.mark.flaky(reruns=1))
    items[:] = [item for item in items if here not in item.path.parents] + browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the messages of its windows to a failed test: a failure on a busy machine is hard to repeat."""
    report = yield
    if report.when == "call" and report.failed:
        for page in item.stash.get(PAGES, []):
            try:
                said = page.locator("body").inner_text(timeout=5_000)
            except PlaywrightError as err:
                said = str(err)
            report.sections.append((f"window at {page.url}", said[:3_000]))
    return report


@dataclass
class Site:
    """One running app.

    `url` has no slash at its end; `home` is its ``RALLYMAP_HOME``; `log` is what the process wrote.
    """

    url: str
    home: Path
    process: subprocess.Popen[bytes] | ReadyServer
    log_path: Path

    @property
    def log(self) -> str:
        return self.log_path.read_text("utf-8", errors="replace")

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Send a request without a browser; return status, headers with names in lower case, and body."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            # After an upgrade the connection stays open and the body never ends.
            body = b"" if answer.status == 101 else answer.read()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body
        finally:
            connection.close()

    def open_socket(self, origin: str) -> int:
        """Ask for a WebSocket as a page of `origin` does; return the status, 101 if it opens."""
        upgrade = {
            "Origin": origin,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        }
        return self.get("/_stcore/stream", upgrade)[0]

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)


@dataclass
class Visit:
    """One visitor's page, with all its requests and errors since it was opened.

    `requests` are addresses in order, `console` the errors that page and frames wrote, `failures` what could not be
    loaded; `opened_s` is when a page was last opened, on the monotonic clock.
    """

    page: Page
    site: Site
    name: str
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    opened_s: float = 0.0

    def open(self, path: str = "/") -> Page:
        """Open a path of the site and wait until Streamlit has drawn it."""
        self.page.goto(self.site.url + path)
        self.page.wait_for_selector("[data-testid=stApp]", timeout=30_000)
        self.settle()
        self.opened_s = time.monotonic()
        return self.page

    def settle(self) -> None:
        """Wait until no run of the script is under way and the elements it drew are in place.

        The code for each kind of element is fetched when a page first has one; a skeleton is shown until then.
        """
        self.page.wait_for_function(
            """() => {
                const app = document.querySelector('[data-testid=stApp]');
                const waits = '#rm-first, [data-testid=stAppSkeleton], [data-testid=stSkeleton], [data-stale=true]';
                return app && app.dataset.testScriptState === 'notRunning' && !document.querySelector(waits);
            }""",
            timeout=30_000,
            polling=30,  # a check at each frame would make the browser draw frames
        )

    def shoot(self, name: str) -> Path:
        """Save what the window shows as ``shots/NAME-desktop.png`` (or ``-phone``) and return its path."""
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{name}-{self.name}.png"
        self.page.screenshot(path=path)
        return path

    @property
    def foreign_requests(self) -> list[str]:
        """Return the addresses asked for that are not our server's; pictures inside the page do not count."""
        own = urlsplit(self.site.url).netloc
        inside = ("data", "blob", "about")
        return [url for url in self.requests if urlsplit(url).scheme not in inside and urlsplit(url).netloc != own]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the one browser process of the run; each test gets a context of its own in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=get_browser(for_tests=True), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def nine_home(tmp_path_factory: pytest.TempPathFactory, nine_events: Path) -> Path:
    """Return a home whose database holds the nine events, for servers to start with a copy of."""
    home = tmp_path_factory.mktemp("nine-home")
    settings = Settings.from_env({"RALLYMAP_HOME": str(home), "RALLYMAP_DATA": str(nine_events)})
    db = Database.open(settings.database_url)
    assert seed_if_empty(db, settings, default_resolver()) == []
    db.close()
    return home


@pytest.fixture(scope="session")
def start_site(
    tmp_path_factory: pytest.TempPathFactory, nine_events: Path, nine_home: Path
) -> Iterator[Callable[..., Site]]:
    """Return a function that starts an app with its own folder, by ``rallymap serve`` or another command.

    Without a command the server comes from :class:`ReadyServer`, which runs `prepare` first. ``{port}`` in the command
    is the port, a free one unless `port` names it; further settings go in as ``RALLYMAP_...="..."``. Without
    ``RALLYMAP_DATA`` the app starts with the nine events of the five articles.
    """
    running: list[Site] = []

    def start(
        *command: str,
        wait: bool = True,
        port: int = 0,
        prepare: Callable[[int], None] | None = None,
        **environment: str,
    ) -> Site:
        home = Path(environment.pop("RALLYMAP_HOME", "") or tmp_path_factory.mktemp("home"))
        if not any(home.iterdir()) and "RALLYMAP_DATA" not in environment:
            shutil.copytree(nine_home, home, dirs_exist_ok=True)
        port = _free_port(port)
        log_path = tmp_path_factory.mktemp("log") / "server.log"
        own = {key: value for key, value in os.environ.items() if not key.startswith(("RALLYMAP_", "STREAMLIT_"))}
        environment = own | {"RALLYMAP_HOME": str(home), "RALLYMAP_DATA": str(nine_events)} | environment
        process: subprocess.Popen[bytes] | ReadyServer
        if command:
            with log_path.open("wb") as log:
                process = subprocess.Popen(
                    [str(BIN / command[0]), *(part.format(port=port) for part in command[1:])],
                    cwd=ROOT if "app.py" in command or "app:app" in command else home,
                    env=environment,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
        else:
            process = ReadyServer(port, cwd=home, env=environment, log=log_path, prepare=prepare)
        # By name, as visitors do: browsers hold `localhost` for safe, which signing in without TLS needs.
        site = Site(f"http://localhost:{port}", home, process, log_path)
        running.append(site)
        if wait:
            wait_until_ready(site)
        return site

    yield start
    for site in running:
        site.stop()


@pytest.fixture(scope="session")
def site(start_site: Callable[..., Site]) -> Site:
    """Return the app with nine events, shared by all tests that change nothing."""
    return start_site()


@pytest.fixture(scope="session")
def bundled_site(start_site: Callable[..., Site]) -> Site:
    """Return the app with all bundled events, shared by all tests that change nothing."""
    return start_site(RALLYMAP_DATA=str(ROOT / "data"))


@pytest.fixture(scope="session")
def own_port() -> int:
    """Return the port of all own sites of this process; only one of them runs at a time.

    A browser then still has the files and the compiled scripts of the site before, which saves half the processor
    time of the first visit. They are the same for all sites.
    """
    return _free_port()


@pytest.fixture
def own_site(
    start_site: Callable[..., Site],
    own_port: int,
    own_versions: Iterator[int],
    nine_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Return an app with a fresh copy of the nine events, for a test that changes events."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(nine_home, home, dirs_exist_ok=True)
    db = Database.open(f"sqlite:///{home / 'rallymap.db'}")
    db.write(put_meta, "dataset_version", str(next(own_versions)))
    db.close()
    site = start_site(port=own_port, RALLYMAP_HOME=str(home))
    yield site
    site.stop()


@pytest.fixture(scope="session")
def own_versions() -> Iterator[int]:
    """Give each own site versions of its data that no other has: a browser compares answers of one address by them."""
    return itertools.count(1000, 1000)


class Windows:
    """Windows of the one browser; a window that a test has finished with is given to the next test that needs its kind.

    A page that is loaded in a process that is running already costs a quarter less processor time than in a new one.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[tuple[tuple[int, int], bool], list[Page]] = {}

    def open(self, size: tuple[int, int], *, dark: bool, is_new: bool, **options: Any) -> Page:
        """Return a page as a new visitor has it, of a context of its own where `is_new` or `options` ask for one.

        `size` is its width and height in CSS pixels; `options` are those of Playwright for contexts.
        """
        free = self._free.setdefault((size, dark), [])
        if free and not is_new and not options:
            return free.pop()
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
            **options,
        )
        context.set_default_timeout(ACTION_TIMEOUT_MS)
        return context.new_page()

    def give_back(self, page: Page, site: Site, size: tuple[int, int], *, dark: bool) -> None:
        """Delete all that a visitor left in a page, and keep the page; close it if that fails."""
        context = page.context
        try:
            assert context.pages == [page]
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.mouse.up()
            page.mouse.move(0, 0)
            page.goto(f"{site.url}/healthz", timeout=5_000)
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            context.clear_cookies()
        except (AssertionError, PlaywrightError):
            context.close()
        else:
            self._free[size, dark].append(page)


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Windows:
    return Windows(chromium)


@pytest.fixture
def visit(request: pytest.FixtureRequest, windows: Windows) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens a window of a fresh visitor: ``visit(site, size=PHONE, dark=True)``.

    Tests that change the browser itself (its clock, its answers, its speed) are marked ``new_window``; a test that is
    run again has a new one, too.
    """
    is_new = (
        request.node.get_closest_marker("new_window") is not None or getattr(request.node, "execution_count", 1) > 1
    )
    given_back: list[Callable[[], None]] = []

    def new(site: Site, *, size: tuple[int, int] = DESKTOP, dark: bool = False, **options: Any) -> Visit:
        page = windows.open(size, dark=dark, is_new=is_new, **options)
        made = Visit(page, site, ("phone" if size == PHONE else "desktop") + ("-dark" if dark else ""))
        request.node.stash.setdefault(PAGES, []).append(page)
        stop_listening = _listen(made)

        def give_back() -> None:
            stop_listening()
            if is_new or options:
                page.context.close()
            else:
                windows.give_back(page, site, size, dark=dark)

        given_back.append(give_back)
        return made

    yield new
    for give_back in given_back:
        give_back()


@pytest.fixture
def desktop(visit: Callable[..., Visit], site: Site) -> Visit:
    """Return a fresh visitor with a laptop's window, 1400 by 900."""
    return visit(site)


@pytest.fixture
def phone(visit: Callable[..., Visit], site: Site) -> Visit:
    """Return a fresh visitor with a phone, 390 by 844, touch."""
    return visit(site, size=PHONE)


def wait_until_ready(site: Site, timeout_s: float = START_TIMEOUT_S) -> None:
    """Wait for ``/healthz`` to answer 200; fail with the server's log if it does not."""
    end = time.monotonic() + timeout_s
    while time.monotonic() < end and site.process.poll() is None:
        try:
            if site.get("/healthz")[0] == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{site.log}")


def _listen(visit: Visit) -> Callable[[], None]:
    """Record requests and errors of the page; return a function that stops recording."""

    def note_failure(request: Request) -> None:
        # The map gives up a request that a newer one has overtaken; that is not a failure.
        if request.failure != "net::ERR_ABORTED":
            visit.failures.append(f"{request.url} {request.failure}")

    def note_error(message: ConsoleMessage) -> None:
        if message.type == "error":
            visit.console.append(message.text)

    listeners: dict[Any, Callable[[Any], None]] = {
        "request": lambda request: visit.requests.append(request.url),
        "websocket": lambda socket: visit.requests.append(socket.url.replace("ws", "http", 1)),
        "requestfailed": note_failure,
        "pageerror": lambda error: visit.console.append(f"uncaught: {error}"),
        "console": note_error,
    }
    for name, listener in listeners.items():
        visit.page.on(name, listener)

    def stop() -> None:
        for name, listener in listeners.items():
            visit.page.remove_listener(name, listener)

    return stop


def _free_port(wanted: int = 0) -> int:
    """Return the wanted port, or any other if none is wanted or something else uses it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: a port is free once they end
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return _free_port()
        return int(probe.getsockname()[1])
