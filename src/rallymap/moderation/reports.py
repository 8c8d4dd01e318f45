"""What visitors can report, and when a report hides an event without a moderator.

Hiding at once protects people, but it is also the easiest way to censor. So a single report hides an event only while
it can still do harm and no moderator has looked at such a report; everything else takes several networks or a
moderator. A limit for the whole site bounds what a flood of reports can hide, whatever the addresses look like: behind
Tor or a proxy all visitors share one. The numbers are the operator's (:mod:`rallymap.limits`); the limit of one network
is lower, and for visitors whose network is not known only the limit of the site holds.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

JUST_HELD = timedelta(days=7)
"""How long after its end an event can still put people at risk as an upcoming one does."""


class ReportKind(StrEnum):
    """What a visitor can report about a published event."""

    WRONG_PLACE = "wrong_place"
    DID_NOT_HAPPEN = "did_not_happen"
    RISK = "risk"
    OTHER = "other"


class ReportOutcome(StrEnum):
    """What becomes of the event when a moderator closes a report about it."""

    SHOW = "show"
    HIDE = "hide"


def networks_needed(*, is_over: bool, is_cleared: bool, times_undone: int) -> int:
    """Return from how many networks reports of risk have to come before they hide an event.

    Parameters
    ----------
    is_over
        Whether the event ended more than :data:`JUST_HELD` ago.
    is_cleared
        Whether a moderator closed a report of risk and let the event be shown.
    times_undone
        How often reports hid the event and a moderator showed it again; from the second time on it takes one more
        network each time.
    """
    return max(2, times_undone + 1) if is_over or is_cleared else 1
