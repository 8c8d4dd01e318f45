"""Accounts, sessions and attempts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from rallymap.attempts import AtMost, Claim
from rallymap.errors import StoreError
from rallymap.moderation import Account, Role
from rallymap.store import AccountEntry, Credentials, Database
from rallymap.store.accounts import (
    add_account,
    close_account,
    get_credentials,
    list_accounts,
    refresh_password_hash,
    set_role,
    set_totp_secret,
)
from rallymap.store.sessions import close_session, get_session_account, open_session, use_code
from tests.store.acts import account_named

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
MINA = Account("mina", Role.MODERATOR, ("NO", "SE"))


@pytest.fixture
def mina(db: Database) -> Account:
    return db.write(add_account, "Mina", "hash-1", Role.MODERATOR, ["se", "NO", "SE"])


@pytest.mark.slow
def test_account_is_found_whatever_its_case(db: Database, mina: Account) -> None:
    assert mina == MINA
    assert account_named(db, " MINA ") == MINA
    assert db.read(get_credentials, "mina") == Credentials(MINA, "hash-1", "")
    assert account_named(db, "otto") is None
    assert db.read(list_accounts) == [AccountEntry(MINA, True, NOW, False)]


def test_account_name_is_taken(db: Database, mina: Account) -> None:
    with pytest.raises(StoreError) as raised:
        db.write(add_account, "MINA", "hash-2", Role.ADMINISTRATOR)
    assert raised.value.user_message == "There is already an account named “mina”."


@pytest.mark.parametrize("name", ["mіna", "МINA", "minа"])  # with Cyrillic letters
def test_account_name_that_looks_like_another_one_is_taken(db: Database, mina: Account, name: str) -> None:
    with pytest.raises(StoreError, match="There is already an account named “mina”"):
        db.write(add_account, name, "hash-2", Role.MODERATOR)


@pytest.mark.parametrize("name", ["submitter", "Visitor", "operator", "оperator", "rallymap", "invitation"])
def test_name_of_somebody_without_an_account_is_refused(db: Database, name: str) -> None:
    with pytest.raises(StoreError, match="The log uses the name"):
        db.write(add_account, name, "hash", Role.MODERATOR)


@pytest.mark.parametrize("name", ["a", "two words", "x" * 65, "<b>", ""])
def test_account_name_that_is_no_name(db: Database, name: str) -> None:
    with pytest.raises(StoreError, match="A name has 2 to 64"):
        db.write(add_account, name, "hash", Role.MODERATOR)
    assert db.read(list_accounts) == []


def test_account_for_a_country_that_is_none(db: Database) -> None:
    with pytest.raises(StoreError, match="“Norway” is not a country"):
        db.write(add_account, "mina", "hash", Role.MODERATOR, ["Norway"])


def test_session_knows_its_account(db: Database, mina: Account) -> None:
    token = db.write(open_session, mina)

    assert db.read(get_session_account, token, NOW) == MINA
    assert db.read(get_session_account, token[:-1], NOW) is None
    assert db.read(get_session_account, "", NOW) is None


def test_session_ends_after_twelve_hours(db: Database, mina: Account) -> None:
    token = db.write(open_session, mina)

    assert db.read(get_session_account, token, NOW + timedelta(hours=12, seconds=-1)) == MINA
    assert db.read(get_session_account, token, NOW + timedelta(hours=12)) is None


def test_session_is_closed(db: Database, mina: Account) -> None:
    kept, closed = db.write(open_session, mina), db.write(open_session, mina)
    db.write(close_session, closed)
    db.write(close_session, closed)

    assert db.read(get_session_account, closed, NOW) is None
    assert db.read(get_session_account, kept, NOW) == MINA


@pytest.mark.parametrize(
    "change",
    [
        lambda db: db.write(close_account, "mina"),
        lambda db: db.write(set_role, "mina", Role.ORGANISER),
        lambda db: db.write(set_totp_secret, "mina", "JBSWY3DP"),
    ],
)
def test_session_ends_at_once_when_the_account_changes(db: Database, mina: Account, change: object) -> None:
    token = db.write(open_session, mina)
    change(db)  # type: ignore[operator]

    assert db.read(get_session_account, token, NOW) is None


def test_closed_account_cannot_sign_in_and_keeps_its_name(db: Database, mina: Account) -> None:
    db.write(close_account, "mina")

    assert db.read(get_credentials, "mina") is None
    assert db.read(list_accounts) == [AccountEntry(MINA, False, NOW, False, NOW + timedelta(days=30))]
    with pytest.raises(StoreError):
        db.write(add_account, "mina", "hash", Role.MODERATOR)


def test_changed_account(db: Database, mina: Account) -> None:
    db.write(set_role, "mina", Role.ADMINISTRATOR)
    db.write(refresh_password_hash, "mina", "hash-2")
    db.write(set_totp_secret, "mina", "JBSWY3DP")

    assert db.read(get_credentials, "mina") == Credentials(Account("mina", Role.ADMINISTRATOR), "hash-2", "JBSWY3DP")


def test_stronger_hash_keeps_the_session(db: Database, mina: Account) -> None:
    token = db.write(open_session, mina)
    db.write(refresh_password_hash, "mina", "hash-2")

    assert db.read(get_session_account, token, NOW) == MINA
    assert db.read(get_credentials, "mina") == Credentials(MINA, "hash-2", "")


def test_change_of_unknown_account(db: Database) -> None:
    with pytest.raises(StoreError) as raised:
        db.write(close_account, "nobody")
    assert raised.value.user_message == "There is no account named “nobody”."


def test_database_holds_no_token_and_no_address(db: Database, mina: Account) -> None:
    token = db.write(open_session, mina)
    db.attempts.take(Claim("sign-in", "192.0.2.7", AtMost(3)), now_s=NOW.timestamp())
    with db.reading() as tx:
        tables = sa.inspect(tx.conn).get_table_names()
        kept = " ".join(str(tx.conn.exec_driver_sql(f"SELECT * FROM {table}").fetchall()) for table in tables)

    assert token not in kept
    assert "192.0.2.7" not in kept


def test_code_is_used_once(db: Database) -> None:
    assert db.write(use_code, "mina", "123456", NOW)
    assert not db.write(use_code, "mina", "123456", NOW + timedelta(seconds=89))
    assert db.write(use_code, "mina", "654321", NOW)
    assert db.write(use_code, "olav", "123456", NOW)


@pytest.mark.parametrize("name", ["\0", "mina\0", "\ud800", "x" * 10_000, "two words"])
def test_no_account_has_an_impossible_name(db: Database, mina: Account, name: str) -> None:
    assert db.read(get_credentials, name) is None
