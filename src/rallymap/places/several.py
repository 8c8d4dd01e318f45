"""Texts that name several towns: "Oslo and Bergen", "between Cologne and Bonn", "Long Beach, CA to Fresno, CA"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rallymap.countries import read_joined_country
from rallymap.distances import measure_km
from rallymap.places.codes import ADMIN1, ADMIN2, ALTERNATE, CITY, COUNTRY, EXONYM, OFFICIAL, PRIMARY
from rallymap.places.counties import districts_of_county
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.glued_towns import drop_simultaneous, glued_ends, glued_pairs
from rallymap.places.hyphenated_cities import set_apart
from rallymap.places.inflection import base_forms
from rallymap.places.normalize import join_key
from rallymap.places.parse import Segment, split_segments
from rallymap.places.readings import is_explained, read_regions
from rallymap.places.topics import find_labels
from rallymap.places.vocabulary import AND, BETWEEN, EVENT_WORDS, FILLERS, LABELS, ROUTE_TO, VENUE_WORDS
from rallymap.venue_words import NONE, head_of, is_civic, is_compound

_A_TOWN: Final = 5000
_CODE_LETTERS: Final = 3
_A_CITY: Final = 100_000
_A_CAPITAL: Final = 50_000
_APART_KM: Final = 12.0
_LISTED_APART_KM: Final = 60.0
_BETWEEN_APART_KM: Final = 2.0  # "between Strasbourg and Kehl"
_WITHIN_TWO: Final = frozenset(
    "between zwischen entre tra fra mellan mellom mellem tussen miedzy mezi между між بین".split()
)
_QUARTER_KM: Final = 30.0
_ARROW: Final = re.compile(r"\s*(?:→|⇒|➔|>|->|=>|/|&|\+)\s*|(?<=\w)[–—](?=\w)|\s+[-–—]\s+")
_WAY: Final = re.compile(r"→|⇒|➔|->|=>|(?<=\w)[–—](?=\w)|\s[-–—]\s")
_BETWEEN_TOWNS: Final = frozenset(" ,/–—→>&+،、，")
_TO: Final = frozenset("to till til bis nach naar vers hacia do до تا الی إلى الى 到".split())
_BEFORE_TOWN: Final = EVENT_WORDS | LABELS
_JOIN: Final = " \uffff "  # marks an explicit conjunction; removed by folding
_MAX_PARTS: Final = 12
_NORDIC_IN: Final = "i"  # also "and" in Polish and Catalan
_AND_PREFIXES: Final = ("و", "ו")  # Arabic and Hebrew attach "and" to the next word


@dataclass(slots=True)
class _Town:
    segment: Segment
    place: int
    region: str = ""


def read_several(gazetteer: Gazetteer, text: str) -> list[str]:
    """Return the towns of a text that names at least two, each with its region; [] for other texts.

    Towns separated only by a comma count only if both are cities far apart: "Richmond Hill, Toronto" is one place.
    """
    text = _set_apart(gazetteer, drop_simultaneous(set_apart(gazetteer, text)))
    if _BETWEEN_TOWNS.isdisjoint(text) or _is_name(gazetteer, text):
        return []
    wholes = split_segments(text)
    if len(wholes) == 2 and _is_region(gazetteer, wholes[1]) and not _ARROW.search(text) and not _has_joint(wholes):
        return []  # "Gothenburg, Sweden": the usual case
    if len(wholes) == 2 and _ARROW.search(text) and read_joined_country(wholes[0].text, wholes[1].text):
        return []  # "São Tomé - Príncipe"
    if not wholes:
        return []  # "19 Uhr"
    towns: list[_Town] = []
    joined = needs_joint = False
    country: Segment | None = None
    marked = find_labels(text)
    labels, is_labelled = 0, False
    for part in split_segments(_ARROW.sub(", \uffff,", text)):
        if part.near or len(towns) > _MAX_PARTS:
            return []
        if part.words in marked or all(word in LABELS for word in part.words):
            labels += 1  # "Start: Bonn, Ziel: Köln", "Bonn (Start), Köln (Ziel)"
            is_labelled = True
            continue
        named = _without_event(gazetteer, part)
        if named is not part and part.words[0] in LABELS:
            labels, is_labelled = labels + 1, True
        pieces, connected = _split_and(gazetteer, named)
        joined = joined or connected
        for number, piece in enumerate(pieces):
            # "DC and New York": the name after "and" is another town, not the region of the previous one.
            follows_and = (number > 0 or is_labelled) and not _is_short(piece)
            is_labelled = False
            if not follows_and and towns and _is_region_of(gazetteer, piece, towns[-1]):
                towns[-1].region = piece.text
                continue
            is_first = not towns and country is None and len(pieces) == 1  # "تونس وصفاقس" are two towns
            if is_first and _is_country_rather_than_town(gazetteer, piece):
                country = piece
                continue
            place = _find_town(gazetteer, piece)
            if place is None:
                # "Zürich HB & Bern Bundesplatz", but not "Independence Hall, Philadelphia".
                place = _find_town_of_venue(gazetteer, piece.words)
                needs_joint = True
            if place is None:
                return []
            towns.append(_Town(piece, place))
            if country is not None and not _is_region_of(gazetteer, country, towns[0]):
                return []  # "Iraq - Erbil" starts with the country
    if country is not None and towns and not towns[0].region:
        towns[0].region = country.text
    joined = joined or labels > 1 or _ARROW.search(text) is not None
    apart_km = _BETWEEN_APART_KM if wholes[0].words[0] in _WITHIN_TWO else _APART_KM if joined else _LISTED_APART_KM
    if len(towns) < 2 or not _are_apart(gazetteer, towns, apart_km):
        return []
    if not joined and (needs_joint or any(not _is_city(gazetteer, town) for town in towns)):
        return []
    if not joined and len(towns) == 2 and _is_quarter_of(gazetteer, towns[0], towns[1]):
        return []
    if towns[-1].region and joined and not any(town.region for town in towns[:-1]):
        # "Seattle and Tacoma, WA": the region applies to both.
        for town in towns[:-1]:
            town.region = towns[-1].region
    return [", ".join(filter(None, (town.segment.text, town.region))) for town in towns]


def _set_apart(gazetteer: Gazetteer, text: str) -> str:
    """Replace an attached "and" or "to" between two towns with "+": "台北和高雄"."""
    for names in (*glued_pairs(text), *glued_ends(text)):
        parts = [split_segments(name) for name in names]
        if all(_find_town(gazetteer, name) is not None for part in parts for name in part):
            return " + ".join(names)
    return text


def read_route(gazetteer: Gazetteer, text: str) -> list[str]:
    """Return the towns of a route: "from Cologne to Bonn", "between A and B", "A – B"; [] for other texts."""
    words = [word for segment in split_segments(text) for word in segment.words]
    is_way = _WAY.search(text) is not None or any(word in BETWEEN for word in words[:1]) or bool(_TO & set(words))
    is_way = is_way or bool(glued_ends(text)) or len(find_labels(text)) > 1
    return read_several(gazetteer, text) if is_way else []


def _has_joint(segments: Sequence[Segment]) -> bool:
    """Return whether a word may join two towns; in Arabic script "and" is attached to the next word."""
    return any(
        word in AND or word in BETWEEN or word[0] in _AND_PREFIXES for segment in segments for word in segment.words
    )


def _is_name(gazetteer: Gazetteer, text: str) -> bool:
    """Return whether the text is a single name: "Trinidad and Tobago", "Frankfurt/Main"."""
    segments = split_segments(text)
    return len(segments) == 1 and bool(gazetteer.find(join_key(segments[0].words)))


def _split_and(gazetteer: Gazetteer, part: Segment) -> tuple[list[Segment], bool]:
    """Split a part at words such as "and" and "to"; also return whether there was one."""
    words = part.words
    start = 0
    connected = False
    for number, word in enumerate(words):
        if head_of(word) is not NONE or (not number and word == "av"):
            break  # "Embassy of Chile", "Av. de Lyon": a venue name follows, not a route
        if word in BETWEEN and all(is_explained(before) for before in words[:number]):
            # "Entre Ríos" and "Van" are names.
            start = number + 1 if not gazetteer.find(join_key(words)) else 0
            break
    rest = part.part(start, len(words))
    if rest.words and rest.words[0] in AND and len(rest.words) > 1:
        rest, connected = rest.part(1, len(rest.words)), True
    elif rest.words and rest.words[0] in AND:
        return [], True
    if gazetteer.find(join_key(rest.words)):
        return [rest], connected
    joints = AND | ROUTE_TO if start else AND
    for number, word in enumerate(rest.words):
        if number and word in joints and number < len(rest.words) - 1:
            head = _without_article(gazetteer, rest.part(0, number))
            tail = _without_article(gazetteer, rest.part(number + 1, len(rest.words)))
            named = (_find_town(gazetteer, head), _find_town_of_venue(gazetteer, head.words))
            if word == _NORDIC_IN and _is_country_rather_than_town(gazetteer, head):
                continue  # after a country it is "in": "för Iran i Göteborg"
            if named != (None, None) or _is_region(gazetteer, head):
                more, _ = _split_and(gazetteer, tail)
                return [head, *more], True
        if (
            number
            and word.startswith(_AND_PREFIXES)
            and len("".join(rest.words[number:])) > 3
            and _find_town(gazetteer, rest.part(0, number)) is not None
        ):
            tail = rest.part(number, len(rest.words)).rewrite((word[1:], *rest.words[number + 1 :]))
            if _find_town(gazetteer, tail) is not None:
                return [rest.part(0, number), Segment(" ".join(tail.words), tail.words)], True
    return [rest], connected


def _without_event(gazetteer: Gazetteer, part: Segment) -> Segment:
    """Drop words for an event and labels before a town: "Marche Marseille - Toulon", "Ziel Köln"."""
    words = part.words
    first = next((number for number, word in enumerate(words) if word not in _BEFORE_TOWN or word in BETWEEN), 0)
    if not first or gazetteer.find(join_key(words)):
        return part  # "Marche-en-Famenne" is a town
    return part.part(first, len(words)) if all(head_of(word) is NONE for word in words) else part


def _without_article(gazetteer: Gazetteer, part: Segment) -> Segment:
    """Drop a preposition or article before a town: "από την Αθήνα", "de la Iași la București"."""
    words = part.words
    is_joined = len(words) > 1 and words[0] in FILLERS and not gazetteer.find(join_key(words))
    return part.part(1, len(words)) if is_joined else part


def _find_town(gazetteer: Gazetteer, part: Segment, max_rank: int = ALTERNATE) -> int | None:
    words = part.words
    if not words:
        return None
    least = _A_TOWN
    if all(word in VENUE_WORDS or word.isdigit() for word in words):
        max_rank, least = PRIMARY, _A_CITY  # "Van" is a city; "Bar" is probably not meant as one
    for form in (words, *base_forms(words)):
        towns = [
            posting.place
            for posting in gazetteer.find(join_key(form))
            if posting.kind == CITY and gazetteer.population(posting.place) > least and posting.rank <= max_rank
        ]
        if towns:
            return max(towns, key=gazetteer.population)
    return None


def _find_town_of_venue(gazetteer: Gazetteer, words: tuple[str, ...]) -> int | None:
    """Return the city that a station, town hall or square is named after: "Zürich HB", "Bern Bundesplatz"."""
    if len(words) < 2 or not (is_compound(words[-1]) or is_civic(words[-1])):
        return None
    cities = [
        posting.place
        for posting in gazetteer.find(join_key(words[:-1]))
        if posting.kind == CITY and gazetteer.population(posting.place) >= _A_CITY and posting.rank <= EXONYM
    ]
    return max(cities, key=gazetteer.population, default=None)


def _is_region(gazetteer: Gazetteer, part: Segment) -> bool:
    return bool(read_regions(gazetteer, part.words)) or any(
        posting.kind == COUNTRY for posting in gazetteer.find(join_key(part.words))
    )


def _is_country_rather_than_town(gazetteer: Gazetteer, part: Segment) -> bool:
    postings = gazetteer.find(join_key(part.words))
    return any(posting.kind == COUNTRY and posting.rank <= EXONYM for posting in postings) and not any(
        posting.kind == CITY and posting.rank <= OFFICIAL and gazetteer.population(posting.place) >= _A_CAPITAL
        for posting in postings
    )


def _is_region_of(gazetteer: Gazetteer, part: Segment, town: _Town) -> bool:
    """Return whether the part names a region that contains a town with this name, or a country."""
    regions = {*read_regions(gazetteer, part.words), *districts_of_county(gazetteer, part.words)}
    countries = set()
    for posting in gazetteer.find(join_key(part.words)):
        kind = posting.kind
        if kind == COUNTRY:
            countries.add(gazetteer.country(posting.place))
        elif kind in (ADMIN1, ADMIN2):
            regions.add(posting.place)
    if not regions and not countries:
        return False
    namesakes = gazetteer.find(join_key(town.segment.words))
    return any(
        gazetteer.admin1(posting.place) in regions
        or gazetteer.admin2(posting.place) in regions
        or gazetteer.country(posting.place) in countries
        for posting in namesakes
    ) or bool(countries)


def _is_short(piece: Segment) -> bool:
    return len("".join(piece.words)) <= _CODE_LETTERS


def _is_city(gazetteer: Gazetteer, town: _Town) -> bool:
    place = _find_town(gazetteer, town.segment, EXONYM)
    return place is not None and gazetteer.population(place) >= _A_CITY


def _is_quarter_of(gazetteer: Gazetteer, quarter: _Town, city: _Town) -> bool:
    """Return whether a place with the first name is in or near the second: "Pilsen, Chicago", "Palma, Mallorca"."""
    point = gazetteer.lat_lon(city.place)
    within_km = _QUARTER_KM + gazetteer.island_radius_km(city.place)
    return any(
        posting.kind >= CITY and measure_km(*point, *gazetteer.lat_lon(posting.place)) <= within_km
        for posting in gazetteer.find(join_key(quarter.segment.words))
    )


def _are_apart(gazetteer: Gazetteer, towns: list[_Town], apart_km: float) -> bool:
    first = gazetteer.lat_lon(towns[0].place)
    return all(measure_km(*first, *gazetteer.lat_lon(town.place)) > apart_km for town in towns[1:])
