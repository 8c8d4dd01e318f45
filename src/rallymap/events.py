"""What rallymap records: an event, when, where and who says so. A built value is valid.

Nothing here knows of databases or screens. Dates are calendar days at the place of the event; an `end` is the
last day, inclusive. There is no field for participants, and there must never be one.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self, TypeVar

from rallymap.dates import EventDate
from rallymap.errors import InvalidEventError
from rallymap.language import digits, mark, tr
from rallymap.visible_text import has_visible, limit_marks
from rallymap.weblinks import clean_http_url

MAX_TITLE = 200
MAX_NAME = 200
MAX_TEXT = 4000
MAX_QUOTE = 600
MAX_ITEMS = 40
MAX_DESCRIPTION = 400
ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{2,63}")
_IF_EMPTY = {"title": mark("Give the event a title.")}
_EMPTY = mark("Please fill this in; it cannot be empty.")
T = TypeVar("T", bound=StrEnum)


class Kind(StrEnum):
    """What people did; the order is the order of legends."""

    RALLY = "rally"
    MARCH = "march"
    VIGIL = "vigil"
    EXHIBITION = "exhibition"
    CONFERENCE = "conference"
    PICKET = "picket"
    PERFORMANCE = "performance"
    OTHER = "other"


class EventStatus(StrEnum):
    """Life of a rally, after schema.org ``eventStatus``."""

    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    MOVED_ONLINE = "moved_online"


class ReviewStatus(StrEnum):
    """The review status of an event; only ``published`` is ever public."""

    DRAFT = "draft"
    PENDING = "pending"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


SURE_CONFIDENCE, DRAWN_CONFIDENCE = 0.8, 0.4  # below the first a person looks; below the second no map shows it


class LocationPrecision(StrEnum):
    """How exactly coordinates are known, finest first."""

    VENUE = "venue"
    DISTRICT = "district"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"


class ClaimKind(StrEnum):
    """What sort of words a source reports."""

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


def clean_text(field: str, text: str, *, most: int, required: bool = False) -> str:
    """Bring a text to one line form that is safe to keep.

    Trims, folds to Unicode NFC and drops control characters (line breaks stay), so that two spellings of one
    text are equal and nothing unseen hides in it. Nothing is escaped here: the code that shows a text escapes it.

    Raises
    ------
    InvalidEventError
        If the text is longer than `most` characters, or empty though `required`.
    """
    if len(text) > most * 4:
        raise InvalidEventError(
            field, tr("This text is too long; at most {most} characters fit.", most=digits(most)), value=text[:80]
        )
    if text.isprintable():
        # Most texts, and a map of a million events reads ten of each: nothing in them is hidden.
        kept = text.strip() if text.isascii() else limit_marks(unicodedata.normalize("NFC", text)).strip()
    else:
        shown = "".join(c for c in unicodedata.normalize("NFC", text) if c == "\n" or not _is_hidden(c))
        kept = limit_marks(shown).strip()
    if len(kept) > most:
        sentence = tr(
            "This text has {length} characters; at most {most} fit.", length=digits(len(kept)), most=digits(most)
        )
        raise InvalidEventError(field, sentence, value=kept[:80])
    if required and not has_visible(kept):
        raise InvalidEventError(field, tr(_IF_EMPTY.get(field, _EMPTY)))
    return kept


def _is_hidden(char: str) -> bool:
    # Cc: controls; Cs: lone surrogates, which no database or JSON takes. Bidirectional overrides reorder the text
    # around them and are how one name is made to look like another. ZWNJ and ZWJ (Cf) stay: Persian needs them.
    return (
        unicodedata.category(char) in ("Cc", "Cs")
        or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    )


def _texts(field: str, items: tuple[str, ...], *, most: int) -> tuple[str, ...]:
    if len(items) > MAX_ITEMS:
        raise InvalidEventError(
            field,
            tr("At most {most} entries fit here; there are {found}.", most=digits(MAX_ITEMS), found=digits(len(items))),
        )
    cleaned = (clean_text(field, item, most=most) for item in items)
    return tuple(dict.fromkeys(item for item in cleaned if item))


@dataclass(frozen=True, slots=True)
class Place:
    """The place text.

    Attributes
    ----------
    text
        As the source or the organiser wrote it ("Arhus"); never corrected. May be empty: not known.
    venue
        The part that names a point in the city ("before the Norwegian parliament"), where it is known.
    country_hint
        ISO 3166-1 alpha-2 code that the form or the source gives, or "".
    """

    text: str = ""
    venue: str = ""
    country_hint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean_text("place", self.text, most=MAX_NAME))
        object.__setattr__(self, "venue", clean_text("venue", self.venue, most=MAX_NAME))
        object.__setattr__(self, "country_hint", _country("country", self.country_hint))


@dataclass(frozen=True, slots=True)
class Location:
    """Coordinates and how we know them.

    Attributes
    ----------
    lat, lon
        Decimal degrees, WGS 84; in [-90, 90] and [-180, 180].
    precision
        What the point represents; anything coarser than a venue is never drawn as a pin.
    radius_m
        Metres around the point within which the event took place, as far as known.
    confidence
        0..1, that the point is within `radius_m` of the true place.
    method
        ``pin``, ``given``, ``gazetteer``, ``well-known``, ``override`` or ``service:<name>``; in public views also
        ``withheld``.
    name, admin1, country
        Resolved name, first-level division ("" if none), ISO 3166-1 alpha-2 country ("" if none).
    """

    lat: float
    lon: float
    precision: LocationPrecision
    radius_m: float
    confidence: float
    method: str
    name: str = ""
    admin1: str = ""
    country: str = ""

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise InvalidEventError("lat", tr("A latitude is between -90 and 90 degrees."), value=str(self.lat))
        if not -180 <= self.lon <= 180:
            raise InvalidEventError("lon", tr("A longitude is between -180 and 180 degrees."), value=str(self.lon))
        if not 0 <= self.confidence <= 1:
            raise InvalidEventError("confidence", tr("A confidence is between 0 and 1."), value=str(self.confidence))
        if not 0 <= self.radius_m <= 20_040_000:
            raise InvalidEventError(
                "radius_m",
                tr("A radius is between 0 and half the Earth's circumference, in metres."),
                value=str(self.radius_m),
            )
        object.__setattr__(self, "precision", LocationPrecision(self.precision))
        object.__setattr__(self, "name", clean_text("place", self.name, most=MAX_NAME))
        object.__setattr__(self, "admin1", clean_text("place", self.admin1, most=MAX_NAME))
        object.__setattr__(self, "country", _country("country", self.country))


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event is reported.

    Attributes
    ----------
    url
        ``http`` or ``https`` address, or "" for a source that is not on the web.
    title, publisher
        As the source gives them.
    published
        Day of publication, or None.
    archived_url
        A kept copy, or "".
    """

    url: str = ""
    title: str = ""
    publisher: str = ""
    published: date | None = None
    archived_url: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", clean_http_url("source_url", self.url))
        object.__setattr__(self, "archived_url", clean_http_url("source_url", self.archived_url))
        object.__setattr__(self, "title", clean_text("source_title", self.title, most=MAX_QUOTE))
        object.__setattr__(self, "publisher", clean_text("source_publisher", self.publisher, most=MAX_NAME))
        if not (self.url or self.title or self.publisher):
            raise InvalidEventError("source_url", tr("A source needs an address, a title or a publisher."))


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that a source reports, with who said them; the app never says them itself.

    `by` is who said it, as the source names them; `source` is the index of the source in the event, or None.
    """

    kind: ClaimKind
    text: str
    by: str = ""
    source: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", ClaimKind(self.kind))
        object.__setattr__(self, "text", clean_text("claims", self.text, most=MAX_QUOTE, required=True))
        object.__setattr__(self, "by", clean_text("claims", self.by, most=MAX_NAME))


@dataclass(frozen=True, slots=True)
class CrowdClaim:
    """One estimate of a crowd: an interval, who says so, in which words.

    `low` and `high` are people, or None where only words are given ("hundreds"); never averaged with others.
    `is_expected` is True for how many were expected before the event: such a number is no turnout.
    """

    low: int | None = None
    high: int | None = None
    words: str = ""
    by: str = ""
    source: int | None = None
    is_expected: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", clean_text("crowd", self.words, most=MAX_NAME))
        object.__setattr__(self, "by", clean_text("crowd_by", self.by, most=MAX_NAME))
        for number in (self.low, self.high):
            if number is not None and not 0 <= number <= 100_000_000:
                raise InvalidEventError("crowd", tr("A crowd is a number from 0 to 100 000 000."), value=str(number))
        if self.low is not None and self.high is not None and self.low > self.high:
            sentence = tr(
                "The lower estimate ({low}) is above the higher one ({high}); swap them.",
                low=digits(self.low),
                high=digits(self.high),
            )
            raise InvalidEventError("crowd", sentence)
        if self.low is None and self.high is None and not self.words:
            raise InvalidEventError("crowd", tr("A crowd estimate needs a number or words."))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an event; the file itself is in the store under `id`, not in the event.

    `description` says what it shows to those who do not see it, and is never empty. `width` and `height` are pixels.
    """

    id: str
    description: str
    width: int
    height: int

    def __post_init__(self) -> None:
        if not re.fullmatch("[0-9a-f]{32}", self.id):
            raise InvalidEventError("picture", tr("A picture's id has 32 hexadecimal digits."), value=self.id)
        described = clean_text("picture_description", self.description, most=MAX_DESCRIPTION, required=True)
        object.__setattr__(self, "description", described)
        if self.width < 1 or self.height < 1:
            raise InvalidEventError("picture", tr("A picture is at least one pixel wide and high."))


