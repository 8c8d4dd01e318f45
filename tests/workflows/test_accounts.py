"""Inviting, limiting and closing accounts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rallymap.errors import ModerationError, SignInError, StoreError, WeakPasswordError
from rallymap.moderation import Account, Role
from rallymap.store.sessions import get_session_account, open_session
from rallymap.workflows.accounts import change_role, close_account, list_accounts, list_own_events
from rallymap.workflows.invitations import accept_invitation, invite, read_invitation
from rallymap.workflows.sessions import sign_in
from rallymap.workflows.submissions import send_events
from tests.store.acts import account_named
from tests.workflows.moderated import ADA, World, event, new_key

PASSWORD = "correct horse battery"


@pytest.mark.slow
def test_invitation_makes_one_account_with_the_rights_it_offers(world: World) -> None:
    token = invite(world.db, Role.MODERATOR, ["se", "NO"], account=ADA)
    assert accept_invitation(world.db, token, name="Nora", password=PASSWORD) == Account(
        "nora", Role.MODERATOR, ("NO", "SE")
    )
    assert sign_in(world.db, name="nora", password=PASSWORD, code="", address="192.0.2.1", now=world.now)
    with pytest.raises(SignInError, match="used already"):
        accept_invitation(world.db, token, name="second", password=PASSWORD)


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


def test_mistake_leaves_the_invitation_good(world: World) -> None:
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
