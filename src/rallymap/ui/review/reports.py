"""Reports by visitors: those of risk first, whose events are hidden until a moderator looks."""

from __future__ import annotations

from rallymap.moderation import Account
from rallymap.ui.review.panes import Row, render_panes
from rallymap.ui.review.report_list import REPORT_WORDS
from rallymap.workflows.reporting import list_reports
from rallymap.workflows.services import Services


def render_reports(services: Services, account: Account) -> None:
    """Draw the list."""
    rows = [
        Row(report.event, REPORT_WORDS[report.kind], f"-report-{report.id}")
        for report in list_reports(services.store, account)
    ]
    render_panes(
        services,
        account,
        rows,
        heading=f"{len(rows)} {'report' if len(rows) == 1 else 'reports'}",
        note="risk first",
        nothing=("No report is open.", "What visitors report about published events appears here."),
    )
