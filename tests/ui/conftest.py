"""Pages run by Streamlit's AppTest on a store of their own; nothing below the page is faked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.runtime.scriptrunner import RerunData
from streamlit.testing.v1 import AppTest

from rallymap.moderation import Account, Role
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.accounts import add_account
from rallymap.store.sessions import open_session
from rallymap.workflows.services import running_services, start_services, stop_services
from rallymap.workflows.sessions import COOKIE
from tests.workflows.moderated import ADA, MIRA

HERE = Path(__file__).parent
Open = Callable[..., AppTest]


@pytest.fixture
def site_settings() -> dict[str, str]:
    """More environment variables of the site; a module that needs some has a fixture of this name."""
    return {}


@pytest.fixture
def db(tmp_path: Path, site_settings: dict[str, str]) -> Iterator[Database]:
    """The running services' store, with nothing in it but what a test puts there."""
    data = tmp_path / "data"
    shutil.copytree(Path(__file__).parents[2] / "data", data)
    (data / "events.csv").write_text((data / "events.csv").read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    (data / "rallies.csv").unlink()
    start_services(Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_DATA": str(data)} | site_settings))
    opened = running_services().db
    for account in (ADA, MIRA, Account("nora", Role.MODERATOR, ("NO",)), Account("omid", Role.ORGANISER)):
        opened.write(add_account, account.name, "no hash, nobody signs in here", account.role, account.countries)
    yield opened
    stop_services()


@pytest.fixture
def open_script(db: Database, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return a function that opens a page as an account (None: a visitor), with parts of the address."""

    def opened(script: str, account: Account | None = None, **address: str) -> AppTest:
        # What a browser would send; everything behind it is real.
        token = db.write(open_session, account, lasts=timedelta(hours=1)) if account else ""
        sent = StreamlitHeaders([("Cookie", f"{COOKIE}={token}")])
        monkeypatch.setattr(ContextProxy, "headers", property(lambda _: sent))
        page = AppTest.from_file(HERE / script, default_timeout=30)
        for name, value in address.items():
            page.query_params[name] = value
        return run(page)

    return opened


@pytest.fixture
def open_page(open_script: Open) -> Open:
    """Return a function that opens the moderators' page."""

    def opened(account: Account | None = MIRA, **address: str) -> AppTest:
        return open_script("review_app.py", account, **address)

    return opened


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def press(page: AppTest, key: str) -> AppTest:
    page.button(key).click()
    return run(page)


def words(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.get("html"))


def parts(page: AppTest, name: str) -> Iterator[dict[str, Any]]:
    """Return what the scripts of the page get that have this name."""
    for element in page.get("bidi_component"):
        if element.proto.component_name == f"rallymap.{name}":
            yield json.loads(element.proto.json)


def by_history(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next runs of pages be started by Back or Forward of the browser."""
    data = partial(RerunData, is_history_navigation=True)
    monkeypatch.setattr("streamlit.testing.v1.local_script_runner.RerunData", data)


@pytest.fixture(scope="module")
def bundled_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run the services over a database that holds the bundled events."""
    start_services(Settings.from_env({"RALLYMAP_HOME": str(tmp_path_factory.mktemp("home"))}))
    yield
    stop_services()
