"""Accounts, sessions and attempts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from rallymap.attempts import AtMost, Claim
from rallymap.errors import StoreError
from rallymap.moderation import Account, Role
from rallymap.store import AccountEntry, Credentials, EventStore
from tests.store.conftest import FakeClock

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
MINA = Account("mina", Role.MODERATOR, ("NO", "SE"))


@pytest.fixture
def mina(store: EventStore) -> Account:
    return store.add_account("Mina", "hash-1", Role.MODERATOR, ["se", "NO", "SE"])


def test_account_is_found_whatever_its_case(store: EventStore, mina: Account) -> None:
    assert mina == MINA
    assert store.get_account(" MINA ") == MINA
    assert store.credentials("mina") == Credentials(MINA, "hash-1", "")
    assert store.get_account("otto") is None
    assert store.list_accounts() == [AccountEntry(MINA, True, NOW, False)]


def test_account_name_is_taken(store: EventStore, mina: Account) -> None:
    with pytest.raises(StoreError) as raised:
        store.add_account("MINA", "hash-2", Role.ADMINISTRATOR)
    assert raised.value.user_message == "There is already an account named “mina”."


@pytest.mark.parametrize("name", ["a", "two words", "x" * 65, "<b>", ""])
def test_account_name_that_is_no_name(store: EventStore, name: str) -> None:
    with pytest.raises(StoreError, match="A name has 2 to 64"):
        store.add_account(name, "hash", Role.MODERATOR)
    assert store.list_accounts() == []


def test_account_for_a_country_that_is_none(store: EventStore) -> None:
    with pytest.raises(StoreError, match="“Norway” is not a country"):
        store.add_account("mina", "hash", Role.MODERATOR, ["Norway"])


def test_session_knows_its_account(store: EventStore, mina: Account) -> None:
    token = store.open_session(mina)

    assert store.session_account(token, NOW) == MINA
    assert store.session_account(token[:-1], NOW) is None
    assert store.session_account("", NOW) is None


def test_session_ends_after_twelve_hours(store: EventStore, mina: Account) -> None:
    token = store.open_session(mina)

    assert store.session_account(token, NOW + timedelta(hours=12, seconds=-1)) == MINA
    assert store.session_account(token, NOW + timedelta(hours=12)) is None


def test_session_is_closed(store: EventStore, mina: Account) -> None:
    kept, closed = store.open_session(mina), store.open_session(mina)
    store.close_session(closed)
    store.close_session(closed)

    assert store.session_account(closed, NOW) is None
    assert store.session_account(kept, NOW) == MINA


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.deactivate("mina"),
        lambda store: store.set_password_hash("mina", "hash-2"),
        lambda store: store.set_role("mina", Role.ORGANISER),
        lambda store: store.set_totp_secret("mina", "JBSWY3DP"),
    ],
)
def test_session_ends_at_once_when_the_account_changes(store: EventStore, mina: Account, change: object) -> None:
    token = store.open_session(mina)
    change(store)  # type: ignore[operator]

    assert store.session_account(token, NOW) is None


def test_closed_account_cannot_sign_in_and_keeps_its_name(store: EventStore, mina: Account) -> None:
    store.deactivate("mina")

    assert store.credentials("mina") is None
    assert store.list_accounts() == [AccountEntry(MINA, False, NOW, False)]
    with pytest.raises(StoreError):
        store.add_account("mina", "hash", Role.MODERATOR)


def test_changed_account(store: EventStore, mina: Account) -> None:
    store.set_role("mina", Role.ADMINISTRATOR)
    store.set_password_hash("mina", "hash-2")
    store.set_totp_secret("mina", "JBSWY3DP")

    assert store.credentials("mina") == Credentials(Account("mina", Role.ADMINISTRATOR), "hash-2", "JBSWY3DP")


def test_stronger_hash_keeps_the_session(store: EventStore, mina: Account) -> None:
    token = store.open_session(mina)
    store.refresh_password_hash("mina", "hash-2")

    assert store.session_account(token, NOW) == MINA
    assert store.credentials("mina") == Credentials(MINA, "hash-2", "")


def test_change_of_unknown_account(store: EventStore) -> None:
    with pytest.raises(StoreError) as raised:
        store.deactivate("nobody")
    assert raised.value.user_message == "There is no account named “nobody”."


def test_database_holds_no_token_and_no_address(store: EventStore, mina: Account) -> None:
    token = store.open_session(mina)
    store.attempts.take(Claim("sign-in", "192.0.2.7", AtMost(3)), now_s=NOW.timestamp())
    with store.reading() as conn:
        tables = sa.inspect(conn).get_table_names()
        kept = " ".join(str(conn.exec_driver_sql(f"SELECT * FROM {table}").fetchall()) for table in tables)

    assert token not in kept
    assert "192.0.2.7" not in kept


def test_address_hash_differs_between_databases(store: EventStore, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = EventStore.open(f"sqlite:///{tmp_path_factory.mktemp('other') / 'other.db'}")
    try:
        assert store.hash_address("192.0.2.7") == store.hash_address("192.0.2.7")
        assert store.hash_address("192.0.2.7") != other.hash_address("192.0.2.7")
    finally:
        other.close()


def test_address_hash_differs_after_a_restart_and_the_next_day(store: EventStore, url: str, clock: FakeClock) -> None:
    today, key = store.hash_address("192.0.2.7"), store.keyed_hash("address", "192.0.2.7")
    assert today != key  # a secret that is kept would lead back to the address
    restarted = EventStore.open(url, clock=clock)
    try:
        assert restarted.hash_address("192.0.2.7") != today
    finally:
        restarted.close()
    clock.forward(days=1)
    assert store.hash_address("192.0.2.7") != today


def test_code_is_used_once(store: EventStore) -> None:
    assert store.use_code("mina", "123456", NOW)
    assert not store.use_code("mina", "123456", NOW + timedelta(seconds=89))
    assert store.use_code("mina", "654321", NOW)
    assert store.use_code("olav", "123456", NOW)


@pytest.mark.parametrize("name", ["\0", "mina\0", "\ud800", "x" * 10_000, "two words"])
def test_no_account_has_an_impossible_name(store: EventStore, mina: Account, name: str) -> None:
    assert store.credentials(name) is None
