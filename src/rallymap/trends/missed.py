"""Estimate how many events no source lists: capture-recapture with the sources of a city and period as lists.

Each publisher is one list. If two lists were made independently, the share of the first that is also on the second
estimates the completeness of the second. Two results are derived:

- Chapman's estimate from two lists, with a 95 % interval;
- a lower bound from all lists, which also holds if some events are easier to find than others. Such events are on
  several lists more often than by chance, so that any estimate of this kind is too low rather than too high.

Sources of the formulas
-----------------------
Chapman, D. G. (1951). Some properties of the hypergeometric distribution with applications to zoological sample
censuses. University of California Publications in Statistics 1, 131-160: ``N = (n1 + 1)(n2 + 1) / (m + 1) - 1``.

Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in the case of the
binomial. Biometrika 26, 404-413: limits by inverting a test, here that of the hypergeometric number in common given
the lengths of both lists (Seber, G. A. F. (1982). The Estimation of Animal Abundance, 2nd ed., Griffin, chapter 3).
Such an interval holds the truth in at least 95 % whatever the truth is, if the lists are independent. Intervals from a
variance (that of Chapman's estimate with its logarithm; transformed logit) were tried: the former holds the truth in
as few as 35 % of small complete lists, the latter has no useful upper end where both lists are equal.

Chao, A. (1987). Estimating the population size for capture-recapture data with unequal catchability. Biometrics 43,
783-791: ``f1 ** 2 / (2 * f2)`` unseen at least. Chao, A. (1989). Estimating population size for sparse data in
capture-recapture experiments. Biometrics 45, 427-438: the same for lists of unequal length,
``(f1 ** 2 - sum(z ** 2)) / (2 * (f2 + 1))``, where `z` counts what is on one list alone. Without that correction long
and short lists together make the bound too high. Of two lists it gives what Chapman's formula gives.

Robson, D. S. and Regier, H. A. (1964). Sample size in Petersen mark-recapture experiments. Transactions of the
American Fisheries Society 93, 215-226: with seven or more in common the bias of the estimate is negligible.

``python -m benchmarks.missed_events`` measures on simulated lists how often the interval holds the truth.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np

from rallymap.language import number, tr, trn

MIN_IN_COMMON: Final = 7
"""Minimum number of events on both lists, or on exactly two of all lists, for an estimate (Robson and Regier, 1964).

