"""Signing in against a real database: who gets in, who waits, and when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from rallymap.errors import RateLimitError, SignInError
from rallymap.moderation import Role
from rallymap.passwords import hash_password
from rallymap.store import EventStore
from rallymap.workflows.sessions import (
    ATTEMPTS,
    COOKIE,
    WRONG,
    account_from_cookies,
    account_from_identity,
    network_of,
    sign_in,
    sign_out,
)

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def store(tmp_path: Path, password_hash: str) -> Iterator[EventStore]:
    opened = EventStore.open(f"sqlite:///{tmp_path / 'rallymap.db'}", clock=lambda: NOW)
    opened.add_account("mina", password_hash, Role.MODERATOR, ("NO",))
    opened.add_account("olav", password_hash, Role.MODERATOR, totp_secret=SECRET)
    yield opened
    opened.close()


def enter(store: EventStore, name: str = "mina", password: str = PASSWORD, **changes: object) -> str:
    given = {"code": "", "address": "192.0.2.1", "now": NOW} | changes
    return sign_in(store, name=name, password=password, **given)


def test_sign_in_opens_a_session(store: EventStore) -> None:
    account = account_from_cookies({COOKIE: enter(store)}, store, NOW)
    assert account == store.get_account("mina")


@pytest.mark.parametrize(
    ("name", "password"), [("mina", "wrong password!"), ("nobody", PASSWORD), ("", ""), ("mina", "")]
)
def test_sign_in_never_says_what_was_wrong(store: EventStore, name: str, password: str) -> None:
    with pytest.raises(SignInError) as refused:
        enter(store, name, password)
    assert refused.value.user_message == WRONG


def test_sign_in_with_a_second_factor_needs_its_code(store: EventStore) -> None:
    with pytest.raises(SignInError):
        enter(store, "olav")
    with pytest.raises(SignInError):
        enter(store, "olav", code="000000")
    code = pyotp.TOTP(SECRET).at(NOW)
    assert account_from_cookies({COOKIE: enter(store, "olav", code=f" {code[:3]} {code[3:]} ")}, store, NOW)


def test_sign_in_code_opens_once(store: EventStore) -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    enter(store, "olav", code=code)
    with pytest.raises(SignInError):
        enter(store, "olav", code=code)


@pytest.mark.slow
def test_sign_in_attempts_of_one_network_are_limited(store: EventStore) -> None:
    for _ in range(ATTEMPTS):
        with pytest.raises(SignInError):
            enter(store, password="wrong password!")
    with pytest.raises(RateLimitError) as blocked:
        enter(store)
    assert blocked.value.user_message == (
        "Too many attempts to sign in from your network. Wait 15 minutes, then try again."
    )
    assert blocked.value.retry_after_s == 900


@pytest.mark.slow
def test_sign_in_limit_binds_no_other_network_and_passes(store: EventStore) -> None:
    for _ in range(ATTEMPTS):
        with pytest.raises(SignInError):
            enter(store, password="wrong password!")
    assert enter(store, address="192.0.2.2")
    assert enter(store, now=NOW + timedelta(minutes=15, seconds=1))


def test_session_ends_after_twelve_hours(store: EventStore) -> None:
    cookies = {COOKIE: enter(store)}
    assert account_from_cookies(cookies, store, NOW + timedelta(hours=11, minutes=59)) is not None
    assert account_from_cookies(cookies, store, NOW + timedelta(hours=12)) is None


def test_session_ends_with_the_account(store: EventStore) -> None:
    cookies = {COOKIE: enter(store)}
    store.deactivate("mina")
    assert account_from_cookies(cookies, store, NOW) is None


def test_session_ends_with_sign_out(store: EventStore) -> None:
    cookies = {COOKIE: enter(store)}
    sign_out(cookies, store)
    assert account_from_cookies(cookies, store, NOW) is None


@pytest.mark.parametrize("cookies", [{}, {COOKIE: ""}, {COOKIE: "made up"}, {COOKIE: "x" * 5000}, {"rallymap": "x"}])
def test_session_of_other_cookies_is_nobodys(store: EventStore, cookies: dict[str, str]) -> None:
    assert account_from_cookies(cookies, store, NOW) is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_network_of(address: str, network: str) -> None:
    assert network_of(address) == network


def claims(**changes: object) -> dict[str, object]:
    """What Streamlit keeps of a token that was made a minute ago."""
    return {
        "is_logged_in": True,
        "iss": "https://login.example",
        "sub": "1",
        "iat": NOW.timestamp() - 60,
        "email": "mina@example.org",
    } | changes


def test_linked_identity_opens_its_account(store: EventStore) -> None:
    store.link_identity("mina", "https://login.example", "1")
    assert account_from_identity(claims(), store, NOW) == store.get_account("mina")


@pytest.mark.parametrize(
    "changes",
    [
        {"is_logged_in": False},
        {"iss": "https://elsewhere.example"},
        {"sub": "2"},
        {"sub": ""},
        {"sub": 1},
        {"iss": None},
        {"iat": NOW.timestamp() - 12 * 3600},
        {"iat": NOW.timestamp() + 301},
        {"iat": str(NOW.timestamp())},
        {"iat": None},
        {"iat": float("nan")},
        {"iat": float("-inf")},
    ],
)
def test_identity_that_opens_nothing(store: EventStore, changes: dict[str, object]) -> None:
    store.link_identity("mina", "https://login.example", "1")
    assert account_from_identity(claims(**changes), store, NOW) is None


def test_visitor_without_any_claims(store: EventStore) -> None:
    assert account_from_identity({}, store, NOW) is None
    assert account_from_identity({"email": "mina"}, store, NOW) is None


def test_identity_is_out_the_moment_its_account_is_closed_or_unlinked(store: EventStore) -> None:
    for name in ("mina", "olav"):
        store.link_identity(name, "https://login.example", name)
    store.deactivate("mina")
    store.unlink_identities("olav")
    assert account_from_identity(claims(sub="mina"), store, NOW) is None
    assert account_from_identity(claims(sub="olav"), store, NOW) is None
