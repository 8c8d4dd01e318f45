"""A public event as lines of plain text, for formats that only have a description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rallymap.event_wording import Words, route_in_words, where_in_words, where_note, words_of
from rallymap.events import AttendanceMode, ClaimKind, Event, EventStatus, Source
from rallymap.language import language_name, listed, mark, number, tr
from rallymap.wording import (
    KIND_LABELS,
    STATUS_LABELS,
    crowd_in_words,
    date_in_words,
    date_note,
    day_in_words,
)

_CLAIMS: Final = {
    # Translators: where quoted words come from, and the words.
    ClaimKind.SLOGAN: mark("Slogan: {text}"),
    ClaimKind.BANNER: mark("Banner: {text}"),
    ClaimKind.SPEECH: mark("Speech: {text}"),
    ClaimKind.DEMAND: mark("Demand: {text}"),
    ClaimKind.CLAIM: mark("Claim: {text}"),
}


def where_in_full(event: Event) -> str:
    """Return venue and place, and whether people take part online; "" if unknown."""
    parts = [event.place.venue]
    if event.location is not None or event.place.text or event.attendance_mode is not AttendanceMode.IN_PERSON:
        parts.append(where_in_words(event))
    return ", ".join(part for part in parts if part)


def facts_in_line(event: Event) -> str:
    """Return kind, date and place of an event in one sentence."""
    where = where_in_full(event) or tr("place not known")
    # Translators: what an event is, in one line for search engines: "Rally, 3 May 2024, Oslo, Norway."
    return tr("{kind}, {date}, {place}.", kind=tr(KIND_LABELS[event.kind]), date=date_in_words(event.when), place=where)


def lines_about(event: Event, where: str | None = None) -> Iterator[str]:
    """Yield all public content of an event: kind, date, place, people, and claims with their author and source.

    Parameters
    ----------
    where
        :func:`where_in_full` of the event, if the caller has it.
    """
    kind = tr(KIND_LABELS[event.kind])
    if event.status is EventStatus.HELD:
        yield kind
    else:
        # Translators: the kind and the state of an event, "Rally, cancelled".
        yield tr("{kind}, {state}", kind=kind, state=tr(STATUS_LABELS[event.status]))
    yield tr("When: {date}", date=_noted(date_in_words(event.when), date_note(event.when)))
    where = (where_in_full(event) if where is None else where) or tr("place not known")
    yield tr("Where: {place}", place=_noted(where, where_note(event)))
    if event.route:
        # Translators: {places} are the points of a march in order, "Stortinget – Youngstorget".
        yield tr("Route: {places}", places=route_in_words(event))
    if event.organisers:
        yield tr("Organisers: {names}", names=listed(event.organisers))
    if event.communities:
        yield tr("Community: {names}", names=listed(event.communities))
    if event.topics:
        yield tr("Topics: {names}", names=listed(event.topics))
    shown = words_of(event)
    if shown.about:
        # Translators: {text} says what an event was about.
        yield tr("About: {text}", text=shown.about)
    for crowd in event.crowd:
        # Translators: {number} says how many people came.
        yield tr("Crowd: {number}", number=crowd_in_words(crowd)) + _attribution(event, crowd.by, crowd.source)
    for claim in event.claims:
        yield tr(_CLAIMS[claim.kind], text=claim.text) + _attribution(event, claim.by, claim.source)
    for language, text in _in_other_languages(event, shown):
        yield tr("{language}: {text}", language=language, text=text)
    for at, source in enumerate(event.sources, 1):
        yield tr("Source {number}: {source}", number=number(at), source=source_line(source))
    if not event.sources:
        yield (
            tr("Reported by its organiser; no independent source yet.")
            if event.by_organiser
            else tr("No source given.")
        )


def _in_other_languages(event: Event, shown: Words) -> Iterator[tuple[str, str]]:
    """Yield title and summary in all languages except that of the displayed title, with the language's name."""
    texts = [(event.language, event.title, event.about)] if event.translations else []
    for tag, title, about in (*texts, *((one.language, one.title, one.about) for one in event.translations)):
        if tag != shown.title_language:
            said = " – ".join(text for text in (title, "" if about == shown.about else about) if text)
            yield (language_name(tag) if tag else tr("language not known")), said


def source_line(source: Source) -> str:
    """Return a source on one line: title, publisher, day, URL, archived copy."""
    parts = [source.title, source.publisher]
    parts += [day_in_words(source.published)] if source.published else []
    parts += [source.url]
    parts += [tr("archived copy {address}", address=source.archived_url)] if source.archived_url else []
    return ", ".join(part for part in parts if part)


def _noted(value: str, note: str) -> str:
    return tr("{text} ({note})", text=value, note=note) if note else value


def _attribution(event: Event, by: str, source: int | None) -> str:
    parts = [by] if by else []
    parts += (
        [tr("source {number}", number=number(source + 1))] if source is not None and source < len(event.sources) else []
    )
    return f" – {', '.join(parts)}" if parts else ""
