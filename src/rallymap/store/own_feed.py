"""The private feed of an organiser's event: its URL is read-only, and stops working with the edit link."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from rallymap.errors import EventNotFoundError
from rallymap.events import ReviewStatus
from rallymap.store.decisions import DONE, HIDDEN, TAKEN_BACK
from rallymap.store.edit_links import own_submission
from rallymap.store.proposals import ACCEPTED, ACCEPTED_IN_PART, REFUSED
from rallymap.store.refused_proposals import REFUSAL_UNDONE
from rallymap.store.removal import MERGED_AWAY
from rallymap.store.schema import audit, submissions
from rallymap.store.transaction import Reading, moment

ASKED = "asked"
"""Action name of a moderator's question in the audit log."""
_TOLD = (*DONE.values(), HIDDEN, ACCEPTED, ACCEPTED_IN_PART, REFUSED, REFUSAL_UNDONE, ASKED, MERGED_AWAY, TAKEN_BACK)
_MAC = 32


@dataclass(frozen=True, slots=True)
class OwnNews:
    """One event in the history: its `action` in the audit log, and the resulting review status."""

    id: str
    action: str
    review: ReviewStatus
    at: datetime


def own_feed_name(tx: Reading, edit_token: str) -> str:
    """Return the last part of the feed's URL, from which the edit link cannot be derived.

    Raises
    ------
    EventNotFoundError
        If the link does not work.
    """
    row = own_submission(tx, edit_token)
    return f"{row.code}-{_mac(tx, row)}"


def read_own_feed(tx: Reading, name: str, *, limit: int = 50) -> tuple[str, list[OwnNews]]:
    """Return the receipt's code and the history of its event, newest first.

    Raises
    ------
    EventNotFoundError
        If the feed does not exist.
    """
    code, _, mac = name.rpartition("-")
    row = tx.conn.execute(sa.select(submissions).where(submissions.c.code == code)).one_or_none()
    if row is None or not hmac.compare_digest(mac.encode(), _mac(tx, row).encode()):
        raise EventNotFoundError("")
    stmt = sa.select(audit).where(audit.c.event_id == row.event_id, audit.c.action.in_(_TOLD))
    return code, [
        OwnNews(
            tx.secret.keyed_hash("own-news", str(entry.seq)), entry.action, ReviewStatus(entry.review), moment(entry.at)
        )
        for entry in tx.conn.execute(stmt.order_by(audit.c.seq.desc()).limit(limit))
    ]


def _mac(tx: Reading, row: sa.Row[Any]) -> str:
    # One name per link that opens the event: replacing any of them ends the feed.
    return tx.secret.keyed_hash("own-feed", f"{row.edit_token_hash}{row.campaign_token_hash}")[:_MAC]
