"""The form for events, in steps: what, when, where, who, sources, send; for new events and for changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from rallymap.errors import InvalidEventError, RallymapError
from rallymap.events import Event
from rallymap.intake.submission import shown_fields
from rallymap.language import mark, mark_c, tr, trc
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import count_facets
from rallymap.ui.pill_marks import mark_pills
from rallymap.ui.plain import plain_label
from rallymap.ui.public_preview import render_summary
from rallymap.ui.submit.cities import render_all, render_cities
from rallymap.ui.submit.draft import save_form_draft
from rallymap.ui.submit.fields import fields, set_errors, show_error, shown_errors
from rallymap.ui.submit.form_access import ERRORS, STEP_BEGINS, heading, move_focus, render_form_access
from rallymap.ui.submit.form_state import STEP, form
from rallymap.ui.submit.lasting_button import lasting_button
from rallymap.ui.submit.picture_field import picture_errors, render_picture_field, with_picture
from rallymap.ui.submit.place_step import render_where
from rallymap.ui.submit.possible_duplicates import render_duplicates
from rallymap.ui.submit.status_by_date import announce, follow_date
from rallymap.ui.submit.step_fields import COMPLETED_BY, FIELDS_OF_STEP, SECOND_STEP, SHOWN_AT, STEPS, names_in
from rallymap.ui.submit.step_history import follow_history, step_of_history
from rallymap.ui.submit.steps import render_sources, render_what, render_when, render_who
from rallymap.views.public_preview import public_card
from rallymap.workflows.campaign_cities import campaign_of_form
from rallymap.workflows.form_events import dates_of_form, draft_event, has_own_place
from rallymap.workflows.rate_limits import HONEYPOT_FIELD
from rallymap.workflows.services import Services

_STEP_NAMES = {
    # Translators: the steps of the form that adds an event; What: what kind of event it is.
    "What": mark_c("step of the form", "What"),
    "When": mark_c("step of the form", "When"),
    "Where": mark_c("step of the form", "Where"),
    "Who": mark_c("step of the form", "Who"),
    "Sources": mark_c("step of the form", "Sources"),
    "Send": mark_c("step of the form", "Send"),
}
_FIX_FIRST = mark("Please fix this first")
_PILLS, _TURN = "add_step", "form_turn"
_HONEYPOT = f"field_{HONEYPOT_FIELD}"
_HONEYPOT_FILLED = mark(
    "Your browser, or a program in it, filled in a hidden field that has to be empty. It is empty again: please send "
    "the form once more. Nothing you typed is lost."
)
Act = Callable[[], None]
Send = Callable[[Mapping[str, str]], Mapping[str, str]]
"""Takes the fields and returns the errors; empty if the form was sent."""


def render_form(services: Services, send: Send, *, button: str, before: Event | None = None) -> None:
    """Render the form.

    Parameters
    ----------
    send
        Called when the last step's button is clicked; the form shows the errors that it returns, or the message of a
        ``RallymapError`` that it raises. In both cases nothing typed is lost.
    button
        Label of the last step's button.
    before
        The event to change; its picture is kept unless another one is chosen. None for a new event.
    """
    if form().opened is None:
        form().opened = services.now()
    form().defaults[STEP] = STEPS[0]
    _go_through_history(services, before)
    _update_errors(services, before)
    step = _render_steps(services, before)
    follow_history(step, page="add" if before is None else "mine")
    submit: Act | None = None
    render_form_access()
    if step != STEPS[-1]:
        _render_errors([(name, shown_errors()[name]) for name in names_in(step, shown_errors())], tr(_FIX_FIRST))
    st.html(heading(_step_name(step), STEP_BEGINS))
    match step:
        case "What":
            render_what(is_new=before is None)
        case "When":
            render_when(services.now(), is_new=before is None)
        case "Where":
            render_where(services, before)
            if before is None:
                render_cities(services)
        case "Who":
            known = count_facets(services.keeper.current(), EventFilter())
            # Communities of existing events first, most frequent at the top; then the rest of the vocabulary.
            communities = dict.fromkeys((*known["communities"], *services.vocabulary.names))
            render_who({**known, "communities": communities})
        case "Sources":
            render_sources()
            render_picture_field(services, has_one=before is not None and before.picture is not None)
        case _:  # above the send button, so that people read it before sending
            if before is None:
                render_duplicates(services)
            submit = _render_send(services, send, before)
    if before is None and step != STEPS[-1]:
        render_duplicates(services)
    _render_moves(services, step, before, button, submit)
    _render_honeypot()
    if not save_form_draft(services):
        st.rerun()


def _go_through_history(services: Services, before: Event | None) -> None:
    """Open the step that the browser's Back or Forward asks for."""
    step = step_of_history(_step())
    if step in STEPS and step != _step():
        form().forced[STEP] = step  # first, as a newer run can end this one while it saves the draft
        move_focus(STEP_BEGINS)
        _leave(services, before, step)


def _update_errors(services: Services, before: Event | None) -> None:
    """Remove shown errors that the visitor has corrected since, and update the others."""
    shown = shown_errors()
    if not shown:
        return
    errors = _draft(services, before)[1]
    # These two errors are only found on sending.
    kept = {name: sentence for name, sentence in shown.items() if name in ("form", "picture")}
    set_errors(kept | {name: errors[name] for name in shown if name in errors})


def _step_name(step: str) -> str:
    return trc("step of the form", _STEP_NAMES[step])


