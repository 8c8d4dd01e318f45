"""Score the possible meanings of a text: which of the places with a name is meant, and how certainly.

Each option gets a score in log units: the logarithm of its population, minus a cost for a weaker name rank, plus gains
for agreement with the other segments, the country and the event's other places. The share of a place is that of its
score in a softmax, in which places within 25 km of each other count as one; its confidence is the share times the
accuracy of its kind of match.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from rallymap.distances import KM_PER_DEGREE, measure_km
from rallymap.places.codes import ADMIN1, ADMIN2, ALTERNATE, CITY, COUNTRY, EXONYM, OFFICIAL, PlaceKind
from rallymap.places.context import Context
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.options import RANK_COST, Option
from rallymap.places.readings import EXACT, Match

SAME_PLACE_KM: Final = 25.0
_SAME_PLACE_DEGREES: Final = SAME_PLACE_KM / KM_PER_DEGREE
_ALIAS_BESIDE_NAME: Final = 1.5
_A_TOWN: Final = 1000
_A_GREAT_CITY: Final = 500_000
_SMALL_NAMESAKE: Final = 1.5  # cost next to a large city in the same country
_A_CITY: Final = 100_000
_MUCH_LARGER: Final = 7
_DWARFED: Final = 20
_NAMESAKE_OF_REGION: Final = 3.0
_TERRITORY: Final = 2.5  # cost of a territory if its state was given
_GREATER_TERRITORY: Final = 1.0  # likewise for the larger of two namesakes: Saint Helier in Jersey
_NAMED_FINER: Final = 8.0
_NAMED_TOWN: Final = 13.0
# For each kind the least population to count with, which replaces an unknown one, and the cost in log units.
_KINDS: Final[dict[int, tuple[int, float]]] = {
    int(kind): costs
    for kind, costs in {
        COUNTRY: (400, 1.0), ADMIN1: (400, 3.0), ADMIN2: (400, 5.0),
        CITY: (400, 0.0), PlaceKind.POSTAL: (100, 0.0), PlaceKind.CENSUS: (200, 0.0),
        PlaceKind.TOWNSHIP: (100, 0.5),
    }.items()
}  # fmt: skip
_AGREES_ADMIN2: Final = 8.0
_AGREES_NEARBY: Final = 6.0
_LARGER_NEARBY: Final = 0.5
_NAMESAKE_SHARE: Final = 0.8
_NEARBY_KM: Final = 60.0
_SCORE: Final = attrgetter("score")


@dataclass(slots=True)
class Group:
    """Options within 25 km of each other, best first, with their joint share of all scores."""

    best: Option
    share: float


def score_options(
    gazetteer: Gazetteer,
    options: list[Option],
    contexts: Sequence[Context],
    *,
    near: Sequence[tuple[float, float]] = (),
    country: str = "",
) -> list[Group]:
    """Score the options and group them, best first."""
    at_home = max((option.population for option in options if option.country == country), default=0) if country else 0
    is_supported = bool(country)
    for option in options:
        least, kind_cost = _KINDS[option.kind]
        people = option.population
        option.score = math.log(people if people > least else least) - RANK_COST[option.rank] - kind_cost - option.cost
        option.is_supported = is_supported
        if country and option.country != country:
            option.score -= _TERRITORY if people < 2 * at_home else _GREATER_TERRITORY
    if len(contexts) > 1:
        _add_agreement(gazetteer, options, contexts)
    for option in options if near else ():
        lat, lon = gazetteer.lat_lon(option.place)
        distance = min(measure_km(lat, lon, *point) for point in near)
        option.score += 4.0 * math.exp(-distance / 300)
    if len(options) == 1:
        return _group(gazetteer, options)
    _prefer_own_name(options)
    _prefer_city_over_namesake_region(gazetteer, options)
    if not country:
        _prefer_unrivalled_city(options)
        _prefer_region_over_namesake_abroad(options)
    if len(contexts) > 1:
        _prefer_place_over_its_region(options)
    return _group(gazetteer, options)


def _add_agreement(gazetteer: Gazetteer, options: Sequence[Option], contexts: Sequence[Context]) -> None:
    """Add the agreement of each option with the other segments to its score."""
    largest: dict[tuple[int, str], int] = {}
    for option in options:
        key = (option.segment, option.country)
        if option.population >= largest.get(key, 0):
            largest[key] = option.population
    for number, context in enumerate(contexts):
        if context.implies_nothing:
            continue
        countries, admin1, admin2, cities = context.countries, context.admin1, context.admin2, context.cities
        for option in options:
            segment = option.segment
            if segment == number:
                continue
            gain = admin1.get(option.admin1, 0.0) if option.admin1 else 0.0
            by_country = countries.get(option.country, 0.0)
            if by_country > gain:
                gain = by_country
            if admin2 and gain < _AGREES_ADMIN2 and gazetteer.admin2(option.place) in admin2:
                gain = _AGREES_ADMIN2
            # "La Cruz, San José, Costa Rica": next to a town, the capital is meant, not a namesake closer to the town.
            if (
                not gain
                and cities
                and (number > segment or option.population * _DWARFED >= largest[segment, option.country])
            ):
                gain = _nearness(gazetteer, option, context)
            gain = gain or -context.unexplained_cost
            if option.is_coarse and gain <= 0 and context.is_name:
                # The text also names something smaller: the region around it is the answer only if there is no other,
                # and not if the name is that of a known town.
                gain = -_NAMED_TOWN if cities else min(gain, -_NAMED_FINER)
            option.score += gain
            if context.doubtful_countries and option.country in context.doubtful_countries:
                option.is_doubtful_code = True
            if gain > 4.0:
                option.is_supported = True
            elif gain <= -3.9:
                option.agrees = option.agrees_well = False
            elif admin1:
                option.agrees_well = False


def _nearness(gazetteer: Gazetteer, option: Option, context: Context) -> float:
    """Score the distance of a place to the nearest town of the context; smaller namesakes of this town count less."""
    lat, lon = gazetteer.lat_lon(option.place)
    most = 0
    best = 0.0
    for city_lat, city_lon, people, island_km in context.cities:
        if abs(city_lat - lat) > (_NEARBY_KM + island_km) / KM_PER_DEGREE:
            continue  # avoids most distance calculations
        distance = max(0.0, measure_km(lat, lon, city_lat, city_lon) - island_km)
        if distance < _NEARBY_KM:
            most = most or max(city.population for city in context.cities)
            smaller = math.log((most + 1000) / (people + 1000))
            gain = _AGREES_NEARBY + (3.0 if context.near else 0.0) - distance / 30 - _NAMESAKE_SHARE * smaller
            # "Richmond Hill, Toronto": the smaller place is meant, the larger one is its location.
            best = max(best, gain if option.population <= people else min(gain, _LARGER_NEARBY))
    return best


def _prefer_own_name(options: list[Option]) -> None:
    # An alias needs support to beat a primary name, and more within the same region: "Palms, CA". "Tuscany" is first of
    # all the region.
    aliases = [option for option in options if option.rank > (EXONYM if option.kind == ADMIN1 else OFFICIAL)]
    if not aliases or len(aliases) == len(options):
        return
    everywhere: set[tuple[int, Match]] = set()
    in_region: set[tuple[int, Match, int]] = set()
    for option in options:
        if option.rank <= OFFICIAL and option.kind >= CITY:
            in_region.add((option.segment, option.match, option.admin1))
            if option.population > _A_TOWN:
                everywhere.add((option.segment, option.match))
    for option in aliases if in_region else ():
        if (option.segment, option.match) in everywhere:
            option.score -= _ALIAS_BESIDE_NAME
        if (option.segment, option.match, option.admin1) in in_region:
            option.score -= 2 * _ALIAS_BESIDE_NAME


def _prefer_city_over_namesake_region(gazetteer: Gazetteer, options: list[Option]) -> None:
    # "Tehran" means the city, not its province; "New York" the city, not the state. A large city is also preferred to a
    # region elsewhere in its country: "Washington", "Buenos Aires".
    cities: set[tuple[int, int]] = set()
    by_alias: set[tuple[int, int]] = set()
    great: set[tuple[int, str]] = set()
    for option in options:
        if option.kind >= CITY and option.rank <= ALTERNATE:
            people = option.population
            if people > 20_000:
                is_own_name = option.rank <= EXONYM or people >= _A_CITY
                (cities if is_own_name else by_alias).add((option.segment, option.admin1))
                if people > _A_GREAT_CITY and option.rank <= EXONYM:
                    great.add((option.segment, option.country))
    for option in options if cities or by_alias else ():
        if option.kind in (ADMIN1, ADMIN2) and (
            (option.segment, option.admin1) in cities
            or (option.segment, option.country) in great
            # "Chiapas" is the state, and an alias of a town in it.
            or (option.rank > OFFICIAL and (option.segment, option.admin1) in by_alias)
        ):
            option.score -= 6.0
        elif (option.segment, option.country) in great and gazetteer.population(option.place) < _A_GREAT_CITY:
            option.score -= _SMALL_NAMESAKE


def _prefer_unrivalled_city(options: list[Option]) -> None:
    # Texts mean "San Francisco" and "Geneva" more often than the total population of their small namesakes suggests.
    largest: dict[int, Option] = {}
    for option in options:
        if option.population >= _A_CITY and option.kind >= CITY and option.match is EXACT:
            other = largest.get(option.segment)
            if other is None or option.population > other.population:
                largest[option.segment] = option
    for segment, city in largest.items():
        elsewhere = [o for o in options if o.segment == segment and o.kind >= ADMIN2 and o.country != city.country]
        rivals = (option.population for option in elsewhere if option.kind >= CITY and option.rank <= ALTERNATE)
        if city.rank <= OFFICIAL and max(rivals, default=0) * _MUCH_LARGER <= city.population:
            for option in elsewhere:
                if option.population * _MUCH_LARGER <= city.population and not option.is_supported:
                    option.score -= _SMALL_NAMESAKE


def _prefer_region_over_namesake_abroad(options: list[Option]) -> None:
    # "Tuscany" is the region of Italy and not a quarter of Calgary, unless the text names Canada. But "Vienne" is the
    # city of Vienna rather than its state.
    regions: dict[int, Option] = {}
    for option in options:
        if option.kind == ADMIN1 and option.rank <= ALTERNATE and option.match is EXACT:
            other = regions.get(option.segment)
            if other is None or option.population > other.population:
                regions[option.segment] = option
    for option in options if regions else ():
        region = regions.get(option.segment)
        is_city = option.kind == CITY and option.population >= _A_CITY
        if region is not None and is_city and option.admin1 == region.place:
            del regions[option.segment]
    for option in options if regions else ():
        region = regions.get(option.segment)
        if region is None or option.kind < ADMIN2 or option.country == region.country or option.is_supported:
            continue
        if option.population * _DWARFED <= region.population:
            option.score -= _NAMESAKE_OF_REGION


def _prefer_place_over_its_region(options: list[Option]) -> None:
    # In "Quincey, California" the state is only the location of the place.
    coarse = [option for option in options if option.is_coarse]
    inside: dict[tuple[str, int], set[int]] = {}
    for option in options if coarse else ():
        if not option.is_coarse and option.agrees:
            country = option.country
            for container in ((country, 0), (country, option.admin1)):
                inside.setdefault(container, set()).add(option.segment)
        elif option.kind == ADMIN1:
            # "Nowherabad, Punjab, Pakistan": the answer is the region, not its country.
            inside.setdefault((option.country, 0), set()).add(option.segment)
    for option in coarse:
        division = option.place if option.kind == ADMIN1 else 0
        if inside.get((option.country, division), set()) - {option.segment}:
            option.score -= 12.0


def _group(gazetteer: Gazetteer, options: list[Option]) -> list[Group]:
    if not options:
        return []
    top = max(map(_SCORE, options))
    likely = [option for option in options if top - option.score < 12]
    if len(likely) > 1:
        likely.sort(key=lambda option: (-option.score, option.place, option.segment))
    seen: dict[int, Option] = {}
    for option in likely:
        seen.setdefault(option.place, option)
    groups: list[Group] = []
    points: list[tuple[float, float]] = []
    for option in seen.values():
        lat, lon = gazetteer.lat_lon(option.place)
        mass = math.exp(option.score - top)
        for number, (other_lat, other_lon) in enumerate(points):
            is_close = -_SAME_PLACE_DEGREES <= other_lat - lat <= _SAME_PLACE_DEGREES
            if is_close and measure_km(lat, lon, other_lat, other_lon) <= SAME_PLACE_KM:
                groups[number].share += mass
                break
        else:
            groups.append(Group(option, mass))
            points.append((lat, lon))
    total = sum(group.share for group in groups)
    for group in groups:
        group.share /= total
    groups.sort(key=lambda group: (-group.share, group.best.place))
    return groups
