"""Writing the gazetteer's file, which `rallymap.places.gazetteer_file` reads."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from rallymap.places.gazetteer_file import MAGIC


def write_columns(columns: dict[str, np.ndarray[Any, Any] | bytes], output: Path) -> str:
    """Write the columns, each compressed, behind a header; returns the SHA-256 of the file."""
    header = {}
    body = b""
    for name, column in columns.items():
        raw = column if isinstance(column, bytes) else column.astype(column.dtype.newbyteorder("<")).tobytes()
        packed = zlib.compress(raw, 9)
        dtype = "" if isinstance(column, bytes) else column.dtype.str.replace("|", "<")
        header[name] = {"at": len(body), "size": len(packed), "raw": len(raw), "dtype": dtype}
        body += packed
    head = json.dumps(header, sort_keys=True).encode()
    content = MAGIC + len(head).to_bytes(4, "little") + head + body
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(content)
    return hashlib.sha256(content).hexdigest()
