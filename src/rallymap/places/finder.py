"""Find a place text in the gazetteer: split it into segments, read each, and score compatible readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rallymap.distances import measure_km
from rallymap.places.capitals import mission_bonus
from rallymap.places.codes import ADMIN1, ADMIN2, ALTERNATE, CITY, CODE, COUNTRY, EXONYM, OFFICIAL, PRIMARY
from rallymap.places.context import Context, describe_context
from rallymap.places.contradictions import is_next_to_unrelated_town
from rallymap.places.country_readings import cost_of_country, limit_perhaps_persian
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.glued_names import penalise_glued
from rallymap.places.guesses import Guesser, is_allowed, is_small_alias
from rallymap.places.institution_homes import penalise_abroad
from rallymap.places.normalize import fold_key
from rallymap.places.options import RANK_COST, Option, prefer_native
from rallymap.places.parse import MAX_TEXT
from rallymap.places.part import Part
from rallymap.places.parts import read_parts
from rallymap.places.readings import EXACT, GENERIC, INFLECTED, read_generically
from rallymap.places.score import Group, score_options
from rallymap.places.spans import read_institution, read_spans
from rallymap.venue_words import LOCAL, MISSION, is_embassy

_CODE_LETTERS: Final = 3
_CODE_COST: Final = 6.0
_NEAR_COST: Final = 4.0
_A_CITY: Final = 50_000
_COUNTY_GAIN: Final = 4.0
_SURE: Final = (EXACT, GENERIC, INFLECTED)


@dataclass(frozen=True, slots=True)
class Finding:
    """Possible meanings of a text, best first.

    Attributes
    ----------
    groups, parts
        Groups of readings, and segments of the text.
    venue
        The words that do not name a place in the gazetteer.
    country
        Country given as a hint; "" for none.
    named_regions
        First-level divisions named by segments other than that of the best reading.
    has_unread_name
        Whether a segment seems to name an unknown town.
    has_venue
        Whether a segment names a venue, and so a point in a town.
    """

    groups: list[Group]
    venue: str
    parts: list[Part]
    country: str = ""
    named_regions: frozenset[int] = frozenset()
    has_unread_name: bool = False
    has_venue: bool = False

    @property
    def is_weak(self) -> bool:
        """Whether the best reading is part of a longer text or has typos, so that no town was clearly named."""
        return bool(self.groups) and self.groups[0].best.match not in _SURE


class PlaceFinder:
    """Finder of place texts in one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._guesser = Guesser(gazetteer)

    def find(self, text: str, country: str = "", near: Sequence[tuple[float, float]] = (), codes: str = "") -> Finding:
        """Find the possible meanings of a text.

        Parameters
        ----------
        text
            Text as written; characters beyond `MAX_TEXT` are ignored.
        country
            Alpha-2 code to limit results to this country and its territories, or "".
        near
            Points `(lat, lon)` in degrees that are probably close to the place.
        codes
            Alpha-2 code of the country whose state codes the text uses, or "" if unknown.
        """
        parts = read_parts(self.gazetteer, text[:MAX_TEXT], codes)
        limit_perhaps_persian(parts, text)
        groups, contexts = self._score(parts, country, near)
        is_stranger = bool(groups) and is_next_to_unrelated_town(self.gazetteer, parts, groups[0].best)
        if is_stranger or not self._is_enough(groups, parts):
            self._read_deeper(parts)
            disagreeing = is_stranger or (bool(groups) and not groups[0].best.agrees_well)
            self._guesser.add_guesses(parts, contexts, country, disagreeing=disagreeing)
            groups, contexts = self._score(parts, country, near)
        return Finding(
            groups, _venue(parts, groups), parts, country, _named_regions(groups, contexts),
            has_unread_name=any(part.is_unread_name for part in parts),
            has_venue=any(part.is_venue for part in parts),
        )  # fmt: skip

    def find_city(self, name: str, country: str, lat: float, lon: float) -> int | None:
        """Return the row of a town with this name within 60 km of a point (and in `country`, if given), or None.

        A town with this main name is preferred to towns for which it is an alternate name ("New Delhi" before "Delhi"),
        then the largest.
        """
        gazetteer = self.gazetteer
        near = [
            place
            for place, _, kind in gazetteer.find(fold_key(name))
            if kind >= CITY and country in ("", gazetteer.country(place))
            if abs(lat - (point := gazetteer.lat_lon(place))[0]) <= 1 and measure_km(lat, lon, *point) <= 60
        ]
        return max(
            near, key=lambda place: (gazetteer.name(place) == name, gazetteer.population(place), -place), default=None
        )

    def _read_deeper(self, parts: list[Part]) -> None:
        """Add names inside longer segments, and generic readings in addition to exact ones."""
        no_town = not any(part.is_read for part in parts)
        no_name = not any(part.is_read and not part.names_region(self.gazetteer) for part in parts)
        for part in parts:
            if part.regions:
                continue
            if not part.readings:
                if not part.is_venue:
                    part.readings.extend(read_spans(self.gazetteer, part.segment))
                elif part.head is LOCAL and (no_town or no_name):
                    part.readings.extend(read_institution(self.gazetteer, part.segment))
            elif not part.is_venue and all(reading.match is EXACT for reading in part.readings):
                generic = read_generically(self.gazetteer, part.segment.words)
                part.readings.extend([generic] if generic else [])

    def _score(
        self, parts: list[Part], country: str, near: Sequence[tuple[float, float]]
    ) -> tuple[list[Group], list[Context]]:
        options: list[Option] = []
        contexts: list[Context] = []
        names = sum(not part.is_venue for part in parts)
        has_unread = any(part.is_unread_name for part in parts)
        for number, part in enumerate(parts):
            own = self._options(part, number, is_alone=names == 1, has_unread=has_unread)
            sure = [option for option in own if option.match in _SURE]
            context = describe_context(self.gazetteer, sure, part, is_alone=len(parts) == 1)
            contexts.append(context)
            countries = {o.country for o in sure if o.kind == COUNTRY and o.rank <= EXONYM} if number else set()
            for option in own:
                is_region = option.kind <= ADMIN1
                option.is_coarse = is_region or (number > 0 and self._is_shadowed(option, countries, part.regions))
            for option in own if part.segment.near and names > 1 else ():
                option.cost += _NEAR_COST
            options.extend(own)
        heads = [part.head for part in parts]
        has_embassy = MISSION in heads and any(is_embassy(word) for part in parts for word in part.segment.words)
        for option in options if MISSION in heads else ():
            option.cost -= mission_bonus(
                self.gazetteer.name(option.place), option.country, option.population, is_embassy=has_embassy
            )
        if LOCAL in heads:
            penalise_abroad(options, {word for part in parts if part.head is LOCAL for word in part.segment.words})
        if country:
            options = [option for option in options if is_allowed(self.gazetteer, option.place, country)]
        options = self._prefer_capital(options, parts, country)
        options = self._drop_foreign_mail(options, contexts, country)
        return score_options(self.gazetteer, options, contexts, near=near, country=country), contexts

    def _options(self, part: Part, number: int, *, is_alone: bool, has_unread: bool) -> list[Option]:
        gazetteer = self.gazetteer
        facts = gazetteer.facts
        own = [
            Option(place, rank, match, number, kind, *facts(place), cost, rest, unexplained)
            for postings, match, cost, rest, unexplained in part.readings
            for place, rank, kind in postings
        ]
        for option in own if part.regions or part.districts else ():
            if option.rank == CODE and option.place in part.regions:
                option.cost -= RANK_COST[CODE]  # "IL" is more likely Illinois than Israel
            elif is_alone and option.place in part.districts and option.rank <= OFFICIAL:
                option.cost -= _COUNTY_GAIN  # people use "Surrey" and "Kent" like names of states
        for place in part.regions:
            if all(option.place != place for option in own):
                own.append(Option(place, PRIMARY, EXACT, number, gazetteer.kind(place), *facts(place)))
        if not part.segment.words[0].isascii():
            prefer_native(own, part.segment.words[0])
        penalise_glued(gazetteer, own, part.segment.words)
        if number and self._is_code(part, own):
            # Next to another name, "PA" or "MN" is a region; ignore towns with this spelling in some script.
            own = [option for option in own if option.kind <= ADMIN1]
            for option in own:
                option.cost += _CODE_COST
        is_beside_unread = has_unread and not is_alone
        if is_beside_unread and (part.regions or any(o.kind <= ADMIN1 and o.rank <= EXONYM for o in own)):
            # "Khajauli, Bihar": an unknown town in Bihar does not mean the town Bihar Sharif. But "Malecón, La Habana"
            # means the city, which has another main name.
            regions = {option.place for option in own if option.kind == ADMIN1 and option.rank <= OFFICIAL}
            own = [o for o in own if o.kind <= ADMIN2 or o.rank <= (EXONYM if o.admin1 in regions else OFFICIAL)]
        if part.countries:
            own = [option for option in own if option.country in part.countries]
        countries = [option for option in own if option.kind == COUNTRY and option.rank >= OFFICIAL]
        if countries:
            cost = cost_of_country(own, part.segment)
            for option in countries:
                option.cost += cost
        return own

    def _prefer_capital(self, options: list[Option], parts: list[Part], country: str) -> list[Option]:
        """Drop a country if its town of the same name is meant: "Luxembourg" in LU, "Panama, Panama".

        The same applies next to a venue: "سفارة ليبيا، تونس" is in Tunis.
        """
        named = {(option.segment, option.country) for option in options if option.kind == COUNTRY}
        if not named:
            return options
        has_venue = any(part.is_venue for part in parts)
        towns = {
            (option.segment, option.country)
            for option in options
            if option.kind == CITY and option.rank <= ALTERNATE and option.population >= _A_CITY
        }
        in_country = {segment for segment, _ in named}
        kept = []
        for option in options:
            own = option.country
            if option.kind != COUNTRY:
                is_repeated = parts[option.segment].is_repeated and option.segment in in_country
                if is_repeated and (option.segment, own) not in named:
                    continue  # "Panama, Panama" is in Panama
            elif (option.segment, own) in towns:
                if own == country or has_venue or parts[option.segment].is_repeated:
                    continue
            elif has_venue and any(segment == option.segment for segment, _ in towns):
                option.cost += _CODE_COST  # in Arabic, Amman and Oman are spelled alike
            kept.append(option)
        return kept

    def _is_shadowed(self, option: Option, countries: set[str], regions: list[int]) -> bool:
        """Return whether a name means a country, region or island: Greece in New York, Indiana in Pennsylvania."""
        if regions:
            return option.admin1 not in regions
        is_other = bool(countries) and (option.country not in countries or option.rank > OFFICIAL)
        return is_other or self.gazetteer.island_radius_km(option.place) > 0

    def _is_code(self, part: Part, own: list[Option]) -> bool:
        letters = "".join(part.segment.words)
        if len(letters) > _CODE_LETTERS or not letters.isascii():
            return False  # "حلب" and "東京" are names
        return bool(part.regions) or any(option.kind <= ADMIN1 for option in own)

    def _drop_foreign_mail(self, options: list[Option], contexts: Iterable[Context], country: str) -> list[Option]:
        # Postal and Census rows exist only for the United States and have no population to rank by: unless the text
        # names that country, any venue's name could match a hamlet.
        american = country == "US" or any(
            "US" in context.countries or any(self.gazetteer.country(a) == "US" for a in context.admin1)
            for context in contexts
        )
        if american:
            return options
        return [option for option in options if option.kind <= CITY]

    def _is_enough(self, groups: list[Group], parts: list[Part]) -> bool:
        if not groups or not groups[0].best.agrees_well or is_small_alias(parts, groups[0].best):
            return False
        # "Wantagh, New York" does not mean the city of New York; "Stephansplatz, Wien" means Vienna, which is also a
        # region.
        best = groups[0].best
        may_be_region = best.is_coarse or bool(parts[best.segment].regions)
        return not may_be_region or all(part.is_read or (part.is_venue and not best.is_coarse) for part in parts)


def _named_regions(groups: list[Group], contexts: list[Context]) -> frozenset[int]:
    """Return the divisions named next to the best reading's name."""
    if not groups:
        return frozenset()
    return frozenset(
        region
        for number, context in enumerate(contexts)
        if number != groups[0].best.segment
        for region in context.admin1
    )


def _venue(parts: list[Part], groups: list[Group]) -> str:
    if not groups:
        return ""
    best = groups[0].best
    texts = (
        best.rest if number == best.segment else "" if part.is_read else part.segment.text
        for number, part in enumerate(parts)
    )
    return venue if any(map(str.isalpha, venue := ", ".join(filter(None, texts)))) else ""
