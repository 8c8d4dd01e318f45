"""What sources report about an event: sources, attributed statements, crowd estimates, and a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rallymap.errors import InvalidEventError
from rallymap.events.choices import ClaimKind
from rallymap.events.texts import MAX_DESCRIPTION, MAX_NAME, MAX_QUOTE, clean_text
from rallymap.language import digits, tr
from rallymap.weblinks import clean_http_url

MAX_PEOPLE = 100_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that reports an event.

    Attributes
    ----------
    url
        ``http`` or ``https`` address, or "" for a source that is not on the web.
    title, publisher
        Title and publisher as in the source.
    published
        Day of publication, or None if unknown.
    archived_url
        URL of an archived copy, or "".
    """

    url: str = ""
    title: str = ""
    publisher: str = ""
    published: date | None = None
    archived_url: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", clean_http_url("source_url", self.url))
        object.__setattr__(self, "archived_url", clean_http_url("source_url", self.archived_url))
        object.__setattr__(self, "title", clean_text("source_title", self.title, max_length=MAX_QUOTE))
        object.__setattr__(self, "publisher", clean_text("source_publisher", self.publisher, max_length=MAX_NAME))
        if not (self.url or self.title or self.publisher):
            raise InvalidEventError("source_url", tr("A source needs an address, a title or a publisher."))


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that a source reports, attributed to who made it; the app itself takes no position.

    `by` is who made the statement, as the source names them; `source` is the index of the source in the event, or None.
    """

    kind: ClaimKind
    text: str
    by: str = ""
    source: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", ClaimKind(self.kind))
        object.__setattr__(self, "text", clean_text("claims", self.text, max_length=MAX_QUOTE, required=True))
        object.__setattr__(self, "by", clean_text("claims", self.by, max_length=MAX_NAME))


@dataclass(frozen=True, slots=True)
class CrowdClaim:
    """One estimate of a crowd: a range, who gives it, and the wording.

    `low` and `high` are numbers of people, or None if the source gives only words ("hundreds"). Estimates are never
    averaged. `is_expected` is True for a number expected before the event, which is not a turnout.
    """

    low: int | None = None
    high: int | None = None
    words: str = ""
    by: str = ""
    source: int | None = None
    is_expected: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", clean_text("crowd", self.words, max_length=MAX_NAME))
        object.__setattr__(self, "by", clean_text("crowd_by", self.by, max_length=MAX_NAME))
        for number in (self.low, self.high):
            if number is not None and not 0 <= number <= MAX_PEOPLE:
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

    `description` is the text alternative and never empty. `width` and `height` are in pixels.
    """

    id: str
    description: str
    width: int
    height: int

    def __post_init__(self) -> None:
        if not re.fullmatch("[0-9a-f]{32}", self.id):
            raise InvalidEventError("picture", tr("A picture's id has 32 hexadecimal digits."), value=self.id)
        described = clean_text("picture_description", self.description, max_length=MAX_DESCRIPTION, required=True)
        object.__setattr__(self, "description", described)
        if self.width < 1 or self.height < 1:
            raise InvalidEventError("picture", tr("A picture is at least one pixel wide and high."))
