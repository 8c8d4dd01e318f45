"""The Import page: all steps on one page; each opens when the previous one is done."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from rallymap.language import tr, trn
from rallymap.templates import fill
from rallymap.templates import render as render_template
from rallymap.ui.imports.batches import render_batches, render_said
from rallymap.ui.imports.check_step import render_check, render_report_link
from rallymap.ui.imports.columns_step import render_columns
from rallymap.ui.imports.file_step import render_file
from rallymap.ui.imports.running import times_stopped
from rallymap.ui.imports.state import DONE, FILE, PLAN, start_again
from rallymap.ui.paragraphs import page_lead
from rallymap.ui.signed_in import signed_in_account
from rallymap.ui.step_focus import follow_step
from rallymap.workflows.import_rights import may_import
from rallymap.workflows.imports import ImportSummary
from rallymap.workflows.services import Services


def render(services: Services) -> None:
    """Render the page."""
    with st.container(key="page"):
        lead = tr(
            "Bring in a table of events: a spreadsheet, a CSV file, a map or a calendar. You see what becomes of "
            "each row before anything is changed, and an import can be undone."
        )
        page_lead(tr("Import"), lead)
        account = signed_in_account(services)
        if account is None or not may_import(account):
            st.html(render_template("import_sign_in.html"))
            return
        said = render_said(f"rm-step-{_last_step()}")
        if DONE in st.session_state:
            st.html(_receipt(st.session_state[DONE]))
            render_report_link()
            st.button(tr("Import another file"), key="import_again", on_click=start_again)
        else:
            render_file()
            if FILE in st.session_state:
                render_columns(services, account)
            if PLAN in st.session_state:
                render_check(services, account)
        follow_step(_last_step(), stopped=times_stopped() + said)
        render_batches(services, account)


def _last_step() -> str:
    if DONE in st.session_state:
        return "done"
    return "check" if PLAN in st.session_state else "columns" if FILE in st.session_state else "file"


def _receipt(summary: ImportSummary) -> Markup:
    if not summary.batch_id:
        said = tr("{start}Nothing was imported:{end} no row is new or changed.")
        return render_template(
            "import_receipt.html", nothing=fill(said, start=Markup("<b>"), end=Markup("</b>")), done=""
        )
    if not summary.held_back:
        # Translators: what is between {start} and {end} is a link.
        said = tr("See them on the {start}map{end}.")
        waiting: str = fill(said, start=Markup('<a href="./" target="_self">'), end=Markup("</a>"))
    elif summary.held_back == summary.written:
        waiting = tr("A moderator decides before anybody else sees them.")
    else:
        waiting = trn(
            "{n} of them waits for a moderator: it has no source, or may be here already.",
            "{n} of them wait for a moderator: they have no source, or may be here already.",
            summary.held_back,
        )
    done = trn("{n} event imported.", "{n} events imported.", summary.written)
    return render_template("import_receipt.html", done=done, waiting=waiting)
