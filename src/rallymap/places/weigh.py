"""Weighing what a text may mean: which of the places that bear a name, and how surely.

Each option gets a weight in log units: the logarithm of its people, less for a weaker claim to the name, more for
agreement with the other segments, the country and the event's other places. The confidence of a place is its share of
all weight (a softmax; places within 25 km of each other are one), times how often a match of its kind is right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.index import Gazetteer
from rallymap.places.readings import Match

SAME_PLACE_KM: Final = 25.0
_ALIAS_BESIDE_NAME: Final = 1.5
_A_TOWN: Final = 1000
_NAMED_FINER: Final = 8.0
_NAMED_TOWN: Final = 13.0
_KM_PER_DEGREE: Final = 110.5  # of latitude, a little less than anywhere on Earth
_EARTH_RADIUS_KM: Final = 6371.0088
_RANK_COST: Final[dict[int, float]] = {
    NameRank.PRIMARY: 0.0, NameRank.OFFICIAL: 0.3, NameRank.EXONYM: 1.0, NameRank.ALTERNATE: 2.5,
    NameRank.ROMANISED: 6.0, NameRank.SHORTENED: 3.0, NameRank.CODE: 6.0,
}  # fmt: skip
_KIND_COST: Final[dict[int, float]] = {
    PlaceKind.COUNTRY: 1.0, PlaceKind.ADMIN1: 3.0, PlaceKind.ADMIN2: 5.0, PlaceKind.CITY: 0.0, PlaceKind.POSTAL: 0.0,
    PlaceKind.CENSUS: 0.0, PlaceKind.TOWNSHIP: 0.5,
}  # fmt: skip
_LEAST_PEOPLE: Final[dict[int, int]] = {PlaceKind.POSTAL: 100, PlaceKind.CENSUS: 200, PlaceKind.TOWNSHIP: 100}
_AGREES_ADMIN1: Final = 9.0
_AGREES_ADMIN2: Final = 8.0
_AGREES_COUNTRY: Final = 8.0
_AGREES_CODE: Final = 5.0
_AGREES_FOREIGN_CODE: Final = 2.0
_AGREES_NEARBY: Final = 6.0
_LARGER_NEARBY: Final = 0.5
_NAMESAKE_SHARE: Final = 0.8
_NEARBY_KM: Final = 60.0


@dataclass(slots=True)
class Context:
    """What one segment says about where the others are."""

    countries: dict[str, float] = field(default_factory=dict)
    admin1: dict[int, float] = field(default_factory=dict)
    admin2: set[int] = field(default_factory=set)
    cities: list[int] = field(default_factory=list)
    near: bool = False
    unexplained_cost: float = 0.0
    is_name: bool = False


@dataclass(slots=True)
class Option:
    """One place that one segment may name; `weight` is in log units."""

    place: int
    rank: int
    match: Match
    segment: int
    cost: float = 0.0
    rest: str = ""
    weight: float = 0.0
    agrees: bool = True
    agrees_well: bool = True
    is_coarse: bool = False


@dataclass(slots=True)
class Group:
    """Options within 25 km of each other, the heaviest first, with their common share of all weight."""

    best: Option
    share: float


def measure_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Measure the great-circle distance in km by the haversine formula (R. W. Sinnott, 1984)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((phi_b - phi_a) / 2) ** 2
    half += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def describe_context(gazetteer: Gazetteer, options: Sequence[Option], regions: Sequence[int], near: bool) -> Context:
    """Sum up what a segment's own readings say about its neighbours."""
    context = Context(near=near)
    for place in regions:
        context.admin1[place] = _AGREES_ADMIN1
        context.unexplained_cost = _AGREES_ADMIN1
    for option in options:
        kind = gazetteer.kind(option.place)
        is_code = option.rank >= NameRank.ROMANISED
        if kind == PlaceKind.COUNTRY:
            gain = _AGREES_COUNTRY if not is_code else _AGREES_FOREIGN_CODE if regions else _AGREES_CODE
            code = gazetteer.country(option.place)
            context.countries[code] = max(gain, context.countries.get(code, 0.0))
            context.unexplained_cost = max(context.unexplained_cost, 4.0 if is_code else 8.0)
        elif kind == PlaceKind.ADMIN1:
            gain = _AGREES_FOREIGN_CODE if option.rank == NameRank.CODE else _AGREES_ADMIN1
            context.admin1[option.place] = max(gain, context.admin1.get(option.place, 0.0))
            if not is_code:
                context.unexplained_cost = max(context.unexplained_cost, 6.0)
        elif kind == PlaceKind.ADMIN2:
            context.admin2.add(option.place)
        elif not is_code and len(context.cities) < 12:
            context.cities.append(option.place)
            people = math.log(max(200, gazetteer.population(option.place)))
            cost = (people - 5.0) * 0.6 - _RANK_COST[option.rank]
            context.unexplained_cost = max(context.unexplained_cost, min(6.0, cost))
    return context


