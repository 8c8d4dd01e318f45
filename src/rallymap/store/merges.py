"""Merge two records of one event."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.events import Event
from rallymap.mail.letters import MailKind
from rallymap.moderation import Account
from rallymap.store.audit import AuditEntry, record
from rallymap.store.event_mail import move_event_mail, queue_merge_mail
from rallymap.store.pictures import hand_over
from rallymap.store.removal import MERGED_AWAY, remove_event
from rallymap.store.schema import notes, reports, submissions
from rallymap.store.staged_decisions import move_staged
from rallymap.store.transaction import Transaction


def move_to_kept(tx: Transaction, gone: Event, kept: Event, account: Account) -> None:
    """Move notes, reports and the edit link of a merged event to the kept one; leave a tombstone.

    The edit link only moves if the kept event has none of its own.
    """
    has_organiser = tx.conn.scalar(sa.select(submissions.c.event_id).where(submissions.c.event_id == kept.id))
    if has_organiser is None:
        # The edit link of the merged event opens the kept one.
        tx.conn.execute(sa.update(submissions).where(submissions.c.event_id == gone.id).values(event_id=kept.id))
        move_event_mail(tx, gone.id, kept.id)
    else:
        queue_merge_mail(tx, MailKind.DECISION, gone, kept)
        # One organiser must not read messages to the other.
        tx.conn.execute(sa.update(notes).where(notes.c.event_id == gone.id).values(for_submitter=False))
    for table in (notes, reports):
        tx.conn.execute(sa.update(table).where(table.c.event_id == gone.id).values(event_id=kept.id))
    hand_over(tx, gone, kept)
    move_staged(tx, gone.id, kept.id, but=account)
    remove_event(tx, gone, reason_code="merged", redirect_to=kept.id)
    entry = AuditEntry(account.name, MERGED_AWAY, f"Into {kept.id}")
    record(tx, entry, gone)
