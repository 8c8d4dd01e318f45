"""The page of an edit link: the event's status, messages with the moderators, changes, follow-up."""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from rallymap.errors import EventMergedError, EventNotFoundError, RallymapError, StaleEventError
from rallymap.events import ReviewStatus
from rallymap.intake.filled_form import fields_of_event
from rallymap.intake.merged_form import merge_form
from rallymap.language import mark, sentences, tr
from rallymap.mail.letters import REVIEW_WORDS
from rallymap.moderation import Account
from rallymap.pictures import GivenPicture
from rallymap.store import OwnEvent
from rallymap.store.drafts import delete_draft, form_key
from rallymap.store.edit_links import IN_CAMPAIGN, list_own_campaign, read_own_event
from rallymap.templates import fill, link, one_line, unbroken
from rallymap.ui.paragraphs import empty_list, page_lead, paragraph
from rallymap.ui.public_preview import render_public_preview
from rallymap.ui.signed_in import signed_in_account
from rallymap.ui.step_focus import follow_step
from rallymap.ui.submit.calling_off import render_calling_off
from rallymap.ui.submit.draft import DRAFT, address_token, load_draft, render_draft_notice
from rallymap.ui.submit.fields import fields, set_field
from rallymap.ui.submit.follow_up import own_action_key, render_follow_up
from rallymap.ui.submit.form import render_form
from rallymap.ui.submit.form_state import end_form, form, has_form, start_form, use_form
from rallymap.ui.submit.link_renewal import render_link_renewal, render_lost_link, render_new_link
from rallymap.ui.submit.messages import PROBLEM, SAID, render_first, render_messages, render_no_event
from rallymap.ui.submit.news import render_news
from rallymap.ui.submit.own_campaign import render_own_campaign, render_way_back
from rallymap.ui.submit.picture_field import DESCRIPTION
from rallymap.views.cards import event_card
from rallymap.views.public_preview import public_sentences
from rallymap.wording import ago_in_words
from rallymap.workflows.accounts import list_own_events
from rallymap.workflows.edit_links import change_own, change_own_picture, is_over_and_open
from rallymap.workflows.pictures import own_picture_url
from rallymap.workflows.services import Services

_BASE = "form_base"
"""Form field with the revision of the event that the form changes."""
_FILLED = "form_filled"
"""Form field with the initial texts of the form, as JSON."""
_CHANGED_MEANWHILE = mark(
    "Someone changed this event while you had it open. The form has their changes now, and yours. Look at it, and send "
    "it again."
)
_TIMES_SAID = "own_times_said"
_AFTER_A_LINK = ".,;:!?'\"’”»)]>"
"""Punctuation that programs add when they turn text into links; keys never contain it."""
_OPEN = (ReviewStatus.DRAFT, ReviewStatus.PENDING, ReviewStatus.SENT_BACK, ReviewStatus.PUBLISHED)


def render(services: Services) -> None:
    """Render the page for the token in the URL."""
    key = st.query_params.get("key", "").rstrip(_AFTER_A_LINK)
    with st.container(key="page"):
        account = None if key else signed_in_account(services)
        if account is not None:
            _render_own_list(services, account)
            return
        render_new_link()
        campaign = services.db.read(list_own_campaign, key.partition(IN_CAMPAIGN)[0])
        if campaign and IN_CAMPAIGN not in key:
            render_own_campaign(campaign, key)
            return
        try:
            own = services.db.read(read_own_event, key)
        except EventNotFoundError as err:
            if key:
                render_no_event(services, err)
            if not (isinstance(err, EventMergedError) or err.event_id):
                render_lost_link(services)
            return
        if campaign:
            render_way_back(key)
        is_editing = _is_editing(services, own)
        if is_editing:
            _render_editing(services, own, key)
        else:
            _render_event(services, own, key)
        # The clicked button no longer exists, so the focus is lost.
        follow_step("editing" if is_editing else "event", stopped=st.session_state.get(_TIMES_SAID, 0))


def _render_own_list(services: Services, account: Account) -> None:
    """Render the events that were sent while signed in; each can be changed by the edit link on its receipt."""
    lead = tr("What you sent while signed in. To change an event, open the edit link on its receipt.")
    page_lead(tr("Your events"), lead)
    events = list_own_events(services.db, account)
    if not events:
        empty_list(tr("Nothing yet."), tr("Events that you send while signed in appear here."))
    for event in events:
        st.html(event_card(event, note=tr(REVIEW_WORDS[event.review])))
    paragraph(link("account", tr("Your account")), "rm-found")


def _render_event(services: Services, own: OwnEvent, key: str) -> None:
    now = services.now()
    # Translators: {ago} is such as “5 minutes ago”.
    sent = fill(tr("Sent {ago}, receipt {code}."), ago=ago_in_words(own.submitted_at, now), code=unbroken(own.code))
    said = [(kind, st.session_state.pop(name, "")) for name, kind in ((SAID, "rm-receipt"), (PROBLEM, "rm-error"))]
    said = [(kind, sentence) for kind, sentence in said if sentence]
    page_lead(tr("Your event"), Markup("{} {}").format(_state(own), sent), step="" if said else "rm-step-event")
    for kind, sentence in said:
        paragraph(sentence, f"{kind} rm-step-event", role="status")
    st.session_state[_TIMES_SAID] = st.session_state.get(_TIMES_SAID, 0) + len(said)
    asks = render_first(services, own, key, now)
    if is_over_and_open(own.proposed or own.event, now):
        render_follow_up(services, own, key)
    own_url = own_picture_url(services.db, own.event)
    note = tr("You and the moderators see all of this.")
    st.html(event_card(own.event, note=note, picture_url=own_url, in_all_languages=True))
    if own.event.review in _OPEN:
        render_public_preview(own.event, now, picture_url=own_url)
    if own.event.review is ReviewStatus.PUBLISHED:
        on_map = Markup('<a href="./?event={}">{}</a>').format(own.event.id, tr("Show on the map"))
        calendar = [link(f"events/{own.event.id}.ics", tr("Calendar"))] if own.event.when.is_known else []
        paragraph(one_line((on_map, *calendar)), "rm-opened")
    if own.proposed is not None:
        proposed = tr("A change is proposed; a moderator looks at it. The event would then be:")
        paragraph(proposed, "rm-found")
        picture_url = own_picture_url(services.db, own.proposed)
        st.html(event_card(own.proposed, picture_url=picture_url, in_all_languages=True))
    if own.event.review in _OPEN:
        with st.container(key="own_moves", horizontal=True):
            st.button(tr("Edit"), key="own_change", on_click=_begin_editing, args=(own,))
            render_calling_off(services, own, key)
            if (own.proposed or own.event).picture is not None:
                st.button(tr("Remove picture"), key="own_bare", on_click=_delete_picture, args=(services, own, key))
    render_messages(services, own, key, now, has_field=asks)
    render_news(services, key)
    render_link_renewal(services, key)


