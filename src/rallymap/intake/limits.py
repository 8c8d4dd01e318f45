"""Limits before and during reading, so that a small file cannot exhaust a server's memory."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NoReturn

from rallymap.errors import IntakeError
from rallymap.file_faults import reason_of
from rallymap.language import phrase, tr

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_CELL = 20_000
MAX_TABLES = 200
MAX_UNPACKED = 128 * 1024 * 1024
MAX_PARTS = 1_000

# The csv module has one cell size limit for all threads. It is set once, so that reading a file does not depend on
# others before it or at the same time. Callers with a lower limit check the result.
csv.field_size_limit(MAX_BYTES)


def refuse(sentence: str, *, value: str = "") -> NoReturn:
    """Raise the error for a file that cannot be read at all."""
    raise IntakeError(1, "", sentence, value=value)


def read_bytes(source: Path | bytes) -> bytes:
    """Return the content of a file within the size limit.

    Raises
    ------
    IntakeError
        If it cannot be read, is empty, or has more than 64 MiB.
    """
    if isinstance(source, bytes):
        size, content = len(source), source
    else:
        try:
            size = source.stat().st_size
            content = source.read_bytes() if size <= MAX_BYTES else b""
        except OSError as err:
            raise IntakeError(
                1,
                "",
                tr(
                    "The file {name} cannot be read: {reason}.",
                    name=source.name,
                    reason=reason_of(err, Path(source.name)),
                ),
                value=str(source),
            ) from err
    if size > MAX_BYTES:
        refuse(
            phrase(
                "This file has {size} MiB; at most {max_bytes} MiB are read. Please split it.",
                size=size // 2**20,
                max_bytes=MAX_BYTES // 2**20,
            )
        )
    if not content.strip():
        refuse(phrase("This file is empty."))
    return content


def read_span(text: str | None, most: int) -> int:
    """Return how many rows or columns a cell covers, from 1 to `most`; 1 if its markup says no number."""
    digits = (text or "").strip().lstrip("0")
    # Python refuses to convert thousands of digits.
    return min(int(digits[:9]), most) if digits.isdecimal() else 1


def check_size(rows: int, columns: int) -> None:
    """Reject a table with too many rows or columns."""
    if rows > MAX_ROWS:
        refuse(phrase("This table has more than {max_rows} rows; please split it.", max_rows=MAX_ROWS))
    if columns > MAX_COLUMNS:
        refuse(
            phrase(
                "This table has {columns} columns; at most {max_columns} are read.",
                columns=columns,
                max_columns=MAX_COLUMNS,
            )
        )
