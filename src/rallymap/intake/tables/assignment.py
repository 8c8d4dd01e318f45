"""Assign fields to columns together, so that one column does not take a field that another needs more."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

_STEEP = 8.0
"""How much more a good fit counts than several poor ones: 0.1 of a score is a factor of 2.2."""
_DEPTH = 4
"""Maximum number of columns that give up their field for another one."""
_Moves = tuple[tuple[int, str], ...]
"""Columns by position, with the field that each gets."""


@dataclass(frozen=True, slots=True, order=True)
class Offer:
    """A field that a column may have, with a score from its heading and its values."""

    score: float
    position: int
    field: str


def in_order(offers: Sequence[Offer], shared: Collection[str]) -> list[Offer]:
    """Return the offers in the order in which to accept them: first the best assignment, then the others by score.

    Parameters
    ----------
    offers
        All offers.
    shared
        Fields that several columns can have.
    """
    weights: dict[int, dict[str, float]] = defaultdict(dict)
    for offer in offers:
        found = weights[offer.position]
        found[offer.field] = max(found.get(offer.field, 0.0), math.exp(_STEEP * offer.score))
    holders: dict[str, int] = {}
    fields: dict[int, str] = {}
    for position in sorted(weights, key=lambda at: (-max(weights[at].values()), at)):
        _, moves = _best_moves(position, weights, holders, frozenset(), shared, _DEPTH)
        fields.update(moves)
        holders = {name: at for at, name in fields.items() if name not in shared}
    chosen = [one for one in offers if fields.get(one.position) == one.field]
    others = [one for one in offers if fields.get(one.position) != one.field]
    return [*sorted(chosen, key=_by_score), *sorted(others, key=_by_score)]


def _by_score(offer: Offer) -> tuple[float, int]:
    return -offer.score, offer.position


def _best_moves(
    position: int,
    weights: Mapping[int, Mapping[str, float]],
    holders: Mapping[str, int],
    seen: frozenset[str],
    shared: Collection[str],
    depth: int,
) -> tuple[float, _Moves]:
    """Return the highest gain from a field for a column, and the columns to which this gives a field.

    A column that holds the field may take another one instead; without another one it keeps its field.
    """
    best: tuple[float, _Moves] = (0.0, ())
    for name, weight in weights[position].items():
        if name in seen:
            continue
        holder = holders.get(name)
        moves: _Moves = ((position, name),)
        if name in shared or holder is None:
            gain = weight
        elif depth == 0:
            continue
        else:
            other, further = _best_moves(holder, weights, holders, seen | {name}, shared, depth - 1)
            if not further:
                continue
            gain = weight + other - weights[holder][name]
            moves = (*further, *moves)
        if gain > best[0]:
            best = gain, moves
    return best
