"""Decide which segments of a text name a town, and which name a venue in it.

Names in a venue's segment are not evidence for town, region or country: "Embassy of Georgia", "Avenue du Maine".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rallymap.demonyms import country_of_demonym
from rallymap.places.adjectives import is_called_after_person
from rallymap.places.city_letters import split_city_letters
from rallymap.places.city_parts import split_quarter
from rallymap.places.code_words import CODE_LETTERS
from rallymap.places.codes import CITY, CODE, COUNTRY
from rallymap.places.event_towns import split_after_event, split_before_compound, split_in_front, split_in_middle
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.inflection import base_words, is_locative
from rallymap.places.normalize import join_key
from rallymap.places.parse import CASE_ENDING, Segment
from rallymap.places.readings import is_explained
from rallymap.places.seats import split_seat
from rallymap.places.street_names import can_precede_name, rate_town_after, rate_town_before
from rallymap.places.town_words import A_CITY, A_TOWN, as_town, is_exact_name, is_place, is_small_town
from rallymap.places.towns_at_home import find_town_at_home
from rallymap.places.vocabulary import COMPASS, EVENT_WORDS, FILLERS, IN_FRONT, LOCATIVE
from rallymap.venue_words import (
    BEHIND_ADJECTIVES,
    CIVIC_BUILDINGS,
    CIVIC_WORDS,
    KURMANJI,
    LEADING,
    LOCAL,
    MARKETS,
    MISSION,
    NAMED_FIRST,
    NONE,
    STATE,
    STREET,
    STREET_ENDINGS,
    TRAILING,
    Head,
    head_of,
    is_civic,
    is_compound,
)

_MAX_TAIL: Final = 4
_SAINTS: Final = frozenset(
    "san santa santo sant santi saint sainte st ste sankt sao sveti sveta szent sfantu agios".split()
)
_BEFORE_CIVIC: Final = IN_FRONT | EVENT_WORDS | frozenset(("at", "the"))  # "outside Leeds Crown Court"
_TOWN_SQUARES: Final = (("grand", "place"), ("grote", "markt"), ("plaza", "mayor"))
_TOWN_HALLS: Final = frozenset("ayuntamiento ajuntament mairie rathaus comune municipio stadhuis".split())
_ADJECTIVES: Final = frozenset("cultural culturel presidential supreme".split())
_SHORT_MISSIONS: Final = frozenset(("amb", "emb", "cons", "kons"))
_SURE_ALONE: Final = 0.97  # below 1: if another town is named, it is part of a venue name
_SMALL_TOWN_BEHIND: Final = 0.75  # many ordinary words are names of small towns
_SOUTH_SLAVIC_MISSIONS: Final = ("посолств", "консулств", "амбасад", "конзулат")
_FOUND_IN: Final = (CITY, COUNTRY)


def head_of_segment(segment: Segment) -> Head:
    """Return the most restrictive head among the words of a segment."""
    words = segment.words
    if len(words) == 1:
        return head_of(words[0])
    head = max(map(head_of, words), default=NONE)
    if "commission" in words and words[words.index("commission") - 1] == "high":
        return MISSION  # embassy of a Commonwealth state
    if "su" in words and words[words.index("su") + 1 :][:1] == ("quan",):
        return MISSION  # Vietnamese: "đại sứ quán", "lãnh sự quán"
    if "interests" in words and words[words.index("interests") + 1 :][:1] == ("section",):
        return MISSION  # mission of a state without an embassy
    if words and words[0] in _SHORT_MISSIONS and segment.text[len(words[0]) :].startswith("."):
        return MISSION  # "Amb. Russie"
    if words[:1] == ("av",) and not head:
        return STREET  # "Av. de Lyon"
    if head is NONE and words:
        last = -2 if len(words) > 2 and words[-1] in COMPASS else -1  # "International Dr NW"
        if words[last] in STREET_ENDINGS:
            return STREET
    return head


def split_venue(gazetteer: Gazetteer, segment: Segment) -> list[Segment]:
    """Split a venue from the town in the same segment: "Iranian Embassy in London", "Oxford Street London".

    Returns only the segment itself if it names no such town.
    """
    words = segment.words
    for start in range(len(words) - 1, 0, -1):
        tail = words[start:]
        if len(tail) > _MAX_TAIL:
            break
        if _is_of(words[:start]):
            continue
        is_apart = not segment.written or segment.written[start]  # "St Mary-at-Hill" is a single name
        is_named = is_apart and segment.capitals[start] and not all(word in FILLERS for word in tail)
        is_way = words[start - 1] == "a" and len("".join(tail)) <= CODE_LETTERS  # "de Cibeles a Sol"
        is_posted = words[start - 1] == "to" and any(head_of(word) is MISSION for word in words[:start])
        if (words[start - 1] in LOCATIVE or is_posted) and is_named and not is_way:
            named = segment.part(start, len(words))
            quarter = split_quarter(gazetteer, named)
            if quarter is not None:
                return [*([segment.part(0, start - 1)] if start > 1 else []), *quarter]  # "in Berlin-Wilmersdorf"
            town = find_town_at_home(gazetteer, words[start - 1], named)
            town = town or as_town(gazetteer, named, A_TOWN, _FOUND_IN)
            if town is not None and start > 1:
                if words[start - 1] == "a":  # in Spanish more likely "to": "Hemiciclo a Juárez"
                    town = town._replace(max_confidence=_SURE_ALONE)
                return [segment.part(0, start - 1), town]
            if town is not None:
                return [town]
        if _means_in(gazetteer, tail[0]):
            for form in base_words(tail[0]):
                town = as_town(gazetteer, segment.part(start, len(words)).rewrite((form, *tail[1:])), A_CITY)
                if town is not None:
                    return [segment.part(0, start), town]
    inside = split_in_middle(gazetteer, segment) or split_after_event(gazetteer, segment)
    inside = inside or split_before_compound(gazetteer, segment)
    if inside is not None:
        return inside
    if len(words) > 1 and segment.capitals[0] and _means_in(gazetteer, words[0]) and not country_of_demonym(words[0]):
        for form in base_words(words[0]):
            town = as_town(gazetteer, segment.part(0, 1).rewrite((form,)), A_CITY)
            if town is not None:
                return [segment.part(1, len(words)), town]
    before = split_in_front(gazetteer, segment)
    if before is not None:
        return before
    if CASE_ENDING in words:
        end = words.index(CASE_ENDING)
        town = as_town(gazetteer, segment.part(0, end), A_TOWN)
        if town is not None:
            return [segment.part(end + 1, len(words)), town] if end + 1 < len(words) else [town]
    heads = [number for number, word in enumerate(words) if head_of(word) is not NONE]
    if not heads or is_called_after_person(words):
        return [segment]
    by_letters = split_city_letters(segment)
    if by_letters is not None:
        return by_letters
    if words[heads[0]].startswith(KURMANJI) and len(words) > 1:
        last = segment.part(len(words) - 1, len(words))
        for form, least in ((words[-1], A_TOWN), *((form, A_CITY) for form in base_words(words[-1]))):
            town = as_town(gazetteer, last.rewrite((form,)), least)  # "zanîngeha Kobanê", "şaredariya Amedê"
            if town is not None:
                return [segment.part(0, len(words) - 1), town]
    seat = split_seat(gazetteer, segment)
    if seat is not None:
        return seat
    if words[heads[0]] in BEHIND_ADJECTIVES and is_exact_name(gazetteer, words[: heads[0]]):
        leading = _split_leading(gazetteer, segment, heads)  # "Brno náměstí Svobody"
        if leading is not None:
            return leading
    return (
        _split_civic(gazetteer, segment)
        or _split_trailing(gazetteer, segment, heads)
        or _split_leading(gazetteer, segment, heads)
        or _split_before_name(gazetteer, segment, heads)
        or [segment]
    )


def _means_in(gazetteer: Gazetteer, word: str) -> bool:
    """Return whether a word's form means "in": not "edessä" in "kirkon edessä", nor the town "بوکان"."""
    is_name = is_exact_name(gazetteer, (word,)) or is_small_town(gazetteer, (word,))
    return is_locative(word) and word not in EVENT_WORDS and not is_name


