"""Step 3: what becomes of each row, places to settle, and the import itself."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from rallymap.errors import IntakeError, RightsError, StoreError
from rallymap.events import ReviewStatus
from rallymap.moderation import Account, Permission, has_permission
from rallymap.ui.imports.state import DONE, PLAN, forget
from rallymap.workflows.import_plan import ImportPlan
from rallymap.workflows.import_rights import import_as, places_to_settle, settle
from rallymap.workflows.services import Services

_SHOWN = 500
_PLACES = 30
_LATER = "(a moderator decides later)"


def render_check(services: Services, account: Account) -> None:
    """Draw the dry run and the button that imports."""
    plan: ImportPlan = st.session_state[PLAN]
    st.html('<p class="rm-section">4. Check</p>')
    counts = ", ".join(f"{number} {fate}" for fate, number in plan.counts.items() if number)
    st.html(
        f'<p class="rm-found" role="status"><b>{len(plan.rows)} rows: {escape(counts or "none")}.</b> '
        f"{plan.noted} have notes.</p>"
        + "".join(f'<p class="rm-found">{escape(remark)}</p>' for remark in plan.reading.remarks)
    )
    if plan.earlier:
        st.html(
            f'<p class="rm-error" role="alert">This file was imported already, as {escape(plan.earlier[0].id)}. Undo '
            "that import first, unless you mean to import it again.</p>"
        )
    st.dataframe(_frame(plan), hide_index=True, height=320)
    if len(plan.rows) > _SHOWN:
        st.html(f'<p class="rm-found">The first {_SHOWN} rows are shown; rows with notes come first.</p>')
    chosen = _render_places(plan)
    publish = has_permission(account, Permission.IMPORT) and st.checkbox(
        "Publish at once (events with a source)", key="import_publish", value=True
    )
    writes = sum(row.event is not None for row in plan.rows)
    if st.button(f"Import {writes} events", key="import_go", type="primary", disabled=not writes):
        _import(services, account, settle(plan, chosen), publish=publish)


def _frame(plan: ImportPlan) -> pd.DataFrame:
    rows = sorted(plan.rows, key=lambda row: not (row.reason or any(note.kind != "kept" for note in row.result.notes)))
    return pd.DataFrame(
        [
            {
                "sheet": row.result.sheet,
                "row": row.result.number,
                "outcome": row.fate.value,
                "title": row.event.title if row.event else "",
                "date": row.event.when.edtf if row.event else "",
                "place": ", ".join(filter(None, (row.event.place.venue, row.event.place.text))) if row.event else "",
                "notes": "; ".join(
                    filter(None, (row.reason, *(note.sentence for note in row.result.notes if note.kind != "kept")))
                ),
            }
            for row in rows[:_SHOWN]
        ]
    )


def _render_places(plan: ImportPlan) -> dict[tuple[str, str, str], dict[str, object]]:
    """Draw one choice for each different place that may be several; return what was chosen."""
    open_places = places_to_settle(plan)
    if not open_places:
        return {}
    st.html(
        f'<p class="rm-section">5. Places</p><p class="rm-found">{len(open_places)} places may be several. Choose here '
        "once for all their rows, or leave them to the moderators.</p>"
    )
    chosen = {}
    for number, (key, candidates) in enumerate(list(open_places.items())[:_PLACES], 1):
        labels = [str(candidate.get("label", "")) for candidate in candidates]
        st.html(f'<p class="rm-found"><b>{escape(", ".join(filter(None, (key[1], key[0], key[2]))))}</b></p>')
        pick = st.selectbox(f"Place {number}", [_LATER, *labels], key=f"import_place_{number}")
        if pick != _LATER:
            chosen[key] = dict(candidates[labels.index(pick)])
    return chosen


def _import(services: Services, account: Account, plan: ImportPlan, *, publish: bool) -> None:
    if not publish:
        plan = _waiting(plan)
    try:
        st.session_state[DONE] = import_as(services.store, plan, account)
    except (IntakeError, RightsError, StoreError) as err:
        st.html(f'<p class="rm-error" role="alert">{escape(err.user_message)}</p>')
        return
    forget(PLAN)
    st.rerun()


def _waiting(plan: ImportPlan) -> ImportPlan:
    """Return the plan with all new events waiting for a moderator."""
    rows = [
        replace(row, event=row.event.changed(review=ReviewStatus.PENDING)) if row.event is not None else row
        for row in plan.rows
    ]
    return replace(plan, rows=tuple(rows))
