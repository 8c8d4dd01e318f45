"""Sign in and out, and find the signed-in account; each call reads the database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pyotp

from rallymap.errors import SignInError
from rallymap.language import mark, tr
from rallymap.moderation import Account
from rallymap.passwords import hash_password, needs_rehash, verify_password
from rallymap.store import Credentials, Database
from rallymap.store.accounts import fold_name, get_credentials, refresh_password_hash
from rallymap.store.identities import get_identity_account
from rallymap.store.recovery import use_recovery_code
from rallymap.store.sessions import close_session, get_session_account, open_session, use_code
from rallymap.workflows.reauthentication import present_credentials
from rallymap.workflows.sign_in_limits import browser_cookie, count_attempt, forgive

COOKIE = "__Host-rallymap"
"""Browsers accept a cookie with this prefix only over https (or from localhost), and never for a sibling host."""

BROWSER_COOKIE = "__Host-rallymap-browser"
""":attr:`SignedIn.browser`."""

SESSION_LENGTH = timedelta(hours=12)
CLOCKS_DIFFER = timedelta(minutes=5)
"""Maximum clock difference between a provider and this server."""
MAX_TOKEN = 200
MAX_CODE = 40
_COOKIE_VALUE = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_TOKEN}}}")

WRONG = mark("Name, password or code is wrong.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The cookies of a sign-in.

    Attributes
    ----------
    token
        Secret of the session, valid for 12 hours.
    browser
        Marks this browser as known to the account, see :mod:`rallymap.workflows.sign_in_limits`.
    """

    token: str
    browser: str


def sign_in(
    db: Database, *, name: str, password: str, code: str, address: str, browser: str = "", now: datetime
) -> SignedIn:
    """Verify name and password and start a session.

    Parameters
    ----------
    name, password
        As typed.
    code
        The one-time or recovery code as typed; only read if the account has a second factor.
    address
        Network address of the visitor, "" if unknown; counted in memory for an hour, as a salted hash.
    browser
        The browser cookie of an earlier sign-in, or "".
    now
        The current time with its zone.

    Raises
    ------
    SignInError
        If any part is wrong; message and duration do not reveal which, nor whether the name exists.
    RateLimitError
        If there were too many failed attempts.
    """
    known = db.read(get_credentials, name)
    digits = "".join(char for char in code if char.isdigit())
    has_right_code = known is not None and bool(known.totp_secret) and _is_right_code(known.totp_secret, digits, now)
    claims = count_attempt(
        db,
        name=fold_name(name)[:MAX_TOKEN],  # as accounts are found: other counts would show which names exist
        known=known,
        address=address,
        browser=browser,
        has_right_code=has_right_code,
        now=now,
    )
    if not verify_password(known.password_hash if known else None, password) or known is None:
        raise SignInError(tr(WRONG), detail="sign-in refused")
    if known.totp_secret and not use_second_factor(db, known, code, now):
        raise SignInError(tr(WRONG), detail=f"second factor refused: {known.account.name}")
    renewed = hash_password(password) if needs_rehash(known.password_hash) else ""
    with db.writing() as tx:
        present = present_credentials(tx, known, password)
        if present is None:
            raise SignInError(tr(WRONG), detail="changed while the password was checked")
        known = replace(present, password_hash=renewed or present.password_hash)
        if renewed:
            refresh_password_hash(tx, known.account.name, renewed)
        token = open_session(tx, known.account, lasts=SESSION_LENGTH)
    forgive(db, claims)
    return SignedIn(token, browser_cookie(db, known, now))


def account_from_cookies(header: str, db: Database, now: datetime) -> Account | None:
    """Return the signed-in account with its current permissions; None for a visitor.

    Pages call this on every run, so a revoked permission ends at once, even on open pages.

    Parameters
    ----------
    header
        The ``Cookie`` header as the browser sent it.
    """
    token = cookie_value(header, COOKIE)
    return db.read(get_session_account, token, now) if token else None


def account_from_identity(user: Mapping[str, object], db: Database, now: datetime) -> Account | None:
    """Return the account linked to an OpenID Connect identity, with its current permissions.

    Parameters
    ----------
    user
        The claims of the identity token, as verified and stored by Streamlit, and ``is_logged_in``.
    now
        The current time with its zone. The token may be 12 hours old at most, like our own sessions: Streamlit keeps it
        for 30 days, and nobody could revoke it.

    Returns
    -------
    account
        None for a visitor, for an expired token, and if no open account is linked to the identity.
    """
    identity = identity_of(user, now)
    return db.read(get_identity_account, *identity) if identity else None


def identity_of(user: Mapping[str, object], now: datetime) -> tuple[str, str] | None:
    """Return issuer and subject of a valid token, else None."""
    issuer, subject, issued_at = (user.get(claim) for claim in ("iss", "sub", "iat"))
    if not user.get("is_logged_in") or not isinstance(issued_at, (int, float)):
        return None
    age_s = now.timestamp() - issued_at
    if not -CLOCKS_DIFFER.total_seconds() <= age_s < SESSION_LENGTH.total_seconds():
        return None
    return (issuer, subject) if isinstance(issuer, str) and isinstance(subject, str) and subject else None


def sign_out(header: str, db: Database) -> None:
    """End the session of a ``Cookie`` header, if it has one."""
    token = cookie_value(header, COOKIE)
    if token:
        db.write(close_session, token)


def cookie_value(header: str, name: str) -> str:
    """Return the value of one of our cookies; "" unless it occurs exactly once, in the form in which we set it.

    Libraries strip white space, including Unicode's, around names and values. A sibling host could then set a cookie
    whose name only looks like one with the prefix ``__Host-``, which the browser does not protect.
    """
    found = [part.lstrip(" \t") for part in header.split(";")]
    values = [part.removeprefix(f"{name}=") for part in found if part.startswith(f"{name}=")]
    return values[0] if len(values) == 1 and _COOKIE_VALUE.fullmatch(values[0]) else ""


def use_one_time_code(db: Database, known: Credentials, code: str, now: datetime) -> bool:
    """Consume a one-time code; return whether it is right and was not used before."""
    digits = "".join(char for char in code if char.isdigit())
    # A code that somebody saw being typed must not open the account a second time (RFC 6238, section 5.2).
    return _is_right_code(known.totp_secret, digits, now) and db.write(use_code, known.account.name, digits, now)


def use_second_factor(db: Database, known: Credentials, code: str, now: datetime) -> bool:
    """Consume a one-time code as :func:`use_one_time_code` does, or a recovery code."""
    if use_one_time_code(db, known, code, now):
        return True
    return len(code) <= MAX_CODE and db.write(use_recovery_code, known.account.name, code)


def _is_right_code(secret: str, digits: str, now: datetime) -> bool:
    # One step of 30 s before or after, for clock differences.
    return pyotp.TOTP(secret).verify(digits, for_time=now, valid_window=1)
