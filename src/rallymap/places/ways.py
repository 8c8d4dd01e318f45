"""Marches between two venues that are in no list: "from Leeds station to City Square"."""

from __future__ import annotations

from typing import Final

from rallymap.places.parse import Segment, split_segments
from rallymap.places.roles import head_of_segment
from rallymap.places.vocabulary import BETWEEN, FILLERS, JOURNEY_FROM, JOURNEY_TO, ROUTE_TO
from rallymap.venue_words import NONE

#: Maximum confidence in the town of a route if only one end names it.
ONE_END: Final = 0.7
#: Minimum population of a town that such a route names.
A_CITY: Final = 50_000
_FROM: Final = JOURNEY_FROM | BETWEEN | frozenset("de du des del della dal depuis von ab".split())
_TO: Final = JOURNEY_TO | ROUTE_TO | frozenset("a au aux ao alla".split())


def split_way(text: str) -> list[str]:
    """Split a text that is only a route between two venues into its ends; [] for other texts."""
    segments = split_segments(text)
    if len(segments) != 1 or segments[0].words[0] not in _FROM:
        return []
    whole = segments[0]
    for number in range(2, len(whole.words) - 1):
        if whole.words[number] in _TO:
            ends = [_without_article(whole.part(*span)) for span in ((1, number), (number + 1, len(whole.words)))]
            if all(end.words and head_of_segment(end) is not NONE for end in ends):
                return [end.text for end in ends]
    return []


def _without_article(end: Segment) -> Segment:
    first = next((number for number, word in enumerate(end.words) if word not in FILLERS), len(end.words))
    return end.part(first, len(end.words))