def weigh(
    gazetteer: Gazetteer,
    options: list[Option],
    contexts: Sequence[Context],
    *,
    near: Sequence[tuple[float, float]] = (),
) -> list[Group]:
    """Weigh the options and gather them into groups, heaviest first."""
    for option in options:
        option.weight = _own_weight(gazetteer, option)
        for number, context in enumerate(contexts):
            if number != option.segment:
                gain = _agreement(gazetteer, option.place, context)
                if option.is_coarse and gain <= 0 and context.is_name:
                    # Something finer was named; the region around it is the answer only if nothing else is, and
                    # not if that name is a town's we know.
                    gain = -_NAMED_TOWN if context.cities else min(gain, -_NAMED_FINER)
                option.weight += gain
                option.agrees = option.agrees and gain > -3.9
                option.agrees_well = option.agrees_well and (gain > 4.0 or (gain > -3.9 and not context.admin1))
        if near:
            lat, lon = gazetteer.lat_lon(option.place)
            distance = min(measure_km(lat, lon, *point) for point in near)
            option.weight += 4.0 * math.exp(-distance / 300)
    _prefer_own_name(gazetteer, options)
    _prefer_city_over_namesake_region(gazetteer, options)
    _prefer_place_over_its_region(gazetteer, options)
    return _gather(gazetteer, options)


def _own_weight(gazetteer: Gazetteer, option: Option) -> float:
    kind = gazetteer.kind(option.place)
    people = max(gazetteer.population(option.place), _LEAST_PEOPLE.get(kind, 400))
    return math.log(people) - _RANK_COST[option.rank] - _KIND_COST[kind] - option.cost


def _agreement(gazetteer: Gazetteer, place: int, context: Context) -> float:
    gain = 0.0
    admin1 = gazetteer.admin1(place)
    if admin1 and admin1 in context.admin1:
        gain = context.admin1[admin1]
    if gazetteer.country(place) in context.countries:
        gain = max(gain, context.countries[gazetteer.country(place)])
    if gain < _AGREES_ADMIN2 and gazetteer.admin2(place) in context.admin2:
        gain = _AGREES_ADMIN2
    if not gain and context.cities:
        gain = max(0.0, _nearness(gazetteer, place, context))
    return gain or -context.unexplained_cost


def _nearness(gazetteer: Gazetteer, place: int, context: Context) -> float:
    """Weigh how well the place lies by a town of the context; the smaller of namesakes is less likely meant."""
    lat, lon = gazetteer.lat_lon(place)
    most = max(gazetteer.population(city) for city in context.cities)
    people = gazetteer.population(place)
    best = 0.0
    for city in context.cities:
        city_lat, city_lon = gazetteer.lat_lon(city)
        if abs(city_lat - lat) > _NEARBY_KM / _KM_PER_DEGREE:
            continue  # spares nearly all haversines
        distance = measure_km(lat, lon, city_lat, city_lon)
        if distance < _NEARBY_KM:
            smaller = math.log((most + 1000) / (gazetteer.population(city) + 1000))
            gain = _AGREES_NEARBY + (3.0 if context.near else 0.0) - distance / 30 - _NAMESAKE_SHARE * smaller
            # "Richmond Hill, Toronto": the smaller is what is meant, the larger says where it is.
            best = max(best, gain if people <= gazetteer.population(city) else min(gain, _LARGER_NEARBY))
    return best


