"""Merge two records of one event."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from rallymap.events import Event
from rallymap.mail.letters import MailKind
from rallymap.moderation import Account
from rallymap.store.audit import AuditEntry, record
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.event_mail import move_event_mail, queue_merge_mail
from rallymap.store.pictures import hand_over
from rallymap.store.refused_proposals import keep_refused
from rallymap.store.removal import MERGED_AWAY, remove_event
from rallymap.store.schema import audit, notes, reports, revisions, submissions, tombstones
from rallymap.store.staged_decisions import move_staged
from rallymap.store.takedown import with_merged
from rallymap.store.transaction import Reading, Transaction

MERGED = "merged"
"""Action name in the log."""


def move_to_kept(tx: Transaction, gone: Event, kept: Event, account: Account) -> None:
    """Move notes, reports and the edit link of a merged event to the kept one; leave a tombstone.

    A pending proposal for the merged event is kept for its log.

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
    keep_refused(tx, gone.id, is_whole=False)
    remove_event(tx, gone, reason_code="merged", redirect_to=kept.id)
    entry = AuditEntry(account.name, MERGED_AWAY, f"Into {kept.id}")
    record(tx, entry, gone)


def list_merged(tx: Reading, kept_id: str) -> list[Event]:
    """Return the events that were merged into an event, as they were then, the latest merge first.

    Not the one of which this event was made when a merge was undone, although its address leads here.
    """
    was_merged = sa.exists().where(
        audit.c.event_id == kept_id, audit.c.reason == with_event("") + tombstones.c.event_id
    )
    other = revisions.alias()
    newest = sa.select(sa.func.max(other.c.revision)).where(other.c.event_id == tombstones.c.event_id)
    stmt = (
        sa.select(revisions.c.event_id, revisions.c.revision, revisions.c.review, revisions.c.document)
        .join(tombstones, tombstones.c.event_id == revisions.c.event_id)
        .where(tombstones.c.redirect_to == kept_id, was_merged, revisions.c.revision == newest.scalar_subquery())
        .order_by(tombstones.c.at.desc(), tombstones.c.event_id)
    )
    return list(readable(tx.conn.execute(stmt), lambda row: from_document(*row)))


def merge_revision(tx: Reading, kept_id: str, gone_id: str) -> int | None:
    """Return the revision of an event that a merge created; None if the merge did not change it at once."""
    stmt = sa.select(sa.func.max(audit.c.revision)).where(
        audit.c.event_id == kept_id, audit.c.action == MERGED, audit.c.reason == with_event(gone_id)
    )
    revision: int | None = tx.conn.scalar(stmt)
    return revision


def with_event(gone_id: str) -> str:
    """Return the reason in the log of a merge."""
    return f"With {gone_id}"


def move_from_kept(tx: Transaction, gone_id: str, kept_id: str, copy_id: str) -> None:
    """Let the address of a merged event, and its edit link, lead to the event that was made of it again."""
    row = sa.select(tombstones.c.was_public).where(tombstones.c.event_id == gone_id)
    version = tx.public_version() if tx.conn.scalar(row) else 0
    leads = {"redirect_to": copy_id, "changed_in": version}
    tx.conn.execute(sa.update(tombstones).where(tombstones.c.event_id == gone_id).values(leads))
    holder = gone_id
    if _was_submitted(tx, with_merged(tx, gone_id)) and not _was_submitted(tx, [kept_id]):
        holder = kept_id  # the merge moved the link
        move_event_mail(tx, kept_id, copy_id)
    tx.conn.execute(sa.update(submissions).where(submissions.c.event_id == holder).values(event_id=copy_id))


def _was_submitted(tx: Reading, ids: Collection[str]) -> bool:
    stmt = sa.select(sa.exists().where(audit.c.event_id.in_(ids), audit.c.action == "submitted"))
    return bool(tx.conn.scalar(stmt))
