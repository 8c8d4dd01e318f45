"""Place checks: events whose place is ambiguous, unsure, unknown, or in another country than stated."""

from __future__ import annotations

from rallymap.language import mark_c, tr, trc, trn
from rallymap.moderation import Account
from rallymap.ui.review.paging import more_rows, row_limit
from rallymap.ui.review.panes import Row, render_panes
from rallymap.workflows.place_checks import list_place_checks
from rallymap.workflows.services import Services

_SHORT = {
    "ambiguous": mark_c("what is open about a place", "several"),
    "low-confidence": mark_c("what is open about a place", "not sure"),
    "no-match": mark_c("what is open about a place", "not found"),
    "wrong-country": mark_c("what is open about a place", "other country"),
    "point-elsewhere": mark_c("what is open about a place", "point elsewhere"),
}


def render_place_checks(services: Services, account: Account, total: int) -> None:
    """Render the list; it has `total` rows."""
    rows = [
        Row(entry.event, trc("what is open about a place", _SHORT.get(entry.check.outcome, _SHORT["low-confidence"])))
        for entry in list_place_checks(services.db, account, limit=row_limit())
    ]
    render_panes(
        services,
        account,
        rows,
        heading=trn("{n} place to check", "{n} places to check", total),
        note=tr("oldest first"),
        nothing=(tr("Every place is settled."), tr("Events whose place is not certain appear here.")),
        more=more_rows(total),
        opened="place",
    )
