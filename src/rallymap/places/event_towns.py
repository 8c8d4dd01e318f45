"""Split a town from words for an event or a place: "Demo in Köln am Heumarkt", "mitingas Kaune", "Kölner Heumarkt"."""

from __future__ import annotations

from typing import Final

from rallymap.places.gazetteer import Gazetteer
from rallymap.places.inflection import adjective_bases, base_words
from rallymap.places.parse import Segment
from rallymap.places.readings import find_named
from rallymap.places.street_names import countries_of_street
from rallymap.places.town_words import A_CITY, as_town
from rallymap.places.vocabulary import EVENT_WORDS, FILLERS, IN_FRONT, LOCATIVE, VENUE_WORDS

_MAX_TAIL: Final = 4
_A_LARGE_CITY: Final = 100_000
_MIN_NAME: Final = 3
_PLACES: Final = ("platz", "markt", "garten", "park", "wiese", "wiesen", "hof")
_SURE_ALONE: Final = 0.97  # below 1: if another town is named, it is part of a venue name
# After a town: the following words say where in it.
_WHERE: Final = (LOCATIVE | IN_FRONT | frozenset("am an auf ab beim along frente przy pod sur vid ved".split())) - {
    "la"
}


def split_after_event(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split "mitingas Kaune" into the event and the inflected town; None for other segments.

    If the town has exactly this name, the split needs a word of a language that inflects names: "meeleavaldus Tartus".
    """
    words, last = segment.words, len(segment.words) - 1
    if not last or not segment.capitals[last] or not all(word in EVENT_WORDS for word in words[:last]):
        return None
    event, town = segment.part(0, last), segment.part(last, last + 1)
    if find_named(gazetteer, town.words):
        return [event, town] if countries_of_street(event.words) else None
    forms = (town.rewrite((form,)) for form in base_words(words[last]))
    named = next((form for form in forms if as_town(gazetteer, form, A_CITY) is not None), None)
    return [event, named] if named is not None else None


def split_in_middle(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split "Demo in Köln am Heumarkt" into the town and the place in it; None for other segments."""
    words = segment.words
    for start in range(1, len(words) - 2):
        if not all(word in EVENT_WORDS or word in FILLERS for word in words[: start - 1]):
            return None
        if words[start - 1] in LOCATIVE and segment.capitals[start]:
            for end in range(start + 1, min(start + _MAX_TAIL, len(words) - 1)):
                town = as_town(gazetteer, segment.part(start, end), A_CITY) if words[end] in _WHERE else None
                if town is not None:
                    return [segment.part(end, len(words)), town]
    return None


def split_in_front(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split "Oslo outside the parliament" and "أوسلو أمام البرلمان"; None if no town precedes such a word."""
    at = next((number for number, word in enumerate(segment.words) if word in IN_FRONT), 0)
    if not 0 < at <= _MAX_TAIL or at == len(segment.words) - 1:
        return None
    town = as_town(gazetteer, segment.part(0, at), A_CITY)
    return [segment.part(at + 1, len(segment.words)), town] if town is not None else None


def split_before_compound(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split German "Leipziger Augustusplatz" into place and town, but not "Berliner Platz", a name in many towns."""
    if len(segment.words) != 2 or not segment.is_capital:
        return None
    adjective, place = segment.words
    ending = next((ending for ending in _PLACES if place.endswith(ending)), "")
    if not adjective.endswith("er") or not ending or place in VENUE_WORDS or len(place) < len(ending) + _MIN_NAME:
        return None
    if find_named(gazetteer, segment.words):
        return None
    forms = (segment.part(0, 1).rewrite((base,)) for base in adjective_bases(adjective))
    named = next((form for form in forms if as_town(gazetteer, form, _A_LARGE_CITY) is not None), None)
    if named is None:
        return None
    return [segment.part(1, 2), named._replace(max_confidence=_SURE_ALONE)]
