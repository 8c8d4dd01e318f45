"""Invitations and identities of a provider."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rallymap.errors import (
    RightsError,
    SignInError,
    StoreError,
)
from rallymap.moderation import Account, Role
from rallymap.store import Database, Invitation
from rallymap.store.accounts import add_account, close_account, list_accounts
from rallymap.store.identities import get_identity_account, link_identity
from rallymap.store.invitations import get_invitation
from rallymap.workflows.invitations import accept_invitation, invite
from tests.store.acts import account_named

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
PASSWORD = "a passphrase that nobody guesses"
NORA = Account("nora", Role.MODERATOR, ("NO",))


@pytest.mark.slow
def test_invitation_makes_one_account(db: Database, administrator: Account) -> None:
    token = invite(db, Role.MODERATOR, ["no"], account=administrator)
    assert db.read(get_invitation, token) == Invitation(Role.MODERATOR, ("NO",), NOW + timedelta(days=7))

    with pytest.raises(StoreError, match="A name has 2 to 64"):
        accept_invitation(db, token, name="two words", password=PASSWORD)
    assert accept_invitation(db, token, name="Nora", password=PASSWORD) == NORA

    assert account_named(db, "nora") == NORA
    assert db.read(get_invitation, token) is None
    with pytest.raises(SignInError, match="has been used or has expired"):
        accept_invitation(db, token, name="nils", password=PASSWORD)


@pytest.mark.slow
def test_invitation_that_is_over_or_guessed(db: Database, administrator: Account, clock: object) -> None:
    token = invite(db, Role.MODERATOR, account=administrator)
    assert db.read(get_invitation, "guess") is None

    clock.forward(days=7)  # type: ignore[attr-defined]
    assert db.read(get_invitation, token) is None
    with pytest.raises(SignInError):
        accept_invitation(db, token, name="nora", password=PASSWORD)
    assert db.read(list_accounts) == []


@pytest.mark.slow
def test_invitation_by_a_moderator(db: Database, moderator: Account) -> None:
    with pytest.raises(RightsError):
        invite(db, Role.ADMINISTRATOR, account=moderator)


@pytest.mark.slow
def test_identity_of_a_provider_opens_an_account(db: Database) -> None:
    db.write(add_account, "nora", "hash", Role.MODERATOR, ("NO",))
    db.write(link_identity, "NORA", "https://id.example", "sub-1")
    db.write(link_identity, "nora", "https://id.example", "sub-1")

    assert db.read(get_identity_account, "https://id.example", "sub-1") == NORA
    assert db.read(get_identity_account, "https://id.example", "sub-2") is None
    assert db.read(get_identity_account, "https://evil.example", "sub-1") is None
    db.write(close_account, "nora")
    assert db.read(get_identity_account, "https://id.example", "sub-1") is None
    with pytest.raises(SignInError):
        db.write(link_identity, "nora", "https://id.example", "sub-2")
