"""Mail subscriptions of organisers: encrypted, separate from their contact, deleted in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import UNDO_WITHIN
from rallymap.store.columns import EPOCH
from rallymap.store.follow_up import list_awaiting_follow_up
from rallymap.store.notice_tables import event_mail
from rallymap.store.outbox import drop_mails, put_mail
from rallymap.store.schema import audit, events, submissions
from rallymap.store.transaction import Reading, Transaction

DAY_S = 86_400.0
DECIDED = (ReviewStatus.PUBLISHED, ReviewStatus.REJECTED, ReviewStatus.WITHDRAWN)
"""After these, an address given only for the decision is deleted as soon as the decision cannot be undone any more."""


@dataclass(frozen=True, slots=True)
class EventMail:
    """The mail subscription of an organiser.

    Attributes
    ----------
    address
        The address as typed.
    with_words
        Whether mails contain the title, the decision, and the moderators' messages.
    only_decision
        Whether the address is deleted after the decision.
    """

    address: str
    with_words: bool
    only_decision: bool


def put_event_mail(tx: Transaction, event_id: str, wanted: EventMail, language: str) -> None:
    """Store the subscription of an event's organiser, replacing an earlier one."""
    drop_event_mail(tx, event_id)
    tx.conn.execute(
        sa.insert(event_mail).values(
            event_id=event_id,
            address=tx.secret.seal(wanted.address),
            with_words=wanted.with_words,
            only_decision=wanted.only_decision,
            language=language,
            left_at=tx.at,
            was_asked=False,
        )
    )


def drop_event_mail(tx: Transaction, event_id: str) -> None:
    """Delete the subscription of an event's organiser and its queued mails."""
    drop_mails(tx, event_ids=[event_id])
    tx.conn.execute(sa.delete(event_mail).where(event_mail.c.event_id == event_id))


def get_event_mail(tx: Reading, event_id: str) -> EventMail | None:
    """Return the subscription of an event's organiser, or None.

    Raises
    ------
    StoreError
        If the address was encrypted with another key.
    """
    row = tx.conn.execute(sa.select(event_mail).where(event_mail.c.event_id == event_id)).one_or_none()
    return None if row is None else EventMail(tx.secret.unseal(row.address), row.with_words, row.only_decision)


def queue_organiser_mail(tx: Transaction, kind: str, event: Event, words: str = "") -> None:
    """Queue a mail about an event, if its organiser subscribed.

    Parameters
    ----------
    kind
        A value of :class:`rallymap.mail.letters.MailKind`.
    event
        The current event.
    words
        A moderator's text about it; only sent if the organiser asked for texts.
    """
    row = tx.conn.execute(
        sa.select(event_mail, submissions.c.code)
        .join(submissions, submissions.c.event_id == event_mail.c.event_id)
        .where(event_mail.c.event_id == event.id)
    ).one_or_none()
    if row is None:
        return
    facts = {"code": row.code}
    if row.with_words:
        facts |= {"title": event.title, "review": event.review.value, "words": words}
    put_mail(tx, kind, row.address, row.language, facts, event_id=event.id)


def queue_outcome_questions(tx: Transaction, kind: str, now: datetime) -> int:
    """Queue a mail, once, for each past event that has no outcome yet."""
    asked = 0
    is_asked = sa.or_(event_mail.c.was_asked, event_mail.c.only_decision)
    with_address = set(tx.conn.scalars(sa.select(event_mail.c.event_id).where(sa.not_(is_asked))))
    for event in list_awaiting_follow_up(tx, now, limit=100_000) if with_address else ():
        if event.id in with_address:
            tx.conn.execute(sa.update(event_mail).where(event_mail.c.event_id == event.id).values(was_asked=True))
            queue_organiser_mail(tx, kind, event)
            asked += 1
    return asked


def drop_old_addresses(tx: Transaction, days: int) -> int:
    """Delete addresses this many days after their registration and after their event; return how many."""
    before = tx.at - days * DAY_S
    day = datetime.fromtimestamp(before, UTC).toordinal() - EPOCH
    lasting = sa.select(events.c.id).where(events.c.end_day >= day)
    return tx.conn.execute(
        sa.delete(event_mail).where(event_mail.c.left_at < before, event_mail.c.event_id.not_in(lasting))
    ).rowcount


def drop_decided_addresses(tx: Transaction) -> int:
    """Delete addresses given only for a decision, once it was made and cannot be undone; return how many.

    Queued mails have their own copy of an address, which is deleted when they are sent.
    """
    at = sa.select(sa.func.max(audit.c.at)).where(audit.c.event_id == events.c.id).scalar_subquery()
    is_settled = at < tx.at - UNDO_WITHIN.total_seconds()
    is_decided = sa.and_(events.c.review.in_([review.value for review in DECIDED]), is_settled)
    done = event_mail.c.event_id.in_(sa.select(events.c.id).where(is_decided))
    return tx.conn.execute(sa.delete(event_mail).where(event_mail.c.only_decision, done)).rowcount


def queue_merge_mail(tx: Transaction, kind: str, gone: Event, kept: Event) -> None:
    """Delete the subscription of a merged event's organiser after a last mail, if the kept event has an organiser.

    The queued mail belongs to the kept event and is deleted with it, because the merged event no longer exists.
    """
    row = tx.conn.execute(
        sa.select(event_mail, submissions.c.code)
        .join(submissions, submissions.c.event_id == event_mail.c.event_id)
        .where(event_mail.c.event_id == gone.id)
    ).one_or_none()
    drop_event_mail(tx, gone.id)
    if row is not None:
        facts = {"code": row.code} | ({"title": gone.title} if row.with_words else {})
        put_mail(tx, kind, row.address, row.language, facts, event_id=kept.id)


def move_event_mail(tx: Transaction, gone: str, kept: str) -> None:
    """Move the subscription of a merged event to the kept event, like its edit link."""
    drop_mails(tx, event_ids=[gone])
    tx.conn.execute(sa.update(event_mail).where(event_mail.c.event_id == gone).values(event_id=kept))
