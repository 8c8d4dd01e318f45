"""The place check of the open event: candidates to choose, a pin to drag, coordinates to type."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from rallymap.countries import country_name
from rallymap.errors import InvalidEventError
from rallymap.events import MAX_NAME, Event
from rallymap.language import say, sentences, tr
from rallymap.moderation import Account
from rallymap.places import Candidate
from rallymap.store import PlaceCheck
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.pick_panel import render_pick_map
from rallymap.ui.plain import plain_label, spoken_label
from rallymap.ui.review import state
from rallymap.ui.review.words import waiting_in_words
from rallymap.ui.street_link import render_street_link
from rallymap.ui.theme import theme_name
from rallymap.wording import PLACE_NOTES
from rallymap.workflows.locations import place_check_reason
from rallymap.workflows.place_checks import (
    Point,
    places_to_choose,
    read_point,
    scope_of_wording,
    settle_place,
    wording_of,
)
from rallymap.workflows.place_memory import may_remember
from rallymap.workflows.second_moderator import is_waiting
from rallymap.workflows.services import Services

_PICK = "settle_pick"


@dataclass
class _Pick:
    """The current choice for one event: a candidate's index, or typed coordinates, which take precedence."""

    of: str
    index: int | None = None
    coordinates: str = ""
    wording: str = ""


def outcome_in_words(outcome: str) -> str:
    """Return the reason why a place needs a check."""
    return say(place_check_reason(outcome))


def render_place_check(services: Services, account: Account, event: Event, check: PlaceCheck | None) -> None:
    """Render the candidates for an event's place, and the button that confirms it."""
    pick = _pick_of(event)
    why = f" {outcome_in_words(check.outcome)}" if check is not None else ""
    paragraph(event.title, "rm-section-first", is_written=True)
    paragraph(f"{_as_written(event)}{why}", "rm-found", is_written=True)
    left, right = st.columns([1, 1.2], gap="small")
    with left:
        _keep_text("wording", tr("Search again"), pick, MAX_NAME, placeholder=event.place.text)
        candidates = places_to_choose(event, check, services.resolver, pick.wording)
        _render_candidates(candidates, pick)
        _keep_text("coordinates", tr("Coordinates, or drag the pin"), pick, 200, placeholder="59.9130, 10.7402")
        choice, error = _choice(candidates, pick)
        if error:
            paragraph(error, "rm-error", role="alert")
    with right:
        with st.container(key="settle_map"):
            point = choice if isinstance(choice, tuple) else None
            _render_map(event, candidates, pick, point)
        # Below the map, whose space is reserved: results on the left must never move the buttons while somebody clicks.
        _render_buttons(services, account, event, pick, candidates, choice)
        if choice is not None:
            render_street_link(*((choice.lat, choice.lon) if isinstance(choice, Candidate) else choice))


def _as_written(event: Event) -> str:
    words = ", ".join(part for part in (event.place.venue, event.place.text) if part)
    if not words:
        # Translators: the event has no text that says where it was.
        return tr("No place is written.")
    if not event.place.country_hint:
        # Translators: {place} is how the place is written in an event's source.
        return tr("Written “{place}”.", place=words)
    return tr("Written “{place}”, {country}.", place=words, country=country_name(event.place.country_hint))


def _pick_of(event: Event) -> _Pick:
    name = f"{event.id}@{event.revision}"
    pick: _Pick | None = st.session_state.get(_PICK)
    if pick is None or not pick.of.startswith(f"{event.id}@"):
        pick = st.session_state[_PICK] = _Pick(name)
    elif pick.of != name:
        # Another moderator was faster: keep typed text, but reset a choice among the old candidates.
        pick = st.session_state[_PICK] = _Pick(name, coordinates=pick.coordinates, wording=pick.wording)
    return pick


def _keep_text(field: str, label: str, pick: _Pick, max_length: int, *, placeholder: str) -> None:
    key = f"settle-{field}-{pick.of.partition('@')[0]}"  # without the revision, to keep typed text
    st.session_state[key] = getattr(pick, field)

    def take() -> None:
        setattr(pick, field, str(st.session_state[key] or "").strip())
        if field == "wording":
            pick.index = None

    st.text_input(label, key=key, max_chars=max_length, placeholder=placeholder or None, on_change=take)


