"""The other cities of a campaign: each row of the form's table becomes an event like the form's own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rallymap.countries.reader import read_country_code
from rallymap.dates import SINGLE_DAY, DatePrecision
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
from rallymap.workflows.disclosure import LAST_ZONE, read_local_time, with_status_of_day
from rallymap.workflows.form_events import Draft, dates_of_form, draft_event, has_own_place
from rallymap.workflows.recurrence import MOST

CITIES, CITY_CHOICES = "cities", "cities_chosen"
"""Form fields: the table, and the chosen places for its ambiguous texts, one per line."""
_OF_ONE_CITY = (
    "place_text", "venue", "country", "coordinates", "lat", "lon", "location_precision", CHOSEN_PLACE, "zone",
    "contact", CITIES, CITY_CHOICES,
)  # fmt: skip
_EXACT = ("", *SINGLE_DAY)


@dataclass(frozen=True, slots=True)
class City:
    """One row of the table, parsed and geocoded.

    Attributes
    ----------
    number
        Row number, from 1.
    draft
        The row's event, and the resolver's answer to its place text.
    fields
        The form's fields as they would be for this city alone.
    notes
        What was left out of the row, and why.
    repeats
        Whether an earlier row or the form itself has the same event; then it is not sent.
    """

    number: int
    row: CityRow
    draft: Draft
    fields: Mapping[str, str]
    notes: tuple[str, ...] = ()
    repeats: bool = False


def draft_cities(resolver: Resolver, fields: Mapping[str, str], *, now: datetime) -> list[City]:
    """Parse each row of the form's table of cities; an unreadable value is left out, never the whole row.

    A row inherits the values it does not give from the form. The local time is the same in each city. Coordinates,
    route and crowd size are not inherited.
    """
    rows = kept_cities(fields.get(CITIES, ""))
    if not rows:
        return []
    own = draft_event(resolver, fields, now=now)
    # Errors of the form itself are shown there, once.
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
    """Return all events of a form, one per date and city, each with its place check.

    If there is more than one, they form a campaign. Of a series that already took place, the dates to come are
    announced. A form without a place sends only the rows of its table.

    Parameters
    ----------
    event, check
        The form's own event and place check from :func:`rallymap.workflows.form_events.draft_event`.

    Raises
    ------
    InvalidEventError
        If there are more than 60 events, or a row cannot be turned into an event.
    """
    shown = shown_fields(fields)
    own, made = [(one, check) for one in dates_of_form(event, shown)], list[tuple[Event, PlaceCheck | None]]()
    for city in draft_cities(resolver, fields, now=now):
        if city.draft.event is None:
            reason = sentences(city.draft.errors.values())
            raise InvalidEventError(CITIES, tr("Row {n}: {problem}", n=digits(city.number), problem=reason))
        if not city.repeats:
            made += [(one, city.draft.to_check) for one in _dates_of_city(city.draft.event, shown)]
    made = own + made if has_own_place(event) or not made else made
    made = [(with_status_of_day(one, now), to_check) for one, to_check in made]
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
    """Return how many events a form makes, one per date and city; rows that cannot be events yet are not counted.

    `event` is the form's own; `cities` is the result of :func:`draft_cities` for these fields.
    """
    shown = shown_fields(fields)
    others = (city.draft.event for city in cities if not city.repeats)
    count = sum(len(_dates_of_city(one, shown)) for one in others if one is not None)
    return count + len(dates_of_form(event, shown)) if has_own_place(event) or not count else count


def _dates_of_city(event: Event, fields: Mapping[str, str]) -> list[Event]:
    try:
        return dates_of_form(event, fields)
    except InvalidEventError:
        return [event]  # this city's first day is after the end of the repetition


def _identity(event: Event) -> tuple[object, ...]:
    where = event.location
    point = (where.lat, where.lon) if where is not None else event.place.text.casefold()
    return point, event.place.venue.casefold(), event.when


def _draft_city(
    resolver: Resolver, number: int, row: CityRow, shared: Mapping[str, str], choices: str, now: datetime
) -> City:
    said, notes = _fields_of_row(row, shared)
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
    # The default status follows from the date, and the default disclosure is the safest.
    "status": {"status": ""},
    "disclosure": {"disclosure": "", "disclosed_from": ""},
    "disclosed_from": {"disclosure": "", "disclosed_from": ""},
}
"""Default form values for a value with an error."""


def _fields_of_row(row: CityRow, shared: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the form fields that a row sets, and notes on values that cannot be read."""
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
    """Return whether the form's event ends on the second day only because it lasts past midnight."""
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
    """Return the last day of an event of the form's length that begins on another day; "" for one day."""
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
    """Shift the time of disclosure by as many days as this row's day is from the form's; {} to keep it.

    The organiser chose it for the form's day; unshifted, it would disclose the location of a later event too early.
    """
    own = read_when(shared, FieldErrors(), LAST_ZONE)  # with an offset, the earliest day that it can be: later is safe
    try:
        at, first = read_local_time(shared.get("disclosed_from", "")), read_date("start", text)
        if own.start is not None and first.start is not None:
            return {"disclosed_from": (at + (first.start - own.start)).isoformat(sep=" ", timespec="minutes")}
    except (OverflowError, InvalidEventError):
        pass  # the error is reported where the field is parsed
    return {}


def _choice(choices: str, fields: Mapping[str, str]) -> str:
    """Return the choice that was made for this place text, in any row."""
    words = f" for {fields.get('country') or '-'}: {fields.get('place_text', '').strip()}"
    return next((line for line in choices.splitlines() if line.endswith(words)), "")


def with_choice(choices: str, chosen: str) -> str:
    """Return the field :data:`CITY_CHOICES` with a new choice; it replaces an earlier one for the same text."""
    words = chosen.partition(" for ")[2]
    kept: Sequence[str] = [line for line in choices.splitlines() if line.partition(" for ")[2] != words]
    return "\n".join((*kept, chosen))
