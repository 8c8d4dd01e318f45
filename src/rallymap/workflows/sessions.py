"""Signing in and out, and who is signed in. Nothing of it is remembered here: each question asks the database."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import datetime, timedelta

import pyotp

from rallymap.errors import RateLimitError, SignInError
from rallymap.moderation import Account
from rallymap.passwords import hash_password, needs_rehash, verify_password
from rallymap.store import EventStore

COOKIE = "__Host-rallymap"
"""A browser takes a cookie of this prefix over https (or from localhost) alone, and never for a neighbouring host."""

SESSION_LENGTH = timedelta(hours=12)
CLOCKS_DIFFER = timedelta(minutes=5)
"""How much later than ours the clock of a provider may be."""
ATTEMPTS = 10
ATTEMPTS_WITHIN = timedelta(minutes=15)
MAX_TOKEN = 200

WRONG = "Name, password or code is wrong."


def sign_in(store: EventStore, *, name: str, password: str, code: str, address: str, now: datetime) -> str:
    """Check who asks and begin a session.

    Every attempt of a network counts, right or wrong, before its password is looked at, so that many at once do not
    slip through. Names are not counted: whoever knows a moderator's name could then lock them out.

    Parameters
    ----------
    name, password
        As typed.
    code
        The one-time code as typed; read only where the account has a second factor.
    address
        Network address of who asks; kept for an hour, as a salted hash.
    now
        The present moment, with a zone.

    Returns
    -------
    token
        The secret for the cookie; it opens the account for 12 hours.

    Raises
    ------
    SignInError
        If a part is wrong; the sentence does not say which, and takes as long for a name that does not exist.
    RateLimitError
        If this network tried more than 10 times in 15 minutes.
    """
    network = store.hash_address(network_of(address))
    store.record_attempt(network, "sign-in", now)
    if store.count_attempts(network, "sign-in", now - ATTEMPTS_WITHIN) > ATTEMPTS:
        minutes = round(ATTEMPTS_WITHIN.total_seconds() / 60)
        raise RateLimitError(
            f"Too many attempts to sign in from your network. Wait {minutes} minutes, then try again.",
            retry_after_s=ATTEMPTS_WITHIN.total_seconds(),
        )
    known = store.credentials(name)
    if not verify_password(known.password_hash if known else None, password) or known is None:
        raise SignInError(WRONG, detail="sign-in refused")
    if known.totp_secret and not _is_fresh_code(store, known.account.name, known.totp_secret, code, now):
        raise SignInError(WRONG, detail=f"second factor refused: {known.account.name}")
    if needs_rehash(known.password_hash):
        store.refresh_password_hash(known.account.name, hash_password(password))
    return store.open_session(known.account, lasts=SESSION_LENGTH)


def account_from_cookies(cookies: Mapping[str, str], store: EventStore, now: datetime) -> Account | None:
    """Return who is signed in, with the rights they have at this moment; None for a visitor.

    Pages ask this on every run, so a right that is taken away ends at once, on pages that are open too.
    """
    token = _token(cookies)
    return store.session_account(token, now) if token else None


def account_from_identity(user: Mapping[str, object], store: EventStore, now: datetime) -> Account | None:
    """Return whose account is linked to who an OpenID Connect provider says is here, with the rights they have now.

    Parameters
    ----------
    user
        The claims of the identity token, as Streamlit checked and kept them, and ``is_logged_in``.
    now
        The present moment, with a zone. The token has to be at most 12 hours old, as our own sessions are: Streamlit
        keeps it for 30 days, and nobody could end that.

    Returns
    -------
    account
        None for a visitor, for a token that is too old, and for somebody whom no open account is linked to.
    """
    identity = identity_of(user, now)
    return store.identity_account(*identity) if identity else None


def identity_of(user: Mapping[str, object], now: datetime) -> tuple[str, str] | None:
    """Return issuer and subject of a token that is still good, else None."""
    issuer, subject, issued_at = (user.get(claim) for claim in ("iss", "sub", "iat"))
    if not user.get("is_logged_in") or not isinstance(issued_at, (int, float)):
        return None
    age_s = now.timestamp() - issued_at
    if not -CLOCKS_DIFFER.total_seconds() <= age_s < SESSION_LENGTH.total_seconds():
        return None
    return (issuer, subject) if isinstance(issuer, str) and isinstance(subject, str) and subject else None


def sign_out(cookies: Mapping[str, str], store: EventStore) -> None:
    """End the session that the cookie stands for, if it stands for one."""
    token = _token(cookies)
    if token:
        store.close_session(token)


def network_of(address: str) -> str:
    """Return what counts as one network: an IPv4 address, or the /64 that one IPv6 customer gets as a whole."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.IPv6Network((ip, 64), strict=False))


def _token(cookies: Mapping[str, str]) -> str:
    token = cookies.get(COOKIE, "")
    return token if len(token) <= MAX_TOKEN else ""


def _is_fresh_code(store: EventStore, name: str, secret: str, code: str, now: datetime) -> bool:
    digits = "".join(char for char in code if char.isdigit())
    # One step of 30 s earlier or later, for clocks that differ.
    if not pyotp.TOTP(secret).verify(digits, for_time=now, valid_window=1):
        return False
    # A code that was read over somebody's shoulder must not open the account a second time (RFC 6238, section 5.2).
    used = store.hash_address(f"{name} {digits}")
    store.record_attempt(used, "code", now)
    return store.count_attempts(used, "code", now - timedelta(minutes=2)) == 1
