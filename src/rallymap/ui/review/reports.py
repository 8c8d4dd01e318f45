"""The list of visitors' reports: reports of risk first, and whether the events are hidden."""

from __future__ import annotations

from rallymap.events import ReviewStatus
from rallymap.language import isolated, mark, number, tr, trn
from rallymap.moderation import Account, ReportKind
from rallymap.store import Report
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review.paging import more_rows, row_limit
from rallymap.ui.review.panes import Row, render_panes
from rallymap.workflows.reports import automatic_hiding, list_reports
from rallymap.workflows.services import Services

_NOTES = {
    # Translators: what a visitor reported about an event, and whether the public sees the event.
    (ReportKind.RISK, True): mark("puts people at risk, visible"),
    (ReportKind.RISK, False): mark("puts people at risk, hidden"),
    (ReportKind.WRONG_DATE, True): mark("wrong date, visible"),
    (ReportKind.WRONG_DATE, False): mark("wrong date, hidden"),
    (ReportKind.WRONG_PLACE, True): mark("wrong place, visible"),
    (ReportKind.WRONG_PLACE, False): mark("wrong place, hidden"),
    (ReportKind.DID_NOT_HAPPEN, True): mark("did not happen, visible"),
    (ReportKind.DID_NOT_HAPPEN, False): mark("did not happen, hidden"),
    (ReportKind.OTHER, True): mark("something else, visible"),
    (ReportKind.OTHER, False): mark("something else, hidden"),
}
"""By kind, and by whether the event is public."""


def render_reports(services: Services, account: Account, total: int) -> None:
    """Render the list; it has `total` rows."""
    reports = list_reports(services.db, account, limit=row_limit())
    rows = [Row(report.event, _note(report), f"__report-{report.id}") for report in reports]
    render_panes(
        services,
        account,
        rows,
        heading=trn("{n} report", "{n} reports", total),
        # Translators: reports of risk to people are listed first.
        note=tr("risk first"),
        nothing=(tr("No report is open."), tr("What visitors report about published events appears here.")),
        more=more_rows(total),
    )


def _note(report: Report) -> str:
    return tr(_NOTES[report.kind, report.event.review is ReviewStatus.PUBLISHED])


def render_hiding_limit(services: Services, account: Account) -> None:
    """Warn on every list that new reports hide no events while the site's limit is reached."""
    hiding = automatic_hiding(services.db, account)
    if hiding.free_at is None:
        return
    # Translators: {time} is a time of day with its zone, as “14:05 UTC”.
    until = tr("Reports hide no event until {time}.", time=isolated(f"{hiding.free_at:%H:%M} UTC"))
    why = tr(
        "Events that reports hid: {in_hour} within the last hour, {in_day} within 24 hours. This is the site's limit. "
        "Further reports of risk only wait in the list of reports; please look at them now.",
        in_hour=number(hiding.within_hour),
        in_day=number(hiding.within_day),
    )
    paragraph(why, "rm-said rm-said-problem", role="status", head=until)
