"""Repeated parts of an event in numbered fields: sources, claims, crowd estimates, route points, translations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rallymap.errors import InvalidEventError
from rallymap.events import Claim, ClaimKind, CrowdClaim, Source, Translation
from rallymap.intake.cells.crowds import read_crowd as read_size
from rallymap.intake.field_errors import FieldErrors, read_choice, read_yes_or_no
from rallymap.intake.written_dates import read_date
from rallymap.language import tr
from rallymap.visible_text import strip_unseen
from rallymap.weblinks import opens_meeting, with_scheme

GROUP_PARTS: Mapping[str, tuple[str, ...]] = {
    "source": ("url", "title", "publisher", "published", "archived_url"),
    "claim": ("text", "kind", "by", "source"),
    "crowd": ("low", "high", "words", "by", "source", "expected"),
    "route": ("text", "lat", "lon", "precision", "radius_m", "confidence", "method", "name", "region", "country"),
    "translation": ("title", "language", "about"),
}
"""Parts of each group; errors about a whole item are attached to the first."""

_NUMBERED = re.compile(r"(source|claim|crowd|route|translation)(\d{0,2})_([a-z_]+)")
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[\s,.'’](?=\d{3}(?!\d))")


@lru_cache(maxsize=2048)
def split_name(name: str) -> tuple[str, int, str] | None:
    """Split ``source2_url`` into group, number and part; None for a field that is not repeated."""
    match = _NUMBERED.fullmatch(name)
    if match is None or match[3] not in GROUP_PARTS[match[1]]:
        return None
    return match[1], int(match[2] or 1), match[3]


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item: texts of its parts, and names of their fields."""

    group: str
    number: int
    names: Mapping[str, str]
    texts: Mapping[str, str]

    def text(self, part: str) -> str:
        """Return the text of a part, or ""."""
        return self.texts.get(part, "")

    def name(self, part: str) -> str:
        """Return the field name of a part, even if it is empty."""
        return self.names.get(part) or f"{self.group}{self.number if self.number > 1 else ''}_{part}"

    def field_for(self, named: str) -> str:
        """Return the field name for an error of a value object, which knows no numbers."""
        part = named.removeprefix(f"{self.group}_")
        return self.name(part if part in GROUP_PARTS[self.group] else GROUP_PARTS[self.group][0])


def items_of(fields: Mapping[str, str], group: str) -> list[Item]:
    """Return the items of a group that have any text, by number."""
    items = []
    for number, parts in _names_in(tuple(fields), group):
        names = {part: name for part, name in parts if fields[name]}
        if names and names.keys() not in ({"expected"}, {"language"}):  # these alone are not an item
            items.append(Item(group, number, names, {part: fields[name] for part, name in names.items()}))
    return items


@lru_cache(maxsize=512)
def _names_in(fields: tuple[str, ...], group: str) -> tuple[tuple[int, tuple[tuple[str, str], ...]], ...]:
    """Return part and field of each item among some field names, by number; most rows have the same names."""
    found: dict[int, dict[str, str]] = {}
    for name in fields:
        if (split := split_name(name)) is not None and split[0] == group:
            found.setdefault(split[1], {})[split[2]] = name
    return tuple((number, tuple(parts.items())) for number, parts in sorted(found.items()))


def read_sources(fields: Mapping[str, str], errors: FieldErrors) -> dict[int, Source]:
    """Build the sources, by their number in the fields."""
    sources = {}
    for item in items_of(fields, "source"):
        if (source := _read_source(item, errors)) is not None:
            sources[item.number] = source
    return sources


def _read_source(item: Item, errors: FieldErrors) -> Source | None:
    published = errors.attempt(lambda: _one_day(item.name("published"), item.text("published")), None)
    texts = map(item.text, ("url", "title", "publisher", "archived_url"))
    return errors.attempt(lambda: _source(*texts, published), None, field_for=item.field_for)


@lru_cache(maxsize=4096)
def _source(url: str, title: str, publisher: str, archived_url: str, published: date | None) -> Source:
    """Build a source; reject it if its address lets anyone into a meeting, because all links are public.

    Equal sources are one object, because thousands of rows may name the same page.
    """
    source = Source(with_scheme(url), title, publisher, published, with_scheme(archived_url))
    if opens_meeting(source.url) or opens_meeting(source.archived_url):
        sentence = tr(
            "This address lets anybody into the meeting or group, and links here are public. Give a page that "
            "announces the event."
        )
        raise InvalidEventError("source_url", sentence, value=source.url)
    return source


