"""A public event in lines of plain text, for formats whose readers see a description only."""

from __future__ import annotations

from collections.abc import Iterator

from rallymap.events import Event, EventStatus, Source
from rallymap.wording import (
    CLAIM_LABELS,
    KIND_LABELS,
    STATUS_LABELS,
    crowd_in_words,
    date_in_words,
    date_note,
    day_in_words,
    place_in_words,
    place_note,
)


def where_in_full(event: Event) -> str:
    """Return venue and place text; "" where neither is known."""
    parts = [event.place.venue]
    if event.location is not None or event.place.text:
        parts.append(place_in_words(event.place, event.location))
    return ", ".join(part for part in parts if part)


def lines_about(event: Event) -> Iterator[str]:
    """Give all that is public of an event: what, when, where, who, and each claim with who made it and its source."""
    status = f", {STATUS_LABELS[event.status]}" if event.status is not EventStatus.HELD else ""
    yield KIND_LABELS[event.kind] + status
    yield _noted("When", date_in_words(event.when), date_note(event.when))
    yield _noted("Where", where_in_full(event) or "place not known", place_note(event.place, event.location))
    for name, items in (
        ("Organisers", event.organisers),
        ("Community", event.communities),
        ("Topics", event.topics),
        ("About", (event.about,) if event.about else ()),
    ):
        if items:
            yield f"{name}: {'; '.join(items)}"
    for crowd in event.crowd:
        yield f"Crowd: {crowd_in_words(crowd)}{_said(event, crowd.by, crowd.source)}"
    for claim in event.claims:
        yield f"{CLAIM_LABELS[claim.kind].capitalize()}: {claim.text}{_said(event, claim.by, claim.source)}"
    for number, source in enumerate(event.sources, 1):
        yield f"Source {number}: {source_line(source)}"
    if not event.sources:
        yield "Reported by its organiser; no independent source yet." if event.by_organiser else "No source given."


def source_line(source: Source) -> str:
    """Return a source in one line: title, publisher, day, address, archived copy."""
    parts = [source.title, source.publisher]
    parts += [day_in_words(source.published)] if source.published else []
    parts += [source.url]
    parts += [f"archived copy {source.archived_url}"] if source.archived_url else []
    return ", ".join(part for part in parts if part)


def _noted(term: str, value: str, note: str) -> str:
    return f"{term}: {value} ({note})" if note else f"{term}: {value}"


def _said(event: Event, by: str, source: int | None) -> str:
    parts = [by] if by else []
    parts += [f"source {source + 1}"] if source is not None and source < len(event.sources) else []
    return f" – {', '.join(parts)}" if parts else ""
