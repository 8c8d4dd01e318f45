"""Unanswered messages from organisers, whatever the event's review status."""

from __future__ import annotations

from rallymap.language import tr, trn
from rallymap.moderation import Account
from rallymap.ui.review.paging import more_rows, row_limit
from rallymap.ui.review.panes import Row, render_panes
from rallymap.ui.review.words import age_in_words
from rallymap.workflows.messages import list_messages
from rallymap.workflows.services import Services


def render_messages(services: Services, account: Account, total: int) -> None:
    """Render the list; it has `total` rows."""
    now = services.now()
    messages = list_messages(services.db, account, limit=row_limit())
    rows = [Row(message.event, age_in_words(message.since, now)) for message in messages]
    render_panes(
        services,
        account,
        rows,
        heading=trn("{n} event with messages", "{n} events with messages", total),
        note=tr("longest waiting first"),
        nothing=(tr("No message waits."), tr("What organisers write through their edit links appears here.")),
        more=more_rows(total),
        opened="messages",
    )