def _render_candidates(candidates: tuple[Candidate, ...], pick: _Pick) -> None:
    if not candidates:
        paragraph(tr("Nothing is found by these words."), "rm-found")
        return
    key = f"settle-candidate-{pick.of}-{pick.wording}"
    st.session_state[key] = pick.index if pick.index is not None and pick.index < len(candidates) else None

    def take() -> None:
        pick.index, pick.coordinates = st.session_state[key], ""

    notes = [tr(PLACE_NOTES[candidate.precision]) for candidate in candidates]
    st.radio(
        tr("Which place is meant?"),
        range(len(candidates)),
        key=key,
        format_func=lambda index: plain_label(candidates[index].label),
        captions=notes if len(set(notes)) > 1 else None,
        on_change=take,
    )


def _choice(candidates: tuple[Candidate, ...], pick: _Pick) -> tuple[Candidate | Point | None, str]:
    if pick.coordinates:
        try:
            return read_point(pick.coordinates), ""
        except InvalidEventError as err:
            return None, err.user_message
    if pick.index is not None and pick.index < len(candidates):
        return candidates[pick.index], ""
    return None, ""


def _render_map(event: Event, candidates: tuple[Candidate, ...], pick: _Pick, point: Point | None) -> None:
    message = render_pick_map(
        key=f"settle-map-{event.id}",
        candidates=[(c.lat, c.lon, c.label, c.radius_m, str(c.precision)) for c in candidates],
        chosen=pick.index,
        draggable=True,
        theme=theme_name(),
        pin=point or (_initial_pin(event, candidates) if pick.index is None else None),
        height_px=320,
    )
    if message is None:
        return
    if message.candidate is not None:
        pick.index, pick.coordinates = message.candidate, ""
    else:
        pick.coordinates = f"{message.lat:.5f}, {message.lon:.5f}"
    st.rerun()


def _initial_pin(event: Event, candidates: tuple[Candidate, ...]) -> Point | None:
    """Return the initial position of the pin if no candidate provides one."""
    if event.location is not None:
        return event.location.lat, event.location.lon
    return None if candidates else (30.0, 10.0)


def _render_buttons(
    services: Services,
    account: Account,
    event: Event,
    pick: _Pick,
    candidates: tuple[Candidate, ...],
    choice: Candidate | Point | None,
) -> None:
    wording = wording_of(event, choice)
    remember_key, save_key = f"settle-remember-{event.id}", f"settle-{event.id}@{event.revision}"
    offers = bool(wording) and may_remember(event, services.now())
    with st.container(key="settle_remember"):
        if offers and choice is not None:
            scope, words = scope_of_wording(account, event, choice), spoken_label(wording)
            if scope:
                label = tr(
                    "From now on, “{words}” in {country} means this place", words=words, country=country_name(scope)
                )
            else:
                label = tr("From now on, “{words}” means this place", words=words)
            st.checkbox(label, key=remember_key)

    def settle(has_place: bool) -> None:
        # Read here, not when the button was rendered: coordinates may have been typed just before this click.
        settled, error = _choice(candidates, pick) if has_place else (None, "")

        def action(account: Account, idempotency_key: str) -> str:
            if has_place and settled is None:
                no_choice = tr("Choose a place from the list, type coordinates or drag the pin.")
                raise InvalidEventError("place", error or no_choice)
            after, problem = settle_place(
                services.db,
                services.resolver,
                event,
                settled,
                account=account,
                nearby=candidates,
                remember=offers and bool(st.session_state.get(remember_key)),
                idempotency_key=idempotency_key,
            )
            return _in_words(services, after, problem)

        form = f"settle:{event.id}@{event.revision}:{settled}"
        if state.attempt(services, form, action, fields={"place": save_key}, seen={event.id: event.revision}):
            st.session_state.pop(_PICK, None)
            if state.view() == "places":
                state.choose_next(event.id)

    with st.container(key="settle_buttons", horizontal=True):
        st.button(tr("Save place"), key=save_key, type="primary", on_click=settle, args=(True,))
        st.button(
            tr("Leave it without a place"),
            key=f"settle-none-{event.id}@{event.revision}",
            on_click=settle,
            args=(False,),
        )
    state.show_error(save_key)


def _in_words(services: Services, after: Event, problem: str) -> str:
    if is_waiting(services.db, after):
        return sentences((waiting_in_words(after), problem))
    settled, title = after.location is not None, after.title
    said = [
        tr("The place of “{title}” is settled.", title=title) if settled else tr("“{title}” has no place.", title=title)
    ]
    return sentences((*said, problem))
