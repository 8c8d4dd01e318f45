"""Invitations: one-time links that create an account."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from rallymap.moderation import Role
from rallymap.store.accounts import clean_countries, record_account
from rallymap.store.desk_tables import invitations
from rallymap.store.transaction import Reading, Transaction, moment
from rallymap.store.values import Invitation

INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An unused invitation.

    `id` identifies it in the list of invitations and gives no access; `made_by` is the inviting account.
    """

    id: str
    offer: Invitation
    made_by: str


def add_invitation(
    tx: Transaction, role: Role, countries: Collection[str], *, actor: str, lasts: timedelta = INVITATION_LASTS
) -> str:
    """Store an invitation and return its token, of which only a hash is stored.

    Raises
    ------
    StoreError
        If a country is not two letters.
    """
    token, limit = secrets.token_urlsafe(32), " ".join(clean_countries(countries))
    tx.conn.execute(
        sa.insert(invitations).values(
            token_hash=_hash(tx, token),
            role=role.value,
            countries=limit,
            made_by=actor,
            expires_at=tx.at + lasts.total_seconds(),
        )
    )
    record_account(tx, actor, "invited", f"{role} {limit}".strip())
    return token


def list_invitations(tx: Reading) -> list[OpenInvitation]:
    """Return the unused, unexpired invitations, those that expire first at the top."""
    stmt = sa.select(invitations).where(invitations.c.expires_at > tx.at).order_by(invitations.c.expires_at)
    return [
        OpenInvitation(
            row.token_hash,
            Invitation(Role(row.role), tuple(row.countries.split()), moment(row.expires_at)),
            row.made_by,
        )
        for row in tx.conn.execute(stmt)
    ]


def withdraw_invitation(tx: Transaction, invitation_id: str, *, actor: str) -> None:
    """Delete an invitation by its list id, if it exists."""
    found = tx.conn.execute(sa.delete(invitations).where(invitations.c.token_hash == invitation_id))
    if found.rowcount:
        record_account(tx, actor, "invitation withdrawn", "")


def get_invitation(tx: Reading, token: str) -> Invitation | None:
    """Return what an invitation offers; None if it was used, has expired or does not exist."""
    stmt = sa.select(invitations).where(invitations.c.token_hash == _hash(tx, token), invitations.c.expires_at > tx.at)
    row = tx.conn.execute(stmt).one_or_none()
    return None if row is None else Invitation(Role(row.role), tuple(row.countries.split()), moment(row.expires_at))


def delete_invitation(tx: Transaction, token: str) -> None:
    """Delete a used invitation."""
    tx.conn.execute(sa.delete(invitations).where(invitations.c.token_hash == _hash(tx, token)))


def _hash(tx: Reading, token: str) -> str:
    return tx.secret.keyed_hash("invitation", token)