def _is_of(words: tuple[str, ...]) -> bool:
    """Return whether words end with Bulgarian or Macedonian "на" in the sense of "of": "Посолство на Русия"."""
    return len(words) > 1 and words[-1] == "на" and words[-2].startswith(_SOUTH_SLAVIC_MISSIONS)


def _split_trailing(gazetteer: Gazetteer, segment: Segment, heads: Sequence[int]) -> list[Segment] | None:
    """Split "Embassy of Peru Vienna" or "Trafalgar Square London", but not "Rue de Rome"."""
    words, last = segment.words, heads[-1]
    first = last + 1
    while first < len(words) and words[first] in FILLERS:
        first += 1
    named = words[first:]
    if words[: last + 1] in _TOWN_SQUARES and named:
        town = as_town(gazetteer, segment.part(first, len(words)), A_CITY)
        if town is not None:
            return [segment.part(0, last + 1), town]  # "Grand-Place de Lille"
    if first > last + 1 and words[last] in _TOWN_HALLS and named:
        town = as_town(gazetteer, segment.part(first, len(words)), A_CITY)
        if town is not None:
            return [segment.part(0, last + 1), town]  # "Ayuntamiento de Cartagena, Murcia" is not in Murcia
    if words[last] in _ADJECTIVES:
        return None  # "Camden Cultural Hub" is not in a town called Hub
    if first > last + 1 and segment.capitals[last + 1] and words[last] not in LEADING - TRAILING and last > 0:
        town = as_town(gazetteer, segment.part(last + 1, len(words)), A_CITY)
        if town is not None:
            return [segment.part(0, last + 1), town]  # "Oak Street Los Angeles", "Main Square The Hague"
    if not named or (first > last + 1 and is_place(gazetteer, named)):
        return None
    follows_name = (
        is_compound(words[last])
        or (last > 0 and (words[last] not in LEADING or words[last] in TRAILING))
        or (last == 0 and words[0] in MARKETS)
        or (last > 0 and words[last] in NAMED_FIRST)
        or (last > 0 and words[last] in BEHIND_ADJECTIVES and not is_explained(words[last - 1]))
        or (head_of(words[last]) is MISSION and _names_sender(gazetteer, words[:last]))
        or (last > 0 and words[last] in ("embassy", "consulate"))  # mission of an unknown country
    )
    stands_alone = is_civic(words[last]) and all(map(is_explained, words[:last]))  # "Vorplatz Hbf Hannover"
    may_precede = head_of(words[last]) is not LOCAL or words[last] in NAMED_FIRST or stands_alone
    if follows_name and first == last + 1 and may_precede:
        town = as_town(gazetteer, segment.part(first, len(words)), A_CITY)
        if town is not None:
            return [segment.part(0, first), town]
    if last > 0 and words[last] in TRAILING and is_small_town(gazetteer, words[last + 1 :]):
        # "Union Square La Jolla"
        return [
            segment.part(0, last + 1),
            segment.part(last + 1, len(words))._replace(max_confidence=_SMALL_TOWN_BEHIND),
        ]
    if first == last + 1 and len(named) == 2 and head_of(words[last]) is LOCAL and not any(map(is_explained, named)):
        town = as_town(gazetteer, segment.part(first, len(words)), A_CITY)
        if town is not None and town.words != named:
            return [segment.part(0, first), town]  # "администрация Нижнего Новгорода" is not in Velikiy Novgorod
    for start in range(first + 1, len(words)):
        if words[start - 1] in _SAINTS:
            continue  # "Piazza San Babila" is not in a town called Babila
        if len(words) - start <= _MAX_TAIL and words[start - 1] not in FILLERS and words[start] not in FILLERS:
            if is_place(gazetteer, words[first:]) or _is_named_in_part(words[:start]):
                return None
            tail = segment.part(start, len(words))
            if words[last] in BEHIND_ADJECTIVES and not is_exact_name(gazetteer, tail.words):
                continue  # "вулиця Івана Франка" is named after a person, in the genitive
            town = as_town(gazetteer, tail, A_CITY)
            if town is not None and NONE < head_of(words[last]) < STATE:
                max_confidence = rate_town_after(gazetteer, words[last], words[last + 1 : start], town)
                town = town._replace(max_confidence=max_confidence)
            if town is not None:
                return [segment.part(0, start), town]
    return None


