"""What visitors reported about the open event, and closing it with the event shown or hidden."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, ReportKind, ReportOutcome
from rallymap.store import Report
from rallymap.ui.review import state
from rallymap.wording import ago_in_words
from rallymap.workflows.cases import Case
from rallymap.workflows.reports import close_report
from rallymap.workflows.services import Services

REPORT_WORDS = {
    ReportKind.RISK: "puts people at risk",
    ReportKind.WRONG_PLACE: "wrong place",
    ReportKind.DID_NOT_HAPPEN: "did not happen",
    ReportKind.OTHER: "something else",
}
_LABELS = {
    (True, ReportOutcome.SHOW): "Close, keep the event visible",
    (True, ReportOutcome.HIDE): "Close, hide the event",
    (False, ReportOutcome.SHOW): "Close, show the event again",
    (False, ReportOutcome.HIDE): "Close, keep the event hidden",
}
"""By whether the event is public now."""


def render_reports_about(services: Services, case: Case) -> None:
    """Draw the open reports; nothing where there are none."""
    is_public = case.event.review is ReviewStatus.PUBLISHED
    for report in case.reports:
        with st.container(key=f"report-{report.id}"):
            st.html(_report(report, services))
            with st.container(key=f"report-buttons-{report.id}", horizontal=True):
                for outcome in ReportOutcome:
                    st.button(
                        _LABELS[is_public, outcome],
                        key=f"close-report-{report.id}-{outcome}-{case.event.revision}",
                        on_click=_close(services, report, outcome),
                    )


def _report(report: Report, services: Services) -> str:
    if report.event.review is ReviewStatus.PUBLISHED:
        visible = "The event is still visible."
    else:
        visible = "It hid the event, without a moderator." if report.hid_event else "The event is hidden."
    words = f"<br><bdi>{escape(report.words)}</bdi>" if report.words else ""
    return (
        f'<div class="rm-said rm-said-problem"><b>Reported: {REPORT_WORDS[report.kind]}</b> · '
        f"{ago_in_words(report.at, services.now())}. {visible}{words}</div>"
    )


def _close(services: Services, report: Report, outcome: ReportOutcome) -> Callable[[], None]:
    def close() -> None:
        def act(account: Account, idempotency_key: str) -> str:
            after = close_report(services.db, report, outcome, account=account, idempotency_key=idempotency_key)
            return _in_words(report.event, after, outcome)

        state.attempt(services, f"close-report:{report.id}@{report.event.revision}:{outcome}", act)

    return close


def _in_words(before: Event, after: Event, outcome: ReportOutcome) -> str:
    was_public, is_public = (event.review is ReviewStatus.PUBLISHED for event in (before, after))
    if is_public:
        return f"Report closed. The event is {'still visible' if was_public else 'visible again'}."
    if outcome is ReportOutcome.SHOW:
        return (
            "You agree to showing the event again. Its place is not public yet, so a second moderator has to agree; "
            "until then it is hidden and the report stays open."
        )
    return (
        f"Report closed. The event is {'hidden now' if was_public else 'still hidden'}; decide about it in the queue."
    )
