"""A single resolver with the shipped gazetteer for all tests here; it never changes."""

from __future__ import annotations

import pytest

from rallymap.places import Resolver, default_resolver


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    return default_resolver()
