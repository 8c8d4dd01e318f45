"""Kinds of visitors' reports, and when a report hides an event without a moderator.

Hiding at once protects people, but it is also the easiest way to censor. So a single report hides an event only while
the event can still put people at risk and no moderator has checked such a report; otherwise reports from several
networks or a moderator are needed. A site-wide limit bounds how many events a flood of reports can hide from any number
of addresses; the lower limit per network does not apply to visitors whose network is unknown, such as all visitors
behind Tor or a proxy. The operator sets the limits (:mod:`rallymap.limits`).
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

JUST_HELD = timedelta(days=7)
"""How long after its end an event can still put people at risk, like an upcoming one."""


class ReportKind(StrEnum):
    """What a visitor can report about a published event."""

    WRONG_DATE = "wrong_date"
    WRONG_PLACE = "wrong_place"
    DID_NOT_HAPPEN = "did_not_happen"
    RISK = "risk"
    OTHER = "other"


class ReportOutcome(StrEnum):
    """Visibility of the event after a moderator closes a report about it."""

    SHOW = "show"
    HIDE = "hide"


def networks_needed(*, is_over: bool, is_cleared: bool, times_undone: int) -> int:
    """Return how many networks must report a risk before the event is hidden.

    Parameters
    ----------
    is_over
        Whether the event ended more than :data:`JUST_HELD` ago.
    is_cleared
        Whether a moderator closed a risk report and kept the event visible.
    times_undone
        How often reports hid the event and a moderator showed it again; from the second time on, each time adds one
        network.
    """
    return max(2, times_undone + 1) if is_over or is_cleared else 1
