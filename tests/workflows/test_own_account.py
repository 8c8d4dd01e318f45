"""One's own second factor, recovery codes and sessions, and links that reset a password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest

from rallymap.errors import ModerationError, RateLimitError, RightsError, SignInError, StoreError, WeakPasswordError
from rallymap.moderation import VISITOR, Account, Role
from rallymap.passwords import hash_password, verify_password
from rallymap.store.accounts import add_account, get_credentials, list_accounts, set_password_hash
from rallymap.store.schema import audit
from rallymap.store.sessions import get_session_account, open_session
from rallymap.workflows import password_resets, reauthentication
from rallymap.workflows.accounts import change_password, close_account, reopen_account
from rallymap.workflows.own_account import (
    end_other_sessions,
    end_session,
    list_sessions,
    new_secret,
    recovery_codes_left,
    remove_second_factor,
    renew_recovery_codes,
    set_second_factor,
)
from rallymap.workflows.password_resets import make_reset, read_reset, use_reset
from rallymap.workflows.sessions import sign_in
from tests.workflows.moderated import ADA, MIRA, World

PASSWORD, OTHER = "correct horse battery", "quiet lamp over rivers"
NORA = Account("nora", Role.MODERATOR)
HASHED = hash_password(PASSWORD)


@pytest.fixture
def world(world: World) -> World:
    for name, role in (("nora", Role.MODERATOR), ("root", Role.ADMINISTRATOR)):
        world.db.write(add_account, name, HASHED, role)
    return world


ROOT = Account("root", Role.ADMINISTRATOR)


def code(secret: str, world: World) -> str:
    return pyotp.TOTP(secret).at(world.now)


def enter(world: World, code: str, password: str = PASSWORD) -> str:
    return sign_in(world.db, name="nora", password=password, code=code, address="192.0.2.1", now=world.now).token


def with_factor(world: World) -> tuple[str, list[str]]:
    secret, _ = new_secret("nora", "Rallies")
    right = code(secret, world)
    codes = set_second_factor(world.db, secret, current=PASSWORD, code=right, session="", account=NORA)
    world.clock.now += timedelta(minutes=2)
    return secret, codes


def actions(world: World, name: str) -> list[str]:
    with world.db.reading() as tx:
        return list(tx.conn.scalars(audit.select().with_only_columns(audit.c.action).where(audit.c.reason == name)))


@pytest.mark.slow
def test_second_factor_is_set_up_with_a_code_and_ends_the_other_sessions(world: World) -> None:
    here, other = (world.db.write(open_session, NORA) for _ in range(2))
    secret, address = new_secret("nora", "Rallies")
    assert address.startswith("otpauth://totp/Rallies:nora?secret=")
    for current, typed, why in (
        (PASSWORD, "000000", "code is wrong"),
        (OTHER, code(secret, world), "password is wrong"),
    ):
        with pytest.raises(SignInError, match=why):
            set_second_factor(world.db, secret, current=current, code=typed, session=here, account=NORA)
    assert recovery_codes_left(world.db, NORA) is None
    right = code(secret, world)
    codes = set_second_factor(world.db, secret, current=PASSWORD, code=right, session=here, account=NORA)
    assert len(set(codes)) == recovery_codes_left(world.db, NORA) == 10
    assert world.db.read(get_session_account, here, world.now) == NORA
    assert world.db.read(get_session_account, other, world.now) is None
    # The code that set it up opens nothing more, and no password alone does.
    for typed in (right, ""):
        with pytest.raises(SignInError):
            enter(world, typed)
    world.clock.now += timedelta(minutes=2)
    assert enter(world, code(secret, world))
    with pytest.raises(ModerationError, match="already has a second factor"):
        set_second_factor(
            world.db, *new_secret("nora", "")[:1], current=PASSWORD, code=codes[0], session="", account=NORA
        )


@pytest.mark.slow
def test_recovery_code_works_once_and_for_its_own_account(world: World) -> None:
    _, codes = with_factor(world)
    assert enter(world, f" {codes[0].upper().replace('-', ' ')} ")
    with pytest.raises(SignInError):
        enter(world, codes[0])
    assert recovery_codes_left(world.db, NORA) == 9
    with pytest.raises(SignInError, match="code is wrong"):
        renew_recovery_codes(world.db, current=PASSWORD, code=codes[0], account=NORA)
    renewed = renew_recovery_codes(world.db, current=PASSWORD, code=codes[1], account=NORA)
    with pytest.raises(SignInError):
        enter(world, codes[2])
    # Those of somebody else are good for nothing here.
    with pytest.raises(SignInError, match="code is wrong"):
        remove_second_factor(world.db, current=PASSWORD, code=renewed[0], session="", account=ROOT)
    remove_second_factor(world.db, current=PASSWORD, code=renewed[0], session="", account=NORA)
    assert recovery_codes_left(world.db, NORA) is None
    assert enter(world, "")
    assert "recovery code used" in actions(world, "nora")


@pytest.mark.slow
def test_reset_link_works_once_and_ends_every_session(world: World) -> None:
    session = world.db.write(open_session, NORA)
    with pytest.raises(SignInError, match="current password is wrong"):
        make_reset(world.db, "nora", current=OTHER, account=ROOT)
    first = make_reset(world.db, "nora", current=PASSWORD, account=ROOT)
    token = make_reset(world.db, "nora", current=PASSWORD, account=ROOT)
    # A new link ends the one before; forged ones open nothing.
    for wrong in (first, token[:-1], token + "x", "", "x" * 5000):
        assert read_reset(world.db, wrong) is None
        with pytest.raises(SignInError, match="used already or has expired"):
            use_reset(world.db, wrong, password=OTHER)
    with pytest.raises(WeakPasswordError):
        use_reset(world.db, token, password="password1234")
    use_reset(world.db, token, password=OTHER)
    assert world.db.read(get_session_account, session, world.now) is None
    assert enter(world, "", OTHER)
    with pytest.raises(SignInError, match="used already or has expired"):
        use_reset(world.db, token, password=PASSWORD)
    assert "password reset made" in actions(world, "nora")


@pytest.mark.slow
def test_reset_link_alone_does_not_pass_the_second_factor(world: World) -> None:
    secret, codes = with_factor(world)
    token = make_reset(world.db, "nora", current=PASSWORD, account=ROOT)
    for _ in range(10):
        with pytest.raises(SignInError, match="code is wrong"):
            use_reset(world.db, token, password=OTHER, code="123")
    with pytest.raises(RateLimitError, match="Too many wrong codes"):
        use_reset(world.db, token, password=OTHER, code=codes[0])
    world.clock.now += timedelta(hours=2)
    use_reset(world.db, token, password=OTHER, code=codes[0])
    assert enter(world, code(secret, world), OTHER)


@pytest.mark.slow
def test_reset_link_is_over_after_a_day_or_when_the_account_is_closed_or_changed(world: World) -> None:
    token = make_reset(world.db, "nora", current=PASSWORD, account=ROOT)
    world.clock.now += timedelta(hours=24)
    assert read_reset(world.db, token) is None
    token = make_reset(world.db, "nora", current=PASSWORD, account=ROOT)
    close_account(world.db, "nora", account=ADA)
    reopen_account(world.db, "nora", account=ADA)
    assert read_reset(world.db, token) is None
    for name, error in (("nobody", StoreError), ("root", ModerationError)):
        with pytest.raises(error):
            make_reset(world.db, name, current=PASSWORD, account=ROOT)


def test_sessions_are_listed_and_ended_by_their_own_account_alone(world: World) -> None:
    here = world.db.write(open_session, NORA)
    world.clock.now += timedelta(minutes=5)
    other = world.db.write(open_session, NORA)
    foreign = world.db.write(open_session, MIRA)
    listed = list_sessions(world.db, here, account=NORA)
    assert [(one.started_at, one.is_this_one) for one in listed] == [
        (world.now, False), (world.now - timedelta(minutes=5), True),
    ]  # fmt: skip
    [theirs] = list_sessions(world.db, foreign, account=MIRA)
    end_session(world.db, theirs.id, account=NORA)
    assert world.db.read(get_session_account, foreign, world.now) == MIRA
    end_session(world.db, listed[0].id, account=NORA)
    assert world.db.read(get_session_account, other, world.now) is None
    world.db.write(open_session, NORA)
    end_other_sessions(world.db, here, account=NORA)
    assert [one.is_this_one for one in list_sessions(world.db, here, account=NORA)] == [True]
    assert world.db.read(get_session_account, foreign, world.now) == MIRA
    with pytest.raises(RightsError, match="Please sign in"):
        list_sessions(world.db, here, account=VISITOR)


def test_closed_account_is_opened_again_within_a_month(world: World) -> None:
    close_account(world.db, "nora", account=ADA)
    [closed] = [entry for entry in world.db.read(list_accounts) if not entry.active]
    assert closed.reopens_until == world.now + timedelta(days=30)
    assert world.db.read(get_credentials, "nora") is None
    reopen_account(world.db, "nora", account=ADA)
    assert world.db.read(get_credentials, "nora") is not None
    with pytest.raises(StoreError, match="no account that can be opened again"):
        reopen_account(world.db, "nora", account=ADA)
    close_account(world.db, "nora", account=ADA)
    world.clock.now += timedelta(days=30)
    with pytest.raises(StoreError, match="no account that can be opened again"):
        reopen_account(world.db, "nora", account=ADA)


@pytest.fixture
def hijacked(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what has another browser change the password right after the next one was found to be right."""

    def prepare() -> None:
        others = [hash_password("somebody else was first")]

        def verify_then_change(password_hash: str | None, password: str) -> bool:
            is_right = verify_password(password_hash, password)
            if others:
                world.db.write(set_password_hash, "nora", others.pop(), actor="nora")
            return is_right

        monkeypatch.setattr(reauthentication, "verify_password", verify_then_change)

    return prepare


