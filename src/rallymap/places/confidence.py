"""How sure an answer is: the share of its kind that are right."""

from __future__ import annotations

from typing import Final

from rallymap.places.codes import PlaceKind
from rallymap.places.finder import Finding
from rallymap.places.index import Gazetteer
from rallymap.places.readings import Match
from rallymap.places.weigh import Group

_RELIABILITY: Final = {
    Match.EXACT: 0.99, Match.GENERIC: 0.95, Match.SPAN: 0.9, Match.TYPO: 0.93, Match.TYPOS: 0.7, Match.SOUND: 0.6,
}  # fmt: skip


def judge(gazetteer: Gazetteer, group: Group, finding: Finding) -> float:
    """Give the confidence of a group: its share, times how often a match of its kind is right."""
    option = group.best
    confidence = group.share * _RELIABILITY[option.match]
    if not option.agrees:
        confidence *= 0.4
    if gazetteer.kind(option.place) <= PlaceKind.ADMIN1 and finding.has_unread_name:
        # Something finer was named, and is not known: the region is right, but it is not the answer.
        confidence *= 0.5
    return confidence
