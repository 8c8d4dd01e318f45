"""Edit the open event."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from rallymap.countries import country_name, country_names
from rallymap.dates import PRECISION_LABELS, DatePrecision
from rallymap.event_wording import ATTENDANCE_LABELS
from rallymap.events import (
    MAX_NAME,
    MAX_QUOTE,
    MAX_TEXT,
    MAX_TITLE,
    AttendanceMode,
    ClaimKind,
    Disclosure,
    Event,
    EventStatus,
    Kind,
)
from rallymap.intake.filled_form import fields_of_event
from rallymap.intake.written_dates import MAX_WRITTEN
from rallymap.language import digits, language_choices, language_name, tr, trc
from rallymap.moderation import Account
from rallymap.ui.review import state
from rallymap.ui.review.opened_form import next_number, opened_event, unsaved_fields
from rallymap.ui.review.words import waiting_in_words
from rallymap.ui.text_limit import show_limit
from rallymap.views.differences import DISCLOSURE_LABELS
from rallymap.weblinks import MAX_URL
from rallymap.wording import CLAIM_LABELS, KIND_LABELS, STATUS_LABELS
from rallymap.workflows.edits import edit_event
from rallymap.workflows.second_moderator import is_waiting
from rallymap.workflows.services import Services

_NAMES = MAX_NAME * 10


class _Form:
    """The widgets of one event at one revision, with its values as defaults."""

    def __init__(self, event: Event) -> None:
        self._prefix = f"edit/{event.id}/{event.revision}/"
        # `fields_of_event` omits fields with default values, but a selector always has a value.
        self._said: Mapping[str, str] = {"disclosure": str(Disclosure.CITY)} | fields_of_event(event)
        # Text that was typed at an earlier revision and could not be saved.
        self._kept = unsaved_fields(event)

    def text(self, name: str, label: str, max_length: int, *, tall: bool = False) -> None:
        key = self._prefix + name
        st.session_state.setdefault(key, self._kept.get(name, self._said.get(name, "")))
        typed = st.text_area(label, key=key, height=110) if tall else st.text_input(label, key=key)
        if not show_limit(str(typed or ""), max_length):
            state.show_error(name)

    def choice(self, name: str, label: str, words: Mapping[str, str], default: str) -> None:
        key = self._prefix + name
        st.session_state.setdefault(key, self._kept.get(name, self._said.get(name, default)))
        # Imported events may have a value that is not in the list; keep it until another one is chosen.
        options = dict.fromkeys((*words, str(st.session_state[key])))
        st.selectbox(
            label, list(options), key=key, format_func=lambda value: words.get(value, value), filter_mode="contains"
        )
        state.show_error(name)

    def changed(self) -> dict[str, str]:
        """Return the fields that differ from the event."""
        held = {
            str(key).removeprefix(self._prefix): str(value or "")
            for key, value in st.session_state.items()
            if str(key).startswith(self._prefix)
        }
        for name in [name for name in held if name.startswith("claim") and name.endswith("_text")]:
            if not held[name].strip():
                # The kind of a claim is always selected; without text there is no claim.
                held |= {name.replace("_text", part): "" for part in ("_kind", "_source")}
        for name in [name for name in held if name.startswith("translation") and name.endswith("_language")]:
            if not any(held.get(name.replace("_language", part), "").strip() for part in ("_title", "_about")):
                held[name] = ""
        return {name: text for name, text in held.items() if text != self._said.get(name, "")}

    def numbers(self, group: str) -> list[str]:
        """Return the suffixes in the field names of a group's items, and one more for a new item."""
        heads = dict.fromkeys(name.partition("_")[0] for name in self._said if name.startswith(group))
        return [*(head.removeprefix(group) for head in heads), next_number(self._said, group)]


def render_edit(services: Services, event: Event) -> None:
    """Render the fields of an event and the button that saves the changes."""
    event = opened_event(services, event)
    form = _Form(event)
    with st.form(f"edit-form-{event.id}-{event.revision}", border=False):
        form.text("title", tr("Title"), MAX_TITLE)
        left, right = st.columns(2)
        with left:
            form.choice("kind", tr("Kind"), {str(kind): tr(KIND_LABELS[kind]) for kind in Kind}, str(Kind.RALLY))
        with right:
            words = {str(s): tr(STATUS_LABELS[s]) for s in EventStatus}
            form.choice("status", trc("of an event: held, cancelled …", "State"), words, str(EventStatus.HELD))
        form.text("about", tr("What is it about?"), MAX_TEXT, tall=True)
        _render_languages(form)
        _render_when(form)
        _render_where(form)
        left, right = st.columns(2)
        with left:
            form.text("organisers", tr("Organisers, one a line"), _NAMES, tall=True)
        with right:
            form.text("communities", tr("Communities, one a line"), _NAMES, tall=True)
        _render_crowd(form)
        _render_claims(form)
        _render_sources(form)
        st.form_submit_button(
            tr("Save the changes"),
            key=f"save-{event.id}-{event.revision}",
            type="primary",
            on_click=_save,
            args=(services, event),
        )


def _render_languages(form: _Form) -> None:
    names = {tag: language_name(tag) for tag in language_choices()}
    known = {"": trc("language", "not known"), **names}
    form.choice("language", tr("Language of title and summary"), known, "")
    for number in form.numbers("translation"):
        language, title, about = st.columns([1, 2, 2])
        with language:
            options = {"": tr("Choose a language"), **names}
            form.choice(f"translation{number}_language", tr("Another language"), options, "")
        with title:
            form.text(f"translation{number}_title", tr("Title in this language"), MAX_TITLE)
        with about:
            form.text(
                f"translation{number}_about", tr("What is it about, in this language (optional)"), MAX_TEXT, tall=True
            )
    state.show_error("translations")


