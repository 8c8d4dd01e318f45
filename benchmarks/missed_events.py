"""Accuracy of the estimates of missed events, on simulated lists with known totals.

    python -m benchmarks.missed_events [--rounds N]

Each line is one scenario: the number of events, and the probability that each source lists one. "Given" is the share of
samples with enough overlap for an interval, and for a bound; how often they hold is counted only among these, because
readers see no others. In uneven scenarios every source finds some events more easily, which breaks the assumption of
the interval; there only the lower bound has to hold.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rallymap.trends.missed import Missed, estimate_missed

EVEN = tuple((total, chances) for total in (50, 100, 300, 1000) for chances in (
    (0.3, 0.3), (0.5, 0.3), (0.5, 0.5), (0.7, 0.5), (0.8, 0.2), (0.9, 0.9), (0.4, 0.3, 0.2), (0.5, 0.1, 0.1, 0.1, 0.05),
))  # fmt: skip
UNEVEN = tuple((total, chances) for total in (100, 300, 1000) for chances in ((0.5, 0.4), (0.4, 0.3, 0.2)))
OFTEN = 0.5
"""Minimum share given for a scenario to count: below it, an estimate itself indicates an overlap by chance."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The results for the samples of one scenario, each a share.

    Attributes
    ----------
    intervals, bounds
        Samples with an interval; with a lower bound.
    within
        Intervals that contain the true number.
    below
        Bounds that are at most the true number.
    tightness
        Mean ratio of the lower bound to the true number.
    """

    intervals: float
    bounds: float
    within: float
    below: float
    tightness: float


def sample(
    random: np.random.Generator, total: int, chances: Sequence[float], *, uneven: bool
) -> dict[tuple[str, ...], int]:
    """Draw which lists have which events; return the number of events by the lists that have them.

    Parameters
    ----------
    uneven
        Whether events differ in how easily they are found: the odds of each are multiplied by 1/4 or 4, the same for
        all lists.
    """
    odds = np.array(chances) / (1 - np.array(chances))
    ease = random.choice((0.25, 4.0), total) if uneven else np.ones(total)
    each = odds[None, :] * ease[:, None]
    on_list = random.random(each.shape) < each / (1 + each)
    kinds, counts = np.unique(on_list, axis=0, return_counts=True)
    names = [tuple(f"source {number}" for number in np.flatnonzero(kind)) for kind in kinds]
    return dict(zip(names, counts.tolist(), strict=True))


def simulate(total: int, chances: Sequence[float], *, uneven: bool, rounds: int, seed: int = 12) -> Outcome:
    """Draw many samples of one scenario and count how often the estimates hold."""
    random = np.random.default_rng(seed)
    found = [estimate_missed(sample(random, total, chances, uneven=uneven)) for _ in range(rounds)]
    answers = [one for one in found if isinstance(one, Missed)]
    intervals = [one.estimate for one in answers if one.estimate is not None]
    bounds = [one.at_least for one in answers if one.at_least is not None]
    return Outcome(
        len(intervals) / rounds,
        len(bounds) / rounds,
        float(np.mean([one.low <= total <= one.high for one in intervals])) if intervals else float("nan"),
        float(np.mean([bound <= total for bound in bounds])) if bounds else float("nan"),
        float(np.mean(bounds)) / total if bounds else float("nan"),
    )


def main() -> None:
    """Print one line per scenario, and the worst shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4_000)
    rounds = parser.parse_args().rounds
    worst_within, worst_below = 1.0, 1.0
    for uneven, worlds in ((False, EVEN), (True, UNEVEN)):
        print("uneven: events differ in how easily they are found" if uneven else "even: the assumptions hold")
        for total, chances in worlds:
            one = simulate(total, chances, uneven=uneven, rounds=rounds)
            lists = " ".join(f"{chance:.0%}" for chance in chances)
            print(
                f"  {total:5} events, lists {lists:20} interval given {one.intervals:6.1%}, holds {one.within:6.1%};"
                f" bound given {one.bounds:6.1%}, holds {one.below:6.1%}, {one.tightness:.2f} of the truth"
            )
            if one.bounds >= OFTEN:
                worst_below = min(worst_below, one.below)
            if one.intervals >= OFTEN and not uneven:
                worst_within = min(worst_within, one.within)
    print("worst world in which it is given for at least half of the samples:")
    print(f"interval {worst_within:.1%} (wanted 93 %), bound {worst_below:.1%} (wanted 95 %)")


if __name__ == "__main__":
    main()
