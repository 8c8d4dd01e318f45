"""Nobody but our server is contacted: not by the browser, and not by the server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Site, Visit

PAGES = ("/", "/add", "/review", "/about", "/sign-in")

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


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("window", ["desktop", "phone"])
def test_page_asks_our_server_alone_and_complains_of_nothing(request, window: str, path: str) -> None:
    visit = request.getfixturevalue(window)
    if path == "/sign-in":
        visit.page.goto(visit.site.url + path)
    else:
        visit.open(path)
    visit.page.wait_for_load_state("networkidle")
    assert visit.foreign_requests == []
    assert visit.console == []
    assert visit.failures == []


def test_server_contacts_nobody(start_site: Callable[..., Site], visit: Callable[..., Visit], tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(RECORD_CONNECTIONS)
    connections = tmp_path / "connections.log"
    site = start_site(PYTHONPATH=str(tmp_path), RALLYMAP_TEST_CONNECTIONS=str(connections))
    for path in PAGES[:4]:
        visit(site).open(path)
    # A socket from a foreign page is what makes Streamlit ask an outside host for our own address.
    assert site.open_socket("https://elsewhere.example") == 403
    recorded = connections.read_text().splitlines() if connections.exists() else []
    assert [line for line in recorded if not _is_local(line)] == []


def _is_local(line: str) -> bool:
    return any(name in line for name in ("'127.0.0.1'", "'::1'", "localhost", "None", "127.0.0.1", ".sock"))
