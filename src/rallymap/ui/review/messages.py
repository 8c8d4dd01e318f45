"""Messages by organisers that wait for a moderator, whatever the event's review status."""

from __future__ import annotations

from rallymap.language import tr, trn
from rallymap.moderation import Account
from rallymap.ui.review.panes import Row, render_panes
from rallymap.ui.review.words import age_in_words
from rallymap.workflows.messages import list_messages
from rallymap.workflows.services import Services


def render_messages(services: Services, account: Account) -> None:
    """Draw the list."""
    now = services.now()
    rows = [Row(message.event, age_in_words(message.since, now)) for message in list_messages(services.db, account)]
    render_panes(
        services,
        account,
        rows,
        heading=trn("{n} event with messages", "{n} events with messages", len(rows)),
        note=tr("longest waiting first"),
        nothing=(tr("No message waits."), tr("What organisers write through their edit links appears here.")),
        opened="talk",
    )