def _one_day(field: str, text: str) -> date | None:
    if not text:
        return None
    when = read_date(field, text)
    if when.start != when.end:
        raise InvalidEventError(field, tr("A day of publication is one day; write it like 2020-02-04."), value=text)
    return when.start


def read_claims(fields: Mapping[str, str], sources: Mapping[int, Source], errors: FieldErrors) -> tuple[Claim, ...]:
    """Build the claims; ``claim_source`` is the number of a source."""
    read = (_read_claim(item, sources, errors) for item in items_of(fields, "claim"))
    return tuple(claim for claim in read if claim is not None)


def _read_claim(item: Item, sources: Mapping[int, Source], errors: FieldErrors) -> Claim | None:
    kind = errors.attempt(
        lambda: read_choice(item.name("kind"), item.text("kind"), ClaimKind, ClaimKind.CLAIM), ClaimKind.CLAIM
    )
    source = errors.attempt(lambda: _source_index(item, sources), None)
    return errors.attempt(
        lambda: Claim(kind, item.text("text"), item.text("by"), source), None, field_for=item.field_for
    )


def read_crowd(fields: Mapping[str, str], sources: Mapping[int, Source], errors: FieldErrors) -> tuple[CrowdClaim, ...]:
    """Build the crowd estimates, each a range or a wording with who gives it."""
    read = (_read_estimate(item, sources, errors) for item in items_of(fields, "crowd"))
    return tuple(estimate for estimate in read if estimate is not None)


def _read_estimate(item: Item, sources: Mapping[int, Source], errors: FieldErrors) -> CrowdClaim | None:
    before = len(errors.found)
    low = errors.attempt(lambda: _people(item.name("low"), item.text("low")), None)
    high = errors.attempt(lambda: _people(item.name("high"), item.text("high")), None)
    source = errors.attempt(lambda: _source_index(item, sources), None)
    expected = errors.attempt(lambda: read_yes_or_no(item.name("expected"), item.text("expected")), False)
    if len(errors.found) > before:
        return None
    words, by = item.text("words"), item.text("by")
    return errors.attempt(lambda: _crowd(low, high, words, by, source, expected), None, field_for=item.field_for)


_crowd = lru_cache(maxsize=4096)(CrowdClaim)
"""Equal estimates are one object, because they often repeat."""


def read_translations(fields: Mapping[str, str], errors: FieldErrors) -> tuple[Translation, ...]:
    """Build translated titles and summaries."""
    read = (
        errors.attempt(
            lambda item=item: Translation(item.text("language"), item.text("title"), item.text("about")),  # type: ignore[misc]
            None,
            field_for=item.field_for,
        )
        for item in items_of(fields, "translation")
    )
    return tuple(one for one in read if one is not None)


def _source_index(item: Item, sources: Mapping[int, Source]) -> int | None:
    text = item.text("source")
    if not text:
        return None
    numbers = list(sources)
    number = int(text) if text.isdecimal() and len(text) < 4 else 0
    if number not in numbers:
        known, given = ", ".join(map(str, numbers)), text[:40]
        sentence = (
            tr("“{text}” is not the number of a source of this event ({known}).", text=given, known=known)
            if known
            else tr("“{text}” is not the number of a source of this event (it has none).", text=given)
        )
        raise InvalidEventError(item.name("source"), sentence, value=text)
    return numbers.index(number)


def _people(field: str, text: str) -> int | None:
    """Parse one number of people; ranges and "at least" belong to two fields, and words to their own."""
    folded = _BETWEEN_THOUSANDS.sub("", strip_unseen(text))
    if not folded:
        return None
    if folded.isdecimal() and len(folded) < 12:
        return int(folded)
    read = read_size(text)
    if read.low is None or read.low != read.high or read.words or read.remark:
        raise InvalidEventError(
            field,
            tr(
                "“{text}” is not a number of people; write a number like 1500, and words in their own field.",
                text=text.strip()[:40],
            ),
            value=text,
        )
    return read.low
