"""Rate limits that keep one network from flooding the queue, and two checks for bots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from rallymap.attempts import AtMost, Claim
from rallymap.errors import RateLimitError
from rallymap.language import trn
from rallymap.moderation import Account
from rallymap.networks import network_of
from rallymap.store import Database

PASSWORDS_AN_HOUR = 10
RECOVERIES_AN_HOUR = 10
"""Recovery attempts; the operator configures the other limits, :class:`rallymap.limits.Limits`."""
SHARED_FACTOR = 10
"""Factor of the shared limit for visitors without a known address (Tor, or a proxy that does not pass it on)."""
HONEYPOT_FIELD = "website"
"""A field that no person sees; bots fill it in."""
SHORTEST = timedelta(seconds=2)
"""No person fills the form faster; bots do."""


def _recoveries(n: int) -> str:
    return trn(
        "{n} attempt to get a new edit link was made within an hour; please try again later.",
        "{n} attempts to get a new edit link were made within an hour; please try again later.",
        n,
    )


_BY_NETWORK: Mapping[str, Callable[[int], str]] = {
    "submission": lambda n: trn(
        "{n} form was sent from your network within an hour; please try again later.",
        "{n} forms were sent from your network within an hour; please try again later.",
        n,
    ),
    "event": lambda n: trn(
        "{n} event was sent from your network within an hour; please try again later.",
        "{n} events were sent from your network within an hour; please try again later.",
        n,
    ),
    "report": lambda n: trn(
        "{n} report was sent from your network within an hour; please try again later.",
        "{n} reports were sent from your network within an hour; please try again later.",
        n,
    ),
    "picture": lambda n: trn(
        "{n} picture was read from your network within an hour; please try again later.",
        "{n} pictures were read from your network within an hour; please try again later.",
        n,
    ),
    "draft": lambda n: trn(
        "{n} draft was begun from your network within an hour; please try again later.",
        "{n} drafts were begun from your network within an hour; please try again later.",
        n,
    ),
    "change": lambda n: trn(
        "{n} change was sent from your network within an hour; please try again later.",
        "{n} changes were sent from your network within an hour; please try again later.",
        n,
    ),
    "message": lambda n: trn(
        "{n} message was sent from your network within an hour; please try again later.",
        "{n} messages were sent from your network within an hour; please try again later.",
        n,
    ),
    "password": lambda n: trn(
        "{n} attempt to change the password was made from your network within an hour; please try again later.",
        "{n} attempts to change the password were made from your network within an hour; please try again later.",
        n,
    ),
    "recovery": _recoveries,
    "lookup": lambda n: trn(
        "{n} search for similar events was made from your network within an hour; please try again later.",
        "{n} searches for similar events were made from your network within an hour; please try again later.",
        n,
    ),
}
_BY_LINK = {
    "recovery": _recoveries,
    "change": lambda n: trn(
        "{n} change was sent with this link within an hour; please try again later.",
        "{n} changes were sent with this link within an hour; please try again later.",
        n,
    ),
    "message": lambda n: trn(
        "{n} message was sent with this link within an hour; please try again later.",
        "{n} messages were sent with this link within an hour; please try again later.",
        n,
    ),
}
_BY_ACCOUNT = {
    "password": lambda n: trn(
        "{n} attempt to give the password of this account was made within an hour; please try again later.",
        "{n} attempts to give the password of this account were made within an hour; please try again later.",
        n,
    )
}


def check_rate(db: Database, kind: str, address: str, now: datetime, *, amount: int = 1) -> None:
    """Count one action of a network; the address is kept for an hour at most, as a hash.

    Parameters
    ----------
    kind
        ``submission``, ``event``, ``report``, ``picture``, ``draft``, ``change``, ``message``, ``recovery`` or
        ``lookup``.
    address
        Network address of the visitor, "" if unknown: all such visitors share one higher limit.
    now
        Current time with its zone.
    amount
        How many actions this counts as: a series counts its number of events.

    Raises
    ------
    RateLimitError
        If the limit per hour is exceeded; nothing is counted then.
    """
    an_hour = _limit_per_hour(db, kind) if address else _limit_per_hour(db, kind) * SHARED_FACTOR
    claim = Claim(kind, network_of(address), AtMost(an_hour), amount)
    _check_claim(db, claim, _BY_NETWORK[kind], an_hour, now)


def check_rate_of_link(db: Database, kind: str, token: str, now: datetime) -> None:
    """Count one action through an edit link, from any network.

    Parameters
    ----------
    kind
        ``change``, ``message`` or ``recovery``.
    token
        The link's token; for ``recovery``, its receipt.

    Raises
    ------
    RateLimitError
        If there were too many within an hour.
    """
    an_hour = _limit_per_hour(db, kind)
    claim = Claim(f"{kind} by link", token, AtMost(an_hour))
    _check_claim(db, claim, _BY_LINK[kind], an_hour, now)


def check_rate_of_account(db: Database, kind: str, account: Account, now: datetime) -> None:
    """Count one action of an account, from any network.

    Parameters
    ----------
    kind
        ``password``.

    Raises
    ------
    RateLimitError
        If there were too many within an hour.
    """
    an_hour = _limit_per_hour(db, kind)
    claim = Claim(f"{kind} by account", account.name, AtMost(an_hour))
    _check_claim(db, claim, _BY_ACCOUNT[kind], an_hour, now)


def _limit_per_hour(db: Database, kind: str) -> int:
    """Return the limit per hour of a kind of action."""
    match kind:
        case "password":
            return PASSWORDS_AN_HOUR
        case "recovery":
            return RECOVERIES_AN_HOUR
        case _:
            return int(getattr(db.limits, kind))


def _check_claim(db: Database, claim: Claim, sentence: Callable[[int], str], an_hour: int, now: datetime) -> None:
    wait_s = db.attempts.take(claim, now_s=now.timestamp())
    if wait_s > 0:
        raise RateLimitError(sentence(an_hour), retry_after_s=wait_s)


def looks_like_a_robot(fields: Mapping[str, str], opened: datetime | None, now: datetime) -> bool:
    """Return whether a bot filled in a form: the honeypot has text, or it took under 2 seconds."""
    return bool(fields.get(HONEYPOT_FIELD)) or (opened is not None and now - opened < SHORTEST)
