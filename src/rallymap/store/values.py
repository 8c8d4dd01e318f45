"""What the store hands out beside events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rallymap.events import Event
from rallymap.moderation import Account
from rallymap.query.rows import EventRow


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever submitted an event gets back; the same for the same form, however often it is sent.

    Attributes
    ----------
    event_id
        The event's id; another one than asked for where that was taken.
    code
        Short text to name the submission by ("K7Q2-M9XD"); it opens nothing.
    edit_token
        Secret of the private edit link. Only its hash is stored, so it can never be shown again.
    at
        When the submission was stored.
    """

    event_id: str
    code: str
    edit_token: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of events that were added in bulk.

    Attributes
    ----------
    added, updated, unchanged
        Events new to the store; known ones with other content, now a new revision; and known ones with the same.
    withdrawn
        Events that were taken down or merged before; they stay so.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class PublicChanges:
    """What the public sees otherwise than at an earlier version of the data.

    Attributes
    ----------
    version
        Ask for changes since this one next time.
    rows
        Public events that are new or changed.
    removed
        Ids that are not public any more; some of them may never have been.
    """

    version: int
    rows: list[EventRow]
    removed: list[str]


@dataclass(frozen=True, slots=True)
class PlaceToCheck:
    """A place that a moderator has to settle.

    Attributes
    ----------
    outcome
        ``ambiguous``, ``low-confidence``, ``no-match`` or ``wrong-country``.
    candidates
        Plain mappings with at least ``lat``, ``lon`` and ``label``, best first; kept as JSON.
    """

    outcome: str
    candidates: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class EventToLocate:
    """An event in the list of places to check."""

    event: Event
    check: PlaceToCheck
    since: datetime


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An event under review.

    Attributes
    ----------
    contact
        How to reach who submitted it; never public, "" where none was given.
    code
        The receipt's code, "" for events that did not come through the form.
    submitted_at
        When it came in.
    reason
        The latest reason a moderator gave, or "".
    """

    event: Event
    submitted_at: datetime
    contact: str = ""
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against; never leaves the sign-in.

    Attributes
    ----------
    totp_secret
        Base32 secret of the second factor, or "" where the account has none.
    """

    account: Account
    password_hash: str
    totp_secret: str = ""


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """An account in the administrator's list."""

    account: Account
    active: bool
    created_at: datetime
    has_second_factor: bool = False
