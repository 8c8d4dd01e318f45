"""Replace an edit link: by the old link, by receipt and recovery phrase, or by a moderator."""

from __future__ import annotations

import unicodedata

from rallymap.errors import InvalidEventError, ModerationError, SignInError
from rallymap.language import tr
from rallymap.moderation import Account, Permission, require
from rallymap.passwords import hash_password, verify_password
from rallymap.store import Database, Transaction
from rallymap.store import link_renewal as stored
from rallymap.store.audit import AuditEntry, record
from rallymap.store.case_values import ORGANISER
from rallymap.store.events import get_event
from rallymap.workflows.permissions import permitted_event
from rallymap.workflows.rate_limits import check_rate, check_rate_of_link

MIN_PHRASE, MAX_PHRASE = 12, 200
REPLACED = "edit link replaced"
"""Action code in the audit log."""


def replace_own_link(db: Database, edit_token: str) -> str:
    """Replace an own edit link, for example after somebody else saw it, and return the new token.

    Raises
    ------
    EventNotFoundError
        If the link does not work.
    RateLimitError
        If there were too many changes through this link within an hour.
    """
    check_rate_of_link(db, "change", edit_token, db.now())
    with db.writing() as tx:
        row, of_all, _ = stored.opened_by(tx, edit_token)
        _record(tx, row.event_id, ORGANISER)
        return stored.replace_link(tx, row, of_all=of_all)


def choose_phrase(db: Database, edit_token: str, phrase: str) -> None:
    """Set the recovery phrase of an own event, once: somebody who finds the link later cannot change it.

    Raises
    ------
    EventNotFoundError, RateLimitError
        See :func:`replace_own_link`.
    InvalidEventError
        If the phrase has fewer than 12 characters.
    ModerationError
        If a phrase was set before.
    """
    check_rate_of_link(db, "change", edit_token, db.now())
    clean = _fold(phrase)
    if len(clean) < MIN_PHRASE:
        raise InvalidEventError("phrase", tr("A recovery phrase has at least 12 characters; several words are good."))
    hashed = hash_password(clean)
    with db.writing() as tx:
        row, _, of_receipt = stored.opened_by(tx, edit_token)
        if row.phrase_hash or not of_receipt:
            raise ModerationError(tr("A recovery phrase is kept already."))
        stored.set_phrase_hash(tx, row, hashed)


def has_phrase(db: Database, edit_token: str) -> bool | None:
    """Return whether a recovery phrase was set; None if only the link of the whole campaign can set one."""
    with db.reading() as tx:
        row, _, of_receipt = stored.opened_by(tx, edit_token)
        return bool(row.phrase_hash) if of_receipt else None


def recover_link(db: Database, code: str, phrase: str, *, address: str) -> str:
    """Return the token of a new edit link, given the receipt and the recovery phrase.

    Parameters
    ----------
    address
        Network address of the visitor, "" if unknown.

    Raises
    ------
    SignInError
        If either is wrong, or no phrase was set; message and duration do not reveal which.
    RateLimitError
        After ten attempts within an hour, from this network or with this receipt.
    """
    code = code.strip().upper()[:MAX_PHRASE]
    check_rate(db, "recovery", address, db.now())
    check_rate_of_link(db, "recovery", code, db.now())
    found = db.read(stored.find_receipt, code)
    wrong = SignInError(
        tr(
            "The receipt or the recovery phrase is wrong, or no phrase was chosen. A moderator can give you a new "
            "link too."
        )
    )
    if not verify_password(found.phrase_hash if found and found.phrase_hash else None, _fold(phrase)) or found is None:
        raise wrong
    with db.writing() as tx:
        row = stored.find_receipt(tx, code)
        if row is None or row.phrase_hash != found.phrase_hash:  # a moderator replaced the link meanwhile
            raise wrong
        _record(tx, row.event_id, ORGANISER)
        return stored.replace_link(tx, row, of_all=bool(row.campaign_token_hash))


def renew_link(db: Database, event_id: str, *, account: Account) -> str:
    """Create a new edit link as a moderator and return its token; deletes the recovery phrase, so a new one can be set.

    For an event of a campaign, both its own link and the campaign's stop working; the new one opens the campaign.

    Raises
    ------
    RightsError, EventNotFoundError
        If the account may not change this event, or another that the link opens, or the event does not exist.
    ModerationError
        If the event was not submitted through the form.
    """
    with db.writing() as tx:
        permitted_event(tx, event_id, Permission.EDIT, account)
        row = stored.find_submission(tx, event_id)
        if row is None:
            raise ModerationError(tr("This event has no organiser, so it has no edit link."))
        for other in stored.list_opened_together(tx, row):
            require(account, Permission.EDIT, other)
        stored.set_phrase_hash(tx, row, "")
        _record(tx, event_id, account.name)
        token = stored.replace_link(tx, row, of_all=False)
        return stored.replace_link(tx, row, of_all=True) if row.campaign_token_hash else token


def _record(tx: Transaction, event_id: str, actor: str) -> None:
    record(tx, AuditEntry(actor, REPLACED), get_event(tx, event_id))


def _fold(phrase: str) -> str:
    """Normalise a phrase before hashing: case and the number of spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", phrase).casefold().split())[:MAX_PHRASE]
