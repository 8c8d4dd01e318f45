"""Column names."""

from __future__ import annotations

from pathlib import Path

import pytest

from rallymap.intake.columns import ALIASES, field_of_column
from rallymap.intake.fields import FIELD_NAMES
from rallymap.intake.groups import GROUP_PARTS, split_name

README = Path(__file__).parents[2] / "data" / "README.md"


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("title", "title"),
        ("Source URL", "source_url"),
        ("source1_url", "source_url"),
        ("Source 2", "source2_url"),
        ("source_2_title", "source2_title"),
        ("claim3_by", "claim3_by"),
        ("Crowd (low)", "crowd_low"),
        ("crowd-low", "crowd_low"),
        ("TIME ZONE", "zone"),
        ("source1_colour", None),
        ("source_colour", None),
        ("", None),
        ("عنوان", None),
    ],
)
def test_column_name(column: str, field: str | None) -> None:
    assert field_of_column(column) == field


def test_aliases_mean_fields_that_exist_and_one_each() -> None:
    assert {field for field in ALIASES if field not in FIELD_NAMES and split_name(field) is None} == set()
    names = [alias for aliases in ALIASES.values() for alias in aliases.split()]
    assert len(names) == len(set(names))
    assert set(names) & FIELD_NAMES == set()


def test_readme_names_every_column() -> None:
    readme = README.read_text("utf-8")
    shown = {"place_text": "place", "precision": "date_precision", "zone": "time_zone"}
    missing = {name for name in FIELD_NAMES if f"`{shown.get(name, name)}`" not in readme}
    parts = {part for group in GROUP_PARTS.values() for part in group if f"_{part}`" not in readme}
    assert (missing, parts) == (set(), set())
