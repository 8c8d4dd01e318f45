"""Decisions of moderators about events, and the transitions between review statuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from rallymap.errors import ModerationError
from rallymap.events import ReviewStatus
from rallymap.language import digits, mark, tr


class Decision(StrEnum):
    """A decision that a moderator can make about an event."""

    PUBLISH = "publish"
    SEND_BACK = "send_back"
    REJECT = "reject"
    WITHDRAW = "withdraw"


class TakedownReason(StrEnum):
    """Reason for a takedown; nothing else is kept of the event."""

    RISK = "risk"
    REQUEST = "request"
    LEGAL = "legal"
    UNTRUE = "untrue"
    SPAM = "spam"


UNDO_WITHIN = timedelta(hours=1)
"""How long a moderator can undo a decision."""
TRANSITIONS: Mapping[tuple[ReviewStatus, Decision], ReviewStatus] = MappingProxyType(
    {
        (ReviewStatus.DRAFT, Decision.PUBLISH): ReviewStatus.PUBLISHED,
        (ReviewStatus.DRAFT, Decision.REJECT): ReviewStatus.REJECTED,
        (ReviewStatus.PENDING, Decision.PUBLISH): ReviewStatus.PUBLISHED,
        (ReviewStatus.PENDING, Decision.SEND_BACK): ReviewStatus.SENT_BACK,
        (ReviewStatus.PENDING, Decision.REJECT): ReviewStatus.REJECTED,
        (ReviewStatus.PENDING, Decision.WITHDRAW): ReviewStatus.WITHDRAWN,
        (ReviewStatus.SENT_BACK, Decision.PUBLISH): ReviewStatus.PUBLISHED,
        (ReviewStatus.SENT_BACK, Decision.REJECT): ReviewStatus.REJECTED,
        (ReviewStatus.SENT_BACK, Decision.WITHDRAW): ReviewStatus.WITHDRAWN,
        (ReviewStatus.PUBLISHED, Decision.SEND_BACK): ReviewStatus.SENT_BACK,
        (ReviewStatus.PUBLISHED, Decision.WITHDRAW): ReviewStatus.WITHDRAWN,
        (ReviewStatus.REJECTED, Decision.PUBLISH): ReviewStatus.PUBLISHED,
        (ReviewStatus.WITHDRAWN, Decision.PUBLISH): ReviewStatus.PUBLISHED,
    }
)
"""New status by current status and decision; other pairs are not allowed."""

NEEDS_REASON = frozenset({Decision.SEND_BACK, Decision.REJECT, Decision.WITHDRAW})
MAX_REASON = 1000

_IMPOSSIBLE = {
    (ReviewStatus.DRAFT, Decision.SEND_BACK): mark("This event is a draft; it cannot be sent back now."),
    (ReviewStatus.DRAFT, Decision.WITHDRAW): mark("This event is a draft; it cannot be withdrawn now."),
    (ReviewStatus.SENT_BACK, Decision.SEND_BACK): mark("This event was sent back; it cannot be sent back now."),
    (ReviewStatus.PUBLISHED, Decision.PUBLISH): mark("This event is published; it cannot be published now."),
    (ReviewStatus.PUBLISHED, Decision.REJECT): mark("This event is published; it cannot be rejected now."),
    (ReviewStatus.REJECTED, Decision.SEND_BACK): mark("This event was rejected; it cannot be sent back now."),
    (ReviewStatus.REJECTED, Decision.REJECT): mark("This event was rejected; it cannot be rejected now."),
    (ReviewStatus.REJECTED, Decision.WITHDRAW): mark("This event was rejected; it cannot be withdrawn now."),
    (ReviewStatus.WITHDRAWN, Decision.SEND_BACK): mark("This event was withdrawn; it cannot be sent back now."),
    (ReviewStatus.WITHDRAWN, Decision.REJECT): mark("This event was withdrawn; it cannot be rejected now."),
    (ReviewStatus.WITHDRAWN, Decision.WITHDRAW): mark("This event was withdrawn; it cannot be withdrawn now."),
}
"""Sentences about decisions that are not in :data:`TRANSITIONS`."""


def possible_decisions(review: ReviewStatus) -> tuple[Decision, ...]:
    """Return the possible decisions about an event with this status, in the order of :class:`Decision`."""
    return tuple(decision for decision in Decision if (review, decision) in TRANSITIONS)


def next_review(review: ReviewStatus, decision: Decision, reason: str = "") -> ReviewStatus:
    """Return the status after a decision.

    Raises
    ------
    ModerationError
        If the decision is not allowed in status `review`, or a required reason is missing.
    """
    following = TRANSITIONS.get((review, decision))
    if following is None:
        raise ModerationError(tr(_IMPOSSIBLE[review, decision]), detail=f"{review} -> {decision}")
    check_reason(reason, is_required=decision in NEEDS_REASON)
    return following


def check_reason(reason: str, *, is_required: bool) -> None:
    """Check that a required reason is given, and that a reason is not too long.

    Raises
    ------
    ModerationError
        With field ``reason``.
    """
    if is_required and not reason.strip():
        raise ModerationError(tr("Please say why in a few words; the reason is kept with the event."), field="reason")
    if len(reason) > MAX_REASON:
        sentence = tr(
            "This reason has {length} characters; at most {most} fit.",
            length=digits(len(reason)),
            most=digits(MAX_REASON),
        )
        raise ModerationError(sentence, field="reason")
