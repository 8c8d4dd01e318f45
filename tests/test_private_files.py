"""The home folder: who can read it, and what is repaired."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rallymap.errors import SettingsError
from rallymap.private_files import make_private, prepare_home, publish


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o7777)


def test_new_home_and_later_files_are_private_to_the_owner(tmp_path: Path) -> None:
    home = tmp_path / "a" / "home"
    prepare_home(home, [])
    (home / "later.csv").write_text("x")
    assert (mode(home), mode(home / "later.csv")) == ("0o700", "0o600")


def test_home_that_was_open_is_repaired_with_the_files_named_and_no_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    for name in ("rallymap.db", "notes.txt"):
        (home / name).write_text("x")
        (home / name).chmod(0o644)
    prepare_home(home, [home / "rallymap.db", home / "not there"])
    assert (mode(home), mode(home / "rallymap.db"), mode(home / "notes.txt")) == ("0o700", "0o600", "0o644")


def test_shared_folder_is_refused_as_home_and_unchanged(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(SettingsError, match="a folder of its own"):
        prepare_home(shared, [])
    assert mode(shared) == "0o1777"


def test_link_is_not_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "rallymap.db"
    target.write_text("x")
    target.chmod(0o644)
    link.symlink_to(target)
    make_private(link)
    assert mode(target) == "0o644"


def test_published_file_never_replaces_another(tmp_path: Path) -> None:
    first, second, path = tmp_path / "1", tmp_path / "2", tmp_path / "key"
    first.write_text("first")
    second.write_text("second")
    publish(first, path)
    publish(second, path)
    assert path.read_text() == "first"
