"""The outbox: queued mails, each claimed by one process at a time.

A mail is queued in the transaction that it reports, so it exists if and only if that transaction was committed. The
sender claims it first and deletes it afterwards. A process that is killed in between leaves a claim, which expires
after :data:`CLAIM_LASTS_S`; the mail is then sent again with the same ``Message-ID``. It is only sent twice if the
process ends between the mail server's acceptance and the deletion, or the database cannot be written until the claim
expires.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
import sqlalchemy as sa

from rallymap.store.notice_tables import outbox
from rallymap.store.transaction import Reading, Transaction, moment

CLAIM_LASTS_S: Final = 1_200.0
"""Longer than sending one mail can take: a mail server has ten minutes for one answer, and 20 s for each other."""
DELAYS_S: Final = (60, 300, 1_200, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, 24 * 3_600)
"""Delays after failed attempts; a mail is given up after one more attempt, in about two days."""
UNSENT_KEPT_S: Final = 14 * 86_400.0
GIVEN_UP_KEPT_S: Final = 30 * 86_400.0
_WAITS = sa.and_(outbox.c.given_up_at.is_(None), outbox.c.address != "")


@dataclass(frozen=True, slots=True)
class OutboxMail:
    """A mail that this process has claimed.

    Attributes
    ----------
    claim
        Proof that the claim is still ours.
    address
        Encrypted.
    facts
        Encrypted JSON, which :mod:`rallymap.mail.letters` turns into text.
    """

    id: int
    claim: str
    message_id: str
    kind: str
    address: str
    language: str
    facts: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxState:
    """Number of queued mails, age of the oldest, and number of failed ones with the latest reason."""

    waiting: int = 0
    oldest: datetime | None = None
    given_up: int = 0
    problem: str = ""


def put_mail(
    tx: Transaction,
    kind: str,
    sealed_address: str,
    language: str,
    facts: Mapping[str, object],
    *,
    event_id: str = "",
    account: str = "",
) -> None:
    """Queue a mail, due at once.

    Parameters
    ----------
    kind
        See :mod:`rallymap.mail.letters`.
    sealed_address
        Address of the recipient, encrypted with the secret key.
    language
        Language tag of the recipient.
    facts
        The content; stored encrypted.
    event_id, account
        The event and account concerned; the mail is deleted with them.
    """
    tx.conn.execute(
        sa.insert(outbox).values(
            message_id=secrets.token_hex(16),
            kind=kind,
            event_id=event_id,
            account=account,
            address=sealed_address,
            language=language,
            facts=tx.secret.seal(orjson.dumps(facts).decode()),
            created_at=tx.at,
            due_at=tx.at,
            attempts=0,
            claim="",
            claimed_at=0.0,
            problem="",
        )
    )


def has_due_mail(tx: Reading) -> bool:
    """Return whether a mail is due."""
    return tx.conn.scalar(_due(tx).limit(1)) is not None


def claim_mail(tx: Transaction) -> OutboxMail | None:
    """Claim the mail that has been due longest, and count the attempt; None if none is due."""
    mail_id = tx.conn.scalar(_due(tx).order_by(outbox.c.due_at, outbox.c.id).limit(1))
    if mail_id is None:
        return None
    row = tx.conn.execute(
        sa.update(outbox)
        .where(outbox.c.id == mail_id)
        .values(claim=secrets.token_hex(8), claimed_at=tx.at, attempts=outbox.c.attempts + 1)
        .returning(outbox)
    ).one()
    return OutboxMail(
        row.id, row.claim, row.message_id, row.kind, row.address, row.language, row.facts, moment(row.created_at)
    )


def delete_mail(tx: Transaction, mail: OutboxMail) -> None:
    """Delete a sent mail."""
    tx.conn.execute(sa.delete(outbox).where(_ours(mail)))


def reschedule_mail(tx: Transaction, mail: OutboxMail, problem: str, *, is_final: bool = False) -> bool:
    """Return a mail that could not be sent to the queue for a later attempt, or give it up.

    Parameters
    ----------
    problem
        The reason, in a sentence without names; it is kept for a failed mail, without address and text.
    is_final
        Whether another attempt is pointless.

    Returns
    -------
    is_given_up
        Whether there will be no other attempt.
    """
    attempts = tx.conn.scalar(sa.select(outbox.c.attempts).where(_ours(mail)))
    if attempts is None:
        return False
    values: dict[str, Any] = {"claim": "", "claimed_at": 0.0, "problem": problem}
    is_given_up = is_final or attempts > len(DELAYS_S)
    if is_given_up:
        values |= {"address": "", "facts": "", "given_up_at": tx.at}
    else:
        values |= {"due_at": tx.at + DELAYS_S[attempts - 1]}
    tx.conn.execute(sa.update(outbox).where(_ours(mail)).values(values))
    return is_given_up


def read_outbox(tx: Reading) -> OutboxState:
    """Return the state of the outbox."""
    waiting, oldest = tx.conn.execute(sa.select(sa.func.count(), sa.func.min(outbox.c.created_at)).where(_WAITS)).one()
    gone = outbox.c.given_up_at.is_not(None)
    given_up = tx.conn.scalar(sa.select(sa.func.count()).select_from(outbox).where(gone)) or 0
    latest = sa.select(outbox.c.problem).where(gone).order_by(outbox.c.given_up_at.desc(), outbox.c.id.desc()).limit(1)
    return OutboxState(waiting, None if oldest is None else moment(oldest), given_up, str(tx.conn.scalar(latest) or ""))


def drop_mails(tx: Transaction, *, event_ids: Collection[str] = (), account: str = "") -> None:
    """Delete the queued mails about these events, or to this account."""
    if event_ids:
        tx.conn.execute(sa.delete(outbox).where(outbox.c.event_id.in_(event_ids)))
    if account:
        tx.conn.execute(sa.delete(outbox).where(outbox.c.account == account))


def forget_given_up(tx: Transaction) -> int:
    """Delete the remains of failed mails after a moderator has dismissed them; return how many."""
    return tx.conn.execute(sa.delete(outbox).where(outbox.c.given_up_at.is_not(None))).rowcount


def _due(tx: Reading) -> sa.Select[tuple[int]]:
    is_free = sa.or_(outbox.c.claim == "", outbox.c.claimed_at <= tx.at - CLAIM_LASTS_S)
    return sa.select(outbox.c.id).where(_WAITS, outbox.c.due_at <= tx.at, is_free)


def _ours(mail: OutboxMail) -> sa.ColumnElement[bool]:
    return sa.and_(outbox.c.id == mail.id, outbox.c.claim == mail.claim)


def tidy_outbox(tx: Transaction) -> int:
    """Give up mails not attempted for two weeks, and delete those given up a month ago; return how many."""
    values = {"address": "", "facts": "", "given_up_at": tx.at, "problem": "No mail server was set."}
    is_old = outbox.c.created_at < tx.at - UNSENT_KEPT_S
    given_up = tx.conn.execute(sa.update(outbox).where(_WAITS, is_old).values(values)).rowcount
    is_past = outbox.c.given_up_at < tx.at - GIVEN_UP_KEPT_S
    return given_up + tx.conn.execute(sa.delete(outbox).where(is_past)).rowcount
