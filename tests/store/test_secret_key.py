"""The secret key: apart from the database, and what happens where the two do not belong together."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from rallymap.errors import EventNotFoundError, StoreUnavailableError
from rallymap.events import Event
from rallymap.moderation import Role
from rallymap.store import Credentials, Database, replace_key
from rallymap.store.accounts import add_account, get_credentials, set_totp_secret
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event
from rallymap.workflows.submissions import send_events
from tests.store.acts import account_named

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OLD_SECRET = "5a" * 32
FORM = "form-number-00000001"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rallymap.db"


def open_database(path: Path, **options: object) -> Database:
    return Database.open(f"sqlite:///{path}", **options)  # type: ignore[arg-type]


def files_with(folder: Path, secret: str) -> list[str]:
    texts = (secret.encode(), bytes.fromhex(secret)) if len(secret) == 64 else (secret.encode(),)
    return sorted(p.name for p in folder.iterdir() if any(text in p.read_bytes() for text in texts))


def make_old_database(path: Path, make_event: Callable[..., Event]) -> str:
    """Make a database as earlier versions did, with its secrets in it; return an edit link's token."""
    db = open_database(path)
    db.write(add_account, "mina", "hash", Role.MODERATOR)
    db.close()
    path.with_suffix(".key").unlink()
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM meta WHERE name = 'key_check'")
        raw.execute("INSERT INTO meta VALUES ('secret', ?)", (OLD_SECRET,))
        raw.execute("UPDATE accounts SET totp_secret = ?", (TOTP,))
    raw.close()
    # What was sent to the old version was hashed with the old secret.
    keyed = path.with_name("copy.db")
    shutil.copy(path, keyed)
    copy = open_database(keyed)
    token = send_events(copy, [make_event()], idempotency_key=FORM)[0].edit_token
    copy.close()
    with sqlite3.connect(keyed) as raw:
        raw.execute("DELETE FROM meta WHERE name = 'key_check'")
        raw.execute("INSERT INTO meta VALUES ('secret', ?)", (OLD_SECRET,))
        raw.execute("UPDATE accounts SET totp_secret = ?", (TOTP,))
    raw.close()
    keyed.rename(path)
    keyed.with_suffix(".key").unlink()
    return token


def test_new_database_holds_no_secret_and_its_key_is_for_the_owner_alone(path: Path) -> None:
    db = open_database(path)
    db.write(add_account, "mina", "hash", Role.MODERATOR, totp_secret=TOTP)
    db.write(set_totp_secret, "mina", TOTP)
    account = account_named(db, "mina")
    assert account is not None
    assert db.read(get_credentials, "mina") == Credentials(account, "hash", TOTP)
    db.close()
    key = path.with_suffix(".key")
    secret = key.read_text().splitlines()[-1]
    assert (len(secret), oct(key.stat().st_mode & 0o777)) == (64, "0o600")
    assert (files_with(path.parent, secret), files_with(path.parent, TOTP)) == (["rallymap.key"], [])


def test_secrets_of_an_old_database_move_out_and_everything_works_on(
    path: Path, make_event: Callable[..., Event]
) -> None:
    token = make_old_database(path, make_event)
    db = open_database(path)
    assert db.read(read_own_event, token).event.id == "oslo-2020"
    assert db.read(get_credentials, "mina").totp_secret == TOTP
    assert (files_with(path.parent, OLD_SECRET), files_with(path.parent, TOTP)) == (["rallymap.key"], [])
    db.close()
    again = open_database(path)
    assert again.read(read_own_event, token).event.id == "oslo-2020"
    again.close()


