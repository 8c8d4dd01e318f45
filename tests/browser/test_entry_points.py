"""However the app is started, it is the same site behind the same security middleware."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from rallymap.web.headers import page_policy
from rallymap.web.start_page import start_page
from tests.browser.conftest import Site, Visit


@pytest.mark.parametrize(
    "command",
    [
        ("rallymap", "serve", "--port", "{port}"),
        ("uvicorn", "app:app", "--port", "{port}"),
        ("streamlit", "run", "app.py", "--server.port", "{port}"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_app_started_by(start_site: Callable[..., Site], visit: Callable[..., Visit], command) -> None:
    site = start_site(*command)
    status, headers, body = site.get("/healthz")
    assert (status, json.loads(body)) == (200, {"status": "ok", "dataset_version": 1})
    assert headers["content-security-policy"] == page_policy(start_page("rallymap"))
    visitor = visit(site)
    visitor.open("/about")
    assert visitor.page.title() == "About – rallymap"
    assert "Traceback" not in site.log
    site.stop()


def test_port_that_is_taken_is_said_in_words(start_site: Callable[..., Site], site: Site) -> None:
    port = site.url.rpartition(":")[2]
    second = start_site("rallymap", "serve", "--port", port, wait=False)
    assert second.process.wait(timeout=60) == 1
    assert second.log.splitlines()[-1] == (
        f"Error: Nothing can listen on 127.0.0.1, port {port}: Address already in use. "
        "Perhaps this site is running already. Choose another with --host or --port."
    )
