"""The gazetteer's file: damaged files are rejected, and texts are unpacked in pieces."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rallymap.errors import AssetError
from rallymap.places.gazetteer import GAZETTEER_FILE, Gazetteer
from rallymap.places.gazetteer_file import MAGIC, PIECE, CompressedText, Keys


@pytest.fixture(scope="module")
def content() -> bytes:
    return GAZETTEER_FILE.read_bytes()


def find_column(content: bytes, name: str) -> tuple[int, dict[str, Any]]:
    """Return the offset of a column in the file, and its entry in the header."""
    at = len(MAGIC) + 4
    size = int.from_bytes(content[len(MAGIC) : at], "little")
    entry = json.loads(content[at : at + size])[name]
    return at + size + entry["at"], entry


def write_changed(content: bytes, at: int, path: Path) -> Path:
    path.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", ["posting_place", "population"])
def test_a_changed_column_is_refused(content: bytes, name: str, tmp_path: Path) -> None:
    start, entry = find_column(content, name)
    path = write_changed(content, start + entry["size"] // 2, tmp_path / "gazetteer.bin")
    with pytest.raises(AssetError, match="list of place names that ships with rallymap is missing or damaged"):
        Gazetteer(path)


def test_a_file_cut_short_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.bin"
    path.write_bytes(content[:-10])
    with pytest.raises(AssetError, match="missing or damaged"):
        Gazetteer(path)


@pytest.mark.slow
def test_a_damaged_piece_is_refused_on_first_use(content: bytes, tmp_path: Path) -> None:
    start, entry = find_column(content, "names")
    gazetteer = Gazetteer(write_changed(content, start + entry["pieces"][0] // 2, tmp_path / "gazetteer.bin"))
    assert gazetteer.name(PIECE) == Gazetteer().name(PIECE)
    with pytest.raises(AssetError, match="missing or damaged"):
        gazetteer.name(0)


def test_a_lookup_unpacks_the_pieces_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[int] = []
    unpack = CompressedText._unpack

    def note(text: CompressedText, number: int) -> bytes:
        unpacked.append(number)
        return unpack(text, number)

    monkeypatch.setattr(CompressedText, "_unpack", note)
    gazetteer = Gazetteer()
    assert unpacked == []
    (oslo,) = (p.place for p in gazetteer.find("oslo") if gazetteer.population(p.place) > 500_000 and p.kind == 3)
    assert gazetteer.name(oslo) == "Oslo"
    assert len(unpacked) == 2


def test_keys_at_the_ends_of_pieces_are_found() -> None:
    keys = Gazetteer().keys
    for number in (0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, len(keys) - 1):
        assert keys.find(keys[number]) == number
        assert number in keys.with_prefix(keys[number])
    assert keys.find(b"") is None
    assert keys.with_prefix(b"") == range(len(keys))


def test_a_key_is_found_only_as_a_whole() -> None:
    names = [b"aab", b"aabb", b"ab", b"b", b"ba"]
    keys = Keys([zlib.compress(b"".join(names))], np.array(list(map(len, names)), np.uint8), names[0])
    assert [keys.find(name) for name in names] == [0, 1, 2, 3, 4]  # "ab" is also a part of the keys before it
    assert keys.find(b"bab") is None  # the end of a key and the beginning of the next
    assert keys.find(b"abb") is None
    assert keys.find(b"baa") is None
