"""The other cities of a campaign: each row of the form's table becomes an event like that of the form."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rallymap.countries.reader import read_country_code
from rallymap.dates import DatePrecision
from rallymap.errors import InvalidEventError
from rallymap.events import Campaign, Event
from rallymap.intake.cells.times import read_times
from rallymap.intake.city_table import CityRow, kept_cities
from rallymap.intake.field_errors import FieldErrors
from rallymap.intake.filled_form import CHOSEN_PLACE
from rallymap.intake.groups import split_name
from rallymap.intake.names import join_names, split_names
from rallymap.intake.submission import shown_fields
from rallymap.intake.when import read_when
from rallymap.intake.written_dates import read_date
from rallymap.language import digits, sentences, tr, trn
from rallymap.places import Resolver
from rallymap.store import PlaceCheck
from rallymap.workflows.form_events import Draft, dates_of_form, draft_event
from rallymap.workflows.recurrence import MOST

CITIES, CITY_CHOICES = "cities", "cities_chosen"
"""Fields of the form: the table, and the places that were chosen for its ambiguous texts, one a line."""
_OF_ONE_CITY = (
    "place_text", "venue", "country", "coordinates", "lat", "lon", "location_precision", CHOSEN_PLACE, "zone",
    "contact", CITIES, CITY_CHOICES,
)  # fmt: skip
_EXACT = ("", DatePrecision.DAY, DatePrecision.MINUTE)


@dataclass(frozen=True, slots=True)
class City:
    """One row of the table, read and looked up.

    Attributes
    ----------
    number
        Of the row, from 1.
    draft
        Its event, and what the gazetteer says to its place text.
    fields
        The form as it would be for this city alone.
    notes
        What was left out of the row, and why.
    repeats
        Whether an earlier row, or the form itself, says the same; then it is not sent.
    """

    number: int
    row: CityRow
    draft: Draft
    fields: Mapping[str, str]
    notes: tuple[str, ...] = ()
    repeats: bool = False


def draft_cities(resolver: Resolver, fields: Mapping[str, str], *, now: datetime) -> list[City]:
    """Read the form's table of other cities, each row on its own; an unreadable detail is left out, never its row.

    What a row does not say is as the form says it for its own city; the local time is the same in each city, the
    coordinates, the route and the size of the crowd are not taken over.
    """
    rows = kept_cities(fields.get(CITIES, ""))
    if not rows:
        return []
    own = draft_event(resolver, fields, now=now)
    # What is wrong with the form itself is said there, once.
    wrong = own.errors.keys() - {"place_text", "country", "venue", "coordinates", "zone"}
    shared = {
        name: text
        for name, text in shown_fields(fields).items()
        if name not in _OF_ONE_CITY and name not in wrong and (split_name(name) or ("",))[0] not in ("crowd", "route")
    }
    shared["title"] = shared.get("title") or "-"
    if wrong & {"date", "start", "end", "precision", "start_time", "end_time"}:
        shared |= _NO_DAY
    seen: set[tuple[object, ...]] = {_identity(own.event)} if own.event is not None else set()
    found = []
    for number, row in enumerate(rows, 1):
        city = _draft_city(resolver, number, row, shared, fields.get(CITY_CHOICES, ""), now)
        key = _identity(city.draft.event) if city.draft.event is not None else (number,)
        found.append(replace(city, repeats=key in seen))
        seen.add(key)
    return found


def campaign_of_form(
    resolver: Resolver, event: Event, check: PlaceCheck | None, fields: Mapping[str, str], *, now: datetime
) -> list[tuple[Event, PlaceCheck | None]]:
    """Return all events that a form makes, each with what is to settle about its place: each date in each city.

    Where they are several, they are one campaign.

    Parameters
    ----------
    event, check
        The form's own event, as :func:`rallymap.workflows.form_events.draft_event` gives it.

    Raises
    ------
    InvalidEventError
        If they are more than 60, or a row cannot be an event.
    """
    shown = shown_fields(fields)
    made = [(one, check) for one in dates_of_form(event, shown)]
    for city in draft_cities(resolver, fields, now=now):
        if city.draft.event is None:
            reason = sentences(city.draft.errors.values())
            raise InvalidEventError(CITIES, tr("Row {n}: {problem}", n=digits(city.number), problem=reason))
        if not city.repeats:
            made += [(one, city.draft.to_check) for one in _dates_of_city(city.draft.event, shown)]
    if len(made) > MOST:
        sentence = trn(
            "This is {n} event; one form sends at most {most}. Send the other cities with a second form.",
            "These are {n} events; one form sends at most {most}. Send the other cities with a second form.",
            len(made), most=digits(MOST),
        )  # fmt: skip
        raise InvalidEventError(CITIES, sentence)
    if len(made) == 1:
        return made
    campaign = Campaign(f"campaign-{secrets.token_hex(5)}", event.title)
    return [(one.changed(campaign=campaign), to_check) for one, to_check in made]


def count_events(event: Event, cities: Sequence[City], fields: Mapping[str, str]) -> int:
    """Return how many events a form makes, each date in each city; rows that cannot be events yet are left out.

    `event` is the form's own, `cities` are what :func:`draft_cities` made of the fields.
    """
    shown = shown_fields(fields)
    others = (city.draft.event for city in cities if not city.repeats)
    return len(dates_of_form(event, shown)) + sum(len(_dates_of_city(one, shown)) for one in others if one is not None)


def _dates_of_city(event: Event, fields: Mapping[str, str]) -> list[Event]:
    try:
        return dates_of_form(event, fields)
    except InvalidEventError:
        return [event]  # the day of this city is another one, and the repetition ends before it


def _identity(event: Event) -> tuple[object, ...]:
    where = event.location
    point = (where.lat, where.lon) if where is not None else event.place.text.casefold()
    return point, event.place.venue.casefold(), event.when


def _draft_city(
    resolver: Resolver, number: int, row: CityRow, shared: Mapping[str, str], choices: str, now: datetime
) -> City:
    said, notes = _said(row, shared)
    while True:
        fields = {**shared, **said}
        fields[CHOSEN_PLACE] = _choice(choices, fields)
        draft = draft_event(resolver, fields, now=now)
        wrong = next((name for name in draft.errors if _can_be_left_out(name, fields)), "")
        if draft.event is not None or not wrong:
            return City(number, row, draft, fields, tuple(notes))
        if wrong == "zone" and not said["zone"]:
            notes.append(tr("The time is left out: its time zone is only known once the place is."))
            said |= _NO_TIME
            continue
        notes.append(tr("{problem} It is left out.", problem=draft.errors[wrong]))
        said |= _LEFT_OUT[wrong]


def _can_be_left_out(name: str, fields: Mapping[str, str]) -> bool:
    without = _NO_TIME if name == "zone" and not fields["zone"] else _LEFT_OUT.get(name, {})
    return any(fields.get(field, "") != text for field, text in without.items())


_NO_DAY = {"precision": DatePrecision.UNKNOWN.value, "start": "", "end": "", "start_time": "", "end_time": ""}
_NO_TIME = {"precision": DatePrecision.DAY.value, "start_time": "", "end_time": "", "zone": ""}
_LEFT_OUT: Mapping[str, Mapping[str, str]] = {
    "start": _NO_DAY,
    "date": _NO_DAY,
    "end": _NO_DAY,
    "precision": _NO_DAY,
    "start_time": _NO_TIME,
    "end_time": {"end_time": ""},
    "zone": {"zone": ""},
    "venue": {"venue": ""},
    "place": {"place_text": ""},
    "place_text": {"place_text": ""},
    "country": {"country": ""},
    "organisers": {"organisers": ""},
    # By its date; and the safest choice.
    "status": {"status": ""},
    "disclosure": {"disclosure": "", "disclosed_from": ""},
    "disclosed_from": {"disclosure": "", "disclosed_from": ""},
}
"""What the form says in place of a detail with an error."""


def _said(row: CityRow, shared: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return what a row says in the form's fields, and what of it cannot be read."""
    notes: list[str] = []
    said = {"place_text": row.city, "venue": row.venue}
    said["country"] = read_country_code(row.country) or ""
    if row.country and not said["country"]:
        notes.append(tr("“{text}” is not a country that is known. It is left out.", text=row.country[:40]))
    if row.organiser:
        said["organisers"] = join_names((*split_names(shared.get("organisers", "")), *split_names(row.organiser)))
    if row.date:
        said |= {"precision": "", "start": row.date, "end": _last_day(row.date, shared)}
        said |= _moved_disclosure(row.date, shared)
        if not shared.get("start_time"):
            said["precision"] = DatePrecision.DAY.value if _is_one_day(row.date) else ""
    if row.time:
        _say_time(row, shared, said, notes)
    said["zone"] = row.zone
    return said, notes