@dataclass(frozen=True, slots=True)
class Event:
    """One rally, march, vigil ... as its sources report it.

    Attributes
    ----------
    id
        Never changes and is never reused.
    title
        Neutral words of our own.
    organisers, communities
        As the source names them; the communities are whose diaspora ("Iran", "Tibet").
    about, topics
        What it was about, in neutral words; short keywords.
    claims, crowd, sources
        Attributed words, crowd estimates (of an upcoming event: expectations), and where the event is reported.
    picture
        At most one.
    by_organiser
        True if its organiser reported it and no independent source is given yet.
    disclosure, disclosed_from
        What the public may see of the place while the event is upcoming; `disclosed_from` is a time with a zone.
    revision
        Raised by each edit, from 1.
    """

    id: str
    title: str
    kind: Kind
    when: EventDate
    place: Place = dataclasses.field(default_factory=Place)
    location: Location | None = None
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
    review: ReviewStatus = ReviewStatus.DRAFT
    disclosure: Disclosure = Disclosure.CITY
    disclosed_from: datetime | None = None
    revision: int = 1

    def __post_init__(self) -> None:
        if not ID_PATTERN.fullmatch(self.id):
            raise InvalidEventError("id", tr("An id has 3 to 64 small letters, digits and hyphens."), value=self.id)
        for name, kind in (("kind", Kind), ("status", EventStatus), ("review", ReviewStatus)):
            object.__setattr__(self, name, _choice(name, getattr(self, name), kind))
        object.__setattr__(self, "disclosure", Disclosure(self.disclosure))
        object.__setattr__(self, "title", clean_text("title", self.title, most=MAX_TITLE, required=True))
        object.__setattr__(self, "about", clean_text("about", self.about, most=MAX_TEXT))
        object.__setattr__(self, "organisers", _texts("organisers", self.organisers, most=MAX_NAME))
        object.__setattr__(self, "communities", _texts("communities", self.communities, most=MAX_NAME))
        object.__setattr__(self, "topics", _texts("topics", self.topics, most=MAX_NAME))
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

    def changed(self, **changes: object) -> Self:
        """Return a copy with some fields replaced; it is checked like a new event."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]


def _choice(field: str, value: object, kind: type[T]) -> T:
    try:
        return kind(str(value))
    except ValueError as err:
        sentence = tr("“{text}” is not known here; one of: {accepted}.", text=str(value)[:40], accepted=", ".join(kind))
        raise InvalidEventError(field, sentence, value=str(value)) from err


def _country(field: str, code: str) -> str:
    code = code.strip().upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise InvalidEventError(field, tr("A country is its two-letter ISO 3166-1 code, such as NO."), value=code)
    return code
