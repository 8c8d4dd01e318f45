"""An event back into the fields of the form, to be changed there; the inverse of :mod:`rallymap.intake.fields`."""

from __future__ import annotations

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Disclosure, Event, Place
from rallymap.intake.names import join_names

CHOSEN_PLACE = "place_chosen"
"""Field that names the candidate a person chose for the place text."""


def choice_text(lat: float, lon: float, precision: str, place: Place) -> str:
    """Return what :data:`CHOSEN_PLACE` holds for a candidate, chosen for these words and this country."""
    return f"{lat:.5f},{lon:.5f},{precision} for {place.country_hint or '-'}: {place.text}"


def fields_of_event(event: Event) -> dict[str, str]:
    """Return the texts that would make this event again; empty fields are left out.

    The location comes back as ``coordinates`` only where a person set it: what the gazetteer found, it finds again.
    """
    fields = {
        "title": event.title,
        "kind": event.kind.value,
        "status": event.status.value,
        "about": event.about,
        "place_text": event.place.text,
        "venue": event.place.venue,
        "country": event.place.country_hint,
        "organisers": join_names(event.organisers),
        "communities": join_names(event.communities),
        "topics": join_names(event.topics),
        "by_organiser": "yes" if event.by_organiser else "",
    }
    fields |= _date_fields(event.when)
    if event.location is not None and event.location.method in ("pin", "given"):
        fields["coordinates"] = f"{event.location.lat:.5f}, {event.location.lon:.5f}"
        fields["location_precision"] = event.location.precision.value
    if event.disclosure is not Disclosure.CITY:
        fields["disclosure"] = event.disclosure.value
    if event.disclosed_from is not None:
        fields["disclosed_from"] = event.disclosed_from.isoformat(sep=" ", timespec="minutes")
    for index, source in enumerate(event.sources):
        fields |= _numbered(
            "source",
            index,
            url=source.url,
            title=source.title,
            publisher=source.publisher,
            published=source.published.isoformat() if source.published else "",
            archived_url=source.archived_url,
        )
    for index, claim in enumerate(event.claims):
        fields |= _numbered(
            "claim", index, text=claim.text, kind=claim.kind.value, by=claim.by, source=_source_number(claim.source)
        )
    for index, crowd in enumerate(event.crowd):
        fields |= _numbered(
            "crowd",
            index,
            low="" if crowd.low is None else str(crowd.low),
            high="" if crowd.high is None else str(crowd.high),
            words=crowd.words,
            by=crowd.by,
            source=_source_number(crowd.source),
        )
    return {name: text for name, text in fields.items() if text}


def _date_fields(when: EventDate) -> dict[str, str]:
    if when.start is None or when.end is None:
        return {"precision": DatePrecision.UNKNOWN.value}
    start = {DatePrecision.YEAR: f"{when.start.year:04d}", DatePrecision.MONTH: f"{when.start:%Y-%m}"}.get(
        when.precision, when.start.isoformat()
    )
    several_days = when.end != when.start and when.precision in (DatePrecision.DAY, DatePrecision.MINUTE)
    return {
        "precision": when.precision.value,
        "start": start,
        "end": when.end.isoformat() if several_days else "",
        "start_time": f"{when.start_time:%H:%M}" if when.start_time else "",
        "end_time": f"{when.end_time:%H:%M}" if when.end_time else "",
        # Only a time of day needs its zone; elsewhere it is found from the place again.
        "zone": when.zone if when.start_time else "",
        "approximate": "yes" if when.approximate else "",
    }


def _numbered(group: str, index: int, **parts: str) -> dict[str, str]:
    number = "" if index == 0 else str(index + 1)
    return {f"{group}{number}_{part}": text for part, text in parts.items()}


def _source_number(source: int | None) -> str:
    return "" if source is None else str(source + 1)