def _say_time(row: CityRow, shared: Mapping[str, str], said: dict[str, str], notes: list[str]) -> None:
    read = read_times(row.time)
    if read.start is None:
        notes.append(tr("“{text}” is not a time of day that can be read. It is left out.", text=row.time[:40]))
        said |= {"start_time": "", "end_time": ""}
        if said.get("precision", shared.get("precision", "")) == DatePrecision.MINUTE:
            said["precision"] = DatePrecision.DAY.value
    elif said.get("precision", shared.get("precision", "")) not in _EXACT:
        notes.append(tr("A time of day needs an exact day. It is left out."))
    else:
        said["start_time"] = f"{read.start:%H:%M}"
        said["end_time"] = f"{read.end:%H:%M}" if read.end is not None else ""
        if (read.end is None or read.end > read.start) and _goes_past_midnight(shared):
            said["end"] = ""
        said["precision"] = DatePrecision.MINUTE.value


def _goes_past_midnight(shared: Mapping[str, str]) -> bool:
    """Return whether the form's event ends on its second day only because it is an evening."""
    own = read_when(shared, FieldErrors(), "UTC")
    if own.start is None or own.end is None or own.start_time is None or own.end_time is None:
        return False
    return own.end - own.start == timedelta(days=1) and own.end_time < own.start_time


