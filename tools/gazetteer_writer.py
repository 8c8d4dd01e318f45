"""Write the gazetteer's file, which `rallymap.places.gazetteer_file` reads."""

from __future__ import annotations

import hashlib
import json
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from rallymap.places.gazetteer_file import MAGIC, PIECE, ends_of

# Columns that hardly compress: decompressing them would take a third of the loading time.
_AS_THEY_ARE: Final = frozenset("lat lon key_length posting_place reversed population admin2 name_length".split())

Columns = dict[str, np.ndarray[Any, Any] | bytes | list[bytes]]


def pack_pieces(text: bytes, lengths: np.ndarray[Any, Any]) -> list[bytes]:
    """Compress consecutive texts of these lengths in chunks of `PIECE` texts."""
    ends = ends_of(lengths)
    cuts = [*ends[:-1:PIECE].tolist(), len(text)]
    return [zlib.compress(text[start:end], 9) for start, end in pairwise(cuts)]


def write_columns(columns: Columns, output: Path) -> str:
    """Write the columns after a header, compressed unless they already are; return the SHA-256 of the file."""
    header: dict[str, dict[str, Any]] = {}
    body = b""
    for name, column in columns.items():
        entry: dict[str, Any] = {"at": len(body)}
        if isinstance(column, list):
            entry["pieces"] = [len(piece) for piece in column]
            packed = b"".join(column)
        else:
            raw = column if isinstance(column, bytes) else column.astype(column.dtype.newbyteorder("<")).tobytes()
            packed = raw if name in _AS_THEY_ARE else zlib.compress(raw, 9)
            entry |= {"adler32": zlib.adler32(raw)} if name in _AS_THEY_ARE else {"raw": len(raw)}
            entry["size"] = len(packed)
            entry["dtype"] = "" if isinstance(column, bytes) else column.dtype.str.replace("|", "<")
        header[name] = entry
        body += packed
    head = json.dumps(header, sort_keys=True).encode()
    content = MAGIC + len(head).to_bytes(4, "little") + head + body
    output.parent.mkdir(parents=True, exist_ok=True)
    # A running site may be reading the old file.
    new = output.with_suffix(".new")
    new.write_bytes(content)
    new.replace(output)
    return hashlib.sha256(content).hexdigest()
