"""Suggest places for a name that is being typed."""

from __future__ import annotations

import math
from typing import Final

from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.gazetteer import Gazetteer

_RANK_COST: Final = {
    NameRank.PRIMARY: 0.0, NameRank.OFFICIAL: 0.3, NameRank.EXONYM: 0.7, NameRank.ALTERNATE: 1.5,
    NameRank.ROMANISED: 5.0, NameRank.SHORTENED: 2.0, NameRank.CODE: 6.0,
}  # fmt: skip


def suggest_places(gazetteer: Gazetteer, prefix: str, limit: int, country: str) -> list[tuple[int, float]]:
    """Return places with a name that begins with the folded prefix, best first, with their share of the total score.

    A place whose complete name was typed is preferred to larger places with longer names, unless it is far smaller.
    """
    scores: dict[int, float] = {}
    for place, rank, whole in gazetteer.top_with_prefix(prefix, country, 40 + 4 * limit):
        score = math.log(max(50, gazetteer.population(place))) - _RANK_COST[NameRank(rank)]
        score += 2.0 if whole else 0.0
        score -= 2.0 if gazetteer.kind(place) <= PlaceKind.ADMIN2 else 0.0
        scores[place] = max(score, scores.get(place, -math.inf))
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    kept: list[tuple[int, float]] = []
    labels: set[tuple[str, str, int]] = set()
    for place, score in best:
        label = (gazetteer.name(place), gazetteer.country(place), gazetteer.admin1(place))
        if label not in labels:
            labels.add(label)
            kept.append((place, score))
    total = sum(math.exp(score - best[0][1]) for _, score in kept) if kept else 1.0
    return [(place, math.exp(score - best[0][1]) / total) for place, score in kept[:limit]]
