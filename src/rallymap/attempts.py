"""Rate limits: rules, and an in-memory counter of attempts per network.

The counter never writes to disk. It stores addresses as salted hashes, for at most one hour. The salt is random, known
to this process only, and replaced every day. Processes that share a PostgreSQL database count together in
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
"""Seconds for which an attempt is stored."""
SALT_LASTS_S = 86_400.0
TOLERANCE_S = 120.0
"""Threads read the clock before they acquire the lock, so times can be slightly out of order; clocks are also set back
by seconds. Attempts that are further in the future were counted before the clock was set back, and are deleted."""
MAX_COUNTED = 200_000
"""Maximum number of stored attempts; beyond it the oldest are deleted first."""


class Rule(Protocol):
    """How often an action may be attempted."""

    def wait_s(self, before: Sequence[float], amount: int, now_s: float) -> float:
        """Return the seconds to wait before `amount` more attempts; 0 if they are allowed now.

        Parameters
        ----------
        before
            Times of attempts in the last hour, oldest first, on the same clock as `now_s`.
        """


@dataclass(frozen=True, slots=True)
class AtMost:
    """Allow at most `limit` attempts within `within_s` seconds (at most one hour)."""

    limit: int
    within_s: float = KEPT_S

    def wait_s(self, before: Sequence[float], amount: int, now_s: float) -> float:
        """See :class:`Rule`; an amount above the limit is never allowed."""
        recent = [at for at in before if at > now_s - self.within_s]
        too_many = len(recent) + amount - self.limit
        if too_many <= 0:
            return 0.0
        frees = recent[min(too_many, len(recent)) - 1] if recent else now_s
        return max(1.0, frees + self.within_s - now_s)


@dataclass(frozen=True, slots=True)
class Backoff:
    """Allow `free` attempts at once; then double the wait before each further attempt.

    The wait starts at the last allowed attempt, so retrying too early does not extend it.
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
    """One counter that an attempt adds to: `amount` attempts of `kind` by `who`, limited by `rule`."""

    kind: str
    who: str
    rule: Rule
    amount: int = 1


class Counting(Protocol):
    """Counter of attempts in the last hour; thread-safe."""

    def take(self, *claims: Claim, now_s: float) -> float:
        """Count an attempt, see :meth:`Attempts.take`."""

    def undo(self, *claims: Claim) -> None:
        """Remove the last count of each claim."""

    def clear(self, kind: str, who: str) -> None:
        """Delete all attempts of a kind by one network or person."""

    def purge(self, now_s: float) -> None:
        """Delete attempts older than one hour."""

    def __len__(self) -> int:
        """Return the number of counted attempts."""


class Attempts:
    """In-memory counter of attempts in the last hour; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: dict[bytes, list[float]] = {}
        self._counted = 0
        self._salt = secrets.token_bytes(32)
        self._salted_at: float | None = None

    def take(self, *claims: Claim, now_s: float) -> float:
        """Count an attempt for all claims, or for none if one limit is reached.

        Check and count are atomic: simultaneous attempts cannot exceed the limits.

        Parameters
        ----------
        now_s
            Unix time, s.

        Returns
        -------
        wait_s
            0 if the attempt was counted; otherwise the seconds until it is allowed (nothing was counted).
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
        """Remove the last count of each claim, because the attempt turned out to be harmless."""
        with self._lock:
            for claim in claims:
                times = self._times.get(self._key(claim), [])
                taken_back = times[-claim.amount :]
                del times[-claim.amount :]
                self._counted -= len(taken_back)

    def clear(self, kind: str, who: str) -> None:
        """Delete all attempts of a kind by one network or person."""
        with self._lock:
            self._counted -= len(self._times.pop(self._hash(kind, who), ()))

    def purge(self, now_s: float) -> None:
        """Delete attempts older than one hour."""
        with self._lock:
            self._renew_salt(now_s)
            for key in list(self._times):
                self._forget(key, now_s)

    def __len__(self) -> int:
        """Return the number of counted attempts."""
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
