"""Signing in against a real database: who gets in, who waits, and when it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher

from rallymap import passwords
from rallymap.errors import RateLimitError, SignInError
from rallymap.moderation import Role
from rallymap.passwords import hash_password, verify_password
from rallymap.store import Credentials, Database
from rallymap.store.accounts import (
    add_account,
    close_account,
    get_credentials,
    refresh_password_hash,
    set_password_hash,
)
from rallymap.store.identities import link_identity, unlink_identities
from rallymap.store.sessions import list_sessions
from rallymap.workflows import sessions
from rallymap.workflows.sessions import (
    COOKIE,
    WRONG,
    SignedIn,
    account_from_cookies,
    account_from_identity,
    sign_in,
    sign_out,
)
from rallymap.workflows.sign_in_limits import FREE_ATTEMPTS, NETWORK_ATTEMPTS, is_known_browser
from tests.store.acts import account_named

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def _light_hashing() -> Iterator[None]:
    """Hash with little memory: these tests try hundreds of passwords, and how slow hashing is, is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._hash_of_nothing.cache_clear()
        yield
    passwords._hash_of_nothing.cache_clear()


@pytest.fixture(scope="module")
def password_hash(_light_hashing: None) -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def db(tmp_path: Path, password_hash: str) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}", clock=lambda: NOW)
    opened.write(add_account, "mina", password_hash, Role.MODERATOR, ("NO",))
    opened.write(add_account, "olav", password_hash, Role.MODERATOR, totp_secret=SECRET)
    yield opened
    opened.close()


def _credentials(db: Database, name: str) -> Credentials:
    found = db.read(get_credentials, name)
    assert found is not None
    return found


def enter(db: Database, name: str = "mina", password: str = PASSWORD, **changes: Any) -> SignedIn:
    given: dict[str, Any] = {"code": "", "address": "192.0.2.1", "now": NOW} | changes
    return sign_in(db, name=name, password=password, **given)


def header(token: str) -> str:
    return f"{COOKIE}={token}"


def fail(db: Database, times: int, **changes: Any) -> None:
    """Try wrong passwords, each after the wait that the one before asked for."""
    for number in range(times):
        with pytest.raises(SignInError):
            enter(db, password="wrong password!", **{"name": f"nobody-{number}"} | changes)


def test_sign_in_opens_a_session(db: Database) -> None:
    account = account_from_cookies(header(enter(db).token), db, NOW)
    assert account == account_named(db, "mina")


@pytest.mark.parametrize(
    ("name", "password"), [("mina", "wrong password!"), ("nobody", PASSWORD), ("", ""), ("mina", "")]
)
def test_sign_in_never_says_what_was_wrong(db: Database, name: str, password: str) -> None:
    with pytest.raises(SignInError) as refused:
        enter(db, name, password)
    assert refused.value.user_message == WRONG


def test_sign_in_with_a_second_factor_needs_its_code(db: Database) -> None:
    with pytest.raises(SignInError):
        enter(db, "olav")
    with pytest.raises(SignInError):
        enter(db, "olav", code="000000")
    code = pyotp.TOTP(SECRET).at(NOW)
    assert account_from_cookies(header(enter(db, "olav", code=f" {code[:3]} {code[3:]} ").token), db, NOW)


def test_sign_in_code_opens_once(db: Database) -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    enter(db, "olav", code=code)
    with pytest.raises(SignInError):
        enter(db, "olav", code=code)


def test_wrong_attempts_for_one_name_have_to_wait_longer_each_time(db: Database) -> None:
    fail(db, FREE_ATTEMPTS, name="mina")
    with pytest.raises(RateLimitError) as blocked:
        enter(db)
    assert blocked.value.user_message == "Too many attempts to sign in. Wait 30 seconds, then try again."
    assert blocked.value.retry_after_s == 30
    fail(db, 1, name="mina", now=NOW + timedelta(seconds=30))
    with pytest.raises(RateLimitError, match="Wait 60 seconds"):
        enter(db, now=NOW + timedelta(seconds=30))
    fail(db, 1, name="mina", now=NOW + timedelta(seconds=90))
    with pytest.raises(RateLimitError, match="Wait 2 minutes"):
        enter(db, now=NOW + timedelta(seconds=90))


def test_attempts_that_are_refused_extend_nothing(db: Database) -> None:
    fail(db, FREE_ATTEMPTS, name="mina")
    for second in range(30):
        with pytest.raises(RateLimitError):
            enter(db, now=NOW + timedelta(seconds=second))
    assert enter(db, now=NOW + timedelta(seconds=30))


def test_a_wait_is_never_longer_than_a_quarter_of_an_hour(db: Database) -> None:
    now, waits = NOW, []
    for _ in range(20):
        try:
            enter(db, password="wrong password!", now=now)
        except RateLimitError as blocked:
            waits.append(blocked.retry_after_s)
            now += timedelta(seconds=blocked.retry_after_s)
        except SignInError:
            pass
    assert (waits[:3], max(waits)) == ([30, 60, 120], 15 * 60)


