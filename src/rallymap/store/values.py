"""Return types of the functions of this room, apart from events."""

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
    """Receipt and edit link of a submitted event; the same for the same form, however often it is sent.

    Attributes
    ----------
    event_id
        The event's id; differs from the requested one if that was taken.
    code
        Short code that identifies the submission ("K7Q2-M9XD"); it gives no access.
    edit_token
        Secret token of the edit link. Only its hash is stored, so it can never be shown again.
    at
        When the submission was stored.
    campaign_token
        Secret token of the edit link for all events of the form, which share one code; "" for a single event.
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
        Events new to the store; existing ones with a new revision; existing ones without changes.
    withdrawn
        Events that were taken down or merged before; they stay removed.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class PublicChanges:
    """The public changes since an earlier dataset version.

    Attributes
    ----------
    version
        The version to pass next time.
    rows
        Public events that are new or changed.
    removed
        Ids that are no longer public; some of them may never have been.
    """

    version: int
    rows: list[EventRow]
    removed: list[str]


@dataclass(frozen=True, slots=True)
class PlaceCheck:
    """A place that a moderator has to confirm.

    Attributes
    ----------
    outcome
        ``ambiguous``, ``low-confidence``, ``no-match``, ``wrong-country`` or ``point-elsewhere``.
    candidates
        Plain mappings with at least ``lat``, ``lon`` and ``label``, best first; stored as JSON.
    """

    outcome: str
    candidates: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class EventPlaceCheck:
    """An event with an open place check."""

    event: Event
    check: PlaceCheck
    since: datetime


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An event under review.

    Attributes
    ----------
    contact
        How to reach the organiser; never public, "" if none was given.
    code
        The receipt's code, "" for events that did not come through the form.
    submitted_at
        When it was submitted.
    reason
        The moderator's latest reason, or "".
    is_answered
        Whether its organiser has answered or changed it, and no moderator has answered that yet.
    hidden_at
        When a report hid it, if it is pending for that reason; else None.
    in_campaign
        Number of events of its campaign that this item represents; 1 for a single event.
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
    """The data that a sign-in is verified against; only used for signing in.

    Attributes
    ----------
    totp_secret
        Base32 secret of the second factor, or "" if the account has none.
    """

    account: Account
    password_hash: str
    totp_secret: str = ""


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """An account in the administrators' list; a closed one can be reopened until `reopens_until`, if that is set."""

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
        Revision and status of the event afterwards.
    reason
        The reason in the actor's words, or "".
    changes
        Old and new value by field of the event; empty for its first revision.
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
    """One change that the public could see: time, action, and the changed fields."""

    at: datetime
    action: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """The remains of an event that was merged or taken down.

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
    """A change to a published event that waits for a moderator: of an organiser, a visitor, or a first moderator.

    Attributes
    ----------
    event, proposed
        The current event, and the event with the proposal; `proposed` keeps moderators' later changes.
    changes
        Current and proposed value by field.
    """

    event: Event
    proposed: Event
    changes: Mapping[str, tuple[object, object]]
    at: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """The refusal of a proposal, or of parts of it."""

    at: datetime
    reason: str
    is_in_part: bool = False


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """What an organiser sees through the edit link.

    Attributes
    ----------
    reason
        The moderator's latest reason, or "".
    proposed
        The pending proposal, or None.
    notes
        The messages to and from the moderators, oldest first.
    refused
        The moderators' refusal of the latest proposal, if none was made since.
    hidden_at
        When a visitor's report hid the event, if it is pending for that reason; else None.
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
        """The moderators' questions since the organiser's last message, oldest first."""
        asked: list[Note] = []
        for note in self.notes:
            if note.author == ORGANISER:
                asked = []
            elif not note.is_from_organiser:
                asked.append(note)
        return tuple(asked)


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """An event that may duplicate another one.

    Attributes
    ----------
    reasons
        Reasons, strongest first: ``same source``; ``same place and days`` or ``same place, 1 day apart``; ``similar
        title``.
    """

    event: Event
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation link offers."""

    role: Role
    countries: tuple[str, ...]
    expires_at: datetime
