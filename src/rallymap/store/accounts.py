"""Accounts: who may sign in, with which role, for which countries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

import sqlalchemy as sa

from rallymap.errors import StoreError
from rallymap.moderation import Account, Role
from rallymap.store.database import Database, Transaction, moment
from rallymap.store.schema import accounts, audit, sessions
from rallymap.store.values import AccountEntry, Credentials

_NAME = re.compile(r"[\w.@+-]{2,64}")


class Accounts(Database):
    """Making, changing and closing accounts; each change is in the audit log and ends the account's sessions."""

    def add_account(
        self,
        name: str,
        password_hash: str,
        role: Role,
        countries: Collection[str] = (),
        *,
        actor: str = "operator",
        totp_secret: str = "",
    ) -> Account:
        """Make an account.

        Parameters
        ----------
        name
            2 to 64 letters, digits and ``. _ @ + -``; upper and lower case are the same.
        password_hash
            As :func:`rallymap.passwords.hash_password` made it.
        countries
            ISO 3166-1 alpha-2 codes a moderator is limited to; empty: no limit.

        Raises
        ------
        StoreError
            If the name is taken, or it or a country is not of this form.
        """
        sealed = self._key.seal(totp_secret)
        with self.writing() as tx:
            return put_account(tx, name, password_hash, role, countries, actor=actor, sealed_totp_secret=sealed)

    def get_account(self, name: str) -> Account | None:
        """Return an open account, or None where there is none of this name."""
        found = self.credentials(name)
        return found.account if found else None

    def credentials(self, name: str) -> Credentials | None:
        """Return what a sign-in to an open account is checked against, or None where there is none of this name."""
        folded = fold_name(name)
        if not _NAME.fullmatch(folded):
            return None  # no database needs to be asked about what no account can be named
        with self.reading() as conn:
            row = conn.execute(sa.select(accounts).where(accounts.c.name == folded, accounts.c.active)).one_or_none()
        return (
            None
            if row is None
            else Credentials(
                to_account(row.name, row.role, row.countries), row.password_hash, self._key.unseal(row.totp_secret)
            )
        )

    def list_accounts(self) -> list[AccountEntry]:
        """Return all accounts by name, closed ones too."""
        with self.reading() as conn:
            return [
                AccountEntry(
                    to_account(row.name, row.role, row.countries),
                    row.active,
                    moment(row.created_at),
                    bool(row.totp_secret),
                )
                for row in conn.execute(sa.select(accounts).order_by(accounts.c.name))
            ]

    def set_password_hash(self, name: str, password_hash: str, *, actor: str = "operator") -> None:
        """Give an account a new password; its sessions end."""
        self._change(name, actor, "password changed", password_hash=password_hash)

    def refresh_password_hash(self, name: str, password_hash: str) -> None:
        """Keep the same password under a stronger hash; sessions go on."""
        with self.writing() as tx:
            tx.conn.execute(
                sa.update(accounts).where(accounts.c.name == fold_name(name)).values(password_hash=password_hash)
            )

    def set_totp_secret(self, name: str, secret: str, *, actor: str = "operator") -> None:
        """Give an account a second factor (base32 secret), or take it away with ""; its sessions end."""
        self._change(
            name, actor, "second factor set" if secret else "second factor removed", totp_secret=self._key.seal(secret)
        )

    def set_role(self, name: str, role: Role, countries: Collection[str] = (), *, actor: str = "operator") -> None:
        """Give an account another role or other countries; its sessions end."""
        limit = " ".join(clean_countries(countries))
        self._change(name, actor, f"role set to {role} {limit}".strip(), role=role.value, countries=limit)

    def deactivate(self, name: str, *, actor: str = "operator") -> None:
        """Close an account; its sessions end, its name stays taken."""
        self._change(name, actor, "account closed", active=False)

    def _change(self, name: str, actor: str, verb: str, **values: object) -> None:
        name = fold_name(name)
        with self.writing() as tx:
            if tx.conn.execute(sa.update(accounts).where(accounts.c.name == name).values(values)).rowcount == 0:
                raise StoreError(f"There is no account named “{name}”.")
            tx.conn.execute(sa.delete(sessions).where(sessions.c.account == name))
            note_account(tx, actor, verb, name)


def fold_name(name: str) -> str:
    """Return the form in which a name is kept: two spellings that look the same are the same."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def clean_name(name: str) -> str:
    """Return the kept form of a new name.

    Raises
    ------
    StoreError
        If it has other characters, fewer than 2 or more than 64 of them.
    """
    folded = fold_name(name)
    if not _NAME.fullmatch(folded):
        raise StoreError("A name has 2 to 64 letters, digits and the signs . _ @ + - (no spaces).")
    return folded


def to_account(name: str, role: str, countries: str) -> Account:
    """Return the account that these columns hold."""
    return Account(name, Role(role), tuple(countries.split()))


def clean_countries(countries: Collection[str]) -> tuple[str, ...]:
    """Return country codes sorted, in capitals, each once.

    Raises
    ------
    StoreError
        If one is not two letters.
    """
    for code in countries:
        if not (len(code.strip()) == 2 and code.strip().isascii() and code.strip().isalpha()):
            raise StoreError(f"“{code[:20]}” is not a country; use two-letter ISO 3166-1 codes, such as NO.")
    return tuple(sorted({code.strip().upper() for code in countries}))


def put_account(
    tx: Transaction,
    name: str,
    password_hash: str,
    role: Role,
    countries: Collection[str],
    *,
    actor: str,
    sealed_totp_secret: str = "",
) -> Account:
    """Store a new account; see :meth:`Accounts.add_account`."""
    name, limit = clean_name(name), clean_countries(countries)
    if tx.conn.scalar(sa.select(accounts.c.name).where(accounts.c.name == name)) is not None:
        raise StoreError(f"There is already an account named “{name}”.")
    tx.conn.execute(
        sa.insert(accounts).values(
            name=name,
            password_hash=password_hash,
            role=role.value,
            countries=" ".join(limit),
            active=True,
            totp_secret=sealed_totp_secret,
            created_at=tx.at,
        )
    )
    note_account(tx, actor, "account made", f"{name}: {role} {' '.join(limit)}".strip())
    return Account(name, role, limit)


def note_account(tx: Transaction, actor: str, verb: str, about: str) -> None:
    """Write an audit row about an account."""
    tx.conn.execute(sa.insert(audit).values(at=tx.at, actor=actor, verb=verb, reason=about))
