"""From a filled-in form to a pending event with a receipt."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from anyascii import anyascii

from rallymap.errors import InvalidEventError, RateLimitError
from rallymap.events import Event
from rallymap.intake.submission import read_submission
from rallymap.intake.written_dates import read_date
from rallymap.moderation import VISITOR, Account
from rallymap.places import Answer, Candidate, Located, Resolver
from rallymap.places import candidates_of as candidates_of_answer
from rallymap.store import EventStore, PlaceToCheck, Receipt
from rallymap.workflows.disclosure import check_status, with_disclosure
from rallymap.workflows.fair_use import TRAP_FIELD, check_rate, looks_like_a_robot
from rallymap.workflows.geocoding import LOW_CONFIDENCE, locate, located_event, zone_finder
from rallymap.workflows.pin_check import contradiction_of_pin, says_same_place
from rallymap.workflows.repeating import Repeat, events_of_rule

MAX_CONTACT = 300
MOST_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Suggested:
    """No place has this name, but some begin like it; only a person's choice makes one of them the event's place."""

    query: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as far as it goes.

    Attributes
    ----------
    event
        The event the fields describe, with its place resolved; None while a field has a mistake.
    answer
        What the gazetteer says to the place text, or None where there is no text.
    errors
        One sentence per field that has a mistake, by field name.
    to_check
        What a moderator has to settle about the place, or None.
    """

    event: Event | None
    answer: Answer | Suggested | None
    errors: Mapping[str, str]
    to_check: PlaceToCheck | None = None