def _state(own: OwnEvent) -> str:
    if own.hidden_at is not None:
        return tr("It was published and is hidden now.")
    return tr(REVIEW_WORDS[own.event.review])


def _form_of(own: OwnEvent) -> str:
    return f"own-{own.event.id}"


def _begin_editing(own: OwnEvent) -> None:
    texts = fields_of_event(own.proposed or own.event)
    texts |= _base_fields(own)
    start_form(_form_of(own), texts).saved = texts


def _base_fields(own: OwnEvent) -> dict[str, str]:
    """Return the hidden fields that record which revision and text a form was filled with."""
    filled = fields_of_event(own.proposed or own.event)
    return {_BASE: str(own.event.revision), _FILLED: json.dumps(filled, ensure_ascii=False)}


def _merge_changes(services: Services, key: str) -> None:
    """Merge the event's current text with what was typed into the form."""
    own, state = services.db.read(read_own_event, key), form()
    filled: dict[str, str] = json.loads(state.fields[_FILLED])
    typed = {
        name: text
        for name, text in state.fields.items()
        # A default that nobody changed was not typed.
        if not name.startswith("form_") and (name in filled or text != state.defaults.get(name))
    }
    merged = merge_form(filled, typed, fields_of_event(own.proposed or own.event))
    for name in {*typed, *merged}:
        set_field(name, merged.get(name, ""))
    state.fields |= _base_fields(own)


def _is_editing(services: Services, own: OwnEvent) -> bool:
    """Return whether a change of this event has been started, also before a reload or in another browser."""
    name = _form_of(own)
    if has_form(name):
        use_form(name)
        load_draft(services, name)
        return True
    if address_token():
        use_form(name)
        if load_draft(services, name) and fields().get(_BASE):
            return True
        end_form(name)
        st.query_params.pop(DRAFT, None)
    return False


def _delete_picture(services: Services, own: OwnEvent, key: str) -> None:
    picture = (own.proposed or own.event).picture
    assert picture is not None  # noqa: S101 - the button is drawn for a picture alone
    try:
        change_own_picture(
            services.db, key, None, idempotency_key=own_action_key(services, own, "picture away", picture.id)
        )
    except RallymapError as err:
        st.session_state[PROBLEM] = err.user_message
        return
    st.session_state[SAID] = tr("The picture is deleted.")


def _end_editing(own: OwnEvent) -> None:
    end_form(_form_of(own))
    st.query_params.pop(DRAFT, None)


def _cancel_editing(services: Services, own: OwnEvent) -> None:
    try:
        services.db.write(delete_draft, form().token)
    except RallymapError as err:
        st.session_state[PROBLEM] = err.user_message
    _end_editing(own)


def _render_editing(services: Services, own: OwnEvent, key: str) -> None:
    page_lead(tr("Change your event"), tr("A moderator sees what you changed."), step="rm-step-editing")

    def send(texts: Mapping[str, str]) -> Mapping[str, str]:
        state = form()
        filled = texts.get(_FILLED)
        try:
            event, draft = change_own(
                services.db,
                services.resolver,
                key,
                texts,
                expected_revision=int(texts.get(_BASE) or own.event.revision),
                idempotency_key=form_key(services.db.secret, state.token),
                filled=json.loads(filled) if filled else None,
                picture=GivenPicture(state.picture, texts.get(DESCRIPTION, "")) if state.picture else None,
                form=state.token,
            )
        except StaleEventError:
            if not filled:
                raise
            _merge_changes(services, key)
            return {"form": tr(_CHANGED_MEANWHILE)}
        if event is not None:
            is_same = event == (own.proposed or own.event)
            st.session_state[SAID] = tr("Nothing was changed.") if is_same else _describe_change(services, own, key)
            _end_editing(own)
        return draft.errors

    render_draft_notice(services, tr("Show the event"), lambda: _end_editing(own), is_new=False)
    render_form(services, send, button=tr("Send the change"), before=own.proposed or own.event)
    st.button(tr("Cancel"), key="own_leave", on_click=_cancel_editing, args=(services, own), type="tertiary")


def _describe_change(services: Services, before: OwnEvent, key: str) -> str:
    """Describe the result of a change: what visitors see already, and what waits for a moderator."""
    own = services.db.read(read_own_event, key)
    is_shown = own.event.review is ReviewStatus.PUBLISHED and own.event.revision != before.event.revision
    said = [public_sentences(own.event, services.now())[0]] if is_shown else []
    if not is_shown or own.proposed is not None:
        said.append(tr("Your change is with the moderators."))
    return sentences(said)
