"""Changes that organisers propose to published events."""

from __future__ import annotations

from rallymap.moderation import Account
from rallymap.ui.review.panes import Row, render_panes
from rallymap.wording import ago_in_words
from rallymap.workflows.proposals import list_proposals
from rallymap.workflows.services import Services


def render_proposals(services: Services, account: Account) -> None:
    """Draw the list."""
    now = services.now()
    rows = [
        Row(proposal.event, ago_in_words(proposal.at, now).removesuffix(" ago"))
        for proposal in list_proposals(services.db, account)
    ]
    render_panes(
        services,
        account,
        rows,
        heading=f"{len(rows)} proposed {'change' if len(rows) == 1 else 'changes'}",
        note="oldest first",
        nothing=("No change is proposed.", "Changes to published events wait here until a moderator agrees."),
    )
