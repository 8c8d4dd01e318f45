"""Drafts: unsent forms, looked up by the token in their URL.

Only :mod:`rallymap.store.housekeeping` deletes old ones; it checks the clock first.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson
import sqlalchemy as sa

from rallymap.errors import FormSentError, InvalidEventError, StaleDraftError
from rallymap.language import tr
from rallymap.pictures import CleanPicture
from rallymap.store.idempotency import find_done, hash_key
from rallymap.store.schema import draft_pictures, drafts
from rallymap.store.secret_key import SecretKey
from rallymap.store.transaction import Reading, Transaction, moment

MAX_DRAFT = 200_000
"""Maximum size in bytes of the texts of one form."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An unsent form.

    Attributes
    ----------
    fields
        Non-empty texts by field name.
    revision
        Increased by each save, starting at 1.
    started_at, saved_at
        Times of the first and the last save.
    picture
        The chosen picture, or None.
    """

    fields: Mapping[str, str]
    revision: int
    started_at: datetime
    saved_at: datetime
    picture: CleanPicture | None = None


def new_draft_token() -> str:
    """Create the token of a form; it is in the form's URL, and the idempotency key is derived from it."""
    return secrets.token_urlsafe(24)


def form_key(secret: SecretKey, token: str) -> str:
    """Return the idempotency key of the form with this token: the same in every tab and after every reload."""
    return secret.keyed_hash("form-key", token)


def save_draft(tx: Transaction, token: str, fields: Mapping[str, str], *, expected_revision: int) -> int:
    """Save the texts of a form and return the draft's revision.

    Parameters
    ----------
    token
        The token from :func:`new_draft_token`.
    fields
        Fields with the prefix ``form_`` hold the visitor's position, not content: a save that only changes these keeps
        the revision, so other tabs have no conflict.
    expected_revision
        The revision that was loaded or saved last; 0 for a form that was never saved.

    Raises
    ------
    StaleDraftError
        If another tab saved the form meanwhile.
    FormSentError
        If another tab sent the form meanwhile.
    InvalidEventError
        If the form is larger than 200 000 bytes.
    """
    packed = orjson.dumps({name: text for name, text in fields.items() if text}).decode()
    if len(packed.encode()) > MAX_DRAFT:
        raise InvalidEventError("form", tr("This form is too long to be kept; please shorten it."))
    hashed = tx.secret.keyed_hash("draft", token)
    kept = tx.conn.scalar(sa.select(drafts.c.fields).where(drafts.c.token_hash == hashed))
    is_same = kept is not None and _form_fields(orjson.loads(kept)) == _form_fields(fields)
    revision = _next_revision(tx, token, hashed, expected_revision, is_same=is_same)
    values = {"fields": packed, "saved_at": tx.at, "revision": revision}
    if not tx.conn.execute(sa.update(drafts).where(drafts.c.token_hash == hashed).values(values)).rowcount:
        tx.conn.execute(sa.insert(drafts).values(token_hash=hashed, started_at=tx.at, **values))
    return revision


def save_draft_picture(tx: Transaction, token: str, picture: CleanPicture | None, *, expected_revision: int) -> int:
    """Save the picture of a saved form, or delete it (None); return the draft's revision.

    Raises
    ------
    StaleDraftError, FormSentError
        If the form was saved by another tab, sent or deleted meanwhile.
    """
    hashed = tx.secret.keyed_hash("draft", token)
    revision = _next_revision(tx, token, hashed, expected_revision)
    changed = tx.conn.execute(
        sa.update(drafts).where(drafts.c.token_hash == hashed).values(revision=revision, saved_at=tx.at)
    )
    if not changed.rowcount:
        raise StaleDraftError(tr("This form is not kept any more; choose the picture again."))
    tx.conn.execute(sa.delete(draft_pictures).where(draft_pictures.c.token_hash == hashed))
    if picture is not None:
        tx.conn.execute(
            sa.insert(draft_pictures).values(
                token_hash=hashed,
                media_type=picture.media_type,
                data=picture.data,
                width=picture.width,
                height=picture.height,
            )
        )
    return revision


def get_draft(tx: Reading, token: str) -> Draft | None:
    """Return the draft with this token, or None."""
    hashed = tx.secret.keyed_hash("draft", token)
    row = tx.conn.execute(sa.select(drafts).where(drafts.c.token_hash == hashed)).one_or_none()
    if row is None:
        return None
    file = tx.conn.execute(sa.select(draft_pictures).where(draft_pictures.c.token_hash == hashed)).one_or_none()
    picture = None if file is None else CleanPicture(bytes(file.data), file.media_type, file.width, file.height)
    return Draft(dict(orjson.loads(row.fields)), row.revision, moment(row.started_at), moment(row.saved_at), picture)


def delete_draft(tx: Transaction, token: str) -> None:
    """Delete a draft that was sent or discarded, if it exists."""
    tx.conn.execute(sa.delete(drafts).where(drafts.c.token_hash == tx.secret.keyed_hash("draft", token)))


def _next_revision(tx: Transaction, token: str, hashed: str, expected: int, *, is_same: bool = False) -> int:
    if find_done(tx, hash_key(tx.secret, form_key(tx.secret, token)))[0]:
        raise FormSentError(tr("This form was sent already, perhaps from another tab."))
    found = tx.conn.scalar(sa.select(drafts.c.revision).where(drafts.c.token_hash == hashed))
    if found is None:  # never saved, or deleted while it was open
        return expected + 1
    if is_same:
        return int(found)
    if found != expected:
        raise StaleDraftError(tr("This form was changed in another tab or browser."), detail=f"{found}, not {expected}")
    return expected + 1


def _form_fields(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text and not name.startswith("form_")}
