"""The list of past events that are still marked as upcoming: were they held, and who reported it."""

from __future__ import annotations

from rallymap.language import tr, trn
from rallymap.moderation import Account
from rallymap.ui.review.paging import more_rows, row_limit
from rallymap.ui.review.panes import Row, render_panes
from rallymap.wording import STATUS_LABELS
from rallymap.workflows.follow_up import list_follow_up
from rallymap.workflows.services import Services


def render_follow_up(services: Services, account: Account, total: int) -> None:
    """Render the list; it has `total` rows."""
    events = list_follow_up(services.db, account, services.now(), limit=row_limit())
    rows = [Row(event, tr(STATUS_LABELS[event.status])) for event in events]
    render_panes(
        services,
        account,
        rows,
        heading=trn("{n} to follow up", "{n} to follow up", total),
        note=tr("latest first"),
        nothing=(tr("Nothing is to be followed up."), tr("The day after an announced event it appears here.")),
        more=more_rows(total),
        opened="outcome",
    )
