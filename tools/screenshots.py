"""Take the screenshots in README from the running app with the bundled rallies.

Run with ``make screenshots``. Writes ``explore-light.png``, ``explore-dark.png`` and ``explore-phone.png``
in ``docs/``.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.get_browser import FLAGS, find_browser

DOCS = Path(__file__).resolve().parents[1] / "docs"
VIEW = "?event=gothenburg-2020-02"
SHOTS = (
    ("explore-light", 1400, 900, "light"),
    ("explore-dark", 1400, 900, "dark"),
    ("explore-phone", 390, 844, "light"),
)


def main() -> None:
    """Start the app on a free port, take each screenshot, stop the app."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "rallymap.cli", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=os.environ | {"RALLYMAP_HOME": home})
        try:
            _wait(f"http://127.0.0.1:{port}/healthz")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
                for name, width, height, scheme in SHOTS:
                    _shoot(browser, f"http://127.0.0.1:{port}/{VIEW}", name, width, height, scheme)
                browser.close()
        finally:
            server.terminate()
            server.wait(15)


def _wait(url: str, *, at_most_s: float = 60) -> None:
    end = time.monotonic() + at_most_s
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server on loopback
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def _shoot(browser: Browser, url: str, name: str, width: int, height: int, scheme: str) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1,
    )
    page.goto(url)
    page.frame_locator("iframe").first.locator(".rm-count:not(:empty)").wait_for(timeout=30_000)
    page.wait_for_timeout(1500)
    page.screenshot(path=DOCS / f"{name}.png")
    page.close()
    print(f"docs/{name}.png")


if __name__ == "__main__":
    main()
