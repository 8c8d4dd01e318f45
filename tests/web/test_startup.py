"""What is shared opens once; where it cannot, the site says why and goes on trying."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from rallymap.attempts import AtMost, Claim
from rallymap.errors import StoreUnavailableError
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.home_lock import RESTORING_FILE, HomeLock
from rallymap.store.sessions import use_code
from rallymap.web import startup as startup_module
from rallymap.web.health import health_routes
from rallymap.web.startup import Startup
from rallymap.workflows.services import open_database, start_services

BACKGROUND_WORK = (
    "purge_attempts",
    "run_housekeeping",
    "queue_outcome_questions",
    "queue_moderator_mail",
    "send_due_mail",
)
pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them


def settings_at(home: Path) -> Settings:
    return Settings.from_env({"RALLYMAP_HOME": str(home)})


async def until_open(startup: Startup) -> None:
    while startup.services is None:
        await asyncio.sleep(0.01)


def test_startup_fills_a_new_database_and_closes_it(tmp_path: Path) -> None:
    lines: list[str] = []
    startup = Startup(settings_at(tmp_path), lines.append)

    async def live() -> int:
        async with startup.lifespan(None):
            return startup.require().db.dataset_version()

    assert asyncio.run(live()) == 1
    assert lines[-1] == "674 events are in, 674 with a place."


def test_startup_reports_a_database_that_is_missing_and_serves_once_it_is_there(
    tmp_path: Path, ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup_module, "RETRY_AFTER_S", 0.05)
    in_the_way = tmp_path / "home" / "rallymap.db"
    in_the_way.mkdir(parents=True)
    lines: list[str] = []
    startup = Startup(settings_at(tmp_path / "home"), lines.append)
    app = Starlette(routes=health_routes(startup))

    async def live() -> None:
        async with startup.lifespan(None):
            answer = await asyncio.to_thread(ask, app, "/healthz")
            assert (answer.status, json.loads(answer.body)["message"]) == (503, startup.problem.user_message)
            in_the_way.rmdir()
            await asyncio.wait_for(until_open(startup), timeout=20)
            answer = await asyncio.to_thread(ask, app, "/healthz")
            assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok", "dataset_version": 1})

    asyncio.run(live())
    assert len(lines) == len(set(lines))  # the same trouble is told once, not every few seconds


def test_first_visitor_finds_the_site_warm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup_module, "start_services", lambda *_: SimpleNamespace(notices=()))
    monkeypatch.setattr(startup_module, "run_housekeeping", lambda *_: None)
    done: list[str] = []

    async def warm_up() -> None:
        await asyncio.sleep(0)
        done.append("warm")

    async def live() -> None:
        async with Startup(settings_at(tmp_path), print, warm_up).lifespan(None):
            assert done == ["warm"]

    asyncio.run(live())


def test_health_before_the_start_asks_for_patience(tmp_path: Path, ask) -> None:
    app = Starlette(routes=health_routes(Startup(settings_at(tmp_path), print)))
    answer = ask(app, "/healthz")
    assert (answer.status, answer.headers["cache-control"]) == (503, "no-store")
    assert json.loads(answer.body) == {
        "status": "unavailable",
        "message": "The site is starting; try again in a moment.",
    }


def test_health_of_a_store_that_went_away(tmp_path: Path, ask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        class db:  # noqa: N801 - stands for the attribute
            @staticmethod
            def check_health() -> int:
                raise StoreUnavailableError("The database does not answer just now.")

    startup = Startup(settings_at(tmp_path), print)
    monkeypatch.setattr(startup, "services", Gone)
    answer = ask(Starlette(routes=health_routes(startup)), "/healthz")
    assert (answer.status, json.loads(answer.body)["message"]) == (503, "The database does not answer just now.")
    assert ask(Starlette(routes=health_routes(startup)), "/livez").status == 200


def test_readiness_names_each_part(tmp_path: Path, ask) -> None:
    startup = Startup(settings_at(tmp_path), lambda _line: None)
    app = Starlette(routes=health_routes(startup))

    async def live() -> None:
        async with startup.lifespan(None):
            await until_open(startup)
            answer = await asyncio.to_thread(ask, app, "/readyz")
            assert (answer.status, json.loads(answer.body)) == (
                200,
                {"status": "ready", "database": "ok", "snapshot": "ok"},
            )
            for path in tmp_path.glob("rallymap.db*"):
                path.unlink()
            answer = await asyncio.to_thread(ask, Starlette(routes=health_routes(startup)), "/readyz")
            said = json.loads(answer.body)
            assert (answer.status, said["status"]) == (503, "unavailable")
            # "replaced" where another connection made an empty file between the two.
            assert re.match("The database file was (deleted|replaced) while the site was running", said["database"])

    asyncio.run(live())


def test_hashes_of_addresses_are_deleted_without_any_further_visitor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(startup_module, "TIDY_EVERY_S", 0.02)
    startup = Startup(settings_at(tmp_path), print)

    async def until_empty() -> None:
        while len(startup.require().db.attempts) or kept(startup):
            await asyncio.sleep(0.01)

    async def live() -> None:
        async with startup.lifespan(None):
            await until_open(startup)
            db = startup.require().db
            hour_ago = db.now() - timedelta(hours=1, seconds=1)
            db.write(use_code, "mina", "123456", hour_ago)
            db.attempts.take(Claim("report", "192.0.2.7", AtMost(3)), now_s=hour_ago.timestamp())
            await asyncio.wait_for(until_empty(), timeout=20)

    asyncio.run(live())


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Startup:
    """Return what starts at once, and repeats its work in the background without a pause."""
    services = SimpleNamespace(db=SimpleNamespace(finish_checkpoint=lambda: None), notices=())
    monkeypatch.setattr(startup_module, "start_services", lambda *_: services)
    monkeypatch.setattr(startup_module, "stop_services", lambda: None)
    for pause in ("TIDY_EVERY_S", "MAIL_EVERY_S", "MAIL_AFTER_FAILURE_S", "RETRY_AFTER_S"):
        monkeypatch.setattr(startup_module, pause, 0.0)
    for part in BACKGROUND_WORK:
        monkeypatch.setattr(startup_module, part, lambda *_, **__: None)
    mail = {"ADDRESS": "https://rallies.example/", "MAIL_HOST": "mail.example", "MAIL_FROM": "us@rallies.example"}
    env = {f"RALLYMAP_{name}": value for name, value in mail.items()} | {"RALLYMAP_HOME": str(tmp_path)}
    return Startup(Settings.from_env(env), print)


@pytest.mark.parametrize("failing", BACKGROUND_WORK)
def test_work_in_the_background_goes_on_after_what_nobody_foresaw(
    opened: Startup, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failing: str
) -> None:
    monkeypatch.setattr(startup_module, "RUNS_AN_HOUR", 1)
    ran: Counter[str] = Counter()

    def run(part: str) -> None:
        ran[part] += 1
        if part == failing and ran[part] == 1:
            raise KeyError("nobody foresaw this")

    for part in BACKGROUND_WORK:
        monkeypatch.setattr(startup_module, part, lambda *_, part=part, **__: run(part))

    async def live() -> None:
        async with opened.lifespan(None):
            while len(ran) < 5 or min(ran.values()) < 3:
                await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(live(), timeout=20))
    [said] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert said.message == "A part of the work in the background failed; it is tried again."
    assert "nobody foresaw this" in str(said.exc_info and said.exc_info[1])


def test_start_is_tried_again_after_what_nobody_foresaw(opened: Startup, monkeypatch: pytest.MonkeyPatch) -> None:
    services = SimpleNamespace(db=SimpleNamespace(finish_checkpoint=lambda: None), notices=())
    answers = [StoreUnavailableError("away"), KeyError("nobody foresaw this"), services]

    def start(*_: object) -> object:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(startup_module, "start_services", start)

    async def live() -> None:
        async with opened.lifespan(None):
            await asyncio.wait_for(until_open(opened), timeout=20)

    asyncio.run(live())


def test_start_that_fails_leaves_nothing_open(tmp_path: Path) -> None:
    settings = Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_BUNDLED_EVENTS": "0"})
    Database.open(settings.database_url, key_file=settings.key_file).close()
    with closing(sqlite3.connect(tmp_path / "rallymap.db")) as raw, raw:
        raw.execute("DELETE FROM meta WHERE name = 'dataset_version'")
    with pytest.raises(StoreUnavailableError) as failed:
        start_services(settings)
    HomeLock.alone(tmp_path).release()
    assert failed.value.__traceback__ is not None  # is kept for as long as the site tries again


def test_home_whose_restore_is_killed_just_before_the_start_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = HomeLock.shared

    def wait_for_restore(home: Path) -> HomeLock:
        lock = shared(home)
        (home / RESTORING_FILE).touch()
        return lock

    monkeypatch.setattr(HomeLock, "shared", wait_for_restore)
    with pytest.raises(StoreUnavailableError, match="rallymap restore --resume"):
        open_database(settings_at(tmp_path))
    assert not (tmp_path / "rallymap.db").exists()
    HomeLock.alone(tmp_path).release()


def kept(startup: Startup) -> int:
    """Return how many hashes the database holds."""
    with startup.require().db.reading() as tx:
        return int(tx.conn.exec_driver_sql("SELECT count(*) FROM attempts").scalar_one())


def test_old_drafts_are_deleted_at_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(startup_module, "run_housekeeping", lambda _db, _retention: ran.append("tidy"))
    startup = Startup(settings_at(tmp_path), print)

    async def live() -> None:
        async with startup.lifespan(None):
            while not ran:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(live(), timeout=20))
    assert ran == ["tidy"]
