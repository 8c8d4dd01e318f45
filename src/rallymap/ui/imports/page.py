"""The Import page: one step after the other on one page, each open once the one before it is done."""

from __future__ import annotations

import streamlit as st

from rallymap.language import tr, trn
from rallymap.ui.imports.batches import render_batches
from rallymap.ui.imports.check_step import render_check, render_report_link
from rallymap.ui.imports.columns_step import render_columns
from rallymap.ui.imports.file_step import render_file
from rallymap.ui.imports.running import times_stopped
from rallymap.ui.imports.state import DONE, FILE, PLAN, start_again
from rallymap.ui.signed_in import signed_in_account
from rallymap.ui.step_focus import follow_step
from rallymap.workflows.import_rights import may_import
from rallymap.workflows.imports import ImportSummary
from rallymap.workflows.services import Services

_RECEIPT = '<div class="rm-receipt rm-step-done" role="status">'


def render(services: Services) -> None:
    """Draw the page."""
    with st.container(key="page"):
        st.html(
            f'<div class="rm-lead"><h1>{tr("Import")}</h1><p>'
            + tr(
                "Bring in a table of events: a spreadsheet, a CSV file, a map or a calendar. You see what becomes of "
                "each row before anything is changed, and an import can be undone."
            )
            + "</p></div>"
        )
        account = signed_in_account(services)
        if account is None or not may_import(account):
            st.html(
                f'<p class="rm-found">{tr("Importing needs an account.")}</p>'
                f'<p><a class="rm-button" href="sign-in?next=import" target="_self">{tr("Sign in")}</a></p>'
            )
            return
        if DONE in st.session_state:
            summary = st.session_state[DONE]
            st.html(_receipt(summary))
            render_report_link()
            st.button(tr("Import another file"), key="import_again", on_click=start_again)
        else:
            render_file()
            if FILE in st.session_state:
                render_columns(services)
            if PLAN in st.session_state:
                render_check(services, account)
        follow_step(_last_step(), stopped=times_stopped())
        render_batches(services, account)


def _last_step() -> str:
    if DONE in st.session_state:
        return "done"
    return "check" if PLAN in st.session_state else "columns" if FILE in st.session_state else "file"


def _receipt(summary: ImportSummary) -> str:
    if not summary.batch_id:
        said = tr("{start}Nothing was imported:{end} no row is new or changed.", start="<b>", end="</b>")
        return f"{_RECEIPT}{said}</div>"
    if not summary.held_back:
        # Translators: what is between {start} and {end} is a link.
        waiting = tr("See them on the {start}map{end}.", start='<a href="explore" target="_self">', end="</a>")
    elif summary.held_back == summary.written:
        waiting = tr("A moderator decides before anybody else sees them.")
    else:
        waiting = trn(
            "{n} of them waits for a moderator: it has no source, or may be here already.",
            "{n} of them wait for a moderator: they have no source, or may be here already.",
            summary.held_back,
        )
    done = trn("{n} event imported.", "{n} events imported.", summary.written)
    return f"{_RECEIPT}<b>{done}</b> {waiting}<br>{tr('You can undo this import below.')}</div>"
