"""Calibrate confidences: from the product of factors to the measured share of correct answers."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

# Product of factors -> measured share of correct answers. The factors are conservative if several apply. Just
# below 0.8 the curve is lowered, because real typos are resolved less often than random ones.
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


def calibrate(confidence: float) -> float:
    """Map the product of factors to the measured share of correct answers with this product."""
    for (low, low_right), (high, high_right) in pairwise(_COUNTED):
        if confidence <= high:
            return low_right + (confidence - low) / (high - low) * (high_right - low_right)
    return _COUNTED[-1][1]