def sketch_event(resolver: Resolver, fields: Mapping[str, str], *, chosen: int | None = None) -> Event | None:
    """Return an event from the fields that tell one event from another, as far as they are right.

    None without a place or a source to compare by. Finds similar events while the form is still half empty.
    """
    names = ("kind", "precision", "start", "end", "place_text", "country", "source_url", "source_title")
    told = {name: fields.get(name, "") for name in names} | {"title": fields.get("title") or "-"}
    draft = draft_event(resolver, told, chosen=chosen)
    if draft.event is None:
        wrong = {"start", "end", "precision"} if {"start", "end"} & set(draft.errors) else set(draft.errors)
        draft = draft_event(resolver, {n: t for n, t in told.items() if n not in wrong}, chosen=chosen)
    event = draft.event
    return event if event is not None and (event.location is not None or event.sources) else None


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending a form: one receipt per event, none where `draft` has mistakes."""

    receipts: tuple[Receipt, ...]
    draft: Draft


def find_place(resolver: Resolver, text: str, country: str = "") -> Answer | Suggested | None:
    """Look a place text up, offline; None for an empty text.

    A text that names no place yet is taken for the beginning of a name that is still being typed.
    """
    if not text.strip():
        return None
    answer = resolver.resolve(text, country=country or None)
    sure = isinstance(answer, Located) and answer.candidate.confidence >= LOW_CONFIDENCE
    if sure or _has_a_name_like(text, candidates_of(answer)):
        return answer
    suggested = resolver.suggest(text, limit=MOST_SUGGESTIONS, country=country or None)
    return Suggested(text, tuple(suggested)) if suggested else answer


def _has_a_name_like(text: str, candidates: tuple[Candidate, ...]) -> bool:
    """Tell whether the text is a whole name, rather than its beginning that happens to look like other names."""
    return any(candidate.name.casefold() in text.casefold() for candidate in candidates)


def candidates_of(answer: Answer | Suggested | None) -> tuple[Candidate, ...]:
    """Return the places an answer offers, most likely first."""
    match answer:
        case None:
            return ()
        case Suggested(candidates=candidates):
            return candidates
        case _:
            return candidates_of_answer(answer)


def draft_event(
    resolver: Resolver,
    fields: Mapping[str, str],
    *,
    chosen: int | None = None,
    now: datetime | None = None,
    before: Event | None = None,
) -> Draft:
    """Check all fields of the form and resolve its place.

    Parameters
    ----------
    resolver
        Offline; asked once.
    fields
        Texts by field name, as :func:`rallymap.intake.submission.read_submission` takes them, and ``contact``.
    chosen
        Index of the candidate that the organiser picked, or None to let the answer stand.
    now
        With a zone; None is the present moment.
    before
        The event that is changed: what it says already is not refused because time has passed. None for a new event.

    Returns
    -------
    draft
        Every mistake at once, each beside its field.
    """
    now = now or datetime.now(UTC)
    answer = find_place(resolver, fields.get("place_text", ""), fields.get("country", ""))
    picks = candidates_of(answer)
    picked = picks[chosen] if chosen is not None and 0 <= chosen < len(picks) else None
    city = picked or (picks[0] if picks else None)
    checked = read_submission(
        {name: text for name, text in fields.items() if name not in ("contact", TRAP_FIELD)},
        event_id=new_event_id(city.name if city else ""),
        find_zone=zone_finder(resolver),
        today=now.date(),
    )
    errors: dict[str, str] = {}
    for error in checked.errors:
        errors.setdefault(error.field, error.user_message)
    if len(fields.get("contact", "")) > MAX_CONTACT:
        errors["contact"] = f"This contact is too long; at most {MAX_CONTACT} characters fit."
    if checked.event is None or errors:
        return Draft(None, answer, errors)
    contradiction = _contradiction(checked.event, answer, picked, before)
    if contradiction:
        return Draft(None, answer, {"coordinates": contradiction})
    if picked is not None:
        event, to_check = located_event(checked.event, None, picked), None
    else:
        placed = locate(checked.event, resolver)
        event, to_check = placed.event, placed.to_check
    try:
        if fields.get("status"):
            check_status(event, now=now, before=before)
        return Draft(with_disclosure(event, fields, now=now, before=before), answer, {}, to_check)
    except InvalidEventError as err:
        return Draft(None, answer, {err.field: err.user_message})


def _contradiction(
    event: Event, answer: Answer | Suggested | None, picked: Candidate | None, before: Event | None
) -> str:
    """Say where the point that a form gives contradicts its place in words; "" where it does not, or did before."""
    if event.location is None or (before is not None and says_same_place(event, before)):
        return ""
    known = None if isinstance(answer, Suggested) else answer
    return contradiction_of_pin((event.location.lat, event.location.lon), known, picked)


def submit_event(
    store: EventStore,
    resolver: Resolver,
    fields: Mapping[str, str],
    *,
    chosen: int | None = None,
    nonce: str,
    address: str = "",
    opened: datetime | None = None,
    actor: Account = VISITOR,
    now: datetime,
) -> Sent:
    """Put the form's event, or each event of its repetition, before the moderators.

    Parameters
    ----------
    nonce
        One random text per filled-in form, at least 16 characters; the same nonce twice makes one event and gives
        the same receipt.
    address
        Network address of who sends, for the limit per hour; "" where it is not known.
    opened
        When the form was opened, or None where that is not known.
    actor
        Who is signed in.
    now
        With a zone.

    Returns
    -------
    sent
        Without receipts where the draft has mistakes; nothing is saved then.

    Raises
    ------
    RateLimitError
        If this network sent too many within an hour, or a robot filled the form.
    StoreUnavailableError
        If the database cannot be written; the form keeps what was typed.
    """
    draft = draft_event(resolver, fields, chosen=chosen, now=now)
    if draft.event is None:
        return Sent((), draft)
    if looks_like_a_robot(fields, opened, now):
        raise RateLimitError("This was very quick. Please read the form once more, then send it.", retry_after_s=4)
    check_rate(store, "submission", address, now)
    try:
        events = events_of_form(draft.event, fields)
    except InvalidEventError as err:
        return Sent((), Draft(None, draft.answer, {err.field: err.user_message}))
    check_rate(store, "event", address, now, amount=len(events))
    receipts = [
        store.submit(
            event,
            nonce=nonce if number == 0 else f"{nonce}-{number}",
            contact=fields.get("contact", "").strip(),
            actor=actor,
            place_to_check=draft.to_check,
        )
        for number, event in enumerate(events)
    ]
    return Sent(tuple(receipts), draft)


def events_of_form(event: Event, fields: Mapping[str, str]) -> list[Event]:
    """Return the event, or all that the fields ``repeat`` and ``repeat_until`` make of it.

    Raises
    ------
    InvalidEventError
        If the repetition cannot be followed.
    """
    repeat = Repeat(fields.get("repeat") or Repeat.NEVER)
    if repeat is Repeat.NEVER:
        return [event]
    until = read_date("repeat_until", fields.get("repeat_until", ""))
    if until.end is None:
        raise InvalidEventError("repeat_until", "Please give the last day of the repetition.")
    return events_of_rule(event, repeat, until.end)


def new_event_id(city: str) -> str:
    """Make an id from the city's name and a random part: never the venue, which may not be public yet."""
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(city).casefold()).strip("-")[:32].strip("-")
    return f"{words or 'event'}-{secrets.token_hex(5)}"
