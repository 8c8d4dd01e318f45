"""The differences between two versions of an event, by field, and as an HTML table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup

from rallymap.countries import zone_name
from rallymap.event_wording import ATTENDANCE_LABELS, route_in_words
from rallymap.events import Claim, CrowdClaim, Disclosure, Event, Location, Picture, Place, Source, Translation
from rallymap.language import isolated, language_name, mark, number, separator, tr, trc
from rallymap.templates import render
from rallymap.wording import (
    CLAIM_LABELS,
    KIND_LABELS,
    STATUS_LABELS,
    crowd_in_words,
    date_in_words,
    day_in_words,
    place_in_words,
    place_note,
)

DISCLOSURE_LABELS = {
    Disclosure.CITY: mark("the city until it is over"),
    Disclosure.FROM_TIME: mark("the exact location from a time on"),
    Disclosure.PUBLIC: mark("the exact location at once"),
}


def differences(before: Event, after: Event) -> list[tuple[str, str, str]]:
    """Return the label, old text and new text of each differing field, in reading order.

    Texts are "" if a version has no value. Id, revision and review status are ignored.
    """
    said = ((tr(label), say(before), say(after)) for label, say in _FIELDS)
    return [(label, old, new) for label, old, new in said if old != new]


def differences_table(before: Event, after: Event, *, heads: tuple[str, str] | None = None) -> Markup:
    """Render the differences between two versions of an event; "" if there are none.

    Parameters
    ----------
    heads
        Headings of the two versions; None for "Before" and "After".
    """
    heads = heads or (trc("version", "Before"), trc("version", "After"))
    rows = differences(before, after)
    return render("differences.html", heads=heads, rows=rows) if rows else Markup()


def _when(event: Event) -> str:
    words = date_in_words(event.when)
    return (
        f"{words}{separator()}{zone_name(event.when.zone)}"
        if event.when.zone and event.when.start_time is None
        else words
    )


def _place(place: Place) -> str:
    country = f" ({place.country_hint})" if place.country_hint else ""
    return f"{place.text}{country}" if place.text or place.country_hint else ""


def _location(event: Event) -> str:
    location: Location | None = event.location
    if location is None:
        return ""
    # Translators: {point} is latitude and longitude; {radius} is a length with its unit.
    point = tr(
        "{point} within {radius}",
        point=f"{location.lat:.5f}, {location.lon:.5f}",
        radius=_metres(location.radius_m),
    )
    note = place_note(Place(), location)
    return f"{place_in_words(Place(), location)}\n{point}\n{note}{separator()}{location.method}"


def _route(event: Event) -> str:
    """Format the route, with the location of each point below it."""
    points = [f"{p.location.lat:.5f}, {p.location.lon:.5f}" if p.location else "–" for p in event.route]
    return "\n".join([route_in_words(event), *points]) if event.route else ""


def _metres(radius_m: float) -> str:
    if radius_m >= 1000:
        return tr("{n} km", n=number(round(radius_m / 1000)))
    return tr("{n} m", n=number(round(radius_m)))


def _claim(claim: Claim) -> str:
    by = f" – {claim.by}" if claim.by else ""
    # Translators: quoted words: what they are, and the words.
    return tr("{claim}: {text}", claim=tr(CLAIM_LABELS[claim.kind]), text=claim.text) + by


def _crowd(claim: CrowdClaim) -> str:
    by = f" – {claim.by}" if claim.by else ""
    return crowd_in_words(claim) + by


def _source(source: Source) -> str:
    day = day_in_words(source.published) if source.published else ""
    return separator().join(
        part for part in (source.title, source.publisher, day, source.url, source.archived_url) if part
    )


def _translation(one: Translation) -> str:
    # Translators: a language, and what is said in it.
    said = tr("{language}: {text}", language=language_name(one.language), text=one.title or one.about)
    return f"{said}\n{one.about}" if one.title and one.about else said


def _picture(picture: Picture | None) -> str:
    # The start of the id distinguishes two pictures with the same description.
    return f"{picture.description}{separator()}{picture.id[:6]}" if picture else ""


def _disclosure(event: Event) -> str:
    label = tr(DISCLOSURE_LABELS[event.disclosure])
    return f"{label}: {isolated(f'{event.disclosed_from:%Y-%m-%d %H:%M %Z}')}" if event.disclosed_from else label


def _lines(items: Iterable[str]) -> str:
    return "\n".join(items)


_FIELDS: Sequence[tuple[str, Callable[[Event], str]]] = (
    (mark("Title"), lambda event: event.title),
    (mark("Language of the original"), lambda event: language_name(event.language) if event.language else ""),
    (mark("In other languages"), lambda event: _lines(map(_translation, event.translations))),
    (mark("Kind"), lambda event: tr(KIND_LABELS[event.kind])),
    (mark("State"), lambda event: tr(STATUS_LABELS[event.status])),
    (mark("How people take part"), lambda event: tr(ATTENDANCE_LABELS[event.attendance_mode])),
    (mark("When"), _when),
    (mark("Place in words"), lambda event: _place(event.place)),
    (mark("Exact location"), lambda event: event.place.venue),
    (mark("Place on the map"), _location),
    (mark("Route"), _route),
    (mark("What is public before the event"), _disclosure),
    (mark("Organisers"), lambda event: _lines(event.organisers)),
    (mark("Communities"), lambda event: _lines(event.communities)),
    (mark("About"), lambda event: event.about),
    (mark("Topics"), lambda event: _lines(event.topics)),
    (mark("Crowd"), lambda event: _lines(map(_crowd, event.crowd))),
    (mark("Words reported"), lambda event: _lines(map(_claim, event.claims))),
    (mark("Sources"), lambda event: _lines(map(_source, event.sources))),
    (mark("Picture"), lambda event: _picture(event.picture)),
    (mark("Campaign"), lambda event: event.campaign.name if event.campaign else ""),
    (mark("Reported by its organiser"), lambda event: tr("yes") if event.by_organiser else ""),
)

FIELD_LABELS: Mapping[str, str] = {
    "title": mark("Title"),
    "kind": mark("Kind"),
    "status": mark("State"),
    "attendance_mode": mark("How people take part"),
    "when": mark("Date"),
    "place": mark("Place"),
    "location": mark("Place"),
    "route": mark("Route"),
    "disclosure": mark("What is public before the event"),
    "disclosed_from": mark("What is public before the event"),
    "organisers": mark("Organisers"),
    "communities": mark("Communities"),
    "about": mark("About"),
    "topics": mark("Topics"),
    "crowd": mark("Crowd"),
    "claims": mark("Words reported"),
    "campaign": mark("Campaign"),
    "sources": mark("Sources"),
    "picture": mark("Picture"),
    "by_organiser": mark("Reported by its organiser"),
    "language": mark("Language of the original"),
    "translations": mark("In other languages"),
}
"""Field labels for lists of names only; marked for ``tr``."""
