"""Inviting, limiting and closing accounts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rallymap.errors import ModerationError, RateLimitError, SignInError, StoreError, WeakPasswordError
from rallymap.moderation import Account, Role
from rallymap.store.sessions import get_session_account, open_session
from rallymap.workflows.accounts import change_password, change_role, close_account, list_accounts, list_own_events
from rallymap.workflows.invitations import (
    accept_invitation,
    invite,
    list_invitations,
    read_invitation,
    withdraw_invitation,
)
from rallymap.workflows.rate_limits import PASSWORDS_AN_HOUR
from rallymap.workflows.sessions import sign_in
from rallymap.workflows.submissions import send_events
from tests.store.acts import account_named
from tests.workflows.moderated import ADA, MIRA, World, event, new_key

PASSWORD = "correct horse battery"


@pytest.mark.slow
def test_invitation_makes_one_account_with_the_rights_it_offers(world: World) -> None:
    token = invite(world.db, Role.MODERATOR, ["se", "NO"], account=ADA)
    assert accept_invitation(world.db, token, name="Nora", password=PASSWORD) == Account(
        "nora", Role.MODERATOR, ("NO", "SE")
    )
    assert sign_in(world.db, name="nora", password=PASSWORD, code="", address="192.0.2.1", now=world.now)
    with pytest.raises(SignInError, match="has been used or has expired"):
        accept_invitation(world.db, token, name="second", password=PASSWORD)


@pytest.mark.slow
def test_password_is_changed_by_who_knows_the_old_one_and_every_session_ends(world: World) -> None:
    token = invite(world.db, Role.MODERATOR, account=ADA)
    nora = accept_invitation(world.db, token, name="nora", password=PASSWORD)
    session = world.db.write(open_session, nora, lasts=timedelta(hours=1))
    with pytest.raises(SignInError, match=r"The current password is wrong\."):
        change_password(world.db, current="something else", new="quiet lamp over rivers", account=nora)
    with pytest.raises(WeakPasswordError, match="easy to guess"):
        change_password(world.db, current=PASSWORD, new="password1234", account=nora)
    assert world.db.read(get_session_account, session, world.now) == nora
    change_password(world.db, current=PASSWORD, new="quiet lamp over rivers", account=nora)
    assert world.db.read(get_session_account, session, world.now) is None
    with pytest.raises(SignInError):
        sign_in(world.db, name="nora", password=PASSWORD, code="", address="192.0.2.1", now=world.now)
    assert sign_in(
        world.db, name="nora", password="quiet lamp over rivers", code="", address="192.0.2.1", now=world.now
    )


def test_attempts_to_change_a_password_are_limited(world: World) -> None:
    for _ in range(PASSWORDS_AN_HOUR):
        with pytest.raises(SignInError):
            change_password(world.db, current="guess", new="quiet lamp over rivers", account=MIRA)
    with pytest.raises(RateLimitError, match="10 attempts to give the password of this account"):
        change_password(world.db, current="guess", new="quiet lamp over rivers", account=MIRA)


def test_open_invitations_are_listed_and_withdrawn(world: World) -> None:
    first = invite(world.db, Role.MODERATOR, ["NO"], account=ADA)
    second = invite(world.db, Role.ADMINISTRATOR, account=ADA)
    listed = list_invitations(world.db, ADA)
    assert {(one.offer.role, one.offer.countries, one.made_by) for one in listed} == {
        (Role.MODERATOR, ("NO",), "ada"), (Role.ADMINISTRATOR, (), "ada"),
    }  # fmt: skip
    assert first not in str(listed)
    gone = next(one for one in listed if one.offer.role is Role.MODERATOR)
    for _ in range(2):
        withdraw_invitation(world.db, gone.id, account=ADA)
    assert read_invitation(world.db, first) is None
    assert [one.offer for one in list_invitations(world.db, ADA)] == [read_invitation(world.db, second)]


def test_invitation_ends_after_seven_days(world: World) -> None:
    token = invite(world.db, Role.ADMINISTRATOR, ["NO"], account=ADA)
    offer = read_invitation(world.db, token)
    assert offer is not None
    # Only moderators are limited.
    assert (offer.role, offer.countries, offer.expires_at) == (
        Role.ADMINISTRATOR,
        (),
        world.now + timedelta(days=7),
    )
    assert read_invitation(world.db, "x" * 5000) is None
    world.clock.now += timedelta(days=7)
    assert read_invitation(world.db, token) is None


@pytest.mark.slow
def test_error_leaves_the_invitation_good(world: World) -> None:
    token = invite(world.db, Role.MODERATOR, (), account=ADA)
    with pytest.raises(WeakPasswordError):
        accept_invitation(world.db, token, name="nora", password="short")
    with pytest.raises(StoreError, match="already an account"):
        accept_invitation(world.db, token, name="mira", password=PASSWORD)
    assert accept_invitation(world.db, token, name="nora", password=PASSWORD).name == "nora"


def test_changed_role_ends_the_sessions(world: World) -> None:
    token = world.db.write(open_session, Account("mira", Role.MODERATOR), lasts=timedelta(hours=1))
    change_role(world.db, "mira", Role.MODERATOR, ["FR"], account=ADA)
    assert world.db.read(get_session_account, token, world.now) is None
    assert account_named(world.db, "mira") == Account("mira", Role.MODERATOR, ("FR",))


def test_closed_account_stays_in_the_list(world: World) -> None:
    close_account(world.db, "mira", account=ADA)
    assert [(entry.account.name, entry.active) for entry in list_accounts(world.db, ADA)] == [
        ("ada", True),
        ("mira", False),
        ("omid", True),
    ]


def test_nobody_locks_themselves_out(world: World) -> None:
    with pytest.raises(ModerationError, match="your own account"):
        close_account(world.db, "ada", account=ADA)
    with pytest.raises(ModerationError, match="your own account"):
        change_role(world.db, "ada", Role.MODERATOR, (), account=ADA)


def test_own_events_are_those_sent_while_signed_in(world: World) -> None:
    omid = Account("omid", Role.ORGANISER)
    send_events(world.db, [event("mine")], idempotency_key=new_key(), account=omid)[0]
    assert [one.id for one in list_own_events(world.db, omid)] == ["mine"]