@pytest.mark.slow
@pytest.mark.parametrize("act", ["password", "factor", "no factor", "codes", "reset"])
def test_who_knows_the_password_before_cannot_act_on_it_once_it_is_changed(
    world: World, hijacked: Callable[[], None], act: str
) -> None:
    secret, right = new_secret("nora", "Rallies")[0], ""
    if act in ("no factor", "codes"):
        secret, _ = with_factor(world)
    right = code(secret, world)
    session = world.db.write(open_session, NORA)
    acts: dict[str, Callable[[], object]] = {
        "password": lambda: change_password(world.db, current=PASSWORD, new=OTHER, account=NORA),
        "factor": lambda: set_second_factor(
            world.db, secret, current=PASSWORD, code=right, session=session, account=NORA
        ),
        "no factor": lambda: remove_second_factor(
            world.db, current=PASSWORD, code=right, session=session, account=NORA
        ),
        "codes": lambda: renew_recovery_codes(world.db, current=PASSWORD, code=right, account=NORA),
        "reset": lambda: make_reset(world.db, "mira", current=PASSWORD, account=Account("nora", Role.ADMINISTRATOR)),
    }
    hijacked()
    before = actions(world, "nora")
    with pytest.raises(SignInError, match="The current password is wrong"):
        acts[act]()
    assert actions(world, "nora") == [*before, "password changed"]
    known = world.db.read(get_credentials, "nora")
    assert known is not None
    assert verify_password(known.password_hash, "somebody else was first")
    assert known.totp_secret == (secret if act in ("no factor", "codes") else "")