def test_right_password_empties_the_count(db: Database) -> None:
    for _ in range(4):
        fail(db, FREE_ATTEMPTS - 1, name="mina")
        assert enter(db)


def test_limit_binds_no_other_network(db: Database) -> None:
    fail(db, FREE_ATTEMPTS, name="mina")
    assert enter(db, address="192.0.2.2")


@pytest.mark.parametrize("spelling", ["MINA", " mina ", "ｍｉｎａ"])
@pytest.mark.parametrize("other", ["mina", "nobo"])
def test_another_spelling_of_a_name_is_not_another_count(db: Database, other: str, spelling: str) -> None:
    fail(db, FREE_ATTEMPTS, name=other)
    # The same for a name that does not exist: otherwise spellings would show which ones do.
    said = spelling.translate(str.maketrans("minaMINAｍｉｎａ", "noboNOBOｎｏｂｏ"))
    with pytest.raises(RateLimitError):
        enter(db, spelling if other == "mina" else said)


def test_other_people_of_the_network_cannot_lock_a_moderator_out(db: Database) -> None:
    fail(db, 12)  # the trial's ten wrong attempts by anybody, and two more
    assert enter(db)


def test_network_has_a_limit_for_all_names_together_and_it_passes(db: Database) -> None:
    fail(db, NETWORK_ATTEMPTS)
    with pytest.raises(RateLimitError, match="Wait 15 minutes"):
        enter(db)
    assert enter(db, now=NOW + timedelta(minutes=15))


@pytest.fixture
def locked(db: Database) -> Database:
    """A site whose visitors all seem to come from one address, after somebody used up its attempts."""
    for name in ("mina", "olav"):
        fail(db, FREE_ATTEMPTS, name=name)
    fail(db, NETWORK_ATTEMPTS - 2 * FREE_ATTEMPTS)
    return db


def test_known_browser_gets_in_while_its_network_is_locked(db: Database) -> None:
    browser = enter(db).browser
    fail(db, FREE_ATTEMPTS, name="mina")
    with pytest.raises(RateLimitError):
        enter(db)
    assert enter(db, browser=browser)


def test_right_code_gets_in_while_its_network_is_locked(locked: Database) -> None:
    with pytest.raises(RateLimitError):
        enter(locked, "olav", code="000000")
    assert enter(locked, "olav", code=pyotp.TOTP(SECRET).at(NOW))


def test_right_code_alone_does_not_let_passwords_be_guessed(locked: Database) -> None:
    for _ in range(3):
        with pytest.raises(SignInError):
            enter(locked, "olav", "wrong password!", code=pyotp.TOTP(SECRET).at(NOW))
    with pytest.raises(RateLimitError):
        enter(locked, "olav", code=pyotp.TOTP(SECRET).at(NOW))


def test_known_browser_has_a_limit_of_its_own(db: Database) -> None:
    browser = enter(db).browser
    fail(db, FREE_ATTEMPTS, name="mina", browser=browser)
    with pytest.raises(RateLimitError):
        enter(db, browser=browser)


@pytest.mark.parametrize("spoil", [lambda b: b[:-1] + ("0" if b[-1] != "0" else "1"), lambda b: "9" + b, lambda _: ""])
def test_browser_cookie_that_was_changed_is_unknown(db: Database, spoil: Callable[[str], str]) -> None:
    browser = spoil(enter(db).browser)
    fail(db, FREE_ATTEMPTS, name="mina")
    with pytest.raises(RateLimitError):
        enter(db, browser=browser)


def test_browser_is_known_to_its_own_account_until_its_password_changes(db: Database, password_hash: str) -> None:
    browser = enter(db).browser
    assert is_known_browser(db, _credentials(db, "mina"), browser, NOW)
    assert not is_known_browser(db, _credentials(db, "olav"), browser, NOW)
    assert not is_known_browser(db, _credentials(db, "mina"), browser, NOW + timedelta(days=90))
    db.write(refresh_password_hash, "mina", f"{password_hash}, changed")
    assert not is_known_browser(db, _credentials(db, "mina"), browser, NOW)


def test_many_attempts_at_once_do_not_slip_through(db: Database) -> None:
    def attempt(_number: int) -> type[Exception] | None:
        try:
            enter(db, password="wrong password!")
        except (SignInError, RateLimitError) as err:
            return type(err)
        return None

    with ThreadPoolExecutor(8) as threads:
        results = Counter(threads.map(attempt, range(40)))
    assert results == {SignInError: FREE_ATTEMPTS, RateLimitError: 40 - FREE_ATTEMPTS}


def test_session_ends_after_twelve_hours(db: Database) -> None:
    cookies = header(enter(db).token)
    assert account_from_cookies(cookies, db, NOW + timedelta(hours=11, minutes=59)) is not None
    assert account_from_cookies(cookies, db, NOW + timedelta(hours=12)) is None


def test_session_ends_with_the_account(db: Database) -> None:
    cookies = header(enter(db).token)
    db.write(close_account, "mina")
    assert account_from_cookies(cookies, db, NOW) is None


