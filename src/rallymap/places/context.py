"""What a segment of a place text implies about its neighbours: their country, region, or a town nearby."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from rallymap.countries import territories_of
from rallymap.places.codes import ADMIN1, ADMIN2, CODE, COUNTRY, ROMANISED
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.options import RANK_COST, Option
from rallymap.places.part import Part
from rallymap.places.readings import has_name

#: Score gain of a place in a first-level division named next to it, in log units.
AGREES_ADMIN1: Final = 9.0
_AGREES_COUNTRY: Final = 8.0
_AGREES_CODE: Final = 5.0
_AGREES_COLLEGE: Final = 6.0  # "University of Georgia, Athens"
_AGREES_FOREIGN_CODE: Final = 2.0
_AGREES_MACRO_REGION: Final = 6.0
_AGAINST_MACRO_REGION: Final = 4.0
_AGAINST_COUNTY: Final = 5.0
_CODE_LETTERS: Final = 2


class City(NamedTuple):
    """A town or island named by a segment: coordinates in degrees, population, and radius of an island."""

    lat: float
    lon: float
    population: int
    island_km: float = 0.0


@dataclass(slots=True)
class Context:
    """What one segment implies about the location of the others."""

    countries: dict[str, float] = field(default_factory=dict)
    admin1: dict[int, float] = field(default_factory=dict)
    admin2: set[int] = field(default_factory=set)
    cities: list[City] = field(default_factory=list)
    near: bool = False
    unexplained_cost: float = 0.0
    is_name: bool = False
    doubtful_countries: set[str] = field(default_factory=set)

    @property
    def implies_nothing(self) -> bool:
        """It implies nothing about its neighbours, like most venues."""
        return not (self.is_name or self.countries or self.admin1 or self.admin2 or self.cities)


def describe_context(gazetteer: Gazetteer, options: Sequence[Option], part: Part, *, is_alone: bool) -> Context:
    """Summarise what the readings of a segment imply about its neighbours; readings of a venue imply nothing.

    Exception: a university named after a region is in this region. If a segment is alone, its towns are left out.
    """
    context = Context(near=part.segment.near, is_name=not part.is_venue and has_name(part.segment.words))
    if part.is_venue:
        if part.home:
            context.admin1.update(dict.fromkeys(part.home, _AGREES_COLLEGE))
        context.countries.update(dict.fromkeys(part.home_countries, _AGREES_COLLEGE))
        return context
    for code in part.countries:
        context.countries[code] = _AGREES_MACRO_REGION
        context.unexplained_cost = _AGAINST_MACRO_REGION
    if part.districts:
        context.admin2.update(part.districts)
        context.unexplained_cost = _AGAINST_COUNTY
    regions = part.regions
    codes = {gazetteer.country(place) for place in regions}
    for place in regions:
        # If the United States and another country share a code, it usually means the American state.
        is_second = "US" in codes and gazetteer.country(place) != "US" and len(part.segment.words[0]) <= _CODE_LETTERS
        context.admin1[place] = _AGREES_CODE if is_second else AGREES_ADMIN1
        context.doubtful_countries |= {gazetteer.country(place)} if is_second else set()
        context.unexplained_cost = AGREES_ADMIN1
    for option in options:
        kind, rank = option.kind, option.rank
        is_code = rank >= ROMANISED
        if kind == COUNTRY:
            gain = _AGREES_COUNTRY if not is_code else _AGREES_FOREIGN_CODE if regions else _AGREES_CODE
            code = option.country
            if is_code and regions and code not in codes:
                context.doubtful_countries.add(code)
            context.countries[code] = max(gain, context.countries.get(code, 0.0))
            context.unexplained_cost = max(context.unexplained_cost, 4.0 if is_code else 8.0)
        elif kind == ADMIN1:
            gain = _AGREES_FOREIGN_CODE if rank == CODE else AGREES_ADMIN1
            context.admin1[option.place] = max(gain, context.admin1.get(option.place, 0.0))
            if not is_code:
                against = _AGAINST_MACRO_REGION if part.countries else 6.0
                context.unexplained_cost = max(context.unexplained_cost, against)
        elif kind == ADMIN2:
            context.admin2.add(option.place)
        elif not is_code and not is_alone and len(context.cities) < 12:
            island_km = gazetteer.island_radius_km(option.place)  # "Nanaimo, Vancouver Island"
            context.cities.append(City(*gazetteer.lat_lon(option.place), option.population, island_km))
            if context.unexplained_cost < 6.0:
                cost = (math.log(max(200, option.population)) - 5.0) * 0.6 - RANK_COST[rank]
                context.unexplained_cost = max(context.unexplained_cost, min(6.0, cost))
    if part.countries:
        context.unexplained_cost = _AGAINST_MACRO_REGION
    for code, gain in list(context.countries.items()):
        for territory in territories_of(code):
            context.countries.setdefault(territory, gain)
        for division in gazetteer.claimed_by(code):
            context.admin1.setdefault(division, gain)
    return context
