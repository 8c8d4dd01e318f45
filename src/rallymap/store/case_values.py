"""Values that this room returns about an event under review: notes, reports, prepared decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rallymap.events import Event
from rallymap.moderation import Decision, ReportKind

ORGANISER = "submitter"
"""Author of what came through an edit link, as the database names them."""
AT_ONCE = "submitter, at once"
"""Author of a note about what an organiser changed in a published event without a moderator; its words are codes."""


class AtOnce(StrEnum):
    """What such a note says."""

    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    WITHHELD = "exact location withheld"
    PICTURE_REMOVED = "picture removed"


@dataclass(frozen=True, slots=True)
class Note:
    """Words about an event that are not public.

    Attributes
    ----------
    for_organiser
        Whether the organiser reads it through the edit link; otherwise moderators alone do.
    is_open
        Whether it came from the organiser and no moderator has dealt with it.
    """

    at: datetime
    author: str
    words: str
    for_organiser: bool
    is_open: bool = False

    @property
    def is_from_organiser(self) -> bool:
        """Whether it came through the edit link."""
        return self.author in (ORGANISER, AT_ONCE)

    @property
    def at_once(self) -> AtOnce | None:
        """What the organiser changed without a moderator; None for a note that somebody wrote."""
        return AtOnce(self.words) if self.author == AT_ONCE else None


@dataclass(frozen=True, slots=True)
class Message:
    """An event whose organiser wrote to the moderators, and since when that waits."""

    event: Event
    since: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """What a visitor reported about an event.

    Attributes
    ----------
    hid_event
        Whether it hid the event without a moderator.
    """

    id: int
    event: Event
    kind: ReportKind
    words: str
    at: datetime
    hid_event: bool = False


@dataclass(frozen=True, slots=True)
class AutomaticHiding:
    """How much of the site's limit on hiding events without a moderator is used.

    Attributes
    ----------
    within_hour, within_day
        Events that reports hid in the last hour, and in the last 24 hours.
    free_at
        When reports can hide events again; None while they can.
    """

    within_hour: int
    within_day: int
    free_at: datetime | None

    @property
    def is_used_up(self) -> bool:
        """Whether reports hide nothing for now."""
        return self.free_at is not None


@dataclass(frozen=True, slots=True)
class StagedDecision:
    """A decision that a moderator has prepared and not yet carried out.

    Attributes
    ----------
    event
        As it is now.
    expected_revision
        The one that the moderator has seen.
    seen_at
        When they read the event with what was written and reported about it.
    """

    event: Event
    decision: Decision
    reason: str
    expected_revision: int
    seen_at: datetime

    @property
    def is_stale(self) -> bool:
        """Whether the event changed since."""
        return self.event.revision != self.expected_revision
