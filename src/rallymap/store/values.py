"""Values that the functions of this room return, apart from events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Role
from rallymap.query.rows import EventRow
from rallymap.store.case_values import ORGANISER, Note


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an organiser gets for an event that was sent in; the same for the same form, however often it is sent.

    Attributes
    ----------
    event_id
        The event's id; not the one that was asked for where that was taken.
    code
        Short text to name the submission by ("K7Q2-M9XD"); it opens nothing.
    edit_token
        Secret of the private edit link. Only its hash is stored, so it can never be shown again.
    at
        When the submission was stored.
    campaign_token
        Secret of the edit link that opens all events of the form, which then share one code; "" for a single event.
    """

    event_id: str
    code: str
    edit_token: str
    at: datetime
    campaign_token: str = ""


@dataclass(frozen=True, slots=True)
class AddResult:
    """The result of adding events in bulk.

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
    """What changed for the public since an earlier version of the data.

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
class PlaceCheck:
    """A place that a moderator has to settle.

    Attributes
    ----------
    outcome
        ``ambiguous``, ``low-confidence``, ``no-match``, ``wrong-country`` or ``point-elsewhere``.
    candidates
        Plain mappings with at least ``lat``, ``lon`` and ``label``, best first; kept as JSON.
    """

    outcome: str
    candidates: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class EventPlaceCheck:
    """An event in the list of places to check."""

    event: Event
    check: PlaceCheck
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
    is_answered
        Whether its organiser has answered or changed it, and no moderator has dealt with that yet.
    hidden_at
        When a report hid it, if it waits for that reason; else None.
    in_campaign
        How many events of its campaign are listed as this one entry; 1 for a single event.
    """

    event: Event
    submitted_at: datetime
    contact: str = ""
    code: str = ""
    reason: str = ""
    is_answered: bool = False
    hidden_at: datetime | None = None
    in_campaign: int = 1


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
    """An account in the administrator's list; a closed one can be opened again until `reopens_until`, or no more."""

    account: Account
    active: bool
    created_at: datetime
    has_second_factor: bool = False
    reopens_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change to an event, for moderators.

    Attributes
    ----------
    action
        In the past tense: ``submitted``, ``published``, ``edited`` ...
    revision, review
        What the event was at afterwards.
    reason
        Why, in the actor's words, or "".
    changes
        By field of the event: what it said before and after; empty for its first revision.
    """

    at: datetime
    actor: str
    action: str
    revision: int
    review: ReviewStatus
    reason: str
    changes: Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class PublicHistoryEntry:
    """One change that the public could see: when, what was done, and which fields it touched."""

    at: datetime
    action: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of an event that was merged or taken down.

    Attributes
    ----------
    redirect_to
        The id of the event it was merged into, or "".
    reason_code
        ``merged``, ``withdrawn``, or why it was taken down.
    """

    event_id: str
    reason_code: str
    at: datetime
    redirect_to: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that an organiser proposes to a published event.

    Attributes
    ----------
    event, proposed
        As it is, and as it would be; `proposed` keeps what moderators changed meanwhile.
    changes
        By field: what it says now, and what it would say.
    """

    event: Event
    proposed: Event
    changes: Mapping[str, tuple[object, object]]
    at: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """The refusal of a proposed change, or of parts of it."""

    at: datetime
    reason: str
    is_in_part: bool = False


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """What an organiser sees through the edit link.

    Attributes
    ----------
    reason
        The latest reason a moderator gave, or "".
    proposed
        The change that waits for a moderator, or None.
    notes
        The messages to and from the moderators, oldest first.
    refused
        The moderators' answer to the latest change that was proposed, if they refused it and none was proposed since.
    hidden_at
        When a visitor's report hid the event, if it waits for that reason; else None.
    """

    event: Event
    code: str
    contact: str
    submitted_at: datetime
    reason: str
    proposed: Event | None
    notes: tuple[Note, ...]
    refused: Refusal | None = None
    hidden_at: datetime | None = None

    @property
    def open_questions(self) -> tuple[Note, ...]:
        """What moderators asked since the organiser wrote last, oldest first."""
        asked: list[Note] = []
        for note in self.notes:
            if note.author == ORGANISER:
                asked = []
            elif not note.is_from_organiser:
                asked.append(note)
        return tuple(asked)


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """An event that may be the same as another one.

    Attributes
    ----------
    reasons
        In words, strongest first: ``same source``; ``same place and days`` or ``same place, 1 day apart``;
        ``similar title``.
    """

    event: Event
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a one-time link offers."""

    role: Role
    countries: tuple[str, ...]
    expires_at: datetime
