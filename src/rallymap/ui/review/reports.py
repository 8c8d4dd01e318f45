"""Reports by visitors: those of risk first, and whether their events are hidden."""

from __future__ import annotations

import streamlit as st

from rallymap.events import ReviewStatus
from rallymap.moderation import Account
from rallymap.store import Report
from rallymap.ui.review.panes import Row, render_panes
from rallymap.ui.review.report_list import REPORT_WORDS
from rallymap.workflows.reports import automatic_hiding, list_reports
from rallymap.workflows.services import Services


def render_reports(services: Services, account: Account) -> None:
    """Draw the list."""
    rows = [Row(report.event, _note(report), f"-report-{report.id}") for report in list_reports(services.db, account)]
    render_panes(
        services,
        account,
        rows,
        heading=f"{len(rows)} {'report' if len(rows) == 1 else 'reports'}",
        note="risk first",
        nothing=("No report is open.", "What visitors report about published events appears here."),
    )


def _note(report: Report) -> str:
    state = "visible" if report.event.review is ReviewStatus.PUBLISHED else "hidden"
    return f"{REPORT_WORDS[report.kind]}, {state}"


def render_hiding_limit(services: Services, account: Account) -> None:
    """Say on every list that reports hide nothing for now, where the site's limit is reached."""
    hiding = automatic_hiding(services.db, account)
    if hiding.free_at is None:
        return
    st.html(
        f'<p class="rm-said rm-said-problem" role="status"><b>Reports hide no event until '
        f"{hiding.free_at:%H:%M} UTC.</b> They hid {hiding.within_hour} within the last hour and {hiding.within_day} "
        "within 24 hours, which is the limit for the site. Further reports of risk only wait in the list of reports; "
        "please look at them now.</p>"
    )
