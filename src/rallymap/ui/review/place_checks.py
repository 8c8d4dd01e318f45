"""Places to check: events whose place is ambiguous, unsure, unknown, or in another country than they say."""

from __future__ import annotations

from rallymap.moderation import Account
from rallymap.ui.review.panes import Row, render_panes
from rallymap.workflows.place_checks import list_place_checks
from rallymap.workflows.services import Services

_SHORT = {
    "ambiguous": "several",
    "low-confidence": "not sure",
    "no-match": "not found",
    "wrong-country": "other country",
    "point-elsewhere": "point elsewhere",
}


def render_place_checks(services: Services, account: Account) -> None:
    """Draw the list."""
    rows = [
        Row(entry.event, _SHORT.get(entry.check.outcome, "not sure"))
        for entry in list_place_checks(services.db, account)
    ]
    render_panes(
        services,
        account,
        rows,
        heading=f"{len(rows)} {'place' if len(rows) == 1 else 'places'} to check",
        note="oldest first",
        nothing=("Every place is settled.", "What the place names leave open appears here."),
        opened="place",
    )
