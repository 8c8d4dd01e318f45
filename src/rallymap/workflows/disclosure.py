"""Disclosure: what the public sees of an event's place before the event is over, as chosen in the form."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from rallymap.errors import InvalidEventError
from rallymap.events import Disclosure, Event, EventStatus, Kind, Place
from rallymap.intake.field_errors import FieldErrors
from rallymap.intake.when import read_when
from rallymap.language import tr
from rallymap.query.public_view import embargo_ends_at

_LAST_ZONE = "Etc/GMT+12"
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
    if at <= now:
        raise InvalidEventError(
            "disclosed_from",
            tr(
                "This time has passed, so the exact location would be public at once. Choose a later time, or “the "
                "city only”."
            ),
            value=fields.get("disclosed_from", ""),
        )
    return event.changed(disclosure=Disclosure.FROM_TIME, disclosed_from=at)


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
    starts = event.when.starts_at()
    if event.status is not EventStatus.HELD or starts is None or starts <= now:
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


def may_be_upcoming(fields: Mapping[str, str], now: datetime) -> bool:
    """Return whether the event of an incomplete form may be in the future, so that its place is withheld.

    Checks the date as well as the status: a form whose status was left at "held" counts too.
    """
    errors = FieldErrors()
    status = fields.get("status", "")
    sketch = Event(
        "sketch",
        "-",
        Kind.OTHER,
        read_when(fields, errors, _LAST_ZONE),
        place=Place("-"),
        status=EventStatus(status) if status in set(EventStatus) else EventStatus.HELD,
    )
    if errors.found:  # the date cannot be parsed yet
        return sketch.status is not EventStatus.HELD
    return (embargo_ends_at(sketch) or -math.inf) > now.timestamp()


def _read_time(text: str, zone: str) -> datetime:
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError as err:
        raise InvalidEventError(
            "disclosed_from", tr("Please write the day and time like 2026-05-03 12:00."), value=text
        ) from err
    if local.tzinfo is not None:
        return local
    if not zone:
        raise InvalidEventError("disclosed_from", tr("The place is not found, so its time zone is not known."))
    return local.replace(tzinfo=ZoneInfo(zone))


def _to_the_minute(at: datetime) -> datetime:
    # The form shows no seconds.
    return at.replace(second=0, microsecond=0)
