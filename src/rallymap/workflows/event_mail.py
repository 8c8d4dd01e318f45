"""Mail to organisers about their own event; they subscribe and unsubscribe with the edit link."""

from __future__ import annotations

from collections.abc import Iterable

from rallymap.language import current_language
from rallymap.mail.letters import MailKind
from rallymap.store import Database
from rallymap.store import event_mail as stored
from rallymap.store.edit_links import get_own_event
from rallymap.store.event_mail import EventMail
from rallymap.workflows.account_mail import require_address
from rallymap.workflows.rate_limits import check_rate_of_link


def subscribe_own_mail(
    db: Database, edit_tokens: Iterable[str], address: str, *, with_words: bool, only_decision: bool
) -> None:
    """Subscribe an address to mail about own events: about all events of these edit links, or none.

    Raises
    ------
    EventNotFoundError
        If a link does not work.
    InvalidEventError
        If the e-mail address is not valid.
    RateLimitError
        If there were too many changes through one of the links within an hour.
    """
    wanted = EventMail(require_address(address), with_words, only_decision)
    tokens = list(edit_tokens)
    for token in tokens:
        check_rate_of_link(db, "change", token, db.now())
    with db.writing() as tx:
        for token in tokens:
            stored.put_event_mail(tx, get_own_event(tx, token).id, wanted, current_language().code)


def unsubscribe_own_mail(db: Database, edit_token: str) -> None:
    """Delete the subscription of an own event, and its queued mails.

    Raises
    ------
    EventNotFoundError
        If the link does not work.
    """
    with db.writing() as tx:
        stored.drop_event_mail(tx, get_own_event(tx, edit_token).id)


def read_own_mail(db: Database, edit_token: str) -> EventMail | None:
    """Return the mail subscription of an edit link, or None.

    Raises
    ------
    EventNotFoundError
        If the link does not work.
    """
    with db.reading() as tx:
        return stored.get_event_mail(tx, get_own_event(tx, edit_token).id)


def queue_outcome_questions(db: Database) -> int:
    """Queue a mail to the organiser of each past event that asks whether it was held, once; return how many."""
    return db.write(stored.queue_outcome_questions, MailKind.FOLLOW_UP, db.now())
