"""What visitors reported about the open event, and closing it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from rallymap.moderation import Account, ReportKind
from rallymap.store import Report
from rallymap.ui.review import state
from rallymap.wording import ago_in_words
from rallymap.workflows.reporting import close_report
from rallymap.workflows.reviewing import Case
from rallymap.workflows.services import Services

REPORT_WORDS = {
    ReportKind.RISK: "puts people at risk",
    ReportKind.WRONG_PLACE: "wrong place",
    ReportKind.DID_NOT_HAPPEN: "did not happen",
    ReportKind.OTHER: "something else",
}


def render_reports_about(services: Services, case: Case) -> None:
    """Draw the open reports; nothing where there are none."""
    for report in case.reports:
        with st.container(key=f"report-{report.id}", horizontal=True, vertical_alignment="center"):
            st.html(_report(report, services))
            st.button("Close the report", key=f"close-report-{report.id}", on_click=_close(services, report))


def _report(report: Report, services: Services) -> str:
    hidden = " The event is hidden until you decide." if report.kind is ReportKind.RISK else ""
    words = f"<br><bdi>{escape(report.words)}</bdi>" if report.words else ""
    return (
        f'<div class="rm-said rm-said-problem"><b>Reported: {REPORT_WORDS[report.kind]}</b> · '
        f"{ago_in_words(report.at, services.now())}.{hidden}{words}</div>"
    )


def _close(services: Services, report: Report) -> Callable[[], None]:
    def close() -> None:
        def deed(account: Account, nonce: str) -> str:
            close_report(services.store, report, account=account, nonce=nonce)
            return "The report is closed; the event stays as it is."

        state.attempt(services, f"close-report:{report.id}", deed)

    return close