def _render_when(form: _Form) -> None:
    precision, start, end = st.columns(3)
    with precision:
        words = {str(p): tr(label) for p, label in PRECISION_LABELS.items()}
        form.choice("precision", tr("Known of the date"), words, str(DatePrecision.UNKNOWN))
    with start:
        form.text("start", tr("Day, month or year"), MAX_WRITTEN)
        state.show_error("date")
    with end:
        form.text("end", tr("Last day, if it lasts longer"), MAX_WRITTEN)
    starts, ends, zone = st.columns(3)
    with starts:
        form.text("start_time", tr("Starts at"), 10)
    with ends:
        form.text("end_time", tr("Ends at"), 10)
    with zone:
        form.text("zone", tr("Time zone"), 60)


def _render_where(form: _Form) -> None:
    place, country, attendance = st.columns([2, 1, 1])
    with place:
        form.text("place_text", tr("Place in words, as its source has it"), MAX_NAME)
        state.show_error("place")
    with country:
        names = {"": trc("country", "not chosen"), **{code: country_name(code) for code in country_names()}}
        form.choice("country", tr("Country"), names, "")
    with attendance:
        modes = {str(mode): tr(ATTENDANCE_LABELS[mode]) for mode in AttendanceMode}
        form.choice("attendance_mode", tr("How people take part"), modes, str(AttendanceMode.IN_PERSON))
    for number in form.numbers("route"):
        form.text(f"route{number}_text", tr("Point {n} of the route", n=digits(number or "1")), MAX_NAME)
    venue, disclosure, disclosed_from = st.columns([2, 2, 1.4])
    with venue:
        form.text("venue", tr("Exact location (square, building)"), MAX_NAME)
    with disclosure:
        words = {str(d): tr(DISCLOSURE_LABELS[d]) for d in Disclosure}
        form.choice("disclosure", tr("What is public before the event"), words, str(Disclosure.CITY))
    with disclosed_from:
        form.text("disclosed_from", tr("Exact location is public from"), 40)


def _render_crowd(form: _Form) -> None:
    for number in form.numbers("crowd"):
        low, high, words, by, kind = st.columns([1, 1, 1.4, 1.4, 1.4])
        with low:
            # Translators: the smallest number of people, next to the field “to”.
            form.text(f"crowd{number}_low", tr("Crowd from"), 12)
        with high:
            form.text(f"crowd{number}_high", trc("the largest number of people", "to"), 12)
        with words:
            form.text(f"crowd{number}_words", trc("the size of a crowd", "or in words"), MAX_NAME)
        with by:
            form.text(f"crowd{number}_by", tr("According to"), MAX_NAME)
        with kind:
            # Translators: the choices are “how many came” and “how many were expected”.
            expected = {"": tr("how many came"), "yes": tr("how many were expected")}
            form.choice(
                f"crowd{number}_expected", trc("how many people came or were expected", "The number says"), expected, ""
            )


def _render_claims(form: _Form) -> None:
    for number in form.numbers("claim"):
        kind, text, by = st.columns([1, 2.6, 1.4])
        with kind:
            words = {str(k): tr(CLAIM_LABELS[k]) for k in ClaimKind}
            form.choice(f"claim{number}_kind", tr("Quote: kind"), words, str(ClaimKind.SLOGAN))
        with text:
            form.text(f"claim{number}_text", trc("words that were said at an event", "Quote"), MAX_QUOTE)
        with by:
            form.text(f"claim{number}_by", tr("Said by"), MAX_NAME)


def _render_sources(form: _Form) -> None:
    for number in form.numbers("source"):
        url, title, publisher, day = st.columns([2, 2, 1.3, 1.1])
        with url:
            form.text(f"source{number}_url", tr("Source: link"), MAX_URL)
        with title:
            # Translators: the title of a source.
            form.text(f"source{number}_title", tr("Its title"), MAX_QUOTE)
        with publisher:
            form.text(f"source{number}_publisher", tr("Publisher"), MAX_NAME)
        with day:
            # Translators: the day on which a source was published.
            form.text(f"source{number}_published", tr("Published on"), 20)


def _save(services: Services, event: Event) -> None:
    change_event(services, event, _Form(event).changed())


def change_event(services: Services, event: Event, fields: Mapping[str, str]) -> None:
    """Change some fields of an event, and store the result message."""
    errors: dict[str, str] = {}

    def action(account: Account, idempotency_key: str) -> str:
        if not fields:
            return tr("Nothing was changed.")
        edited = edit_event(
            services.db,
            services.resolver,
            event.id,
            fields,
            account=account,
            expected_revision=event.revision,
            idempotency_key=idempotency_key,
        )
        if edited.event is None:
            errors.update(edited.errors)
            return ""
        return _in_words(services, event, edited.event)

    is_done = state.attempt(services, f"edit:{event.id}@{event.revision}", action, seen={event.id: event.revision})
    state.refill_forms()
    state.store_typed(f"edit:{event.id}", {} if is_done else fields)
    state.store_typed(f"edit-of:{event.id}", fields_of_event(event))
    if errors:
        state.store_errors(errors)


def _in_words(services: Services, before: Event, after: Event) -> str:
    if is_waiting(services.db, after):
        return waiting_in_words(after)
    if before.location is not None and after.location is None:
        return tr("“{title}” is changed. Its new place is not found; settle it under Place.", title=after.title)
    return tr("“{title}” is changed.", title=after.title)
