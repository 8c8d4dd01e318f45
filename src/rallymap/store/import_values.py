"""Return types for imports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

DONE = "done"
UNDONE = "undone"
"""State of an undone import, and the reason code of its tombstones."""


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import of a table.

    Attributes
    ----------
    id
        Short and readable: "register-2022-3f9a2c4e".
    name
        Name of the file, or a name that the user gave.
    actor
        The importing account.
    state
        ``running`` (or interrupted), ``done`` or ``undone``.
    started_at, ended_at
        Start, and end of the import or of its undo; None while it runs.
    file_hash
        SHA-256 of the file's content, in hexadecimal.
    options
        The mapping and the defaults, as TOML.
    counts
        Number of rows by result.
    """

    id: str
    name: str
    actor: str
    state: str = "running"
    started_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    ended_at: datetime | None = None
    file_hash: str = ""
    options: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DoneImport:
    """The earlier result of a repeated form: the id of its import, and its number of events."""

    batch_id: str
    written: int


@dataclass(frozen=True, slots=True)
class ImportedNote:
    """Content of one cell beyond the event.

    Attributes
    ----------
    column, value
        The heading, and the original cell.
    remark
        Why it is not in the event, or how it was parsed; "" for a column without a meaning.
    """

    column: str
    value: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class UndoResult:
    """The result of undoing an import.

    Attributes
    ----------
    removed, restored
        Number of new events that were deleted, and of changed events that were restored.
    kept
        Ids of events that were changed since; they are not touched.
    """

    removed: int
    restored: int
    kept: tuple[str, ...]