def test_move_that_was_cut_off_is_finished(path: Path, make_event: Callable[..., Event]) -> None:
    token = make_old_database(path, make_event)
    path.with_suffix(".key").write_text(f"{OLD_SECRET}\n")
    db = open_database(path)
    assert db.read(read_own_event, token).event.id == "oslo-2020"
    db.close()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda key: key.unlink(), "The key file rallymap.key of this database is missing."),
        (lambda key: key.write_text(""), "The key file rallymap.key holds no key"),
        (lambda key: key.write_text("# only words\n"), "The key file rallymap.key holds no key"),
        (lambda key: key.write_text("abc"), "The key file rallymap.key holds no key"),
        (lambda key: key.write_text("00" * 16), "The key file rallymap.key holds no key"),
        (lambda key: key.write_bytes(b"\xff\xfe"), "The key file rallymap.key cannot be read"),
        (lambda key: key.write_text("00" * 32), "The key file rallymap.key belongs to another database"),
    ],
)
def test_database_without_its_key_is_not_opened(path: Path, spoil: Callable[[Path], None], sentence: str) -> None:
    open_database(path).close()
    key = path.with_suffix(".key")
    before = key.read_bytes()
    spoil(key)
    with pytest.raises(StoreUnavailableError, match=sentence):
        open_database(path)
    key.write_bytes(before)
    open_database(path).close()


def test_key_file_in_another_encoding_is_not_written_into_the_log(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    open_database(path).close()
    key = path.with_suffix(".key")
    secret = key.read_text("utf-8").split()[-1]
    key.write_bytes(b"\xff\xfe" + secret.encode())
    with pytest.raises(StoreUnavailableError, match="it is not a text in UTF-8") as caught:
        open_database(path)
    assert secret not in f"{caught.value} {caught.value.detail} {caplog.text}"


def test_key_of_another_database_is_not_taken_for_an_old_one(path: Path, make_event: Callable[..., Event]) -> None:
    make_old_database(path, make_event)
    path.with_suffix(".key").write_text("00" * 32)
    with pytest.raises(StoreUnavailableError, match="belongs to another database"):
        open_database(path)


def test_new_database_takes_the_key_that_is_already_there(path: Path) -> None:
    path.with_suffix(".key").write_text("00" * 32)
    open_database(path).close()
    open_database(path).close()
    assert path.with_suffix(".key").read_text() == "00" * 32


def test_database_that_lost_its_secret_is_refused(path: Path) -> None:
    open_database(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM meta WHERE name = 'key_check'")
    raw.close()
    with pytest.raises(StoreUnavailableError, match="The database has lost its secret"):
        open_database(path)


def test_key_can_be_in_another_folder(path: Path, tmp_path: Path) -> None:
    key = tmp_path / "keys" / "site.key"
    open_database(path, key_file=key).close()
    assert key.exists()
    assert not path.with_suffix(".key").exists()


def test_two_servers_on_one_postgresql_need_the_same_key(empty_postgres_url: str, tmp_path: Path) -> None:
    first, second = tmp_path / "1.key", tmp_path / "2.key"
    Database.open(empty_postgres_url, key_file=first).close()
    with pytest.raises(StoreUnavailableError, match=r"The key file 2\.key of this database is missing"):
        Database.open(empty_postgres_url, key_file=second)
    shutil.copy(first, second)
    Database.open(empty_postgres_url, key_file=second).close()


def test_lost_key_is_replaced_and_only_links_and_second_factors_are_lost(
    path: Path, make_event: Callable[..., Event]
) -> None:
    db = open_database(path)
    db.write(add_account, "mina", "hash", Role.MODERATOR, totp_secret=TOTP)
    token = send_events(db, [make_event()], idempotency_key=FORM)[0].edit_token
    db.close()
    path.with_suffix(".key").unlink()
    replace_key(f"sqlite:///{path}", path.with_suffix(".key"))
    db = open_database(path)
    assert (db.read(get_event, "oslo-2020").id, db.read(get_credentials, "mina").totp_secret) == ("oslo-2020", "")
    with pytest.raises(EventNotFoundError):
        db.read(read_own_event, token)
    db.close()


def test_second_factor_that_was_changed_in_the_database_is_not_taken_away(path: Path) -> None:
    db = open_database(path)
    db.write(add_account, "mina", "hash", Role.MODERATOR, totp_secret=TOTP)
    with db.writing() as tx:
        tx.conn.exec_driver_sql("UPDATE accounts SET totp_secret = 'sealed:x'")
    with pytest.raises(Exception, match="set this second factor up again"):
        db.read(get_credentials, "mina")
    db.close()
