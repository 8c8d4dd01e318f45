"""Count the attempts of each network: the rules, and counting in memory.

In memory, nothing is ever written to disk. An address is kept as a hash with a random salt that this process alone
knows and replaces every day, and for an hour at most. Several processes on one PostgreSQL database count together, in
:mod:`rallymap.store.shared_attempts`.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

KEPT_S = 3600.0
"""Seconds for which an attempt is remembered."""
SALT_LASTS_S = 86_400.0
TOLERANCE_S = 120.0
"""Threads read the clock before they wait for the lock, so times are not in order to the millisecond; and clocks are
set back by seconds. What is further ahead than this was counted before the clock was set back, and is forgotten."""
MAX_COUNTED = 200_000
"""Attempts that are remembered at most; above it the oldest are forgotten first."""


class Rule(Protocol):
    """How often something may be tried."""

    def wait_s(self, before: Sequence[float], amount: int, now_s: float) -> float:
        """Return the seconds to wait before `amount` more attempts; 0 if they are free now.

        Parameters
        ----------
        before
            Times of the attempts of the last hour, oldest first, on the same scale as `now_s`.
        """


@dataclass(frozen=True, slots=True)
class AtMost:
    """At most `limit` attempts within any `within_s` seconds, an hour at most."""

    limit: int
    within_s: float = KEPT_S

    def wait_s(self, before: Sequence[float], amount: int, now_s: float) -> float:
        """See :class:`Rule`; an amount above the limit is never free."""
        recent = [at for at in before if at > now_s - self.within_s]
        too_many = len(recent) + amount - self.limit
        if too_many <= 0:
            return 0.0
        frees = recent[min(too_many, len(recent)) - 1] if recent else now_s
        return max(1.0, frees + self.within_s - now_s)


@dataclass(frozen=True, slots=True)
class Backoff:
    """The first `free` attempts at once; each further one only after twice as long a wait as the one before.

    The wait counts from the last attempt that was let through, so asking too early does not extend it.
    """

    free: int
    first_s: float
    longest_s: float

    def wait_s(self, before: Sequence[float], amount: int, now_s: float) -> float:
        """See :class:`Rule`."""
        beyond = len(before) + amount - self.free
        if beyond <= 0 or not before:
            return 0.0
        wait = min(self.longest_s, self.first_s * 2.0 ** (beyond - 1))
        return max(0.0, before[-1] + wait - now_s)


@dataclass(frozen=True, slots=True)
class Claim:
    """One count that an attempt falls under: `amount` times `kind`, by `who`, limited by `rule`."""

    kind: str
    who: str
    rule: Rule
    amount: int = 1


class Counting(Protocol):
    """Remembers attempts of the last hour; safe for threads."""

    def take(self, *claims: Claim, now_s: float) -> float:
        """Count an attempt, see :meth:`Attempts.take`."""

    def undo(self, *claims: Claim) -> None:
        """Take back the last counting under each claim."""

    def clear(self, kind: str, who: str) -> None:
        """Forget all attempts of a kind by one network or person."""

    def purge(self, now_s: float) -> None:
        """Forget what is older than an hour."""

    def __len__(self) -> int:
        """Return how many attempts are remembered."""


class Attempts:
    """Remembers attempts of the last hour in memory; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: dict[bytes, list[float]] = {}
        self._counted = 0
        self._salt = secrets.token_bytes(32)
        self._salted_at: float | None = None

    def take(self, *claims: Claim, now_s: float) -> float:
        """Count an attempt under all claims, or under none of them if one is not free.

        Checking and counting is one step: of many attempts at the same moment no more pass than the rules allow.

        Parameters
        ----------
        now_s
            Unix time, s.

        Returns
        -------
        wait_s
            0 if the attempt was counted; else the seconds until it would be free, and nothing was counted.
        """
        with self._lock:
            self._renew_salt(now_s)
            keys = [self._key(claim) for claim in claims]
            for key in keys:
                self._forget(key, now_s)
            waits = (
                claim.rule.wait_s(self._times.get(key, ()), claim.amount, now_s)
                for key, claim in zip(keys, claims, strict=True)
            )
            wait = max(waits, default=0.0)
            if wait <= 0:
                for key, claim in zip(keys, claims, strict=True):
                    self._times.setdefault(key, []).extend([now_s] * claim.amount)
                    self._counted += claim.amount
                self._make_room()
            return wait

    def undo(self, *claims: Claim) -> None:
        """Take back the last counting under each claim, because the attempt turned out to be harmless."""
        with self._lock:
            for claim in claims:
                times = self._times.get(self._key(claim), [])
                taken_back = times[-claim.amount :]
                del times[-claim.amount :]
                self._counted -= len(taken_back)

    def clear(self, kind: str, who: str) -> None:
        """Forget all attempts of a kind by one network or person."""
        with self._lock:
            self._counted -= len(self._times.pop(self._hash(kind, who), ()))

    def purge(self, now_s: float) -> None:
        """Forget what is older than an hour."""
        with self._lock:
            self._renew_salt(now_s)
            for key in list(self._times):
                self._forget(key, now_s)

    def __len__(self) -> int:
        """Return how many attempts are remembered."""
        return self._counted

    def _renew_salt(self, now_s: float) -> None:
        if self._salted_at is None:
            self._salted_at = now_s
        elif not -TOLERANCE_S <= now_s - self._salted_at < SALT_LASTS_S:
            self._salt, self._salted_at = secrets.token_bytes(32), now_s
            self._times.clear()
            self._counted = 0

    def _key(self, claim: Claim) -> bytes:
        return self._hash(claim.kind, claim.who)

    def _hash(self, kind: str, who: str) -> bytes:
        return hmac.digest(self._salt, f"{kind}\0{who}".encode("utf-8", "surrogatepass"), sha256)

    def _forget(self, key: bytes, now_s: float) -> None:
        times = self._times.get(key)
        if times is None:
            return
        kept = [at for at in times if now_s - KEPT_S < at <= now_s + TOLERANCE_S]
        self._counted -= len(times) - len(kept)
        if kept:
            self._times[key] = kept
        else:
            del self._times[key]

    def _make_room(self) -> None:
        while self._counted > MAX_COUNTED:
            oldest = next(iter(self._times))
            self._counted -= len(self._times.pop(oldest))
