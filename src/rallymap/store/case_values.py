"""Return types for events under review: notes, reports, staged decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rallymap.events import Event
from rallymap.moderation import Decision, ReportKind

ORGANISER = "submitter"
"""Author of notes that came through an edit link, as stored in the database."""
DIRECT_CHANGE = "submitter, at once"
"""Author of a note about a change that an organiser made without a moderator; its text is a code."""


class DirectChange(StrEnum):
    """The codes of such notes."""

    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    WITHHELD = "exact location withheld"
    PICTURE_REMOVED = "picture removed"


@dataclass(frozen=True, slots=True)
class Note:
    """A non-public text about an event.

    Attributes
    ----------
    for_organiser
        Whether the organiser can read it through the edit link; otherwise only moderators can.
    is_open
        Whether it came from the organiser and is unanswered.
    """

    at: datetime
    author: str
    words: str
    for_organiser: bool
    is_open: bool = False

    @property
    def is_from_organiser(self) -> bool:
        """Whether it came through the edit link."""
        return self.author in (ORGANISER, DIRECT_CHANGE)

    @property
    def direct_change(self) -> DirectChange | None:
        """What the organiser changed without a moderator; None for a note that a person wrote."""
        return DirectChange(self.words) if self.author == DIRECT_CHANGE else None


@dataclass(frozen=True, slots=True)
class Message:
    """An event with an unanswered message from its organiser, and the time of the message."""

    event: Event
    since: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A visitor's report about an event.

    Attributes
    ----------
    hid_event
        Whether it hid the event automatically.
    """

    id: int
    event: Event
    kind: ReportKind
    words: str
    at: datetime
    hid_event: bool = False


@dataclass(frozen=True, slots=True)
class AutomaticHiding:
    """How much of the site's limit on automatic hiding is used.

    Attributes
    ----------
    within_hour, within_day
        Events that reports hid in the last hour, and in the last 24 hours.
    free_at
        When reports can hide events again; None if they can now.
    """

    within_hour: int
    within_day: int
    free_at: datetime | None

    @property
    def is_used_up(self) -> bool:
        """Whether reports cannot hide events at the moment."""
        return self.free_at is not None


@dataclass(frozen=True, slots=True)
class StagedDecision:
    """A decision that a moderator staged but has not applied yet.

    Attributes
    ----------
    event
        The current event.
    expected_revision
        The revision that the moderator has seen.
    seen_at
        When the moderator read the event with its messages and reports.
    """

    event: Event
    decision: Decision
    reason: str
    expected_revision: int
    seen_at: datetime

    @property
    def is_stale(self) -> bool:
        """Whether the event changed since the decision was staged."""
        return self.event.revision != self.expected_revision
