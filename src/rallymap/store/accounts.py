"""Accounts: names, credentials, roles and countries."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from anyascii import anyascii

from rallymap.errors import StoreError
from rallymap.language import tr
from rallymap.moderation import VISITOR, Account, Role
from rallymap.store.case_values import ORGANISER
from rallymap.store.desk_tables import password_resets, recovery_codes
from rallymap.store.notice_tables import account_mail, outbox
from rallymap.store.schema import accounts, audit, sessions
from rallymap.store.transaction import Reading, Transaction, moment
from rallymap.store.values import AccountEntry, Credentials

REOPENS_WITHIN = timedelta(days=30)
"""How long a closed account can be reopened."""
_NAME = re.compile(r"[\w.@+-]{2,64}")
_RESERVED = (VISITOR.name, ORGANISER, "operator", "rallymap", "invitation")
"""Names that the audit log uses for actors without an account; an account of that name would be taken for them."""


def get_credentials(tx: Reading, name: str) -> Credentials | None:
    """Return the credentials of an open account, or None if there is none of this name."""
    folded = fold_name(name)
    if not _NAME.fullmatch(folded):
        return None  # skip the query: no account can have this name
    row = tx.conn.execute(sa.select(accounts).where(accounts.c.name == folded, accounts.c.active)).one_or_none()
    return (
        None
        if row is None
        else Credentials(
            to_account(row.name, row.role, row.countries), row.password_hash, tx.secret.unseal(row.totp_secret)
        )
    )


def list_accounts(tx: Reading) -> list[AccountEntry]:
    """Return all accounts by name, including closed ones."""
    return [
        AccountEntry(
            to_account(row.name, row.role, row.countries),
            row.active,
            moment(row.created_at),
            bool(row.totp_secret),
            _reopens_until(tx, row),
        )
        for row in tx.conn.execute(sa.select(accounts).order_by(accounts.c.name))
    ]


def refresh_password_hash(tx: Transaction, name: str, password_hash: str) -> None:
    """Replace the hash of an unchanged password by a stronger one; sessions continue."""
    tx.conn.execute(sa.update(accounts).where(accounts.c.name == fold_name(name)).values(password_hash=password_hash))


def set_password_hash(tx: Transaction, name: str, password_hash: str, *, actor: str) -> None:
    """Set a new password; the account's sessions end, and its reset links stop working."""
    _change(tx, name, actor, "password changed", password_hash=password_hash)
    tx.conn.execute(sa.delete(password_resets).where(password_resets.c.account == fold_name(name)))


def set_totp_secret(
    tx: Transaction, name: str, secret: str, *, actor: str = "operator", keep_session: str = ""
) -> None:
    """Set the second factor of an account (base32 secret), or remove it ("").

    Its sessions end, except the one with the token `keep_session`. Recovery codes of an earlier factor are deleted.
    """
    action = "second factor set" if secret else "second factor removed"
    _change(tx, name, actor, action, keep_session=keep_session, totp_secret=tx.secret.seal(secret))
    tx.conn.execute(sa.delete(recovery_codes).where(recovery_codes.c.account == fold_name(name)))


def set_role(
    tx: Transaction, name: str, role: Role, countries: Collection[str] = (), *, actor: str = "operator"
) -> None:
    """Change the role or the countries of an account; its sessions end."""
    limit = " ".join(clean_countries(countries))
    what = f": {role} {limit}".rstrip()
    _change(tx, name, actor, "role set", what=what, role=role.value, countries=limit)


def close_account(tx: Transaction, name: str, *, actor: str = "operator") -> None:
    """Close an account: its sessions end, its mail address is deleted, its name stays reserved."""
    _change(tx, name, actor, "account closed", active=False, closed_at=tx.at)
    for table in (account_mail, outbox, password_resets):
        tx.conn.execute(sa.delete(table).where(table.c.account == fold_name(name)))


def reopen_account(tx: Transaction, name: str, *, actor: str = "operator") -> None:
    """Reopen a closed account with its previous password.

    Raises
    ------
    StoreError
        If there is no account of this name, it is open, or it was closed before :data:`REOPENS_WITHIN`.
    """
    row = tx.conn.execute(sa.select(accounts).where(accounts.c.name == fold_name(name))).one_or_none()
    if row is None or row.active or _reopens_until(tx, row) is None:
        raise StoreError(tr("“{name}” is no account that can be opened again.", name=name[:64]))
    _change(tx, name, actor, "account opened again", active=True, closed_at=None)


