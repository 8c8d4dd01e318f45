"""Finding a place text in the gazetteer: segments, their readings, and the weighing of what fits together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii

from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.index import Gazetteer
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.parse import MAX_TEXT, Segment, split_segments, split_weakly
from rallymap.places.readings import (
    Match,
    Reading,
    has_name,
    looks_like_venue,
    read_exactly,
    read_generically,
    read_regions,
    read_spans,
    split_trailing_region,
)
from rallymap.places.typos import SpellingFinder
from rallymap.places.weigh import Context, Group, Option, describe_context, measure_km, weigh

_CODE_LETTERS: Final = 3
_LEAST_POSTCODE: Final = 4
_MOST_NAME_WORDS: Final = 6
_SAID_CLEARLY: Final = 4.0
_CODE_COST: Final = 6.0
_TYPO_COST: Final = {1: 3.5, 2: 7.0}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text may mean, heaviest first; `venue` are its words that name no place of the gazetteer."""

    groups: list[Group]
    venue: str
    segments: list[Segment]
    has_unread_name: bool = False

    @property
    def is_weak(self) -> bool:
        """The best reading is part of a longer text or has typos: no town was plainly named."""
        return bool(self.groups) and self.groups[0].best.match not in (Match.EXACT, Match.GENERIC)


