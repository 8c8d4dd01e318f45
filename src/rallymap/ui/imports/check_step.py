"""Step 4: the dry run, ambiguous places to resolve, and the import itself."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from rallymap.errors import IntakeError, RightsError, StoreError
from rallymap.events import Event, ReviewStatus
from rallymap.language import digits, in_turn, number, say, tr, trc, trn
from rallymap.moderation import Account, Permission, has_permission
from rallymap.templates import bdi, bold, link, render
from rallymap.ui.imports.labels import words_alone
from rallymap.ui.imports.state import DONE, PLAN, REPORT, forget, forget_key, idempotency_key
from rallymap.ui.paragraphs import paragraph, section
from rallymap.wording import date_in_words
from rallymap.workflows.import_plan import OUTCOME_LABELS, ImportPlan, PlannedRow, RowOutcome
from rallymap.workflows.import_rights import import_as, places_to_settle, settle
from rallymap.workflows.imports import report_csv
from rallymap.workflows.services import Services

_SHOWN = 500
_PLACES = 30
_LATER = -1
"""The option that chooses no place."""


def render_check(services: Services, account: Account) -> None:
    """Render the dry run and the button that imports."""
    plan: ImportPlan = st.session_state[PLAN]
    paragraph(tr("4. Check"), "rm-section rm-step-check")
    st.html(_summary(plan))
    if plan.earlier:
        said = tr(
            "This file was imported already, as {id}. Undo that import first, unless you mean to import it again.",
            id=plan.earlier[0].id,
        )
        paragraph(said, "rm-error", role="alert")
    st.html(_table(plan))
    if len(plan.rows) > _SHOWN:
        said = trn(
            "The first row is shown; rows with notes come first.",
            "The first {n} rows are shown; rows with notes come first.",
            _SHOWN,
        )
        paragraph(said, "rm-found")
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
        tr("Publish at once (events with a source)"), key="import_publish", value=True
    )
    writes = sum(row.event is not None for row in plan.rows)
    if not has_permission(account, Permission.IMPORT):
        paragraph(tr("The events wait for a moderator before anybody else sees them."), "rm-found")
    if st.button(
        trn("Import {n} event", "Import {n} events", writes), key="import_go", type="primary", disabled=not writes
    ):
        _import(services, account, settle(plan, chosen), publish=publish)


def render_report_link() -> None:
    """Render the link to a file of the rows with notes, if there are any."""
    key = st.session_state.get(REPORT, "")
    if key:
        said = tr("Download the rows with notes, with a column that says why (CSV)")
        paragraph(link(f"import-report/{key}", said, downloads=True), "rm-found")


def _summary(plan: ImportPlan) -> Markup:
    noted = (
        trn(
            "{n} row has notes on what was left out or read another way.",
            "{n} rows have notes on what was left out or read another way.",
            plan.noted,
        )
        if plan.noted
        else tr("No value was left out.")
    )
    return render(
        "import_summary.html",
        read=trn("{n} row read.", "{n} rows read.", len(plan.rows)),
        noted=noted,
        # Only our own sentences and numbers, so this HTML is safe.
        outcomes=[
            Markup(_count_of_outcome(outcome, count))  # noqa: S704
            for outcome in RowOutcome
            if (count := plan.counts[outcome.value])
        ],
        remarks=[say(remark) for remark in plan.reading.remarks],
    )


def _count_of_outcome(outcome: RowOutcome, n: int) -> str:
    """Say how many rows have a result, with the number in bold."""
    bold = {"start": "<b>", "end": "</b>"}
    match outcome:
        case RowOutcome.NEW:
            # Translators: {start} and {end} make the number between them bold.
            return trn("{start}{n}{end} new event", "{start}{n}{end} new events", n, **bold)
        case RowOutcome.CHANGED:
            # Translators: {start} and {end} make the number between them bold.
            return trn("{start}{n}{end} event that changes", "{start}{n}{end} events that change", n, **bold)
        case RowOutcome.UNCHANGED:
            # Translators: {start} and {end} make the number between them bold.
            return trn(
                "{start}{n}{end} event that is here already and stays as it is",
                "{start}{n}{end} events that are here already and stay as they are",
                n,
                **bold,
            )
        case RowOutcome.POSSIBLE_DUPLICATE:
            # Translators: {start} and {end} make the number between them bold.
            return trn("{start}{n}{end} possible duplicate", "{start}{n}{end} possible duplicates", n, **bold)
        case RowOutcome.PLACE_TO_CHECK:
            # Translators: {start} and {end} make the number between them bold.
            return trn(
                "{start}{n}{end} event with a place to check", "{start}{n}{end} events with a place to check", n, **bold
            )
        case RowOutcome.TAKEN_DOWN:
            # Translators: {start} and {end} make the number between them bold.
            return trn(
                "{start}{n}{end} event that was taken down before",
                "{start}{n}{end} events that were taken down before",
                n,
                **bold,
            )
        case RowOutcome.NOT_AN_EVENT:
            # Translators: {start} and {end} make the number between them bold.
            return trn(
                "{start}{n}{end} row that is not an event", "{start}{n}{end} rows that are not events", n, **bold
            )


def _table(plan: ImportPlan) -> Markup:
    rows = sorted(plan.rows, key=lambda row: not (row.reason or any(note.kind != "kept" for note in row.result.notes)))
    several = len({row.result.sheet for row in plan.rows}) > 1
    columns = [
        trc("of a table", "Row"), trc("what becomes of a row", "Outcome"), tr("Title"), tr("Date"), tr("Place"),
        tr("Notes"),
    ]  # fmt: skip
    sheets = [trc("of a workbook", "Sheet")] if several else []
    return render(
        "import_rows.html",
        label=tr("4. Check"),
        columns=sheets + columns,
        rows=[([bdi(row.result.sheet)] if several else []) + _cells(row) for row in rows[:_SHOWN]],
    )


def _cells(row: PlannedRow) -> list[str]:
    """Return the texts of a row: number, outcome, title, date, place and notes."""
    notes = in_turn((row.reason, *(note.sentence for note in row.result.notes if note.kind != "kept")))
    outcome = trc("what becomes of a row", OUTCOME_LABELS[row.outcome])
    event = row.event
    of_event = [bdi(event.title), date_in_words(event.when), bdi(_place(event))] if event else ["", "", ""]
    return [digits(row.result.number), outcome, *of_event, notes]


def _place(event: Event) -> str:
    place = event.place
    venue = place.venue if place.venue.casefold() not in place.text.casefold() else ""
    return ", ".join(filter(None, (venue, place.text)))


def _render_places(plan: ImportPlan) -> dict[tuple[str, str, str], dict[str, object]]:
    """Render a selector for each distinct ambiguous place; return the choices."""
    open_places = places_to_settle(plan)
    if not open_places:
        return {}
    said = trn(
        "{n} place may be several. Choose here once for all its rows, or leave it to the moderators.",
        "{n} places may be several. Choose here once for all their rows, or leave them to the moderators.",
        len(open_places),
    )
    section(tr("5. Places"), said)
    chosen = {}
    for index, (key, candidates) in enumerate(list(open_places.items())[:_PLACES], 1):
        labels = {_LATER: tr("A moderator decides later")}
        labels |= {at: str(candidate.get("label", "")) for at, candidate in enumerate(candidates)}
        name = ", ".join(filter(None, (key[1], key[0], key[2])))
        with st.container(key=f"import_where_{index}", gap=None):
            paragraph(bold(name, is_written=True), "rm-found")
            pick = st.selectbox(
                tr("Place {number}: {name}", number=number(index), name=words_alone(name)),
                list(labels),
                key=f"import_place_{index}",
                format_func=labels.__getitem__,
                label_visibility="collapsed",
                filter_mode="contains",
            )
        if pick != _LATER:
            chosen[key] = dict(candidates[pick])
    return chosen


def _import(services: Services, account: Account, plan: ImportPlan, *, publish: bool) -> None:
    if not publish:
        plan = _waiting(plan)
    with st.spinner(tr("Writing the events. They become visible all together.")):
        try:
            st.session_state[DONE] = import_as(services.db, plan, account, idempotency_key=idempotency_key("import"))
        except (IntakeError, RightsError, StoreError) as err:
            paragraph(err.user_message, "rm-error", role="alert")
            return
    forget(PLAN)
    forget_key("import")
    st.rerun()


def _waiting(plan: ImportPlan) -> ImportPlan:
    """Return the plan with all new events pending review."""
    rows = [
        replace(row, event=row.event.changed(review=ReviewStatus.PENDING)) if row.event is not None else row
        for row in plan.rows
    ]
    return replace(plan, rows=tuple(rows))