def _reopens_until(tx: Reading, row: sa.Row[Any]) -> datetime | None:
    if row.active or row.closed_at is None:
        return None
    until = moment(row.closed_at) + REOPENS_WITHIN
    return until if until > moment(tx.at) else None


def _change(
    tx: Transaction, name: str, actor: str, action: str, *, keep_session: str = "", what: str = "", **values: object
) -> None:
    name = fold_name(name)
    if tx.conn.execute(sa.update(accounts).where(accounts.c.name == name).values(values)).rowcount == 0:
        raise StoreError(tr("There is no account named “{name}”.", name=name))
    ending = sa.delete(sessions).where(sessions.c.account == name)
    tx.conn.execute(ending.where(sessions.c.token_hash != hash_token(keep_session)) if keep_session else ending)
    record_account(tx, actor, action, f"{name}{what}")


def hash_token(token: str) -> str:
    """Return the stored hash of a session token."""
    # A token has 256 random bits: its hash cannot be reversed by guessing, and needs no salt.
    return hashlib.sha256(token.encode()).hexdigest()


def fold_name(name: str) -> str:
    """Return the normalised form of a name: case, width and composed accents make no difference."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _in_latin(name: str) -> str:
    """Transliterate a name to Latin letters, so that "аda" with a Cyrillic letter cannot pass for "ada" in the log."""
    return anyascii(name).casefold() or name


def clean_name(name: str) -> str:
    """Return a new name in its stored form.

    Raises
    ------
    StoreError
        If it has other characters, fewer than 2 or more than 64 of them.
    """
    folded = fold_name(name)
    if not _NAME.fullmatch(folded):
        raise StoreError(tr("A name has 2 to 64 letters, digits and the signs . _ @ + - (no spaces)."))
    return folded


def to_account(name: str, role: str, countries: str) -> Account:
    """Return the account for these column values."""
    return Account(name, Role(role), tuple(countries.split()))


def clean_countries(countries: Collection[str]) -> tuple[str, ...]:
    """Return country codes in upper case, sorted, without duplicates.

    Raises
    ------
    StoreError
        If one is not two letters.
    """
    for code in countries:
        if not (len(code.strip()) == 2 and code.strip().isascii() and code.strip().isalpha()):
            raise StoreError(
                tr("“{text}” is not a country; use two-letter ISO 3166-1 codes, such as NO.", text=code[:20])
            )
    return tuple(sorted({code.strip().upper() for code in countries}))


def add_account(
    tx: Transaction,
    name: str,
    password_hash: str,
    role: Role,
    countries: Collection[str] = (),
    *,
    actor: str = "operator",
    totp_secret: str = "",
) -> Account:
    """Create an account.

    Parameters
    ----------
    name
        2 to 64 letters, digits and ``. _ @ + -``; case-insensitive.
    password_hash
        The result of :func:`rallymap.passwords.hash_password`.
    countries
        ISO 3166-1 alpha-2 codes to which a moderator is limited; empty for no limit.

    Raises
    ------
    StoreError
        If the name, or a lookalike in another script, is taken, or name or a country is malformed.
    """
    name, limit = clean_name(name), clean_countries(countries)
    if _in_latin(name) in _RESERVED:
        raise StoreError(tr("The log uses the name “{name}” for something else. Choose another name.", name=name))
    alike = (known for known in tx.conn.scalars(sa.select(accounts.c.name)) if _in_latin(known) == _in_latin(name))
    if (taken := next(alike, None)) is not None:
        raise StoreError(tr("There is already an account named “{name}”.", name=taken))
    tx.conn.execute(
        sa.insert(accounts).values(
            name=name,
            password_hash=password_hash,
            role=role.value,
            countries=" ".join(limit),
            active=True,
            totp_secret=tx.secret.seal(totp_secret),
            created_at=tx.at,
        )
    )
    record_account(tx, actor, "account made", f"{name}: {role} {' '.join(limit)}".strip())
    return Account(name, role, limit)


def record_account(tx: Transaction, actor: str, action: str, about: str) -> None:
    """Add an audit entry about an account."""
    tx.conn.execute(sa.insert(audit).values(at=tx.at, actor=actor, action=action, reason=about))