@pytest.mark.slow
def test_second_factor_that_another_browser_sets_up_meanwhile_stays(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (new_secret("nora", "Rallies")[0] for _ in range(2))

    def verify_then_set(password_hash: str | None, password: str) -> bool:
        monkeypatch.setattr(reauthentication, "verify_password", verify_password)
        set_second_factor(world.db, first, current=PASSWORD, code=code(first, world), session="", account=NORA)
        return verify_password(password_hash, password)

    monkeypatch.setattr(reauthentication, "verify_password", verify_then_set)
    with pytest.raises(SignInError):
        set_second_factor(world.db, second, current=PASSWORD, code=code(second, world), session="", account=NORA)
    known = world.db.read(get_credentials, "nora")
    assert known is not None
    assert known.totp_secret == first
    assert recovery_codes_left(world.db, NORA) == 10


@pytest.mark.slow
def test_link_for_another_password_asks_for_the_code_of_a_factor_that_is_set_up_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = make_reset(world.db, "nora", current=PASSWORD, account=ROOT)
    hashed = hash_password(OTHER)

    def hash_after_another_set_a_factor(_password: str) -> str:
        with_factor(world)
        return hashed

    monkeypatch.setattr(password_resets, "hash_password", hash_after_another_set_a_factor)
    with pytest.raises(SignInError):
        use_reset(world.db, token, password=OTHER)
    assert "password changed" not in actions(world, "nora")
