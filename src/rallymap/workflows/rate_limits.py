"""Rate limits that keep one network from filling the queue, and two checks for robots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rallymap.attempts import AtMost, Claim
from rallymap.errors import RateLimitError
from rallymap.language import trn
from rallymap.moderation import Account
from rallymap.networks import network_of
from rallymap.store import Database

SUBMISSIONS_AN_HOUR = 20
EVENTS_AN_HOUR = 120
"""A form may stand for a series of up to 60 events: two such series fit."""
REPORTS_AN_HOUR = 20
PICTURES_AN_HOUR = 40
DRAFTS_AN_HOUR = 30
CHANGES_AN_HOUR = 40
MESSAGES_AN_HOUR = 20
PASSWORDS_AN_HOUR = 10
RECOVERIES_AN_HOUR = 10
LOOKUPS_AN_HOUR = 300
"""Of events like the one in a form; one form asks at each change of its place, date, title or source."""
SHARED_FACTOR = 10
"""Visitors whose address is not known (Tor, a proxy that does not pass it on) share one count, this much higher."""
HONEYPOT_FIELD = "website"
"""A field that no person sees; robots fill it in."""
SHORTEST = timedelta(seconds=2)
"""Nobody fills the form in less; robots do."""


@dataclass(frozen=True, slots=True)
class _Limit:
    """How often something may be done within an hour, and what is said above that."""

    an_hour: int
    by_network: Callable[[int], str]


def _recoveries(n: int) -> str:
    return trn(
        "{n} attempt to get a new edit link was made within an hour; please try again later.",
        "{n} attempts to get a new edit link were made within an hour; please try again later.",
        n,
    )


_LIMITS = {
    "submission": _Limit(
        SUBMISSIONS_AN_HOUR,
        lambda n: trn(
            "{n} form was sent from your network within an hour; please try again later.",
            "{n} forms were sent from your network within an hour; please try again later.",
            n,
        ),
    ),
    "event": _Limit(
        EVENTS_AN_HOUR,
        lambda n: trn(
            "{n} event was sent from your network within an hour; please try again later.",
            "{n} events were sent from your network within an hour; please try again later.",
            n,
        ),
    ),
    "report": _Limit(
        REPORTS_AN_HOUR,
        lambda n: trn(
            "{n} report was sent from your network within an hour; please try again later.",
            "{n} reports were sent from your network within an hour; please try again later.",
            n,
        ),
    ),
    "picture": _Limit(
        PICTURES_AN_HOUR,
        lambda n: trn(
            "{n} picture was read from your network within an hour; please try again later.",
            "{n} pictures were read from your network within an hour; please try again later.",
            n,
        ),
    ),
    "draft": _Limit(
        DRAFTS_AN_HOUR,
        lambda n: trn(
            "{n} draft was begun from your network within an hour; please try again later.",
            "{n} drafts were begun from your network within an hour; please try again later.",
            n,
        ),
    ),
    "change": _Limit(
        CHANGES_AN_HOUR,
        lambda n: trn(
            "{n} change was sent from your network within an hour; please try again later.",
            "{n} changes were sent from your network within an hour; please try again later.",
            n,
        ),
    ),
    "message": _Limit(
        MESSAGES_AN_HOUR,
        lambda n: trn(
            "{n} message was sent from your network within an hour; please try again later.",
            "{n} messages were sent from your network within an hour; please try again later.",
            n,
        ),
    ),
    "password": _Limit(
        PASSWORDS_AN_HOUR,
        lambda n: trn(
            "{n} attempt to change the password was made from your network within an hour; please try again later.",
            "{n} attempts to change the password were made from your network within an hour; please try again later.",
            n,
        ),
    ),
    "recovery": _Limit(RECOVERIES_AN_HOUR, _recoveries),
    "lookup": _Limit(
        LOOKUPS_AN_HOUR,
        lambda n: trn(
            "{n} search for similar events was made from your network within an hour; please try again later.",
            "{n} searches for similar events were made from your network within an hour; please try again later.",
            n,
        ),
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
    """Count one action of a network; the address is kept in memory for an hour, as a salted hash.

    Parameters
    ----------
    kind
        ``submission``, ``event``, ``report``, ``picture``, ``draft``, ``change``, ``message``, ``recovery`` or
        ``lookup``.
    address
        Network address of the visitor, "" where it is not known: all such visitors share one higher limit.
    now
        With a zone.
    amount
        How many actions this one counts as: a series counts as its number of events.

    Raises
    ------
    RateLimitError
        If that is more than the limit within an hour; nothing is counted then.
    """
    limit = _LIMITS[kind]
    an_hour = limit.an_hour if address else limit.an_hour * SHARED_FACTOR
    claim = Claim(kind, network_of(address), AtMost(an_hour), amount)
    _take(db, claim, limit.by_network, an_hour, now)


def check_rate_of_link(db: Database, kind: str, token: str, now: datetime) -> None:
    """Count one action behind an edit link, whatever network it comes from.

    Parameters
    ----------
    kind
        ``change``, ``message`` or ``recovery``.
    token
        The secret of the link; for ``recovery``, its receipt.

    Raises
    ------
    RateLimitError
        If there were too many within an hour.
    """
    limit = _LIMITS[kind]
    claim = Claim(f"{kind} by link", token, AtMost(limit.an_hour))
    _take(db, claim, _BY_LINK[kind], limit.an_hour, now)


def check_rate_of_account(db: Database, kind: str, account: Account, now: datetime) -> None:
    """Count one action of an account, whatever network it comes from.

    Parameters
    ----------
    kind
        ``password``.

    Raises
    ------
    RateLimitError
        If there were too many within an hour.
    """
    limit = _LIMITS[kind]
    claim = Claim(f"{kind} by account", account.name, AtMost(limit.an_hour))
    _take(db, claim, _BY_ACCOUNT[kind], limit.an_hour, now)


def _take(db: Database, claim: Claim, sentence: Callable[[int], str], an_hour: int, now: datetime) -> None:
    wait_s = db.attempts.take(claim, now_s=now.timestamp())
    if wait_s > 0:
        raise RateLimitError(sentence(an_hour), retry_after_s=wait_s)


def looks_like_a_robot(fields: Mapping[str, str], opened: datetime | None, now: datetime) -> bool:
    """Return whether a form was filled in by a robot: the hidden field has text, or it took under 2 seconds."""
    return bool(fields.get(HONEYPOT_FIELD)) or (opened is not None and now - opened < SHORTEST)
