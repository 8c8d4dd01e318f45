"""Names for codes of the store: roles, review statuses, audit actions, ages."""

from __future__ import annotations

from datetime import UTC, datetime

from babel.units import format_unit
from markupsafe import Markup

from rallymap.countries import country_name
from rallymap.events import Event, ReviewStatus
from rallymap.language import current_language, digits, isolated, mark, mark_c, separator, tr, trc
from rallymap.moderation import VISITOR, Role, TakedownReason
from rallymap.store import HistoryEntry
from rallymap.store.audit_log import LogEntry
from rallymap.store.case_values import ORGANISER
from rallymap.ui.moments import moment_in_words
from rallymap.wording import ago_in_words

REVIEW_LABELS = {
    ReviewStatus.DRAFT: mark_c("status of an event", "draft"),
    ReviewStatus.PENDING: mark_c("status of an event", "waits for review"),
    ReviewStatus.SENT_BACK: mark_c("status of an event", "sent back"),
    ReviewStatus.PUBLISHED: mark_c("status of an event", "published"),
    ReviewStatus.REJECTED: mark_c("status of an event", "rejected"),
    ReviewStatus.WITHDRAWN: mark_c("status of an event", "withdrawn"),
}
TAKEDOWN_LABELS = {
    TakedownReason.RISK: mark("it puts people at risk"),
    TakedownReason.REQUEST: mark("somebody it is about asked for it"),
    TakedownReason.LEGAL: mark("the law asks for it"),
    TakedownReason.UNTRUE: mark("it is not true"),
    TakedownReason.SPAM: mark("it is spam"),
}
_ROLES = {
    Role.VISITOR: mark_c("role of an account", "visitor"),
    Role.ORGANISER: mark_c("role of an account", "organiser"),
    Role.MODERATOR: mark_c("role of an account", "moderator"),
    Role.ADMINISTRATOR: mark_c("role of an account", "administrator"),
}
ACTIONS = {
    "answered": mark_c("entry of the audit log", "Answered"),
    "approved": mark_c("entry of the audit log", "Approved"),
    "asked": mark_c("entry of the audit log", "Asked"),
    "change accepted": mark_c("entry of the audit log", "Change accepted"),
    "change accepted in part": mark_c("entry of the audit log", "Change accepted in part"),
    "change refused": mark_c("entry of the audit log", "Change refused"),
    "changed": mark_c("entry of the audit log", "Changed"),
    "edited": mark_c("entry of the audit log", "Edited"),
    "hidden after a report": mark_c("entry of the audit log", "Hidden after a report"),
    "import undone": mark_c("entry of the audit log", "Import undone"),
    "imported": mark_c("entry of the audit log", "Imported"),
    "merged": mark_c("entry of the audit log", "Merged"),
    "merged away": mark_c("entry of the audit log", "Merged away"),
    "message read": mark_c("entry of the audit log", "Message read"),
    "noted": mark_c("entry of the audit log", "Noted"),
    "offered a source": mark_c("entry of the audit log", "Offered a source"),
    "place looked up": mark_c("entry of the audit log", "Place looked up"),
    "place settled": mark_c("entry of the audit log", "Place settled"),
    "proposed a change": mark_c("entry of the audit log", "Proposed a change"),
    "published": mark_c("entry of the audit log", "Published"),
    "refusal undone": mark_c("entry of the audit log", "Refusal undone"),
    "rejected": mark_c("entry of the audit log", "Rejected"),
    "report closed": mark_c("entry of the audit log", "Report closed"),
    "reported": mark_c("entry of the audit log", "Reported"),
    "restored": mark_c("entry of the audit log", "Restored"),
    "sent back": mark_c("entry of the audit log", "Sent back"),
    "split off": mark_c("entry of the audit log", "Split off"),
    "submitted": mark_c("entry of the audit log", "Submitted"),
    "taken down": mark_c("entry of the audit log", "Taken down"),
    "undone": mark_c("entry of the audit log", "Undone"),
    "withdrawn": mark_c("entry of the audit log", "Withdrawn"),
    "account closed": mark_c("entry of the audit log", "Account closed"),
    "account made": mark_c("entry of the audit log", "Account made"),
    "account opened again": mark_c("entry of the audit log", "Account opened again"),
    "common reasons changed": mark_c("entry of the audit log", "Common reasons changed"),
    "coverage recorded": mark_c("entry of the audit log", "Coverage recorded"),
    "coverage removed": mark_c("entry of the audit log", "Coverage removed"),
    "feed ended": mark_c("entry of the audit log", "Feed ended"),
    "feed made": mark_c("entry of the audit log", "Feed made"),
    "identities unlinked": mark_c("entry of the audit log", "Identities unlinked"),
    "identity linked": mark_c("entry of the audit log", "Identity linked"),
    "invitation withdrawn": mark_c("entry of the audit log", "Invitation withdrawn"),
    "invited": mark_c("entry of the audit log", "Invited"),
    "other sessions ended": mark_c("entry of the audit log", "Other sessions ended"),
    "password changed": mark_c("entry of the audit log", "Password changed"),
    "password reset made": mark_c("entry of the audit log", "Password reset made"),
    "recovery code used": mark_c("entry of the audit log", "Recovery code used"),
    "recovery codes made": mark_c("entry of the audit log", "Recovery codes made"),
    "role set": mark_c("entry of the audit log", "Role set"),
    "second factor removed": mark_c("entry of the audit log", "Second factor removed"),
    "second factor set": mark_c("entry of the audit log", "Second factor set"),
    "session ended": mark_c("entry of the audit log", "Session ended"),
}
"""By the action code of an audit entry."""
_OWN_REASONS = {
    # Translators: {what} is the number of a revision.
    "restored": ("Revision ", mark("Revision {what}")),
    # Translators: {what} is the id of the event that became part of this one.
    "merged": ("With ", mark("With {what}")),
    # Translators: {what} is the id of the event that this one became part of.
    "merged away": ("Into ", mark("Into {what}")),
    # Translators: {what} is the id of the event of which this one is a copy.
    "split off": ("From ", mark("From {what}")),
}
"""Reasons that the software writes into the log: by prefix, the text to show."""


