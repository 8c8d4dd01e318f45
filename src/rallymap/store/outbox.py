"""The outbox: mails that wait to be sent, each claimed by one process at a time.

The transaction that a mail is about puts it here, so it is here if and only if that transaction was committed. The
sender claims it first and deletes it afterwards. A process that is killed in between leaves a claim, which ends after
:data:`CLAIM_LASTS_S`; the mail is then sent again under the same ``Message-ID``. It is sent twice only if the process
ends between the mail server's acceptance and the deletion, or the database cannot be written until the claim ends.
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

CLAIM_LASTS_S: Final = 600.0
"""Longer than one mail can take: a mail server has 20 s for each of its answers."""
DELAYS_S: Final = (60, 300, 1_200, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, 24 * 3_600)
"""After each attempt that failed; after the one that follows the last of them, about two days, a mail is given up."""
UNSENT_KEPT_S: Final = 14 * 86_400.0
GIVEN_UP_KEPT_S: Final = 30 * 86_400.0
_WAITS = sa.and_(outbox.c.given_up_at.is_(None), outbox.c.address != "")


@dataclass(frozen=True, slots=True)
class OutboxMail:
    """A mail that this process has claimed.

    Attributes
    ----------
    claim
        Proves that it is still ours.
    address
        Encrypted.
    facts
        Encrypted JSON, which :mod:`rallymap.mail.letters` puts into words.
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
    """How many mails wait, since when the oldest does, and how many were given up, with the latest reason."""

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
    """Put a mail into the outbox, due at once.

    Parameters
    ----------
    kind
        See :mod:`rallymap.mail.letters`.
    sealed_address
        Of the recipient, encrypted by the secret key.
    language
        Tag of the recipient's language.
    facts
        What it says; stored encrypted.
    event_id, account
        What it is about; it goes with them.
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
    """Return whether a mail may be sent now."""
    return tx.conn.scalar(_due(tx).limit(1)) is not None


def claim_mail(tx: Transaction) -> OutboxMail | None:
    """Claim the mail that is due longest, and count the attempt; None where none is due."""
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
    """Delete a mail that was sent."""
    tx.conn.execute(sa.delete(outbox).where(_ours(mail)))


def put_back_mail(tx: Transaction, mail: OutboxMail, problem: str, *, is_final: bool = False) -> bool:
    """Put a mail back that could not be sent; it is due later, or given up.

    Parameters
    ----------
    problem
        Why, in a sentence that names nobody; of a mail that is given up it is kept, with neither address nor text.
    is_final
        Whether another attempt is of no use.

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
    """Return what waits in the outbox."""
    waiting, oldest = tx.conn.execute(sa.select(sa.func.count(), sa.func.min(outbox.c.created_at)).where(_WAITS)).one()
    gone = outbox.c.given_up_at.is_not(None)
    given_up = tx.conn.scalar(sa.select(sa.func.count()).select_from(outbox).where(gone)) or 0
    latest = sa.select(outbox.c.problem).where(gone).order_by(outbox.c.given_up_at.desc(), outbox.c.id.desc()).limit(1)
    return OutboxState(waiting, None if oldest is None else moment(oldest), given_up, str(tx.conn.scalar(latest) or ""))


def drop_mails(tx: Transaction, *, event_ids: Collection[str] = (), account: str = "") -> None:
    """Delete the mails about these events, or to this account, whether they were sent or not."""
    if event_ids:
        tx.conn.execute(sa.delete(outbox).where(outbox.c.event_id.in_(event_ids)))
    if account:
        tx.conn.execute(sa.delete(outbox).where(outbox.c.account == account))


def forget_given_up(tx: Transaction) -> int:
    """Delete what is left of mails that were given up, as a moderator asks who has read it; return how many."""
    return tx.conn.execute(sa.delete(outbox).where(outbox.c.given_up_at.is_not(None))).rowcount


def _due(tx: Reading) -> sa.Select[tuple[int]]:
    is_free = sa.or_(outbox.c.claim == "", outbox.c.claimed_at <= tx.at - CLAIM_LASTS_S)
    return sa.select(outbox.c.id).where(_WAITS, outbox.c.due_at <= tx.at, is_free)


def _ours(mail: OutboxMail) -> sa.ColumnElement[bool]:
    return sa.and_(outbox.c.id == mail.id, outbox.c.claim == mail.claim)


def tidy_outbox(tx: Transaction) -> int:
    """Give up what nobody tried to send for two weeks, and forget what was given up a month ago; return how many."""
    values = {"address": "", "facts": "", "given_up_at": tx.at, "problem": "No mail server was set."}
    is_old = outbox.c.created_at < tx.at - UNSENT_KEPT_S
    given_up = tx.conn.execute(sa.update(outbox).where(_WAITS, is_old).values(values)).rowcount
    is_past = outbox.c.given_up_at < tx.at - GIVEN_UP_KEPT_S
    return given_up + tx.conn.execute(sa.delete(outbox).where(is_past)).rowcount
