"""Compose mails in the recipient's language, without event details unless the recipient asked for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from rallymap.events import ReviewStatus
from rallymap.language import choose_language, languages, mark, own_folder, tr, trn, use_language


class MailKind(StrEnum):
    """What a mail is about."""

    DECISION = "decision"
    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    WAITING = "waiting"
    TEST = "test"


REVIEW_WORDS: Mapping[str, str] = MappingProxyType(
    {
        # Translators: “it” is an event that somebody sent.
        ReviewStatus.DRAFT: mark("It is a draft."),
        ReviewStatus.PENDING: mark("It waits for a moderator."),
        ReviewStatus.SENT_BACK: mark("It was sent back to you: please answer or edit it."),
        ReviewStatus.PUBLISHED: mark("It is published."),
        ReviewStatus.REJECTED: mark("It was not accepted."),
        ReviewStatus.WITHDRAWN: mark("It was withdrawn."),
    }
)
"""Sentences for organisers about the review status of their event; marked for translation."""


def compose(
    kind: str,
    facts: Mapping[str, Any],
    *,
    site: str,
    address: str,
    sender: str,
    recipient: str,
    language: str,
    message_id: str,
    at: datetime,
) -> EmailMessage:
    """Compose a mail as plain text.

    Parameters
    ----------
    kind
        One of :class:`MailKind`.
    facts
        Values for the text: for organisers ``code`` (the receipt) and, only if they asked for details, ``title``,
        ``review`` and ``words``; for moderators ``counts`` and ``titles``.
    site, address
        Name and web address of the site; the address ends with a slash.
    language
        Language tag; English if the tag is unknown.
    message_id
        Random and unique, but the same for each attempt.
    at
        Time at which the mail was added to the outbox, with time zone.
    """
    with use_language(choose_language(languages(own_folder()), language)):
        subject, body = _words(MailKind(kind), facts, site, address)
    message = EmailMessage()
    message["From"] = formataddr((site, sender))
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id}@{urlsplit(address).hostname or 'localhost'}>"
    # Prevents automatic replies (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join(part for part in body if part) + "\n")
    return message


def _words(kind: MailKind, facts: Mapping[str, Any], site: str, address: str) -> tuple[str, list[str]]:
    if kind is MailKind.TEST:
        return tr("{site}: a test mail", site=site), [address]
    if kind is MailKind.WAITING:
        counts = "\n".join(waiting_in_words(facts["counts"]))
        page = f"{address}review"
        stop = tr("You asked for these mails; end them on “Your account” after signing in.")
        return tr("{site}: something new waits for review", site=site), [counts, "\n".join(facts["titles"]), page, stop]
    subjects = {
        MailKind.DECISION: tr("{site}: a decision about your event", site=site),
        MailKind.QUESTION: tr("{site}: a question about your event", site=site),
        MailKind.FOLLOW_UP: tr("{site}: did your event take place?", site=site),
    }
    status = facts.get("review")
    review = tr(REVIEW_WORDS[status]) if status else ""
    return subjects[kind], [
        tr("It is about the event with the receipt {code}.", code=facts["code"]),
        *(facts.get("title", ""), review, facts.get("words", "")),
        tr("Open the edit link that you saved, to read and to answer."),
        tr(
            "You left this address for these mails only; you can delete it on the page of the same link. {address}",
            address=address,
        ),
    ]


def waiting_in_words(counts: Mapping[str, int]) -> list[str]:
    """Return the number of items in each Review list, such as "3 events to review"; empty lists are left out."""
    said = (
        (counts["queue"], trn("{n} event to review", "{n} events to review", counts["queue"])),
        (counts["messages"], trn("{n} message", "{n} messages", counts["messages"])),
        (counts["places"], trn("{n} place to check", "{n} places to check", counts["places"])),
        (counts["reports"], trn("{n} report", "{n} reports", counts["reports"])),
        (counts["changes"], trn("{n} proposed change", "{n} proposed changes", counts["changes"])),
    )
    return [words for number, words in said if number]
