"""Read the gazetteer's file: a header, then named columns, each stored raw, compressed, or in pieces."""

from __future__ import annotations

import json
import threading
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from rallymap.errors import AssetError
from rallymap.file_faults import shipped_file_fault

#: First bytes of the file.
MAGIC: Final = b"rallymap gazetteer 2\n"
#: Number of keys in a block; the first key of each block is stored in a separate column.
BLOCK: Final = 128
#: Number of texts in a piece of a compressed text, a multiple of `BLOCK`.
PIECE: Final = 64 * BLOCK
#: Sorts after every text in UTF-8.
AFTER_ALL: Final = b"\xff"
_TITLE: Final = "The list of place names"


def ends_of(lengths: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the end offsets of consecutive texts with these lengths, preceded by a 0."""
    ends = np.zeros(len(lengths) + 1, np.uint32)
    np.cumsum(lengths, out=ends[1:], dtype=np.uint32)
    return ends


def starts_in_pieces(lengths: np.ndarray[Any, Any], apart: int) -> np.ndarray[Any, Any]:
    """Return the start of every `apart`-th text within its piece."""
    # Summing up each block first takes a tenth of the time of summing up all lengths.
    some = ends_of(np.add.reduceat(lengths, np.arange(0, len(lengths), apart), dtype=np.uint32))[:-1]
    in_piece: np.ndarray[Any, Any] = some - np.repeat(some[:: PIECE // apart], PIECE // apart)[: len(some)]
    return in_piece


class CompressedText:
    """Consecutive texts, compressed in pieces of `PIECE` texts; each piece is decompressed on first use.

    The first answers need only a few pieces, and unpacking all takes as long as loading everything else.
    """

    def __init__(self, compressed: Sequence[bytes]) -> None:
        self._compressed = list(compressed)
        self._texts = [b""] * len(compressed)
        self._lock = threading.Lock()

    def piece(self, number: int) -> bytes:
        """Return a piece, decompressed.

        Raises
        ------
        AssetError
            If the file is damaged.
        """
        return self._texts[number] or self._unpack(number)

    def _unpack(self, number: int) -> bytes:
        with self._lock:
            if not self._texts[number]:
                try:
                    self._texts[number] = zlib.decompress(self._compressed[number])
                except zlib.error as err:
                    raise AssetError(shipped_file_fault(_TITLE, err, Path()), detail=f"piece {number}: {err}") from err
                self._compressed[number] = b""
            return self._texts[number]


class Keys:
    """The sorted keys of all names; their offsets take 2.2 MB.

    Parameters
    ----------
    compressed
        The concatenated keys as UTF-8, in compressed pieces.
    lengths
        Length of each key in bytes.
    first_keys
        The first key of each block, concatenated.
    """

    def __init__(self, compressed: Sequence[bytes], lengths: np.ndarray[Any, Any], first_keys: bytes) -> None:
        self._text = CompressedText(compressed)
        self._count = len(lengths)
        self._lengths = lengths
        blocks = -(-len(lengths) // BLOCK)
        padded = np.zeros(blocks * BLOCK, np.uint8)
        padded[: len(lengths)] = lengths
        # For each block the offsets of its keys from its start, and the end of the last key.
        offsets = np.zeros((blocks, BLOCK + 1), np.uint16)
        np.cumsum(padded.reshape(blocks, BLOCK), axis=1, dtype=np.uint16, out=offsets[:, 1:])
        self._starts = starts_in_pieces(lengths, BLOCK).data
        self.offsets = offsets.reshape(-1)
        self._offsets = self.offsets.data
        # A search in these few keys first saves most steps of a binary search, which are slow in Python.
        ends = ends_of(lengths[::BLOCK]).tolist()
        self._some = [first_keys[start:end] for start, end in pairwise(ends)]

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> bytes:
        """Return the key with this number."""
        block = number // BLOCK
        start, at = self._starts[block], number + block
        return self._text.piece(number // PIECE)[start + self._offsets[at] : start + self._offsets[at + 1]]

    def texts(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the keys with these numbers as texts, by number, in the given order; fastest if it is ascending."""
        offsets, starts, texts = self._offsets, self._starts, {}
        last, text = -1, b""
        for number in numbers:
            block = number // BLOCK
            if number // PIECE != last:
                last = number // PIECE
                text = self._text.piece(last)
            start, at = starts[block], number + block
            texts[number] = text[start + offsets[at] : start + offsets[at + 1]].decode()
        return texts

    def sizes(self, numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return the lengths in bytes of the keys with these numbers."""
        sizes: np.ndarray[Any, Any] = self._lengths[numbers]
        return sizes

    def sizes_of(self, numbers: range) -> np.ndarray[Any, Any]:
        """Return the lengths in bytes of consecutive keys, much faster than `sizes`."""
        return self._lengths[numbers.start : numbers.stop]

    def find(self, key: bytes) -> int | None:
        """Return the number of a key; None if it does not exist."""
        block = bisect_right(self._some, key) - 1
        if block < 0:
            return None
        offsets, first = self._offsets, block * (BLOCK + 1)
        count = min(BLOCK, self._count - block * BLOCK)
        start = self._starts[block]
        text = self._text.piece(block * BLOCK // PIECE)[start : start + offsets[first + count]]
        # Searching for the bytes is faster than a binary search in Python; they may also be a part of other keys.
        begin = text.find(key)
        while begin >= 0:
            at = bisect_left(offsets, begin, first, first + count)
            if offsets[at] == begin and offsets[at + 1] == begin + len(key):
                return block * BLOCK + at - first
            begin = text.find(key, begin + 1)
        return None

    def with_prefix(self, prefix: bytes) -> range:
        """Return the numbers of all keys that begin with a text."""
        return range(self._count_before(prefix), self._count_before(prefix + AFTER_ALL))

    def _count_before(self, text: bytes) -> int:
        block = max(bisect_right(self._some, text) - 1, 0)
        here = range(block * BLOCK, min((block + 1) * BLOCK, self._count))
        return here.start + bisect_left(here, text, key=self.__getitem__)


def read_columns(path: Path, wanted: Callable[[str], bool] = lambda _name: True) -> dict[str, Any]:
    """Read the columns whose names `wanted` accepts.

    Each column is an array, bytes if the header gives no type, or a list of compressed pieces.

    Raises
    ------
    AssetError
        If the file is missing or damaged.
    """
    try:
        with path.open("rb") as file:
            if _read(file, len(MAGIC)) != MAGIC:
                raise ValueError("not a gazetteer of this version")
            header = json.loads(_read(file, int.from_bytes(_read(file, 4), "little")))
            body = file.tell()
            columns: dict[str, Any] = {}
            for name, entry in header.items():
                if wanted(name):
                    file.seek(body + entry["at"])
                    columns[name] = _read_column(file, entry)
    except (OSError, ValueError, KeyError, zlib.error) as err:
        raise AssetError(shipped_file_fault(_TITLE, err, path), detail=f"{path}: {err}") from err
    return columns


def _read(file: BinaryIO, size: int) -> bytes:
    content = file.read(size)
    if len(content) != size:
        raise ValueError("the file is too short")
    return content


def _read_column(file: BinaryIO, entry: dict[str, Any]) -> Any:
    if "pieces" in entry:
        return [_read(file, size) for size in entry["pieces"]]
    raw = _read(file, entry["size"])
    if "adler32" in entry:
        if zlib.adler32(raw) != entry["adler32"]:
            raise ValueError("a column has been changed")
    else:
        raw = zlib.decompress(raw, bufsize=entry["raw"])
    return np.frombuffer(raw, entry["dtype"]) if entry["dtype"] else raw
