"""Nobody but our server is contacted, by the browser or by the server; pages work without a complaint and fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Site, Visit

pytestmark = pytest.mark.new_window
PAGES = ("/?event=gothenburg-2020-02", "/add", "/review", "/about")

# Python tells audit hooks of every name that is looked up and every connection that is opened, by any library.
RECORD_CONNECTIONS = """
import os, sys
def record(event, args):
    if event == "socket.connect":
        address = args[1]
    elif event == "socket.getaddrinfo":
        address = args[0]
    else:
        return
    with open(os.environ["RALLYMAP_TEST_CONNECTIONS"], "a") as log:
        print(event, address, file=log)
sys.addaudithook(record)
"""


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop", "phone"])
def test_pages_ask_our_server_alone_complain_of_nothing_and_do_not_scroll_sideways(
    visit: Callable[..., Visit], site: Site, size: tuple[int, int], dark: bool
) -> None:
    seen = visit(site, size=size, dark=dark)
    for path in PAGES:
        page = seen.open(path)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0], path
        seen.shoot(f"page-{path.strip('/').split('?')[0] or 'explore'}")
        page.wait_for_load_state("networkidle")
    seen.page.goto(f"{site.url}/sign-in")
    seen.page.wait_for_load_state("networkidle")
    assert seen.foreign_requests == []
    assert seen.console == []
    assert seen.failures == []


def test_server_contacts_nobody(start_site: Callable[..., Site], visit: Callable[..., Visit], tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(RECORD_CONNECTIONS)
    connections = tmp_path / "connections.log"
    site = start_site(PYTHONPATH=str(tmp_path), RALLYMAP_TEST_CONNECTIONS=str(connections))
    for path in PAGES:
        visit(site).open(path)
    # A socket from a foreign page is what makes Streamlit ask an outside host for our own address.
    assert site.open_socket("https://elsewhere.example") == 403
    recorded = connections.read_text().splitlines() if connections.exists() else []
    assert [line for line in recorded if not _is_local(line)] == []


def _is_local(line: str) -> bool:
    return any(name in line for name in ("'127.0.0.1'", "'::1'", "localhost", "None", "127.0.0.1", ".sock"))
