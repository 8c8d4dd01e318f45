"""State of Review: the open event and the result of the last action; in the session, the open event also in the URL."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

import streamlit as st

from rallymap.errors import (
    EventNotFoundError,
    InvalidEventError,
    ModerationError,
    RallymapError,
    SettledError,
    StaleEventError,
)
from rallymap.events import Event, read_id
from rallymap.language import tr
from rallymap.moderation import VISITOR, Account
from rallymap.ui.link import ignore_next_link, read_link, write_link
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review.changed_since import changed_since_in_words
from rallymap.ui.signed_in import signed_in_account
from rallymap.workflows.services import Services

VIEWS = ("queue", "messages", "places", "reports", "changes", "follow-up", "coverage", "figures", "accounts", "log")
_VIEW, _CHOSEN, _SHOWN = "review_at", "review_chosen", "review_shown_ids"
_KEYS, _DONE, _PROBLEM, _ERRORS = "review_keys", "review_done", "review_problem", "review_errors"
_SECTION, _KEPT, _SECRET, _ATTEMPTS = "review_section", "review_kept", "review_secret", "review_turn"
_OPENED, _NOTED, _DECIDED = "review_opened", "review_noted", "review_decided"
_REFUSED = "review_refused"
_NO_FIELDS: Mapping[str, str] = MappingProxyType({})
_NOTHING_SEEN: Mapping[str, int] = MappingProxyType({})


def read_state() -> None:
    """Restore the list and the open event from the URL if the visitor changed it."""
    read_link(_apply, page="review")


def write_state() -> None:
    """Write the list and the open event to the URL."""
    write_link({"view": [view()] if view() != VIEWS[0] else [], "event": [chosen() or ""] if chosen() else []})


def view() -> str:
    """Return which list is shown, one of :data:`VIEWS`."""
    found: str = st.session_state.get(_VIEW, VIEWS[0])
    return found


def show(name: str) -> None:
    """Switch to another list and close the open event; for button callbacks."""
    st.session_state[_VIEW] = name
    choose(None)


def chosen() -> str | None:
    """Return the id of the open event."""
    event_id: str | None = st.session_state.get(_CHOSEN)
    return event_id


def choose(event_id: str | None) -> None:
    """Open an event, or close the open one, and clear the result of the last action; for button callbacks."""
    ignore_next_link()
    _open(event_id)


def _open(event_id: str | None) -> None:
    st.session_state[_CHOSEN] = event_id
    for name in (_DONE, _PROBLEM, _ERRORS, _SECTION, _KEPT, _SECRET, _OPENED):
        st.session_state.pop(name, None)


def note_shown(ids: Sequence[str]) -> None:
    """Store which events the list shows, so that the next one can be opened."""
    st.session_state[_SHOWN] = list(ids)


def choose_next(done: str) -> None:
    """Open the event below a finished one, or above it at the end of the list; none if it was the only one.

    If another event is already open, for example after a double click, it stays open.
    """
    if chosen() != done:
        return
    ids: list[str] = st.session_state.get(_SHOWN, [])
    at = ids.index(done) if done in ids else -1
    others = [*ids[at + 1 :], *reversed(ids[: max(at, 0)])]
    st.session_state[_CHOSEN] = others[0] if others else None
    st.session_state.pop(_SECTION, None)


def show_event(event_id: str | None) -> None:
    """Open the event that an action leads to, or none; keep the result of the action."""
    st.session_state[_CHOSEN] = event_id
    st.session_state.pop(_SECTION, None)


def section() -> str | None:
    """Return which section of the open event is shown below its card; None for none."""
    name: str | None = st.session_state.get(_SECTION)
    return name


def show_section(name: str | None) -> None:
    """Show another section of the open event, or none; for button callbacks."""
    ignore_next_link()
    st.session_state[_SECTION] = name
    refill_forms()


def attempt(
    services: Services,
    form: str,
    action: Callable[[Account, str], str],
    *,
    fields: Mapping[str, str] = _NO_FIELDS,
    seen: Mapping[str, int] = _NOTHING_SEEN,
) -> bool:
    """Run an action once, and store its result message for the next rerun.

    The account is looked up now: the button may have been rendered long before, and the permission may have been
    revoked since.

    Parameters
    ----------
    form
        Identifies the action as the moderator saw it, including the revision: the same form sent twice, as by a double
        click, has one idempotency key and acts once.
    action
        Takes the account and the idempotency key, and returns a sentence that describes the result.
    fields
        Widget keys of this form by the field name of an error: such an error is shown at its widget by
        :func:`show_error`, any other at the top of the page.
    seen
        The revision of each event that the moderator saw, by id: if another moderator was faster, the message says who
        changed what.

    Returns
    -------
    done
        False if the action failed; the reason is then stored.
    """
    ignore_next_link()
    st.session_state[_ATTEMPTS] = attempt_count() + 1
    keys: dict[str, str] = st.session_state.setdefault(_KEYS, {})
    idempotency_key = keys.setdefault(form, secrets.token_urlsafe(18))
    for name in (_DONE, _PROBLEM, _ERRORS, _SECRET, _DECIDED, _REFUSED):
        st.session_state.pop(name, None)
    account = None
    try:
        account = signed_in_account(services)
        sentence = action(account or VISITOR, idempotency_key)
    except (InvalidEventError, ModerationError) as err:
        if err.field in fields:
            st.session_state[_ERRORS] = {fields[err.field]: err.user_message}
            return False
        st.session_state[_PROBLEM] = _with_changes(services, err, account, seen)
        return False
    except RallymapError as err:
        st.session_state[_PROBLEM] = _with_changes(services, err, account, seen)
        return False
    st.session_state[_DONE] = sentence
    return True


def _with_changes(services: Services, error: RallymapError, account: Account | None, seen: Mapping[str, int]) -> str:
    if account is None or not seen or not isinstance(error, StaleEventError | EventNotFoundError | SettledError):
        return error.user_message
    try:
        return "\n".join([error.user_message, *changed_since_in_words(services, account, seen)])
    except RallymapError:
        return error.user_message


def store_problems(sentences: Sequence[str]) -> None:
    """Store what failed in the last action, one line per sentence; an empty sequence means that all of it succeeded."""
    if sentences:
        st.session_state[_PROBLEM] = "\n".join(sentences)
        if not st.session_state[_DONE]:
            del st.session_state[_DONE]


def store_typed(form: str, fields: Mapping[str, str]) -> None:
    """Keep text that was typed into a form of the open event, to restore it at a new revision."""
    st.session_state.setdefault(_KEPT, {})[form] = dict(fields)


def stored_typed(form: str) -> Mapping[str, str]:
    """Return the text typed into a form whose action failed; empty if it succeeded."""
    kept: Mapping[str, Mapping[str, str]] = st.session_state.get(_KEPT, {})
    return kept.get(form, {})


def store_errors(errors: Mapping[str, str]) -> None:
    """Store the errors of a form by field name; the first is also shown at the top of the page."""
    st.session_state[_ERRORS] = dict(errors)
    st.session_state.pop(_DONE, None)
    # Translators: {problem} is a whole sentence.
    st.session_state[_PROBLEM] = tr("Nothing was changed. {problem}", problem=next(iter(errors.values())))


def show_error(*fields: str) -> None:
    """Show the error of the field above; `fields` are the names under which it may be stored."""
    errors: Mapping[str, str] = st.session_state.get(_ERRORS, {})
    for sentence, name in {errors[name]: name for name in reversed(fields) if name in errors}.items():
        paragraph(sentence, "rm-error", role="alert", anchor=f"error-{name}")


def as_opened(event: Event) -> Event:
    """Return the open event at the revision its forms were filled with.

    The page reruns when somebody else changes the event. Forms filled from another revision would be other widgets, and
    typed text would be lost.
    """
    opened: Event | None = st.session_state.get(_OPENED)
    if opened is None or opened.id != event.id:
        opened = st.session_state[_OPENED] = event
    return opened


def refill_forms() -> None:
    """Fill the forms with the current event at the next rerun."""
    st.session_state.pop(_OPENED, None)


def notes_written(event_id: str) -> int:
    """Return how many notes this session added to an event; each note has a field with its own key."""
    written: dict[str, int] = st.session_state.get(_NOTED, {})
    return written.get(event_id, 0)


def count_note(event_id: str) -> None:
    """Count a note that this session added to an event."""
    st.session_state.setdefault(_NOTED, {})[event_id] = notes_written(event_id) + 1


def attempt_count() -> int:
    """Return the number of attempted actions; the page scrolls to an error once per attempt."""
    count: int = st.session_state.get(_ATTEMPTS, 0)
    return count


def store_secret(text: str) -> None:
    """Store a secret result, such as a one-time link, which is shown until the next action."""
    st.session_state[_SECRET] = text


def stored_secret() -> str:
    """Return the secret result of the last action; "" for none."""
    text: str = st.session_state.get(_SECRET, "")
    return text


def note_decided(events: Iterable[Event]) -> None:
    """Store which events the action that now runs has decided about, so that it can be undone."""
    st.session_state[_DECIDED] = {event.id: event.revision for event in events}


def last_decided() -> Mapping[str, int]:
    """Return the revision that the last action created by a decision, by event id; empty if it failed or was none."""
    decided: Mapping[str, int] = st.session_state.get(_DECIDED, {})
    return decided if _DONE in st.session_state else {}


def note_refused(event: Event) -> None:
    """Store of which event the action that now runs has refused a proposal, so that it can be undone."""
    st.session_state[_REFUSED] = event.id


def last_refused() -> str:
    """Return the event of which the last action refused a proposal; "" if it failed or was none."""
    event_id: str = st.session_state.get(_REFUSED, "")
    return event_id if _DONE in st.session_state else ""


def render_messages() -> None:
    """Render the result of the last action."""
    done, problem = st.session_state.get(_DONE), st.session_state.get(_PROBLEM)
    if done:
        paragraph(done, "rm-said", role="status")
    if problem:
        paragraph(problem, "rm-said rm-said-problem", role="alert")


def _apply(parameters: Mapping[str, Sequence[str]]) -> None:
    wanted = (parameters.get("view") or [VIEWS[0]])[-1]
    event_id = (parameters.get("event") or [""])[-1]
    if (wanted, event_id) == (view(), chosen() or ""):
        return
    st.session_state[_VIEW] = wanted if wanted in VIEWS else VIEWS[0]
    _open(read_id(event_id) or None)
