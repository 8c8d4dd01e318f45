"""Opening: new, known, newer, foreign, damaged and unwritable databases, and old SQLite libraries."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from rallymap.errors import SchemaVersionError, SettingsError, StoreUnavailableError
from rallymap.events import CrowdClaim, Event
from rallymap.moderation import Account, Decision, Role
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.engine import journal_mode, newest_sqlite
from rallymap.store.events import get_event, get_events, public_rows
from rallymap.store.migrate import HEAD, VERSION_TABLE
from rallymap.store.schema import metadata
from rallymap.store.search import find_search_ids, renew_index
from rallymap.workflows.decisions import list_staged, stage
from rallymap.workflows.submissions import send_events

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Make = Callable[..., Event]


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def set_version(conn: sa.Connection, version: str) -> None:
    """Drop the newest tables, and write the version before them into a database."""
    for table in ("refused_proposals", "ended_links"):
        conn.exec_driver_sql(f"DROP TABLE {table}")
    conn.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '{version}'")


def test_open_makes_the_folder_and_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "rallymap.db"
    db = Database.open(sqlite_url(path))

    assert db.dataset_version() == 0
    assert list(public_rows(db)) == []
    db.close()
    assert path.exists()


def test_open_again_keeps_everything(url: str, make_event: Make) -> None:
    first = Database.open(url)
    receipt = send_events(first, [make_event()], idempotency_key="form-1")[0]
    first.close()
    second = Database.open(url)

    assert send_events(second, [make_event()], idempotency_key="form-1")[0] == receipt
    second.close()


def test_open_empty_postgresql(empty_postgres_url: str) -> None:
    db = Database.open(empty_postgres_url)

    assert db.dataset_version() == 0
    db.close()


def test_migration_keeps_prepared_decisions(url: str, make_event: Make) -> None:
    mira, nora = (Account(name, Role.MODERATOR) for name in ("mira", "nora"))
    first = Database.open(url)
    send_events(first, [make_event()], idempotency_key="form-1")
    first.close()
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as conn:
        conn.exec_driver_sql("DROP TABLE staged")
        conn.exec_driver_sql("ALTER TABLE events DROP COLUMN crowd_open_above")
        conn.exec_driver_sql("ALTER TABLE events DROP COLUMN crowd_open_below")
        conn.exec_driver_sql(
            "CREATE TABLE staged (event_id TEXT PRIMARY KEY, account TEXT NOT NULL, decision TEXT NOT NULL, "
            "reason TEXT NOT NULL, expected_revision INTEGER NOT NULL, at DOUBLE PRECISION NOT NULL)"
        )
        conn.exec_driver_sql("CREATE INDEX ix_staged_account ON staged (account)")
        conn.exec_driver_sql("INSERT INTO staged VALUES ('oslo-2020', 'mira', 'reject', 'Which day?', 1, 0)")
        set_version(conn, "0020")
    second = Database.open(url)
    stage(second, "oslo-2020", Decision.PUBLISH, account=nora, expected_revision=1)
    [[one], [other]] = (list_staged(second, account) for account in (mira, nora))
    assert [(item.decision, item.reason) for item in (one, other)] == [
        (Decision.REJECT, "Which day?"),
        (Decision.PUBLISH, ""),
    ]
    second.close()


def test_migration_reads_who_gives_numbers_from_documents(url: str, make_event: Make) -> None:
    claims = {
        "police": CrowdClaim(300, 300, by="Norwegian police"),
        "organisers": CrowdClaim(900, None, by="A club"),
        "none": CrowdClaim(words="hundreds", by="police"),
        "damaged": CrowdClaim(5, 5, by="police"),
    }
    first = Database.open(url)
    add_many(first, [make_event(id_, crowd=(one,), organisers=("A club",)) for id_, one in claims.items()], actor="x")
    first.close()
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as conn:
        conn.exec_driver_sql("DROP INDEX ix_events_guarded_until")
        conn.exec_driver_sql("ALTER TABLE events DROP COLUMN crowd_by")
        conn.exec_driver_sql("ALTER TABLE events DROP COLUMN crowd_open_above")
        conn.exec_driver_sql("ALTER TABLE events DROP COLUMN crowd_open_below")
        conn.exec_driver_sql("UPDATE revisions SET document = '{' WHERE event_id = 'damaged'")
        set_version(conn, "0018")
    Database.open(url).close()
    with engine.begin() as conn:
        kept: dict[str, str] = dict(conn.execute(sa.text("SELECT id, crowd_by FROM events")).all())
    assert kept == {"police": '["police"]', "organisers": '["organisers"]', "none": "[]", "damaged": "[]"}


def test_crowds_without_a_lower_limit_are_corrected_in_a_database_of_the_version_before(
    url: str, make_event: Make
) -> None:
    crowds: dict[str, tuple[CrowdClaim, ...]] = {
        "up-to": (CrowdClaim(None, 3000), CrowdClaim(None, 9000, is_expected=True)),
        "two": (CrowdClaim(None, 3000), CrowdClaim(2500, 2500), CrowdClaim(words="many")),
        "nobody-came": (CrowdClaim(0, 40),),
        "more-than": (CrowdClaim(300),),
        "none": (CrowdClaim(words="hundreds"),),
        "damaged": (CrowdClaim(None, 7),),
    }
    columns = "crowd_low, crowd_high, crowd_open_below, crowd_open_above"
    first = Database.open(url)
    add_many(first, [make_event(event_id, crowd=crowd) for event_id, crowd in crowds.items()], actor="x")
    first.close()
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as conn:
        conn.exec_driver_sql("UPDATE events SET crowd_low = 0 WHERE crowd_open_below")
        conn.exec_driver_sql("ALTER TABLE events DROP COLUMN crowd_open_below")
        conn.exec_driver_sql("ALTER TABLE events RENAME COLUMN crowd_open_above TO crowd_is_open")
        conn.exec_driver_sql("UPDATE revisions SET document = '{' WHERE event_id = 'damaged'")
        set_version(conn, "0022")
    Database.open(url).close()
    with engine.begin() as conn:
        kept = {row[0]: tuple(row[1:]) for row in conn.execute(sa.text(f"SELECT id, {columns} FROM events"))}
    assert kept == {
        "up-to": (3000, 3000, True, False),
        "two": (2500, 3000, True, False),
        "nobody-came": (0, 40, False, False),
        "more-than": (300, 300, False, True),
        "none": (None, None, False, False),
        "damaged": (0, 7, False, False),
    }


def test_index_gets_what_imports_left_out_and_loses_what_is_gone(url: str, make_event: Make) -> None:
    first = Database.open(url)
    add_many(first, [make_event("first"), make_event("second"), make_event("third")], actor="x")
    first.close()
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as conn:
        row = "rowid" if url.startswith("sqlite") else "rowid_"
        conn.exec_driver_sql(f"DELETE FROM search WHERE {row} IN (SELECT search_id FROM events WHERE id = 'first')")
        conn.exec_driver_sql("DELETE FROM events WHERE id = 'third'")
        set_version(conn, "0023")
    second = Database.open(url)
    renew_index(second)
    found = second.read(find_search_ids, "Oslo").tolist()
    assert sorted(found) == sorted(row.search_id for rows in public_rows(second) for row in rows)
    assert len(found) == 2
    second.close()


@pytest.mark.postgres
def test_postgresql_compares_events_and_search_index_by_hash_whatever_memory_it_has(
    emptied_postgres: Callable[[], str],
) -> None:
    url = emptied_postgres()
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as conn:
        set_version(conn, "0023")
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        Database.open(url).close()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    statements = [one for one in sent if one.startswith(("UPDATE events", "DELETE FROM search"))]
    assert len(statements) == 2
    for statement in statements:
        with engine.begin() as conn:
            plan = "\n".join(conn.exec_driver_sql(f"EXPLAIN {statement}").scalars())
        assert "SubPlan" not in plan, plan


def test_open_by_several_at_once_makes_the_tables_once(tmp_path: Path) -> None:
    url, opened, failed = sqlite_url(tmp_path / "rallymap.db"), [], []

    def open_database() -> None:
        try:
            opened.append(Database.open(url))
        except StoreUnavailableError as err:
            failed.append(err)

    threads = [threading.Thread(target=open_database) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert [db.dataset_version() for db in opened] == [0] * 6
    for db in opened:
        db.close()


def test_migrations_make_exactly_the_tables_of_the_schema(url: str) -> None:
    Database.open(url).close()
    engine = sa.create_engine(url)
    with engine.connect() as conn:
        # The full-text index is a table of its own kind on each database.
        def is_known(name: str | None, kind: str, _parents: object) -> bool:
            return kind != "table" or not (name or "").startswith("search")

        options = {"version_table": VERSION_TABLE, "compare_type": True, "include_name": is_known}
        context = MigrationContext.configure(conn, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "rallymap.store:migrations")

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_open_of_a_newer_database(url: str) -> None:
    Database.open(url).close()
    engine = sa.create_engine(url)
    with engine.begin() as conn:
        conn.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    engine.dispose()

    with pytest.raises(SchemaVersionError) as raised:
        Database.open(url)
    assert raised.value.user_message == (
        "This database was made by a newer rallymap; start that version, or restore an older copy."
    )


def test_open_of_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    raw.close()

    with pytest.raises(SchemaVersionError) as raised:
        Database.open(sqlite_url(path))
    assert raised.value.user_message.startswith("This database holds other tables than rallymap's")
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
    raw.close()


def test_open_of_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database, just some words that fill a page.\n" * 200)

    with pytest.raises(SchemaVersionError, match="This file is not a database"):
        Database.open(sqlite_url(path))
    assert path.read_text().startswith("Not a database")


def test_open_where_the_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreUnavailableError, match="The database file cannot be opened"):
        Database.open(sqlite_url(tmp_path / "file" / "rallymap.db"))


def test_open_where_the_file_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="The database file cannot be opened"):
        Database.open(sqlite_url(tmp_path))


def test_open_of_a_server_that_does_not_answer() -> None:
    with pytest.raises(StoreUnavailableError) as raised:
        Database.open("postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert raised.value.user_message == "The database cannot be reached just now; please try again in a moment."


@pytest.mark.parametrize("bad", ["sqlite://", "sqlite:///:memory:", "no url at all"])
def test_open_of_a_url_that_keeps_nothing(bad: str) -> None:
    with pytest.raises(SettingsError, match="RALLYMAP_DATABASE_URL"):
        Database.open(bad)


def test_read_only_database_is_read_and_says_why_it_cannot_be_written(tmp_path: Path, make_event: Make) -> None:
    path = tmp_path / "rallymap.db"
    db = Database.open(sqlite_url(path))
    add_many(db, [make_event()], actor="import")
    db.close()
    read_only = Database.open(f"sqlite:///file:{path}?mode=ro&uri=true")

    assert read_only.read(get_event, "oslo-2020") == make_event()
    with pytest.raises(StoreUnavailableError) as raised:
        send_events(read_only, [make_event()], idempotency_key="form-1")
    assert raised.value.user_message == (
        "The database cannot be written to, it is read-only; ask the operator. Nothing was saved."
    )
    read_only.close()


def test_full_disk_is_said_and_nothing_is_half_saved(tmp_path: Path, make_event: Make) -> None:
    db = Database.open(sqlite_url(tmp_path / "rallymap.db"))
    with db.reading() as tx:
        # The same answer of the library as from a disk without room.
        pages = tx.conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx.conn.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
    events = [make_event(f"event-{n}", about="x" * 3000) for n in range(20)]

    with pytest.raises(StoreUnavailableError) as raised:
        add_many(db, events, actor="import")
    assert raised.value.user_message == (
        "The disk of the database is full; ask the operator to make room. Nothing was saved."
    )
    assert db.read(get_events, (event.id for event in events)) == []
    assert db.dataset_version() == 0
    db.close()


def test_locked_database_says_that_it_is_busy(
    tmp_path: Path, make_event: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rallymap.store.engine.BUSY_S", 0.2)
    path = tmp_path / "rallymap.db"
    db = Database.open(sqlite_url(path))
    other = newest_sqlite().connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreUnavailableError) as raised:
        send_events(db, [make_event()], idempotency_key="form-1")[0]
    other.execute("ROLLBACK")
    other.close()
    assert raised.value.user_message.startswith("The database is busy with another change")
    assert send_events(db, [make_event()], idempotency_key="form-1")[0].event_id == "oslo-2020"
    db.close()


def test_killed_connection_does_not_stop_the_next_one(emptied_postgres: Callable[[], str]) -> None:
    url = emptied_postgres()
    db = Database.open(url)
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as other, db.reading() as tx:
        pid = tx.conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        tx.conn.rollback()
        other.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
    engine.dispose()

    assert db.dataset_version() == 0
    db.close()


def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    db = Database.open(sqlite_url(tmp_path / "rallymap.db"))
    with db.reading() as tx:
        found = {
            name: tx.conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    db.close()

    assert found == {
        "journal_mode": journal_mode(newest_sqlite().sqlite_version_info).lower(),
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 15000,
    }


@pytest.mark.parametrize(
    ("library", "mode"), [((3, 40, 1), "DELETE"), ((3, 51, 2), "DELETE"), ((3, 51, 3), "WAL"), ((3, 53, 4), "WAL")]
)
def test_journal_mode_avoids_the_reset_bug(library: tuple[int, ...], mode: str) -> None:
    assert journal_mode(library) == mode


def test_old_sqlite_keeps_a_rollback_journal(
    tmp_path: Path, make_event: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "rallymap.db"
    Database.open(sqlite_url(path)).close()
    monkeypatch.setattr("rallymap.store.engine.newest_sqlite", lambda: sqlite3)
    monkeypatch.setattr("rallymap.store.engine.WAL_SAFE_SQLITE", (99, 0, 0))
    db = Database.open(sqlite_url(path))
    add_many(db, [make_event()], actor="import")
    with db.reading() as tx:
        assert tx.conn.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
    assert db.read(get_event, "oslo-2020") == make_event()
    db.close()
    assert "keeps a rollback journal" in caplog.text


def test_too_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rallymap.store.engine.OLDEST_SQLITE", (99, 0, 0))

    with pytest.raises(StoreUnavailableError, match="is too old for rallymap; install the Python package pysqlite3"):
        Database.open(sqlite_url(tmp_path / "rallymap.db"))
