"""Replace edit links, and store recovery phrases.

A form with several events has an edit link that opens all of them, and each event has its own link, which another
person may have. A phrase belongs to the receipt, and so to the link of all events if there is one.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any

import sqlalchemy as sa

from rallymap.events import Event
from rallymap.store.edit_links import IN_CAMPAIGN, own_submission
from rallymap.store.events import get_events
from rallymap.store.schema import submissions
from rallymap.store.submissions import hash_token
from rallymap.store.transaction import Reading, Transaction

Submission = sa.Row[Any]


def find_submission(tx: Reading, event_id: str) -> Submission | None:
    """Return the submission of an event; None if it did not come through the form."""
    return tx.conn.execute(sa.select(submissions).where(submissions.c.event_id == event_id)).one_or_none()


def find_receipt(tx: Reading, code: str) -> Submission | None:
    """Return the submission of a receipt, any one if the receipt has several events; None for an unknown receipt."""
    is_own = sa.and_(submissions.c.code == code, submissions.c.campaign_code == "")
    stmt = sa.select(submissions).where(sa.or_(is_own, submissions.c.campaign_code == code)).limit(1)
    return tx.conn.execute(stmt).one_or_none() if code else None


def list_opened_together(tx: Reading, row: Submission) -> list[Event]:
    """Return the events that the campaign link of a form opens; [] if the form created one event."""
    if not row.campaign_token_hash:
        return []
    same = submissions.c.campaign_token_hash == row.campaign_token_hash
    return get_events(tx, tx.conn.scalars(sa.select(submissions.c.event_id).where(same)).all())


def replace_link(tx: Transaction, row: Submission, *, of_all: bool) -> str:
    """Create a new edit link and return its token; the old link stops working.

    Parameters
    ----------
    of_all
        Whether to replace the link that opens all events of the form, instead of this event's own.
    """
    token = base64.b32encode(secrets.token_bytes(20)).decode().lower()
    column = submissions.c.campaign_token_hash if of_all else submissions.c.edit_token_hash
    values = {column: hash_token(tx.secret, token)}
    tx.conn.execute(sa.update(submissions).where(column == getattr(row, column.name)).values(values))
    return token


def set_phrase_hash(tx: Transaction, row: Submission, phrase_hash: str) -> None:
    """Store the hash of a receipt's recovery phrase, or delete it ("")."""
    same = submissions.c.event_id == row.event_id
    if row.campaign_token_hash:
        same = submissions.c.campaign_token_hash == row.campaign_token_hash
    tx.conn.execute(sa.update(submissions).where(same).values(phrase_hash=phrase_hash))


def opened_by(tx: Reading, edit_token: str) -> tuple[Submission, bool, bool]:
    """Return the submission of an edit link, whether it is a campaign link, and whether it covers the whole receipt.

    Raises
    ------
    EventNotFoundError
        If the link does not work.
    """
    row, of_all = own_submission(tx, edit_token), IN_CAMPAIGN in edit_token
    return row, of_all, of_all or not row.campaign_token_hash
