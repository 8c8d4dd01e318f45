"""Enumerations of a record: kinds, statuses, precisions; lists show them in this order."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from rallymap.errors import InvalidEventError
from rallymap.language import tr

T = TypeVar("T", bound=StrEnum)


class Kind(StrEnum):
    """What people did; the order is that of legends."""

    RALLY = "rally"
    MARCH = "march"
    VIGIL = "vigil"
    EXHIBITION = "exhibition"
    CONFERENCE = "conference"
    PICKET = "picket"
    PERFORMANCE = "performance"
    OTHER = "other"


class EventStatus(StrEnum):
    """Status of a rally, after schema.org ``eventStatus``."""

    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    MOVED_ONLINE = "moved_online"


class AttendanceMode(StrEnum):
    """How people take part, after schema.org ``eventAttendanceMode``."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class ReviewStatus(StrEnum):
    """The review status of an event; only ``published`` is ever public."""

    DRAFT = "draft"
    PENDING = "pending"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class LocationPrecision(StrEnum):
    """How exactly coordinates are known, finest first."""

    VENUE = "venue"
    DISTRICT = "district"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"

    @property
    def is_in_a_city(self) -> bool:
        """Whether the city is known, or more."""
        return self in (LocationPrecision.VENUE, LocationPrecision.DISTRICT, LocationPrecision.CITY)


class ClaimKind(StrEnum):
    """Kind of statement that a source reports."""

    SLOGAN = "slogan"
    BANNER = "banner"
    SPEECH = "speech"
    DEMAND = "demand"
    CLAIM = "claim"


class Disclosure(StrEnum):
    """How much of a future event's place the public may see."""

    CITY = "city"
    FROM_TIME = "from_time"
    PUBLIC = "public"


def checked_choice(field: str, value: object, kind: type[T]) -> T:
    """Return `value` as a member of `kind`; raise ``InvalidEventError`` with the accepted values if it is none."""
    if type(value) is kind:
        return value
    try:
        return kind(str(value))
    except ValueError as err:
        sentence = tr("“{text}” is not known here; one of: {accepted}.", text=str(value)[:40], accepted=", ".join(kind))
        raise InvalidEventError(field, sentence, value=str(value)) from err