A list with fewer events cannot have this many in common with another."""
CONFIDENCE: Final = 0.95
_Z: Final = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
_SLACK: Final = 1e-9  # guards against rounding errors in floating point


@dataclass(frozen=True, slots=True)
class Estimate:
    """Estimated number of events, including those on no list.

    Attributes
    ----------
    total
        Chapman's estimate.
    low, high
        The exact 95 % interval; `low` is at least the number of listed events.
    """

    total: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Missed:
    """Estimates of unlisted events for a city and period.

    Attributes
    ----------
    listed
        Number of distinct events on all lists.
    lists
        Names of the two longest lists, with their number of events.
    in_common
        Number of events on both of them.
    estimate
        Estimate from these two lists; None if too few events are on both.
    at_least
        Lower bound from all lists, see :func:`lower_bound`; None if too few events are on two lists.
    all_lists
        Number of lists.
    """

    listed: int
    lists: tuple[tuple[str, int], tuple[str, int]]
    in_common: int
    estimate: Estimate | None
    at_least: int | None
    all_lists: int


@dataclass(frozen=True, slots=True)
class NotEstimated:
    """Why there is no estimate, as the end of a sentence for readers."""

    reason: str


@lru_cache(maxsize=4096)  # each takes some milliseconds, and pages are rendered often
def chapman_estimate(first: int, second: int, in_common: int) -> Estimate:
    """Estimate the number of events from two lists.

    Parameters
    ----------
    first, second
        Number of events on each list.
    in_common
        Number of events on both; at most the shorter list.

    Raises
    ------
    ValueError
        If `in_common` is negative or above either list.
    """
    only_first, only_second = first - in_common, second - in_common
    if in_common < 0 or min(only_first, only_second) < 0:
        raise ValueError(f"{in_common} in common, of {first} and {second}")
    listed = first + second - in_common
    total = (first + 1) * (second + 1) / (in_common + 1) - 1
    tail = (1 - CONFIDENCE) / 2
    low = _first_true(listed, lambda assumed: _tail(first, second, in_common, assumed, upper=False) > tail)
    too_many = _first_true(max(low, math.ceil(total)), lambda n: _tail(first, second, in_common, n, upper=True) <= tail)
    return Estimate(total, low, max(low, too_many - 1))


def _first_true(start: int, holds: Callable[[int], bool]) -> int:
    """Return the smallest number from `start` for which a monotonic condition holds."""
    if holds(start):
        return start
    step = 1
    while not holds(start + step):
        step *= 2
    below, at = start + step // 2, start + step
    while at - below > 1:
        middle = (below + at) // 2
        below, at = (below, middle) if holds(middle) else (middle, at)
    return at


def _tail(first: int, second: int, in_common: int, assumed: int, *, upper: bool) -> float:
    """Return the probability that two random lists have at most (`upper`: at least) this many events in common.

    This number is hypergeometric, given `assumed` events in total.
    """
    least, most = max(0, first + second - assumed), min(first, second)
    common = np.arange(least, most, dtype=np.float64)
    ratios = (first - common) * (second - common) / ((common + 1) * (assumed - first - second + common + 1))
    logs = np.concatenate(([0.0], np.cumsum(np.log(ratios))))
    weights = np.exp(logs - logs.max())
    at = in_common - least
    part = weights[at:] if upper else weights[: at + 1]
    return float(part.sum() / weights.sum())


def lower_bound(only: Sequence[int], on_two: int, listed: int) -> int:
    """Return a lower bound for the number of events, from any number of lists.

    This is the lower end of a 95 % interval around the bound of Chao (1989), on the log scale: if all events are
    equally easy to find, the bound itself is above the true number as often as below it. The variance is that of the
    delta method for Poisson counts, plus that of the unseen number itself.

    Parameters
    ----------
    only
        Per list, the number of events on it alone.
    on_two
        Number of events on exactly two lists.
    listed
        Number of distinct events on all lists.
    """
    on_one = sum(only)
    pairs = (on_one**2 - sum(count**2 for count in only)) / 2
    unseen = pairs / (on_two + 1)
    if unseen <= 0:
        return listed
    variance = sum((on_one - count) ** 2 * count for count in only) / pairs**2 + 1 / (on_two + 0.5) + 1 / unseen
    return listed + math.floor(unseen / math.exp(_Z * math.sqrt(variance)) + _SLACK)


def estimate_missed(events: Mapping[tuple[str, ...], int]) -> Missed | NotEstimated:
    """Estimate how many events are on none of the lists, or say why that is not possible.

    Parameters
    ----------
    events
        Number of events by the names of the lists that contain them; () for events on no list, which are ignored.

    Returns
    -------
    missed
        The two longest lists are compared: choosing those with most in common would bias the estimate downwards. Lists
        with fewer than `MIN_IN_COMMON` events are excluded, and so are events on no other list: a source with only a
        few articles in the record was hardly searched completely, which any estimate assumes.
    """
    lengths = Counter[str]()
    for names, count in events.items():
        lengths.update(dict.fromkeys(names, count))
    lengths = Counter({name: count for name, count in lengths.items() if count >= MIN_IN_COMMON})
    if len(lengths) < 2:
        least = number(MIN_IN_COMMON)
        return NotEstimated(
            # Translators: the end of a sentence that names a city.
            tr(
                "an estimate needs two independent sources that list {least} events each; here is one such source.",
                least=least,
            )
            if lengths
            else tr(
                "an estimate needs two independent sources that list {least} events each; here is no such source.",
                least=least,
            )
        )
    only = Counter[str]()
    on_two = listed = 0
    for names, count in events.items():
        on = [name for name in names if name in lengths]
        listed += count if on else 0
        on_two += count if len(on) == 2 else 0
        if len(on) == 1:
            only[on[0]] += count
    first, second = sorted(lengths, key=lambda name: (-lengths[name], name))[:2]
    in_common = sum(count for names, count in events.items() if first in names and second in names)
    if in_common < MIN_IN_COMMON and on_two < MIN_IN_COMMON:
        return NotEstimated(
            trn(
                # Translators: the end of a sentence that names a city.
                "the overlap is too thin: {n} event is listed by exactly two sources, and an estimate needs {least}. "
                "This says nothing about how many events were missed.",
                "the overlap is too thin: {n} events are listed by exactly two sources, and an estimate needs {least}. "
                "This says nothing about how many events were missed.",
                on_two,
                least=number(MIN_IN_COMMON),
            )
        )
    estimate = chapman_estimate(lengths[first], lengths[second], in_common) if in_common >= MIN_IN_COMMON else None
    at_least = lower_bound(list(only.values()), on_two, listed) if on_two >= MIN_IN_COMMON else None
    both = ((first, lengths[first]), (second, lengths[second]))
    return Missed(listed, both, in_common, estimate, at_least, len(lengths))
