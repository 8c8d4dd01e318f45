"""How sure an answer is: the share of answers of its kind that are right.

The shares were counted on 9 800 names with known coordinates that are no part of the benchmark: GeoNames towns bare,
with their country and beside a venue, in ten languages, and with one or two random slips; Census townships and
counties. Where real slips differ from random ones (the place that was meant may not be in the gazetteer at all), the
share is set lower than counted. `docs/places.md` shows how the result holds on the benchmark.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.finder import Finding
from rallymap.places.index import Gazetteer
from rallymap.places.readings import Match, has_name
from rallymap.places.weigh import Group

#: A place with less of the weight than this has namesakes that a person must choose from.
SURE_SHARE: Final = 0.88
_MATCH: Final = {
    Match.EXACT: 0.99, Match.GENERIC: 0.96, Match.SPAN: 0.94, Match.TYPO: 0.95, Match.TYPOS: 0.85, Match.SOUND: 0.6,
}  # fmt: skip
_RANK: Final = {NameRank.ROMANISED: 0.6, NameRank.SHORTENED: 0.95, NameRank.CODE: 0.3}
_SMALL_ALIAS: Final = 0.75
_SMALL_TOWN: Final = 10_000
_ALIAS_WITH_SLIP: Final = 0.5
_SHORT_WITH_SLIP: Final = {Match.TYPO: (7, 0.8), Match.TYPOS: (9, 0.75)}
_DISAGREES: Final = 0.25
_REGION_WITH_UNREAD_NAME: Final = 0.4
_UNREAD_NAME: Final = 0.93
_VENUE_WORDS_ALONE: Final = 0.3  # "Hauptbahnhof" is also a hamlet
# Product -> share counted right. The factors above are cautious where several meet; just under 0.8 the curve is held
# down, as slips of real people are found less often than random ones.
_COUNTED: Final = (
    (0.0, 0.0),
    (0.35, 0.38),
    (0.5, 0.58),
    (0.65, 0.7),
    (0.78, 0.795),
    (0.83, 0.93),
    (0.9, 0.965),
    (1.0, 0.99),
)


def judge(gazetteer: Gazetteer, group: Group, finding: Finding) -> float:
    """Give the confidence of a group, 0..1: its share of all weight, times how often a match of its kind is right."""
    option = group.best
    rank = NameRank(option.rank)
    confidence = group.share * _MATCH[option.match] * _RANK.get(rank, 1.0)
    if rank == NameRank.ALTERNATE:
        # Large towns have true names in many languages; those of a village are often a neighbour's or an old one.
        if gazetteer.population(option.place) < _SMALL_TOWN and gazetteer.kind(option.place) >= PlaceKind.CITY:
            confidence *= _SMALL_ALIAS
        if option.match in _SHORT_WITH_SLIP:
            confidence *= _ALIAS_WITH_SLIP
    if option.match in _SHORT_WITH_SLIP:
        letters, share = _SHORT_WITH_SLIP[option.match]
        if sum(map(len, finding.segments[option.segment].words)) < letters:
            confidence *= share
    if not option.agrees:
        confidence *= _DISAGREES
    if finding.has_unread_name:
        # Something finer was named, and is not known: the region is right, but it is not the answer.
        is_region = gazetteer.kind(option.place) <= PlaceKind.ADMIN1
        confidence *= _REGION_WITH_UNREAD_NAME if is_region else _UNREAD_NAME
    if not has_name(finding.segments[option.segment].words):
        confidence *= _VENUE_WORDS_ALONE
    return _straighten(confidence) if group.share >= SURE_SHARE else confidence


def _straighten(confidence: float) -> float:
    """Bring the product of shares to the share that was counted right among answers with that product."""
    for (low, low_right), (high, high_right) in pairwise(_COUNTED):
        if confidence <= high:
            return low_right + (confidence - low) / (high - low) * (high_right - low_right)
    return _COUNTED[-1][1]
