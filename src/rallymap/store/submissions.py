"""Submissions: events sent through the form, with their receipts and edit links."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator

import sqlalchemy as sa

from rallymap.moderation import VISITOR, Account
from rallymap.store.idempotency import find_done, hash_key
from rallymap.store.schema import events, submissions, tombstones
from rallymap.store.secret_key import SecretKey
from rallymap.store.transaction import Reading, Transaction, moment
from rallymap.store.values import Receipt


def add_submission(
    tx: Transaction, event_id: str, key: str, *, contact: str, account: Account, campaign_key: str = ""
) -> None:
    """Store how an event was submitted.

    Parameters
    ----------
    key
        The event's own idempotency key (:func:`key_of_event`); its receipt and edit link are derived from it.
    contact
        How to reach the organiser; only moderators see it.
    account
        The signed-in account; VISITOR for none.
    campaign_key
        The form's idempotency key if it created several events; their shared receipt and edit link are derived from it.
    """
    shared = _campaign_key(tx.secret, campaign_key) if campaign_key else ""
    tx.conn.execute(
        sa.insert(submissions).values(
            event_id=event_id,
            code=_code(tx.secret, key),
            contact=contact,
            edit_token_hash=hash_token(tx.secret, _edit_token(tx.secret, key)),
            account="" if account == VISITOR else account.name,
            created_at=tx.at,
            campaign_code=_code(tx.secret, shared) if shared else "",
            campaign_token_hash=hash_token(tx.secret, _edit_token(tx.secret, shared)) if shared else "",
        )
    )


def list_receipts(tx: Reading, idempotency_key: str) -> tuple[Receipt, ...]:
    """Return the receipts of the form with this idempotency key; empty if it was not sent."""
    found: list[Receipt] = []
    for number in itertools.count():
        key = key_of_event(tx.secret, idempotency_key, number)
        was_done, event_id = find_done(tx, hash_key(tx.secret, key))
        if not was_done:
            return tuple(found)
        # Skip events that were taken down.
        row = tx.conn.execute(sa.select(submissions).where(submissions.c.event_id == event_id)).one_or_none()
        if row is not None:
            shared = _edit_token(tx.secret, _campaign_key(tx.secret, idempotency_key)) if row.campaign_code else ""
            code, at = row.campaign_code or row.code, moment(row.created_at)
            token = _edit_token(tx.secret, key)
            # Omit a replaced link: a later viewer of this page must not get the new one, nor try the old one.
            token = token if hash_token(tx.secret, token) == row.edit_token_hash else ""
            shared = shared if shared and hash_token(tx.secret, shared) == row.campaign_token_hash else ""
            found.append(Receipt(row.event_id, code, token, at, shared))
    raise AssertionError  # count() does not end


def key_of_event(secret: SecretKey, idempotency_key: str, number: int) -> str:
    """Return the idempotency key of one event of a form; that of event 0 is the form's own."""
    return idempotency_key if number == 0 else secret.keyed_hash(f"form-event-{number}", idempotency_key)


def hash_token(secret: SecretKey, edit_token: str) -> str:
    """Return the hash by which an edit link is looked up."""
    return secret.keyed_hash("edit-token", edit_token)


def free_id(tx: Transaction, wanted: str) -> str:
    """Return the id, or the first of `wanted-2`, `wanted-3` ... that was never used."""
    return next(name for name in _names(wanted) if not _is_taken(tx, name))


def _names(wanted: str) -> Iterator[str]:
    yield wanted
    number = 2
    while True:
        ending = f"-{number}"
        yield wanted[: 64 - len(ending)] + ending
        number += 1


def _is_taken(tx: Reading, event_id: str) -> bool:
    return any(
        tx.conn.scalar(sa.select(column).where(column == event_id)) is not None
        for column in (events.c.id, tombstones.c.event_id)
    )


def _campaign_key(secret: SecretKey, idempotency_key: str) -> str:
    return secret.keyed_hash("form-campaign", idempotency_key)


def _base32(hexadecimal: str, characters: int) -> str:
    return base64.b32encode(bytes.fromhex(hexadecimal)).decode()[:characters]


def _edit_token(secret: SecretKey, key: str) -> str:
    return _base32(secret.keyed_hash("edit-link", key), 32).lower()


def _code(secret: SecretKey, key: str) -> str:
    code = _base32(secret.keyed_hash("receipt", key), 10)
    return f"{code[:5]}-{code[5:]}"
