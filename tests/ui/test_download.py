from __future__ import annotations

import pytest

from rallymap.query.snapshot import ViewBox
from rallymap.query.snapshot.columns import WORLD, to_mercator
from rallymap.ui.explore.download import box_in_degrees


def test_box_of_the_map_is_given_in_degrees() -> None:
    x, y = to_mercator([57.9, 71.2], [4.1, 31.2])
    box = ViewBox(x[0] / WORLD, y[1] / WORLD, x[1] / WORLD, y[0] / WORLD)
    assert box_in_degrees(box) == pytest.approx((57.9, 4.1, 71.2, 31.2), abs=1e-4)


def test_box_over_the_antimeridian_has_its_west_above_its_east() -> None:
    south, west, north, east = box_in_degrees(ViewBox(0.95, 0.4, 1.05, 0.6))
    assert (west, east) == (162.0, -162.0)
    assert south == -north


def test_box_of_the_whole_world_and_more_is_the_world() -> None:
    assert box_in_degrees(ViewBox(-0.3, -0.5, 1.3, 1.5)) == (-85.0511, -180.0, 85.0511, 180.0)
