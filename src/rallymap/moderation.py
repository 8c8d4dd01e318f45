"""Who may do what to an event, and which review status may follow which. Pure rules, no SQL.

:data:`RIGHTS` is the whole rights table, role by verb; :data:`FOLLOWS` is the whole life of a review. The README
shows the first as :func:`rights_table` prints it, so that what is written and what is enforced cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rallymap.errors import ModerationError, RightsError
from rallymap.events import Event, ReviewStatus


class Role(StrEnum):
    """What an account is for; each role holds the rights of those before it."""

    VISITOR = "visitor"
    ORGANISER = "organiser"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class Verb(StrEnum):
    """What can be done, in the order of the printed rights table."""

    READ = "read published events"
    SUBMIT = "submit an event"
    REPORT = "report a published event"
    EDIT_OWN = "change an event by its private link"
    LIST_OWN = "list the events submitted while signed in"
    SEE_QUEUE = "see events under review"
    SEE_EXACT_PLACE = "see the exact place of a future event"
    SEE_CONTACT = "see how to reach who submitted"
    DECIDE = "publish, send back, reject, withdraw"
    EDIT = "change any event"
    SETTLE_PLACE = "settle a place"
    NOTE = "write internal notes"
    MERGE = "merge and split events"
    RESTORE = "restore an earlier revision"
    CLOSE_REPORT = "close a report"
    TAKE_DOWN = "take an event down for good"
    IMPORT = "import a table"
    SEE_AUDIT = "read the audit log"
    MANAGE_ACCOUNTS = "invite, limit and close accounts"


class Decision(StrEnum):
    """What a moderator can decide about an event."""

    PUBLISH = "publish"
    SEND_BACK = "send_back"
    REJECT = "reject"
    WITHDRAW = "withdraw"


class ReportKind(StrEnum):
    """What a visitor can report about a published event."""

    WRONG_PLACE = "wrong_place"
    DID_NOT_HAPPEN = "did_not_happen"
    RISK = "risk"
    OTHER = "other"


class TakedownReason(StrEnum):
    """Why an event was taken down; all that is kept of it."""

    RISK = "risk"
    REQUEST = "request"
    LEGAL = "legal"
    UNTRUE = "untrue"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks.

    Attributes
    ----------
    name
        The name they sign in with; shown in the audit log, never in public.
    role
        What they may do, by :data:`RIGHTS`.
    countries
        ISO 3166-1 alpha-2 codes a moderator is limited to; empty: no limit.
    """

    name: str
    role: Role
    countries: tuple[str, ...] = ()


VISITOR = Account("visitor", Role.VISITOR)
"""Everyone who has not signed in."""

_VISITOR = frozenset({Verb.READ, Verb.SUBMIT, Verb.REPORT, Verb.EDIT_OWN})
_ORGANISER = _VISITOR | {Verb.LIST_OWN}
_MODERATOR = _ORGANISER | {
    Verb.SEE_QUEUE,
    Verb.SEE_EXACT_PLACE,
    Verb.SEE_CONTACT,
    Verb.DECIDE,
    Verb.EDIT,
    Verb.SETTLE_PLACE,
    Verb.NOTE,
    Verb.MERGE,
    Verb.RESTORE,
    Verb.CLOSE_REPORT,
    Verb.TAKE_DOWN,
}
RIGHTS: Mapping[Role, frozenset[Verb]] = MappingProxyType(
    {
        Role.VISITOR: _VISITOR,
        Role.ORGANISER: _ORGANISER,
        Role.MODERATOR: _MODERATOR,
        Role.ADMINISTRATOR: frozenset(Verb),
    }
)
"""Which role holds which right."""

FOLLOWS: Mapping[tuple[ReviewStatus, Decision], ReviewStatus] = MappingProxyType(
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
"""Which status a decision leads to; a pair that is not here is not possible."""

NEEDS_REASON = frozenset({Decision.SEND_BACK, Decision.REJECT, Decision.WITHDRAW})
MAX_REASON = 1000

_STANDS = {
    ReviewStatus.DRAFT: "is a draft",
    ReviewStatus.PENDING: "waits for review",
    ReviewStatus.SENT_BACK: "was sent back",
    ReviewStatus.PUBLISHED: "is published",
    ReviewStatus.REJECTED: "was rejected",
    ReviewStatus.WITHDRAWN: "was withdrawn",
}
_DONE = {
    Decision.PUBLISH: "published",
    Decision.SEND_BACK: "sent back",
    Decision.REJECT: "rejected",
    Decision.WITHDRAW: "withdrawn",
}


def country_of(event: Event) -> str:
    """Return the country that decides which moderators an event belongs to, or "" where none is known."""
    resolved = event.location.country if event.location else ""
    return resolved or event.place.country_hint


def may(account: Account, verb: Verb, event: Event | None = None) -> bool:
    """Tell whether an account holds a right, for this event where one is given."""
    if verb not in RIGHTS[account.role]:
        return False
    # The limit binds only what visitors cannot do anyway: everyone may report or submit anywhere.
    if event is None or verb in _ORGANISER or not account.countries:
        return True
    return country_of(event) in account.countries


def require(account: Account, verb: Verb, event: Event | None = None) -> None:
    """Refuse an account that does not hold a right.

    Raises
    ------
    RightsError
        With a sentence that says whether the role or the country is what is missing.
    """
    if may(account, verb, event):
        return
    detail = f"{account.name} ({account.role}) may not {verb}"
    if verb not in RIGHTS[account.role]:
        if account == VISITOR:
            raise RightsError("Please sign in for this.", detail=detail)
        raise RightsError(f"Your account has the role “{account.role}”, which may not {verb}.", detail=detail)
    assert event is not None  # noqa: S101 - without an event only the role decides
    where = f"This event is in {country_of(event)}" if country_of(event) else "This event has no country yet"
    limit = ", ".join(account.countries)
    raise RightsError(f"{where}; your account is for {limit} only.", detail=f"{detail}: {event.id}")


def rights_table() -> str:
    """Return the rights as the Markdown table of the README: a row for each verb, a column for each role."""
    lines = ["| | " + " | ".join(Role) + " |", "|---" * (len(Role) + 1) + "|"]
    for verb in Verb:
        cells = ("yes" if verb in RIGHTS[role] else "–" for role in Role)
        lines.append(f"| {verb} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def possible_decisions(review: ReviewStatus) -> tuple[Decision, ...]:
    """Return what can be decided about an event of this status, in the order of :class:`Decision`."""
    return tuple(decision for decision in Decision if (review, decision) in FOLLOWS)


def next_review(review: ReviewStatus, decision: Decision, reason: str = "") -> ReviewStatus:
    """Return the status that a decision leads to.

    Raises
    ------
    ModerationError
        If the decision is not possible from `review`, or needs a reason and has none.
    """
    following = FOLLOWS.get((review, decision))
    if following is None:
        raise ModerationError(
            f"This event {_STANDS[review]}; it cannot be {_DONE[decision]} now.", detail=f"{review} -> {decision}"
        )
    if decision in NEEDS_REASON and not reason.strip():
        raise ModerationError("Please say why in a few words; the reason is kept with the event.")
    if len(reason) > MAX_REASON:
        raise ModerationError(f"This reason has {len(reason)} characters; at most {MAX_REASON} fit.")
    return following
