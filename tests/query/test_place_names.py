from __future__ import annotations

from rallymap.query.map_request import Grid
from rallymap.query.place_names import PlaceNames

OSLO, GOTHENBURG, MALMO, COPENHAGEN = range(4)
CITIES = PlaceNames([59.91, 57.71, 55.61, 55.68], [10.75, 11.97, 13.00, 12.57], [700_000, 580_000, 340_000, 1_150_000])


def named(grid: Grid) -> list[int]:
    return [city for city, _, _ in CITIES.in_view(grid)]


def test_largest_city_of_a_cell_is_named() -> None:
    assert named(Grid(4, 0, 0, 16, 16)) == [COPENHAGEN, OSLO]


def test_neighbours_are_named_once_the_cells_are_small() -> None:
    assert named(Grid(12, 2048, 1000, 2400, 1400)) == [COPENHAGEN, OSLO, GOTHENBURG, MALMO]


def test_view_without_a_city_has_no_names() -> None:
    assert named(Grid(6, 0, 0, 8, 8)) == []
