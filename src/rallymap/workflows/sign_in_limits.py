"""Limits on sign-in attempts: guessing is slow, and nobody can lock out a moderator.

Failed attempts are counted in three ways:

- by name and network: after 5, each further attempt has to wait, twice as long each time, up to 15 minutes;
- by network: 60 within 15 minutes, for all names. This also limits the CPU time spent on hashing passwords;
- by browser, if this account has signed in with it before (shown by a cookie): such a browser has its own count, and
  the other two do not apply to it.

A refused attempt is not counted, so it extends nothing, and a right password resets its counts. If many visitors share
one address (Tor, or a proxy that does not pass theirs on), one of them can exhaust the first two counts for all; a
known browser or the right one-time code still gets in.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from rallymap.attempts import AtMost, Backoff, Claim, Rule
from rallymap.errors import RateLimitError
from rallymap.language import trn
from rallymap.networks import network_of
from rallymap.store import Credentials, Database

FREE_ATTEMPTS = 5
LONGEST_WAIT = timedelta(minutes=15)
NETWORK_ATTEMPTS = 60
BROWSER_KNOWN_FOR = timedelta(days=90)
_BACKOFF: Rule = Backoff(FREE_ATTEMPTS, 30.0, LONGEST_WAIT.total_seconds())
_OF_NETWORK: Rule = AtMost(NETWORK_ATTEMPTS, LONGEST_WAIT.total_seconds())
_BY_CODE: Rule = AtMost(3, LONGEST_WAIT.total_seconds())


def count_attempt(
    db: Database,
    *,
    name: str,
    known: Credentials | None,
    address: str,
    browser: str,
    has_right_code: bool,
    now: datetime,
) -> tuple[Claim, ...]:
    """Count an attempt before its password is verified, so that parallel attempts cannot exceed the limit.

    Parameters
    ----------
    name
        As typed, case-folded.
    known
        The account of this name, or None.
    address
        Network address of the visitor, "" if unknown.
    browser
        The cookie of a known browser, or "".
    has_right_code
        Whether the account has a second factor and the code is right at this moment.

    Returns
    -------
    claims
        The counts; :func:`forgive` resets them after a right password.

    Raises
    ------
    RateLimitError
        If there were too many; this attempt is not counted then.
    """
    now_s, network = now.timestamp(), network_of(address)
    claims: tuple[Claim, ...] = (
        Claim("sign-in", f"{network}\0{name}", _BACKOFF),
        Claim("sign-in network", network, _OF_NETWORK),
    )
    if known is not None and is_known_browser(db, known, browser, now):
        claims = (Claim("sign-in browser", browser, _BACKOFF),)
    wait_s = db.attempts.take(*claims, now_s=now_s)
    if wait_s > 0 and has_right_code:
        # A guessed code is right once in 300 000 times, so nobody can exhaust this count for the account's owner.
        claims = (Claim("sign-in code", name, _BY_CODE),)
        wait_s = db.attempts.take(*claims, now_s=now_s)
    if wait_s > 0:
        raise RateLimitError(_in_words(wait_s), retry_after_s=wait_s)
    return claims


def forgive(db: Database, claims: tuple[Claim, ...]) -> None:
    """Reset the count of an attempt that turned out to be right, and of failed ones with the same name and network."""
    for claim in claims:
        if claim.rule is _BACKOFF:
            db.attempts.clear(claim.kind, claim.who)
        else:
            db.attempts.undo(claim)


def browser_cookie(db: Database, known: Credentials, now: datetime) -> str:
    """Return the cookie that marks a browser as known to an account, for 90 days or until its password changes.

    It contains no name: the account can only be checked together with the typed name.
    """
    until = str(round((now + BROWSER_KNOWN_FOR).timestamp()))
    number = secrets.token_hex(8)
    return f"{number}-{until}-{_mark(db, known, number, until)}"


def is_known_browser(db: Database, known: Credentials, cookie: str, now: datetime) -> bool:
    """Return whether a cookie was made for this account by :func:`browser_cookie` and is still valid."""
    number, _, rest = cookie.partition("-")
    until, _, mark = rest.partition("-")
    if not (until.isascii() and until.isdigit() and len(until) < 12 and int(until) > now.timestamp()):
        return False
    return hmac.compare_digest(mark.encode(), _mark(db, known, number, until).encode())


def _mark(db: Database, known: Credentials, number: str, until: str) -> str:
    return db.secret.keyed_hash("browser", f"{known.account.name}\0{known.password_hash}\0{number}\0{until}")


def _in_words(wait_s: float) -> str:
    if wait_s <= 60:
        return trn(
            "Too many attempts to sign in. Wait {n} second, then try again.",
            "Too many attempts to sign in. Wait {n} seconds, then try again.",
            max(1, round(wait_s)),
        )
    return trn(
        "Too many attempts to sign in. Wait {n} minute, then try again.",
        "Too many attempts to sign in. Wait {n} minutes, then try again.",
        -(-round(wait_s) // 60),
    )