def _prefer_own_name(gazetteer: Gazetteer, options: list[Option]) -> None:
    # An alias needs a reason to beat a primary name, and more of one within the same region: "Palms, CA".
    everywhere: set[tuple[int, Match]] = set()
    in_region: set[tuple[int, Match, int]] = set()
    for option in options:
        if option.rank <= NameRank.OFFICIAL and gazetteer.kind(option.place) >= PlaceKind.CITY:
            in_region.add((option.segment, option.match, gazetteer.admin1(option.place)))
            if gazetteer.population(option.place) > _A_TOWN:
                everywhere.add((option.segment, option.match))
    for option in options:
        if option.rank > NameRank.OFFICIAL:
            if (option.segment, option.match) in everywhere:
                option.weight -= _ALIAS_BESIDE_NAME
            if (option.segment, option.match, gazetteer.admin1(option.place)) in in_region:
                option.weight -= 2 * _ALIAS_BESIDE_NAME


def _prefer_city_over_namesake_region(gazetteer: Gazetteer, options: list[Option]) -> None:
    # "Tehran" is the city, not the province around it; "New York" the city, not the state.
    cities = {
        (option.segment, gazetteer.admin1(option.place))
        for option in options
        if gazetteer.kind(option.place) >= PlaceKind.CITY
        and option.rank <= NameRank.ALTERNATE
        and gazetteer.population(option.place) > 20_000
    }
    for option in options:
        is_division = gazetteer.kind(option.place) in (PlaceKind.ADMIN1, PlaceKind.ADMIN2)
        if is_division and (option.segment, gazetteer.admin1(option.place)) in cities:
            option.weight -= 6.0


def _prefer_place_over_its_region(gazetteer: Gazetteer, options: list[Option]) -> None:
    # In "Quincey, California" the state is where the place is, not what is meant.
    inside: dict[tuple[str, int], set[int]] = {}
    for option in options:
        if not option.is_coarse and option.agrees:
            country = gazetteer.country(option.place)
            for container in ((country, 0), (country, gazetteer.admin1(option.place))):
                inside.setdefault(container, set()).add(option.segment)
    for option in options:
        kind = gazetteer.kind(option.place)
        if option.is_coarse:
            division = option.place if kind == PlaceKind.ADMIN1 else 0
            if inside.get((gazetteer.country(option.place), division), set()) - {option.segment}:
                option.weight -= 12.0


def _gather(gazetteer: Gazetteer, options: list[Option]) -> list[Group]:
    if not options:
        return []
    options.sort(key=lambda option: (-option.weight, option.place, option.segment))
    top = options[0].weight
    seen: dict[int, Option] = {}
    for option in options:
        if top - option.weight < 12:
            seen.setdefault(option.place, option)
    groups: list[Group] = []
    for option in seen.values():
        lat, lon = gazetteer.lat_lon(option.place)
        mass = math.exp(option.weight - top)
        for group in groups:
            other_lat, other_lon = gazetteer.lat_lon(group.best.place)
            is_close = abs(other_lat - lat) <= SAME_PLACE_KM / _KM_PER_DEGREE
            if is_close and measure_km(lat, lon, other_lat, other_lon) <= SAME_PLACE_KM:
                group.share += mass
                break
        else:
            groups.append(Group(option, mass))
    total = sum(group.share for group in groups)
    for group in groups:
        group.share /= total
    groups.sort(key=lambda group: (-group.share, group.best.place))
    return groups
