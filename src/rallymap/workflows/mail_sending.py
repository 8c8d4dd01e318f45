"""Send the mails in the outbox; the server does so every few seconds (:mod:`rallymap.web.startup`)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import orjson

from rallymap.errors import MailError, StoreError, StoreUnavailableError
from rallymap.mail.letters import compose
from rallymap.mail.smtp import TEXT_TIMEOUT_S, TIMEOUT_S, MailConnection
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.outbox import CLAIM_LASTS_S, OutboxMail, claim_mail, delete_mail, has_due_mail, reschedule_mail

logger = logging.getLogger(__name__)
DELETED_WITHIN_S = CLAIM_LASTS_S - TEXT_TIMEOUT_S - 10 * TIMEOUT_S
"""How long to retry the deletion of a sent mail: after its claim expires it would be sent again."""
TRY_AGAIN_S = 2.0


@dataclass(slots=True)
class SendCounts:
    """Counts of sent, retried and failed mails; `is_reachable` is False once the mail server cannot be used at all."""

    sent: int = 0
    put_back: int = 0
    given_up: int = 0
    is_reachable: bool = True


def send_due_mail(
    db: Database,
    settings: Settings,
    *,
    connect: Callable[[], MailConnection] | None = None,
    stop: threading.Event | None = None,
) -> SendCounts:
    """Send the due mails one by one, until none is left or the mail server cannot be used.

    Each mail is claimed, sent and deleted in three separate transactions: see :mod:`rallymap.store.outbox`.

    Parameters
    ----------
    connect
        Opens the connection; defaults to the mail server of the settings.
    stop
        Set when the process ends: no further mail is started.
    """
    counts = SendCounts()
    if not settings.mail.is_set or not db.read(has_due_mail):
        return counts
    with (connect or (lambda: MailConnection(settings.mail, stop=stop)))() as connection:
        while counts.is_reachable and not (stop and stop.is_set()):
            mail = db.write(claim_mail)
            if mail is None:
                break
            try:
                _hand_over(db, settings, connection, mail)
            except MailError as err:
                counts.is_reachable = not err.is_of_server
                is_given_up = db.write(reschedule_mail, mail, err.user_message, is_final=err.is_final)
            except StoreError as err:
                # The mail was encrypted with a key that is lost.
                is_given_up = db.write(reschedule_mail, mail, err.user_message, is_final=True)
            else:
                _delete_sent(db, mail, stop or threading.Event())
                counts.sent += 1
                continue
            counts.put_back += not is_given_up
            counts.given_up += is_given_up
    if counts.put_back or counts.given_up:
        logger.warning(
            "mail: %d sent, %d to be tried again, %d given up", counts.sent, counts.put_back, counts.given_up
        )
    return counts


def _delete_sent(db: Database, mail: OutboxMail, stop: threading.Event) -> None:
    """Delete a sent mail; retry if the database is unavailable or locked by a large import for minutes."""
    until = time.monotonic() + DELETED_WITHIN_S
    while True:
        try:
            return db.write(delete_mail, mail)
        except StoreUnavailableError:
            if time.monotonic() > until or stop.wait(TRY_AGAIN_S):
                raise


def _hand_over(db: Database, settings: Settings, connection: MailConnection, mail: OutboxMail) -> None:
    connection.send(
        compose(
            mail.kind,
            orjson.loads(db.secret.unseal(mail.facts)),
            site=settings.site_name,
            address=settings.address,
            sender=settings.mail.sender,
            recipient=db.secret.unseal(mail.address),
            language=mail.language,
            message_id=mail.message_id,
            at=mail.created_at,
        )
    )
