"""An event as its sources report it; a built value is valid."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from rallymap.dates import EventDate
from rallymap.errors import InvalidEventError
from rallymap.events.campaign import ID_PATTERN, Campaign
from rallymap.events.choices import AttendanceMode, Disclosure, EventStatus, Kind, ReviewStatus, checked_choice
from rallymap.events.places import Location, Place
from rallymap.events.reports import Claim, CrowdClaim, Picture, Source
from rallymap.events.routes import Waypoint, checked_route
from rallymap.events.texts import MAX_ITEMS, MAX_NAME, MAX_TEXT, MAX_TITLE, clean_names, clean_text
from rallymap.events.translations import Translation, checked_tag, checked_translations
from rallymap.language import digits, tr


@dataclass(frozen=True, slots=True)
class Event:
    """One rally, march, vigil ... as its sources report it.

    Attributes
    ----------
    id
        Never changes and is never reused.
    title
        Neutral words of our own.
    language
        Language tag (BCP 47) of `title` and `about` as they were first written; "" where nobody said it.
    translations
        Both, or one of them, in further languages, by tag; at most one for each.
    route
        Of an event that moves, from its start to its end; empty, or at least two points. `location` stays one point.
    organisers, communities
        As the source names them; the communities are whose diaspora ("Iran", "Tibet").
    about, topics
        What it was about, in neutral words; short keywords.
    claims, crowd, sources
        Attributed words, crowd estimates (of an upcoming event: expectations), and where the event is reported.
    picture
        At most one.
    attendance_mode
        Whether people come to a place, take part online, or may do either.
    by_organiser
        True if its organiser reported it and no independent source is given yet.
    disclosure, disclosed_from
        What the public may see of the place while the event is upcoming; `disclosed_from` is a time with a zone.
    campaign
        What it was called together with, or None.
    revision
        Raised by each edit, from 1.
    """

    id: str
    title: str
    kind: Kind
    when: EventDate
    place: Place = dataclasses.field(default_factory=Place)
    location: Location | None = None
    route: tuple[Waypoint, ...] = ()
    organisers: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    about: str = ""
    topics: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    crowd: tuple[CrowdClaim, ...] = ()
    sources: tuple[Source, ...] = ()
    picture: Picture | None = None
    by_organiser: bool = False
    status: EventStatus = EventStatus.HELD
    attendance_mode: AttendanceMode = AttendanceMode.IN_PERSON
    review: ReviewStatus = ReviewStatus.DRAFT
    disclosure: Disclosure = Disclosure.CITY
    disclosed_from: datetime | None = None
    campaign: Campaign | None = None
    language: str = ""
    translations: tuple[Translation, ...] = ()
    revision: int = 1

    def __post_init__(self) -> None:
        if not ID_PATTERN.fullmatch(self.id):
            raise InvalidEventError("id", tr("An id has 3 to 64 small letters, digits and hyphens."), value=self.id)
        for name, kind in (
            ("kind", Kind),
            ("status", EventStatus),
            ("attendance_mode", AttendanceMode),
            ("review", ReviewStatus),
        ):
            object.__setattr__(self, name, checked_choice(name, getattr(self, name), kind))
        object.__setattr__(self, "disclosure", Disclosure(self.disclosure))
        object.__setattr__(self, "title", clean_text("title", self.title, most=MAX_TITLE, required=True))
        object.__setattr__(self, "about", clean_text("about", self.about, most=MAX_TEXT))
        if self.language or self.translations:  # few; a million events are read without either
            object.__setattr__(self, "language", checked_tag("language", self.language))
            object.__setattr__(self, "translations", checked_translations(self.language, self.translations))
        object.__setattr__(self, "organisers", clean_names("organisers", self.organisers, most=MAX_NAME))
        object.__setattr__(self, "communities", clean_names("communities", self.communities, most=MAX_NAME))
        object.__setattr__(self, "topics", clean_names("topics", self.topics, most=MAX_NAME))
        checked_route(self.route)
        for name in ("claims", "crowd", "sources"):
            if len(getattr(self, name)) > MAX_ITEMS:
                raise InvalidEventError(name, tr("At most {most} entries fit here.", most=digits(MAX_ITEMS)))
        if self.status in (EventStatus.ANNOUNCED, EventStatus.CONFIRMED) and not all(
            claim.is_expected for claim in self.crowd
        ):
            object.__setattr__(self, "crowd", tuple(dataclasses.replace(c, is_expected=True) for c in self.crowd))
        named = [claim.source for claim in self.claims] + [claim.source for claim in self.crowd]
        for source in named:
            if source is not None and not 0 <= source < len(self.sources):
                raise InvalidEventError("claims", tr("A claim names a source that the event does not have."))
        if self.disclosed_from is not None and self.disclosed_from.tzinfo is None:
            raise InvalidEventError("disclosed_from", tr("The time from which the place is shown needs a time zone."))
        if self.revision < 1:
            raise InvalidEventError("revision", tr("Revisions count from 1."), value=str(self.revision))

    @property
    def is_online(self) -> bool:
        """Whether nobody has to come to a place: it was planned online, or moved there."""
        return self.attendance_mode is AttendanceMode.ONLINE or self.status is EventStatus.MOVED_ONLINE

    def changed(self, **changes: object) -> Self:
        """Return a copy with some fields replaced; it is checked like a new event."""
        if not changes.keys() <= _UNCHECKED or not ID_PATTERN.fullmatch(str(changes.get("id", self.id))):
            return dataclasses.replace(self, **changes)  # type: ignore[arg-type]
        copy = object.__new__(type(self))  # imports give each event its place: checking the rest again takes longest
        for name in _NAMES:
            object.__setattr__(copy, name, changes[name] if name in changes else getattr(self, name))
        return copy


_NAMES = tuple(part.name for part in dataclasses.fields(Event))
_UNCHECKED = frozenset({"id", "when", "place", "location"})
"""Fields whose values no other field of an event limits; ids have a pattern of their own."""
