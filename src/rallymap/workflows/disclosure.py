"""Disclosure: what the public sees of an event's place before the event is over, as chosen in the form."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from rallymap.dates import SINGLE_DAY, EventDate
from rallymap.errors import InvalidEventError
from rallymap.events import Disclosure, Event, EventStatus, Kind, Place
from rallymap.intake.field_errors import FieldErrors
from rallymap.intake.when import read_when
from rallymap.intake.written_dates import read_date
from rallymap.language import tr
from rallymap.query.public_view import embargo_ends_at, was_over_at
from rallymap.workflows.recurrence import dates_of_rule, rule_of_form

LAST_ZONE = "Etc/GMT+12"
"""The zone where a day ends last; used while the place, and therefore the zone, is unknown."""


def with_disclosure(event: Event, fields: Mapping[str, str], *, now: datetime, before: Event | None = None) -> Event:
    """Apply the organiser's choice of what the public sees of the place before the event is over.

    Parameters
    ----------
    fields
        ``disclosure`` (``city``, ``from_time`` or ``public``; empty means ``city``) and ``disclosed_from``, a day and a
        local time at the place ("2026-05-03 12:00").
    now
        Current time with its zone. A disclosure time before it is rejected: the exact location would be public at once.
        Only a new event that is over may have one: it may be the first of a series, whose later dates move it.
    before
        The event to change; its existing disclosure time may be in the past. None for a new event.

    Raises
    ------
    InvalidEventError
        If the exact location is to be public without a source that announces it, or the time cannot be parsed or is in
        the past.
    """
    chosen = fields.get("disclosure") or Disclosure.CITY
    if chosen == Disclosure.PUBLIC:
        if not any(source.url for source in event.sources):
            raise InvalidEventError(
                "disclosure",
                tr("To show the exact location before the event, give the link where it is already announced."),
            )
        return event.changed(disclosure=Disclosure.PUBLIC)
    if chosen != Disclosure.FROM_TIME:
        return event.changed(disclosure=Disclosure.CITY)
    at = _read_time(fields.get("disclosed_from", ""), event.when.zone)
    had = before.disclosed_from if before is not None and before.disclosure is Disclosure.FROM_TIME else None
    if had is not None and _to_the_minute(had) == _to_the_minute(at):
        return event.changed(disclosure=Disclosure.FROM_TIME, disclosed_from=had)
    chosen_event = event.changed(disclosure=Disclosure.FROM_TIME, disclosed_from=at)
    if before is not None and at <= now:
        raise _passed(at)
    check_disclosed_from(chosen_event, now)
    return chosen_event


def check_disclosed_from(event: Event, now: datetime) -> None:
    """Reject a time of disclosure that has passed, unless the event is over.

    Raises
    ------
    InvalidEventError
        With a message for the field ``disclosed_from``.
    """
    at = event.disclosed_from if event.disclosure is Disclosure.FROM_TIME else None
    if at is not None and at <= now and not was_over_at(event, now):
        raise _passed(at)


def _passed(at: datetime) -> InvalidEventError:
    return InvalidEventError(
        "disclosed_from",
        tr(
            "This time has passed, so the exact location would be public at once. Choose a later time, or “the "
            "city only”."
        ),
        value=str(at),
    )


def check_status(event: Event, *, now: datetime, before: Event | None = None) -> None:
    """Reject a status that says an event is over although its first day is in the future.

    Parameters
    ----------
    before
        The event to change; its existing status is not rejected. None for a new event.

    Raises
    ------
    InvalidEventError
        With a message for the field ``status``.
    """
    if event.status is not EventStatus.HELD or not is_to_come(event.when, now):
        return
    if before is not None and (before.status, before.when) == (event.status, event.when):
        return
    # The question is in another step of the form than the date.
    # Translators: {question} is “When is it?”, and {option} its answer “It is announced”.
    sentence = tr(
        "This date is still to come. For “{question}”, choose “{option}”, or correct the date.",
        question=tr("When is it?"),
        option=tr("It is announced"),
    )
    raise InvalidEventError("status", sentence)


def is_to_come(when: EventDate, now: datetime) -> bool:
    """Return whether the first day of a date is in the future; False for an unknown date."""
    starts = when.starts_at()
    return starts is not None and starts > now


def with_status_of_day(event: Event, now: datetime) -> Event:
    """Return an event that is said to have taken place as announced if its date is still to come.

    For the dates of a series: it may have begun in the past.
    """
    is_early = event.status is EventStatus.HELD and is_to_come(event.when, now)
    return event.changed(status=EventStatus.ANNOUNCED) if is_early else event


def may_be_upcoming(fields: Mapping[str, str], now: datetime) -> bool:
    """Return whether an event of an incomplete form may be in the future, so that its place is withheld.

    Checks the dates as well as the status: a form whose status was left at "held" counts too, and so does a series that
    began in the past.
    """
    errors = FieldErrors()
    status = fields.get("status", "")
    sketch = Event(
        "sketch",
        "-",
        Kind.OTHER,
        read_when(fields, errors, LAST_ZONE),
        place=Place("-"),
        status=EventStatus(status) if status in set(EventStatus) else EventStatus.HELD,
    )
    if errors.found:  # the date cannot be parsed yet
        return sketch.status is not EventStatus.HELD
    ends = (embargo_ends_at(one) or -math.inf for one in _dates_of_sketch(sketch, fields))
    return any(end > now.timestamp() for end in ends)


def _dates_of_sketch(sketch: Event, fields: Mapping[str, str]) -> list[Event]:
    try:
        return [sketch.changed(when=when) for when in dates_of_rule(sketch.when, rule_of_form(fields))]
    except InvalidEventError:
        return [sketch]  # the repetition cannot be read yet


def read_local_time(text: str) -> datetime:
    """Parse the day and time of the field ``disclosed_from``: "2026-05-03 12:00", or in words as the date fields.

    Returns
    -------
    at
        Local time of the place, without a zone unless the text gives one; midnight if it gives no time.

    Raises
    ------
    InvalidEventError
        If it cannot be parsed, is approximate, or has an end.
    """
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        errors = FieldErrors()
        when = read_when({"start": text}, errors, LAST_ZONE)
    is_period = when.end != when.start or when.end_time is not None or when.precision not in SINGLE_DAY
    if errors.found or when.start is None or is_period or when.approximate:
        raise InvalidEventError(
            "disclosed_from", tr("Please write the day and time like 2026-05-03 12:00."), value=text
        )
    moment = read_date("start", text).moment  # "14 June 2026 10:00 UTC"; `when` has it in another zone
    return moment or datetime.combine(when.start, when.start_time or time.min)


def _read_time(text: str, zone: str) -> datetime:
    local = read_local_time(text)
    if local.tzinfo is not None:
        return local
    if not zone:
        raise InvalidEventError("disclosed_from", tr("The place is not found, so its time zone is not known."))
    return local.replace(tzinfo=ZoneInfo(zone))


def _to_the_minute(at: datetime) -> datetime:
    # The form shows no seconds.
    return at.replace(second=0, microsecond=0)