def test_session_ends_with_sign_out(db: Database) -> None:
    cookies = header(enter(db).token)
    sign_out(cookies, db)
    assert account_from_cookies(cookies, db, NOW) is None


@pytest.mark.parametrize(
    "cookies", ["", f"{COOKIE}=", f"{COOKIE}=made up", f"{COOKIE}={'x' * 5000}", "rallymap=x", COOKIE]
)
def test_other_cookies_open_no_session(db: Database, cookies: str) -> None:
    assert account_from_cookies(cookies, db, NOW) is None


@pytest.mark.parametrize(
    "shape",
    [
        "{name}={token} ",
        "{name}={token} ; a=b",
        "{name}= {token}",
        "{name} ={token}",
        "\u2000{name}={token}",
        "\x85{name}={token}",
        '{name}="{token}"',
        "{name}={token}; {name}={token}",
        "{name}={token}; {name}=other",
        "{name}={token}\u00a0",
        "{name}-browser={token}",
    ],
)
def test_cookie_that_is_not_exactly_ours_opens_nothing(db: Database, shape: str) -> None:
    token = enter(db).token
    assert account_from_cookies(shape.format(name=COOKIE, token=token), db, NOW) is None


@pytest.mark.parametrize("shape", ["a=b; {0}", "{0}; a=b", "a=b;{0};c", "{0}; {1}-browser=x"])
def test_cookie_is_found_among_others(db: Database, shape: str) -> None:
    cookies = shape.format(header(enter(db).token), COOKIE)
    assert account_from_cookies(cookies, db, NOW) is not None


def claims(**changes: Any) -> dict[str, object]:
    """What Streamlit keeps of a token that was made a minute ago."""
    return {
        "is_logged_in": True,
        "iss": "https://login.example",
        "sub": "1",
        "iat": NOW.timestamp() - 60,
        "email": "mina@example.org",
    } | changes


def test_linked_identity_opens_its_account(db: Database) -> None:
    db.write(link_identity, "mina", "https://login.example", "1")
    assert account_from_identity(claims(), db, NOW) == account_named(db, "mina")


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
def test_identity_that_opens_nothing(db: Database, changes: dict[str, object]) -> None:
    db.write(link_identity, "mina", "https://login.example", "1")
    assert account_from_identity(claims(**changes), db, NOW) is None


def test_visitor_without_any_claims(db: Database) -> None:
    assert account_from_identity({}, db, NOW) is None
    assert account_from_identity({"email": "mina"}, db, NOW) is None


def test_identity_is_out_the_moment_its_account_is_closed_or_unlinked(db: Database) -> None:
    for name in ("mina", "olav"):
        db.write(link_identity, name, "https://login.example", name)
    db.write(close_account, "mina")
    db.write(unlink_identities, "olav")
    assert account_from_identity(claims(sub="mina"), db, NOW) is None
    assert account_from_identity(claims(sub="olav"), db, NOW) is None


OTHER = "quiet lamp over rivers"


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Return what has something done right after the next password was found to be right."""

    def do(act: Callable[[], object]) -> None:
        acts = [act]

        def verify_then_act(password_hash: str | None, password: str) -> bool:
            is_right = verify_password(password_hash, password)
            if acts:
                acts.pop()()
            return is_right

        monkeypatch.setattr(sessions, "verify_password", verify_then_act)

    return do


@pytest.mark.parametrize("is_weak", [False, True])
def test_sign_in_with_a_password_that_is_changed_meanwhile_is_refused_and_does_not_put_it_back(
    db: Database, meanwhile: Callable[[Callable[[], object]], None], is_weak: bool
) -> None:
    if is_weak:
        weaker = PasswordHasher(time_cost=1, memory_cost=16, parallelism=2).hash(PASSWORD)
        db.write(set_password_hash, "mina", weaker, actor="mina")
    changed = hash_password(OTHER)
    meanwhile(lambda: db.write(set_password_hash, "mina", changed, actor="mina"))
    with pytest.raises(SignInError, match="changed while the password was checked") as refused:
        enter(db)
    assert refused.value.user_message == WRONG
    assert _credentials(db, "mina").password_hash == changed
    assert db.read(list_sessions, _credentials(db, "mina").account, "") == []
    assert account_from_cookies(header(enter(db, password=OTHER).token), db, NOW)


def test_sign_in_to_an_account_that_is_closed_meanwhile_opens_no_session(
    db: Database, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    mina = _credentials(db, "mina").account
    meanwhile(lambda: db.write(close_account, "mina"))
    with pytest.raises(SignInError):
        enter(db)
    assert db.read(list_sessions, mina, "") == []


def test_sign_in_goes_on_where_another_one_renews_the_hash_meanwhile(
    db: Database, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    renewed = hash_password(PASSWORD)
    meanwhile(lambda: db.write(refresh_password_hash, "mina", renewed))
    signed_in = enter(db)
    assert account_from_cookies(header(signed_in.token), db, NOW)
    assert is_known_browser(db, _credentials(db, "mina"), signed_in.browser, NOW)
