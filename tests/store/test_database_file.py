"""A database file that is deleted, emptied, replaced or overwritten while the site runs acknowledges nothing."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg.errors
import pytest
import sqlalchemy as sa

from rallymap.errors import StoreUnavailableError
from rallymap.events import Event
from rallymap.store import Database, engine
from rallymap.store.database_file import ALMOST_FULL, EMPTIED, GONE, LOG_GONE, REPLACED
from rallymap.store.drafts import get_draft, save_draft
from rallymap.store.faults import AWAY, CLOSED, DAMAGED, DISK_FAILS, FULL, OVERLOADED, READ_ONLY, in_plain_words
from rallymap.store.transaction import Transaction, put_meta
from rallymap.workflows.submissions import send_events

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

FORM = "form-number-00000001"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rallymap.db"


@pytest.fixture
def local(path: Path, make_event: Callable[..., Event]) -> Iterator[Database]:
    db = Database.open(f"sqlite:///{path}")
    send_events(db, [make_event("first-one")], idempotency_key="form-number-00000000")[0]
    yield db
    db.close()


def read_by_another_program(path: Path) -> str:
    read = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(*c.execute('SELECT 1 FROM events')); c.close()"
    done = subprocess.run([sys.executable, "-c", read, str(path)], capture_output=True, text=True, check=True)
    return done.stdout


def replace(path: Path) -> None:
    other = path.parent / "other" / "rallymap.db"
    Database.open(f"sqlite:///{other}").close()
    shutil.move(other, path)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.unlink(), GONE),
        (lambda path: path.rename(path.with_name("moved.db")), GONE),
        (lambda path: os.truncate(path, 0), EMPTIED),
        (lambda path: os.truncate(path, 50), EMPTIED),
        (lambda path: path.write_bytes(b"something else\n" * 1000), EMPTIED),
        (lambda path: (path.unlink(), path.touch()), REPLACED),
        (lambda path: (path.unlink(), path.mkdir()), REPLACED),
        (replace, REPLACED),
        (lambda path: [file.unlink() for file in path.parent.glob("rallymap.db*")], GONE),
    ],
)
def test_nothing_is_acknowledged_and_health_says_so(
    path: Path,
    local: Database,
    make_event: Callable[..., Event],
    spoil: Callable[[Path], object],
    sentence: str,
) -> None:
    spoil(path)
    for _ in range(2):
        with pytest.raises(StoreUnavailableError) as raised:
            send_events(local, [make_event()], idempotency_key=FORM)[0]
        assert raised.value.user_message == sentence
        with pytest.raises(StoreUnavailableError) as raised:
            local.check_health()
        assert raised.value.user_message == sentence


def test_file_that_is_put_back_serves_on(path: Path, local: Database, make_event: Callable[..., Event]) -> None:
    moved = path.with_name("moved.db")
    path.rename(moved)
    with pytest.raises(StoreUnavailableError):
        send_events(local, [make_event()], idempotency_key=FORM)[0]
    moved.rename(path)
    assert send_events(local, [make_event()], idempotency_key=FORM)[0].event_id == "oslo-2020"
    local.check_health()


def test_file_that_vanishes_during_the_write_is_not_acknowledged(path: Path, local: Database) -> None:
    with pytest.raises(StoreUnavailableError) as raised, local.writing():
        path.unlink()
    assert raised.value.user_message == GONE


def test_write_ahead_log_that_vanishes_is_noticed(path: Path, local: Database) -> None:
    with pytest.raises(StoreUnavailableError) as raised, local.writing():
        path.with_name("rallymap.db-wal").unlink()
    assert raised.value.user_message == LOG_GONE


def test_another_program_that_reads_the_file_leaves_the_write_ahead_log(
    path: Path, local: Database, make_event: Callable[..., Event]
) -> None:
    assert read_by_another_program(path) == "(1,)\n"
    assert path.with_name("rallymap.db-wal").exists()
    assert send_events(local, [make_event()], idempotency_key=FORM)[0].event_id == "oslo-2020"


def test_search_for_the_cause_of_damage_leaves_the_write_ahead_log_to_this_process(path: Path, local: Database) -> None:
    with local.reading() as tx:
        roots = tx.conn.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'drafts'").scalars().all()
        size = tx.conn.exec_driver_sql("PRAGMA page_size").scalar_one()
    local.close()
    with path.open("r+b") as file:
        for root in roots:
            file.seek((root - 1) * size)
            file.write(b"x" * size)
    damaged = Database.open(f"sqlite:///{path}")
    with damaged.writing() as tx:
        put_meta(tx, "a line", "of the log")
    with pytest.raises(StoreUnavailableError) as raised:
        damaged.read(get_draft, "a token that no draft has")
    assert raised.value.user_message == DAMAGED
    assert read_by_another_program(path) == "(1,)\n"
    assert path.with_name("rallymap.db-wal").exists()
    with damaged.writing() as tx:
        put_meta(tx, "a line", "after it")
    damaged.close()


def test_database_whose_tables_were_emptied_is_noticed(db: Database, make_event: Callable[..., Event]) -> None:
    with db.writing() as tx:
        kept = tx.conn.exec_driver_sql("SELECT name, value FROM meta").all()
        tx.conn.exec_driver_sql("DELETE FROM meta")
    try:
        for ask in (
            db.dataset_version,
            db.check_health,
            lambda: send_events(db, [make_event()], idempotency_key=FORM)[0],
        ):
            with pytest.raises(StoreUnavailableError) as raised:
                ask()
            assert raised.value.user_message == EMPTIED
    finally:
        with db._writers.begin() as conn:
            for name, value in kept:
                conn.execute(sa.text("INSERT INTO meta VALUES (:name, :value)"), {"name": name, "value": value})


@pytest.mark.parametrize(("fault", "sentence"), [("query_only=ON", READ_ONLY), ("max_page_count=1", FULL)])
def test_write_that_the_database_refuses_is_a_line_in_the_log(
    local: Database, caplog: pytest.LogCaptureFixture, fault: str, sentence: str
) -> None:
    caplog.set_level(logging.ERROR)

    def write(tx: Transaction) -> None:
        tx.conn.exec_driver_sql(f"PRAGMA {fault}")
        put_meta(tx, "a-note", "of a visitor" * 10_000)

    with pytest.raises(StoreUnavailableError, match=re.escape(sentence)):
        local.write(write)
    assert [message.startswith(sentence) for message in caplog.messages] == [True]
    assert "of a visitor" not in caplog.text


def test_full_pool_of_connections_is_said_as_a_busy_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_S", 0.01)
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    with contextlib.ExitStack() as held:
        for _ in range(16):
            held.enter_context(db.reading())
        with pytest.raises(StoreUnavailableError, match=re.escape(OVERLOADED)):
            db.dataset_version()
    assert db.dataset_version() == 0
    db.close()


@pytest.mark.parametrize(("free", "sentence"), [(10**9, DISK_FAILS), (3_999_999, ALMOST_FULL)])
def test_disk_that_refuses_to_write_is_called_full_only_when_it_is(
    local: Database, monkeypatch: pytest.MonkeyPatch, free: int, sentence: str
) -> None:
    usage, (soft, hard) = shutil.disk_usage("."), resource.getrlimit(resource.RLIMIT_FSIZE)

    def write(tx: Transaction) -> None:
        put_meta(tx, "a-note", "of a visitor" * 10_000)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))  # SQLite then says: disk I/O error
        try:
            tx.conn.exec_driver_sql("COMMIT")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=free))
        with pytest.raises(StoreUnavailableError) as raised:
            local.write(write)
    assert raised.value.user_message == sentence
    local.check_health()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EIO, DISK_FAILS),
        (errno.EUCLEAN, DISK_FAILS),
        (errno.EACCES, CLOSED),
        (errno.ENOMEM, AWAY),
        (errno.ESTALE, REPLACED),
        (errno.ENOTDIR, GONE),
    ],
)
def test_file_that_cannot_be_read_is_not_called_replaced(
    local: Database, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def refuse(_handle: int, _size: int, _at: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "pread", refuse)
    with pytest.raises(StoreUnavailableError) as raised:
        local.check_health()
    assert raised.value.user_message == sentence


def test_home_folder_that_is_gone_is_said(path: Path, local: Database) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))
    with pytest.raises(StoreUnavailableError) as raised:
        local.check_health()
    assert raised.value.user_message == GONE


@pytest.mark.parametrize(
    ("state", "sentence"), [("58030", DISK_FAILS), ("58P01", DAMAGED), ("XX001", DAMAGED), ("53100", FULL)]
)
def test_fault_of_the_disk_of_postgresql_is_said(state: str, sentence: str) -> None:
    fault = psycopg.errors.lookup(state)("could not read block 7")
    with pytest.raises(StoreUnavailableError) as raised, in_plain_words():
        raise sa.exc.OperationalError("", None, fault)
    assert raised.value.user_message == sentence


def test_health_is_bad_on_a_disk_that_is_nearly_full(local: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(".")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=3_999_999))
    with pytest.raises(StoreUnavailableError, match=ALMOST_FULL):
        local.check_health()


def test_empty_file_is_refused_and_stays(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreUnavailableError) as raised:
        Database.open(f"sqlite:///{path}")
    assert raised.value.user_message == (
        "The database file rallymap.db is empty (0 bytes); restore it from a copy. "
        "To begin with a new database, delete this file."
    )
    assert path.stat().st_size == 0


def test_missing_file_with_a_log_next_to_it_is_refused(path: Path) -> None:
    path.with_name("rallymap.db-wal").write_bytes(b"x" * 5000)
    with pytest.raises(StoreUnavailableError, match="is missing, but its write-ahead log is there"):
        Database.open(f"sqlite:///{path}")
    assert not path.exists()


def test_files_of_a_database_are_for_their_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        Database.open(f"sqlite:///{path}").close()
        path.chmod(0o644)
        db = Database.open(f"sqlite:///{path}")
        db.write(save_draft, "a-token-of-a-draft", {"title": "Vigil"}, expected_revision=0)
        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()}
        db.close()
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("rallymap.db", "rallymap.db-wal", "rallymap.db-shm", "rallymap.key"), "0o600")
