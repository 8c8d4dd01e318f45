"""The draft of a form: its text, step and picture survive a reload, a server restart and another browser.

The draft's token is in the page's URL. Two tabs with the same draft never overwrite each other silently, and both send
the same form: the idempotency key is derived from the token.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from rallymap.errors import FormSentError, InvalidEventError, RateLimitError, StaleDraftError, StoreError
from rallymap.language import tr
from rallymap.pictures import CleanPicture
from rallymap.store import new_draft_token
from rallymap.store.drafts import get_draft, save_draft, save_draft_picture
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.submit.form_state import FormState, form, start_form
from rallymap.wording import ago_in_words
from rallymap.workflows.rate_limits import check_rate
from rallymap.workflows.services import Services

DRAFT = "draft"
"""Name of the query parameter with a draft's token."""


def address_token() -> str:
    """Return the token in the page's URL, or ""."""
    return st.query_params.get(DRAFT, "")


def load_draft(services: Services, name: str) -> bool:
    """Load the draft from the URL into a form, unless the form has loaded it already.

    Returns
    -------
    found
        False if the draft in the URL does not exist.
    """
    token = address_token()
    if not token or form().token == token:
        return True
    kept = services.db.read(get_draft, token)
    if kept is None:
        return False
    state = start_form(name, kept.fields)
    state.token, state.revision, state.saved = token, kept.revision, dict(kept.fields)
    state.opened, state.picture = kept.started_at, kept.picture
    return True


def save_form_draft(services: Services) -> bool:
    """Save the form and its picture as a draft, unless both are saved already.

    Returns
    -------
    is_ours
        False if another tab has changed or sent the form.
    """
    state = form()
    with state.saving:
        is_ours = _save_form_draft(services, state)
    # At every run: Streamlit drops what a run says that the next one has overtaken.
    if state.revision and address_token() != state.token:
        st.query_params[DRAFT] = state.token
    return is_ours


def _save_form_draft(services: Services, state: FormState) -> bool:
    if state.conflict or (state.is_picture_kept and not state.has_changes()):
        return True
    try:
        if not state.revision:
            check_rate(services.db, "draft", st.context.ip_address or "", services.now())
        if not state.revision or state.has_changes():
            _save_fields(services, state)
        if not state.is_picture_kept:
            _save_picture(services, state)
    except StaleDraftError:
        state.conflict = "changed"
    except FormSentError:
        state.conflict = "sent"
    except (StoreError, InvalidEventError, RateLimitError) as err:
        state.problem = err.user_message
    else:
        state.problem = ""
    return not state.conflict


def _save_fields(services: Services, state: FormState) -> None:
    texts = {name: text for name, text in state.fields.items() if text}
    state.revision = services.db.write(save_draft, state.token, texts, expected_revision=state.revision)
    state.saved = texts


def _save_picture(services: Services, state: FormState) -> None:
    state.revision = services.db.write(save_draft_picture, state.token, state.picture, expected_revision=state.revision)
    state.is_picture_kept = True


def save_form_picture(services: Services, picture: CleanPicture | None) -> None:
    """Set the form's picture, or delete it (None), and save the draft."""
    state = form()
    state.picture, state.is_picture_kept = picture, False
    save_form_draft(services)


def render_draft_notice(services: Services, sent_label: str, show_sent: Callable[[], None], *, is_new: bool) -> None:
    """Save the draft; if that fails, show why and what the visitor can do.

    Parameters
    ----------
    sent_label, show_sent
        Label and callback of the button shown if the form was sent from another tab.
    is_new
        Whether the form is for a new event, so that its text can be used for another one.
    """
    state = form()
    save_form_draft(services)
    if state.conflict == "changed":
        _render_changed(services, state)
    elif state.conflict == "sent":
        _render_alert(tr("This form was sent from another tab. What you typed here since then was not sent."))
        with st.container(key="draft_sent", horizontal=True):
            st.button(sent_label, key="draft_show_sent", on_click=show_sent)
            if is_new:
                st.button(tr("Make a new event of this form"), key="draft_anew", on_click=_keep_as_new_form)
    if state.problem:
        _render_alert(tr("Your draft is not saved. {problem}", problem=state.problem))


def _render_alert(sentence: str) -> None:
    paragraph(sentence, "rm-error", role="alert")


def _render_changed(services: Services, state: FormState) -> None:
    other = services.db.read(get_draft, state.token)
    if other is None:
        changed = tr(
            "This form was changed in another tab or browser. What you typed here is not saved yet. Choose which "
            "version to keep."
        )
    else:
        # Translators: {ago} is such as “5 minutes ago”.
        changed = tr(
            "This form was changed in another tab or browser, {ago}. What you typed here is not saved yet. Choose "
            "which version to keep.",
            ago=ago_in_words(other.saved_at, services.now()),
        )
    _render_alert(changed)

    def load() -> None:
        st.query_params[DRAFT] = state.token
        state.token = ""  # forces the draft to be loaded again

    def keep() -> None:
        state.revision, state.conflict = (other.revision if other is not None else 0), ""
        state.is_picture_kept = False  # the draft has the other version's picture

    with st.container(key="draft_conflict", horizontal=True):
        st.button(tr("Keep what I typed here"), key="draft_keep", on_click=keep)
        st.button(tr("Load the other version"), key="draft_load", on_click=load)


def _keep_as_new_form() -> None:
    state = form()
    state.token, state.revision, state.saved, state.conflict = new_draft_token(), 0, {}, ""
    state.is_picture_kept = state.picture is None
    st.query_params.pop(DRAFT, None)
