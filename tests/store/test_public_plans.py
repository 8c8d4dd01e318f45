"""Statements of public routes read no whole table of events, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from benchmarks.statements import collect_statements
from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, ReviewStatus
from rallymap.store import Database, bulk
from rallymap.store.bulk import add_many
from rallymap.store.events import list_disclosed_ids, read_public_changes
from rallymap.store.search import find_search_ids
from rallymap.store.takedown import get_tombstone, list_gone, list_tombstones
from rallymap.store.transaction import Reading
from tests.store.conftest import NOW

Make = Callable[..., Event]
MANY = 400


@pytest.fixture
def filled(tmp_path: Path, make_event: Make) -> Iterator[Database]:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    first = date(2019, 1, 1)
    add_many(
        db,
        [
            make_event(
                f"event-{number:03}",
                when=EventDate(first + timedelta(days=number), precision=DatePrecision.DAY),
                review=ReviewStatus.WITHDRAWN if number % 100 == 0 else ReviewStatus.PUBLISHED,
            )
            for number in range(MANY)
        ],
        actor="import",
    )
    db.refresh_statistics()
    yield db
    db.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda tx: list_gone(tx, 0, None, 10), "ix_events_under_review"),
        (list_tombstones, "ix_events_under_review"),
        (lambda tx: get_tombstone(tx, "event-001"), "sqlite_autoindex_events"),
        (lambda tx: list_disclosed_ids(tx, 1_600_000_000.0, NOW), "ix_events_guarded_until"),
        (lambda tx: read_public_changes(tx, 0), "ix_events_changed_in"),
    ],
)
def test_statement_finds_events_by_an_index(filled: Database, ask: Callable[[Reading], Any], index: str) -> None:
    with filled.reading() as tx:
        with collect_statements() as found:
            ask(tx)
        plans = [
            step
            for statement, parameters in found
            for *_, step in tx.conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    about_events = [step for step in plans if " events" in step]
    assert about_events, plans
    assert not [step for step in about_events if step.startswith("SCAN")], plans
    assert any(index in step for step in about_events), plans


@pytest.mark.slow
@pytest.mark.postgres
def test_search_on_postgresql_reads_the_index(empty_postgres_url: str, make_event: Make) -> None:
    db = Database.open(empty_postgres_url)
    add_many(db, [make_event(f"event-{number:03}") for number in range(MANY)], actor="import")
    db.refresh_statistics()
    with db.reading() as tx:
        with collect_statements() as found:
            assert not len(find_search_ids(tx, "qwertyuiop"))  # not found as typed, so all similar words are looked up
        plans = [
            [step for (step,) in tx.conn.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
            for statement, parameters in found
            if "FROM search" in statement
        ]
    db.close()
    assert len(plans) > 3
    assert not [plan for plan in plans if not any("Bitmap Index Scan on ix_search_words" in step for step in plan)]


@pytest.mark.postgres
def test_role_that_does_not_own_the_tables_can_import_many_events(
    emptied_postgres: Callable[[], str], make_event: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sa.make_url(emptied_postgres())
    owner = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with owner.connect() as conn:
        conn.exec_driver_sql("CREATE ROLE site LOGIN")
        conn.exec_driver_sql("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO site")
        conn.exec_driver_sql("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO site")
        try:
            db = Database.open(url.set(username="site").render_as_string(hide_password=False))
            monkeypatch.setattr(bulk, "EVENTS_AT_ONCE", 1)
            assert add_many(db, [make_event("event-1")], actor="import").added == 1
            db.close()
        finally:
            conn.exec_driver_sql("DROP OWNED BY site")
            conn.exec_driver_sql("DROP ROLE site")