class PlaceFinder:
    """Reads place texts with one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._spellings = SpellingFinder(gazetteer)

    def find(self, text: str, country: str = "", near: Sequence[tuple[float, float]] = ()) -> Finding:
        """Find what a text may mean; with `country`, only places of that country."""
        segments = self._segments(text[:MAX_TEXT])
        readings: list[list[Reading]] = [self._read(segment) for segment in segments]
        regions = [read_regions(self.gazetteer, segment.words) for segment in segments]
        groups, contexts = self._weigh(segments, readings, regions, country, near)
        if not self._is_enough(groups, segments, readings, regions):
            for number, segment in enumerate(segments):
                if regions[number]:
                    continue
                if not readings[number]:
                    readings[number].extend(read_spans(self.gazetteer, segment))
                elif all(reading.match is Match.EXACT for reading in readings[number]):
                    generic = read_generically(self.gazetteer, segment.words)
                    readings[number].extend([generic] if generic else [])
            self._add_typos(segments, readings, regions, contexts, groups, country)
            groups, contexts = self._weigh(segments, readings, regions, country, near)
        unread = any(
            not regions[number]
            and not any(reading.match in (Match.EXACT, Match.GENERIC) for reading in readings[number])
            and has_name(segment.words)
            for number, segment in enumerate(segments)
        )
        return Finding(groups, self._venue(segments, readings, regions, groups), segments, unread)

    def find_city(self, name: str, country: str, lat: float, lon: float) -> int | None:
        """Find the largest town of this name in the country within 60 km of a point, or None."""
        gazetteer = self.gazetteer
        near = [
            posting.place
            for posting in gazetteer.find(fold_key(name))
            if gazetteer.kind(posting.place) >= PlaceKind.CITY
            and gazetteer.country(posting.place) == country
            and measure_km(lat, lon, *gazetteer.lat_lon(posting.place)) <= 60
        ]
        return max(near, key=lambda place: (gazetteer.population(place), -place), default=None)

    def _segments(self, text: str) -> list[Segment]:
        wholes = split_segments(text)
        if len(wholes) > 1 and not any(whole.near for whole in wholes):
            words = tuple(word for whole in wholes for word in whole.words)
            if len(words) <= _MOST_NAME_WORDS and self._is_name_with_comma(words):
                return [Segment(text.strip(), words)]
        segments: list[Segment] = []
        for whole in wholes:
            if read_exactly(self.gazetteer, whole.words) or read_regions(self.gazetteer, whole.words):
                segments.append(whole)
                continue
            for part in split_weakly(whole):
                segments.extend(self._split_further(part))
        # A march from a square and back to it names the square twice, which is no more evidence than once.
        return list({segment.words: segment for segment in reversed(segments)}.values())[::-1]

    def _split_further(self, part: Segment) -> tuple[Segment, ...]:
        if read_exactly(self.gazetteer, part.words):
            return (part,)
        named = tuple(word for word in part.words if not (word.isdigit() and len(word) >= _LEAST_POSTCODE))
        if named != part.words and (read_exactly(self.gazetteer, named) or read_regions(self.gazetteer, named)):
            return (Segment(part.text, named, part.near),)  # "10117 Berlin", "CA 90024"
        return split_trailing_region(self.gazetteer, part) or (part,)

    def _is_name_with_comma(self, words: tuple[str, ...]) -> bool:
        # GeoNames knows some places under names such as "Washington, D.C." or "آمستردام، نیویورک".
        postings = self.gazetteer.find(join_key(words))
        return any(self.gazetteer.kind(p.place) == PlaceKind.CITY and p.rank <= NameRank.ALTERNATE for p in postings)

    def _read(self, segment: Segment) -> list[Reading]:
        reading = read_exactly(self.gazetteer, segment.words) or read_generically(self.gazetteer, segment.words)
        return [reading] if reading else []

    def _weigh(
        self,
        segments: list[Segment],
        readings: list[list[Reading]],
        regions: list[list[int]],
        country: str,
        near: Sequence[tuple[float, float]],
    ) -> tuple[list[Group], list[Context]]:
        gazetteer = self.gazetteer
        options: list[Option] = []
        contexts: list[Context] = []
        for number, segment in enumerate(segments):
            own = [
                Option(posting.place, posting.rank, reading.match, number, reading.cost, reading.rest)
                for reading in readings[number]
                for posting in reading.postings
            ]
            own.extend(
                Option(place, NameRank.PRIMARY, Match.EXACT, number)
                for place in regions[number]
                if all(option.place != place for option in own)
            )
            if number and self._is_code(segment, own, regions[number]):
                # Beside another name, "PA" or "MN" says where; the towns that some script spells so are not meant.
                own = [option for option in own if gazetteer.kind(option.place) <= PlaceKind.ADMIN1]
                for option in own:
                    option.cost += _CODE_COST
            sure = [option for option in own if option.match in (Match.EXACT, Match.GENERIC)]
            context = describe_context(gazetteer, sure, regions[number], segment.near)
            context.is_name = has_name(segment.words)
            contexts.append(context)
            for option in own:
                option.is_coarse = gazetteer.kind(option.place) <= PlaceKind.ADMIN1 or (
                    number > 0 and self._is_shadowed(option, sure, regions[number])
                )
            if segment.near and len(segments) > 1:
                for option in own:
                    option.cost += 4.0
            options.extend(option for option in own if not country or gazetteer.country(option.place) == country)
        options = self._drop_foreign_mail(options, contexts, country)
        return weigh(gazetteer, options, contexts, near=near), contexts

    def _is_shadowed(self, option: Option, sure: list[Option], regions: list[int]) -> bool:
        """Tell whether a town's name stands for a country or region: "Greece" in New York, Indiana in Pennsylvania."""
        gazetteer = self.gazetteer
        if regions:
            return gazetteer.admin1(option.place) not in regions
        countries = {
            gazetteer.country(other.place)
            for other in sure
            if gazetteer.kind(other.place) == PlaceKind.COUNTRY and other.rank <= NameRank.EXONYM
        }
        return bool(countries) and (gazetteer.country(option.place) not in countries or option.rank > NameRank.OFFICIAL)

    def _is_code(self, segment: Segment, own: list[Option], regions: list[int]) -> bool:
        if len("".join(segment.words)) > _CODE_LETTERS:
            return False
        return bool(regions) or any(self.gazetteer.kind(option.place) <= PlaceKind.ADMIN1 for option in own)

    def _drop_foreign_mail(self, options: list[Option], contexts: Iterable[Context], country: str) -> list[Option]:
        # The postal and Census rows know no place outside the United States and have no people to be weighed by:
        # without a word on the country they would turn every venue's name into some hamlet.
        american = country == "US" or any(
            "US" in context.countries or any(self.gazetteer.country(a) == "US" for a in context.admin1)
            for context in contexts
        )
        if american:
            return options
        return [option for option in options if self.gazetteer.kind(option.place) <= PlaceKind.CITY]

    def _is_enough(
        self,
        groups: list[Group],
        segments: list[Segment],
        readings: list[list[Reading]],
        regions: list[list[int]],
    ) -> bool:
        if not groups or not groups[0].best.agrees_well:
            return False
        # "Wantagh, New York" is not the city of New York; "Stephansplatz, Wien" is Vienna, which is also a region.
        best = groups[0].best
        may_be_region = best.is_coarse or bool(regions[best.segment])
        return not may_be_region or all(
            readings[number] or regions[number] or (looks_like_venue(segment.words) and not best.is_coarse)
            for number, segment in enumerate(segments)
        )

    def _add_typos(
        self,
        segments: list[Segment],
        readings: list[list[Reading]],
        regions: list[list[int]],
        contexts: list[Context],
        groups: list[Group],
        country: str,
    ) -> None:
        """Look for near spellings of segments that are unread, or read as something the others speak against."""
        disagreeing = bool(groups) and not groups[0].best.agrees_well
        for number, segment in enumerate(segments):
            exact = any(reading.match is Match.EXACT for reading in readings[number])
            if regions[number] or (exact and not disagreeing) or len(segment.words) > 5 or segment.near:
                continue
            key = join_key(segment.words)
            if not key or key.isdigit():
                continue
            divisions = {
                place
                for other, context in enumerate(contexts)
                if other != number
                for place, gain in context.admin1.items()
                if gain > _SAID_CLEARLY
                if not country or self.gazetteer.country(place) == country
            }
            near_by = tuple(sorted(divisions)) if len(divisions) <= 4 else ()
            said = country or self._said_country(contexts)
            extra = 1.5 if looks_like_venue(segment.words) else 0.0
            readings[number].extend(self._read_misspelt(key, near_by, said, extra))
            if not readings[number] and not key.isascii():
                readings[number].extend(self._read_in_latin(segment.words, near_by, said))

    def _read_misspelt(self, key: str, admin1: tuple[int, ...], country: str, extra: float) -> Iterator[Reading]:
        for spelling in self._spellings.find(key, admin1=admin1, country=country):
            match = Match.TYPO if spelling.edits == 1 else Match.TYPOS
            cost = _TYPO_COST[spelling.edits] + extra
            if spelling.key[:1] != key[:1]:
                cost += 1.0  # people seldom get the first letter wrong
            yield Reading(spelling.postings, match, cost)

    def _read_in_latin(self, words: tuple[str, ...], admin1: tuple[int, ...], country: str) -> Iterator[Reading]:
        """Read a name that no source has in its script by its letters: "Մատամորոս" as Matamoros."""
        latin = fold_key(anyascii(" ".join(words)))
        postings = tuple(
            posting
            for posting in self.gazetteer.find(latin)
            if posting.rank <= NameRank.ALTERNATE and self.gazetteer.kind(posting.place) == PlaceKind.CITY
        )
        if postings:
            yield Reading(postings, Match.SOUND, _TYPO_COST[1])
        for reading in self._read_misspelt(latin, admin1, country, 1.0):
            yield Reading(reading.postings, Match.SOUND, reading.cost)

    def _said_country(self, contexts: Iterable[Context]) -> str:
        said = {code for context in contexts for code, gain in context.countries.items() if gain > _SAID_CLEARLY}
        return said.pop() if len(said) == 1 else ""

    def _venue(
        self,
        segments: list[Segment],
        readings: list[list[Reading]],
        regions: list[list[int]],
        groups: list[Group],
    ) -> str:
        if not groups:
            return ""
        best = groups[0].best
        parts = []
        for number, segment in enumerate(segments):
            if number == best.segment:
                if best.rest:
                    parts.append(best.rest)
            elif not regions[number] and not any(r.match in (Match.EXACT, Match.GENERIC) for r in readings[number]):
                parts.append(segment.text)
        return ", ".join(parts)
