"""Messages by organisers that wait for a moderator, whatever the event's review status."""

from __future__ import annotations

from rallymap.moderation import Account
from rallymap.ui.review.panes import Row, render_panes
from rallymap.wording import ago_in_words
from rallymap.workflows.messages import list_messages
from rallymap.workflows.services import Services


def render_messages(services: Services, account: Account) -> None:
    """Draw the list."""
    now = services.now()
    rows = [
        Row(message.event, ago_in_words(message.since, now).removesuffix(" ago"))
        for message in list_messages(services.db, account)
    ]
    render_panes(
        services,
        account,
        rows,
        heading=f"{len(rows)} {'event' if len(rows) == 1 else 'events'} with messages",
        note="longest waiting first",
        nothing=("No message waits.", "What organisers write through their edit links appears here."),
        opened="talk",
    )
