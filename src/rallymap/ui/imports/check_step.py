"""Step 4: what becomes of each row, places to settle, and the import itself."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from rallymap.errors import IntakeError, RightsError, StoreError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Permission, has_permission
from rallymap.ui.imports.labels import words_alone
from rallymap.ui.imports.state import DONE, PLAN, REPORT, forget, forget_key, idempotency_key
from rallymap.wording import count_in_words, date_in_words
from rallymap.workflows.import_plan import Fate, ImportPlan
from rallymap.workflows.import_rights import import_as, places_to_settle, settle
from rallymap.workflows.imports import report_csv
from rallymap.workflows.services import Services

_SHOWN = 500
_PLACES = 30
_LATER = "A moderator decides later"
_ROW_PX = 35
_MAX_PX = 420
_FATES = {
    Fate.NEW: ("new event", "new events"),
    Fate.CHANGED: ("event that changes", "events that change"),
    Fate.UNCHANGED: (
        "event that is here already and stays as it is",
        "events that are here already and stay as they are",
    ),
    Fate.POSSIBLE_DUPLICATE: ("possible duplicate", "possible duplicates"),
    Fate.PLACE_TO_CHECK: ("event with a place to check", "events with a place to check"),
    Fate.TAKEN_DOWN: ("event that was taken down before", "events that were taken down before"),
    Fate.NOT_AN_EVENT: ("row that is not an event", "rows that are not events"),
}


def render_check(services: Services, account: Account) -> None:
    """Draw the dry run and the button that imports."""
    plan: ImportPlan = st.session_state[PLAN]
    st.html('<p class="rm-section rm-step-check">4. Check</p>')
    st.html(_summary(plan))
    if plan.earlier:
        st.html(
            f'<p class="rm-error" role="alert">This file was imported already, as {escape(plan.earlier[0].id)}. Undo '
            "that import first, unless you mean to import it again.</p>"
        )
    frame = _frame(plan)
    height = min(_MAX_PX, _ROW_PX * (len(frame) + 1) + 3)
    st.dataframe(
        frame,
        hide_index=True,
        height=height,
        column_config={"Row": st.column_config.NumberColumn(width=60), "Notes": st.column_config.TextColumn(width=420)},
    )
    if len(plan.rows) > _SHOWN:
        st.html(f'<p class="rm-found">The first {_SHOWN} rows are shown; rows with notes come first.</p>')
    if REPORT not in st.session_state:
        stem = plan.name.rpartition(".")[0] or plan.name
        content = report_csv(plan)
        is_empty = content.count(b"\n") == 0
        st.session_state[REPORT] = (
            "" if is_empty else services.reports.keep(account.name, f"{stem}-report.csv", content)
        )
    render_report_link()
    chosen = _render_places(plan)
    publish = has_permission(account, Permission.IMPORT) and st.checkbox(
        "Publish at once (events with a source)", key="import_publish", value=True
    )
    writes = sum(row.event is not None for row in plan.rows)
    if not has_permission(account, Permission.IMPORT):
        st.html('<p class="rm-found">The events wait for a moderator before anybody else sees them.</p>')
    if st.button(f"Import {count_in_words(writes, 'event')}", key="import_go", type="primary", disabled=not writes):
        _import(services, account, settle(plan, chosen), publish=publish)


def render_report_link() -> None:
    """Draw the link to the rows with notes as a file, where there is one."""
    key = st.session_state.get(REPORT, "")
    if key:
        st.html(
            f'<p class="rm-found"><a href="import-report/{escape(key)}" target="_self" download>Download the rows with '
            "notes, with a column that says why (CSV)</a></p>"
        )


def _summary(plan: ImportPlan) -> str:
    lines = [
        f"<li><b>{number:,}</b> {one if number == 1 else several}</li>"
        for fate, (one, several) in _FATES.items()
        if (number := plan.counts[fate.value])
    ]
    rows = f"{count_in_words(plan.noted, 'row')} {'has' if plan.noted == 1 else 'have'} notes"
    noted = f"{rows} on what was left out or read another way." if plan.noted else "No value was left out."
    remarks = "".join(f"<li>{escape(remark)}</li>" for remark in plan.reading.remarks)
    read = count_in_words(len(plan.rows), "row")
    return f'<div class="rm-receipt" role="status"><b>{read} read.</b> {noted}<ul>{"".join(lines)}</ul></div>' + (
        f'<ul class="rm-found">{remarks}</ul>' if remarks else ""
    )


def _frame(plan: ImportPlan) -> pd.DataFrame:
    rows = sorted(plan.rows, key=lambda row: not (row.reason or any(note.kind != "kept" for note in row.result.notes)))
    several = len({row.result.sheet for row in plan.rows}) > 1
    return pd.DataFrame(
        [
            {
                **({"Sheet": row.result.sheet} if several else {}),
                "Row": row.result.number,
                "Outcome": row.fate.value,
                "Title": row.event.title if row.event else "",
                "Date": date_in_words(row.event.when) if row.event else "",
                "Place": _place(row.event) if row.event else "",
                "Notes": "; ".join(
                    filter(None, (row.reason, *(note.sentence for note in row.result.notes if note.kind != "kept")))
                ),
            }
            for row in rows[:_SHOWN]
        ]
    )


def _place(event: Event) -> str:
    place = event.place
    venue = place.venue if place.venue.casefold() not in place.text.casefold() else ""
    return ", ".join(filter(None, (venue, place.text)))


def _render_places(plan: ImportPlan) -> dict[tuple[str, str, str], dict[str, object]]:
    """Draw one choice for each different place that may be several; return what was chosen."""
    open_places = places_to_settle(plan)
    if not open_places:
        return {}
    st.html(
        f'<p class="rm-section">5. Places</p><p class="rm-found">{count_in_words(len(open_places), "place")} may be '
        "several. Choose here once for all their rows, or leave them to the moderators.</p>"
    )
    chosen = {}
    for number, (key, candidates) in enumerate(list(open_places.items())[:_PLACES], 1):
        labels = [str(candidate.get("label", "")) for candidate in candidates]
        name = ", ".join(filter(None, (key[1], key[0], key[2])))
        with st.container(key=f"import_where_{number}", gap=None):
            st.html(f'<p class="rm-found"><b>{escape(name)}</b></p>')
            pick = st.selectbox(
                f"Place {number}: {words_alone(name)}",
                [_LATER, *labels],
                key=f"import_place_{number}",
                label_visibility="collapsed",
            )
        if pick != _LATER:
            chosen[key] = dict(candidates[labels.index(pick)])
    return chosen


def _import(services: Services, account: Account, plan: ImportPlan, *, publish: bool) -> None:
    if not publish:
        plan = _waiting(plan)
    with st.spinner("Writing the events. They become visible all together."):
        try:
            st.session_state[DONE] = import_as(services.db, plan, account, idempotency_key=idempotency_key("import"))
        except (IntakeError, RightsError, StoreError) as err:
            st.html(f'<p class="rm-error" role="alert">{escape(err.user_message)}</p>')
            return
    forget(PLAN)
    forget_key("import")
    st.rerun()


def _waiting(plan: ImportPlan) -> ImportPlan:
    """Return the plan with all new events waiting for a moderator."""
    rows = [
        replace(row, event=row.event.changed(review=ReviewStatus.PENDING)) if row.event is not None else row
        for row in plan.rows
    ]
    return replace(plan, rows=tuple(rows))
