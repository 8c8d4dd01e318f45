"""Match rows against one part of a filter: one boolean per row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from rallymap.query.areas import within_box, within_circle, within_ring
from rallymap.query.filter_links import FACETS, UNKNOWN
from rallymap.query.snapshot.columns import (
    ATTENDANCE_MODES,
    DATE_PRECISIONS,
    KINDS,
    NO_CROWD,
    NO_PLACE,
    PLACE_PRECISIONS,
    STATUSES,
    Columns,
    Dictionaries,
)
from rallymap.query.snapshot.dictionaries import NamesDictionary
from rallymap.query.snapshot.known_names import canonical_name, is_city_of

if TYPE_CHECKING:
    from rallymap.query.snapshot.state import Snapshot

Mask = npt.NDArray[np.bool_]

PARTS = (*FACETS, "text", "near", "bbox", "area", "crowd", "crowd_known", "has_source")
"""Parts of a filter that are matched separately and cached; the period is not among them."""
ENUMS = {
    "kinds": ("kind", KINDS),
    "statuses": ("status", STATUSES),
    "attendance_modes": ("attendance_mode", ATTENDANCE_MODES),
    "date_precisions": ("date_precision", DATE_PRECISIONS),
    "place_precisions": ("place_precision", (*PLACE_PRECISIONS, UNKNOWN)),
}
"""Facets with few fixed values: column, and the value of each code in it."""


def part_mask(snapshot: Snapshot, name: str, value: Any) -> Mask:
    """Return which rows fit one of the :data:`PARTS` of a filter."""
    match name:
        case "text":
            return snapshot.search.mask(value)
        case "near":
            return snapshot.is_at_points(within_circle(value, *snapshot.per_point.degrees))
        case "bbox":
            return snapshot.is_at_points(within_box(value, *snapshot.per_point.degrees))
        case "area":
            return snapshot.is_at_points(within_ring(value, *snapshot.per_point.degrees))
        case "crowd":
            return crowd_mask(snapshot.columns, value)
        case "crowd_known":
            return crowd_known_mask(snapshot.columns, known=value)
        case "has_source":
            has_source: Mask = snapshot.columns.has_source == value
            return has_source
    return facet_mask(snapshot.columns, snapshot.dictionaries, name, value)


def facet_mask(columns: Columns, dictionaries: Dictionaries, facet: str, values: Sequence[str]) -> Mask:
    """Return which rows have one of `values`."""
    if facet in ENUMS:
        column, names = ENUMS[facet]
        wanted = np.isin(np.arange(256), [names.index(value) for value in values])
        wanted[NO_PLACE] = UNKNOWN in values and facet == "place_precisions"
        fits: Mask = wanted[getattr(columns, column)]
        return fits & ~columns.is_online_without_place if facet == "place_precisions" else fits
    if facet == "countries":
        return np.isin(columns.country, [dictionaries.countries.find(value) for value in values])
    if facet == "campaigns":
        return np.isin(columns.campaign, [dictionaries.campaigns.find(value) for value in values])
    if facet == "cities":
        known = is_city_of(dictionaries.cities.values, values)
        in_city: Mask = np.array(known, np.bool_)[columns.city]
        return in_city
    dictionary: NamesDictionary = getattr(dictionaries, facet)
    if facet == "communities":
        values = [canonical_name(dictionaries, facet, value) for value in values]
    has_one: Mask = dictionary.numbers_with(values)[getattr(columns, facet)]
    return has_one


def period_mask(columns: Columns, days: tuple[int, int]) -> Mask:
    """Return which rows overlap a period of days; undated rows always match."""
    mask: Mask = columns.end >= days[0]
    mask[: columns.undated] = True
    # Sorted by first day: the rows that start after the period are one slice.
    mask[int(np.searchsorted(columns.start, np.int32(days[1]), side="right")) :] = False
    return mask


def crowd_mask(columns: Columns, crowd: tuple[int | None, int | None]) -> Mask:
    """Return which rows have a range of estimates that overlaps a range of people.

    An open end counts as the number that its source gives: "more than 300" and "up to 300" as 300. Otherwise the first
    would match every larger range, and the second every smaller one.
    """
    least, most = crowd
    mask: Mask = columns.crowd_low != NO_CROWD
    if least is not None:
        mask &= columns.crowd_high >= least
    if most is not None:
        mask &= columns.crowd_low <= most
    return mask


def crowd_known_mask(columns: Columns, *, known: bool) -> Mask:
    """Return which rows have a numeric estimate, or which have none."""
    mask: Mask = (columns.crowd_low != NO_CROWD) == known
    return mask