def _render_steps(services: Services, before: Event | None) -> str:
    wrong = {step for step in FIELDS_OF_STEP if names_in(step, shown_errors())}
    if form().forced.pop(STEP, None) is not None:
        # A new widget, so that a value sent by the browser before it renders this step cannot select the previous one.
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    turn = st.session_state.get(_TURN, 0)
    key = f"{_PILLS}_{turn}"

    def pick() -> None:
        # For a while, a browser also sends the values of replaced pills. Streamlit takes them for new choices.
        if turn == st.session_state.get(_TURN, 0):
            _leave(services, before, str(st.session_state[key]))

    with st.container(key=_PILLS):
        picked = st.pills(
            tr("Steps"),
            STEPS,
            default=_step(),
            key=key,
            required=True,
            on_change=pick,
            format_func=_step_name,
            label_visibility="collapsed",
        )
        mark_pills(key, STEPS, dict.fromkeys(wrong, tr("{step} – needs attention", step="")))
    fields()[STEP] = str(picked)
    return str(picked)


def _step() -> str:
    kept = fields().get(STEP, "")
    return kept if kept in STEPS else STEPS[0]


def _leave(services: Services, before: Event | None, to: str) -> None:
    """Go to another step, and show the errors of all steps visited so far."""
    passed = STEPS[: STEPS.index(_step()) + 1]
    errors = dict(_draft(services, before)[1])
    for name, by in COMPLETED_BY.items():
        if not fields().get(by) and SECOND_STEP[name] not in passed:
            errors.pop(name, None)  # the field that completes it was not shown yet
    seen = {name for step in passed for name in names_in(step, errors)}
    set_errors({name: sentence for name, sentence in errors.items() if name in seen})
    fields()[STEP] = to
    save_form_draft(services)


def _render_errors(errors: Sequence[tuple[str, str]], title: str) -> None:
    """Render errors as a list above the form; each links to its field in any step."""
    sentences = {sentence: name for name, sentence in reversed(errors)}  # each sentence once, at its first field
    if not sentences:
        return
    with st.container(key="form_errors"):
        st.html(Markup('<div role="alert">{}</div>').format(heading(title, ERRORS)))
        for sentence, name in reversed(sentences.items()):
            st.button(plain_label(sentence), key=f"fix_{name}", type="tertiary", on_click=_go_to, args=(name,))


def _go_to(name: str) -> None:
    step = next((step for step in FIELDS_OF_STEP if names_in(step, {name: ""})), None)
    if step is not None and step != _step():
        fields()[STEP] = form().forced[STEP] = step
    move_focus(f"field:{SHOWN_AT.get(name, name)}")


def _render_moves(services: Services, step: str, before: Event | None, button: str, submit: Act | None) -> None:
    """Render the buttons Back and Next; in the last step the button that sends."""
    position = STEPS.index(step)

    def go(to: str) -> None:
        _leave(services, before, to)
        if STEPS.index(to) > position and names_in(step, shown_errors()):
            fields()[STEP] = step  # show this step's errors first; the step pills above still allow to go on
            move_focus(ERRORS)
        else:
            form().forced[STEP] = to
            move_focus(STEP_BEGINS)

    with st.container(key="moves", horizontal=True):
        if position > 0:
            lasting_button(trc("step of the form", "Back"), "step_back", lambda: go(STEPS[position - 1]))
        if position + 1 < len(STEPS):
            lasting_button(
                trc("step of the form", "Next"), "step_next", lambda: go(STEPS[position + 1]), is_primary=True
            )
        if submit is not None:
            lasting_button(button, "submit_event", submit, is_primary=True)


def _render_send(services: Services, send: Send, before: Event | None) -> Act:
    """Render the public view, or the errors; return the function that sends the form."""
    event, errors = _draft(services, before)
    if event is None or errors:
        in_order = dict.fromkeys((*(name for step in STEPS for name in names_in(step, errors)), *errors))
        _render_errors([(name, errors[name]) for name in in_order], tr(_FIX_FIRST))
    else:
        event, picture_url = with_picture(event)
        dates = dates_of_form(event, shown_fields(fields())) if before is None else [event]
        render_summary(event, dates[-1], services.now())
        note = tr("This is how visitors will see it, once a moderator has published it.")
        st.html(public_card(event, services.now(), note=note, picture_url=picture_url))
        if before is None:
            render_all(services)

    state = form()  # sending may end this form and start another one on the page

    def submit() -> None:
        typed_in_honeypot = str(st.session_state.get(_HONEYPOT) or "")
        try:
            state.errors = dict(picture_errors() or send({**state.fields, HONEYPOT_FIELD: typed_in_honeypot}))
        except RallymapError as err:
            state.errors = {"form": tr("{problem} Nothing you typed is lost.", problem=err.user_message)}
            if typed_in_honeypot:
                state.errors = {"form": tr(_HONEYPOT_FILLED)}
                st.session_state[_HONEYPOT] = ""
        if state.errors.keys() - {"form"}:
            move_focus(ERRORS)

    show_error("form")
    return submit


def _draft(services: Services, before: Event | None) -> tuple[Event | None, Mapping[str, str]]:
    """Return the event built from the fields, and all errors of the fields and the picture."""
    now = services.now()
    if before is None:
        follow_date(now)
    draft = draft_event(services.resolver, fields(), now=now, before=before)
    # The place is known here, and with it what day it is there.
    if before is None and "status" in draft.errors and announce():
        draft = draft_event(services.resolver, fields(), now=now)
    errors = {**draft.errors, **picture_errors()}
    if before is None and draft.event is not None:
        try:
            made = campaign_of_form(services.resolver, draft.event, draft.to_check, fields(), now=now)
            return draft.event if has_own_place(draft.event) else made[0][0], errors
        except InvalidEventError as err:
            errors.setdefault(err.field, err.user_message)
    return draft.event, errors


def _render_honeypot() -> None:
    """Render a hidden field; only bots fill it."""
    with st.container(key="honeypot"):
        st.text_input(tr("Leave this empty"), key=_HONEYPOT, max_chars=200)
