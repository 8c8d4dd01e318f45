"""Find or install a Chromium for the browser tests; `python -m tools.get_browser` prints which one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

VARIABLE = "RALLYMAP_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
"""Chromium without windows. It draws the same pages with a third less processor time, but not at a screen's refresh
rate, so tests use it and measurements of frames do not."""
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
INSTALL_TIMEOUT_S = 900

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""Command-line options for Chromium: works as root in a container, and does not contact its vendor."""


class BrowserMissingError(Exception):
    """There is no Chromium and none could be installed; the message says what to do."""


def find_browser(*, for_tests: bool = False) -> str | None:
    """Return the path of an installed Chromium, or None.

    Search order: the environment variable ``RALLYMAP_CHROMIUM``, the usual names on PATH, the usual applications on
    macOS, Playwright's own download. A Chromium without windows is preferred for tests and the last choice otherwise.

    Raises
    ------
    BrowserMissingError
        If the variable names a file that cannot be executed.
    """
    named = os.environ.get(VARIABLE)
    if named:
        path = shutil.which(named)
        if path is None:
            raise BrowserMissingError(f"{VARIABLE} names {named}, which cannot be run; correct it or unset it.")
        return path
    shell = _first(map(shutil.which, SHELLS))
    if for_tests and shell:
        return shell
    on_path = _first(map(shutil.which, NAMES))
    return on_path or _first(app for app in MAC_APPS if Path(app).exists()) or _playwright_path() or shell


def get_browser(*, for_tests: bool = False) -> str:
    """Return an installed Chromium as :func:`find_browser` does, or install one.

    Raises
    ------
    BrowserMissingError
        If every way failed; the message lists them.
    """
    found = find_browser(for_tests=for_tests)
    attempts: list[tuple[str, Callable[[], bool]]] = [
        ("apt-get install chromium-headless-shell (as root)", partial(_install_package, SHELLS[0])),
        ("playwright install chromium", _install_playwrights),
        ("apt-get install chromium (as root)", partial(_install_package, NAMES[0])),
    ]
    for name, install in attempts:
        if found:
            return found
        print(f"No Chromium or Chrome is installed here; trying {name} ...", flush=True)
        if install():
            found = find_browser(for_tests=for_tests)
    if found:
        return found
    raise BrowserMissingError(
        "The browser tests need Chromium or Chrome. Tried: PATH, "
        + ", ".join(name for name, _ in attempts)
        + f". Install one, or set {VARIABLE} to its path."
    )


def _first(paths: Iterable[str | None]) -> str | None:
    return next((path for path in paths if path), None)


def _playwright_path() -> str | None:
    # In a separate process: Playwright's driver cannot be started twice in the same one.
    question = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return path if answer.returncode == 0 and Path(path).exists() else None


def _install_playwrights() -> bool:
    # On a bare machine the downloaded browser does not start: it needs libraries that only root may install.
    libraries = ["--with-deps"] if _is_root() and shutil.which("apt-get") else []
    return _run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"])


def _install_package(name: str) -> bool:
    if shutil.which("apt-get") is None or not _is_root():
        return False
    return _run(["apt-get", "update", "-qq"]) and _run(["apt-get", "install", "-y", "-qq", name])


def _is_root() -> bool:
    # Windows has no user ids.
    return getattr(os, "geteuid", lambda: 1)() == 0


def _run(command: list[str]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(command, check=False, timeout=INSTALL_TIMEOUT_S, env=environment).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> int:
    """Print which browser the tests will use; return 1 if there is none."""
    try:
        path = get_browser(for_tests=True)
    except BrowserMissingError as err:
        print(err, file=sys.stderr)
        return 1
    print(f"Browser for the tests: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
