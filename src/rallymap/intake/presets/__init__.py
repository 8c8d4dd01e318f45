"""Mappings for tables that many people have: a preset applies where a table has all the headings it names.

Each is a mapping file in this folder, with one more entry: ``headings``, which are looked for without regard to
case. None of the files holds any rows of these data sets.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from rallymap.intake.options import ImportOptions, from_toml


def preset_for(header: Sequence[str]) -> tuple[str, ImportOptions] | None:
    """Return the name and the mapping of the preset that fits a table's headings, or None."""
    names = {name.casefold().strip() for name in header}
    for title, headings, options in _presets():
        if headings <= names:
            return title, options
    return None


@cache
def _presets() -> tuple[tuple[str, frozenset[str], ImportOptions], ...]:
    found = []
    for file in sorted(resources.files(__name__).iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            text = file.read_text("utf-8")
            data = tomllib.loads(text)
            headings = frozenset(str(name).casefold() for name in data["headings"])
            found.append((str(data["title"]), headings, from_toml(text)))
    return tuple(found)
