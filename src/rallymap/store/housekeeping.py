"""Deletes what is too old: hashes of addresses every minute; drafts, sessions and invitations every hour.

The server runs it (:mod:`rallymap.web.startup`). Nothing else in this room deletes by the clock. A machine that starts
with its clock a month ahead would otherwise delete everybody's drafts with the first save. So the last time that this
database saw is kept in it: after a gap of more than two days, or a step back, only what nobody can miss is deleted, and
the rest a day later.
"""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.store.database import Database
from rallymap.store.schema import attempts, drafts, invitations, sessions
from rallymap.store.transaction import Transaction, put_meta, read_meta

DRAFTS_KEPT_S = 30 * 86_400.0
ATTEMPTS_KEPT_S = 3600.0
GAP_S = 2 * 86_400.0
WAIT_S = 86_400.0
STEP_BACK_S = 3600.0
_SEEN, _DELETES_FROM = "clock_seen", "deletes_from"


def purge_attempts(database: Database) -> None:
    """Delete counts that are older than an hour, in memory and in the database; run it every minute."""
    now_s = database.now().timestamp()
    database.attempts.purge(now_s)
    # What is in the future was counted by a clock that was wrong.
    is_old = sa.or_(attempts.c.at <= now_s - ATTEMPTS_KEPT_S, attempts.c.at > now_s + ATTEMPTS_KEPT_S)
    with database.reading() as reading:
        if reading.conn.scalar(sa.select(attempts.c.id).where(is_old).limit(1)) is None:
            return
    with database.writing() as tx:
        tx.conn.execute(sa.delete(attempts).where(is_old))


def tidy(tx: Transaction) -> None:
    """Delete drafts, sessions and invitations that are too old, see above; run it at start and every hour."""
    if not _is_plausible(tx):
        return
    tx.conn.execute(sa.delete(drafts).where(drafts.c.saved_at < tx.at - DRAFTS_KEPT_S))
    tx.conn.execute(sa.delete(sessions).where(sessions.c.expires_at <= tx.at))
    tx.conn.execute(sa.delete(invitations).where(invitations.c.expires_at <= tx.at))


def _is_plausible(tx: Transaction) -> bool:
    """Return whether the clock agrees with the time that the database saw last, and note what it says now."""
    seen, deletes_from = _number(tx, _SEEN), _number(tx, _DELETES_FROM)
    if seen is None or not -STEP_BACK_S <= tx.at - seen <= GAP_S:
        deletes_from = tx.at + WAIT_S
    elif deletes_from is not None and deletes_from - tx.at > WAIT_S:
        deletes_from = tx.at + WAIT_S  # set while the clock was ahead
    put_meta(tx, _SEEN, repr(tx.at))
    if deletes_from is not None:
        put_meta(tx, _DELETES_FROM, repr(deletes_from))
    return deletes_from is None or tx.at >= deletes_from


def _number(tx: Transaction, name: str) -> float | None:
    text = read_meta(tx, name)
    return None if text is None else float(text)
