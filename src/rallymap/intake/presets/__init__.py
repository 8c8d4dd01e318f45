"""Mappings for common tables: a preset applies if a table has all of its headings.

Each preset is a mapping file in this folder with an additional entry ``headings``, which is matched ignoring case. The
files contain no rows of these data sets.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from rallymap.intake.options import ImportOptions, from_toml


def preset_for(header: Sequence[str]) -> tuple[str, ImportOptions] | None:
    """Return name and mapping of the preset that matches a table's headings, or None."""
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
