"""Find the town in the name of an embassy or consulate: "consolato turco di Milano", "Konsulat Hamburg"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rallymap.countries import read_country_code
from rallymap.demonyms import country_of_demonym
from rallymap.folding import fold_letters
from rallymap.places.capitals import EMBASSY_SEATS
from rallymap.places.codes import ALTERNATE, CITY
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.inflection import adjective_bases, base_forms
from rallymap.places.missions import host_country, sending_countries
from rallymap.places.parse import CASE_ENDING, Segment
from rallymap.places.part import Part, named_countries
from rallymap.places.readings import find_named, is_explained
from rallymap.places.vocabulary import AND, EVENT_WORDS, FILLERS, IN_FRONT, JOURNEY_FROM, JOURNEY_TO, LOCATIVE
from rallymap.venue_words import MISSION, NONE, head_of, is_embassy

_A_CITY: Final = 50_000
_A_TOWN: Final = 1000
_MAX_WORDS: Final = 4
_MIN_LETTERS: Final = 3
# A mission is also a religious station, and many towns are named after one: "Mission Viejo".
_OTHER_MEANINGS: Final = frozenset(("mission", "missions", "delegation", "chancery", "legation", "unhcr"))
# Hungarian writes adjectives of towns in lower case: "Kína budapesti nagykövetsége".
_HUNGARIAN: Final = ("nagykovet", "konzul", "fokonzul")
_APART: Final = AND | JOURNEY_FROM | JOURNEY_TO
_FACING: Final = IN_FRONT | frozenset(
    "frente enfrente junto fuori accanto vicino face".split()
)  # "davanti al consolato"
_RANKS: Final = frozenset(
    fold_letters(
        "general generale generaux generales geral gral generalny generalnego honorary honorario onorario honoraire"
        " honorar permanent permanente royal islamic republic republik republique republica former"
        " генеральное генеральне العامه العام general's высокой"
    ).split()
)


def split_seat(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split a mission from the town in its name; None if it contains none.

    The sending country is not the location of the mission: "embajada de México" contains no location.
    """
    words = segment.words
    heads = {number for number, word in enumerate(words) if head_of(word) is not NONE}
    missions = {number for number in heads if head_of(words[number]) is MISSION}
    if not missions or heads != missions or all(words[number] in _OTHER_MEANINGS for number in missions):
        return None
    has_adjective = any(country_of_demonym(word) for word in words)
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for start, end in _spans(words, missions):
        is_adjective = words[start].endswith("i") and end in missions and words[end].startswith(_HUNGARIAN)
        if any(start < last and first < end for first, last, _ in found) or not (
            segment.capitals[start] or is_adjective
        ):
            continue
        if _is_sender(words[start:end]) and not has_adjective:
            found.append((start, end, ()))
            continue
        has_sender = has_adjective or any(not named for *_, named in found)
        name = _find_town(gazetteer, words[start:end], has_sender=has_sender)
        if name:
            found.append((start, end, name))
    towns = [one for one in found if one[2]]
    if len(towns) != 1:
        return None
    start, end, named = towns[0]
    town = segment.part(start, end)
    rest = (*range(start), *range(end, len(words)))
    while rest and words[rest[-1]] in FILLERS | LOCATIVE:
        rest = rest[:-1]
    others = tuple(words[number] for number in rest)
    senders = {number for start, end, named in found if not named for number in range(start, end)}
    adjective = min(missions) - 1 if min(missions) == 1 else None  # adjective of a country that the list lacks
    if not all(number in missions | senders | {adjective} or _is_joining(segment, number) for number in rest):
        return None  # "from the White House to the Indian embassy" names two places
    venue = segment.part(0, len(words)).rewrite(others)
    return [venue, town if named == words[start:end] else town.rewrite(named)]


def find_seat(gazetteer: Gazetteer, parts: Sequence[Part], country: str) -> tuple[str, str]:
    """Find the city of an embassy in a text with the host country and without a town.

    "Embassy of Iran, Germany" is in Berlin; consulates are in several cities.

    Returns
    -------
    host, seat
        Alpha-2 code of the host country (`country` unless it is ""), and the city. Both "" if unknown.
    """
    embassies = [part for part in parts if part.head is MISSION and any(map(is_embassy, part.segment.words))]
    others = [named_countries(gazetteer, part) for part in parts if not part.is_venue]
    hosts = {country} if country else set().union(*others, *({host_country(part.segment)} for part in embassies)) - {""}
    senders = {sender for part in embassies for sender in sending_countries(part.segment)}
    if len(embassies) != 1 or len(senders) != 1 or len(hosts) != 1 or hosts == senders or not all(others):
        return "", ""
    host = hosts.pop()
    return host, EMBASSY_SEATS.get(host, "")


def _spans(words: tuple[str, ...], missions: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the word ranges next to the mission that may be names, the longest first."""
    for size in range(min(_MAX_WORDS, len(words) - 1), 0, -1):
        for start in range(len(words) - size + 1):
            span = words[start : start + size]
            if missions & set(range(start, start + size)) or span[-1] in FILLERS | LOCATIVE:
                continue
            if not any(country_of_demonym(word) or word in _RANKS for word in span):
                yield start, start + size


def _is_joining(segment: Segment, number: int) -> bool:
    """Return whether a word belongs to the mission without being a name: preposition, adjective, word for an event."""
    word = segment.words[number]
    if word in _APART and not (number and segment.words[number - 1] in _FACING):
        return False
    if word == CASE_ENDING:
        return True  # "Rusya'nın İstanbul Başkonsolosluğu"
    is_known = word in _RANKS or word in FILLERS | EVENT_WORDS | LOCATIVE or bool(country_of_demonym(word))
    return is_known or not segment.capitals[number]


def _is_sender(span: tuple[str, ...]) -> bool:
    return bool(read_country_code(" ".join(span)))


def _find_town(gazetteer: Gazetteer, span: tuple[str, ...], *, has_sender: bool) -> tuple[str, ...]:
    """Return the base form of the words if they name a town, otherwise ()."""
    if all(is_explained(word) for word in span) or len("".join(span)) < _MIN_LETTERS:
        return ()
    if _names_town(gazetteer, span, _A_TOWN if has_sender else _A_CITY):
        return span
    forms = [*base_forms(span), *((form,) for form in adjective_bases(span[0]) if len(span) == 1)]
    if any(len(form[0]) >= _MIN_LETTERS and _is_sender(form) for form in forms):
        return ()  # "Kubas ambassade", "Jamaican embassy": the country also shares its name with a town
    return next((form for form in forms if _names_town(gazetteer, form, _A_CITY)), ())


def _names_town(gazetteer: Gazetteer, words: tuple[str, ...], min_population: int) -> bool:
    return any(
        posting.kind == CITY and posting.rank <= ALTERNATE and gazetteer.population(posting.place) >= min_population
        for posting in find_named(gazetteer, words)
    )
