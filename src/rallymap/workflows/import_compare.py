"""Compare a row with the existing event: values that the table does not state are kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from rallymap.events import Event, ReviewStatus, Translation
from rallymap.intake.inspection import TableReading
from rallymap.intake.tables.tagged_headings import language_of_heading
from rallymap.places import Resolver
from rallymap.workflows.locations import Outcome, Placed, locate

_NOT_OF_THE_TABLE = frozenset({"id", "location", "review", "revision"})
_WHEN = frozenset("date start end day month year time start_time end_time zone precision approximate".split())
_WHERE = frozenset("place place_text city region county venue country".split())
_POINT = frozenset("lat lon coordinates location_precision".split())
_LANGUAGES = ("language", "translations")
"""Attributes that are compared together: no translation is in the language of the original."""
_REPORTED = ("source", "claim", "crowd")


def with_what_is_known(event: Event, known: Event | None, stated: frozenset[str], resolver: Resolver) -> Placed:
    """Add the stored values and the location to a row."""
    if known is None:
        return locate(event, resolver)
    unstated = {field.name for field in dataclasses.fields(Event)} - stated - _NOT_OF_THE_TABLE - {*_LANGUAGES}
    event = event.changed(
        **{name: getattr(known, name) for name in unstated}, **_with_known_languages(event, known, stated)
    )
    if not known.place.country_hint and known.location is not None:
        # Exports write the location's country into the place; this is not a change of the place text.
        plain = dataclasses.replace(event.place, country_hint="")
        if plain == known.place and event.place.country_hint == known.location.country:
            event = event.changed(place=plain)
    if event.location is not None or known.location is None or not _same_words(event, known):
        return locate(event, resolver)
    zone = event.when.zone or (known.when.zone if event.when.is_known else "")
    when = dataclasses.replace(event.when, zone=zone)
    return Placed(event.changed(location=known.location, place=known.place, when=when), Outcome.LOCATED)


def _with_known_languages(event: Event, known: Event, stated: frozenset[str]) -> dict[str, object]:
    """Return language and translations of an existing event, updated with what the table states.

    A table with a column for one language, such as ``title (fa)``, does not affect other languages.
    """
    language = event.language if "language" in stated else known.language
    old, new = ({one.language: one for one in of.translations} for of in (known, event))
    translations = []
    for tag in {**old, **new}.keys() - {language}:
        texts = {}
        for name in ("title", "about"):
            is_said = "translations" in stated or f"{name}:{tag}" in stated
            texts[name] = getattr((new if is_said else old).get(tag), name, "")
        if any(texts.values()):
            translations.append(Translation(tag, **texts))
    return {"language": language, "translations": tuple(translations)}


def _same_words(event: Event, known: Event) -> bool:
    new, old = event.place, known.place
    # If the row has no venue, the stored venue may come from the gazetteer's parse of the place text.
    return (new.text, new.country_hint) == (old.text, old.country_hint) and new.venue in ("", old.venue)


def changes_between(old: Event, new: Event) -> dict[str, tuple[object, object]]:
    """Return the differing fields, each with the current and the new value."""
    names = [field.name for field in dataclasses.fields(Event)]
    return {
        name: (getattr(old, name), getattr(new, name)) for name in names if getattr(old, name) != getattr(new, name)
    }


def attributes_stated(tables: Sequence[TableReading]) -> frozenset[str]:
    """Return which attributes of an event have columns in the tables, even if a row leaves them empty."""
    stated: set[str] = {"title"}
    for column in (column for one in tables if one.is_read for column in one.columns):
        name = column.field
        if name in _WHEN:
            stated.add("when")
        elif name in _WHERE:
            stated.add("place")
        elif name in _POINT:
            stated.add("location")
        elif name == "flag":
            stated.add("status")
        elif name.startswith("route"):
            stated |= {"route", "place"} if name == "route_start" else {"route"}
        elif name.startswith("translation"):
            stated.add("translations")
        elif name.startswith(_REPORTED):
            # Claims and crowd estimates refer to sources by number, so the three change together.
            stated |= {"sources", "claims", "crowd"}
        else:
            # "title:fa" is kept as it is: it concerns one language.
            stated |= {name, "language"} if name == "title" and language_of_heading(column.heading) else {name}
    return frozenset(stated)


def require_source(event: Event, review: ReviewStatus) -> Event:
    """Make an event pending if it has no source and is not reported by its organiser."""
    if review is not ReviewStatus.PUBLISHED or event.sources or event.by_organiser:
        return event
    return event.changed(review=ReviewStatus.PENDING)
