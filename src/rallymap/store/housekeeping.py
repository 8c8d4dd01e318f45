"""Delete old data: hashes of addresses every minute, everything else with a time limit every hour.

The server runs it (:mod:`rallymap.web.startup`). Nothing else in this room deletes by age. A machine that starts with
its clock a month ahead could delete all drafts, so the database stores the time of the last run: after a gap of more
than two days, or a step back, only hashes of addresses are deleted, and everything else a day later.
"""

from __future__ import annotations

import contextlib
from datetime import datetime

import sqlalchemy as sa

from rallymap.attempts import KEPT_S
from rallymap.errors import DamagedEventError, EventNotFoundError
from rallymap.events import ReviewStatus
from rallymap.hosting import Retention
from rallymap.moderation import UNDO_WITHIN
from rallymap.store.audit import AuditEntry
from rallymap.store.changes import change_event
from rallymap.store.database import Database
from rallymap.store.desk_tables import ended_links, invitations, password_resets, refused_proposals
from rallymap.store.event_mail import drop_decided_addresses, drop_old_addresses
from rallymap.store.events import get_event
from rallymap.store.outbox import tidy_outbox
from rallymap.store.pictures import drop_unused
from rallymap.store.schema import attempts, audit, drafts, events, pictures, revisions, sessions, tombstones
from rallymap.store.transaction import Reading, Transaction, moment, put_meta, read_meta

DAY_S = 86_400.0
ACTOR = "rallymap"
PICTURES_AT_ONCE = 200
"""Maximum number of pictures per run: other writers wait for this transaction."""
GAP_S = 2 * 86_400.0
WAIT_S = 86_400.0
STEP_BACK_S = 3600.0
_TALK = ("asked", "noted", "answered", "message read", "reported", "report closed")
"""Audit entries about an event that change nothing in it, so they do not keep its picture."""
_SEEN, _DELETES_FROM = "clock_seen", "deletes_from"


def purge_attempts(database: Database) -> None:
    """Delete counts older than an hour, in memory and in the database; run it every minute."""
    now_s = database.now().timestamp()
    database.attempts.purge(now_s)
    # Counts with a time in the future come from a wrong clock.
    is_old = sa.or_(attempts.c.at <= now_s - KEPT_S, attempts.c.at > now_s + KEPT_S)
    with database.reading() as reading:
        if reading.conn.scalar(sa.select(attempts.c.id).where(is_old).limit(1)) is None:
            return
    with database.writing() as tx:
        tx.conn.execute(sa.delete(attempts).where(is_old))


def run_housekeeping(database: Database, retention: Retention) -> None:
    """Delete expired data, see :func:`tidy`, also from the write-ahead log; run it at start and every hour."""
    if database.write(tidy, retention):
        database.checkpoint_wal()


def tidy(tx: Transaction, retention: Retention) -> int:
    """Delete data older than its retention period, unless the clock is implausible; return the number of deletions.

    Covers drafts, expired sessions, invitations and reset links, pictures of rejected or withdrawn events and of
    refused proposals, tombstones of takedowns with their edit links, mail addresses of organisers, and undeliverable
    mails. Tombstones of merged events stay, so that their links keep working.
    """
    if not _is_plausible(tx):
        return 0
    gone = [
        sa.delete(drafts).where(drafts.c.saved_at < tx.at - retention.drafts * DAY_S),
        sa.delete(sessions).where(sessions.c.expires_at <= tx.at),
        sa.delete(invitations).where(invitations.c.expires_at <= tx.at),
        sa.delete(password_resets).where(password_resets.c.expires_at <= tx.at),
    ]
    if retention.tombstones:
        is_old = tombstones.c.at < tx.at - retention.tombstones * DAY_S
        gone.append(sa.delete(tombstones).where(is_old, tombstones.c.redirect_to == ""))
        gone.append(sa.delete(ended_links).where(ended_links.c.at < tx.at - retention.tombstones * DAY_S))
    mails = drop_old_addresses(tx, retention.mail_addresses) + drop_decided_addresses(tx) + tidy_outbox(tx)
    files = _drop_pictures(tx, retention) + _drop_refused_pictures(tx)
    return sum(tx.conn.execute(statement).rowcount for statement in gone) + mails + files


def _drop_pictures(tx: Transaction, retention: Retention) -> int:
    """Delete the pictures of events that were rejected or withdrawn and have not changed for the retention period."""
    is_change = sa.and_(audit.c.event_id == events.c.id, audit.c.action.not_in(_TALK))
    last = sa.select(sa.func.max(audit.c.at)).where(is_change).scalar_subquery()
    ids = tx.conn.scalars(
        sa.select(events.c.id)
        .where(
            events.c.review.in_((ReviewStatus.REJECTED.value, ReviewStatus.WITHDRAWN.value)),
            events.c.id.in_(sa.select(pictures.c.event_id)),
            last < tx.at - retention.rejected_pictures * DAY_S,
        )
        .limit(PICTURES_AT_ONCE)
    ).all()
    for event_id in ids:
        with contextlib.suppress(DamagedEventError):
            event = get_event(tx, event_id)
            if event.picture is not None:
                change_event(tx, event, event.changed(picture=None), AuditEntry(ACTOR, "edited"))
        # Also deletes a picture that only a proposal uses.
        tx.conn.execute(sa.delete(pictures).where(pictures.c.event_id == event_id))
    return len(ids)


def _drop_refused_pictures(tx: Transaction) -> int:
    """Delete the pictures that were proposed and refused, once the refusal cannot be undone any more; count them."""
    ids = (
        sa.select(pictures.c.event_id)
        .join(refused_proposals, refused_proposals.c.event_id == pictures.c.event_id)
        .join(events, events.c.id == pictures.c.event_id)
        .join(revisions, sa.and_(revisions.c.event_id == events.c.id, revisions.c.revision == events.c.revision))
        .where(
            refused_proposals.c.refused_at <= tx.at - UNDO_WITHIN.total_seconds(),
            refused_proposals.c.document.contains(pictures.c.id),
            # A proposal also names the event's own picture; such events must not use up the limit.
            ~revisions.c.document.contains(pictures.c.id),
        )
    )
    dropped = 0
    for event_id in tx.conn.scalars(ids.distinct().limit(PICTURES_AT_ONCE)).all():
        with contextlib.suppress(DamagedEventError, EventNotFoundError):
            dropped += drop_unused(tx, get_event(tx, event_id))
    return dropped


def _is_plausible(tx: Transaction) -> bool:
    """Return whether the clock agrees with the time of the last run, and store the current time."""
    seen, deletes_from = _number(tx, _SEEN), _number(tx, _DELETES_FROM)
    if seen is None or not -STEP_BACK_S <= tx.at - seen <= GAP_S:
        deletes_from = tx.at + WAIT_S
    elif deletes_from is not None and deletes_from - tx.at > WAIT_S:
        deletes_from = tx.at + WAIT_S  # it was set while the clock was ahead
    put_meta(tx, _SEEN, repr(tx.at))
    if deletes_from is not None:
        put_meta(tx, _DELETES_FROM, repr(deletes_from))
    return deletes_from is None or tx.at >= deletes_from


def last_housekeeping(tx: Reading) -> datetime | None:
    """Return the time of the last run of :func:`tidy`, or None."""
    seen = _number(tx, _SEEN)
    return None if seen is None else moment(seen)


def _number(tx: Reading, name: str) -> float | None:
    text = read_meta(tx, name)
    return None if text is None else float(text)
