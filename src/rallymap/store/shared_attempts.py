"""Rate-limit counts shared by all processes on one PostgreSQL database.

A row holds a hash of kind and network, made with the secret key, which is not in the database, and is deleted after an
hour. Copies of the database omit these rows (:mod:`rallymap.store.copies`). SQLite serves one process, which counts in
memory: :class:`rallymap.attempts.Attempts`.
"""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.attempts import KEPT_S, TOLERANCE_S, Claim
from rallymap.store.faults import in_plain_words
from rallymap.store.schema import attempts
from rallymap.store.secret_key import SecretKey

KIND = "attempt"
"""Kind of these rows; used one-time codes are in the same table."""


class SharedAttempts:
    """See :class:`rallymap.attempts.Counting`; each call is a separate transaction, independent of the caller's."""

    def __init__(self, engine: sa.Engine, key: SecretKey) -> None:
        self._engine = engine
        self._key = key

    def take(self, *claims: Claim, now_s: float) -> float:
        """Count an attempt under all claims, or under none; concurrent processes cannot exceed the limit together."""
        hashes = [self._hash(claim.kind, claim.who) for claim in claims]
        with in_plain_words(), self._engine.begin() as conn:
            # Lock one network at a time, always in the same order, so that no two processes deadlock.
            for hashed in sorted(set(hashes)):
                conn.execute(sa.select(sa.func.pg_advisory_xact_lock(int(hashed[:15], 16))))
            waits = (
                claim.rule.wait_s(_times(conn, hashed, now_s), claim.amount, now_s)
                for claim, hashed in zip(claims, hashes, strict=True)
            )
            wait = max(waits, default=0.0)
            if wait <= 0:
                rows = [
                    {"address_hash": hashed, "kind": KIND, "at": now_s}
                    for claim, hashed in zip(claims, hashes, strict=True)
                    for _ in range(claim.amount)
                ]
                if rows:
                    conn.execute(sa.insert(attempts), rows)
            return wait

    def undo(self, *claims: Claim) -> None:
        """Undo the last count under each claim."""
        with in_plain_words(), self._engine.begin() as conn:
            for claim in claims:
                is_of = _is_of(self._hash(claim.kind, claim.who))
                last = sa.select(attempts.c.id).where(is_of).order_by(attempts.c.at.desc(), attempts.c.id.desc())
                conn.execute(sa.delete(attempts).where(attempts.c.id.in_(last.limit(claim.amount))))

    def clear(self, kind: str, who: str) -> None:
        """Delete all attempts of a kind by one network or person."""
        with in_plain_words(), self._engine.begin() as conn:
            conn.execute(sa.delete(attempts).where(_is_of(self._hash(kind, who))))

    def purge(self, now_s: float) -> None:
        """Delete attempts older than an hour, and those counted by a clock that was ahead."""
        with in_plain_words(), self._engine.begin() as conn:
            conn.execute(sa.delete(attempts).where(attempts.c.kind == KIND, ~_is_recent(now_s)))

    def __len__(self) -> int:
        """Return the number of stored attempts."""
        with in_plain_words(), self._engine.connect() as conn:
            return conn.scalar(sa.select(sa.func.count()).where(attempts.c.kind == KIND)) or 0

    def _hash(self, kind: str, who: str) -> str:
        return self._key.keyed_hash("attempt", f"{kind}\0{who}")


def _times(conn: sa.Connection, hashed: str, now_s: float) -> list[float]:
    found = sa.select(attempts.c.at).where(_is_of(hashed), _is_recent(now_s)).order_by(attempts.c.at)
    return list(conn.scalars(found))


def _is_recent(now_s: float) -> sa.ColumnElement[bool]:
    return (attempts.c.at > now_s - KEPT_S) & (attempts.c.at <= now_s + TOLERANCE_S)


def _is_of(hashed: str) -> sa.ColumnElement[bool]:
    return (attempts.c.address_hash == hashed) & (attempts.c.kind == KIND)
