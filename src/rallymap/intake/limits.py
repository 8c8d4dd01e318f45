"""Limits that hold before and while a file is read, so that a small file cannot take a server's memory."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from rallymap.errors import IntakeError

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_CELL = 20_000
MAX_TABLES = 200
MAX_UNPACKED = 128 * 1024 * 1024
MAX_PARTS = 1_000


def refuse(sentence: str, *, value: str = "") -> NoReturn:
    """Raise the error for a file that cannot be read as a whole."""
    raise IntakeError(1, "", sentence, value=value)


def read_bytes(source: Path | bytes) -> bytes:
    """Return the content of a file that is not too big.

    Raises
    ------
    IntakeError
        If it cannot be read, is empty, or holds more than 64 MiB.
    """
    if isinstance(source, bytes):
        size, content = len(source), source
    else:
        try:
            size = source.stat().st_size
            content = source.read_bytes() if size <= MAX_BYTES else b""
        except OSError as err:
            raise IntakeError(
                1, "", f"The file {source.name} cannot be read: {err.strerror or 'unknown reason'}.", value=str(source)
            ) from err
    if size > MAX_BYTES:
        refuse(f"This file has {size // 2**20} MiB; at most {MAX_BYTES // 2**20} MiB are read. Please split it.")
    if not content.strip():
        refuse("This file is empty.")
    return content


def check_size(rows: int, columns: int) -> None:
    """Refuse a table with more rows or columns than are read."""
    if rows > MAX_ROWS:
        refuse(f"This table has more than {MAX_ROWS} rows; please split it.")
    if columns > MAX_COLUMNS:
        refuse(f"This table has {columns} columns; at most {MAX_COLUMNS} are read.")