def _split_civic(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split "Columbus City Hall" and "Dallas City Hall Plaza": a building after the name of its town."""
    words = segment.words
    first = next((number for number, word in enumerate(words) if word not in _BEFORE_CIVIC), 0)
    for start in range(first + 1, min(first + _MAX_TAIL, len(words) - 1) + 1):
        if words[start] in CIVIC_WORDS or " ".join(words[start : start + 2]) in CIVIC_BUILDINGS:
            town = as_town(gazetteer, segment.part(first, start), A_CITY)
            if town is not None:
                return [segment.part(start, len(words)), town]
    return None


def _split_before_name(gazetteer: Gazetteer, segment: Segment, heads: Sequence[int]) -> list[Segment] | None:
    """Split "İzmir Konak Meydanı": a town before the full name of a street."""
    words, last = segment.words, heads[-1]
    if last != len(words) - 1 or head_of(words[last]) is not STREET:
        return None
    for end in range(1, min(_MAX_TAIL, last) + 1):
        max_confidence = rate_town_before(gazetteer, words[last], words[end:last], words[:end])
        if max_confidence and segment.capitals[0]:
            return [segment.part(end, len(words)), segment.part(0, end)._replace(max_confidence=max_confidence)]
    return None


def _is_named_in_part(words: tuple[str, ...]) -> bool:
    """Return whether the words after the last "in" are an unknown name: "Nad" in "in Nad Ali"."""
    last = max((number for number, word in enumerate(words) if word in LOCATIVE), default=None)
    named = words[last + 1 :] if last is not None else ()
    return any(not is_explained(word) for word in named) and all(head_of(word) is NONE for word in named)


def _split_leading(gazetteer: Gazetteer, segment: Segment, heads: Sequence[int]) -> list[Segment] | None:
    """Split "Paris Place de la République", but not "London Road"."""
    first, last = heads[0], len(segment.words) - 1
    word = segment.words[first]
    # "Oxford University Press" is named after Oxford.
    follows_town = is_compound(word) or (word in LEADING and word != "university" and first < last)
    if word in TRAILING and not can_precede_name(gazetteer, word, segment.words[:first]):
        return None
    if 0 < first <= _MAX_TAIL and follows_town:
        town = as_town(gazetteer, segment.part(0, first), A_CITY)
        if town is not None:
            return [segment.part(first, len(segment.words)), town]
    return None


def _names_sender(gazetteer: Gazetteer, words: tuple[str, ...]) -> bool:
    """Return whether the words before "embassy" name the sending country: "Iraq", "Jordanian", "U.S."."""
    return any(country_of_demonym(word) for word in words) or any(
        posting.kind == COUNTRY and posting.rank <= CODE for posting in gazetteer.find(join_key(words))
    )
