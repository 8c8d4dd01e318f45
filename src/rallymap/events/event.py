"""An event as its sources report it; validated when created."""

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
        Neutral title, not a quotation.
    language
        Language tag (BCP 47) of the original `title` and `about`; "" if unknown.
    translations
        Translations of title, summary or both; at most one per language.
    route
        Route of a moving event from start to end; empty, or at least two points. `location` is still a single point.
    organisers, communities
        Names as in the source; communities say whose diaspora ("Iran", "Tibet").
    about, topics
        Neutral summary of what the event was about; short keywords.
    claims, crowd, sources
        Attributed statements, crowd estimates (expectations for an upcoming event), and where the event is reported.
    picture
        At most one.
    attendance_mode
        Whether people come to a place, take part online, or can choose.
    by_organiser
        True if the organiser reported the event and no independent source is given yet.
    disclosure, disclosed_from
        How much of the place is public while the event is upcoming; `disclosed_from` is a time with a time zone.
    campaign
        Campaign that the event belongs to, or None.
    revision
        Revision number, starting at 1 and increased by each edit.
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
            if type(value := getattr(self, name)) is not kind:
                object.__setattr__(self, name, checked_choice(name, value, kind))
        if type(self.disclosure) is not Disclosure:
            object.__setattr__(self, "disclosure", Disclosure(self.disclosure))
        object.__setattr__(self, "title", clean_text("title", self.title, max_length=MAX_TITLE, required=True))
        object.__setattr__(self, "about", clean_text("about", self.about, max_length=MAX_TEXT))
        if self.language or self.translations:  # few events have these; a million events are read without them
            object.__setattr__(self, "language", checked_tag("language", self.language))
            object.__setattr__(self, "translations", checked_translations(self.language, self.translations))
        object.__setattr__(self, "organisers", clean_names("organisers", self.organisers, max_length=MAX_NAME))
        object.__setattr__(self, "communities", clean_names("communities", self.communities, max_length=MAX_NAME))
        object.__setattr__(self, "topics", clean_names("topics", self.topics, max_length=MAX_NAME))
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
        """Whether the event takes place online only: it was planned online, or moved online."""
        return self.attendance_mode is AttendanceMode.ONLINE or self.status is EventStatus.MOVED_ONLINE

    def changed(self, **changes: object) -> Self:
        """Return a copy with some fields replaced, validated like a new event."""
        if not changes.keys() <= _UNCHECKED or not ID_PATTERN.fullmatch(str(changes.get("id", self.id))):
            return dataclasses.replace(self, **changes)  # type: ignore[arg-type]
        copy = object.__new__(type(self))  # imports set the place of each event; full validation takes longest
        for name, read, write in _SLOTS:
            write(copy, changes[name] if name in changes else read(self))
        return copy


_SLOTS = tuple(
    (part.name, (slot := Event.__dict__[part.name]).__get__, slot.__set__) for part in dataclasses.fields(Event)
)
"""Name, getter and setter of each field; they also work for fields of a frozen class."""
_UNCHECKED = frozenset({"id", "when", "place", "location"})
"""Fields that do not depend on other fields; only the pattern of ids is checked here."""