def waiting_in_words(event: Event) -> str:
    """Say that a change of an event waits for a second moderator."""
    return tr(
        "You agree to the change of “{title}”. A second moderator has to agree; until then visitors see the event "
        "as it was.",
        title=event.title,
    )


def role_in_words(role: Role) -> str:
    """Return the name of a role for use within a sentence, such as "moderator"."""
    return trc("role of an account", _ROLES[role])


def review_in_words(review: ReviewStatus) -> str:
    """Return the name of a review status for use within a sentence, such as "waits for review"."""
    return trc("status of an event", REVIEW_LABELS[review])


def action_in_words(action: str) -> str:
    """Describe the action of an audit entry; an unknown action is returned as its code."""
    label = ACTIONS.get(action)
    return trc("entry of the audit log", label) if label else action


def actor_in_words(entry: HistoryEntry) -> str:
    """Return who did it; without an account, it is the organiser."""
    sent_in = entry.actor == VISITOR.name and entry.action == "submitted"
    return role_in_words(Role.ORGANISER) if sent_in or entry.actor == ORGANISER else entry.actor


def reason_in_words(entry: HistoryEntry | LogEntry) -> str:
    """Return the reason of an audit entry; "" for none.

    What a person wrote is returned unchanged; what the software wrote is translated.
    """
    if entry.action in _OWN_REASONS:
        start, message = _OWN_REASONS[entry.action]
        if entry.reason.startswith(start):
            return tr(message, what=entry.reason.removeprefix(start))
    if entry.action == "account made":
        return _account_in_words(entry.reason)
    if entry.action == "taken down" and entry.reason in set(TakedownReason):
        return tr(TAKEDOWN_LABELS[TakedownReason(entry.reason)])
    return entry.reason


def _account_in_words(reason: str) -> str:
    """Translate "mira: moderator NO SE": the name, role and countries of a new account."""
    name, _, rest = reason.partition(": ")
    role, *countries = rest.split() or [""]
    if role not in set(Role):
        return reason
    facts = (name, role_in_words(Role(role)), *(country_name(code) or code for code in countries))
    return separator().join(map(isolated, facts))


def age_in_words(then: datetime, now: datetime) -> str:
    """Format an age: "5 minutes", "3 days", and "just now" below a minute."""
    seconds = max(0.0, (now.astimezone(UTC) - then.astimezone(UTC)).total_seconds())
    locale = current_language().locale
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if count := int(seconds // size):
            name = f"duration-{unit}"
            words = format_unit(count, name, locale=locale, numbering_system="default")
            if name in words:  # Babel lacks the long names of some languages and returns the unit's code
                words = format_unit(count, name, "short", locale=locale, numbering_system="default")
            return digits(words)
    return tr("just now")


def ago_with_time(then: datetime, now: datetime) -> Markup:
    """Render how long ago something was, with its exact time as a tooltip."""
    return Markup('<span title="{}">{}</span>').format(moment_in_words(then), ago_in_words(then, now))
