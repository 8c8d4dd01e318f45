"""One-time links that make an account, and accounts of an OpenID Connect provider."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from rallymap.errors import SignInError
from rallymap.moderation import Account, Permission, Role, require
from rallymap.store.accounts import clean_countries, fold_name, note_account, put_account, to_account
from rallymap.store.database import Database, moment
from rallymap.store.schema import accounts, identities, invitations
from rallymap.store.values import Invitation

INVITATION_LASTS = timedelta(days=7)


class Invitations(Database):
    """Inviting people, and knowing them by a provider's word."""

    def invite(
        self, role: Role, countries: Collection[str] = (), *, actor: Account, lasts: timedelta = INVITATION_LASTS
    ) -> str:
        """Make an invitation and return its secret token; only a hash of it is stored.

        Raises
        ------
        RightsError
            If the actor may not.
        """
        require(actor, Permission.MANAGE_ACCOUNTS)
        token, limit = secrets.token_urlsafe(32), " ".join(clean_countries(countries))
        with self.writing() as tx:
            tx.conn.execute(
                sa.insert(invitations).values(
                    token_hash=self.keyed_hash("invitation", token),
                    role=role.value,
                    countries=limit,
                    made_by=actor.name,
                    expires_at=tx.at + lasts.total_seconds(),
                )
            )
            note_account(tx, actor.name, "invited", f"{role} {limit}".strip())
        return token

    def invitation(self, token: str, now: datetime) -> Invitation | None:
        """Return what an invitation offers, or None if it was used, is over or never was."""
        with self.reading() as conn:
            return self._invitation(conn, token, now.timestamp())

    def accept_invitation(self, token: str, name: str, password_hash: str) -> Account:
        """Make the account that an invitation offers; the invitation is then used.

        Raises
        ------
        SignInError
            If the invitation was used, is over or never was.
        StoreError
            If the name is taken, or not of the right form; the invitation then stays good.
        """
        with self.writing() as tx:
            offer = self._invitation(tx.conn, token, tx.at)
            if offer is None:
                raise SignInError("This invitation was used already or is over; ask for a new one.")
            account = put_account(tx, name, password_hash, offer.role, offer.countries, actor="invitation")
            tx.conn.execute(sa.delete(invitations).where(self._invitation_of(token)))
        return account

    def link_identity(self, name: str, issuer: str, subject: str, *, actor: str = "operator") -> None:
        """Let who an OpenID Connect provider knows as `subject` sign in to an account.

        Raises
        ------
        SignInError
            If there is no such open account.
        """
        name = fold_name(name)
        with self.writing() as tx:
            if tx.conn.scalar(sa.select(accounts.c.name).where(accounts.c.name == name, accounts.c.active)) is None:
                raise SignInError(f"There is no open account named “{name}”.")
            tx.conn.execute(sa.delete(identities).where(identities.c.issuer == issuer, identities.c.subject == subject))
            tx.conn.execute(sa.insert(identities).values(issuer=issuer, subject=subject, account=name))
            note_account(tx, actor, "identity linked", name)

    def unlink_identities(self, name: str, *, actor: str = "operator") -> None:
        """Take all identities from an account; nobody signs in to it through a provider any more.

        Raises
        ------
        SignInError
            If it has none.
        """
        name = fold_name(name)
        with self.writing() as tx:
            if tx.conn.execute(sa.delete(identities).where(identities.c.account == name)).rowcount == 0:
                raise SignInError(f"No identity is linked to an account named “{name}”.")
            note_account(tx, actor, "identities unlinked", name)

    def identity_account(self, issuer: str, subject: str) -> Account | None:
        """Return the open account of who a provider knows as `subject`, with the rights it has now; else None."""
        with self.reading() as conn:
            row = conn.execute(
                sa.select(accounts.c.name, accounts.c.role, accounts.c.countries)
                .join(identities, identities.c.account == accounts.c.name)
                .where(identities.c.issuer == issuer, identities.c.subject == subject, accounts.c.active)
            ).one_or_none()
        return None if row is None else to_account(*row)

    def _invitation_of(self, token: str) -> sa.ColumnElement[bool]:
        return invitations.c.token_hash == self.keyed_hash("invitation", token)

    def _invitation(self, conn: sa.Connection, token: str, at: float) -> Invitation | None:
        row = conn.execute(
            sa.select(invitations).where(self._invitation_of(token), invitations.c.expires_at > at)
        ).one_or_none()
        if row is None:
            return None
        return Invitation(Role(row.role), tuple(row.countries.split()), moment(row.expires_at))
