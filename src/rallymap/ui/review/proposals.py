"""The list of changes that organisers propose for published events."""

from __future__ import annotations

from rallymap.language import tr, trn
from rallymap.moderation import Account
from rallymap.ui.review.paging import more_rows, row_limit
from rallymap.ui.review.panes import Row, render_panes
from rallymap.ui.review.words import age_in_words
from rallymap.workflows.proposals import list_proposals
from rallymap.workflows.services import Services


def render_proposals(services: Services, account: Account, total: int) -> None:
    """Render the list; it has `total` rows."""
    now = services.now()
    proposals = list_proposals(services.db, account, limit=row_limit())
    rows = [Row(proposal.event, age_in_words(proposal.at, now)) for proposal in proposals]
    render_panes(
        services,
        account,
        rows,
        heading=trn("{n} proposed change", "{n} proposed changes", total),
        note=tr("oldest first"),
        nothing=(tr("No change is proposed."), tr("Changes to published events wait here until a moderator agrees.")),
        more=more_rows(total),
    )
