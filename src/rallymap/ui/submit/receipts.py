"""The receipts of a sent form: one page for all its events, to copy, print or open on a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import streamlit as st
from markupsafe import Markup

from rallymap.events import Event
from rallymap.language import tr, trn
from rallymap.store import Receipt
from rallymap.store.events import get_events
from rallymap.templates import fill, render, unbroken
from rallymap.ui.submit.form_access import STEP_BEGINS, heading, render_form_access
from rallymap.ui.submit.mail_wish import render_mail_wish
from rallymap.views.qr_code import qr_code
from rallymap.wording import date_with_weekday, place_in_words
from rallymap.workflows.services import Services


def render_receipts(services: Services, receipts: Sequence[Receipt], address: str) -> None:
    """Render the created events, each with its date, receipt and edit link.

    Parameters
    ----------
    address
        URL of this page, which shows the receipts again.
    """
    found = services.db.read(get_events, (receipt.event_id for receipt in receipts))
    events = {event.id: event for event in found}
    token = receipts[0].campaign_token or (receipts[0].edit_token if len(receipts) == 1 else "")
    if len(receipts) == 1:
        done = tr("Sent. A moderator will review your event.")
    else:
        done = trn(
            "Sent. A moderator will review your {n} event.",
            "Sent. A moderator will review your {n} events.",
            len(receipts),
        )
    if receipts[0].campaign_token:
        said = tr(
            "Save this edit link now: it opens all of them, with receipt {code}. Anyone who has it can change "
            "the events, so keep it to yourself."
        )
        save: str = fill(said, code=unbroken(receipts[0].code))
    elif token:
        save = tr("Save the edit link now: anyone who has it can follow and change the event, so keep it to yourself.")
    else:
        save = tr(
            "Save this page now: its address and its links let anyone follow and change the events, so keep them to "
            "yourself."
        )
    code = qr_code(edit_link_address(token) if token else address, tr("QR code of the edit link"))
    note = tr("Scan this code to open the edit link on your phone.")
    st.html(
        Markup('<div class="rm-receipt" role="status">{}{}</div>').format(heading(done, STEP_BEGINS, level=1), save)
    )
    render_form_access()
    if token:
        st.code(edit_link_address(token), language=None, wrap_lines=True)
    html = render(
        "receipts.html",
        lead=_lead(list(events.values())) if receipts[0].campaign_token else "",
        rows=[_row(receipt, events.get(receipt.event_id)) for receipt in receipts],
        # People scan the QR code with their phone to open the page there.
        code=code,
        note=note,
    )
    st.html(html)
    if not token and (links := _links(receipts, events)):
        st.code(links, language=None, wrap_lines=True)
    _print_button()(key="print_receipts", data={"label": tr("Print this page")})
    render_mail_wish(services, [receipt.edit_token for receipt in receipts if receipt.edit_token])


def _lead(events: Sequence[Event]) -> str:
    if len({event.place for event in events}) > 1:
        return tr("Each of them also has a link of its own, for its local organiser:")
    return tr("Each of them also has a link of its own:")


def edit_link_address(token: str) -> str:
    """Return the URL of the page where an organiser manages an event."""
    return f"{_site()}/mine?key={token}"


def receipts_link(token: str) -> str:
    """Return the URL that shows the receipts of a form again, by the token of its draft."""
    return f"{_site()}/add?draft={token}"


def _site() -> str:
    here = (st.context.url or "").split("?")[0].rstrip("/")
    return here.rpartition("/")[0]


def _row(receipt: Receipt, event: Event | None) -> dict[str, str]:
    """Return title, date, place or receipt, and edit link of an event; "" for values that are not shown."""
    when, where, title = tr("This event was taken down."), "", ""
    if event is not None:
        when, where = date_with_weekday(event.when), place_in_words(event.place, event.location)
        title = "" if receipt.campaign_token else event.title  # all events of a campaign have the same title
    opens = tr("Open the edit link")
    return {
        "title": title,
        "when": when,
        # A campaign has one receipt, which is shown above.
        "own": where if receipt.campaign_token else fill(tr("receipt {code}"), code=unbroken(receipt.code)),
        "link": edit_link_address(receipt.edit_token) if receipt.edit_token else "",
        "opens": opens,
        "spoken": ": ".join(filter(None, (opens, when, where))),  # several links have the same text
    }


def _links(receipts: Sequence[Receipt], events: dict[str, Event]) -> str:
    """Return the edit links to copy, one per line with its date, if no link opens all events."""
    lines = []
    for receipt in receipts:
        if not receipt.edit_token:
            continue  # the link was replaced
        event = events.get(receipt.event_id)
        when = f"{date_with_weekday(event.when)}: " if event is not None else ""
        lines.append(f"{when}{edit_link_address(receipt.edit_token)}")
    return "\n".join(lines)


@cache
def _print_button() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.print_button", js="print_button.js", isolate_styles=False)
