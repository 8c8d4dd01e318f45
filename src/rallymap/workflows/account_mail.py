"""Mail to moderators about pending work: who subscribed, and when a mail is due."""

from __future__ import annotations

from rallymap.errors import InvalidEventError
from rallymap.language import current_language, tr
from rallymap.mail.letters import MailKind
from rallymap.mail_server import clean_address
from rallymap.moderation import Account, Permission, has_permission, require
from rallymap.store import Database, Reading
from rallymap.store import account_mail as stored
from rallymap.store.account_mail import AccountMail, DueMail, MailPace
from rallymap.store.events import get_events
from rallymap.store.outbox import put_mail
from rallymap.store.waiting import count_waiting, list_new

MAX_TITLES = 50


def subscribe_to_mail(db: Database, address: str, pace: MailPace, *, with_titles: bool, account: Account) -> None:
    """Subscribe an account to mail about pending work, in the language of this request.

    Parameters
    ----------
    with_titles
        Whether mails name the events; otherwise they contain counts and a link.

    Raises
    ------
    RightsError
        If the account is not a moderator; the other functions here raise it too.
    InvalidEventError
        If the e-mail address is not valid.
    """
    require(account, Permission.SEE_QUEUE)
    wanted = AccountMail(require_address(address), pace, with_titles)
    db.write(stored.put_account_mail, account, wanted, current_language().code)


def unsubscribe(db: Database, *, account: Account) -> None:
    """Unsubscribe an account and delete its e-mail address."""
    require(account, Permission.SEE_QUEUE)
    db.write(stored.drop_account_mail, account)


def read_mail_wish(db: Database, account: Account) -> AccountMail | None:
    """Return the mail subscription of an account, or None."""
    require(account, Permission.SEE_QUEUE)
    return db.read(stored.get_account_mail, account)


def queue_moderator_mail(db: Database) -> int:
    """Queue a mail for each subscribed account that is due and for which something new is pending.

    Returns the number of mails.

    The mail and the note that it was queued are one transaction, so a killed process sends no mail twice.
    """
    with db.reading() as tx:
        if not any(_news(tx, due) for due in stored.list_due_mail(tx)):
            return 0
    sent = 0
    with db.writing() as tx:
        for due in stored.list_due_mail(tx):
            news = _news(tx, due)
            if not news:
                continue
            titles = [event.title for event in get_events(tx, news)] if due.with_titles else []
            facts = {"counts": count_waiting(tx, countries=due.account.countries), "titles": titles}
            put_mail(tx, MailKind.WAITING, due.address, due.language, facts, account=due.account.name)
            stored.note_sent(tx, due.account)
            sent += 1
    return sent


def require_address(text: str) -> str:
    """Return an e-mail address in the form that mail servers accept.

    Raises
    ------
    InvalidEventError
        If the text is not an e-mail address.
    """
    address = clean_address(text)
    if not address:
        raise InvalidEventError("mail", tr("This is not an e-mail address; write one like name@example.org."))
    return address


def _news(tx: Reading, due: DueMail) -> list[str]:
    """Return the ids of events with news since the last mail to an account; [] if it may not see them."""
    if not has_permission(due.account, Permission.SEE_QUEUE):
        return []
    return list_new(tx, due.told_at, countries=due.account.countries, limit=MAX_TITLES)
