"""Accounts that subscribed to mail about pending work; their addresses are encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

import sqlalchemy as sa

from rallymap.language import mark
from rallymap.moderation import Account
from rallymap.store.accounts import record_account, to_account
from rallymap.store.notice_tables import account_mail
from rallymap.store.outbox import drop_mails
from rallymap.store.schema import accounts
from rallymap.store.transaction import Reading, Transaction, moment


class MailPace(StrEnum):
    """How often an account gets mail; labelled with ``tr(PACE_LABELS[pace])``."""

    AT_ONCE = "at once"
    DAILY = "daily"


PACE_LABELS = MappingProxyType(
    {
        MailPace.AT_ONCE: mark("At once, every five minutes at most"),
        MailPace.DAILY: mark("Once a day, if anything is new"),
    }
)
GAPS = MappingProxyType({MailPace.AT_ONCE: timedelta(minutes=5), MailPace.DAILY: timedelta(days=1)})
"""The minimum time between two mails."""


@dataclass(frozen=True, slots=True)
class AccountMail:
    """The subscription of an account: `address` as typed, and whether mails name the events (`with_titles`)."""

    address: str
    pace: MailPace
    with_titles: bool


@dataclass(frozen=True, slots=True)
class DueMail:
    """An account that may get a mail now about what is newer than `told_at`; `address` is encrypted."""

    account: Account
    address: str
    with_titles: bool
    language: str
    told_at: datetime


def put_account_mail(tx: Transaction, account: Account, wanted: AccountMail, language: str) -> None:
    """Replace the subscription of an account; it gets mail about new items from now on."""
    tx.conn.execute(sa.delete(account_mail).where(account_mail.c.account == account.name))
    tx.conn.execute(
        sa.insert(account_mail).values(
            account=account.name,
            address=tx.secret.seal(wanted.address),
            pace=wanted.pace.value,
            with_titles=wanted.with_titles,
            language=language,
            told_at=tx.at,
        )
    )
    record_account(tx, account.name, "mail asked for", account.name)


def drop_account_mail(tx: Transaction, account: Account) -> None:
    """Delete the subscription of an account and its queued mails."""
    drop_mails(tx, account=account.name)
    if tx.conn.execute(sa.delete(account_mail).where(account_mail.c.account == account.name)).rowcount:
        record_account(tx, account.name, "mail ended", account.name)


def get_account_mail(tx: Reading, account: Account) -> AccountMail | None:
    """Return the subscription of an account, or None.

    Raises
    ------
    StoreError
        If the address was encrypted with another key.
    """
    row = tx.conn.execute(sa.select(account_mail).where(account_mail.c.account == account.name)).one_or_none()
    return None if row is None else AccountMail(tx.secret.unseal(row.address), MailPace(row.pace), row.with_titles)


def list_due_mail(tx: Reading) -> list[DueMail]:
    """Return the open accounts whose last mail is old enough for a new one."""
    rows = tx.conn.execute(
        sa.select(account_mail, accounts.c.role, accounts.c.countries)
        .join(accounts, accounts.c.name == account_mail.c.account)
        .where(accounts.c.active)
        .order_by(account_mail.c.account)
    )
    return [
        DueMail(
            to_account(row.account, row.role, row.countries),
            row.address,
            row.with_titles,
            row.language,
            moment(row.told_at),
        )
        for row in rows
        if tx.at - row.told_at >= GAPS[MailPace(row.pace)].total_seconds()
    ]


def note_sent(tx: Transaction, account: Account) -> None:
    """Record that an account has been mailed about everything up to now."""
    tx.conn.execute(sa.update(account_mail).where(account_mail.c.account == account.name).values(told_at=tx.at))
