"""Visitors' reports about the open event, and closing them with the event shown or hidden."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from rallymap.events import Event, ReviewStatus
from rallymap.language import mark, tr
from rallymap.moderation import Account, ReportKind, ReportOutcome
from rallymap.store import Report
from rallymap.templates import bdi, bold, one_line
from rallymap.ui.review import state
from rallymap.wording import ago_in_words
from rallymap.workflows.cases import Case
from rallymap.workflows.reports import close_report
from rallymap.workflows.services import Services

_REPORTED = {
    ReportKind.RISK: mark("Reported: puts people at risk"),
    ReportKind.WRONG_DATE: mark("Reported: wrong date"),
    ReportKind.WRONG_PLACE: mark("Reported: wrong place"),
    ReportKind.DID_NOT_HAPPEN: mark("Reported: did not happen"),
    ReportKind.OTHER: mark("Reported: something else"),
}
_LABELS = {
    # Translators: what becomes of a visitor's report, and of the event it is about.
    (True, ReportOutcome.SHOW): mark("Close, keep the event visible"),
    (True, ReportOutcome.HIDE): mark("Close, hide the event"),
    (False, ReportOutcome.SHOW): mark("Close, show the event again"),
    (False, ReportOutcome.HIDE): mark("Close, keep the event hidden"),
}
"""By whether the event is public now."""


def render_reports_about(services: Services, case: Case) -> None:
    """Render the open reports; skip if there are none."""
    is_public = case.event.review is ReviewStatus.PUBLISHED
    for report in case.reports:
        with st.container(key=f"report-{report.id}"):
            st.html(_report(report, services))
            with st.container(key=f"report-buttons-{report.id}", horizontal=True):
                for outcome in ReportOutcome:
                    st.button(
                        tr(_LABELS[is_public, outcome]),
                        key=f"close-report-{report.id}-{outcome}-{case.event.revision}",
                        on_click=_close(services, case, report, outcome),
                    )


def _report(report: Report, services: Services) -> str:
    if report.event.review is ReviewStatus.PUBLISHED:
        visible = tr("The event is still visible.")
    elif report.hid_event:
        # Translators: “it” is a report by a visitor.
        visible = tr("It hid the event, without a moderator.")
    else:
        visible = tr("The event is hidden.")
    words = Markup("<br>{}").format(bdi(report.words)) if report.words else ""
    when = f"{ago_in_words(report.at, services.now())}. {visible}"
    line = one_line((bold(tr(_REPORTED[report.kind])), when))
    return Markup('<div class="rm-said rm-said-problem">{}{}</div>').format(line, words)


def _close(services: Services, case: Case, report: Report, outcome: ReportOutcome) -> Callable[[], None]:
    def close() -> None:
        def action(account: Account, idempotency_key: str) -> str:
            after = close_report(
                services.db,
                report,
                outcome,
                account=account,
                idempotency_key=idempotency_key,
                seen_at=case.read_at,
            )
            state.note_decided([after] if after.review is not report.event.review else [])
            return _in_words(report.event, after, outcome)

        form = f"close-report:{report.id}@{report.event.revision}:{outcome}"
        state.attempt(services, form, action, seen={report.event.id: report.event.revision})

    return close


def _in_words(before: Event, after: Event, outcome: ReportOutcome) -> str:
    was_public, is_public = (event.review is ReviewStatus.PUBLISHED for event in (before, after))
    if is_public:
        if was_public:
            return tr("Report closed. The event is still visible.")
        return tr("Report closed. The event is visible again.")
    if outcome is ReportOutcome.SHOW:
        return tr(
            "You agree to showing the event again. Its place is not public yet, so a second moderator has to agree; "
            "until then it is hidden and the report stays open."
        )
    if was_public:
        return tr("Report closed. The event is hidden now; decide about it in the queue.")
    return tr("Report closed. The event is still hidden; decide about it in the queue.")