def _is_one_day(text: str) -> bool:
    try:
        return read_date("start", text).precision is DatePrecision.DAY
    except InvalidEventError:
        return False


def _last_day(text: str, shared: Mapping[str, str]) -> str:
    """Return the last day of an event that begins on another day than the form's and lasts as long; "" for one day."""
    own = read_when(shared, FieldErrors(), "UTC")
    if own.start is None or own.end is None or own.precision not in _EXACT:
        return ""
    length = own.end - own.start
    try:
        first = read_date("start", text)
    except InvalidEventError:
        return ""
    if not length or first.start is None or first.end != first.start:
        return ""
    return (first.start + length).isoformat() if length < timedelta(days=366) else ""


def _moved_disclosure(text: str, shared: Mapping[str, str]) -> dict[str, str]:
    """Return the time from which the exact location is public, as long before this day as before the form's.

    It is chosen for the form's day, and must not disclose where the event of a later day will be. {} where it stays.
    """
    own = read_when(shared, FieldErrors(), "UTC")
    try:
        at, first = datetime.fromisoformat(shared.get("disclosed_from", "").strip()), read_date("start", text)
        if own.start is not None and first.start is not None:
            return {"disclosed_from": (at + (first.start - own.start)).isoformat(sep=" ", timespec="minutes")}
    except (ValueError, OverflowError, InvalidEventError):
        pass  # it is said where the field is read
    return {}


def _choice(choices: str, fields: Mapping[str, str]) -> str:
    """Return the choice that was made for this place text, wherever in the table it is."""
    words = f" for {fields.get('country') or '-'}: {fields.get('place_text', '').strip()}"
    return next((line for line in choices.splitlines() if line.endswith(words)), "")


def with_choice(choices: str, chosen: str) -> str:
    """Return the field :data:`CITY_CHOICES` with one more choice, which takes the place of an earlier one."""
    words = chosen.partition(" for ")[2]
    kept: Sequence[str] = [line for line in choices.splitlines() if line.partition(" for ")[2] != words]
    return "\n".join((*kept, chosen))
