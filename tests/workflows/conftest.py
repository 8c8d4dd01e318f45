"""A filled database for each test, copied from one that was filled once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflows.moderated import World, fill, open_world


@pytest.fixture(scope="session")
def filled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "rallymap.db"
    made = open_world(path)
    fill(made.db, made.clock)
    made.db.checkpoint_wal()
    made.db.close()
    return path


@pytest.fixture
def world(filled_database: Path, tmp_path: Path) -> Iterator[World]:
    path = tmp_path / "rallymap.db"
    shutil.copy(filled_database, path)
    shutil.copy(filled_database.with_suffix(".key"), tmp_path)
    opened = open_world(path)
    yield opened
    opened.db.close()
